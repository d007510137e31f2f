"""What happened next to the treated, with intervals that hold where few units are near.

Errors by cluster are too small where few clusters are near (MacKinnon and Webb 2018, Econometrics
Journal 21, 114-135; with six, a tenth of clean panels is told to change at 5 %): a ring of fewer
than 20 is ranked among all sets of as many untreated units of it and beyond the last ring instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.staggered.spillover_ring import spillover_ring
from evenground.questions.promise.measures.synthetic.enumerated_did import enumerated_did

FEW_NEAR = 20
"""From so many clusters on errors by cluster are used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearUnits:
    """Changes of untreated units by their distance to the nearest treated one.

    Attributes
    ----------
    outer, n_units, shape (n_rings,)
        Outer edge of each ring, in the unit of distance; untreated units in it.
    effect, low, high, shape (n_rings,)
        Against units beyond the last ring, in the outcome's unit; NaN for an empty ring.
    shows, can_tell, shape (n_rings,)
        Whether a change is told from chance at the level asked for; whether any could be.
    n_far
        Untreated units beyond the last ring.
    all_donors, far_donors
        The effect on the treated against all untreated units, and against those beyond the last
        ring, by difference-in-differences.
    """

    outer: Vector
    n_units: Whole
    effect: Vector
    low: Vector
    high: Vector
    shows: Flags
    can_tell: Flags
    n_far: int
    all_donors: float
    far_donors: float


def near_units(
    panel: Panel,
    distance: ArrayLike,
    *,
    rings: ArrayLike,
    clusters: tuple[str, ...] | None = None,
    how: tuple[float, np.random.Generator],
) -> NearUnits:
    """Return changes of untreated units by ring.

    Parameters
    ----------
    panel, distance, rings, clusters
        As ``spillover_ring``.
    how
        Two-sided level, and a source of chance where sets of units are too many to list.

    Raises
    ------
    UsageError
        As ``spillover_ring``.
    """
    alpha, rng = how
    found = spillover_ring(panel, distance, rings=rings, clusters=clusters, confidence=1 - alpha)
    low, high = found.low.copy(), found.high.copy()
    can_tell = found.n_units > 0
    shows = can_tell & ((low > 0) | (high < 0))
    treated = panel.ever_treated
    ring = np.where(treated, -1, np.searchsorted(found.outer, np.asarray(distance, np.float64)))
    names = np.arange(panel.n_units) if clusters is None else np.asarray(clusters)
    for at in np.flatnonzero(can_tell).tolist():
        inside = ring == at
        if np.unique(names[inside]).size >= FEW_NEAR:
            continue
        kept = inside | (ring == found.outer.size)
        start = np.where(inside, panel.cohorts[0], panel.n_times)[kept].astype(np.int64)
        moved = Panel(outcomes=panel.outcomes[kept], first_treated=start)
        listed = enumerated_did(moved, alpha=alpha, rng=rng)
        low[at], high[at] = listed.low, listed.high
        can_tell[at] = not listed.cannot_tell
        shows[at] = can_tell[at] and listed.p <= alpha
    return NearUnits(
        outer=found.outer,
        n_units=found.n_units,
        effect=found.effect,
        low=low,
        high=high,
        shows=shows,
        can_tell=can_tell,
        n_far=found.n_far,
        all_donors=found.all_donors.effect,
        far_donors=found.far_donors.effect,
    )
