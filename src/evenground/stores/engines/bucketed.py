"""Hand whole series to a fold as arrays, without sorting the table: one scan, or a few.

Rows are scanned as they lie and put into one stretch of memory per series; a series is sorted only
where its times are not in order already. Where all rows together need more than ``WORKING_BYTES``,
several scans each take as many series as fit, so that memory grows with the longest series and not
with the table.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from evenground.stores.engines.scattering import Floats, Loops, Names, Seen, Whole, loops
from evenground.stores.engines.streaming import batches, collected

if TYPE_CHECKING:
    import pyarrow as pa

WORKING_BYTES = 900_000_000
"""What the rows of one scan may take; about 22 million rows with four measured columns."""
PAYS = 500_000
"""Rows from which on compiled loops pay."""
GUESSED = 4
"""Sensors are guessed while no more than one in so many has to be searched for."""
THREADS = 4
"""Most series that are looked at side by side."""
NOWHEN = int(np.iinfo(np.int64).min)
"""Stands for a time of arrival that is not known."""
_WORD = 8
_SCANNING = 0.35
"""About how much of the time goes into scanning, for the bar that shows how far things are."""


class ArrayFold(Protocol):
    """A fold that also takes a whole series at once, as arrays.

    ``over`` has ``sensor`` (text), ``time`` (whole microseconds), ``row`` and ``arrived`` (whole
    microseconds) where there are any, and the measured columns ``values``. ``flags`` says whether
    numbers of rows are wanted.
    """

    over: Any
    values: tuple[str, ...]

    @property
    def flags(self) -> bool:
        """Whether the rows behind a count are wanted."""
        ...

    def for_rows(self, n_rows: int) -> ArrayFold:
        """Return the fold as it is quickest for so many rows."""
        ...

    def of_arrays(self, **series: Any) -> Any:
        """Return what was found in one series.

        Its rows with a time come sorted by time and, at one time, by row. ``series`` has the code
        ``sensor``, ``times``, ``values`` (by column, ``nan`` for none), ``rows`` (numbers of the
        rows; those within the series where no flags are wanted; ``None`` where rows have none),
        ``arrived`` and ``arrived_known`` (or ``None``), and ``n_without_time``.
        """
        ...


class Counted(NamedTuple):
    """The series of a table, sorted by sensor: rows in all, and rows that have a time."""

    sensors: list[str]
    n_rows: Whole
    n_timed: Whole


class Share(NamedTuple):
    """Series that one scan takes: the first, where each begins in memory, and their rows."""

    first: int
    starts: Whole
    total: int


class Stretch(NamedTuple):
    """Memory that the rows of one scan are put into; ``rows`` and ``arrived`` may be empty."""

    times: Whole
    values: tuple[Floats, ...]
    rows: Whole
    arrived: Whole


def fold_series(
    fold: ArrayFold,
    *,
    working_bytes: int = WORKING_BYTES,
    compiled: bool | None = None,
    told: Callable[[float], object] = lambda _: None,
) -> list[Any]:
    """Return what a fold finds in each series of a table in DuckDB, sorted by sensor.

    Parameters
    ----------
    fold
        What is to be found; its ``over`` is a lazy table, which runs here.
    working_bytes
        What the rows of one scan may take; fewer bytes mean more scans.
    compiled
        Whether loops are compiled where numba is installed; ``None`` where it pays. The result is
        the same.
    told
        Told how far things are, between 0 and 1; may raise to stop.
    """
    has = fold.over.columns
    width = 1 + len(fold.values) + ("row" in has and fold.flags) + ("arrived" in has)
    counted = count_series(fold.over)
    n_rows = int(counted.n_timed.sum())
    loop = loops(compiled=n_rows >= PAYS if compiled is None else compiled)
    scanner = _Scanner(fold=fold.for_rows(n_rows), counted=counted, loop=loop, told=told)
    found: list[Any] = []
    for share in shares(counted.n_timed, most=max(1, working_bytes // (_WORD * width))):
        found += scanner.looked_at(share)
    return found


def count_series(over: Any) -> Counted:
    """Return the series of a table and their sizes; a row without a sensor belongs to ``""``."""
    sensor = over.sensor.fill_null("").name("sensor")
    sizes = over.group_by(sensor).agg(n_rows=over.count(), n_timed=over.time.count())
    found = collected(sizes.order_by("sensor"))
    return Counted(
        found["sensor"].to_pylist(), found["n_rows"].to_numpy(), found["n_timed"].to_numpy()
    )


def shares(n_timed: Whole, *, most: int) -> Iterator[Share]:
    """Yield which series each scan takes: as many as have ``most`` rows together, or one alone."""
    first = 0
    while first < n_timed.size:
        ends = np.cumsum(n_timed[first:])
        n = max(1, int(np.searchsorted(ends, most, side="right")))
        yield Share(first, np.concatenate(([0], ends[: n - 1])), int(ends[n - 1]))
        first += n


def rows_between(fold: ArrayFold, ends: tuple[str, str] | None) -> Any:
    """Return the rows with a time of the sensors from the first to the last, as they lie.

    ``ends`` are these two; ``None`` stands for all sensors.

    Columns are ``sensor``, ``time``, ``row`` and ``arrived`` where there are any, and the values as
    ``value_0`` and so on.
    """
    over = fold.over.mutate(sensor=fold.over.sensor.fill_null(""))
    # DuckDB keeps the order of rows through comparisons, and loses it in joins, into which it also
    # turns long lists of values.
    wanted = over.filter(over.time.notnull())
    if ends is not None:
        wanted = wanted.filter(wanted.sensor >= ends[0], wanted.sensor <= ends[1])
    more = [name for name in ("row", "arrived") if name in over.columns]
    values = {f"value_{i}": wanted[name].cast("float64") for i, name in enumerate(fold.values)}
    return wanted.select("sensor", "time", *more, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scanner:
    """One table at work."""

    fold: ArrayFold
    counted: Counted
    loop: Loops
    told: Callable[[float], object]

    def looked_at(self, share: Share) -> Iterator[Any]:
        """Yield what was found in each series of a share."""
        stretch, seen = self._scanned(share)
        if seen.unordered.any():  # the engine did not keep the order in which rows lie
            stretch, seen = self._scanned(share, by_row=True)
        n = share.starts.size
        with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, THREADS)) as pool:
            for i, one in enumerate(pool.map(partial(self._found_in, share, stretch), range(n))):
                self._tell(share, _SCANNING + (1 - _SCANNING) * (i + 1) / n)
                yield one

    def _scanned(self, share: Share, *, by_row: bool = False) -> tuple[Stretch, Seen]:
        fold, n = self.fold, share.total
        has = fold.over.columns
        stretch = Stretch(
            np.empty(n, dtype=np.int64),
            tuple(np.empty(n) for _ in fold.values),
            np.empty(n if fold.flags and "row" in has else 0, dtype=np.int64),
            np.empty(n if "arrived" in has else 0, dtype=np.int64),
        )
        codes = self.counted.sensors[share.first : share.first + share.starts.size]
        whole = len(codes) == len(self.counted.sensors)
        rows = rows_between(fold, None if whole else (codes[0], codes[-1]))
        seen, naming, done = Seen.nothing(share.starts), Naming(codes, self.loop), 0
        for batch in batches(rows.order_by("row") if by_row else rows):
            take(batch, naming, (stretch, seen), self.loop)
            done += batch.num_rows
            self._tell(share, _SCANNING * done / n)
        return stretch, seen

    def _found_in(self, share: Share, stretch: Stretch, i: int) -> Any:
        """Return what was found in one series, once it is in order of time."""
        begin, n = int(share.starts[i]), int(self.counted.n_timed[share.first + i])
        part = slice(begin, begin + n)
        columns = [stretch.times[part], *(column[part] for column in stretch.values)]
        rows = None
        if "row" in self.fold.over.columns:
            rows = stretch.rows[part] if stretch.rows.size else np.arange(n)
        arrived = stretch.arrived[part] if stretch.arrived.size else None
        if (columns[0][1:] < columns[0][:-1]).any():
            self._put_in_order([one for one in (*columns, rows, arrived) if one is not None])
        known = None if arrived is None else arrived != NOWHEN
        return self.fold.of_arrays(
            sensor=self.counted.sensors[share.first + i],
            times=columns[0],
            values=dict(zip(self.fold.values, columns[1:], strict=True)),
            rows=rows,
            arrived=arrived,
            arrived_known=None if known is None or known.all() else known,
            n_without_time=int(self.counted.n_rows[share.first + i]) - n,
        )

    def _put_in_order(self, columns: list[Any]) -> None:
        """Sort rows by the first column, where they lie; most stay in their places."""
        order = np.empty(columns[0].size, dtype=np.int64)
        if not self.loop.order(columns[0], order):
            order = np.argsort(columns[0], kind="stable")
        moved = np.flatnonzero(order != np.arange(order.size))
        for column in columns:
            column[moved] = column[order[moved]]

    def _tell(self, share: Share, part: float) -> None:
        """Say how far things are: ``part`` of this share, after all shares before it."""
        before = int(self.counted.n_timed[: share.first].sum())
        self.told((before + part * share.total) / max(int(self.counted.n_timed.sum()), 1))


class Naming:
    """From the names of sensors to their places among those of a scan."""

    def __init__(self, sensors: list[str], loop: Loops) -> None:
        import pyarrow as pa

        self._all = pa.array(sensors, pa.string())
        self._loop = loop.name
        self._names = Names.of(sensors)

    def places(self, column: pa.Array) -> Any:
        """Return the place of each name."""
        found = self._guessed(column, self._loop) if self._loop and len(column) else None
        if found is None:
            from pyarrow import compute as made_at_run_time

            compute: Any = made_at_run_time  # its functions are unknown to the checker
            found = compute.index_in(column, value_set=self._all).to_numpy()
        return found

    def _guessed(self, column: pa.Array, loop: Any) -> Any:
        """Return the places; ``None`` if a name is unknown. Stop guessing where it does not pay."""
        _, offsets, text = column.buffers()
        starts = np.frombuffer(offsets, dtype=np.int32)[column.offset :]
        letters = np.frombuffer(text or b"", dtype=np.uint8)
        found = np.empty(len(column), dtype=np.int32)
        n_searched = loop(starts, letters, self._names, found)
        if GUESSED * n_searched > found.size:
            self._loop = None
        return None if found.min() < 0 else found


def take(batch: pa.RecordBatch, naming: Naming, state: tuple[Stretch, Seen], loop: Loops) -> None:
    """Put the rows of one batch into the stretches of their series.

    Parameters
    ----------
    batch
        Rows as ``rows_between`` returns them.
    naming
        The sensors of this scan; the first one's stretch comes first.
    state
        The memory, and what is known of each series so far; both are changed.
    loop
        How it is done.
    """
    stretch, seen = state
    series = naming.places(batch.column("sensor"))
    rows = np.empty(0, dtype=np.int64)
    if "row" in batch.schema.names:
        rows = batch.column("row").to_numpy()
    places = np.empty(series.size, dtype=np.int64)
    loop.place(series, rows, seen, places)
    loop.put(places, batch.column("time").to_numpy(), stretch.times)
    if stretch.rows.size:
        loop.put(places, rows, stretch.rows)
    if stretch.arrived.size:
        _put(batch.column("arrived"), places, stretch.arrived, loop)
    for i, target in enumerate(stretch.values):
        _put(batch.column(f"value_{i}"), places, target, loop)


def _put(column: pa.Array, places: Whole, target: Any, loop: Loops) -> None:
    known, held = column.buffers()
    values = np.frombuffer(held, dtype=target.dtype)[column.offset : column.offset + places.size]
    if column.null_count == 0:
        loop.put(places, values, target)
        return
    missing = target.dtype.type(NOWHEN if target.dtype.kind == "i" else np.nan)
    bits = np.frombuffer(known, dtype=np.uint8)
    loop.put_known(places, values, (bits, column.offset), target, missing)
