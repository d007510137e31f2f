"""Which share of the readings expected of each sensor is there, by stretch of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.questions.data.figures.when import DAY, step_for

if TYPE_CHECKING:
    import pyarrow as pa

Shares = NDArray[np.float64]
Times = NDArray[np.int64]

MOST_STEPS = 120
"""More stretches of time than this are not told apart on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """What is there of what was expected.

    Attributes
    ----------
    names
        Sensors, those with most missing first; k of them.
    share, shape (k, b)
        Share of the expected readings that are there and hold a value, 0-1.
    edges, shape (b + 1,)
        Microseconds since 1970 between stretches of time.
    total, shape (k,)
        The same share over the whole period.
    n_without_cadence
        Sensors left out, since nobody knows how many readings to expect of them.
    """

    names: tuple[str, ...]
    share: Shares
    edges: Times
    total: Shares
    n_without_cadence: int = 0

    @property
    def step(self) -> int:
        """Length of a stretch, in microseconds."""
        return int(self.edges[1] - self.edges[0])

    @property
    def overall(self) -> float:
        """Mean share over all sensors, each with the same weight."""
        return float(self.total.mean())


def availability(series: pa.Table, *, most_steps: int = MOST_STEPS) -> Availability | None:
    """Return the availability of every sensor that has a cadence; ``None`` if none has.

    A reading is expected each cadence from the first instant of any sensor to the last of any, so
    that a sensor that came late or stopped early has none there. Readings without a value count as
    missing where days tell (steps of a day or more).

    Parameters
    ----------
    series
        One row per sensor as ``SeriesFold`` makes them: ``sensor``, ``first``, ``last``,
        ``cadence``, ``n_instants``, ``gaps``, ``days``.
    most_steps
        Most stretches of time.
    """
    first, last, cadence = (_whole(series, name) for name in ("first", "last", "cadence"))
    used = np.flatnonzero((cadence > 0) & (_whole(series, "n_instants") > 1))
    if not used.size:
        return None
    begin, end = int(first[used].min()), int((last + cadence)[used].max())
    step = step_for(end - begin, most=most_steps - 1, least=int(cadence[used].max()))
    begin -= begin % min(step, DAY)
    edges = np.arange(begin, end + step, step, dtype=np.int64)
    inside = np.clip(edges, int(first[used].min()), end)
    empty = _empty_shares(series, edges) if step >= DAY else None
    gaps = _Nested(series, "gaps")
    share, total = np.empty((used.size, edges.size - 1)), np.empty(used.size)
    for at, row in enumerate(used.tolist()):
        one = _Line(first=int(first[row]), last=int(last[row]), cadence=int(cadence[row]))
        there = _there(one, gaps, row, inside)
        there = there if empty is None else there * (1 - empty[row])
        wanted = np.diff(inside) / one.cadence
        share[at] = np.clip(there / np.maximum(wanted, 1e-12), 0, 1)
        total[at] = min(float(there.sum() / wanted.sum()), 1.0)
    names = series.column("sensor").to_pylist()
    order = np.argsort(total, kind="stable")
    return Availability(
        names=tuple(str(names[used[at]] or "") for at in order),
        share=share[order],
        edges=edges,
        total=total[order],
        n_without_cadence=series.num_rows - int(used.size),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """First and last instant of a sensor and its cadence, in microseconds."""

    first: int
    last: int
    cadence: int


class _Nested:
    """A column of lists of records: the records of one row as arrays by field."""

    def __init__(self, series: pa.Table, name: str) -> None:
        column = series.column(name).combine_chunks()
        self._starts = column.offsets.to_numpy()
        self._records = column.values
        self._fields: dict[str, NDArray[Any]] = {}

    def field(self, name: str) -> NDArray[Any]:
        """Return a field of the records of all rows, one after the other."""
        if name not in self._fields:
            self._fields[name] = self._records.field(name).to_numpy(zero_copy_only=False)
        return self._fields[name]

    def of(self, row: int, name: str) -> NDArray[Any]:
        """Return a field of one row's records."""
        return self.field(name)[self._starts[row] : self._starts[row + 1]]

    @property
    def rows(self) -> NDArray[np.int64]:
        """Return for each record the row that it belongs to."""
        lengths = np.diff(self._starts)
        return np.repeat(np.arange(lengths.size), lengths)


def _whole(series: pa.Table, name: str) -> Times:
    import pyarrow.compute as pc

    return pc.fill_null(series.column(name), 0).to_numpy().astype(np.int64)


def _there(line: _Line, gaps: _Nested, row: int, edges: Times) -> Shares:
    """Return how many readings of a sensor lie between edges: those expected, less the missing."""
    within = line.last - line.first + line.cadence
    expected = np.clip(edges - line.first, 0, within) / line.cadence
    start, missing = gaps.of(row, "start").astype(np.int64), gaps.of(row, "n_missing")
    if not start.size:
        return np.diff(expected)
    before = np.concatenate([[0], np.cumsum(missing)]).astype(np.float64)
    at = np.searchsorted(start, edges, side="left")  # gaps that have begun
    last = np.maximum(at - 1, 0)
    begun = np.clip((edges - start[last]) / line.cadence - 1, 0, missing[last])
    return np.diff(expected - np.where(at > 0, before[last] + begun, 0.0))


def _empty_shares(series: pa.Table, edges: Times) -> Shares:
    """Return for each sensor and stretch the share of readings without a value."""
    days = _Nested(series, "days")
    shape = (series.num_rows, edges.size - 1)
    start = days.field("day").astype(np.int64) * DAY
    at = np.clip((start - edges[0]) // (edges[1] - edges[0]), 0, shape[1] - 1)
    cell = days.rows * shape[1] + at
    filled, empty = (
        np.bincount(cell, days.field(name).astype(np.float64), shape[0] * shape[1])
        for name in ("n", "n_null")
    )
    return (empty / np.maximum(filled + empty, 1)).reshape(shape)
