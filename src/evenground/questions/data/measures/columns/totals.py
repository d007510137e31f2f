"""Totals that differ from the sum of their parts, and denominators too small to rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

from evenground.evidence import settled
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import ColumnProfile, Writing
from evenground.questions.data.measures.columns.facts import (
    EXACT_ROWS,
    ColumnCheck,
    Facts,
    by_column,
    definition,
    flagged_in,
    flags_of,
    reason,
    single,
)
from evenground.questions.data.measures.columns.names import Hint, hints
from evenground.questions.data.measures.columns.quantities import (
    as_numbers,
    counts_of,
    flags_of_numbers,
    quantities,
)

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

TOTALS, SMALL = "totals_off", "small_denominators"
HOLDS = 0.9
"""A sum that is right in this share of the rows is what the total means."""
_PAIRS = 8
"""Among so many counts, each is tried as the sum of two others."""
_TELLING = 0.2
"""Share of rows in which all parts must be more than nothing, lest zeros look like a sum."""
_ROWS = 20
_SUMMED = 60
_SAYS = "__says"
_TOLERANCE = 1e-6
_TOTAL_ROW = (
    "(?i)^ *((grand |sub-?)?totals?|sum|summa|all|alla|totalt|gesamt|insgesamt|whole city|citywide"
    "|hela (kommunen|staden|länet|riket)|total .*|.* total) *$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """A column that may be the sum of others."""

    total: str
    parts: tuple[str, ...]


def _sums(facts: Facts) -> list[_Sum]:
    """Return sums to try: a column called a total of all others, or any of two others."""
    counts = [column.name for column in counts_of(facts)]
    named = [name for name in counts if hints(name, Hint.TOTAL)]
    plain = [name for name in counts if name not in named]
    found = [_Sum(total=name, parts=tuple(plain)) for name in named if len(plain) > 1]
    found += _Prefixes(counts).sums()
    if len(counts) <= _PAIRS:
        for total in counts:
            others = [name for name in counts if name != total]
            found += [_Sum(total=total, parts=pair) for pair in combinations(others, 2)]
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Prefixes:
    """Counts whose names share a beginning: ``housing_units``, ``housing_occupied`` …"""

    names: Sequence[str]

    def sums(self) -> Iterator[_Sum]:
        groups: dict[str, list[str]] = {}
        for name in self.names:
            head = name.split("_")[0]
            groups.setdefault(head, []).append(name)
        for group in groups.values():
            if 3 <= len(group) <= _PAIRS:  # noqa: PLR2004 - a total and two parts
                for total in group:
                    yield _Sum(total=total, parts=tuple(name for name in group if name != total))


def _text_columns(facts: Facts) -> list[str]:
    """Return columns of words, which may say that a row is a total."""
    words = (one for one in facts.texts() if one.written(Writing.WORDS))
    numbers = {one.name for one in counts_of(facts)}
    return [one.name for one in words if one.name not in numbers][:_PAIRS]


def _asks_totals(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    sums, numbers = _sums(facts), counts_of(facts)
    if not numbers or facts.n > EXACT_ROWS:
        return {}
    by_name = {column.name: column for column in numbers}
    used = dict.fromkeys(name for one in sums for name in (one.total, *one.parts))
    asked: dict[str, ibis.Table] = {"sums": table.aggregate(n_rows=table.count())}
    if used:
        read: Any = as_numbers(table, facts, [by_name[name] for name in used])
        counted: dict[str, Any] = {"n_rows": read.count()}
        for position, one in enumerate(sums):
            known, off, full = _compared(read, one)
            counted[f"{position}_known"] = known.sum()
            counted[f"{position}_off"] = off.sum()
            counted[f"{position}_full"] = full.sum()
        asked["sums"] = read.aggregate(**counted)
    for position, one in enumerate(sums[:_PAIRS]):
        few: Any = as_numbers(table, facts, [by_name[name] for name in (one.total, *one.parts)])
        _, off, _ = _compared(few, one)
        asked[f"flags:{position}"] = flagged_in(few, facts, {one.total: off})["flags"]
    return {**asked, **_total_rows(table, facts, numbers)}


def _compared(read: Any, one: _Sum) -> tuple[Any, Any, Any]:
    """Return where all is known, where the total differs, and where all parts are above zero."""
    total = read[one.total]
    added, known, full = read[one.parts[0]], total.notnull(), total > 0
    known, full = known & added.notnull(), full & (added > 0)
    for name in one.parts[1:]:
        part = read[name]
        added, known, full = added + part, known & part.notnull(), full & (part > 0)
    room = _TOLERANCE * (total.abs() + 1)
    return known, known & ((total - added).abs() > room), full


def _total_rows(
    table: ibis.Table, facts: Facts, numbers: Sequence[ColumnProfile]
) -> Mapping[str, ibis.Table]:
    """Return sums over the rows that say they are a total, and over the others."""
    texts = _text_columns(facts)
    if not texts:
        return {}
    read: Any = as_numbers(table, facts, numbers[:_SUMMED], *texts)
    says = read[texts[0]].re_search(_TOTAL_ROW)
    for name in texts[1:]:
        says = says | read[name].re_search(_TOTAL_ROW)
    marked = read.mutate(**{_SAYS: says.fill_null(False)})  # noqa: FBT003 - what stands for null
    asked: dict[str, Any] = {"n_totals": marked[_SAYS].sum(), "n_others": (~marked[_SAYS]).sum()}
    for position, column in enumerate(numbers[:_SUMMED]):
        value = marked[column.name]
        asked[f"{position}_total"] = value.sum(where=marked[_SAYS])
        asked[f"{position}_others"] = value.sum(where=~marked[_SAYS])
    return {"rows": marked.aggregate(**asked)}


def totals_off(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return in how many rows a total differs from the sum of its parts.

    A column is the sum of others where it is so in at least ``HOLDS`` of the rows; one row that
    says it is a total is compared with the sum of the others.
    """
    said = definition(TOTALS, holds=HOLDS)
    if "sums" not in found:
        many = facts.n > EXACT_ROWS and bool(counts_of(facts))
        why = reason("too_many_rows", n=facts.n, most=EXACT_ROWS) if many else reason("no_totals")
        return Check.not_established(TOTALS, unit="rows", definition=said, reason=why)
    rows = single(found, "sums")
    held = list(_held(_sums(facts), rows))
    off = {f"{one.total} = {' + '.join(one.parts)}": n for _, one, n in held}
    total_rows = _off_total_row(facts, found)
    if not held and total_rows is None:
        return Check.not_established(
            TOTALS, unit="rows", definition=said, reason=reason("no_totals")
        )
    by_total: dict[str, int] = {}
    for _, one, n in held:
        by_total[one.total] = min(n, by_total.get(one.total, n))
    n_off = sum(by_total.values()) + bool(total_rows)
    keys = [f"flags:{position}" for position, _, n in held if n and f"flags:{position}" in found]
    flags = flags_of(TOTALS, found, *keys) if keys else None
    return Check.counted(TOTALS, n_off, unit="rows", definition=said).showing(
        flags=flags, sums=off, total_row=total_rows or {}
    )


