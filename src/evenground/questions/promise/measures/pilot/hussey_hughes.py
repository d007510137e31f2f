"""The variance of the effect in a stepped wedge, by formula: for comparison with own history.

Source: Hussey and Hughes (2007), Contemporary Clinical Trials 28, 182-191, equation 8. It assumes
areas with one random level each and no further memory; histories have more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import matrix, wrong


def hussey_hughes_variance(exposure: ArrayLike, *, within: float, between: float) -> float:
    """Return the variance of the weighted least squares estimate, in the outcome's unit squared.

    Parameters
    ----------
    exposure, shape (n_areas, n_periods)
        1 where an area is treated, 0 where not.
    within
        Variance of an area's mean in one period about its level and the period's, above 0.
    between
        Variance of areas' levels, 0 or more; infinite for fixed levels.

    Raises
    ------
    UsageError
        If shapes or variances are wrong, or the design tells nothing.
    """
    x = matrix("exposure", exposure, shape=(None, None))
    if not within > 0 or not between >= 0:
        raise wrong(
            "variance",
            N_("variances are {within} and {between}"),
            within=within,
            between=between,
        )
    n, t = x.shape
    u, w, v = x.sum(), (x.sum(axis=0) ** 2).sum(), (x.sum(axis=1) ** 2).sum()
    alone, tied = n * u - w, u**2 + n * t * u - t * w - n * v
    # Numerator and denominator divided by the variance between, which may be infinite.
    ratio = 0.0 if np.isinf(between) else within / max(between, 1e-300)
    below = alone * ratio + tied
    if below <= 1e-12 * n * t * max(ratio, 1.0):
        raise wrong("design_tells_nothing", N_("areas and periods tell who is treated"))
    return float(n * within * (ratio + t) / below)
