"""Effects of being near to what is treated, by ring, and the effect with near donors left out.

Sources: Clarke (2017), Estimating difference-in-differences in the presence of spillovers, MPRA
81604; Butts (2021), Difference-in-differences estimation with spatial spillovers, arXiv 2105.03737.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Flags, Vector, Whole, vector, wrong
from evenground.questions.promise.measures.large_panels.panel_sums import sums_of
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.staggered.did_regression import (
    DidRegression,
    did_regression,
)
from evenground.questions.promise.measures.staggered.event_study import coefficients
from evenground.questions.promise.measures.staggered.two_way import Design


@dataclass(frozen=True, slots=True, kw_only=True)
class SpilloverRings:
    """What happened to untreated units near to treated ones.

    Attributes
    ----------
    outer, shape (n_rings,)
        Outer edge of each ring, in the unit of distance.
    n_units, shape (n_rings,)
        Untreated units in it.
    effect, low, high, shape (n_rings,)
        Against units beyond the last ring, in the outcome's unit; NaN for an empty ring.
    all_donors, far_donors
        The effect on treated units against all untreated units, and against those beyond the last
        ring. If neighbours gain as well, the first is too small.
    n_far
        Untreated units beyond the last ring.
    """

    outer: Vector
    n_units: Whole
    effect: Vector
    low: Vector
    high: Vector
    all_donors: DidRegression
    far_donors: DidRegression
    n_far: int


def spillover_ring(
    panel: Panel,
    distance: ArrayLike,
    *,
    rings: ArrayLike,
    clusters: ArrayLike | None = None,
    confidence: float = 0.95,
) -> SpilloverRings:
    """Return effects by distance to the nearest treated unit.

    Parameters
    ----------
    panel
        Units; near units count as near from the first treatment in the panel on.
    distance, shape (n_units,)
        To the nearest unit that is treated at some time, 0 or more; not looked at for treated ones.
    rings, shape (n_rings,)
        Outer edges, rising; a unit on an edge belongs to the ring inside it.
    clusters, shape (n_units,)
        Which units' errors go together; each unit by itself by default.
    confidence
        Of the intervals (Student's t, CR1 errors), 0-1.

    Raises
    ------
    UsageError
        If edges do not rise from above 0, nothing is treated, or no untreated unit lies beyond.
    """
    away = vector("distance", distance, size=panel.n_units)
    outer = vector("rings", rings)
    if not outer.size or outer[0] <= 0 or (np.diff(outer) <= 0).any():
        raise wrong("rings_rise", N_("rings are outer edges that rise from above 0"))
    treated = panel.ever_treated
    ring = np.where(treated, outer.size + 1, np.searchsorted(outer, away))
    n_far = int((ring == outer.size).sum())
    if not treated.any() or not n_far:
        raise wrong(
            "nobody_far",
            N_("{n} units are treated and {far} untreated ones lie beyond the last ring"),
            n=int(treated.sum()),
            far=n_far,
        )
    n_units = np.bincount(ring, minlength=outer.size + 2)[: outer.size]
    low, effect, high = _by_ring(panel, ring, n_units, clusters=clusters, confidence=confidence)
    far = treated | (ring == outer.size)
    return SpilloverRings(
        outer=outer,
        n_units=n_units,
        effect=effect,
        low=low,
        high=high,
        all_donors=did_regression(panel, clusters=clusters, confidence=confidence),
        far_donors=did_regression(
            _kept(panel, far),
            clusters=None if clusters is None else np.asarray(clusters)[far],
            confidence=confidence,
        ),
        n_far=n_far,
    )


def _by_ring(
    panel: Panel,
    ring: Whole,
    n_units: Whole,
    *,
    clusters: ArrayLike | None,
    confidence: float,
) -> tuple[Vector, Vector, Vector]:
    """Return low, effect and high of each ring."""
    sums = sums_of(panel, clusters=clusters)
    times = np.arange(panel.n_times)
    kinds, pattern = np.unique(np.stack([panel.first_treated, ring]), axis=1, return_inverse=True)
    near = np.flatnonzero(n_units > 0)
    after = times >= panel.cohorts[0]
    columns = [times >= kinds[0][:, None]]
    columns += [(kinds[1] == one)[:, None] & after for one in near]
    design = Design(
        pattern=pattern.ravel().astype(np.int64),
        regressors=np.stack(columns, axis=2).astype(np.float64),
    )
    found, covariance, freedom = coefficients(sums, design, errors="CR1")
    reach = special.stdtrit(freedom, 1 - tail(confidence)) * np.sqrt(np.diag(covariance))
    results = np.full((3, n_units.size), np.nan)
    results[:, near] = np.stack([found - reach, found, found + reach])[:, 1:]
    return results[0], results[1], results[2]


def _kept(panel: Panel, units: Flags) -> Panel:
    return Panel(
        outcomes=panel.outcomes[units],
        first_treated=panel.first_treated[units],
        units=tuple(name for name, kept in zip(panel.units, units, strict=True) if kept),
        times=panel.times,
    )
