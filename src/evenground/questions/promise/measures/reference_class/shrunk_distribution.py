"""A city's own past, shrunk to a published class where it is short: quantiles and shares, exactly.

The distribution of the next outcome is that of the city's own past with weight ``n`` and the
published class with weight ``n0``: the mean of a Dirichlet process (Ferguson 1973, Annals of
Statistics 1, 209-230, theorem 1). Its share above any value is Beta distributed, which gives every
interval without a draw. One further outcome, put at either far end in turn, keeps intervals honest
when little is known (Walley 1996, Journal of the Royal Statistical Society B 58, 3-57, with s = 1;
for the Dirichlet process: Benavoli, Mangili, Ruggeri and Zaffalon 2015, Journal of Statistical
Theory and Practice 9, 658-684). Without a published class this is Clopper and Pearson's interval of
a share and the interval between order statistics of a quantile, both of which hold their level for
any distribution.

There is no mean here: overruns of information technology have none (see ``tail_index``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from evenground.language import N_
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector, vector, wrong
from evenground.questions.promise.measures.worth.ranged import Ranged

_NEAR_NONE = 1e-12
"""Weights nearer to none of it, and to all of it, than this part are none and all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedClass:
    """A published distribution, told by some of its quantiles.

    Attributes
    ----------
    levels, values, shape (n_points,)
        Shares of outcomes, within 0-1 and rising, and the value that so many do not exceed. Between
        two points outcomes lie evenly; what lies beyond the last is not told and counts as above
        every number.
    least
        No outcome lies below this.
    """

    levels: Vector
    values: Vector
    least: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShrunkDistribution:
    """What can be expected of the next outcome.

    Attributes
    ----------
    points, shape (n_points,)
        Values at which the distribution is known, in order.
    at, before, shape (n_points,)
        Weight of outcomes up to each point, itself included and not.
    total
        Weight of all: own outcomes and ``prior_weight``.
    n_own
        Own past outcomes.
    prior_weight
        How many own outcomes the published class counts for; 0 without one, and where the two
        contradict each other.
    conflict
        Whether the own median contradicts the published class, which is then left out.
    """

    points: Vector
    at: Vector
    before: Vector
    total: float
    n_own: int
    prior_weight: float
    conflict: bool = False


def published_class(levels: ArrayLike, values: ArrayLike, *, least: float = 0.0) -> PublishedClass:
    """Return a checked ``PublishedClass``.

    Raises
    ------
    UsageError
        If there are fewer than two points, levels are not within 0-1 and rising, or values fall.
    """
    shares = vector("levels", levels)
    given = vector("values", values, size=shares.size, least=least)
    rising = bool((np.diff(shares) > 0).all()) and bool((np.diff(given) >= 0).all())
    if shares.size < 2 or not rising or shares[0] < 0 or shares[-1] > 1:  # noqa: PLR2004 - two points
        raise wrong(
            "published_class",
            N_(
                "a class needs two or more levels that rise within 0-1, and values that do not fall"
            ),
        )
    return PublishedClass(levels=shares, values=given, least=least)


def shrunk_distribution(
    own: ArrayLike,
    published: PublishedClass | None = None,
    *,
    prior_weight: float = 4.0,
    confidence: float = 0.95,
) -> ShrunkDistribution:
    """Return the own past, shrunk to a published class.

    Parameters
    ----------
    own, shape (n,)
        Own past outcomes: delivered shares, cost ratios or time ratios.
    published
        The class to shrink to, if there is one.
    prior_weight
        How many own outcomes it counts for, 0 or more: 4 of them and it counts half.
    confidence
        0-1; where the published median lies outside this interval of the own one, the two
        contradict each other and only the own past is kept.

    Raises
    ------
    UsageError
        If an outcome is missing, or the weight or the confidence is out of range.
    """
    outcomes = np.sort(vector("own", own, least=-np.inf))
    tail(confidence)
    if not 0 <= prior_weight < math.inf:
        raise wrong("prior_weight", N_("prior_weight is {n}, not 0 or more"), n=prior_weight)
    alone = _mixed(outcomes, None, 0.0)
    if published is None or prior_weight == 0:
        return alone
    theirs = quantile(_mixed(np.empty(0), published, 1.0), 0.5, confidence=confidence).value
    middle = quantile(alone, 0.5, confidence=confidence)
    if not middle.low <= theirs <= middle.high:
        return _mixed(outcomes, None, 0.0, conflict=True)
    return _mixed(outcomes, published, prior_weight)


