"""Read any supported file as plain columns, everything wrong with them listed at once.

Whatever breaks a rule stops the reading; rows that merely lack a value are set aside and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import (
    FormatError,
    InvalidInputError,
    NotFoundError,
    Place,
    Problem,
    ProblemKind,
    Severity,
    nearest_name,
)
from evenground.methods.validation import Flags, Vector, Whole
from evenground.schema import Column, Kind
from evenground.stores import table_messages
from evenground.stores.cells.conversion import Converted, Habits, Known, Why, cells_of, convert
from evenground.stores.cells.dates import is_year
from evenground.stores.cells.marks import is_total
from evenground.stores.cells.numbers import decimal_mark
from evenground.stores.entries import TableEntry
from evenground.stores.files import read_raw
from evenground.stores.folder import DataFile, sha256_of
from evenground.stores.listing import capped
from evenground.stores.raw import RawTable
from evenground.workspace import plain_messages as say
from evenground.workspace.existing_file import existing_file
from evenground.workspace.plain_tables import Layout, PlainTable, Wanted

_SHOWN_COLUMNS = 40
_SAMPLED = 5_000
_LONG = 40
_MOST = 0.5
"""A column of which more than this share says "total" names something else."""


def read_plain_table(
    path: Path, wanted: Mapping[str, Wanted], *, layout: Layout | None = None
) -> PlainTable:
    """Read the columns asked for from one file.

    Parameters
    ----------
    path
        CSV, XLSX, Parquet, GeoPackage, GeoJSON …; whatever the stores can read.
    wanted
        Columns by the caller's names.
    layout
        Sheet or layer, and decimal mark.

    Returns
    -------
    PlainTable
        With at least one row.

    Raises
    ------
    NotFoundError
        If there is no such file, sheet or column; all columns missing are named.
    InvalidInputError
        If a cell is not what its column holds, or below what is admitted (every one is listed); or
        if no row is left.
    FormatError, UntrustedInputError
        As the stores do.
    """
    settled = layout or Layout()
    file = _file(path)
    entry = TableEntry(
        table="", file=file.name, sheet=settled.sheet, layer=settled.sheet, decimal=settled.decimal
    )
    try:
        raw = read_raw(file, entry, {one.column for one in wanted.values()})
    except (NotFoundError, FormatError) as error:
        raise type(error)(*map(_in_plain_words, error.problems)) from error
    reading = _Reading(raw=raw, habits=_habits(raw, settled.decimal), wanted=wanted)
    return reading.table(file.sha256).with_rows()


def _file(path: Path) -> DataFile:
    name = str(existing_file(path))
    return DataFile(path=path, name=name, sha256=sha256_of(path, name=name))


def _in_plain_words(problem: Problem) -> Problem:
    """Return a reader's problem with a way out for somebody who has no city folder."""
    if problem.code not in say.PLAIN_WAYS:
        return problem
    rule, way_out = say.PLAIN_WAYS[problem.code]
    return replace(problem, rule=rule, way_out=way_out)


