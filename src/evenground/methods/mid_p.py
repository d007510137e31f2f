"""Mid-p values: the probability of anything beyond what was seen, plus half that of what was seen.

Source: Lancaster (1961), Journal of the American Statistical Association 56, 223-234.
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from evenground.methods.counting_distributions import binomial_at_most, binomial_mass
from evenground.methods.validation import Vector


def binomial_mid_p(count: ArrayLike, n: ArrayLike, probability: ArrayLike) -> tuple[Vector, Vector]:
    """Return the lower and upper mid-p of binomial counts, each of the common shape.

    Parameters
    ----------
    count, n, probability
        Arrays that broadcast together: successes seen, trials, chance of success (0-1).

    Returns
    -------
    tuple
        ``P(X < x) + P(X = x)/2`` and ``P(X > x) + P(X = x)/2``; they add up to 1.
    """
    half = binomial_mass(count, n, probability) / 2
    lower = binomial_at_most(count, n, probability) - half
    return lower, 1.0 - lower
