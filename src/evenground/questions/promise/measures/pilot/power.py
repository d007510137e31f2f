"""How often a pilot would see an effect, and the least that it would see.

Source: Bloom (1995), Evaluation Review 19, 547-556 (minimum detectable effect).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.bootstrap import resampled_counts
from evenground.methods.validation import Vector, Whole, vector, wrong
from evenground.questions.promise.measures.pilot.null_intervals import NullIntervals


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a pilot is to show.

    Attributes
    ----------
    power
        Chance with which it is to show it, 0-1.
    direction
        1 if more is promised, -1 if less; 0 if either, which counts both.
    worthwhile
        Effect in that direction which the whole interval is to lie beyond, 0 or more, in the
        outcome's unit: the minimum worthwhile effect, if the sealed rule asks for it.
    """

    power: float = 0.8
    direction: int = 0
    worthwhile: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectableEffect:
    """The least effect that a pilot shows with the power asked for.

    Attributes
    ----------
    value, low, high
        Size in the direction asked about, in the outcome's unit, 0 or more; infinite if no effect
        would be shown. The interval is from stretches of history drawn anew.
    level
        Of the interval, 0-1.
    power
        With which it is shown, 0-1.
    """

    value: float
    low: float
    high: float
    level: float
    power: float


def power_at(null: NullIntervals, effects: ArrayLike, goal: Goal | None = None) -> Vector:
    """Return how often the interval would lie wholly beyond what is worthwhile, shape (n,), 0-1.

    Parameters
    ----------
    null
        Intervals without effect.
    effects, shape (n,)
        Sizes in the direction of the goal, 0 or more, in the outcome's unit.
    goal
        Direction and worthwhile effect.

    Raises
    ------
    UsageError
        If an effect is negative or missing.
    """
    asked = goal or Goal()
    need, weight = _needed(null, asked)
    reached = np.concatenate([[0.0], np.cumsum(weight)])
    # Strictly more than what is needed: an interval that ends at 0 does not leave it out.
    return np.minimum(1.0, reached[np.searchsorted(need, vector("effects", effects), side="left")])


def minimum_detectable_effect(null: NullIntervals, goal: Goal | None = None) -> float:
    """Return the least size with at least the power asked for, in the outcome's unit, 0 or more.

    Infinite where no effect has that power.

    Raises
    ------
    UsageError
        If the power is not inside 0-1.
    """
    asked = goal or Goal()
    need, weight = _needed(null, asked)
    return max(0.0, _quantile(need, weight, asked.power))


def detectable_effect(
    null: NullIntervals,
    goal: Goal | None = None,
    *,
    rng: np.random.Generator,
    level: float = 0.95,
    n_draws: int = 400,
) -> DetectableEffect:
    """Return ``minimum_detectable_effect`` with its interval.

    Parameters
    ----------
    null, goal
        As there.
    rng, n_draws
        Stretches of history are drawn anew, as a whole each; those that overlap are alike, so the
        interval is rather short than long where the history is.
    level
        0-1.
    """
    asked = goal or Goal()
    need, _, pilot = _needed_by_pilot(null, asked)
    times = resampled_counts(int(null.pilots.max()) + 1, rng=rng, n_draws=n_draws)
    by_pilot = [need[pilot == at] for at in range(times.shape[1])]
    drawn = _drawn_quantiles(need, by_pilot, times, asked.power)
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(np.maximum(drawn, 0.0), tails, method="inverted_cdf")
    return DetectableEffect(
        value=minimum_detectable_effect(null, asked),
        low=float(low),
        high=float(high),
        level=level,
        power=asked.power,
    )


def _needed(null: NullIntervals, goal: Goal) -> tuple[Vector, Vector]:
    need, weight, _ = _needed_by_pilot(null, goal)
    return need, weight


def _needed_by_pilot(null: NullIntervals, goal: Goal) -> tuple[Vector, Vector, Whole]:
    """Return the effect that each interval needs to be moved out, in order, with its weight."""
    if not 0 < goal.power < 1 or goal.worthwhile < 0:
        raise wrong("power", N_("power is {power}, not within 0-1"), power=goal.power)
    sides = {1: [-null.lows], -1: [null.highs], 0: [-null.lows, null.highs]}[goal.direction]
    need = np.concatenate(sides) + goal.worthwhile
    weight = np.concatenate([null.weights] * len(sides)) / len(sides)
    pilot = np.concatenate([null.pilots] * len(sides))
    order = np.argsort(need, kind="stable")
    return need[order], weight[order], pilot[order]


def _quantile(need: Vector, weight: Vector, power: float) -> float:
    """Return the least ``need`` that a share ``power`` of the weight lies at or below."""
    total = np.cumsum(weight)
    goal = power * total[-1] * (1 - 1e-12)
    return float(need[min(int((total < goal).sum()), need.size - 1)])


def _drawn_quantiles(
    need: Vector, by_pilot: Sequence[Vector], times: Vector, power: float
) -> Vector:
    """Return ``_quantile`` for pilots drawn so many times each (rows of ``times``), by halving.

    ``need`` and each of ``by_pilot`` are in order; pilots weigh the same, whatever their number of
    intervals.
    """
    goal = power * times.sum(axis=1) * (1 - 1e-12)
    low, high = np.zeros(len(times), np.int64), np.full(len(times), need.size - 1)
    while (low < high).any():
        middle = (low + high) // 2
        reached = sum(
            times[:, at] * np.searchsorted(own, need[middle], side="right") / own.size
            for at, own in enumerate(by_pilot)
        )
        enough = reached >= goal
        low, high = np.where(enough, low, middle + 1), np.where(enough, middle, high)
    return need[low]