def _habits(raw: RawTable, decimal: str) -> Habits:
    """Return how the file writes: its decimal mark as said, or shown by any cell, or usual."""
    import pyarrow as pa

    if decimal:
        return Habits(decimal=decimal, decimal_is=Known.SAID)
    texts: list[str] = []
    for values in raw.columns.values():
        if pa.types.is_string(values.type):
            texts += [text for text in cells_of(values[:_SAMPLED]).texts if len(text) < _LONG]
    found = decimal_mark(texts, "," if raw.delimiter == ";" else ".")
    return Habits(decimal=found.mark, decimal_is=Known.SHOWN if found.sure else Known.USUAL)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """Columns on their way, and everything that was found out about them."""

    raw: RawTable
    habits: Habits
    wanted: Mapping[str, Wanted]
    wrong: list[Problem] = field(default_factory=list[Problem])
    noticed: list[Problem] = field(default_factory=list[Problem])
    missing: bool = False

    @property
    def known(self) -> str:
        names = list(self.raw.columns)
        more = ", …" if len(names) > _SHOWN_COLUMNS else ""
        return ", ".join(names[:_SHOWN_COLUMNS]) + more

    def table(self, sha256: str) -> PlainTable:
        self._take(self.raw.problems)
        self._take(self.raw.noticed)
        self._take(one for one in self.raw.set_aside if one.severity is Severity.ERROR)
        columns: dict[str, NDArray[Any]] = {}
        lacking: dict[str, Converted] = {}
        for name, one in self.wanted.items():
            if one.unless_shapes and self.raw.geometry is not None:
                continue
            source = self._source(one)
            if source:
                lacking[name] = self._converted(one, source)
                columns[name] = _array(lacking[name], one)
        if self.wrong:
            raise (NotFoundError if self.missing else InvalidInputError)(*self.wrong)
        kept, set_aside = self._aside(lacking)
        geometry = self.raw.geometry
        return PlainTable(
            place=self.raw.place,
            sha256=sha256,
            columns={name: values[kept] for name, values in columns.items()},
            rows=self.raw.rows[kept],
            wanted={
                name: one
                for name, one in self.wanted.items()
                if name in columns or not one.if_there
            },
            n_read=self.raw.n_read,
            known=self.known,
            geometry=None if geometry is None else geometry[kept],
            crs=self.raw.crs,
            set_aside=(*self.raw.set_aside, *set_aside),
            noticed=tuple(self.noticed),
        )

    def _take(self, problems: Iterable[Problem]) -> None:
        """Sort what a reader found: defects stop, unless they are about another column."""
        asked = {one.column for one in self.wanted.values()}
        for problem in problems:
            elsewhere = problem.code == "repeated_column" and problem.value not in asked
            stops = problem.severity is Severity.ERROR and not elsewhere
            (self.wrong if stops else self.noticed).append(_in_plain_words(problem))

    def _source(self, one: Wanted) -> str:
        """Return what the file calls a column, capitals forgiven, or say that it must have it."""
        if one.column in self.raw.columns:
            return one.column
        folded = {name.casefold(): name for name in reversed(list(self.raw.columns))}
        found = folded.get(one.column.casefold(), "")
        if not found and not one.if_there:
            self.missing = True
            near = nearest_name(one.column, self.raw.columns)
            at = replace(self.raw.place, column=one.column)
            self.wrong.append(
                say.NO_COLUMN.at(
                    at, value=one.column, nearest=near, option=one.option, known=self.known
                )
            )
        return found

    def _converted(self, one: Wanted, source: str) -> Converted:
        column = Column(name=source, kind=one.kind, meaning=one.option)
        found = convert(self.raw.columns[source], column, self.habits)
        place = replace(self.raw.place, column=source)
        self._say_style(found, place, is_date=one.kind is Kind.DATE)
        kind = table_messages.NOT_A_DATE if one.kind is Kind.DATE else say.NOT_A_NUMBER
        unreadable = [
            (text or str(self.raw.columns[source][int(rows[0])]), rows)
            for text, rows in found.unreadable()
        ]
        self._list(unreadable, place, kind=kind, one=one)
        if one.kind is Kind.NUMBER:
            self._check_numbers(_array(found, one), place, one)
        return found

    def _check_numbers(self, values: Vector, place: Place, one: Wanted) -> None:
        low = -np.inf if one.low is None else one.low
        high = np.inf if one.high is None else one.high
        for kind, broken in (
            (say.BELOW, values < low),
            (say.ABOVE, values > high),
            (say.NOT_WHOLE, one.whole & np.isfinite(values) & (values != np.rint(values))),
        ):
            at = np.flatnonzero(broken)
            self._list([(f"{values[p]:g}", np.array([p])) for p in at], place, kind=kind, one=one)

    def _list(
        self,
        found: list[tuple[str, Whole]],
        place: Place,
        *,
        kind: ProblemKind,
        one: Wanted,
    ) -> None:
        """List defects in the order of their rows; beyond a number they are counted."""
        ordered = sorted(found, key=lambda cell: int(cell[1][0]))
        ends = {
            name: "" if end is None else f"{end:g}"
            for name, end in (("low", one.low), ("high", one.high))
        }
        self.wrong += capped(
            kind.at(
                replace(place, row=int(self.raw.rows[rows[0]])),
                value=text, n_rows=len(rows), option=one.option, **ends,
            )
            for text, rows in ordered
        )  # fmt: skip

    def _say_style(self, found: Converted, place: Place, *, is_date: bool) -> None:
        """Say which decimal mark or order of day and month was taken, and whether that is sure."""
        style = found.style
        if not style.name:
            return
        if not style.sure:
            kind = table_messages.DATE_ORDER_OPEN if is_date else say.DECIMAL_OPEN
            self.noticed.append(kind.at(place, value=style.name, table=""))
        elif not is_date and style.shown and style.name == ",":
            self.noticed.append(table_messages.DECIMAL_COMMA.at(place, value=",", table=""))
        if style.mixed:
            mixed = table_messages.DECIMAL_MARKS_MIXED
            self.noticed.append(mixed.at(place, value=style.name, table=""))
        texts = found.cells.texts if is_date and found.cells is not None else ()
        year = next((text for text in texts if is_year(text)), "")
        if year:
            self.noticed.append(table_messages.YEARS_AS_DATES.at(place, value=year))

    def _aside(self, found: Mapping[str, Converted]) -> tuple[Flags, list[Problem]]:
        """Return which rows stay, and why others do not; each row has one reason."""
        kept = np.ones(len(self.raw.rows), dtype=np.bool_)
        told: list[Problem] = []
        for out, reason in (*self._totals(), *self._lacking(found)):
            fresh = np.flatnonzero(out & kept)
            if len(fresh):
                kept[fresh] = False
                place = replace(reason.place, row=int(self.raw.rows[fresh[0]]))
                told.append(replace(reason, n_rows=len(fresh), place=place))
        return kept, told

    def _lacking(self, found: Mapping[str, Converted]) -> Iterator[tuple[Flags, Problem]]:
        """Yield which rows lack a value that they must have, column by column."""
        for name, converted in found.items():
            one = self.wanted[name]
            if one.may_lack:
                continue
            place = replace(self.raw.place, column=one.column)
            yield converted.why == Why.EMPTY, say.EMPTY_CELL.at(place)
            signs = (converted.why > Why.EMPTY) & (converted.why < Why.UNREADABLE)
            yield signs, say.NO_VALUE.at(place, value=_texts_where(converted, signs))

    def _totals(self) -> Iterator[tuple[Flags, Problem]]:
        """Yield, for each column that names rows, which rows say that they are a total."""
        asked = [one.column for one in self.wanted.values() if one.names_rows]
        for column in asked or list(self.raw.columns)[:1]:
            if column not in self.raw.columns:
                continue
            cells = cells_of(self.raw.columns[column])
            says = np.array([is_total(text) for text in cells.texts], dtype=np.bool_)
            out = says[cells.index] if len(says) else np.zeros(len(self.raw.rows), dtype=np.bool_)
            if out.any() and out.mean() <= _MOST:
                words = ", ".join(t for t, yes in zip(cells.texts, says, strict=True) if yes)
                place = replace(self.raw.place, column=column)
                yield out, say.TOTAL_ROW.at(place, value=words)


def _texts_where(converted: Converted, chosen: Flags) -> str:
    if converted.cells is None or not chosen.any():
        return ""
    held = np.unique(converted.cells.index[chosen])
    return ", ".join(converted.cells.texts[one] for one in held[:10])


def _array(converted: Converted, one: Wanted) -> NDArray[Any]:
    """Return a column as numpy has it: missing numbers as NaN, missing texts as empty."""
    if one.kind is Kind.TEXT:
        return np.array([text or "" for text in converted.values.to_pylist()], dtype=np.object_)
    if one.kind is Kind.DATE:
        days: list[Any] = converted.values.to_pylist()
        return np.array(days, dtype="datetime64[D]")
    values: Any = converted.values.cast("float64")
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.float64)
