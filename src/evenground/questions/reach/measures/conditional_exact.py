"""The exact conditional comparison of two rates, with places that carry several units.

Given which places lie in either group, each lies in the first with probability
``π = ρ λ / (1 + ρ λ)``: ρ is the ratio of rates, λ the first group's baseline divided by the
second's. The number of places is binomial, the number of units the compound binomial of
``evenground.methods.exact_allocation``. An imprecise λ is integrated out over its log-normal error.
Sources: Przyborowski and Wilenski (1940), Biometrika 31, 313-323 (conditioning on the total);
Gu, Ng, Tang and Schucany (2008), Biometrical Journal 50, 283-298; interval and two-sided test of
Blaker (2000).
"""

from __future__ import annotations

import numpy as np
from scipy import special

from evenground.methods.acceptability import Family, acceptability, acceptability_interval
from evenground.methods.exact_allocation import lattice, mass_function
from evenground.methods.margins_of_error import UncertainCounts, normal_nodes, relative_error
from evenground.methods.validation import Flags, Vector, Whole


def odds_family(steps: Whole, baseline: UncertainCounts) -> Family:
    """Return the distribution of the first group's units for each logarithm of the rate ratio.

    Parameters
    ----------
    steps, shape (n_places,)
        Units at each place as whole multiples of a step.
    baseline, two groups
        People (or need, or surface) of the first and the second group.
    """
    mass = mass_function(steps)
    log_lambda = float(np.log(baseline.value[0] / baseline.value[1]))
    width = 2.0 * float(np.linalg.norm(steps)) / float(steps.sum())  # of a logarithm of odds
    error = float(np.hypot(*relative_error(baseline)))
    shifts, weights = normal_nodes(error, resolution=width)

    def family(log_ratio: Vector) -> Vector:
        chance = special.expit(log_ratio[:, None] + log_lambda + shifts)
        mixed = mass(chance.ravel()).reshape(*chance.shape, -1)
        return np.einsum("k,mkx->mx", weights, mixed)

    return family


def exact_rate_ratio(
    place_units: Vector, in_first: Flags, *, baseline: UncertainCounts, alpha: float
) -> tuple[float, float, float]:
    """Return the interval of a rate ratio and the p-value of equal rates.

    Parameters
    ----------
    place_units, shape (n_places,)
        Units at each place, above 0; all places lie in one of the two groups.
    in_first, shape (n_places,)
        Whether a place lies in the first group.
    baseline, two groups
        Their baselines, above 0.
    alpha
        1 - confidence.

    Returns
    -------
    tuple
        Low, high, p-value; low is 0 or high infinite where one group has no unit.
    """
    grid = lattice(place_units)
    family = odds_family(grid.steps, baseline)
    observed = int(grid.steps[in_first].sum())
    low, high = acceptability_interval(family, observed, alpha=alpha)
    p_value = float(acceptability(family(np.zeros(1)), observed)[0])
    return float(np.exp(low)), float(np.exp(high)), p_value
