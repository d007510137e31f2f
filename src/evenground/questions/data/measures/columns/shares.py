"""Shares that pile up at their ends, and shares among counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import (
    NUMBERS,
    ColumnProfile,
    Holds,
    Writing,
)
from evenground.questions.data.measures.columns.facts import (
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
from evenground.questions.data.measures.columns.numbers import is_whole
from evenground.questions.data.measures.columns.quantities import (
    as_numbers,
    flags_of_numbers,
    quantities,
)
from evenground.questions.data.measures.columns.writings import writing_of

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

CAPPED, MIXED = "capped_shares", "percentages_in_counts"
LEAST = 5
"""So many rows at an end make a pile."""
ROWS = 30
"""Fewer rows show no pile."""
NEAR = 0.05
"""How near to an end, as a share of the whole, the rows are that a pile is compared with."""
_FLAG = 2
_WHOLE_MOSTLY = 0.9
_UNITS = 12
_PERCENT_WORDS = "(?i)(percent|per cent|%|pct|procent|prozent)"
_OTHER_WORDS = "(?i)(number|count|dollar|amount|antal|anzahl|ratio|euro|money)"


def _shares(facts: Facts) -> Iterator[tuple[ColumnProfile, float]]:
    """Yield columns of shares and what the whole is: 1 or 100."""
    for column in quantities(facts):
        named = hints(column.name, Hint.SHARE) and not hints(column.name, Hint.MARGIN)
        if not named or column.low is None or column.high is None or column.n_distinct <= _FLAG:
            continue
        if column.low < 0 or column.high > 100:  # noqa: PLR2004 - all of something, in per cent
            continue
        yield column, (1.0 if column.high <= 1 else 100.0)


def _asks_capped(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    shares = list(_shares(facts))
    if not shares:
        return {}
    read: Any = as_numbers(table, facts, [column for column, _ in shares])
    asked: dict[str, Any] = {}
    conditions: dict[str, Any] = {}
    for position, (column, whole) in enumerate(shares):
        value, near = read[column.name], NEAR * whole
        asked[f"{position}_low"] = (value == 0).sum()
        asked[f"{position}_near_low"] = ((value > 0) & (value <= near)).sum()
        asked[f"{position}_high"] = (value == whole).sum()
        asked[f"{position}_near_high"] = ((value < whole) & (value >= whole - near)).sum()
        conditions[column.name] = (column, partial(_at_end, whole))
    return {"counts": read.aggregate(**asked), **flags_of_numbers(table, facts, conditions)}


def _at_end(whole: float, value: Any) -> Any:
    return (value == 0) | (value == whole)


def capped_shares(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many rows stand exactly at 0 or at all, more than stand near that end.

    A pile is at least ``LEAST`` rows at an end (of at least ``ROWS``), and more than all rows
    within ``NEAR`` of it: such rows were cut off or filled in.
    """
    shares = list(_shares(facts))
    said = definition(CAPPED, least=LEAST, near=NEAR, rows=ROWS)
    if not shares:
        return Check.not_established(
            CAPPED, unit="rows", definition=said, reason=reason("no_shares")
        )
    counts = single(found, "counts")
    piles: dict[str, dict[str, int]] = {}
    for position, (column, whole) in enumerate(shares):
        for end, value in (("low", 0.0), ("high", whole)):
            n_at, n_near = (int(counts[f"{position}_{key}{end}"] or 0) for key in ("", "near_"))
            if n_at >= LEAST and n_at > n_near and column.n_filled >= ROWS:
                piles.setdefault(column.name, {})[f"{value:g}"] = n_at
    n = sum(sum(ends.values()) for ends in piles.values())
    flags = flags_of(CAPPED, found)
    return Check.counted(CAPPED, n, unit="rows", definition=said).showing(
        flags=_at_piles(flags, piles), piles=piles
    )


def _at_piles(flags: pa.Table | None, piles: Mapping[str, Mapping[str, int]]) -> pa.Table | None:
    """Keep the flags of ends where there is a pile."""
    import pyarrow as pa

    if flags is None:
        return None
    kept = [
        name in piles and f"{float(value):g}" in piles[name]
        for name, value in zip(flags["column"].to_pylist(), flags["value"].to_pylist(), strict=True)
    ]
    return flags.filter(pa.array(kept, pa.bool_()))


