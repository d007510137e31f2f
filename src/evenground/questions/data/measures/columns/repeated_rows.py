"""Rows that hold the same in every column as another row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import Holds
from evenground.questions.data.measures.columns.facts import (
    EXACT_ROWS,
    LOOKED_AT,
    ColumnCheck,
    Facts,
    definition,
    flags_of,
    is_blank,
    reason,
    single,
)
from evenground.questions.data.measures.columns.repeats import N, later_rows

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

NAME = "repeated_rows"
_TELLING = 3
"""Columns by which rows are told apart at first; the most distinct ones."""


def _columns(facts: Facts) -> list[str]:
    return [one.name for one in facts.profiles]


def _telling(facts: Facts) -> list[str]:
    known = [one for one in facts.profiles if one.holds is not Holds.OTHER]
    best = sorted(known, key=lambda one: (-one.n_distinct, one.position))[:_TELLING]
    return [one.name for one in best]


def _asks(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    names, telling = _columns(facts), _telling(facts)
    if facts.n > EXACT_ROWS or not telling or len(names) >= LOOKED_AT:
        return {}
    if facts.n < 2:  # noqa: PLR2004 - a row and another
        return {}
    empty = _all_blank(table, names)
    held = table.filter(~empty)
    groups: Any = held.group_by(telling).aggregate(**{N: held.count()})
    several = groups.filter(groups[N] > 1)
    alike: Any = held.semi_join(
        several, [held[name].identical_to(several[name]) for name in telling]
    )
    same: Any = alike.group_by(names).aggregate(**{N: alike.count()})
    repeated = same.filter(same[N] > 1)
    return {
        "counts": repeated.aggregate(n_rows=repeated[N].sum(), n_different=repeated.count()),
        "empty": table.aggregate(n_empty=empty.sum()),
        "flags": later_rows(held, facts, names, repeated, column=telling[0]),
    }


def _all_blank(table: ibis.Table, names: list[str]) -> Any:
    blank = is_blank(table[names[0]])
    for name in names[1:]:
        blank = blank & is_blank(table[name])
    return blank


def repeated_rows(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many rows hold the same in every column as a row before.

    Rows without any value are counted apart (``detail``). A repeated row is not a repeated report:
    it may be one happening that was stored twice, or two that look alike.
    """
    said = definition(NAME, n_columns=len(_columns(facts)))
    if facts.n > EXACT_ROWS:
        why = reason("too_many_rows", n=facts.n, most=EXACT_ROWS)
        return Check.not_established(NAME, unit="rows", definition=said, reason=why)
    if len(_columns(facts)) >= LOOKED_AT:
        why = reason("too_many_columns", n=LOOKED_AT, most=LOOKED_AT - 1)
        return Check.not_established(NAME, unit="rows", definition=said, reason=why)
    if "counts" not in found:
        return Check.counted(NAME, 0, unit="rows", definition=said)
    counts = single(found, "counts")
    n_rows, n_different = int(counts["n_rows"] or 0), int(counts["n_different"] or 0)
    check = Check.counted(NAME, n_rows - n_different, unit="rows", definition=said)
    return check.showing(
        flags=flags_of(NAME, found), different_rows=n_different,
        empty_rows=int(single(found, "empty")["n_empty"] or 0),
    )  # fmt: skip


CHECKS = (ColumnCheck(name=NAME, asks=_asks, finds=repeated_rows),)
