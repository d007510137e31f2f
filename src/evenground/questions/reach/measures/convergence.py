"""Do areas grow alike? The spread between them over dates, and whether the low catch up.

Two questions that are often taken for one. *Sigma-convergence*: does the spread shrink? Answered by
comparing an inequality index at the first and the last date (``before_after``). *Beta-convergence*:
do areas that start low gain more? (Barro and Sala-i-Martin 1992, Journal of Political Economy 100,
223-251.) The second does not imply the first (Quah 1993, Scandinavian Journal of Economics 95,
427-443: Galton's fallacy), and a plain regression of change on initial level finds it in pure
noise: what was measured too low at first must seem to rise (regression to the mean; Oldham 1962,
Journal of Chronic Diseases 15, 969-977; Blomqvist 1977, Journal of the American Statistical
Association 72, 746-749). So the slope here is taken from dates that share no error: the level from
two early ones, each the instrument for the other, and the change from later ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.bootstrap import resampled_counts
from evenground.methods.inequality.distribution import IndexRows
from evenground.methods.inequality.interval import THOUSAND_AT_95, Resampling
from evenground.methods.validation import Vector, matrix, vector, wrong
from evenground.questions.reach.measures.before_after import (
    BeforeAfter,
    before_after,
    widened_percentiles,
)

LEAST_DATES = 4
LEAST_AREAS = 30
_WEAK = 0.025
_PAIR = 2

Catching = Literal["converging", "diverging", "no_change_told", "described", "cannot_tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispersion:
    """The spread between areas over dates.

    Attributes
    ----------
    index, shape (n_dates,)
        The inequality index at each date, in its own unit; NaN where it has no value.
    first_to_last
        The change from the first date to the last, with interval and verdict.
    """

    index: Vector
    first_to_last: BeforeAfter


@dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """Whether areas that start low catch up.

    Attributes
    ----------
    verdict
        ``converging`` or ``diverging`` if the interval of the corrected slope lies below or above
        0; ``no_change_told`` if it holds 0; ``described`` with fewer than four dates, for which
        error and change cannot be told apart; ``cannot_tell`` with fewer than 30 areas, or where
        early levels do not differ beyond their error.
    naive_slope
        Change a year from the first to the last date regressed on the first level, in 1/time.
        Below 0 in pure noise: a description, never evidence.
    slope
        The corrected slope, 1/time: -0.02 says that each later year closes 2 % of an early gap.
        NaN without four dates.
    low, high
        Its interval; NaN where the verdict is ``described`` or ``cannot_tell``.
    reliability
        The share of the spread of the first early level that is not error, as its partner sees it,
        at most 1; NaN without four dates.
    n_areas, n_dates, confidence
        Areas, dates, and the level of the interval, 0-1.
    """

    verdict: Catching
    naive_slope: float
    slope: float
    low: float
    high: float
    reliability: float
    n_areas: int
    n_dates: int
    confidence: float


def dispersion_over_dates(
    rates: ArrayLike,
    people: ArrayLike,
    *,
    index_rows: IndexRows,
    rng: np.random.Generator,
    resampling: Resampling = THOUSAND_AT_95,
) -> Dispersion:
    """Return an inequality index at each date, with the change from first to last.

    Parameters
    ----------
    rates, shape (n_dates, n_areas)
        What each person of an area has, dates in order.
    people, index_rows, rng, resampling
        As for ``before_after``.

    Raises
    ------
    UsageError
        As ``before_after`` does, or if there are fewer than two dates.
    """
    values = matrix("rates", rates, shape=(None, None), least=-np.inf)
    _refuse_few(values.shape[0])
    return Dispersion(
        first_to_last=before_after(
            values[[0, -1]], people, index_rows=index_rows, rng=rng, resampling=resampling
        ),
        index=np.array(
            [index_rows(row, vector("people", people)[None, :])[0] for row in values],
            dtype=np.float64,
        ),
    )


def sd_log_rows(values: Vector, weight_rows: Vector) -> Vector:
    """Return the standard deviation of logarithms, the usual measure of sigma-convergence.

    Parameters
    ----------
    values, shape (n,)
        Above 0 wherever a weight is.
    weight_rows, shape (n_draws, n)
        People.

    Returns
    -------
    array, shape (n_draws,)
        0 or more, no unit; NaN for a row that gives weight to a value of 0, whose logarithm is not
        a number, or that has no weight at all.
    """
    is_known = values > 0
    logs = np.log(values, out=np.zeros_like(values), where=is_known)
    total = weight_rows.sum(axis=1)
    total = np.where((total > 0) & ~(weight_rows @ ~is_known > 0), total, np.nan)
    mean = weight_rows @ logs / total
    # Two passes: the difference of two large sums would lose what it is to find.
    apart = (weight_rows * (logs - mean[:, None]) ** 2).sum(axis=1)
    return np.sqrt(apart / total)


def beta_convergence(
    levels: ArrayLike,
    dates: ArrayLike,
    *,
    rng: np.random.Generator,
    resampling: Resampling = THOUSAND_AT_95,
) -> Convergence:
    """Return the slope of change on initial level, freed of regression to the mean.

    The dates are halved. The early half gives two levels of each area, the means of its odd and of
    its even dates; the late half (one date more if their number is odd) gives the change a year, a
    line through it. With ``a`` and ``b`` the early levels and ``d`` the change, the slope is
    ``cov((a + b)/2, d) / cov(a, b)``: the regression of ``d`` on ``a`` with ``b`` as its
    instrument, and that on ``b`` with ``a``, averaged.

    Parameters
    ----------
    levels, shape (n_dates, n_areas)
        Rate of each area at each date, of any sign; as logarithms for relative growth, which is
        what Barro and Sala-i-Martin mean. Every area counts once.
    dates, shape (n_dates,)
        When, in order, each later than the one before.
    rng, resampling
        Source of chance; how many resamples of areas and which confidence.

    Returns
    -------
    Convergence
        *Error* is what an area's level at a date has and other dates do not: sampling error of a
        survey, and for counts of units the luck of a year, since few units come in ones and twos.
        The correction holds if it is independent between early and late dates. It is not for
        counts that carry the same units on from date to date and lose them again, nor for a
        passing shock that lasts longer than the dates are apart: both look like convergence.
        A lasting shock does no harm, it belongs to the level.

    Raises
    ------
    UsageError
        If shapes differ, a value is missing, there are fewer than two dates or two areas, or dates
        are not in order.
    """
    when = vector("dates", dates, least=-np.inf)
    values = matrix("levels", levels, shape=(when.size, None), least=-np.inf)
    _refuse_few(min(values.shape))
    if not (np.diff(when) > 0).all():
        raise wrong("dates_order", N_("dates are not each later than the one before"))
    gain = (values[-1] - values[0]) / (when[-1] - when[0])
    naive_slope = float(_slopes((values[0], values[0], gain), None)[0])
    if when.size < LEAST_DATES:
        return _told("described", naive_slope, values, resampling)
    parts = _early_and_late(values, when)
    times = resampled_counts(values.shape[1], rng=rng, n_draws=resampling.n_draws)
    return _corrected(parts, times, _told("cannot_tell", naive_slope, values, resampling))


def _early_and_late(values: Vector, when: Vector) -> tuple[Vector, Vector, Vector]:
    """Return two early levels of each area and its later change a unit of time, each (n_areas,)."""
    n_early = when.size // 2
    early, late, at = values[:n_early], values[n_early:], when[n_early:]
    centred = at - at.mean()
    # From the first of them, so that levels that stay the same give just 0.
    change = centred @ (late - late[0]) / float(centred @ centred)
    return early[::2].mean(axis=0), early[1::2].mean(axis=0), change


def _corrected(
    parts: tuple[Vector, Vector, Vector], times: Vector, described: Convergence
) -> Convergence:
    """Return the corrected slope with its interval from resampled areas."""
    one, other, change = parts
    between = float(_covariance(one, other)[0])
    own = float(_covariance(one, one)[0])
    slope = float(_slopes(parts, None)[0])
    shared = _covariance(one, other, times)
    is_weak = np.quantile(shared, _WEAK) <= 0
    low = high = np.nan
    verdict: Catching = "cannot_tell"
    if not is_weak and change.size >= LEAST_AREAS:
        low, high = widened_percentiles(
            _slopes(parts, times), change.size, confidence=described.confidence
        )
        verdict = "converging" if high < 0 else "diverging" if low > 0 else "no_change_told"
    return Convergence(
        verdict=verdict,
        naive_slope=described.naive_slope,
        slope=slope,
        low=low,
        high=high,
        reliability=min(between / own, 1.0) if own > 0 else np.nan,
        n_areas=described.n_areas,
        n_dates=described.n_dates,
        confidence=described.confidence,
    )


def _slopes(parts: tuple[Vector, Vector, Vector], times: Vector | None) -> Vector:
    one, other, change = parts
    below = _covariance(one, other, times)
    above = _covariance((one + other) / 2, change, times)
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below != 0)


def _covariance(x: Vector, y: Vector, times: Vector | None = None) -> Vector:
    """Return the covariance over areas in each resample (n_draws,), or of all areas (1,)."""
    w = np.ones((1, x.size)) if times is None else times
    x, y = x - x.mean(), y - y.mean()
    return (w @ (x * y)) / x.size - (w @ x) * (w @ y) / x.size**2


def _refuse_few(n: int) -> None:
    if n < _PAIR:
        raise wrong("too_few", N_("{n} dates or areas; a change needs two of each"), n=n)


def _told(
    verdict: Catching, naive_slope: float, values: Vector, resampling: Resampling
) -> Convergence:
    """Return what can be described without a correction."""
    n_dates, n_areas = values.shape
    return Convergence(
        verdict=verdict,
        naive_slope=naive_slope,
        slope=np.nan,
        low=np.nan,
        high=np.nan,
        reliability=np.nan,
        n_areas=n_areas,
        n_dates=n_dates,
        confidence=resampling.confidence,
    )
