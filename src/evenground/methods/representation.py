"""Shares of groups in the data beside their shares of the city's people.

Limits of a share are Clopper and Pearson's (1934), Biometrika 26, 404-413. Those of a difference
and of a ratio invert the same binomial tails, with the error of the population's share integrated
out, given how many are in the data. Where some in the data have no attribute, all of them may be of
the group or none (Horowitz and Manski 1995, Econometrica 63, 281-302), and limits hold for both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.exact_limits import share_limits, tail
from evenground.methods.margins_of_error import UncertainCounts, total_error
from evenground.methods.validation import Flags, Vector, positive_total, vector, wrong

_N_NODES = 61
_REACH = 4.5
_N_BISECTIONS = 45
_FARTHEST = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class InData:
    """How many in the data are of which group. Count persons where one may have left many rows.

    Attributes
    ----------
    counts, shape (n_groups,)
        Whole numbers, 0 or more. Groups may overlap.
    n_known
        How many have the attribute; the sum of the counts if not given, so that groups are apart
        and make up all.
    n_missing
        How many lack it.
    """

    counts: ArrayLike
    n_known: int | None = None
    n_missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Numbers with limits, each shape (n_groups,)."""

    value: Vector
    low: Vector
    high: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """Groups in the data beside groups in the population.

    Attributes
    ----------
    n_in_data, shape (n_groups,)
        How many in the data are known to be of the group.
    n_known, n_missing
        How many in the data have the attribute, and how many lack it.
    share_in_data
        Share of those who have the attribute, 0-1; the limits hold whoever the others are.
    least_share, most_share, shape (n_groups,)
        The share in the data if none, or all, of those without the attribute were of the group.
    share_in_population
        0-1, with limits from the margins of error.
    difference
        Share in the data minus share in the population, -1 to 1.
    ratio
        Share in the data divided by share in the population: 1 where the group is there as often as
        in the city. NaN where the population has nobody of the group.
    p_value, shape (n_groups,)
        How likely a share as far off is if everybody is as likely to be in the data, 0-1; NaN where
        nobody is in the data. For many groups or areas at once, control the false discovery rate.
    confidence
        0-1, of each pair of limits.
    """

    n_in_data: Vector
    n_known: int
    n_missing: int
    share_in_data: Compared
    least_share: Vector
    most_share: Vector
    share_in_population: Compared
    difference: Compared
    ratio: Compared
    p_value: Vector
    confidence: float


