"""Could chance placement look like this? A group's share of units under random allocation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.chance_band import ChanceBand, band_of_distribution, band_of_draws
from evenground.methods.group_attribution import Membership
from evenground.methods.group_units import group_units_distribution
from evenground.methods.null_allocation import FairDraw, allocations
from evenground.methods.validation import vector

N_DRAWS = 9_999
"""Allocations simulated where a group's share cannot be computed."""


def group_share_null(
    units: ArrayLike,
    fair: FairDraw,
    membership: Membership,
    *,
    rng: np.random.Generator,
    level: float = 0.95,
) -> tuple[ChanceBand, ...]:
    """Return each group's share of units beside its distribution under placement by chance.

    Parameters
    ----------
    units, shape (n_areas,)
        Units found by area.
    fair
        Places, baseline with its error, candidates.
    membership
        The part of each area that belongs to each group. Everything is computed exactly, by
        convolution over places, but fractions with listed candidates, which are simulated.
    rng, level
        Source of chance for what is simulated; level of the band (0-1).

    Returns
    -------
    tuple of ChanceBand, n_groups
        In shares, 0-1.
    """
    found = vector("units", units, size=fair.n_areas)
    observed = membership.share @ found / found.sum()
    bands: list[ChanceBand] = []
    for seen, share in zip(observed.tolist(), membership.share, strict=True):
        if not np.isin(share, (0.0, 1.0)).all() and fair.candidates is not None:
            drawn = allocations(fair, rng=rng, n_draws=N_DRAWS) @ share / fair.place_units.sum()
            bands.append(band_of_draws(seen, drawn, level=level))
        else:
            law = group_units_distribution(fair, share)
            scale = float(fair.place_units.sum())
            bands.append(band_of_distribution(seen, law, scale=scale, level=level))
    return tuple(bands)
