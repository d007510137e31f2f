"""Counts and sums by cluster, cohort and time: all that the estimators need.

Difference-in-differences, event studies, Callaway and Sant'Anna's effects and their cluster-robust
errors are functions of these sums alone, because whether a row is treated depends on its cohort and
time only and errors are added up by cluster before they are squared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, vector, wrong
from evenground.questions.promise.measures.panel import Panel

_DENSE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelSums:
    """Sums over rows of one block: one cluster's units that begin treatment together.

    Attributes
    ----------
    n, shape (n_blocks, n_times)
        Rows, 0 or more.
    total, shape (n_blocks, n_times)
        Sum of the outcome, in its unit; 0 where ``n`` is 0.
    size, shape (n_blocks,)
        Units in the block; rows per time on average where units are not told apart.
    first_treated, shape (n_blocks,)
        Column in which the block's units are first treated; ``n_times`` for never.
    cluster, shape (n_blocks,)
        0 to ``n_clusters - 1``.
    """

    n: Vector
    total: Vector
    size: Vector
    first_treated: Whole
    cluster: Whole

    @property
    def n_blocks(self) -> int:
        """How many blocks there are."""
        return self.n.shape[0]

    @property
    def n_times(self) -> int:
        """How many times there are."""
        return self.n.shape[1]

    @property
    def n_clusters(self) -> int:
        """How many clusters there are."""
        return int(self.cluster.max()) + 1

    @property
    def cohorts(self) -> Whole:
        """Columns in which treatment begins, in order; those never treated are left out."""
        return np.unique(self.first_treated[self.first_treated < self.n_times])

    @property
    def balanced(self) -> bool:
        """Whether every block has as many rows at each time."""
        return bool((self.n == self.n[:, :1]).all())

    def by_cluster(self, values: Vector) -> Vector:
        """Return sums of rows of ``values``, (n_blocks, k), by cluster, (n_clusters, k)."""
        n_clusters = self.n_clusters
        if n_clusters == self.n_blocks and (self.cluster == np.arange(n_clusters)).all():
            return values
        columns = [np.bincount(self.cluster, column, n_clusters) for column in values.T]
        if not columns:
            return np.empty((n_clusters, 0))
        return np.asarray(np.stack(columns, axis=1), dtype=np.float64)


def sums_of(
    panel: Panel | PanelSums,
    *,
    clusters: ArrayLike | None = None,
    observed: ArrayLike | None = None,
) -> PanelSums:
    """Return a panel as sums in which every unit is a block of its own.

    Parameters
    ----------
    panel
        Sums come back as they are; then neither ``clusters`` nor ``observed`` may be given.
    clusters, shape (n_units,)
        Which units' errors may go together, coarser than units; by default each unit is a cluster.
    observed, shape (n_units, n_times)
        False where the outcome is missing; what stands there in ``panel`` is not looked at. By
        default all is observed.

    Raises
    ------
    UsageError
        If shapes do not fit, sums are given again what they hold, or a unit is never observed.
    """
    if isinstance(panel, PanelSums):
        if clusters is not None or observed is not None:
            raise wrong("sums_again", N_("sums have their clusters and their missing values"))
        return panel
    seen = np.ones(panel.outcomes.shape, dtype=bool)
    if observed is not None:
        seen = np.asarray(observed, dtype=bool)
        _refuse_shape("observed", seen.shape, panel.outcomes.shape)
        if not seen.any(axis=1).all():
            raise wrong(
                "never_observed",
                N_("{n} units are never observed"),
                n=int((~seen.any(axis=1)).sum()),
            )
    codes = np.arange(panel.n_units) if clusters is None else _codes(np.asarray(clusters))
    _refuse_shape("clusters", codes.shape, (panel.n_units,))
    return PanelSums(
        n=seen.astype(np.float64),
        total=np.where(seen, panel.outcomes, 0.0),
        size=np.ones(panel.n_units),
        first_treated=panel.first_treated,
        cluster=codes,
    )


def panel_sums(
    cluster: ArrayLike,
    first_treated: ArrayLike,
    *,
    time: ArrayLike,
    outcome: ArrayLike,
    n_times: int | None = None,
) -> PanelSums:
    """Return sums of rows, one row for one outcome, in any order.

    Parameters
    ----------
    cluster, shape (n_rows,)
        Names or numbers; a unit's name makes each unit a cluster.
    first_treated, shape (n_rows,)
        Time in which the row's unit is first treated, counted as ``time``; ``n_times`` or more for
        never.
    time, shape (n_rows,)
        0 to ``n_times - 1``.
    outcome, shape (n_rows,)
        Finite, in any unit.
    n_times
        One more than the largest ``time`` by default.

    Raises
    ------
    UsageError
        If lengths differ, an outcome is missing, or a time lies outside the panel.

    Notes
    -----
    Rows are summed in their order, so that another order may change the last digits. A block takes
    one fixed effect: where its units come and go, their own levels are not taken out.
    """
    values = vector("outcome", outcome, least=-np.inf)
    when, starts, names = np.asarray(time), np.asarray(first_treated), np.asarray(cluster)
    for name, given in (("time", when), ("first_treated", starts), ("cluster", names)):
        _refuse_shape(name, given.shape, values.shape)
    if not values.size or when.dtype.kind not in "iu" or starts.dtype.kind not in "iu":
        raise wrong("rows_unusable", N_("rows need whole numbers for time and first_treated"))
    n = int(when.max()) + 1 if n_times is None else n_times
    if when.min() < 0 or when.max() >= n or starts.min() < 0:
        raise wrong("time_outside", N_("times lie within 0 and {last}"), last=n - 1)
    codes = _codes(names)
    joint = codes * (n + 1) + np.minimum(starts, n)
    block = _codes(joint)
    n_blocks = int(block.max()) + 1
    place = when * n_blocks + block

    def summed(weights: Vector | None) -> Vector:
        counted = np.bincount(place, weights, n * n_blocks)
        return np.asarray(counted.reshape(n, n_blocks).T, dtype=np.float64)

    counts = summed(None)
    key = np.empty(n_blocks, dtype=np.int64)
    key[block] = joint
    return PanelSums(
        n=counts,
        total=summed(values),
        size=counts.mean(axis=1),
        first_treated=key % (n + 1),
        cluster=key // (n + 1),
    )


def _refuse_shape(name: str, found: tuple[int, ...], expected: tuple[int, ...]) -> None:
    if found != expected:
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected {expected}"),
            name=name,
            shape=found,
            expected=expected,
        )


def _codes(values: Whole) -> Whole:
    """Return numbers 0, 1 … in the order of the values' names; dense whole numbers take no sort."""
    if values.dtype.kind in "iu" and values.size:
        low = int(values.min())
        span = int(values.max()) - low + 1
        if span <= _DENSE * values.size + _DENSE:
            there = np.zeros(span, dtype=bool)
            there[values - low] = True
            return (np.cumsum(there) - 1)[values - low]
    return np.unique(values, return_inverse=True)[1].astype(np.int64)
