"""Intervals for shares when places give fractions of their units to several groups.

The share's variance is estimated from the places, turned into the number of independent whole
units that would be as informative, and put into Clopper and Pearson's interval.
Source: Korn and Graubard (1998), Confidence intervals for proportions with small expected number of
positive counts estimated from survey data, Survey Methodology 24, 193-201.

With few places their own variance says little (all may have missed the few areas where a group
lives), so it is blended with the variance that placement by chance over all areas would have. That
one weighs as much as ``PLACES_PER_KURTOSIS`` places times the kurtosis of what a place gives: a
variance is the harder to see, the rarer the places that make it. The weight fades as places grow in
number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from evenground.methods.margins_of_error import normal_nodes
from evenground.methods.validation import Vector

PLACES_PER_KURTOSIS = 10.0
MOST_PER_PLACE = 1e6
"""Where every area has the same share of a group, places tell it without doubt: a place is worth no
more independent units than this, so that intervals are narrow and not undefined."""
_N_BISECTIONS = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDraw:
    """What a place falls into by chance.

    Attributes
    ----------
    probability, shape (n_areas,)
        Chance of each area, adding up to 1.
    share, shape (n_groups, n_areas)
        The part of each area that belongs to each group.
    """

    probability: Vector
    share: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveShare:
    """A share with the number of independent units that it is worth.

    Attributes
    ----------
    share
        0-1.
    size
        Effective number of independent whole units, above 0.
    """

    share: float
    size: float

    def tails(self, probability: Vector) -> tuple[Vector, Vector]:
        """Return P(X <= x) and P(X >= x) of the effective binomial, for each probability."""
        x, n = self.share * self.size, self.size
        at_most = (
            special.betaincc(x + 1, n - x, probability) if n > x else np.ones_like(probability)
        )
        at_least = (
            special.betainc(x, n - x + 1, probability) if x > 0 else np.ones_like(probability)
        )
        return at_most, at_least


def effective_share(
    place_units: Vector, inside: Vector, universe: Vector, *, fair: AreaDraw | None = None
) -> EffectiveShare:
    """Return the share of units that fall to a group, and its effective size.

    Parameters
    ----------
    place_units, shape (n_places,)
        Units at each place, above 0.
    inside, universe, shape (n_places,)
        The part of each place that falls to the group, and to all that it is compared within.
    fair
        Rows 0 and 1 of ``share`` are the group and the universe by area; ``None`` leaves the blend
        out.

    Returns
    -------
    EffectiveShare
        ``Σ w inside / Σ w universe`` and ``θ(1-θ) / Var(θ)`` by linearisation (ratio estimator).
    """
    n = place_units.size
    whole = float(place_units @ universe)
    share = float(place_units @ inside) / whole
    residual = place_units * (inside - share * universe)
    seen = n / max(n - 1, 1) * float(residual @ residual) * n / whole**2  # variance times places
    by_units = n * float(place_units @ place_units) / float(place_units.sum()) ** 2
    effect = _design_effect(seen, share) if seen > 0 else by_units
    if fair is not None:
        expected, kurtosis = _fair_design_effect(place_units, fair)
        blend = PLACES_PER_KURTOSIS * kurtosis / (n + PLACES_PER_KURTOSIS * kurtosis)
        effect = blend * expected + (1 - blend) * (effect if seen > 0 else expected)
    return EffectiveShare(share=min(max(share, 0.0), 1.0), size=n / max(effect, 1 / MOST_PER_PLACE))


def _design_effect(variance: float, share: float) -> float:
    return variance / max(share * (1 - share), 1e-12)


def _fair_design_effect(place_units: Vector, fair: AreaDraw) -> tuple[float, float]:
    """Return the design effect of placement by chance, and the kurtosis of what a place gives."""
    inside, universe = fair.share
    reached = float(fair.probability @ universe)
    share = float(fair.probability @ inside) / reached
    residual = inside - share * universe
    spread = float(fair.probability @ residual**2)
    kurtosis = float(fair.probability @ residual**4) / max(spread**2, 1e-300)
    clustering = float(np.mean(place_units**2) / np.mean(place_units) ** 2)
    return _design_effect(spread / reached**2 * clustering, share), kurtosis


def effective_rate_ratio(
    found: EffectiveShare, *, log_lambda: float, relative_error: float, alpha: float
) -> tuple[float, float, float]:
    """Return low, high and p-value of a rate ratio from an effective share.

    Parameters
    ----------
    found
        Share of the first group within both.
    log_lambda, relative_error
        Logarithm of the first baseline divided by the second, and its standard error.
    alpha
        1 - confidence.
    """
    width = 2.0 / float(np.sqrt(found.size))  # of a logarithm of odds
    shifts, weights = normal_nodes(relative_error, resolution=width)

    def tails(log_ratio: float) -> tuple[float, float]:
        below, above = found.tails(special.expit(log_ratio + log_lambda + shifts))
        return float(weights @ below), float(weights @ above)

    low = _crossing(lambda t: tails(t)[1] - alpha / 2) if found.share > 0 else -np.inf
    high = _crossing(lambda t: alpha / 2 - tails(t)[0]) if found.share < 1 else np.inf
    return float(np.exp(low)), float(np.exp(high)), min(1.0, 2 * min(tails(0.0)))


def _crossing(rising: Callable[[float], float]) -> float:
    below, above = -50.0, 50.0
    for _ in range(_N_BISECTIONS):
        middle = (below + above) / 2
        if rising(middle) > 0:
            above = middle
        else:
            below = middle
    return (below + above) / 2
