"""How often a series speaks, and when it did not."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from evenground.questions.data.measures.series.audited import Gaps, Whole

FEWEST = 10
"""With fewer differences no cadence can be told."""
MOST = 0.5
NEARLY_ALL = 0.9


class Cadence(NamedTuple):
    """Microseconds between readings (0: none could be told), and the share that agree."""

    every: int
    share: float


class Rhythm(NamedTuple):
    """What is missing between the instants of a series, measured by its cadence."""

    n_expected: int
    gaps: Gaps


def cadence(instants: Whole) -> Cadence:
    """Return the time between readings, from the instants of a series.

    It is the most frequent difference of neighbouring instants if at least half of them equal it
    (the smaller of two with half each), and there are at least ten. Clocks that jitter have none:
    there it is the lower median difference, if nine in ten lie within a quarter of it of one of its
    multiples, and half of it itself.

    Parameters
    ----------
    instants, shape (n,)
        Different times, ascending, in microseconds.
    """
    steps = np.diff(instants)
    if steps.size < FEWEST:
        return Cadence(0, float("nan"))
    guess = int(steps[steps.size // 2])
    share = _share_of(steps, guess)
    if share > MOST:
        return Cadence(guess, share)
    ranks = [(steps.size - 1) // 2, steps.size // 2]
    lower, upper = (int(step) for step in np.partition(steps, ranks)[ranks])
    for guess in (lower, upper):
        share = _share_of(steps, guess)
        if share >= MOST:
            return Cadence(guess, share)
    return _jittered(steps, lower)


def _share_of(steps: Whole, guess: int) -> float:
    return int(np.count_nonzero(steps == guess)) / steps.size


def _jittered(steps: Whole, guess: int) -> Cadence:
    times = np.maximum((2 * steps + guess) // (2 * guess), 1)
    near = 4 * np.abs(steps - times * guess) <= guess
    once = int(np.count_nonzero(near & (times == 1))) / steps.size
    if np.count_nonzero(near) >= NEARLY_ALL * steps.size and once >= MOST:
        return Cadence(guess, once)
    return Cadence(0, float("nan"))


def rhythm(instants: Whole, *, every: int) -> Rhythm:
    """Return what is missing between the instants of a series.

    Parameters
    ----------
    instants, shape (n,)
        Different times, ascending, in microseconds; at least one.
    every
        The cadence in microseconds, above 0.

    Returns
    -------
    The number of readings that there should be from the first instant to the last, and the gaps:
    between two instants as many readings are missing as cadences fit in, to the nearest, less one.
    """
    steps = np.diff(instants)
    odd = np.flatnonzero(steps != every)
    times = (2 * steps[odd] + every) // (2 * every)
    expected = 1 + steps.size - odd.size + int(times.sum())
    open_ = times > 1
    after = odd[open_]
    return Rhythm(expected, Gaps(instants[after], instants[after + 1], times[open_] - 1))
