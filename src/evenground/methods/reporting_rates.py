"""Reporting rates by group or area, with limits that know of incidents unlike each other.

Source: Liu, Bhandaram and Garg (2024), Nature Computational Science 4, 57-65: the rate is the
number of further reports divided by the time in which they could come. Limits: Garwood (1936),
Biometrika 28, 437-442, and for ratios Clopper and Pearson (1934), Biometrika 26, 404-413, given the
total; counts and times are divided by the dispersion where incidents differ more than one rate
would make them (Wedderburn 1974, Biometrika 61, 439-447).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.exact_limits import count_limits, share_limits
from evenground.methods.reporting import Incidents
from evenground.methods.validation import Vector, Whole, wrong

_LENT = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Reporting rates of groups.

    Attributes
    ----------
    n_incidents, n_more, days, each shape (n_groups,)
        Incidents, reports after the first, and days in which they could come.
    dispersion, shape (n_groups,)
        How much more incidents differ than a constant rate would make them, 1 or more.
    rate, low, high, each shape (n_groups,)
        Reports a day of one incident, with limits; NaN for a group without incidents.
    delay, delay_low, delay_high, each shape (n_groups,)
        Days from the beginning of an incident to its first report, on average, if it does not end
        before: ``1 / rate``. Infinite where nobody reported again.
    """

    n_incidents: Vector
    n_more: Vector
    days: Vector
    dispersion: Vector
    rate: Vector
    low: Vector
    high: Vector

    @property
    def delay(self) -> Vector:
        """Mean days to the first report."""
        return _over(np.ones_like(self.rate), self.rate)

    @property
    def delay_low(self) -> Vector:
        """The shortest that fits, in days."""
        return _over(np.ones_like(self.rate), self.high)

    @property
    def delay_high(self) -> Vector:
        """The longest that fits, in days."""
        return _over(np.ones_like(self.rate), self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingRates:
    """Reporting rates of all groups together, of each, and each set against all others.

    Attributes
    ----------
    overall, by_group
        One group; n_groups.
    ratio, ratio_low, ratio_high, p_value, each shape (n_groups,)
        A group's rate divided by that of everybody else, with limits, and how likely one as far
        from 1 would be if the rates were the same; NaN where either has no incident.
    confidence
        0-1.
    """

    overall: Rates
    by_group: Rates
    ratio: Vector
    ratio_low: Vector
    ratio_high: Vector
    p_value: Vector
    confidence: float


def reporting_rates(
    incidents: Incidents, group: ArrayLike, *, n_groups: int, confidence: float = 0.95
) -> ReportingRates | CannotTell:
    """Return how readily incidents are reported, by group or area.

    Parameters
    ----------
    incidents
        From ``incidents_from_reports``.
    group, shape (n_incidents,)
        Group or area of each incident (of its ``first_row``), 0 to ``n_groups - 1``; -1 for none,
        which counts with all others.
    n_groups
        How many groups.
    confidence
        Of the limits, 0-1.

    Returns
    -------
    ReportingRates or CannotTell
        The latter where no incident was reported again.

    Raises
    ------
    UsageError
        If the lengths differ, a group is out of range, or ``confidence`` is not inside 0-1.
    """
    labels = np.asarray(group, dtype=np.int64)
    if labels.shape != incidents.days.shape or ((labels < -1) | (labels >= n_groups)).any():
        raise wrong("class_range", N_("groups run from -1 to {last}"), last=n_groups - 1)
    if not incidents.n_more.sum():
        known = {"n": int(incidents.days.size)}
        return CannotTell(reason=Message(code="reason.reporting.no_repeats", parameters=known))
    totals = _Totals.of(incidents, labels + 1, n=n_groups + 1)
    ratio, low, high, p_value = _against_others(totals, confidence)
    return ReportingRates(
        overall=_rates(totals.together, confidence),
        by_group=_rates(totals.without_first, confidence),
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        p_value=p_value,
        confidence=confidence,
    )


@dataclass(frozen=True, slots=True)
class _Totals:
    """Sums by group, shape (n_groups,), and how much incidents differ beyond a constant rate."""

    incidents: Vector
    more: Vector
    days: Vector
    spread: Vector

    @classmethod
    def of(cls, incidents: Incidents, label: Whole, *, n: int) -> _Totals:
        times = np.bincount(label, minlength=n).astype(np.float64)
        more = np.bincount(label, incidents.n_more, minlength=n).astype(np.float64)
        days = np.bincount(label, incidents.days, minlength=n).astype(np.float64)
        expected = _over(more, days)[label] * incidents.days
        square = np.bincount(label, (incidents.n_more - expected) ** 2, minlength=n)
        n_free = max(times.sum() - (times > 0).sum(), 1.0)
        pooled = square.sum() / more.sum() * times.sum() / n_free
        own = np.divide(square, more, out=np.ones_like(more), where=more > 0)
        # A few incidents do not show how much they differ: all of them lend twenty.
        spread = (times * own + _LENT * pooled) / (times + _LENT)
        return cls(times, more, days, np.maximum(spread, 1.0))

    @property
    def together(self) -> _Totals:
        """All groups as one."""
        spread = self.more @ self.spread / self.more.sum()
        return _Totals(
            np.array([self.incidents.sum()]),
            np.array([self.more.sum()]),
            np.array([self.days.sum()]),
            np.array([spread]),
        )

    @property
    def without_first(self) -> _Totals:
        """The groups but the first, which holds incidents of no group."""
        return _Totals(self.incidents[1:], self.more[1:], self.days[1:], self.spread[1:])


def _rates(totals: _Totals, confidence: float) -> Rates:
    low, high = count_limits(totals.more / totals.spread, confidence=confidence)
    days = totals.days / totals.spread
    return Rates(
        n_incidents=totals.incidents,
        n_more=totals.more,
        days=totals.days,
        dispersion=totals.spread,
        rate=_over(totals.more, totals.days),
        low=_over(low, days),
        high=_over(high, days),
    )


def _against_others(totals: _Totals, confidence: float) -> tuple[Vector, ...]:
    """Return ratio, low, high and p-value of each group but the first against all others."""
    own = totals.without_first
    rest = totals.more.sum() - own.more
    rest_days = totals.days.sum() - own.days
    rest_spread = (totals.more @ totals.spread) - own.more * own.spread
    rest_spread = np.maximum(
        np.divide(rest_spread, rest, out=np.ones_like(rest), where=rest > 0), 1
    )
    x, n = own.more / own.spread, own.more / own.spread + rest / rest_spread
    lacks = (own.days == 0) | (rest_days == 0)
    scale = np.where(lacks, np.nan, rest_days * own.spread / rest_spread)
    scale = np.divide(scale, own.days, out=np.full_like(scale, np.nan), where=~lacks)
    low, high = (_over(p, 1.0 - p) * scale for p in share_limits(x, n, confidence=confidence))
    fair = 1.0 / (1.0 + scale)  # the share of reports that equal rates would bring, by odds
    above = np.where(x > 0, special.betainc(np.where(x > 0, x, 1), n - x + 1, fair), 1.0)
    below = np.where(n > x, special.betainc(np.where(n > x, n - x, 1), x + 1, 1 - fair), 1.0)
    ratio = _over(_over(own.more, own.days), _over(rest, rest_days))
    p_value = np.minimum(2 * np.minimum(above, below), 1.0)
    return tuple(np.where(lacks, np.nan, one) for one in (ratio, low, high, p_value))


def _over(above: Vector, below: Vector) -> Vector:
    """Return quotients; infinite over zero, NaN where nothing is divided by zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return above / below
