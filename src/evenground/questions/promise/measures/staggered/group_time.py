"""Group-time average treatment effects.

Source: Callaway and Sant'Anna (2021), Difference-in-differences with multiple time periods, Journal
of Econometrics 225, 200-230: ATT(g, t) of their equations 2.8 (never treated) and 2.9 (not yet
treated) without covariates, with the influence functions of their theorem 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.promise.measures.large_panels.panel_sums import PanelSums, sums_of
from evenground.questions.promise.measures.panel import Panel

Controls = Literal["never treated", "not yet treated"]
Base = Literal["varying", "universal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a cohort's change is held against.

    Attributes
    ----------
    controls
        Units that are never treated, or those not treated by the later of the two times as well.
    base
        ``varying``: before treatment each time is held against the one before it. ``universal``:
        all times against the last one before treatment, as Honest DiD wants it.
    anticipation
        Times before treatment in which its effect may already show, 0 or more.
    """

    controls: Controls = "never treated"
    base: Base = "varying"
    anticipation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTimeEffects:
    """Effects by cohort and time.

    Attributes
    ----------
    cohort, time, shape (n_cells,)
        Column in which the cohort is first treated, and column of the effect.
    effect, shape (n_cells,)
        In the outcome's unit; NaN where no unit is left to compare with.
    influence, shape (n_clusters, n_cells)
        What each cluster adds to the error; ``influence.T @ influence`` is the covariance.
    is_base, shape (n_cells,)
        The base itself, 0 by definition (universal base only).
    cohorts, shape (n_cohorts,)
        First columns of treatment of the cohorts with effects.
    share, shape (n_cohorts,)
        Their units among all that are used, 0-1.
    share_influence, shape (n_clusters, n_cohorts)
        What each cluster adds to the error of the shares.
    n_clusters
        Clusters used; no correction is made for their number.
    n_left_out
        Units treated too early to have a base.
    """

    cohort: Whole
    time: Whole
    effect: Vector
    influence: Vector
    is_base: Flags
    cohorts: Whole
    share: Vector
    share_influence: Vector
    n_clusters: int
    n_left_out: float

    @property
    def standard_error(self) -> Vector:
        """Standard errors, shape (n_cells,), in the outcome's unit."""
        return np.sqrt((self.influence**2).sum(axis=0))

    @property
    def covariance(self) -> Vector:
        """Covariance of the effects, shape (n_cells, n_cells)."""
        return self.influence.T @ self.influence


def callaway_santanna(
    panel: Panel | PanelSums,
    *,
    comparison: Comparison | None = None,
    clusters: ArrayLike | None = None,
) -> GroupTimeEffects:
    """Return group-time average treatment effects without covariates.

    Parameters
    ----------
    panel
        Units or sums. Where outcomes are missing (``sums_of(panel, observed=...)``), each effect
        takes the units that are observed at both of its times.
    comparison
        Controls, base and anticipation; never-treated units and a varying base by default.
    clusters, shape (n_units,)
        Which units' errors go together; each unit by itself by default.

    Raises
    ------
    UsageError
        If no cohort has a base, or controls are to be never treated and there are none.

    Notes
    -----
    Errors rest on many clusters in each cohort: with a handful of treated units they are too small
    (see ``wild_cluster_bootstrap``). Units treated before a base are left out, and counted.
    """
    how = comparison or Comparison()
    sums = sums_of(panel, clusters=clusters)
    if how.controls == "never treated" and not (sums.first_treated == sums.n_times).any():
        raise wrong(
            "no_never_treated",
            N_(
                "every unit is treated at some time; compare with those not yet treated: "
                'Comparison(controls="not yet treated")'
            ),
        )
    used = sums.first_treated > how.anticipation
    cohorts = np.unique(sums.first_treated[used & (sums.first_treated < sums.n_times)])
    if not cohorts.size:
        raise wrong(
            "no_cohort",
            N_("no unit becomes treated within the panel after {n} times at least"),
            n=how.anticipation + 1,
        )
    cells = [
        (int(g), t, base)
        for g in cohorts
        for t in range(sums.n_times)
        if (base := _base(int(g), t, how)) is not None
    ]
    effect, influence = _cells(sums, cells, how)
    in_cohort = sums.first_treated[:, None] == cohorts
    size = np.where(used, sums.size, 0.0)
    share = (size[:, None] * in_cohort).sum(axis=0) / size.sum()
    moved = size[:, None] * (in_cohort - share) / size.sum()
    return GroupTimeEffects(
        cohort=np.array([g for g, _, _ in cells]),
        time=np.array([t for _, t, _ in cells]),
        effect=effect,
        influence=influence,
        is_base=np.array([t == base for _, t, base in cells]),
        cohorts=cohorts,
        share=share,
        share_influence=sums.by_cluster(moved),
        n_clusters=np.unique(sums.cluster[used]).size,
        n_left_out=float(sums.size[~used].sum()),
    )


