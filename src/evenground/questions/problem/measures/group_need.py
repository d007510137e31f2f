"""How great a need is in each group: a mean over people, or a count per person, with both errors.

Source: people-weighted means of area values (U.S. Census Bureau 2018,
Understanding and Using ACS Data, chapter 8, for errors of derived figures), errors by drawing what
counts and values may truly be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.margins_of_error import UncertainCounts, draw_counts
from evenground.methods.validation import Vector, matrix, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNeed:
    """A need by group.

    Attributes
    ----------
    mean, low, high, shape (n_groups,)
        In the unit of the values; NaN for a group with nobody where the value is known.
    people, shape (n_groups,)
        Whom the mean is over.
    draws, shape (n_draws, n_groups)
        Means of what the values and counts may truly be.
    confidence
        Of the intervals, 0-1.
    """

    mean: Vector
    low: Vector
    high: Vector
    people: Vector
    draws: Vector
    confidence: float

    def apart(self, pair: tuple[int, int]) -> tuple[float, float, float]:
        """Return the difference of two groups (first minus second) and its interval."""
        tail = (1 - self.confidence) / 2
        between = self.draws[:, pair[0]] - self.draws[:, pair[1]]
        if not np.isfinite(between).any():
            return float("nan"), float("nan"), float("nan")
        low, high = np.nanquantile(between, [tail, 1 - tail])
        return float(self.mean[pair[0]] - self.mean[pair[1]]), float(low), float(high)


def group_need(
    values: ArrayLike,
    people: UncertainCounts,
    membership: ArrayLike,
    *,
    errors: ArrayLike,
    draws: tuple[np.random.Generator, int, float],
) -> GroupNeed:
    """Return the people-weighted mean of a value by area, in each group.

    Parameters
    ----------
    values, shape (n_areas,)
        Need per person or per household; NaN where it is not known.
    people, n_areas
        Whom the values are per: people, households.
    membership, shape (n_groups, n_areas)
        The part of each area's people that belongs to each group, 0-1.
    errors, shape (n_areas,)
        Standard errors of the values, 0 where none is known.
    draws
        Generator, how many draws, and the confidence of the intervals.

    Raises
    ------
    UsageError
        If shapes differ, an error is negative, or there are no draws.
    """
    rng, n_draws, confidence = draws
    share = matrix("membership", membership, shape=(None, people.size))
    need = np.asarray(values, dtype=np.float64)
    error = vector("errors", errors, size=people.size)
    if need.shape != (people.size,):
        raise wrong(
            "need_shape",
            N_("values has shape {shape}, expected {n} values"),
            shape=need.shape,
            n=people.size,
        )
    if n_draws < 1:
        raise wrong("need_draws", N_("draws is {n}, expected 1 or more"), n=n_draws)
    known = np.isfinite(need)
    part = share[:, known]
    mean = _means(need[known], people.value[known], part)
    drawn = _drawn(need[known], error[known], people.take(known), part=part, draws=(rng, n_draws))
    tail = (1 - confidence) / 2
    some = np.isfinite(mean)
    low, high = mean.copy(), mean.copy()
    if some.any():
        low[some], high[some] = np.nanquantile(drawn[:, some], [tail, 1 - tail], axis=0)
    return GroupNeed(
        mean=mean,
        low=np.fmin(low, mean),
        high=np.fmax(high, mean),
        people=part @ people.value[known],
        draws=drawn,
        confidence=confidence,
    )


def _drawn(
    need: Vector,
    error: Vector,
    people: UncertainCounts,
    *,
    part: Vector,
    draws: tuple[np.random.Generator, int],
) -> Vector:
    rng, n_draws = draws
    rows = np.empty((n_draws, len(part)))
    step = max(1, 2_000_000 // max(need.size, 1))
    for start in range(0, n_draws, step):
        n = min(step, n_draws - start)
        counts = draw_counts(people, rng=rng, n_draws=n)
        values = need + error * rng.standard_normal((n, need.size))
        weight = counts @ part.T
        total = (counts * values) @ part.T
        rows[start : start + n] = np.divide(
            total, weight, out=np.full_like(total, np.nan), where=weight > 0
        )
    return rows


def _means(need: Vector, people: Vector, part: Vector) -> Vector:
    weight = part @ people
    total = part @ (people * need)
    return np.divide(total, weight, out=np.full_like(total, np.nan), where=weight > 0)