def _held(sums: Sequence[_Sum], rows: Mapping[str, Any]) -> Iterator[tuple[int, _Sum, int]]:
    """Yield the sums that hold in most rows, and in how many they do not."""
    for position, one in enumerate(sums):
        known, off, full = (int(rows[f"{position}_{key}"] or 0) for key in ("known", "off", "full"))
        telling = full >= _TELLING * known or len(one.parts) > 2  # noqa: PLR2004 - pairs by chance
        if known >= _ROWS and telling and known - off >= HOLDS * known:
            yield position, one, off


def _off_total_row(facts: Facts, found: Mapping[str, pa.Table]) -> dict[str, Any] | None:
    """Return what a row of totals says and what the others add up to, where these differ."""
    if "rows" not in found:
        return None
    row = single(found, "rows")
    if int(row["n_totals"] or 0) != 1 or int(row["n_others"] or 0) < 2:  # noqa: PLR2004 - a sum
        return None
    found_off: dict[str, Any] = {}
    for position, column in enumerate(counts_of(facts)[:_SUMMED]):
        total, others = row[f"{position}_total"], row[f"{position}_others"]
        if total is None or others is None:
            continue
        if abs(total - others) > _TOLERANCE * (abs(total) + 1):
            found_off[column.name] = {"total": settled(total), "others": settled(others)}
    return found_off


def _denominators(facts: Facts) -> list[ColumnProfile]:
    return [
        column
        for column in counts_of(facts)
        if hints(column.name, Hint.POPULATION) and column.high is not None
    ]


def _asks_small(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    columns = _denominators(facts)
    if not columns or not _rated(facts):
        return {}
    read: Any = as_numbers(table, facts, columns)
    limit = facts.denominators_from
    small = {column.name: _is_small(limit, read[column.name]) for column in columns}
    any_small: Any = None
    for condition in small.values():
        any_small = condition if any_small is None else any_small | condition
    counts = {f"{position}_small": one.sum() for position, one in enumerate(small.values())}
    conditions = {column.name: (column, partial(_is_small, limit)) for column in columns}
    return {
        "counts": read.aggregate(n_rows=any_small.sum(), **counts),
        **flags_of_numbers(table, facts, conditions),
    }


def _is_small(limit: int, value: Any) -> Any:
    return (value >= 0) & (value < limit)


def _rated(facts: Facts) -> bool:
    """Whether rows are of areas or groups, so that somebody will form rates of them."""
    shares = any(hints(column.name, Hint.SHARE) for column in quantities(facts))
    return bool(facts.roles.area) or shares


def small_denominators(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many rows have a denominator too small for a rate of it to mean anything."""
    said = definition(SMALL, least=facts.denominators_from)
    if "counts" not in found:
        return Check.not_established(
            SMALL, unit="rows", definition=said, reason=reason("no_denominators")
        )
    counts = single(found, "counts")
    columns = {
        column.name: int(counts[f"{position}_small"] or 0)
        for position, column in enumerate(_denominators(facts))
    }
    n = int(counts["n_rows"] or 0)
    return Check.counted(SMALL, n, unit="rows", definition=said).showing(
        flags=flags_of(SMALL, found), columns=by_column(columns),
        share=settled(n / facts.n) if facts.n else None,
    )  # fmt: skip


CHECKS = (
    ColumnCheck(name=TOTALS, asks=_asks_totals, finds=totals_off),
    ColumnCheck(name=SMALL, asks=_asks_small, finds=small_denominators),
)
