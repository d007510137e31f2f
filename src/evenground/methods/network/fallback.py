"""Straight lines for those whom streets lead nowhere, so that nobody is dropped unseen."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs, pairs_from_costs, straight_line_pairs
from evenground.methods.validation import Flags, matrix, wrong


def with_straight_lines(
    pairs: Pairs, origins: ArrayLike, *, sites: ArrayLike, instead: ArrayLike
) -> Pairs:
    """Return pairs in which some origins have straight lines in place of ways.

    A straight line is too short, so whoever gets one is to be named beside the result.

    Parameters
    ----------
    pairs
        Along streets, in metres, up to a finite limit.
    origins, sites, shapes (n_origins, 2) and (n_sites, 2)
        Coordinates in a projected system in metres.
    instead, shape (n_origins,)
        Which origins get straight lines; what they have along streets goes.

    Raises
    ------
    UsageError
        If a shape is another, a coordinate is missing, or the limit is infinite.
    """
    start = matrix("origins", origins, shape=(pairs.n_origins, 2), least=-np.inf)
    goal = matrix("sites", sites, shape=(pairs.n_sites, 2), least=-np.inf)
    chosen: Flags = np.asarray(instead, dtype=np.bool_)
    if chosen.shape != (pairs.n_origins,):
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},)"),
            name="instead",
            shape=chosen.shape,
            size=pairs.n_origins,
        )
    lines = straight_line_pairs(start[chosen], goal, limit=pairs.limit)
    kept = ~chosen[pairs.origin]
    return pairs_from_costs(
        (
            np.concatenate([pairs.origin[kept], np.flatnonzero(chosen)[lines.origin]]),
            np.concatenate([pairs.site[kept], lines.site]),
        ),
        np.concatenate([pairs.cost[kept], lines.cost]),
        shape=(pairs.n_origins, pairs.n_sites),
        limit=pairs.limit,
        unit=pairs.unit,
    )
