"""Convert a column as it stands in a file to a column of the data model.

Each distinct text is judged once, however many rows hold it, so that careful reading stays fast.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from evenground.schema import Column, Kind
from evenground.stores.cells.dates import (
    PLACEHOLDERS,
    DateHabit,
    is_open,
    read_date,
    usual_order,
)
from evenground.stores.cells.marks import CENSUS_CODES, Mark, mark_of
from evenground.stores.cells.numbers import decimal_mark, readings
from evenground.stores.limits import MAX_NUMBER

if TYPE_CHECKING:
    import pyarrow as pa

    Values: TypeAlias = pa.Array[Any]

_YES = frozenset({"true", "yes", "y", "1", "ja", "j", "oui", "sí", "si", "x"})
_NO = frozenset({"false", "no", "n", "0", "nej", "nein", "non", "nee"})


class Why(IntEnum):
    """What a cell holds: a value, or the reason why it holds none."""

    VALUE = 0
    EMPTY = 1
    MISSING = 2
    WITHHELD = 3
    PLACEHOLDER = 4
    UNREADABLE = 5


class Known(StrEnum):
    """How something about a file is known: said by the city, shown by other cells, or usual."""

    SAID = "said"
    SHOWN = "shown"
    USUAL = "usual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a city and a file write: taken where the cells themselves leave it open.

    ``decimal_is`` says where the decimal mark comes from. ``missing`` and ``zero`` are further
    signs of this file.
    """

    decimal: str = "."
    decimal_is: Known = Known.USUAL
    dates: DateHabit = field(default_factory=DateHabit)
    missing: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A column's distinct texts (without spaces around them) and which of them each row holds."""

    texts: list[str]
    index: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What was taken for granted: a decimal mark, an order of day and month.

    ``sure`` unless a cell can be read in two ways and nothing decides; ``shown`` when cells of this
    column decide; ``mixed`` when they contradict one another.
    """

    name: str = ""
    sure: bool = True
    shown: bool = False
    mixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A converted column: typed values (null where there is none), and why there is none.

    ``why`` holds a ``Why`` for each row; ``cells`` the texts that were judged (``None`` where the
    file held typed numbers). Values are of any Arrow type that casts to the model's.
    """

    values: Values
    why: NDArray[np.uint8]
    cells: Cells | None = None
    style: Style = field(default_factory=Style)

    def unreadable(self) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """Yield each text that could not be read, with the positions of its rows."""
        yield from self.texts_of(Why.UNREADABLE)

    def texts_of(self, reason: Why) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """Yield each text that has this reason, with the positions of its rows."""
        positions = np.flatnonzero(self.why == reason)
        if self.cells is None:
            if len(positions):
                yield "", positions
            return
        held = self.cells.index[positions]
        for distinct in np.unique(held):
            yield self.cells.texts[distinct], positions[held == distinct]


def cells_of(values: Values) -> Cells:
    """Return the distinct texts of a column; typed values are written as texts first."""
    encoded: Any = as_texts(values).fill_null("").dictionary_encode()
    index = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Cells(texts=[_trimmed(text) for text in encoded.dictionary.to_pylist()], index=index)


