"""The three-step floating catchment area method: people choose among the sites around them.

Where there are several sites, demand is divided among them before supply is, so that a second
clinic next door does not make people be counted twice.
Source: Wan, Zou and Sternberg (2012), A three-step floating catchment area method for analyzing
spatial access to health services, International Journal of Geographical Information Science 26,
1073-1089.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from evenground.methods.accessibility.floating_catchment import (
    FloatingCatchment,
    floating_catchment,
)
from evenground.methods.accessibility.weights import CatchmentWeights


def selection_weights(weights: CatchmentWeights) -> CatchmentWeights:
    """Return ``G_ij f_ij`` with ``G_ij = f_ij / Σ_k f_ik``, the chance that i chooses j.

    Used as the weights of the two-step method they give the three-step one, so this can be held
    for repeated use.
    """
    whole = weights.by_origin
    total = np.asarray(whole.sum(axis=1)).ravel()
    of_each = np.repeat(total, np.diff(whole.indptr))
    chosen = whole.data**2 / of_each
    held = (chosen, whole.indices, whole.indptr)
    return CatchmentWeights(by_origin=sparse.csr_array(held, shape=whole.shape))


def three_step_access(
    weights: CatchmentWeights, *, supply: ArrayLike, demand: ArrayLike
) -> FloatingCatchment:
    """Return ``A_i = Σ_j G_ij f_ij S_j / Σ_k G_kj f_kj D_k`` with ``G_ij = f_ij / Σ_l f_il``.

    Parameters
    ----------
    weights
        ``f`` of all pairs, by ``catchment_weights``.
    supply, shape (n_sites,) or (n_rows, n_sites)
        Capacity of each site, 0 or more.
    demand, shape (n_origins,) or (n_rows, n_origins)
        People at each origin, 0 or more.

    Returns
    -------
    FloatingCatchment
        ``Σ demand access`` is the supply of the sites that somebody reaches.

    Raises
    ------
    UsageError
        If shapes differ, or a value is negative or missing.
    """
    return floating_catchment(selection_weights(weights), supply=supply, demand=demand)
