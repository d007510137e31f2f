"""The days of a column, sensor by sensor: what the folded table says of each day, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.data.measures.network.folded_lists import (
    entries_of,
    is_of,
    numbers,
    wholes,
)
from evenground.questions.data.measures.network.windows import known_median

if TYPE_CHECKING:
    import pyarrow as pa

DAY_US = 86_400_000_000
"""Microseconds in a day."""
SPARSE = 0.25
"""A day with fewer readings than this share of the sensor's usual day is left out."""


LONGEST_HOLE = 3_653
"""A hole of more days, ten years, parts times that stand for none (1900, 9999) from the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """One column, by sensor and day; ``nan`` where a day has no readings, or too few.

    Attributes
    ----------
    column
        Its name.
    sensors
        Codes of the sensors, in the order of the folded table, those without readings left out.
    day
        Days since 1970-01-01, shape (n_days,), without a hole from the first to the last; those
        that a hole of ten years parts from most others are left out.
    n
        Readings, shape (n_sensors, n_days).
    median, low, high, resolution
        Lower median, ends and smallest step of the day's readings, each (n_sensors, n_days).
    noise
        Scale of a reading's distance from its neighbours, shape (n_sensors,); ``nan`` if unknown.
    """

    column: str
    sensors: tuple[str, ...]
    day: Whole
    n: Whole
    median: Vector
    low: Vector
    high: Vector
    resolution: Vector
    noise: Vector

    @property
    def profile(self) -> Vector:
        """Low, median and high, shape (3, n_sensors, n_days)."""
        return np.stack([self.low, self.median, self.high])


def columns_of(folded: pa.Table) -> tuple[str, ...]:
    """Return the columns that have days, in order of their names."""
    if folded.num_rows == 0:
        return ()
    entries, _ = entries_of(folded, "days")
    return tuple(sorted(entries.field("column").unique().to_pylist()))


def daily(folded: pa.Table, column: str) -> Daily:
    """Return the days of one column of a folded table."""
    entries, parent = entries_of(folded, "days")
    mine = is_of(entries, column)
    mine[mine] = _together(wholes(entries, "day")[mine])
    parent, day = parent[mine], wholes(entries, "day")[mine]
    present, series = np.unique(parent, return_inverse=True)
    first = int(day.min()) if day.size else 0
    n_days = int(day.max()) - first + 1 if day.size else 0
    at = (series, day - first)
    n = np.zeros((present.size, n_days), dtype=np.int64)
    n[at] = wholes(entries, "n")[mine]
    enough = _enough(n)

    def laid(name: str) -> Vector:
        values = np.full((present.size, n_days), np.nan)
        values[at] = numbers(entries, name)[mine]
        values[~enough] = np.nan
        return values

    sensors = folded.column("sensor").to_pylist()
    return Daily(
        column=column,
        sensors=tuple(sensors[i] or "" for i in present),
        day=first + np.arange(n_days, dtype=np.int64),
        n=n,
        median=laid("median"),
        low=laid("low"),
        high=laid("high"),
        resolution=laid("resolution"),
        noise=_noise(folded, column)[present],
    )


def _together(day: Whole) -> Flags:
    """Say which days are of the stretch without such a hole that most of them lie in."""
    if not day.size:
        return np.ones(0, dtype=np.bool_)
    known, n = np.unique(day, return_counts=True)
    stretch = np.cumsum(np.diff(known, prepend=known[0]) > LONGEST_HOLE)
    most = int(np.argmax(np.bincount(stretch, n)))
    return stretch[np.searchsorted(known, day)] == most


def _enough(n: Whole) -> Flags:
    """Say which days have their share of a usual day's readings, shape of ``n``."""
    counted = np.where(n > 0, n, np.nan).astype(np.float64)
    usual = np.nan_to_num(known_median(counted))
    return (n > 0) & (n >= SPARSE * usual[:, None])


def _noise(folded: pa.Table, column: str) -> Vector:
    """Return the spike scale of every series of the folded table, ``nan`` where there is none."""
    noise = np.full(folded.num_rows, np.nan)
    entries, parent = entries_of(folded, "values")
    mine = is_of(entries, column)
    noise[parent[mine]] = numbers(entries, "spike_scale")[mine]
    return noise