def _base(g: int, t: int, how: Comparison) -> int | None:
    """Return the column against which a cohort's time is held."""
    last = g - how.anticipation - 1
    if t > last or how.base == "universal":
        return last
    return t - 1 if t > 0 else None


def _cells(
    sums: PanelSums, cells: list[tuple[int, int, int]], how: Comparison
) -> tuple[Vector, Vector]:
    """Return each cell's effect and the clusters' influence on it."""
    order = np.argsort(sums.first_treated, kind="stable")
    starts, cluster = sums.first_treated[order], sums.cluster[order]
    centred = sums.total - sums.n * (sums.total.sum() / sums.n.sum())  # against rounding
    n, total = (np.ascontiguousarray(values[order].T) for values in (sums.n, centred))
    alone = sums.n_clusters == sums.n_blocks  # then a cluster's sum is its block's value
    effect, influence = np.zeros(len(cells)), np.zeros((len(cells), sums.n_clusters))
    for k, (g, t, base) in enumerate(cells):
        until = sums.n_times
        if how.controls == "not yet treated":
            until = min(until, max(t, base) + how.anticipation + 1)
        first, last, rest = (int(i) for i in np.searchsorted(starts, [g, g + 1, until]))
        apart = [slice(rest, first), slice(max(rest, last), starts.size)]
        sides = {1.0: [slice(first, last)], -1.0: [s for s in apart if s.stop > s.start]}
        for sign, parts in sides.items():
            found, added = _change(n, total, parts, (t, base))
            effect[k] += sign * found
            for where, values in zip(parts, added, strict=True):
                if alone:
                    influence[k, cluster[where]] += sign * values
                else:
                    summed = np.bincount(cluster[where], values, influence.shape[1])
                    influence[k] += sign * summed
    return effect, influence.T


def _change(
    n: Vector, total: Vector, parts: list[slice], times: tuple[int, int]
) -> tuple[float, list[Vector]]:
    """Return the mean change of some blocks between two times, and what each adds to its error."""
    t, base = times
    both = [(n[t, part] > 0) & (n[base, part] > 0) for part in parts]
    whole = all(bool(use.all()) for use in both)
    means: list[float] = []
    added: list[list[Vector]] = []
    for time in times:
        counts, sums = [n[time, part] for part in parts], [total[time, part] for part in parts]
        if not whole:
            counts = [np.where(use, rows, 0.0) for use, rows in zip(both, counts, strict=True)]
            sums = [np.where(use, rows, 0.0) for use, rows in zip(both, sums, strict=True)]
        size = sum(float(count.sum()) for count in counts)
        if not size:
            return np.nan, [np.zeros(use.size) for use in both]
        mean = sum(float(values.sum()) for values in sums) / size
        means.append(mean)
        added.append([(x - c * mean) / size for x, c in zip(sums, counts, strict=True)])
    return means[0] - means[1], [now - then for now, then in zip(*added, strict=True)]
