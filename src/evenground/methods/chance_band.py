"""A value beside what chance gives: the band that holds most of it, and how far out the value lies.

Source: mid-p values, Lancaster (1961), Journal of the American Statistical Association 56, 223-234;
the observed value counted among simulated ones, Davison and Hinkley (1997), Bootstrap Methods and
Their Application, section 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.exact_allocation import ExactDistribution
from evenground.methods.validation import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceBand:
    """An observed value beside what chance placement gives.

    Attributes
    ----------
    observed
        The value found.
    median, low, high
        Of chance placements: the middle, and the band that holds ``level`` of them.
    level
        0-1.
    mid_p_low, mid_p_high
        Chance of a value below (above) the observed one, plus half that of an equal one.
    exact
        Whether the distribution was computed; otherwise simulated with ``n_draws``.
    n_draws
        0 if exact.
    """

    observed: float
    median: float
    low: float
    high: float
    level: float
    mid_p_low: float
    mid_p_high: float
    exact: bool
    n_draws: int

    @property
    def looks_like_chance(self) -> bool:
        """Whether the observed value is within the band: neither tail is below (1 - level)/2."""
        return min(self.mid_p_low, self.mid_p_high) > (1 - self.level) / 2

    @property
    def two_sided_p(self) -> float:
        """Twice the smaller tail, at most 1."""
        return min(1.0, 2.0 * min(self.mid_p_low, self.mid_p_high))


def band_of_draws(observed: float, draws: Vector, *, level: float) -> ChanceBand:
    """Return an observed value beside simulated ones, shape (n_draws,).

    The observed value counts as one of the draws in both tails, so that no p-value is zero.
    """
    slack = 1e-9 * max(1.0, abs(observed))
    n = draws.size
    below = float((draws < observed - slack).sum())
    equal = float((np.abs(draws - observed) <= slack).sum())
    tail = (1 - level) / 2
    low, median, high = np.quantile(draws, [tail, 0.5, 1 - tail])
    return ChanceBand(
        observed=observed,
        median=float(median),
        low=float(low),
        high=float(high),
        level=level,
        mid_p_low=(below + equal / 2 + 0.5) / (n + 1),
        mid_p_high=(n - below - equal / 2 + 0.5) / (n + 1),
        exact=False,
        n_draws=n,
    )


def band_of_distribution(
    observed: float, law: ExactDistribution, *, scale: float, level: float
) -> ChanceBand:
    """Return an observed value beside its exact distribution.

    Parameters
    ----------
    observed
        The value found, in ``scale``: a share where ``scale`` is the number of all units.
    law
        The distribution, in units.
    scale
        How many units make 1 of what was observed, above 0.
    level
        Of the band, 0-1.
    """
    tail = (1 - level) / 2
    return ChanceBand(
        observed=observed,
        median=law.quantile(0.5) / scale,
        low=law.quantile(tail) / scale,
        high=law.quantile(1 - tail) / scale,
        level=level,
        mid_p_low=law.mid_p_lower(observed * scale),
        mid_p_high=law.mid_p_upper(observed * scale),
        exact=law.is_exact,
        n_draws=0,
    )