def _trimmed(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").strip()


def as_texts(values: Values) -> Values:
    """Write typed values as texts: whole floats without ``.0``, days as year-month-day."""
    import pyarrow as pa

    kind = values.type
    if pa.types.is_string(kind):
        return values
    if pa.types.is_floating(kind):
        numbers = values.to_numpy(zero_copy_only=False)
        known = numbers[np.isfinite(numbers)]
        if np.all(known == np.floor(known)) and np.all(np.abs(known) <= MAX_NUMBER):
            whole = np.where(np.isfinite(numbers), numbers, 0).astype(np.int64)
            return pa.array(whole, mask=~np.isfinite(numbers)).cast(pa.string())
    if pa.types.is_timestamp(kind) and kind.tz:
        stamps = values.cast(pa.timestamp("us", "UTC")).to_pylist()
        return pa.array([None if s is None else s.isoformat() for s in stamps], pa.string())
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return pa.array([None if v is None else str(v) for v in values.to_pylist()], pa.string())
    return values.cast(pa.string())


def convert(values: Values, column: Column, habits: Habits) -> Converted:
    """Convert a raw column to what the data model wants of it.

    Parameters
    ----------
    values
        The column as it stands in the file.
    column
        The model's column; its ``kind`` decides.
    habits
        How this city and file write numbers, dates and missing values.
    """
    import pyarrow as pa

    if column.kind in {Kind.NUMBER, Kind.INTEGER}:
        if pa.types.is_floating(values.type) or pa.types.is_integer(values.type):
            return _typed_numbers(values)
        return _numbers(cells_of(values), column, habits)
    if column.kind is Kind.DATE:
        return _dates(cells_of(values), habits)
    if column.kind is Kind.BOOLEAN:
        return _booleans(cells_of(values), habits)
    return _texts(cells_of(values), habits)


def _typed_numbers(values: Values) -> Converted:
    """Take numbers from a typed file; not-a-number is missing, beyond all bounds is unreadable."""
    import pyarrow as pa

    numbers = values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    why = np.zeros(len(numbers), dtype=np.uint8)
    why[np.abs(numbers) > MAX_NUMBER] = Why.UNREADABLE
    why[np.isin(numbers, [float(code) for code in CENSUS_CODES])] = Why.MISSING
    why[np.isnan(numbers)] = Why.EMPTY
    return Converted(values=pa.array(numbers, pa.float64(), mask=why > 0), why=why)


def _numbers(cells: Cells, column: Column, habits: Habits) -> Converted:
    marks = [_reason(text, habits) for text in cells.texts]
    open_texts = [text for text, mark in zip(cells.texts, marks, strict=True) if mark is None]
    found = decimal_mark(open_texts, habits.decimal)
    said = habits.decimal_is is Known.SAID
    mark = habits.decimal if said or not found.sure else found.mark
    known = found.sure or habits.decimal_is is not Known.USUAL
    whole = column.counts_people and not known

    def judge(text: str) -> float | None:
        if text in habits.zero:
            return 0.0
        read = readings(text)
        if read.ambiguous and whole:
            return max(read.point or 0.0, read.comma or 0.0, key=abs)
        return read.chosen(mark)

    ambiguous = any(readings(text).ambiguous for text in open_texts)
    sure = known or whole or not ambiguous
    style = Style(name=mark, sure=sure, shown=found.sure, mixed=found.mixed)
    return _judged(cells, [judge(t) if m is None else m for t, m in _paired(cells, marks)], style)


def _dates(cells: Cells, habits: Habits) -> Converted:
    marks = [_reason(text, habits) for text in cells.texts]
    order, shown = usual_order(cells.texts, habits.dates.order)
    habit = replace(habits.dates, order=order)
    open_left = any(is_open(text) for text in cells.texts)
    style = Style(name=order, sure=shown or not open_left or bool(habit.form))
    days = [read_date(t, habit) if m is None else m for t, m in _paired(cells, marks)]
    return _judged(cells, [Why.PLACEHOLDER if d in PLACEHOLDERS else d for d in days], style)


def _booleans(cells: Cells, habits: Habits) -> Converted:
    judged: list[Any] = []
    for text in cells.texts:
        word = text.casefold()
        known = word in _YES or word in _NO
        judged.append(word in _YES if known else _reason(text, habits))
    return _judged(cells, judged, Style())


def _texts(cells: Cells, habits: Habits) -> Converted:
    judged = [
        Why.EMPTY if not text else Why.MISSING if text in habits.missing else text
        for text in cells.texts
    ]
    return _judged(cells, judged, Style())


def _paired(cells: Cells, marks: list[Why | None]) -> Iterator[tuple[str, Why | None]]:
    return zip(cells.texts, marks, strict=True)


def _reason(text: str, habits: Habits) -> Why | None:
    """Return why a cell of a number or date column holds no value; ``None`` if it may hold one."""
    if text in habits.zero:
        return None
    if not text:
        return Why.EMPTY
    mark = mark_of(text, habits.missing)
    if mark is None:
        return None
    return Why.WITHHELD if mark is Mark.WITHHELD else Why.MISSING


def _judged(cells: Cells, judged: list[Any], style: Style) -> Converted:
    """Spread what each distinct text was judged to be (a value, a reason, ``None``) over rows."""
    import pyarrow as pa

    why = np.array([_why(value) for value in judged], dtype=np.uint8)
    kept = [None if reason else value for value, reason in zip(judged, why, strict=True)]
    distinct = pa.array(kept)
    return Converted(
        values=distinct.take(pa.array(cells.index)) if kept else distinct,
        why=why[cells.index] if kept else why,
        cells=cells,
        style=style,
    )


def _why(value: object) -> Why:
    if value is None:
        return Why.UNREADABLE
    return value if isinstance(value, Why) else Why.VALUE
