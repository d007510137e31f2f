"""How loops over readings are carried out: in NumPy, or compiled with numba, with equal results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import numpy as np

from evenground.questions.data.measures.series import loops
from evenground.questions.data.measures.series.audited import Floats, Whole
from evenground.questions.data.measures.series.daily import smallest_steps
from evenground.questions.data.measures.series.runs import Clear
from evenground.questions.data.measures.series.spikes import (
    FINE,
    MEAN,
    WINDOWS,
    Departures,
    at_ranks,
    departures,
    local_scales,
    sides,
)

PAYS = 2_000_000
"""Readings from which on compiling pays."""
SHORT = 4_096
"""Shorter arrays are sorted by NumPy."""
COMPILED = (
    "radix_sort", "select_rank", "split_sides", "depart", "scale_around", "smallest_steps",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """The loops that take most of the time; see the functions of the same names.

    ``ascending`` sorts finite numbers.
    """

    ascending: Callable[[Floats], Floats] = np.sort
    at_ranks: Callable[[Floats, Sequence[int]], list[float]] = at_ranks
    departures: Callable[..., Departures] = departures
    local_scales: Callable[..., Floats] = local_scales
    sides: Callable[[Floats, Floats], tuple[Floats, Floats]] = sides
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
    return Passes(
        ascending=partial(_ascending, fast),
        at_ranks=partial(_at_ranks, fast),
        departures=partial(_departures, fast),
        local_scales=partial(_local_scales, fast),
        sides=partial(_sides, fast),
        smallest_steps=partial(_smallest_steps, fast),
    )


def _ascending(fast: Any, values: Floats) -> Floats:
    if values.size < SHORT:
        return np.sort(values)
    bits = values.copy().view(np.uint64)
    room = np.empty_like(bits)
    swapped = fast.radix_sort(bits, room, np.zeros((6, 1 << loops.DIGIT), dtype=np.int64))
    return (room if swapped else bits).view(np.float64)


def _at_ranks(fast: Any, values: Floats, ranks: Sequence[int]) -> list[float]:
    if values.size < SHORT:
        return at_ranks(values, ranks)
    bits = np.ascontiguousarray(values).view(np.uint64)
    room, counts = np.empty_like(bits), np.empty(1 << 16, dtype=np.int64)
    found = [fast.select_rank(bits, rank, room, counts) for rank in ranks]
    return np.array(found, dtype=np.uint64).view(np.float64).tolist()


def _sides(fast: Any, z: Floats, off: Floats) -> tuple[Floats, Floats]:
    up, down = np.empty(z.size + 1), np.empty(z.size + 1)
    n_up, n_down = fast.split_sides(z, off, up, down)
    return up[:n_up], down[:n_down]


def _departures(fast: Any, clear: Clear, *, every: int) -> Departures:
    size = clear.values.size
    places, off, lone = np.empty(size, dtype=np.int64), np.empty(size), np.empty(size, dtype=bool)
    n = fast.depart(clear.times, clear.values, every, (places, off, lone))
    return Departures(places[:n], off[:n], lone[:n])


def _local_scales(fast: Any, size: Floats, *, most: float) -> Floats:
    scale, parts = np.zeros(size.size), np.empty(size.size, dtype=np.int64)
    fast.scale_around(size, most, WINDOWS, (scale, parts, FINE, MEAN))
    return scale


def _smallest_steps(fast: Any, ascending: Floats, n: Whole, smallest: Floats) -> Floats:
    found = np.full(n.size, np.inf)
    fast.smallest_steps(ascending, n, smallest, found)
    return found