def _n_percent(facts: Facts) -> dict[str, int]:
    """Count cells with a per cent sign in columns that are mostly plain numbers."""
    found: dict[str, int] = {}
    for column in facts.texts():
        signs = column.written(Writing.PERCENT)
        plain = column.written(*NUMBERS) - signs
        if signs and plain > signs:
            found[column.name] = signs
    return found


def _fractions(facts: Facts) -> list[ColumnProfile]:
    """Return columns that count and are whole in most rows, but not in all."""
    found: list[ColumnProfile] = []
    for column in quantities(facts):
        n_numbers = column.n - column.n_null - column.n_infinite
        if column.holds is Holds.TEXT:
            n_numbers = column.written(Writing.WHOLE, Writing.LEADING_ZERO, Writing.POINT)
        counts = hints(column.name, Hint.COUNT, Hint.TOTAL) and not hints(column.name, Hint.SHARE)
        if counts and n_numbers > column.n_whole >= _WHOLE_MOSTLY * n_numbers:
            found.append(column)
    return found


def _is_fraction(value: Any) -> Any:
    return value.between(0, 100) & ~is_whole(value)


def _unit_columns(facts: Facts) -> list[str]:
    """Return columns of a few words that may say what the numbers of a row are."""
    numeric = any(column.share_written(NUMBERS) > 0 for column in facts.texts()) or any(
        column.holds in (Holds.NUMBER, Holds.WHOLE) for column in facts.profiles
    )
    few = [
        column.name
        for column in facts.texts()
        if 1 < column.n_distinct <= _UNITS
        and column.share_written((Writing.WORDS,)) > _WHOLE_MOSTLY
    ]
    return few if numeric else []


def _asks_mixed(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    asked: dict[str, ibis.Table] = {}
    percent: dict[str, Any] = {
        name: writing_of(table[name]) == Writing.PERCENT.value for name in _n_percent(facts)
    }
    if percent:
        asked["flags:percent"] = flagged_in(table, facts, percent)["flags"]
    fractions = _fractions(facts)
    if fractions:
        read: Any = as_numbers(table, facts, fractions)
        counted = {column.name: _is_fraction(read[column.name]).sum() for column in fractions}
        asked["fractions"] = read.aggregate(**counted)
        conditions = {column.name: (column, _is_fraction) for column in fractions}
        asked["flags:fractions"] = flags_of_numbers(table, facts, conditions)["flags"]
    units = _unit_columns(facts)
    if units:
        sums: dict[str, Any] = {}
        for position, name in enumerate(units):
            text: Any = table[name]
            sums[f"{position}_percent"] = text.re_search(_PERCENT_WORDS).sum()
            sums[f"{position}_other"] = text.re_search(_OTHER_WORDS).sum()
        asked["units"] = table.aggregate(**sums)
    return asked


def percentages_in_counts(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many cells are per cent among plain numbers, or fractions among counts.

    ``detail`` also says which column tells the unit of each row, if one does: the numbers beside it
    are then per cent in some rows and counts or money in others, and must not be added up.
    """
    fractions = single(found, "fractions") if "fractions" in found else {}
    counts = {**_n_percent(facts), **{name: int(n or 0) for name, n in fractions.items()}}
    said = definition(MIXED, mostly=_WHOLE_MOSTLY)
    units: dict[str, dict[str, int]] = {}
    if "units" in found:
        sums = single(found, "units")
        for position, name in enumerate(_unit_columns(facts)):
            n_percent = int(sums[f"{position}_percent"] or 0)
            n_other = int(sums[f"{position}_other"] or 0)
            if n_percent and n_other:
                units[name] = {"per_cent_rows": n_percent, "other_rows": n_other}
    n = sum(counts.values()) + sum(one["per_cent_rows"] for one in units.values())
    return Check.counted(MIXED, n, unit="cells", definition=said).showing(
        flags=flags_of(MIXED, found, "flags:percent", "flags:fractions"),
        columns=by_column(counts),
        unit_columns=units,
    )


CHECKS = (
    ColumnCheck(name=CAPPED, asks=_asks_capped, finds=capped_shares),
    ColumnCheck(name=MIXED, asks=_asks_mixed, finds=percentages_in_counts),
)
