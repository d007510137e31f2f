"""Lattices: the smallest step of a day's values, and the days from which on it is another.

Each day's smallest step is taken to come from one of the steps that recur in the series: it is that
step on most days, a multiple of it on days with few different values. The cheapest course of steps
over the days is sought (Viterbi 1967, IEEE Transactions on Information Theory 13, 260-269), where a
change costs so much that three odd days do not make one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.data.measures.network.daily import Daily

LEAST_DAYS = 3
"""A step that recurs on fewer days is none."""
CHANGE_COST = 14.0
LEAST_READINGS = 12
"""Days with fewer readings say little about the smallest step."""
_MOST_LATTICES = 6
_RARELY = 0.01
_SAME = 1e-5
_STRANGE_COST = 9.0
_MULTIPLE_COST = 1.4
_DIGITS = 6
_INVISIBLE = 1e-6
"""Smaller steps, beside the values, come from the way that computers keep numbers."""


class Lattice(NamedTuple):
    """A stretch of days with one smallest step.

    ``start`` and ``end`` are the positions of its first day and of the first day after it, ``step``
    is the smallest step of the values, ``nan`` where they have none.
    """

    start: int
    end: int
    step: float


def lattices(days: Daily) -> dict[int, tuple[Lattice, ...]]:
    """Return the stretches of each sensor whose smallest step changes, by the sensor's position."""
    steps = _visible(days)
    found = {int(i): _stretches(steps[i]) for i in np.flatnonzero(_may_change(steps))}
    return {i: stretches for i, stretches in found.items() if len(stretches) > 1}


def _visible(days: Daily) -> Vector:
    """Return each day's smallest step to six digits, ``nan`` where it is too small to be meant."""
    steps = days.resolution
    meant = (steps > 0) & (steps > _INVISIBLE * np.abs(np.nan_to_num(days.median)))
    meant &= days.n >= LEAST_READINGS
    safe = np.where(meant, steps, 1.0)
    digits = _DIGITS - 1 - np.floor(np.log10(safe))
    return np.where(meant, np.round(safe * 10.0**digits) / 10.0**digits, np.nan)


def _may_change(steps: Vector) -> Flags:
    """Say which sensors (n_sensors, n_days) may have more than one smallest step.

    The most frequent step is held against any other: no stretch of days is worth a change.
    """
    usual, recurs = np.full(steps.shape[0], np.nan), np.zeros(steps.shape[0], dtype=np.bool_)
    for i, row in enumerate(steps):
        values, counts = np.unique(row[np.isfinite(row)], return_counts=True)
        if values.size:
            usual[i], recurs[i] = values[np.argmax(counts)], counts.max() >= LEAST_DAYS
    cost = np.where(np.isfinite(steps), _cost(steps, usual[:, None]), 0.0)
    gain = np.where(cost > 0, cost, -_MULTIPLE_COST * np.isfinite(steps))
    run, most = np.zeros(steps.shape[0]), np.zeros(steps.shape[0])
    for day in gain.T:
        run = np.maximum(run + day, 0.0)
        most = np.maximum(most, run)
    return recurs & (most >= CHANGE_COST)


def _stretches(steps: Vector) -> tuple[Lattice, ...]:
    """Return the stretches of one sensor (n_days,)."""
    known = np.flatnonzero(np.isfinite(steps))
    values, counts = np.unique(steps[known], return_counts=True)
    kept = np.flatnonzero(counts >= max(LEAST_DAYS, _RARELY * known.size))
    found = values[kept[np.argsort(-counts[kept], kind="stable")[:_MOST_LATTICES]]]
    if found.size == 0:
        return ()
    none = np.full((1, known.size), _STRANGE_COST / 2)
    path = _cheapest(np.concatenate([_cost(steps[known], found[:, None]), none]))
    change = [0, *(np.flatnonzero(np.diff(path)) + 1)]
    starts = [0, *(int(known[i]) for i in change[1:]), steps.size]
    of = np.append(found, np.nan)[path]
    return tuple(Lattice(starts[k], starts[k + 1], float(of[i])) for k, i in enumerate(change))


def _cost(steps: Vector, lattice: Vector) -> Vector:
    """Return twice the surprise of smallest steps if values lay on a lattice; arrays broadcast."""
    ratio = steps / lattice
    multiple = np.round(ratio)
    fits = (multiple >= 1) & (np.abs(ratio - multiple) <= _SAME * multiple)
    return np.where(fits, np.minimum(_MULTIPLE_COST * (multiple - 1), _STRANGE_COST), _STRANGE_COST)


def _cheapest(costs: Vector) -> Whole:
    """Return the state of each day (n_days,) for costs (n_states, n_days) and those of changes."""
    n_states, n_days = costs.shape
    total = costs[:, 0].copy()
    came = np.zeros((n_days, n_states), dtype=np.int64)
    for day in range(1, n_days):
        cheapest = int(np.argmin(total))
        switched = total > total[cheapest] + CHANGE_COST
        came[day] = np.where(switched, cheapest, np.arange(n_states))
        total = np.where(switched, total[cheapest] + CHANGE_COST, total) + costs[:, day]
    path = np.empty(n_days, dtype=np.int64)
    path[-1] = int(np.argmin(total))
    for day in range(n_days - 1, 0, -1):
        path[day - 1] = came[day, path[day]]
    return path
