"""How loops over readings are carried out: in NumPy, or compiled with numba, with equal results."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import settled
from evenground.questions.data.measures.series import loops
from evenground.questions.data.measures.series.audited import Floats, Whole
from evenground.questions.data.measures.series.daily import SPARSE, by_day, smallest_steps
from evenground.questions.data.measures.series.runs import Clear, Equal, equal_runs
from evenground.questions.data.measures.series.spikes import (
    CALM,
    Departures,
    Standard,
    Usual,
    at_ranks,
    calmer_scale,
    departures,
    standardised,
)
from evenground.questions.data.measures.series.spread import resolution, smallest_step

PAYS = 2_000_000
"""Readings from which on compiling pays."""
SHORT = 4_096
"""Shorter arrays are left to NumPy."""
KEPT = 2_000_000
"""Room for so many numbers is kept from one series to the next; more is given back."""
CODES = 1 << 16
"""Most different values that readings are counted by instead of being sorted."""
SAMPLED = 256
COMPILED = (
    "radix_sort", "code", "select_ranks", "standardise", "equal_runs", "depart", "lay_out",
    "take_up", "take_up_coded", "smallest_steps",
)  # fmt: skip


class Ordered(NamedTuple):
    """Values in ascending order; if they are few and evenly spaced, which of them each is.

    ``codes``, in the order in which the values came, are places in ``table``.
    """

    ascending: Floats
    codes: NDArray[np.uint16] | None = None
    table: Floats | None = None


def ordered(values: Floats) -> Ordered:
    """Return finite values in ascending order."""
    return Ordered(np.sort(values))


def within_days(_: Ordered, values: Floats, n: Whole) -> Floats:
    """Return the values of each day in ascending order; see ``by_day``."""
    return by_day(values, n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """The loops that take most of the time; see the functions of the same names.

    ``ordered`` sorts finite numbers. What is returned holds until the same is asked again in the
    same thread.
    """

    ordered: Callable[[Floats], Ordered] = ordered
    smallest_step: Callable[[Floats, float], float] = smallest_step
    equal_runs: Equal = equal_runs
    at_ranks: Callable[[Floats, Sequence[int]], list[float]] = at_ranks
    departures: Callable[..., Departures] = departures
    standardised: Callable[[Floats, Usual], Standard] = standardised
    by_day: Callable[[Ordered, Floats, Whole], Floats] = within_days
    smallest_steps: Callable[[Floats, Whole, Floats], Floats] = smallest_steps


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
    compiled = {name: _kept(njit, getattr(loops, name)) for name in COMPILED}
    return passes_with(SimpleNamespace(**compiled))


def _kept(njit: Any, loop: Callable[..., Any]) -> Any:
    """Compile a loop, and keep it for the next start where files can be kept."""
    try:
        return njit(nogil=True, cache=True)(loop)
    except RuntimeError:
        return njit(nogil=True)(loop)


def passes_with(fast: Any) -> Passes:
    """Return the loops that ``fast`` carries out."""
    at = _Loops(fast, _Room())
    return Passes(
        ordered=at.ordered,
        smallest_step=at.smallest_step,
        equal_runs=at.equal_runs,
        at_ranks=at.at_ranks,
        departures=at.departures,
        standardised=at.standardised,
        by_day=at.by_day,
        smallest_steps=at.smallest_steps,
    )


class _Room(threading.local):
    """Memory that is used again from series to series, each thread its own."""

    def __init__(self) -> None:
        self.held: dict[str, np.ndarray] = {}

    def of(self, name: str, size: int, dtype: Any = np.float64) -> Any:
        """Return room for ``size`` numbers, with anything in it."""
        if size > KEPT:
            return np.empty(size, dtype=dtype)
        array = self.held.get(name)
        if array is None or array.size < size:
            array = self.held[name] = np.empty(size + size // 8, dtype=dtype)
        return array[:size]


class _Loops:
    """The loops of ``Passes``, carried out by compiled functions."""

    def __init__(self, fast: Any, room: _Room) -> None:
        self.fast = fast
        self.room = room

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
        few = np.unique(values[:: max(1, values.size // SAMPLED)])
        step = resolution(few)
        if not 0 < (high - low) / step < CODES - 2:
            return None
        m = round((high - low) / step) + 2
        codes = self.room.of("codes", values.size, np.uint16)
        table, counts = np.empty(m), np.zeros(m, dtype=np.int64)
        if not self.fast.code(values, (low, 1 / step), table, (codes, counts)):
            return None
        there = np.flatnonzero(counts)
        return Ordered(np.repeat(table[there], counts[there]), codes, table)

    def smallest_step(self, ascending: Floats, rounding: float) -> float:
        found = np.empty(1)
        all_of_it = np.array([ascending.size])
        self.fast.smallest_steps(ascending, all_of_it, np.array([rounding]), found)
        return float(found[0])

    def equal_runs(self, times: Whole, values: Floats, pause: int) -> tuple[Whole, Whole, int]:
        starts, lengths = (
            self.room.of(name, values.size // 2 + 1, np.int64) for name in ("starts", "lengths")
        )
        n, n_zeros = self.fast.equal_runs(times, values, pause, (starts, lengths))
        return starts[:n].copy(), lengths[:n].copy(), n_zeros

    def at_ranks(self, values: Floats, ranks: Sequence[int]) -> list[float]:
        if values.size < SHORT:
            return at_ranks(values, ranks)
        bits = values.view(np.uint64)
        found = np.array(ranks, dtype=np.int64)
        room = self.room.of("ranking", bits.size, np.uint64)
        counts = np.zeros(1 << 14, dtype=np.int64)
        self.fast.select_ranks(bits, found, room, counts)
        return found.view(np.float64).tolist()

    def departures(self, clear: Clear, *, every: int) -> Departures:
        n = clear.values.size
        places, off, lone = (
            self.room.of(name, n, dtype)
            for name, dtype in (("places", np.int64), ("off", np.float64), ("lone", np.bool_))
        )
        n = self.fast.depart(clear.times, clear.values, every, (places, off, lone))
        return Departures(places[:n], off[:n], lone[:n])

    def standardised(self, off: Floats, usual: Usual) -> Standard:
        n = off.size + 1
        z, up, down = (self.room.of(name, n) for name in ("z", "up", "down"))
        work = (z, self.room.of("parts", n, np.int64), up, down)
        limits = (usual.most, usual.scale, calmer_scale(usual), settled(CALM * usual.noise))
        n_up, n_down = self.fast.standardise(off, limits, work)
        return Standard(z[: off.size], up[:n_up], down[:n_down])

    def by_day(self, found: Ordered, values: Floats, n: Whole) -> Floats:
        most = int(n.max()) if n.size else 0
        if values.size < SHORT or most * n.size > SPARSE * values.size:
            return by_day(values, n)
        ascending = self.room.of("day after day", values.size)
        if found.codes is not None:
            wide = self.room.of("coded days", most * n.size, np.uint16).reshape(n.size, most)
            self.fast.lay_out(found.codes, n, wide, CODES - 1)
            wide.sort(axis=1)
            self.fast.take_up_coded(wide, n, found.table, ascending)
            return ascending
        wide = self.room.of("days", most * n.size).reshape(n.size, most)
        self.fast.lay_out(values, n, wide, np.inf)
        wide.sort(axis=1)
        self.fast.take_up(wide, n, ascending)
        return ascending

    def smallest_steps(self, ascending: Floats, n: Whole, smallest: Floats) -> Floats:
        found = np.empty(n.size)
        self.fast.smallest_steps(ascending, n, smallest, found)
        return found
