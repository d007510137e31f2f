"""The odds ratio per earlier unit with its likelihood interval.

The interval holds every value of β whose profile likelihood is within half a chi-squared quantile
of the largest. Source: Venzon and Moolgavkar (1988), Applied Statistics 37, 87-94.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, cast

import numpy as np
from scipy import special

from evenground.methods.validation import Vector
from evenground.questions.reach.measures.conditional_logit import conditional_logit

_FARTHEST = 40.0  # an odds ratio of 10 to the 17
_ALIKE = 1e-7


class OddsRatio(NamedTuple):
    """An odds ratio, its interval, and that of need (NaN without need, or where β is endless)."""

    best: float
    low: float
    high: float
    need_effect: float


def persistence_interval(
    new: Vector, log_people: Vector, *, earlier: Vector, tilt: Vector, confidence: float
) -> OddsRatio:
    """Return the odds ratio per earlier unit.

    Parameters
    ----------
    new, earlier, shape (n_years, n_areas)
        Units placed in each year, and those that stood when it began.
    log_people, shape (n_areas,)
        Finite.
    tilt, shape (0 or 1, n_years, n_areas)
        Need, if any, fitted anew at each value of β.
    confidence
        0-1.

    Returns
    -------
    OddsRatio
        A bound, and the ratio itself, is 0 or infinite where the likelihood has no peak or does not
        fall far enough on that side. NaN if the likelihood has no peak on either side.
    """

    def height(beta: float) -> float:
        return conditional_logit(new, log_people + beta * earlier, covariates=tilt).log_likelihood

    fitted = conditional_logit(new, log_people, covariates=np.concatenate([earlier[None], tilt]))
    ends = [(side, height(side)) for side in (-_FARTHEST, _FARTHEST)]
    top = max(fitted.log_likelihood, *(reached for _, reached in ends))
    # Where every new unit went to the areas with most (or fewest) earlier ones, the likelihood
    # climbs for ever; it has then levelled off long before the farthest value.
    endless = [side for side, reached in ends if reached >= top - _ALIKE]
    best = endless[0] if endless else float(fitted.coefficients[0])
    enough = top - float(special.gammaincinv(0.5, confidence))  # half a quantile of chi-squared

    def spare(beta: float) -> float:
        return height(beta) - enough

    low, high = (side if reached >= enough else _root(spare, side, best) for side, reached in ends)
    need_effect = np.nan
    if tilt.size and not endless:
        gamma = float(fitted.coefficients[1])
        side = float(np.copysign(_FARTHEST, gamma))
        pushed = conditional_logit(new, log_people + side * tilt[0], covariates=earlier[None])
        need_effect = _odds(side if pushed.log_likelihood >= top - _ALIKE else gamma)
    return OddsRatio(
        best=np.nan if len(endless) == len(ends) else _odds(best),
        low=_odds(low),
        high=_odds(high),
        need_effect=need_effect,
    )


def _root(function: Callable[[float], float], one: float, other: float) -> float:
    from scipy import optimize

    root = optimize.brentq(function, min(one, other), max(one, other))
    return float(cast("float", root))


def _odds(beta: float) -> float:
    if abs(beta) >= _FARTHEST:
        return np.inf if beta > 0 else 0.0
    return float(np.exp(beta))
