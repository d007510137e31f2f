"""How long until two groups are level, at the pace seen so far?

A straight line through the gap over dates crosses zero somewhere; where, is the ratio of two
estimates, gap and slope. The interval of such a ratio may be bounded, have no end, or say nothing.
Source: Fieller (1954), Some problems in interval estimation, Journal of the Royal Statistical
Society B 16, 175-185.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong

LEAST_DATES = 4
_ROUNDING = 1e-12

Parity = Literal["reached", "at_this_rate", "not_at_this_rate", "widening", "cannot_tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """What an estimated ratio may be (Fieller's set).

    Attributes
    ----------
    value
        The ratio of the estimates; infinite or NaN if the denominator is 0.
    low, high
        Ends of the set. It lies between them if ``bounded``, otherwise outside of them. Not bounded
        and infinite: anything (from minus infinity to infinity), or nothing finite (both plus
        infinity).
    bounded
        Whether the set has two ends, which it has if the denominator is told from 0.
    """

    value: float
    low: float
    high: float
    bounded: bool

    def holds(self, ratio: float) -> bool:
        """Tell whether the set holds a ratio."""
        if np.isinf(self.low):
            return self.low < 0
        inside = self.low <= ratio <= self.high
        return inside if self.bounded else not (self.low < ratio < self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToParity:
    """A gap, its pace, and when it would be closed.

    Attributes
    ----------
    verdict
        ``reached``: the line has crossed zero and the gap, told from zero at first, no longer is;
        or the gap lies within the tolerance. ``at_this_rate``: it closes, and the time has an upper
        end. ``not_at_this_rate``: there is a gap and no closing is told. ``widening``: it grows.
        ``cannot_tell``: fewer than four dates, or neither gap nor slope is told from zero.
    gap_now, gap_low, gap_high
        The line's value at the last date, with interval; unit of the gap. NaN with too few dates.
    slope, slope_low, slope_high
        Change of the gap in a unit of time, with interval.
    time
        ``-gap_now / slope``, units of time from the last date; below 0 if the line crossed zero
        that long ago, infinite if it is level.
    time_low, time_high
        The part of Fieller's interval that lies ahead (0 or more); ``time_high`` is infinite where
        it has no end, both NaN where none of it lies ahead.
    n_dates, confidence
        How many dates; level of all intervals, 0-1.
    """

    verdict: Parity
    gap_now: float
    gap_low: float
    gap_high: float
    slope: float
    slope_low: float
    slope_high: float
    time: float
    time_low: float
    time_high: float
    n_dates: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line through ``n`` points: value and slope at a date, their covariance, and Student's t."""

    value: float
    slope: float
    covariance: Vector
    t: float

    def told(self, estimate: float, k: int) -> bool:
        """Tell whether the k-th estimate is told from zero."""
        return abs(estimate) > self.half_width(k)

    def half_width(self, k: int) -> float:
        """Return half the width of the interval of the value (k = 0) or the slope (k = 1)."""
        return self.t * float(np.sqrt(self.covariance[k, k]))


def time_to_parity(
    gap: ArrayLike, dates: ArrayLike, *, tolerance: float = 0.0, confidence: float = 0.95
) -> TimeToParity:
    """Return when a gap would be closed if it went on along a straight line.

    Parameters
    ----------
    gap, shape (n_dates,)
        The rate of one group minus that of the other, in any unit. Logarithms of the ratio make a
        steady percentage a straight line.
    dates, shape (n_dates,)
        When, in any unit of time, in any order; not all the same.
    tolerance
        A gap no larger than this counts as none, in the unit of the gap.
    confidence
        Of the intervals, 0-1.

    Returns
    -------
    TimeToParity
        From least squares with ``n_dates - 2`` degrees of freedom. Errors count as independent from
        date to date and of one size; runs of like errors make the intervals too narrow. Nothing
        says that the pace will last: the time is what the pace so far amounts to.

    Raises
    ------
    UsageError
        If lengths differ, a value is missing, the dates are all the same, the tolerance is negative
        or the confidence not within 0-1.
    """
    when = vector("dates", dates, least=-np.inf)
    values = vector("gap", gap, size=when.size, least=-np.inf)
    if not 0 < confidence < 1 or not tolerance >= 0:
        raise wrong(
            "parity_settings",
            N_("confidence is {confidence} (within 0-1), tolerance {tolerance} (0 or more)"),
            confidence=confidence,
            tolerance=tolerance,
        )
    if when.size < LEAST_DATES:
        return _too_few(when.size, confidence)
    now = _line(values, when, at=float(when.max()), confidence=confidence)
    first = _line(values, when, at=float(when.min()), confidence=confidence)
    ratio = fieller_ratio((-now.value, now.slope), _negated(now.covariance), t=now.t)
    low, high = _ahead(ratio)
    half, half_slope = now.half_width(0), now.half_width(1)
    return TimeToParity(
        verdict=_verdict(now, first, ratio.value, tolerance=tolerance),
        gap_now=now.value,
        gap_low=now.value - half,
        gap_high=now.value + half,
        slope=now.slope,
        slope_low=now.slope - half_slope,
        slope_high=now.slope + half_slope,
        time=ratio.value if now.slope else np.inf,
        time_low=low,
        time_high=high,
        n_dates=when.size,
        confidence=confidence,
    )


def fieller_ratio(estimates: tuple[float, float], covariance: ArrayLike, *, t: float) -> Ratio:
    """Return what the ratio of two estimates may be.

    All ``r`` with ``(x - r y)² <= t² (V_xx - 2 r V_xy + r² V_yy)``: those for which ``x - r y`` is
    not told from zero (Fieller 1954).

    Parameters
    ----------
    estimates
        Numerator ``x`` and denominator ``y``.
    covariance, shape (2, 2)
        Of the two.
    t
        Quantile of Student's distribution (or the normal one) for the level wanted, 0 or more.
    """
    x, y = estimates
    v = t**2 * np.asarray(covariance, dtype=np.float64)
    square, middle, rest = y**2 - v[1, 1], x * y - v[0, 1], x**2 - v[0, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(np.divide(x, y)) + 0.0  # no minus zero
    inside = float(middle**2 - square * rest)
    bounded = bool(square > 0)
    if bounded:
        inside = max(inside, 0.0)  # the ratio itself is always in; rounding may deny it
    if square == 0 or inside < 0:
        is_none = square == middle == 0 and rest > 0  # a denominator of 0, known without error
        return Ratio(value=value, low=np.inf if is_none else -np.inf, high=np.inf, bounded=False)
    ends = sorted(float((middle + sign * np.sqrt(inside)) / square) for sign in (-1, 1))
    return Ratio(value=value, low=ends[0], high=ends[1], bounded=bounded)


def _line(values: Vector, when: Vector, *, at: float, confidence: float) -> _Line:
    centre = float(when.mean())
    spread = float(((when - centre) ** 2).sum())
    if spread <= 0:
        raise wrong("dates_alike", N_("all {n} dates are {date}"), n=when.size, date=at)
    slope = float((when - centre) @ values) / spread
    level = float(values.mean())
    if abs(slope) * float(np.ptp(when)) <= _ROUNDING * float(np.abs(values).max()):
        slope = 0.0
    left = values - level - slope * (when - centre)
    variance = float(left @ left) / (when.size - 2)
    if float(np.sqrt(variance)) <= _ROUNDING * float(np.abs(values).max()):
        variance = 0.0
    far = at - centre
    covariance = variance / spread * np.array([[spread / when.size + far**2, far], [far, 1.0]])
    t = float(special.stdtrit(when.size - 2, (1 + confidence) / 2))
    return _Line(value=level + slope * far, slope=slope, covariance=covariance, t=t)


def _negated(covariance: Vector) -> Vector:
    """Return the covariance when the first of the two changes its sign."""
    return covariance * np.array([[1.0, -1.0], [-1.0, 1.0]])


def _ahead(ratio: Ratio) -> tuple[float, float]:
    """Return the ends of the part of the set that is 0 or more."""
    if np.isinf(ratio.low):
        return max(ratio.low, 0.0), np.inf
    if ratio.bounded:
        return (max(ratio.low, 0.0), ratio.high) if ratio.high >= 0 else (np.nan, np.nan)
    return (0.0 if ratio.holds(0.0) else ratio.high), np.inf


def _verdict(now: _Line, first: _Line, time: float, *, tolerance: float) -> Parity:
    if abs(now.value) + now.half_width(0) <= tolerance:
        return "reached"
    is_gap, is_slope = now.told(now.value, 0), now.told(now.slope, 1)
    if not is_slope:
        return "not_at_this_rate" if is_gap else "cannot_tell"
    if time > 0:
        return "at_this_rate"
    if is_gap:
        return "widening"
    return "reached" if first.told(first.value, 0) else "cannot_tell"


def _too_few(n_dates: int, confidence: float) -> TimeToParity:
    no = float("nan")
    return TimeToParity(
        verdict="cannot_tell",
        gap_now=no,
        gap_low=no,
        gap_high=no,
        slope=no,
        slope_low=no,
        slope_high=no,
        time=no,
        time_low=no,
        time_high=no,
        n_dates=n_dates,
        confidence=confidence,
    )