def representation(
    in_data: InData,
    population: UncertainCounts,
    *,
    everybody: UncertainCounts | None = None,
    confidence: float = 0.95,
) -> Representation:
    """Return the gap table: each group in the data, in the population, difference and ratio.

    Parameters
    ----------
    in_data
        Counts by group, and of those whose group is not known.
    population, n_groups
        People of each group, with margins of error.
    everybody, one count
        All people, where groups overlap or leave some out; otherwise the groups make up all.
    confidence
        0-1.

    Raises
    ------
    UsageError
        If lengths differ, a count is negative, missing or not whole, more are of a group than have
        the attribute, or the population is empty.
    """
    x = vector("counts", in_data.counts, size=population.size)
    n = float(x.sum() if in_data.n_known is None else in_data.n_known)
    if (x != np.rint(x)).any() or (x > n).any() or in_data.n_missing < 0:
        raise wrong(
            "in_data", N_("counts in the data must be whole and at most {n}, none below 0"), n=n
        )
    share, error = _population_share(population, everybody)
    half = tail(confidence)
    z = float(-special.ndtri(half))
    cases = _Cases(least=x, most=x + in_data.n_missing, n=n + in_data.n_missing, half=half)
    return Representation(
        n_in_data=x,
        n_known=int(n),
        n_missing=in_data.n_missing,
        share_in_data=Compared(
            value=_divided(x, n),
            low=share_limits(cases.least, cases.n, confidence=confidence)[0],
            high=share_limits(cases.most, cases.n, confidence=confidence)[1],
        ),
        least_share=_divided(cases.least, cases.n),
        most_share=_divided(cases.most, cases.n),
        share_in_population=Compared(
            value=share,
            low=np.maximum(share - z * error, 0.0),
            high=np.minimum(share + z * error, 1.0),
        ),
        difference=_difference(cases, _divided(x, n), _drawn(share, error), z=z),
        ratio=_ratio(cases, _divided(x, n), _drawn(share, error)),
        p_value=_p_value(cases, _drawn(share, error)) if cases.n else np.full(x.size, np.nan),
        confidence=confidence,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cases:
    """Counts of each group at the least and at the most, of ``n``; the chance left on each side."""

    least: Vector
    most: Vector
    n: float
    half: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """What a share of the population may be: points (n_groups, n_nodes) with weights (n_nodes,)."""

    share: Vector
    relative_error: Vector
    chance: Vector
    weight: Vector


def _population_share(
    population: UncertainCounts, everybody: UncertainCounts | None
) -> tuple[Vector, Vector]:
    """Return shares of the population and their standard errors (handbook 2018, chapter 8)."""
    value, square = population.value, total_error(population) ** 2
    if everybody is None:
        total = positive_total("population", value)
        share = value / total
        # A group is part of the total, so its error moves both.
        variance = (1 - share) ** 2 * square + share**2 * (square.sum() - square)
        return share, np.sqrt(variance) / total
    total = positive_total("everybody", everybody.value)
    share = np.minimum(value / total, 1.0)
    of_total = share**2 * float(total_error(everybody)[0]) ** 2
    inside = square - of_total
    return share, np.sqrt(np.where(inside >= 0, inside, square + of_total)) / total


def _drawn(share: Vector, error: Vector) -> _Drawn:
    """Return a log-normal law of each share, on points that stand for the normal one."""
    relative = np.divide(error, share, out=np.zeros_like(share), where=share > 0)
    at = np.linspace(-_REACH, _REACH, _N_NODES) if relative.any() else np.zeros(1)
    weight = np.exp(-0.5 * at**2)
    return _Drawn(
        share=share,
        relative_error=relative,
        chance=np.minimum(share[:, None] * np.exp(relative[:, None] * at), 1.0),
        weight=weight / weight.sum(),
    )


def _at_least(count: Vector, n: float, chance: Vector) -> Vector:
    """Return P(X >= count) for each group and point; ``count`` is (n_groups,)."""
    some = count > 0
    x = np.where(some, count, 1.0)[:, None]
    return np.where(some[:, None], special.betainc(x, n - x + 1, chance), 1.0)


def _fewer(count: Vector, n: float, chance: Vector) -> Vector:
    """Return P(X < count); one less ``_at_least`` would lose it to rounding where it is small."""
    some = count > 0
    x = np.where(some, count, 1.0)[:, None]
    return np.where(some[:, None], special.betainc(n - x + 1, x, 1.0 - chance), 0.0)


def _difference(cases: _Cases, seen: Vector, drawn: _Drawn, *, z: float) -> Compared:
    def chance(step: Vector) -> Vector:
        return np.clip(drawn.chance + step[:, None], 0.0, 1.0)

    low, high = _limits(cases, chance, drawn.weight, within=(-1.0, 1.0))
    spread = np.exp(z * drawn.relative_error)
    low = np.where(cases.least > 0, low, -np.minimum(drawn.share * spread, 1.0))
    high = np.where(cases.most < cases.n, high, 1.0 - drawn.share / spread)
    return Compared(value=seen - drawn.share, low=low, high=high)


def _ratio(cases: _Cases, seen: Vector, drawn: _Drawn) -> Compared:
    def chance(log_ratio: Vector) -> Vector:
        return np.minimum(drawn.chance * np.exp(log_ratio)[:, None], 1.0)

    low, high = _limits(cases, chance, drawn.weight, within=(-_FARTHEST, _FARTHEST))
    nobody = drawn.share <= 0
    most = _divided(np.ones_like(seen), drawn.share)
    told = (
        _divided(seen, drawn.share),
        np.where(cases.least > 0, np.exp(low), 0.0),
        np.where(cases.most < cases.n, np.exp(high), np.inf),
    )
    value, bottom, top = (np.where(nobody, np.nan, one) for one in told)
    certain = drawn.relative_error == 0  # a share of the data cannot exceed 1
    return Compared(
        value=value, low=bottom, high=np.where(certain, np.minimum(top, most), top)
    )  # fmt: skip


def _limits(
    cases: _Cases,
    chance: Callable[[Vector], Vector],
    weight: Vector,
    *,
    within: tuple[float, float],
) -> tuple[Vector, Vector]:
    """Return the steps at which as many, or as few, are just not too many, or too few."""

    def many(step: Vector) -> Flags:
        return _at_least(cases.least, cases.n, chance(step)) @ weight > cases.half

    def few(step: Vector) -> Flags:
        more = np.minimum(cases.most + 1, cases.n)
        return _fewer(more, cases.n, chance(step)) @ weight <= cases.half

    n = cases.least.size
    return _first(many, n, within=within), _first(few, n, within=within)


def _first(holds: Callable[[Vector], Flags], n: int, *, within: tuple[float, float]) -> Vector:
    """Return the smallest step from which on something holds, for each group."""
    low, high = np.full(n, within[0]), np.full(n, within[1])
    for _ in range(_N_BISECTIONS):
        middle = (low + high) / 2
        enough = holds(middle)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return (low + high) / 2


def _p_value(cases: _Cases, drawn: _Drawn) -> Vector:
    above = _at_least(cases.least, cases.n, drawn.chance) @ drawn.weight
    more = np.minimum(cases.most + 1, cases.n)
    below = _fewer(more, cases.n, drawn.chance) @ drawn.weight
    below = np.where(cases.most < cases.n, below, 1.0)
    return np.minimum(2 * np.minimum(above, below), 1.0)


def _divided(above: Vector, below: Vector | float) -> Vector:
    return np.divide(
        above, below, out=np.full_like(above, np.nan), where=np.broadcast_to(below, above.shape) > 0
    )
