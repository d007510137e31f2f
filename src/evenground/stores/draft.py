"""A table on its way from a file to the data model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Place, Problem, Severity
from evenground.schema import TableSchema
from evenground.stores.cells.conversion import Converted, Habits
from evenground.stores.entries import TableEntry
from evenground.stores.matching import Match
from evenground.stores.raw import RawTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """How a city writes: decimal mark, order of day and month, time zone, coordinate system."""

    decimal: str = "."
    date_order: str = ""
    time_zone: str = ""
    crs: str = ""


@dataclass(slots=True, kw_only=True)
class Draft:
    """Columns by model name, which rows are still kept, and everything that was said."""

    raw: RawTable
    schema: TableSchema
    entry: TableEntry
    match: Match
    habits: Habits
    locale: Locale
    columns: dict[str, Converted] = field(default_factory=dict[str, Converted])
    kept: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    problems: list[Problem] = field(default_factory=list[Problem])
    noticed: list[Problem] = field(default_factory=list[Problem])
    set_aside: list[Problem] = field(default_factory=list[Problem])

    def at(self, position: int, column: str = "") -> Place:
        """Return the place of a row's cell, the column as the file calls it."""
        return replace(self.raw.place, row=int(self.raw.rows[position]), column=column)

    def say(self, *problems: Problem) -> None:
        """Add problems; notes go to what was noticed."""
        for problem in problems:
            notes = problem.severity is Severity.NOTE
            (self.noticed if notes else self.problems).append(problem)

    def drop(self, positions: NDArray[np.int64], reason: Problem) -> None:
        """Set rows aside for one reason; rows that are out already are not counted again."""
        fresh = positions[self.kept[positions]]
        if len(fresh):
            self.kept[fresh] = False
            place = replace(reason.place, row=int(self.raw.rows[fresh[0]]))
            self.set_aside.append(replace(reason, n_rows=len(fresh), place=place))
