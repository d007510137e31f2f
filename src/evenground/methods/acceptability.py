"""Exact two-sided tests and intervals for a count whose distribution moves up with one parameter.

Source: Blaker (2000), Confidence curves and improved exact confidence intervals for discrete
distributions, Canadian Journal of Statistics 28, 783-798. The interval lies within Clopper and
Pearson's (1934) and keeps their guarantee; for the binomial the test is at least as powerful as
the usual exact binomial test.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from evenground.methods.validation import Vector

Family = Callable[[Vector], Vector]
"""Parameter values (m,) -> probabilities (m, n_values) of 0, 1, 2, … steps; moves up with it."""

_EQUAL = 1 + 1e-9  # tails that differ by less are equal: they were summed in another order
_N_SCAN = 33
_N_BISECTIONS = 28
_TOLERANCE = 1e-11


def acceptability(mass: Vector, observed: int) -> Vector:
    """Return Blaker's p-value of an observed count under each of several distributions.

    Parameters
    ----------
    mass, shape (m, n_values)
        Probabilities of 0, 1, 2, …; each row adds up to 1.
    observed
        The count seen, an index into the columns.

    Returns
    -------
    array, shape (m,)
        The smaller tail at the observed count plus the largest opposite tail that does not exceed
        it; at most 1.
    """
    lower = np.cumsum(mass, axis=1)
    upper = np.cumsum(mass[:, ::-1], axis=1)[:, ::-1]
    smaller = np.minimum(lower[:, observed], upper[:, observed])
    is_upper = upper[:, observed] <= lower[:, observed]
    bound = smaller[:, None] * _EQUAL
    opposite_low = np.where(lower <= bound, lower, 0.0).max(axis=1)
    opposite_high = np.where(upper <= bound, upper, 0.0).max(axis=1)
    return np.minimum(smaller + np.where(is_upper, opposite_low, opposite_high), 1.0)


def acceptability_interval(
    family: Family, observed: int, *, alpha: float, within: tuple[float, float] = (-40.0, 40.0)
) -> tuple[float, float]:
    """Return the parameters that the observed count does not reject: Blaker's interval.

    Parameters
    ----------
    family
        Distribution of the count for each parameter; larger parameters give larger counts.
    observed
        The count seen.
    alpha
        1 - confidence, 0-1.
    within
        Where to look; what lies beyond on the outer side counts as no limit, on the inner side as
        this end.

    Returns
    -------
    tuple
        Lowest and highest parameter with p > alpha (the hull, should there be a gap);
        ``-inf``/``inf`` where the smallest or largest possible count was seen.
    """
    n_values = family(np.zeros(1)).shape[1]
    low, high = -np.inf, np.inf
    if observed > 0:
        low = _limit(family, observed, alpha=alpha, within=within)
    if observed < n_values - 1:

        def mirrored(parameter: Vector) -> Vector:
            return family(-parameter)[:, ::-1]

        flipped = (-within[1], -within[0])
        high = -_limit(mirrored, n_values - 1 - observed, alpha=alpha, within=flipped)
    return low, high


def _limit(family: Family, observed: int, *, alpha: float, within: tuple[float, float]) -> float:
    """Return the lower limit: between where the upper tail is alpha/2 and where it is alpha."""
    outer = _where_upper_tail_is(family, observed, level=alpha / 2, within=within)
    if outer <= within[0]:
        return -np.inf
    inner = _where_upper_tail_is(family, observed, level=alpha, within=within)
    grid = np.linspace(outer, inner, _N_SCAN)
    accepted = np.flatnonzero(acceptability(family(grid), observed) > alpha)
    first = int(accepted[0]) if accepted.size else _N_SCAN - 1
    if first == 0:
        return float(grid[0])
    below, above = float(grid[first - 1]), float(grid[first])
    for _ in range(_N_BISECTIONS):
        middle = (below + above) / 2
        if acceptability(family(np.array([middle])), observed)[0] > alpha:
            above = middle
        else:
            below = middle
    return above


def _where_upper_tail_is(
    family: Family, observed: int, *, level: float, within: tuple[float, float]
) -> float:
    from scipy import optimize

    def excess(parameter: float) -> float:
        return float(family(np.array([parameter]))[0, observed:].sum()) - level

    # The tail grows with the parameter: an end is right where the level lies beyond it.
    if excess(within[0]) >= 0:
        return within[0]
    if excess(within[1]) <= 0:
        return within[1]
    found = optimize.root_scalar(excess, bracket=within, method="brentq", xtol=_TOLERANCE)
    return float(found.root)
