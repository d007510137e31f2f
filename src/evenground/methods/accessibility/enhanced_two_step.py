"""The enhanced two-step floating catchment area method: what is nearer counts for more.

Source: Luo and Qi (2009), An enhanced two-step floating catchment area (E2SFCA) method for
measuring spatial accessibility to primary care physicians, Health & Place 15, 1100-1107. With a
continuous impedance function it is the measure of Shen (1998), Environment and Planning B 25,
345-365.
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from evenground.methods.accessibility.floating_catchment import (
    FloatingCatchment,
    floating_catchment,
)
from evenground.methods.accessibility.weights import CatchmentWeights


def enhanced_two_step_access(
    weights: CatchmentWeights, *, supply: ArrayLike, demand: ArrayLike
) -> FloatingCatchment:
    """Return ``A_i = Σ_j S_j f_ij / Σ_k D_k f_kj``.

    Parameters
    ----------
    weights
        ``f`` of all pairs, by ``catchment_weights``; ``Bands`` gives the source's travel zones.
    supply, shape (n_sites,) or (n_rows, n_sites)
        Capacity of each site, 0 or more; rows are opening dates or scenarios.
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
    return floating_catchment(weights, supply=supply, demand=demand)
