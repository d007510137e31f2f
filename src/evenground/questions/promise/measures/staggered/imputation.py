"""Effects by imputing what would have been: the check on Callaway and Sant'Anna.

Source: Borusyak, Jaravel and Spiess (2024), Revisiting event-study designs: robust and efficient
estimation, Review of Economic Studies 91, 3253-3285: theorem 2 (imputation) and theorem 3 with
equation 8 (conservative errors by cluster, effects averaged by cohort and time).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.promise.measures.large_panels.panel_sums import PanelSums, sums_of
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.staggered.two_way import time_effects


@dataclass(frozen=True, slots=True, kw_only=True)
class ImputedEffects:
    """Effects by time since treatment, and over all treated rows.

    Attributes
    ----------
    at, shape (n_effects,)
        Times since treatment began, 0 and later.
    effect, shape (n_effects,)
        In the outcome's unit, by rows.
    influence, shape (n_clusters, n_effects)
        What each cluster adds to the error; ``influence.T @ influence`` is the covariance.
    overall, overall_influence, shape (n_clusters,)
        The mean over all treated rows, and what each cluster adds to its error.
    n_imputed, n_left_out
        Treated rows with an effect, and those without: their unit is never seen untreated, or no
        unit is untreated at their time.
    n_lone
        Cohorts with one cluster only: they add nothing to the error, which is then too small.
    """

    at: Whole
    effect: Vector
    influence: Vector
    overall: float
    overall_influence: Vector
    n_imputed: float
    n_left_out: float
    n_lone: int

    @property
    def standard_error(self) -> Vector:
        """Standard errors, shape (n_effects,), in the outcome's unit."""
        return np.sqrt((self.influence**2).sum(axis=0))

    @property
    def overall_standard_error(self) -> float:
        """Standard error of ``overall``, in the outcome's unit."""
        return float(np.sqrt((self.overall_influence**2).sum()))

    @property
    def covariance(self) -> Vector:
        """Covariance of the effects, shape (n_effects, n_effects)."""
        return self.influence.T @ self.influence


def imputed_effects(
    panel: Panel | PanelSums, *, clusters: ArrayLike | None = None
) -> ImputedEffects:
    """Return effects against unit and time effects that are fitted to untreated rows alone.

    Parameters
    ----------
    panel
        Units or sums. Missing outcomes are admitted (``sums_of(panel, observed=...)``).
    clusters, shape (n_units,)
        Which units' errors go together; each unit by itself by default.

    Raises
    ------
    UsageError
        If nothing is treated, or no treated row can be imputed.
    """
    sums = sums_of(panel, clusters=clusters)
    after = np.arange(sums.n_times) >= sums.first_treated[:, None]
    untreated = np.where(after, 0.0, sums.n)
    seen = untreated.sum(axis=0) > 0
    imputable = after & (untreated.sum(axis=1) > 0)[:, None] & seen
    n = np.where(imputable, sums.n, 0.0)
    if not n.sum() > 0:
        raise wrong(
            "nothing_imputed", N_("no treated row has an untreated time and unit beside it")
        )
    level = sums.total.sum(axis=1) / sums.n.sum(axis=1)
    centred = sums.total - sums.n * level[:, None]
    expected = _projected(untreated, np.where(after, 0.0, centred)[:, :, None])[:, :, 0]
    residual = np.where(after, 0.0, centred - sums.n * expected)
    gain = np.where(imputable, centred - sums.n * expected, 0.0)
    since = np.arange(sums.n_times) - sums.first_treated[:, None]
    at = np.unique(since[imputable])
    left = gain - n * _cohort_means(sums, gain, n)
    cells = [*(imputable & (since == e) for e in at), imputable]
    effect = np.array([gain[cell].sum() / n[cell].sum() for cell in cells])
    added = np.empty((sums.n_blocks, len(cells)))
    for k, cell in enumerate(cells):
        share = cell / n[cell].sum()
        onto = _projected(untreated, (n * share)[:, :, None])[:, :, 0]  # what fitting takes away
        added[:, k] = np.einsum("bt,bt->b", share, left) - np.einsum("bt,bt->b", onto, residual)
    influence = sums.by_cluster(added)
    return ImputedEffects(
        at=at,
        effect=effect[:-1],
        influence=influence[:, :-1],
        overall=float(effect[-1]),
        overall_influence=influence[:, -1],
        n_imputed=float(n.sum()),
        n_left_out=float(sums.n[after].sum() - n.sum()),
        n_lone=_lone(sums, imputable),
    )


def _projected(weights: Vector, sums: Vector) -> Vector:
    """Return two-way effects, (n_blocks, n_times, k), of sums over rows that count ``weights``."""
    by_block = sums.sum(axis=1)
    times = time_effects(weights, by_block, sums.sum(axis=0))
    size = weights.sum(axis=1)[:, None]
    level = np.divide(by_block - weights @ times, size, out=np.zeros_like(by_block), where=size > 0)
    return level[:, None, :] + times


def _cohort_means(sums: PanelSums, gain: Vector, n: Vector) -> Vector:
    """Return the mean effect of each block's cohort by time, weighted as in equation 8."""
    starts, cohort = np.unique(sums.first_treated, return_inverse=True)
    means = np.zeros((starts.size, sums.n_times))
    for one in range(starts.size):
        mine = cohort == one
        cluster = np.unique(sums.cluster[mine], return_inverse=True)[1]
        size = int(cluster.max()) + 1
        for t in np.flatnonzero(n[mine].any(axis=0)):
            rows = np.bincount(cluster, n[mine, t], size)
            means[one, t] = rows @ np.bincount(cluster, gain[mine, t], size) / (rows @ rows)
    return means[cohort]


def _lone(sums: PanelSums, imputable: Flags) -> int:
    used = imputable.any(axis=1)
    pairs = np.unique(np.stack([sums.first_treated[used], sums.cluster[used]]), axis=1)
    return int((np.unique(pairs[0], return_counts=True)[1] == 1).sum())
