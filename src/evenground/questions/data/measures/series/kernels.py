"""How loops over readings are carried out: in NumPy, or compiled with numba, with equal results."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import settled
from evenground.questions.data.measures.series.audited import Flags, Floats, Whole
from evenground.questions.data.measures.series.daily import SPARSE, DayEnds, day_ends
from evenground.questions.data.measures.series.instants import (
    Finite,
    Lateness,
    delay_ranks,
    finite,
    lateness,
    without,
)
from evenground.questions.data.measures.series.limits import CANDIDATE_SPIKE
from evenground.questions.data.measures.series.loops import (
    by_day,
    distances,
    instants,
    ranks,
    sorting,
)
from evenground.questions.data.measures.series.runs import Clear, Equal, equal_runs, runs_from
from evenground.questions.data.measures.series.spikes import (
    CALM,
    FEWEST,
    Departures,
    Side,
    Standard,
    Usual,
    at_ranks,
    calmer_scale,
    departures,
    side_ranks,
    standardised,
)
from evenground.questions.data.measures.series.spread import SAME, resolution, smallest_step

PAYS = 2_000_000
"""Readings from which on compiling pays."""
SHORT = 4_096
"""Shorter arrays are left to NumPy."""
KEPT = 2_000_000
"""Room for so many numbers is kept from one series to the next; more is given back."""
CODES = 1 << 16
"""Most different values that readings are counted by instead of being sorted."""
SAMPLED = 256
SPARSE_REPEATS = 1_000
"""Rows are left out stretch by stretch where they are no more than one in so many."""
BUDGET = 8
"""Up to so many places a reading, days are counted quicker than they are sorted."""
BUCKETS = 1 << 14
"""So many different first bits keys have; of doubles, the last ``FIRST`` bits are left out."""
FIRST = 49
LOOPS = (
    sorting.radix_sort, sorting.code, sorting.fill_in, ranks.count_keys, ranks.count_sides,
    ranks.first_bits, ranks.near_ranks, ranks.key_at, distances.depart, distances.standardise,
    by_day.coded_ends, by_day.coded_days, by_day.lay_out, by_day.sorted_days,
    by_day.smallest_step, instants.split, instants.delays, instants.backward, instants.going_on,
)  # fmt: skip


class Ordered(NamedTuple):
    """Values in ascending order; if they are few and evenly spaced, which of them each is.

    ``kinds`` are the different ones, ascending; ``codes``, in the order in which the values came,
    are places in ``table``.
    """

    ascending: Floats
    kinds: Floats | None = None
    codes: NDArray[np.uint16] | None = None
    table: Floats | None = None


def ordered(values: Floats) -> Ordered:
    """Return finite values in ascending order."""
    return Ordered(np.sort(values))


def ends_of_days(_: Ordered, values: Floats, n: Whole) -> DayEnds:
    """Return what the values of each day are like; see ``day_ends``."""
    return day_ends(values, n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """The loops that take most of the time; see the functions of the same names.

    ``ordered`` sorts finite numbers. What is returned holds until the same is asked again in the
    same thread. ``inversions`` may leave its work to NumPy.
    """

    without: Callable[[int, Any, Whole], Any] = without
    inversions: Callable[[Whole, Whole], Whole | None] | None = None
    lateness: Callable[..., Lateness | None] = lateness
    finite: Callable[[Whole, Floats], Finite] = finite
    ordered: Callable[[Floats], Ordered] = ordered
    smallest_step: Callable[[Floats, float], float] = smallest_step
    equal_runs: Equal = equal_runs
    at_ranks: Callable[[Floats, Sequence[int]], list[float]] = at_ranks
    departures: Callable[..., Departures] = departures
    standardised: Callable[[Floats, Usual], Standard] = standardised
    day_ends: Callable[[Ordered, Floats, Whole], DayEnds] = ends_of_days


PLAIN = Passes()


def passes_for(n_readings: int) -> Passes:
    """Return the loops for a table of so many readings: compiled where that pays and can be."""
    fast = compiled_passes() if n_readings >= PAYS else None
    return PLAIN if fast is None else fast


@cache
def compiled_passes() -> Passes | None:
    """Return the loops compiled; ``None`` without numba. They let other threads run meanwhile."""
    try:
        njit: Any = import_module("numba").njit  # an extra: the checker may not find it
    except ImportError:
        return None
    return passes_with(partial(_kept, njit))


def _kept(njit: Any, loop: Callable[..., Any]) -> Any:
    """Compile a loop, and keep it for the next start where files can be kept."""
    try:
        return njit(nogil=True, error_model="numpy", cache=True)(loop)
    except RuntimeError:
        return njit(nogil=True, error_model="numpy")(loop)


def passes_with(made: Callable[[Any], Any] = lambda loop: loop) -> Passes:
    """Return the loops as ``made`` makes them; as they stand by default."""
    at = _Loops(SimpleNamespace(**{loop.__name__: made(loop) for loop in LOOPS}), _Room())
    return Passes(**{name: getattr(at, name) for name in Passes.__dataclass_fields__})


class _Room(threading.local):
    """Memory that is used again from series to series, each thread its own."""

    def __init__(self) -> None:
        self.held: dict[str, np.ndarray] = {}

    def of(self, name: str, size: int, dtype: Any = np.float64) -> Any:
        """Return room for ``size`` numbers, with anything in it."""
        if size > KEPT:
            return np.empty(size, dtype=dtype)
        array = self.held.get(name)
        if array is None or array.size < size or array.dtype != dtype:
            array = self.held[name] = np.empty(size + size // 8, dtype=dtype)
        return array[:size]

    def zeros(self, name: str, size: int, dtype: Any = np.int64) -> Any:
        """Return room for as many numbers as ever, all zero if whoever used it left them so."""
        array = self.held.get(name)
        if array is None:
            array = self.held[name] = np.zeros(size, dtype=dtype)
        return array


class _Loops:
    """The loops of ``Passes``, carried out by compiled functions."""

    def __init__(self, fast: Any, room: _Room) -> None:
        self.fast = fast
        self.room = room

    def without(self, which: int, values: Any, places: Whole) -> Any:
        if SPARSE_REPEATS * places.size > values.size:
            return without(which, values, places)
        kept = self.room.of(f"without {which}", values.size - places.size, values.dtype)
        begin = 0
        for k, place in enumerate((*places.tolist(), values.size)):
            kept[begin - k : place - k] = values[begin:place]
            begin = place + 1
        return kept

    def inversions(self, times: Whole, rows: Whole) -> Whole | None:
        order, places = (self.room.of(name, rows.size, np.int64) for name in ("order", "earlier"))
        n = self.fast.backward(times, rows, order, places)
        return None if n < 0 else places[:n].copy()

    def lateness(
        self, times: Whole, arrived: Whole, known: Flags | None, *, tolerance: int
    ) -> Lateness | None:
        n = times.size
        if known is not None or n < SHORT:
            return lateness(times, arrived, known, tolerance=tolerance)
        delay = self.room.of("delay", n, np.int64)
        least, most = (int(end) for end in self.fast.delays(times, arrived, delay))
        late = np.flatnonzero(delay > tolerance)
        delay -= least
        shift = max(0, (most - least).bit_length() - BUCKETS.bit_length() + 1)
        median, high = self._at_ranks(delay.view(np.uint64), delay_ranks(n), shift)
        return Lateness(late, median + least, high + least)

    def finite(self, times: Whole, readings: Floats) -> Finite:
        n = readings.size
        at, others = (self.room.of(name, n + 1, np.int64) for name in ("at", "others"))
        values = self.room.of("values", n + 1)
        n_others = self.fast.split(times, readings, (values, at, others))
        nulls = others = others[:n_others]
        if not n_others:
            return Finite(readings, times, others, nulls)
        known = ~np.isnan(readings[others])
        if known.any():
            nulls = others[~known]
        return Finite(values[: n - n_others], at[: n - n_others], others, nulls)

    def ordered(self, values: Floats) -> Ordered:
        n = values.size
        if n < SHORT:
            return ordered(values)
        found = self.coded(values)
        if found is not None:
            return found
        bits, room = (self.room.of(name, n, np.uint64) for name in ("sorted", "sorting"))
        bits[:] = np.ascontiguousarray(values).view(np.uint64)
        swapped = self.fast.radix_sort(bits, room, np.zeros((6, 1 << 11), dtype=np.int64))
        return Ordered((room if swapped else bits).view(np.float64))

    def coded(self, values: Floats) -> Ordered | None:
        """Return values in order by counting them; ``None`` if they are many or uneven."""
        low, high = float(values.min()), float(values.max())
        few = np.sort(values[:: max(1, values.size // SAMPLED)])
        step = resolution(few)
        if not 0 < (high - low) / step < CODES - 2:
            return None
        m, per = round((high - low) / step) + 2, 1 / step
        codes = self.room.of("codes", values.size, np.uint16)
        table, kinds = (self.room.of(name, CODES)[:m] for name in ("table", "kinds"))
        counts = self.room.zeros("kinds counted", CODES)[:m]
        if int((high - low) * per + 0.5) >= m:
            return None
        if not self.fast.code(values, (low, per), table, (codes, counts)):
            counts[:] = 0
            return None
        ascending = self.room.of("ascending", values.size)
        n = self.fast.fill_in(table, counts, kinds, ascending)
        return Ordered(ascending, kinds[:n], codes, table)

    def smallest_step(self, ascending: Floats, rounding: float) -> float:
        return float(self.fast.smallest_step(ascending, rounding))

    def equal_runs(self, times: Whole, values: Floats, pause: int) -> tuple[Whole, Whole, int]:
        going = self.room.of("going on", values.size + 1, np.int64)
        n, n_zeros = self.fast.going_on(times, values, pause, going)
        return *runs_from(going[:n]), n_zeros

    def at_ranks(self, values: Floats, ranks: Sequence[int]) -> list[float]:
        if values.size < SHORT:
            return at_ranks(values, ranks)
        return _doubles(self._at_ranks(values.view(np.uint64), ranks, FIRST))

    def _at_ranks(self, keys: Any, ranks: Sequence[int], shift: int) -> list[int]:
        """Return the keys at some places in ascending order."""
        counts = self.room.zeros("keys counted", BUCKETS)
        room = self.room.of("keys", keys.size + 1, np.uint64)
        self.fast.count_keys(keys, shift, counts)
        places = [self.fast.first_bits(counts, rank) for rank in ranks]
        counts[:] = 0
        return [int(self.fast.key_at(keys, shift, *place, room)) for place in places]

    def departures(self, clear: Clear, *, every: int) -> Departures:
        n = clear.values.size
        if n < SHORT:
            return departures(clear, every=every)
        far, off = self.room.of("far", n, np.int64), self.room.of("off", n)
        n_far, n = self.fast.depart(clear.times, clear.values, every, (far, off))
        return Departures(clear.values, far[:n_far], off[:n])

    def standardised(self, off: Floats, usual: Usual) -> Standard:
        n = off.size
        if n < SHORT:
            return standardised(off, usual)
        z = self.room.of("z", n)
        limits = (usual.most, usual.scale, calmer_scale(usual), settled(CALM * usual.noise))
        self.fast.standardise(off, limits, self.room.of("sums", n + 1, np.int64), z)
        large = np.flatnonzero(z > CANDIDATE_SPIKE)
        return Standard(large, z[large], self._sides(z.view(np.uint64), off))

    def _sides(self, keys: Any, off: Floats) -> tuple[Side, Side]:
        """Return the distances on each side, given their sizes as bit patterns."""
        counts = self.room.zeros("sides counted", 2 * BUCKETS).reshape(2, BUCKETS)
        self.fast.count_sides(keys, off, counts)
        n = [int(one) for one in counts.sum(axis=1)]
        if min(n) < FEWEST:
            counts[:] = 0
            z = keys.view(np.float64)
            return self._few(z[off >= 0]), self._few(z[off <= 0])
        places = [
            [self.fast.first_bits(side, rank) for rank in side_ranks(n_own)]
            for side, n_own in zip(counts, n, strict=True)
        ]
        counts[:] = 0
        near = self.room.of("near ranks", 2 * (keys.size + 1), np.uint64).reshape(2, -1)
        wanted = self.room.zeros("wanted", BUCKETS, np.int8)
        buckets = [bucket for side in places for bucket, _ in side]
        wanted[buckets] = 1
        kept = self.fast.near_ranks(keys, off, wanted, near)
        wanted[buckets] = 0
        room = self.room.of("keys", keys.size + 1, np.uint64)
        found = [
            _doubles(int(self.fast.key_at(own[:n_kept], FIRST, *place, room)) for place in side)
            for own, n_kept, side in zip(near, kept, places, strict=True)
        ]
        return Side(n[0], *found[0]), Side(n[1], *found[1])

    def _few(self, own: Floats) -> Side:
        if own.size < FEWEST:
            return Side(own.size)
        return Side(own.size, *self.at_ranks(own, side_ranks(own.size)))

    def day_ends(self, found: Ordered, values: Floats, n: Whole) -> DayEnds:
        most = int(n.max()) if n.size else 0
        if values.size < SHORT or most * n.size > SPARSE * values.size:
            return day_ends(values, n)
        ends = DayEnds.nothing(n.size)
        if found.codes is not None and found.table is not None:
            places = np.empty((n.size, 2), dtype=np.uint16)
            if self.fast.coded_ends(found.codes, n, places) <= BUDGET * values.size:
                rooms = (self.room.of(name, CODES) for name in ("kinds of a day", "steps of a day"))
                work = (self.room.zeros("kinds counted", CODES), *rooms)
                coded = (found.codes, found.table, places)
                self.fast.coded_days(coded, n, SAME, work, tuple(ends))
                return ends
        wide = self.room.of("days", most * n.size).reshape(n.size, most)
        self.fast.lay_out(values, n, wide)
        wide.sort(axis=1)
        self.fast.sorted_days(wide, n, SAME, tuple(ends))
        return ends


def _doubles(keys: Iterable[int]) -> list[float]:
    """Return the doubles that have these bit patterns."""
    return np.array(list(keys), dtype=np.int64).view(np.float64).tolist()
