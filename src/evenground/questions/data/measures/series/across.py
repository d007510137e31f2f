"""All series of a table together: what they share, read from the folded table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Message

if TYPE_CHECKING:
    import pyarrow as pa

LISTS = ("gaps", "days", "flags")
SECOND = 1_000_000
HOUR = 3_600 * SECOND
UNITS = (("days", 24 * HOUR), ("hours", HOUR), ("minutes", 60 * SECOND), ("seconds", SECOND))


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The folded table, with its figures at hand.

    Attributes
    ----------
    table
        The folded table.
    rows
        Its figures, one mapping per series.
    columns
        What was found in each measured column, series by series, in the same order as ``rows``.
    """

    table: pa.Table
    rows: Sequence[Mapping[str, Any]]
    columns: Mapping[str, Sequence[Mapping[str, Any]]] = field(
        default_factory=dict[str, Sequence[Mapping[str, Any]]]
    )

    def total(self, name: str) -> int:
        """Return the sum of a figure of the series, those left out that have none."""
        return sum(row[name] for row in self.rows if row[name] is not None)

    def known(self, name: str) -> list[int]:
        """Return a figure of the series that have it."""
        return [row[name] for row in self.rows if row[name] is not None]

    def of_column(self, column: str, name: str) -> list[Any]:
        """Return a figure of one column, of the series that have it."""
        return [one[name] for one in self.columns[column] if one[name] is not None]

    def n_readings(self) -> int:
        """Return how many readings there are in all columns."""
        return sum(one["n"] for column in self.columns.values() for one in column)


def folded(table: pa.Table) -> Folded:
    """Return the folded table with its figures at hand; its order is that of the sensors' names."""
    table = table.sort_by("sensor")
    plain = table.drop_columns([name for name in LISTS if name in table.column_names])
    rows = plain.to_pylist()
    columns: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        for entry in row["values"]:
            columns.setdefault(entry["column"], []).append({**entry, "sensor": row["sensor"]})
    return Folded(table=table, rows=rows, columns=columns)


def shared_cadence(table: pa.Table) -> int:
    """Return the cadence in microseconds that at least half of all series share; 0 without one.

    Series that have too few readings to tell, or too irregular ones, take it in a second pass: run
    the fold again over the sensors of ``without_cadence`` with ``Auditing(every=...)`` set to it,
    and put their rows in place of the first.
    """
    every = Counter(value for value in table["cadence"].to_pylist() if value)
    if not every:
        return 0
    most = max(every.values())
    if 2 * most < table.num_rows:
        return 0
    return min(value for value, times in every.items() if times == most)


def without_cadence(table: pa.Table) -> tuple[str, ...]:
    """Return the sensors that have no cadence of their own."""
    compute: Any = import_module("pyarrow.compute")  # its functions are made when it is loaded

    return tuple(table.filter(compute.equal(table["cadence"], 0))["sensor"].to_pylist())


def said_time(microseconds: int) -> Message:
    """Return a stretch of time as a message: in the largest unit that it is a multiple of."""
    for unit, size in UNITS:
        if microseconds >= size and microseconds % size == 0:
            return Message(code=f"cadence.{unit}", parameters={"n": microseconds // size})
    return Message(code="cadence.about", parameters={"seconds": microseconds / SECOND})


def hours(microseconds: float) -> float:
    """Return microseconds as hours."""
    return float(microseconds) / HOUR


def ends(found: Folded) -> tuple[np.ndarray, np.ndarray]:
    """Return by how many microseconds each series begins late, and ends early, in the table."""
    first = np.array(found.known("first"), dtype=np.int64)
    last = np.array(found.known("last"), dtype=np.int64)
    if first.size == 0:
        return first, last
    return first - first.min(), last.max() - last