def quantile(distribution: ShrunkDistribution, level: float, *, confidence: float = 0.95) -> Ranged:
    """Return the value that a share ``level`` of outcomes does not exceed, with its interval.

    An end that nothing known bounds is infinite; with nothing known at all the value is missing.

    Raises
    ------
    UsageError
        If ``level`` or ``confidence`` is not inside 0-1.
    """
    half = tail(confidence)
    if not 0 < level < 1:
        raise wrong("level", N_("level is {level}, not within 0-1"), level=level)
    one = distribution
    value = _first_with(one, level * one.total) if one.total > 0 else math.nan
    # The weight at which the share is at most `level` with the chance asked for; one more outcome
    # is at the lower end for the lower limit, and at the upper end for the upper one.
    low = _first_with(one, _weight_for(level, one.total + 1, half) - 1, strictly=True)
    high = _first_with(one, _weight_for(level, one.total + 1, 1 - half))
    return Ranged(value=value, low=min(low, value), high=max(high, value))


def share_above(
    distribution: ShrunkDistribution, threshold: float, *, confidence: float = 0.95
) -> Ranged:
    """Return the share of outcomes above ``threshold``, 0-1, with its interval.

    With nothing known at all the value is missing and the interval is 0 to 1.

    Raises
    ------
    UsageError
        If ``confidence`` is not inside 0-1, or the threshold is missing.
    """
    half = tail(confidence)
    if math.isnan(threshold):
        raise wrong("threshold", N_("the threshold is missing"))
    one = distribution
    upto = _weight_upto(one, threshold)
    above = max(one.total - upto, 0.0)
    value = above / one.total if one.total > 0 else math.nan
    low = float(special.betaincinv(above, upto + 1, half)) if above > 0 else 0.0
    high = float(special.betaincinv(above + 1, upto, 1 - half)) if upto > 0 else 1.0
    return Ranged(value=value, low=low, high=high)


def _mixed(
    own: Vector, published: PublishedClass | None, weight: float, *, conflict: bool = False
) -> ShrunkDistribution:
    points = np.unique(own)
    if published is not None:
        points = np.unique(np.concatenate([points, [published.least], published.values]))
    at = np.searchsorted(own, points, side="right").astype(np.float64)
    before = np.searchsorted(own, points, side="left").astype(np.float64)
    if published is not None:
        theirs_at, theirs_before = _published_shares(published, points)
        at, before = at + weight * theirs_at, before + weight * theirs_before
    return ShrunkDistribution(
        points=points,
        at=at,
        before=before,
        total=own.size + weight,
        n_own=own.size,
        prior_weight=weight,
        conflict=conflict,
    )


def _published_shares(published: PublishedClass, points: Vector) -> tuple[Vector, Vector]:
    """Return shares up to each point, itself included and not; values that repeat are jumps."""
    values = np.concatenate([[published.least], published.values])
    levels = np.concatenate([[0.0], published.levels])
    last = np.append(values[1:] != values[:-1], True)
    first = np.insert(values[1:] != values[:-1], 0, True)
    at = np.interp(points, values[last], levels[last])
    before = np.interp(points, values[first], levels[first])
    inside = np.isin(points, values)
    at = np.where(points < published.least, 0.0, at)
    before = np.where(points <= published.least, 0.0, np.where(inside, before, at))
    return at, before


def _weight_upto(one: ShrunkDistribution, threshold: float) -> float:
    """Return the weight of outcomes up to a threshold."""
    at = int(np.searchsorted(one.points, threshold, side="right")) - 1
    if at < 0:
        return 0.0
    if at + 1 == one.points.size:
        return float(one.at[at])
    part = (threshold - one.points[at]) / (one.points[at + 1] - one.points[at])
    return float(one.at[at] + part * (one.before[at + 1] - one.at[at]))


def _first_with(one: ShrunkDistribution, weight: float, *, strictly: bool = False) -> float:
    """Return the least value up to which the weight is reached; infinite where it never is."""
    slack = 1e-9 * max(one.total, 1.0)
    if weight < -slack or (strictly and weight < slack):
        return -math.inf
    reached = np.flatnonzero(one.at >= weight - slack)
    if reached.size == 0:
        return math.inf
    at = int(reached[0])
    if at == 0 or one.before[at] < weight - slack:
        return float(one.points[at])
    below, rise = one.at[at - 1], one.before[at] - one.at[at - 1]
    part = 0.0 if rise <= 0 else min(max((weight - below) / rise, 0.0), 1.0)
    return float(one.points[at - 1] + part * (one.points[at] - one.points[at - 1]))


def _weight_for(level: float, total: float, chance: float) -> float:
    """Return the weight ``a`` with ``P(Beta(a, total - a) >= level) = chance``, which rises."""
    tiny = _NEAR_NONE * total

    def beyond(weight: float) -> float:
        return float(special.betaincc(weight, total - weight, level)) - chance

    if beyond(tiny) >= 0:
        return tiny
    if beyond(total - tiny) <= 0:
        return total
    return cast("float", optimize.brentq(beyond, tiny, total - tiny, xtol=1e-14 * total))
