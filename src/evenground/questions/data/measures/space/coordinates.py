"""Coordinates of rows as arrays, and how rows at fault are handed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.data.measures.checks import flag_schema

if TYPE_CHECKING:
    import pyarrow as pa

LARGEST_LONGITUDE = 180.0
LARGEST_LATITUDE = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """Places of rows, or of distinct coordinates with the number of rows that hold them.

    Attributes
    ----------
    x, y, shape (n,)
        East before north (longitude before latitude); not a number where it is missing.
    times, shape (n,)
        How many rows each entry stands for; 1 throughout for plain rows.
    row, shape (n,), or ``None``
        Position of each row in the data, from 0; ``None`` for distinct coordinates.
    x_name, y_name
        What the columns are called.
    """

    x: Vector
    y: Vector
    times: Whole
    row: Whole | None = None
    x_name: str = "x"
    y_name: str = "y"

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return int(self.times.sum())

    @property
    def present(self) -> Flags:
        """Whether both coordinates are there and finite, shape (n,)."""
        return np.isfinite(self.x) & np.isfinite(self.y)

    def take(self, chosen: Flags | Whole) -> Coordinates:
        """Return the entries chosen by mask or position."""
        row = None if self.row is None else self.row[chosen]
        return replace(self, x=self.x[chosen], y=self.y[chosen], times=self.times[chosen], row=row)


def coordinates(
    x: ArrayLike,
    y: ArrayLike,
    *,
    times: ArrayLike | None = None,
    names: tuple[str, str] = ("x", "y"),
) -> Coordinates:
    """Return coordinates from arrays.

    Parameters
    ----------
    x, y, shape (n,)
        East and north; not a number where missing.
    times, shape (n,)
        How many rows each entry stands for; ``None`` takes each entry for one row, in the order of
        the data.
    names
        What the two columns are called.

    Raises
    ------
    UsageError
        If the shapes differ.
    """
    east, north = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    many = np.ones(east.shape, dtype=np.int64) if times is None else np.asarray(times, np.int64)
    if east.ndim != 1 or east.shape != north.shape or east.shape != many.shape:
        raise wrong(
            "coordinate_shape",
            N_("x has shape {x}, y {y}, times {times}; all must be the same one-dimensional shape"),
            x=east.shape, y=north.shape, times=many.shape,
        )  # fmt: skip
    row = np.arange(east.size, dtype=np.int64) if times is None else None
    return Coordinates(x=east, y=north, times=many, row=row, x_name=names[0], y_name=names[1])


def coordinates_of(
    table: pa.Table, x: str, y: str, *, times: str = "", row: str = ""
) -> Coordinates:
    """Return the coordinates in two columns of an Arrow table; nulls become not a number.

    ``times`` names a column with the number of rows of each entry, ``row`` one with positions in
    the data; without either, each row of the table is a row of the data.
    """
    east, north = (_floats(table, name) for name in (x, y))
    found = coordinates(east, north, names=(x, y))
    if times:
        found = replace(found, times=_whole(table, times), row=None)
    return replace(found, row=_whole(table, row)) if row else found


def distinct(places: Coordinates) -> tuple[Coordinates, Whole]:
    """Return the distinct coordinates with how often each occurs, and each entry's position there.

    Entries without a coordinate are left out of the first and have position -1.
    """
    there = np.flatnonzero(places.present)
    x, y = places.x[there] + 0.0, places.y[there] + 0.0  # -0 is 0
    order = np.lexsort((y, x))
    x, y = x[order], y[order]
    begins = np.ones(there.size, dtype=np.bool_)
    begins[1:] = (np.diff(x) != 0) | (np.diff(y) != 0)
    at = np.cumsum(begins) - 1
    position = np.full(places.x.size, -1, dtype=np.int64)
    position[there[order]] = at
    n_distinct = int(begins.sum())
    times = np.zeros(n_distinct, dtype=np.int64)
    np.add.at(times, at, places.times[there[order]])
    return replace(places, x=x[begins], y=y[begins], times=times, row=None), position


def flagged(
    check: str,
    rows: Whole,
    columns: Sequence[str] | str,
    *,
    values: Sequence[str],
    **more: Sequence[Any],
) -> pa.Table:
    """Return flags (``FLAG_COLUMNS``) for rows; ``more`` may hold ``sensor`` and ``time``."""
    import pyarrow as pa

    n = len(rows)
    named = [columns] * n if isinstance(columns, str) else list(columns)
    filled = {
        "row": rows, "sensor": more.get("sensor", [None] * n), "time": more.get("time", [None] * n),
        "column": named, "check": [check] * n, "value": list(values),
    }  # fmt: skip
    schema = flag_schema()
    arrays = [pa.array(filled[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def written(values: NDArray[np.float64]) -> list[str]:
    """Return numbers as the shortest text that reads back the same."""
    return [repr(float(value)) for value in values]


def _floats(table: pa.Table, name: str) -> Vector:
    import pyarrow as pa

    column = table.column(name).cast(pa.float64())
    return np.asarray(column.fill_null(np.nan), dtype=np.float64)


def _whole(table: pa.Table, name: str) -> Whole:
    return np.asarray(table.column(name), dtype=np.int64)
