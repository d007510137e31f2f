"""The modified two-step floating catchment area method: distance costs something for everyone.

In the two-step method a lone hamlet far from its only clinic gets all of the clinic, however far it
is. Here the part that distance keeps people from is lost.
Source: Delamater (2013), Spatial accessibility in suboptimally configured health care systems: a
modified two-step floating catchment area (M2SFCA) metric, Health & Place 24, 30-43.
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from evenground.methods.accessibility.floating_catchment import (
    FloatingCatchment,
    floating_catchment,
)
from evenground.methods.accessibility.weights import CatchmentWeights


def modified_two_step_access(
    weights: CatchmentWeights, *, supply: ArrayLike, demand: ArrayLike
) -> FloatingCatchment:
    """Return ``A_i = Σ_j S_j f_ij² / Σ_k D_k f_kj``.

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
        ``Σ demand access`` is at most the supply reached; the rest is what distance takes.

    Raises
    ------
    UsageError
        If shapes differ, or a value is negative or missing.
    """
    return floating_catchment(weights, supply=supply, demand=demand, squared=True)
