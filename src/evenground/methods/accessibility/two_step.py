"""The two-step floating catchment area method: supply per person, shared by those within reach.

Source: Luo and Wang (2003), Measures of spatial accessibility to health care in a GIS environment,
Environment and Planning B 30, 865-884, equations 4-5; first drawn up by Radke and Mu (2000),
Geographic Information Sciences 6, 105-112.
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from evenground.methods.accessibility.decay import Binary
from evenground.methods.accessibility.floating_catchment import (
    FloatingCatchment,
    floating_catchment,
)
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.accessibility.weights import catchment_weights


def two_step_access(
    pairs: Pairs, *, threshold: float, supply: ArrayLike, demand: ArrayLike
) -> FloatingCatchment:
    """Return ``A_i = Σ_j∈reach S_j / Σ_k∈reach D_k``, all within ``threshold`` counting alike.

    Parameters
    ----------
    pairs
        Who can reach what.
    threshold
        The catchment, in the unit of the pairs, no more than their limit.
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
        If shapes differ, a value is negative or missing, or the pairs end before ``threshold``.
    """
    weights = catchment_weights(pairs, Binary(threshold))
    return floating_catchment(weights, supply=supply, demand=demand)
