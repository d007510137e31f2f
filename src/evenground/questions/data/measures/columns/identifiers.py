"""Identifiers: rows that lack one, and rows whose identifier was there before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import Writing
from evenground.questions.data.measures.columns.facts import (
    ColumnCheck,
    Facts,
    definition,
    flagged,
    flags_of,
    is_blank,
    reason,
    single,
)
from evenground.questions.data.measures.columns.names import Hint, hints
from evenground.questions.data.measures.columns.repeats import N, later_rows

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

MISSING, REPEATED = "missing_ids", "repeated_ids"


def edition_column(facts: Facts) -> str:
    """Return the column that says which snapshot of a register a row is of; empty if none does."""
    known = [
        one.name
        for one in facts.profiles
        if hints(one.name, Hint.EDITION) and one.n_distinct > 1 and one.n_filled == one.n
    ]
    return known[0] if known else ""


def _keys(facts: Facts) -> list[str]:
    return [name for name in (facts.roles.row_id, edition_column(facts)) if name]


def _asks_missing(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    name = facts.roles.row_id
    if facts.column(name) is None:
        return {}
    return {"flags": flagged(table, facts, name, is_blank(table[name]))}


def missing_ids(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many rows lack their identifier: none, or spaces only."""
    column = facts.column(facts.roles.row_id)
    if column is None:
        said = definition(MISSING, column="")
        return Check.not_established(
            MISSING, unit="rows", definition=said, reason=reason("no_row_id")
        )
    said = definition(MISSING, column=column.name)
    n_missing = column.n_null + column.written(Writing.EMPTY)
    check = Check.counted(MISSING, n_missing, unit="rows", definition=said)
    return check.showing(
        flags=flags_of(MISSING, found), column=column.name,
        share=n_missing / facts.n if facts.n else None,
    )  # fmt: skip


def _asks_repeated(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    if facts.column(facts.roles.row_id) is None:
        return {}
    keys = _keys(facts)
    held = table.filter(~is_blank(table[keys[0]]))
    groups: Any = held.group_by(keys).aggregate(**{N: held.count()})
    several = groups.filter(groups[N] > 1)
    counted = several.aggregate(
        n_ids=several.count(), n_rows=several[N].sum(), most=several[N].max()
    )
    alike = held.semi_join(several, keys)
    plain = alike.select(*(one.name for one in facts.profiles)).distinct()
    different = plain.aggregate(n_different=plain.count())
    return {
        "counts": counted,
        "different": different,
        "flags": later_rows(held, facts, keys, several, column=keys[0]),
    }


def repeated_ids(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many rows have an identifier that a row before had.

    Within an edition, where a column says which snapshot a row is of. Rows without identifier are
    not counted (``detail`` says how many there would be if they counted as one identifier). A
    repeated record is not a repeated report: nothing says that somebody reported twice.
    """
    column = facts.column(facts.roles.row_id)
    edition = edition_column(facts)
    said = definition(REPEATED, column=facts.roles.row_id, edition=edition)
    if column is None:
        return Check.not_established(
            REPEATED, unit="rows", definition=said, reason=reason("no_row_id")
        )
    counts, n_different = single(found, "counts"), single(found, "different")["n_different"]
    n_rows, n_ids = int(counts["n_rows"] or 0), int(counts["n_ids"] or 0)
    n_missing = column.n_null + column.written(Writing.EMPTY)
    n_exact = n_rows - int(n_different)
    check = Check.counted(REPEATED, n_rows - n_ids, unit="rows", definition=said)
    return check.showing(
        flags=flags_of(REPEATED, found), column=column.name, edition=edition, ids=n_ids,
        most_rows_of_one_id=int(counts["most"] or 1), same_in_every_column=n_exact,
        different_in_some_column=n_rows - n_ids - n_exact,
        counting_missing_ids_as_one=n_rows - n_ids + max(0, n_missing - 1),
    )  # fmt: skip


CHECKS = (
    ColumnCheck(name=MISSING, asks=_asks_missing, finds=missing_ids),
    ColumnCheck(name=REPEATED, asks=_asks_repeated, finds=repeated_ids),
)
