"""A table with its numbers and times read; everything else as it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from evenground.questions.data.measures.columns.column_profile import ColumnProfile, Writing
from evenground.questions.data.measures.columns.moments import Expression
from evenground.questions.data.measures.columns.numbers import number_of, plain_number_of
from evenground.questions.data.measures.columns.readings import JOINED, Reading, parts_of
from evenground.questions.data.measures.columns.times import (
    TIME_READINGS,
    Found,
    hour_parts,
    microseconds_from,
    parts_from,
)
from evenground.questions.data.measures.columns.writings import writing_of

if TYPE_CHECKING:
    import ibis

_NOTHING = (Writing.EMPTY.value, Writing.SIGN.value)
_ELABORATE = (
    Writing.COMMA, Writing.COMMA_OR_THOUSANDS, Writing.THOUSANDS, Writing.MONEY, Writing.PERCENT,
)  # fmt: skip
_OWN = "__read"
_UNREAD = "__unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    """A reading in two steps: what is found in the cells first, then what it makes."""

    found: Found
    makes: Callable[[Found], Expression]


def typed(
    table: ibis.Table,
    profiles: Sequence[ColumnProfile],
    readings: Mapping[str, Reading],
    *,
    joined: str = "",
) -> ibis.Table:
    """Return the table with some columns read.

    Parameters
    ----------
    table, profiles
        The rows, and what their columns hold.
    readings
        How columns are read (``readings_of``): numbers become float64, times int64 microseconds
        since 1970-01-01 of the clock as written (of UTC where it is an instant). Cells that cannot
        be read become null.
    joined
        A name such as ``day+hour`` (``Roles.time``): a further column of that name with the time
        from the two; the column of days must be among ``readings``.

    Returns
    -------
    ibis.Table
        Lazy; the same rows and columns in the same order, then the joined one.
    """
    columns = {column.name: column for column in profiles}
    wanted = {
        name: _steps(table[name], reading, columns[name])
        for name, reading in readings.items()
        if name in columns and reading is not Reading.AS_IT_IS
    }
    parts = parts_of(joined, columns)
    if parts and parts[0] in wanted:
        hours = _Steps(found=hour_parts(table[parts[1]]), makes=microseconds_from)
        wanted[joined] = hours
    read = _read(table, wanted)
    if joined in wanted and parts:
        day, hour = cast("tuple[Expression, Expression]", (read[parts[0]], read[joined]))
        read = read.mutate(**{joined: day + hour})
    return read


def _steps(column: Expression, reading: Reading, profile: ColumnProfile) -> _Steps:
    if reading in TIME_READINGS:
        return _Steps(found=parts_from(column, reading), makes=microseconds_from)
    if reading is Reading.NUMBER:
        return _Steps(found={}, makes=lambda _: column.cast("float64"))
    comma = reading is Reading.COMMA
    if profile.writings and not comma and not profile.written(*_ELABORATE):
        return _Steps(found={}, makes=lambda _: plain_number_of(column))
    return _Steps(
        found={"looks": writing_of(column)},
        makes=lambda found: number_of(column, found["looks"], comma=comma),
    )


def _read(table: ibis.Table, wanted: Mapping[str, _Steps]) -> ibis.Table:
    """Add what is found as columns of their own, then make values of it and drop them."""
    names: dict[str, dict[str, str]] = {}
    first: dict[str, Expression] = {}
    for position, (column, steps) in enumerate(wanted.items()):
        names[column] = {part: f"{_OWN}{position}_{part}" for part in steps.found}
        first |= {names[column][part]: value for part, value in steps.found.items()}
    wide = table.mutate(**first) if first else table
    made = {
        column: steps.makes({part: wide[own] for part, own in names[column].items()})
        for column, steps in wanted.items()
    }
    read = wide.mutate(**made) if made else wide
    return read.drop(*first) if first else read


def unread(
    table: ibis.Table, profiles: Sequence[ColumnProfile], readings: Mapping[str, Reading]
) -> ibis.Table:
    """Return the table with a flag for each column read: whether a cell's value cannot be read.

    Empty cells and signs for no value hold none. The flags are called ``unread_name(column)``.
    """
    texts = {name: table[name].type().is_string() for name in readings}
    kept = {f"{_OWN}_of_{name}": table[name] for name in readings}
    looks = {
        f"{_OWN}_looks_{name}": writing_of(table[name])
        for name, is_text in texts.items()
        if is_text
    }
    read = typed(table.mutate(**kept, **looks), profiles, readings)
    flags: dict[str, Expression] = {}
    for name, is_text in texts.items():
        held = read[f"{_OWN}_of_{name}"].notnull()
        if is_text:
            found: Expression = read[f"{_OWN}_looks_{name}"]
            held = held & ~found.isin(_NOTHING)
        flags[unread_name(name)] = held & read[name].isnull()
    return table if not readings else _with_texts(read.mutate(**flags), kept, looks)


def _with_texts(
    read: ibis.Table, kept: Mapping[str, Expression], looks: Mapping[str, Expression]
) -> ibis.Table:
    """Put the cells as they are written back into their places."""
    back = {name.removeprefix(f"{_OWN}_of_"): read[name] for name in kept}
    return read.mutate(**back).drop(*kept, *looks)


def unread_name(column: str) -> str:
    """Return the name of the flag of a column."""
    return f"{_UNREAD}{JOINED}{column}"
