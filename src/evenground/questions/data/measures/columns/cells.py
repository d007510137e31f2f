"""Cells that are not what their column is: other kinds or writings, garbled letters, nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import (
    NUMBERS,
    TIMES,
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
    nothing_asked,
)
from evenground.questions.data.measures.columns.names import Hint, hints
from evenground.questions.data.measures.columns.readings import Reading, decimal_reading
from evenground.questions.data.measures.columns.writings import GARBLED, writing_of

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

Counts = Callable[[Facts], dict[str, int]]
MOSTLY = 0.9
"""From this share of a kind on, a column is of that kind and other cells are astray."""
NAMED = 0.3
"""The same where the column's name, or its role, says that it holds numbers."""
_NUMERIC = 0.5
_FAMILIES: tuple[tuple[Writing, ...], ...] = (NUMBERS, (*TIMES, Writing.CLOCK))


def _is_quantity(column: ColumnProfile, facts: Facts) -> bool:
    roles = facts.roles
    measured = {*roles.values, roles.x, roles.y, roles.prediction, roles.outcome}
    return column.name in measured or hints(column.name, Hint.COUNT, Hint.SHARE, Hint.MONEY)


def _family(column: ColumnProfile, facts: Facts) -> tuple[Writing, ...]:
    """Return the writings that a column is made of; empty if it is made of words."""
    for family in _FAMILIES:
        least = NAMED if family is NUMBERS and _is_quantity(column, facts) else MOSTLY
        if column.share_written(family) >= least:
            return family
    return ()


def _mixed(facts: Facts) -> dict[str, tuple[Writing, ...]]:
    found = {column.name: _family(column, facts) for column in facts.texts()}
    return {name: family for name, family in found.items() if family}


def _n_mixed(facts: Facts) -> dict[str, int]:
    columns = {column.name: column for column in facts.texts()}
    return {
        name: columns[name].n_filled - columns[name].written(*family)
        for name, family in _mixed(facts).items()
    }


def _asks_mixed(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    counts, families = _n_mixed(facts), _mixed(facts)
    usual = (Writing.EMPTY, Writing.SIGN)
    conditions: dict[str, Any] = {
        name: table[name].notnull()
        & ~writing_of(table[name]).isin([one.value for one in (*usual, *families[name])])
        for name in by_column(counts)
    }
    return flagged_in(table, facts, conditions)


def mixed_types(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many cells are no number or time in a column of numbers or times.

    Empty cells and signs for no value (``N/A``) are not counted; ``detail`` says where such signs
    stand among numbers.
    """
    columns = {column.name: column for column in facts.texts()}
    signs = {name: columns[name].written(Writing.SIGN) for name in _mixed(facts)}
    check = _check("mixed_types", _n_mixed(facts), found, mostly=MOSTLY, named=NAMED)
    return check.showing(signs_for_no_value=by_column(signs))


def _numeric(facts: Facts) -> Iterator[ColumnProfile]:
    return (one for one in facts.texts() if one.share_written(NUMBERS) >= _NUMERIC)


def _commas(column: ColumnProfile) -> tuple[Writing, ...]:
    open_ones = decimal_reading(column) is Reading.COMMA
    return (Writing.COMMA, Writing.COMMA_OR_THOUSANDS) if open_ones else (Writing.COMMA,)


def _money(column: ColumnProfile) -> tuple[Writing, ...]:
    thousands = (Writing.MONEY, Writing.THOUSANDS)
    point = decimal_reading(column) is Reading.POINT
    return (*thousands, Writing.COMMA_OR_THOUSANDS) if point else thousands


def _n_commas(facts: Facts) -> dict[str, int]:
    return {column.name: column.written(*_commas(column)) for column in _numeric(facts)}


def _n_money(facts: Facts) -> dict[str, int]:
    return {column.name: column.written(*_money(column)) for column in _numeric(facts)}


def _n_garbled(facts: Facts) -> dict[str, int]:
    return {column.name: column.n_garbled for column in facts.texts()}


def _asks_written(
    counts: Counts, writings: Callable[[ColumnProfile], tuple[Writing, ...]]
) -> Callable[[ibis.Table, Facts], Mapping[str, ibis.Table]]:
    def asks(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
        columns = {column.name: column for column in facts.texts()}
        conditions: dict[str, Any] = {
            name: writing_of(table[name]).isin([one.value for one in writings(columns[name])])
            for name in by_column(counts(facts))
        }
        return flagged_in(table, facts, conditions)

    return asks


def _asks_garbled(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    conditions: dict[str, Any] = {
        name: _holds_garbled(table[name]) for name in by_column(_n_garbled(facts))
    }
    return flagged_in(table, facts, conditions)


def _holds_garbled(text: Any) -> Any:
    return text.re_search(GARBLED)


def decimal_commas(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many cells of number columns have a decimal comma."""
    return _check("decimal_commas", _n_commas(facts), found)


def money_as_text(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many cells of number columns bear a currency sign or thousands set apart."""
    return _check("money_as_text", _n_money(facts), found)


def encoding(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many cells hold letters that arise from a wrong encoding."""
    return _check("encoding", _n_garbled(facts), found)


def _check(
    name: str, counts: Mapping[str, int], found: Mapping[str, pa.Table], **thresholds: Any
) -> Check:
    said = definition(name, **thresholds)
    check = Check.counted(name, sum(counts.values()), unit="cells", definition=said)
    return check.showing(flags=flags_of(name, found), columns=by_column(counts))


def empty_columns(facts: Facts, _: Mapping[str, pa.Table]) -> Check:
    """Return how many columns hold nothing: no value, only spaces or signs for no value."""
    empty = [column.name for column in facts.profiles if column.is_empty and column.n]
    constant = [
        column.name
        for column in facts.profiles
        if column.n_distinct == 1 and column.n_filled == column.n > 1
        and column.holds is not Holds.OTHER
    ]  # fmt: skip
    said = definition("empty_columns", n_columns=len(facts.profiles))
    check = Check.counted("empty_columns", len(empty), unit="columns", definition=said)
    return check.showing(columns=empty, same_everywhere=constant)


CHECKS = (
    ColumnCheck(name="mixed_types", asks=_asks_mixed, finds=mixed_types, of_all=True),
    ColumnCheck(
        name="decimal_commas",
        asks=_asks_written(_n_commas, _commas),
        finds=decimal_commas,
        of_all=True,
    ),
    ColumnCheck(
        name="money_as_text",
        asks=_asks_written(_n_money, _money),
        finds=money_as_text,
        of_all=True,
    ),
    ColumnCheck(name="encoding", asks=_asks_garbled, finds=encoding, of_all=True),
    ColumnCheck(name="empty_columns", asks=nothing_asked, finds=empty_columns, of_all=True),
)
