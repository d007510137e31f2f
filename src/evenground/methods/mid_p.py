"""Mid-p values: the probability of anything beyond what was seen, plus half that of what was seen.

Source: Lancaster (1961), Journal of the American Statistical Association 56, 223-234.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

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
    half = stats.binom.pmf(count, n, probability) / 2
    lower = stats.binom.cdf(np.asarray(count) - 1, n, probability) + half
    upper = stats.binom.sf(count, n, probability) + half
    return np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)
