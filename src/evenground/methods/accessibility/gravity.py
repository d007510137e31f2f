"""Gravity access: all opportunities, each counting for less the more it costs to get there.

Source: Hansen (1959), How accessibility shapes land use, Journal of the American Institute of
Planners 25, 73-76.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.accessibility.weights import CatchmentWeights, rows
from evenground.methods.validation import Vector


def gravity_access(weights: CatchmentWeights, opportunities: ArrayLike) -> Vector:
    """Return ``A_i = Σ_j O_j f_ij``.

    Parameters
    ----------
    weights
        ``f`` of all pairs, by ``catchment_weights``.
    opportunities, shape (n_sites,) or (n_rows, n_sites)
        What each site offers, 0 or more: places, or 1 each; rows are opening dates or scenarios.

    Returns
    -------
    array, shape (n_origins,) or (n_rows, n_origins)
        In the unit of the opportunities, 0 or more. Opportunities are not used up: a site counts in
        full for everybody around it.

    Raises
    ------
    UsageError
        If the shape is another, or a value is negative or missing.
    """
    found = (weights.by_origin @ rows("opportunities", opportunities, size=weights.n_sites).T).T
    return found[0] if np.ndim(opportunities) <= 1 else found
