"""Plain columns of one file, for a method that is used on that file alone.

There is no city folder and no data model here: the caller names the columns, and gets numbers,
texts or days. ``plain_reading`` makes such tables of files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import InvalidInputError, Place, Problem
from evenground.methods.validation import Flags, Vector, Whole
from evenground.schema import Kind
from evenground.workspace import plain_messages as say


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file is to be read where it leaves it open: sheet or layer, and decimal mark."""

    sheet: str = ""
    decimal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A column that is asked for.

    Attributes
    ----------
    column, option
        What the file calls it, and the option that asks for it.
    kind
        Number, text or date.
    low, high
        The least and the largest number admitted; ``None`` admits all.
    whole
        Whether only whole numbers are admitted.
    may_lack
        Whether rows without a value stay (as a missing number, an empty text, no day).
    names_rows
        Whether it says what a row is about, so that it can say that a row is a total.
    unless_shapes
        Whether it is only asked for in a file without shapes (coordinates).
    if_there
        Whether a file may lack the column; it is not among the table's then.
    """

    column: str
    option: str
    kind: Kind = Kind.NUMBER
    low: float | None = None
    high: float | None = None
    whole: bool = False
    may_lack: bool = False
    names_rows: bool = False
    unless_shapes: bool = False
    if_there: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTable:
    """The columns asked for, by the caller's names, and what became of the file's rows.

    Attributes
    ----------
    columns
        Arrays of shape (n_rows,): floats, texts or days (``datetime64[D]``).
    rows, shape (n_rows,)
        Row numbers as a spreadsheet shows them.
    wanted
        What was asked for, by the same names.
    geometry, crs
        Shapes of a map file, and its coordinate system; ``None`` and empty for other files.
    """

    place: Place
    sha256: str
    columns: Mapping[str, NDArray[Any]]
    rows: Whole
    wanted: Mapping[str, Wanted]
    n_read: int
    known: str
    geometry: NDArray[np.object_] | None = None
    crs: str = ""
    set_aside: tuple[Problem, ...] = ()
    noticed: tuple[Problem, ...] = ()

    @property
    def n_used(self) -> int:
        """Rows in use."""
        return len(self.rows)

    def number(self, name: str) -> Vector:
        """Return a column of numbers, shape (n_rows,)."""
        return self.columns[name].astype(np.float64)

    def texts(self, name: str) -> list[str]:
        """Return a column of texts, one for each row."""
        return [str(text) for text in self.columns[name].tolist()]

    def at(self, position: int, name: str = "") -> Place:
        """Return the place of one row's cell."""
        column = self.wanted[name].column if name else ""
        return replace(self.place, row=int(self.rows[position]), column=column)

    def without(self, out: Flags, reason: Problem) -> PlainTable:
        """Return the table without some rows, set aside for one reason."""
        if not out.any():
            return self
        first = int(self.rows[np.flatnonzero(out)[0]])
        place = replace(reason.place, row=first)
        told = replace(reason, n_rows=int(out.sum()), place=place)
        kept = ~out
        return replace(
            self,
            columns={name: values[kept] for name, values in self.columns.items()},
            rows=self.rows[kept],
            geometry=None if self.geometry is None else self.geometry[kept],
            set_aside=(*self.set_aside, told),
        )

    def noting(self, *problems: Problem) -> PlainTable:
        """Return the table with more that was noticed."""
        return replace(self, noticed=(*self.noticed, *problems))

    def with_rows(self) -> PlainTable:
        """Return the table unchanged.

        Raises
        ------
        InvalidInputError
            If no row is left.
        """
        if self.n_used:
            return self
        raise InvalidInputError(
            say.NO_ROWS_LEFT.at(self.place, n_read=self.n_read, known=self.known)
        )

    def with_something(self, *names: str) -> PlainTable:
        """Return the table unchanged.

        Raises
        ------
        InvalidInputError
            If one of these columns of numbers adds up to nothing.
        """
        empty = [
            say.NOTHING_THERE.at(
                replace(self.place, column=self.wanted[name].column),
                option=self.wanted[name].option,
            )
            for name in names
            if name in self.columns and not self.number(name).any()
        ]
        if empty:
            raise InvalidInputError(*empty)
        return self

    def with_several(self, people: str) -> PlainTable:
        """Return the table unchanged.

        Raises
        ------
        InvalidInputError
            If people are in one row only; without that column, if there is one row only.
        """
        counts = self.number(people) > 0 if people in self.columns else np.ones(self.n_used, bool)
        if np.count_nonzero(counts) != 1:
            return self
        raise InvalidInputError(say.ONE_ROW.at(self.place, n_read=self.n_read))

    def with_shares(self, values: str, people: str) -> PlainTable:
        """Return the table unchanged.

        Raises
        ------
        InvalidInputError
            If nobody is there, or people have nothing between them.
        """
        self.with_something(people, values)
        if people in self.columns and not (self.number(values)[self.number(people) > 0]).any():
            one = self.wanted[values]
            at = replace(self.place, column=one.column)
            raise InvalidInputError(say.NOTHING_SHARED.at(at, option=one.option))
        return self
