"""A two-way fixed-effects regression by cluster: products of regressors, and with the outcome.

From these alone come jackknife and bias-reduced errors and the wild bootstrap, without going back
to rows. Source: MacKinnon, Nielsen and Webb (2023), Fast and reliable jackknife and bootstrap
methods for cluster-robust inference, Journal of Applied Econometrics 38, 671-694.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, wrong
from evenground.questions.promise.measures.large_panels.panel_sums import PanelSums
from evenground.questions.promise.measures.staggered.two_way import Design, inverted

_MOST = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterGrams:
    """Sums by cluster with block effects taken out; the times' dummies stand after the regressors.

    Attributes
    ----------
    gram, shape (n_clusters, k, k)
        Products of regressors and time dummies (the first time has none).
    moment, shape (n_clusters, k)
        Products with the outcome.
    inverse, shape (k, k)
        Inverse of the sum of ``gram``.
    n_regressors, n_rows
        How many of the ``k`` come first that are not times; how many rows there are.
    """

    gram: Vector
    moment: Vector
    inverse: Vector
    n_regressors: int
    n_rows: float

    @property
    def n_clusters(self) -> int:
        """How many clusters there are."""
        return self.gram.shape[0]

    @property
    def coefficients(self) -> Vector:
        """Least squares, shape (k,)."""
        return self.inverse @ self.moment.sum(axis=0)

    @property
    def small_sample_factor(self) -> float:
        """``G / (G - 1) (N - 1) / (N - k)``; block effects are nested in clusters."""
        g, n, k = self.n_clusters, self.n_rows, self.gram.shape[1] + 1
        return g / (g - 1) * (n - 1) / (n - k)


def cluster_grams(sums: PanelSums, design: Design) -> ClusterGrams:
    """Return a regression's products by cluster.

    Raises
    ------
    UsageError
        If the coefficients are not identified, there is one cluster only, or clusters and times are
        so many that their products do not fit into memory (``event_study`` has errors for these).
    """
    n_patterns, n_times, n_regressors = design.regressors.shape
    k = n_regressors + n_times - 1
    if sums.n_clusters < 2:  # noqa: PLR2004 - one cluster has nothing to be compared with
        raise wrong("one_cluster", N_("errors by cluster need two clusters at least"))
    if sums.n_clusters * k**2 > _MOST:
        raise wrong(
            "clusters_many",
            N_("{n} clusters with {k} coefficients do not fit; take coarser ones, or CR1 errors"),
            n=sums.n_clusters,
            k=k,
        )
    dummies = np.broadcast_to(np.eye(n_times)[:, 1:], (n_patterns, n_times, n_times - 1))
    x = np.concatenate([design.regressors, dummies], axis=2)
    x, n = x[design.pattern], sums.n
    size = n.sum(axis=1)
    left = x - (np.einsum("bt,btk->bk", n, x) / size[:, None])[:, None, :]
    centred = sums.total - n * (sums.total.sum(axis=1) / size)[:, None]
    grams = left.transpose(0, 2, 1) @ (n[:, :, None] * left)
    gram = sums.by_cluster(grams.reshape(-1, k * k)).reshape(-1, k, k)
    moment = sums.by_cluster(np.einsum("btk,bt->bk", left, centred))
    whole = gram.sum(axis=0)
    return ClusterGrams(
        gram=gram,
        moment=moment,
        inverse=inverted(whole, np.einsum("btk,bt->k", x**2, n)),
        n_regressors=n_regressors,
        n_rows=float(sums.n.sum()),
    )
