"""How far clusters stand apart: the mean silhouette.

Source: Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation and validation of
cluster analysis, Journal of Computational and Applied Mathematics 20, 53-65.
"""

from __future__ import annotations

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong


def distances(points: Vector) -> Vector:
    """Return distances between points, shape (n, n)."""
    apart = np.zeros((len(points), len(points)))
    for axis in points.T:
        apart += (axis[:, None] - axis) ** 2
    return np.sqrt(apart)


def mean_silhouette(apart: Vector, labels: Whole) -> float:
    """Return the mean silhouette of points, each counting once.

    Parameters
    ----------
    apart, shape (n, n)
        Distances.
    labels, shape (n,)
        Cluster of each point, 0 to k - 1.

    Returns
    -------
    float
        -1 to 1; a point that is alone in its cluster counts as 0.

    Raises
    ------
    UsageError
        If there is only one cluster, or one of them is empty.
    """
    n_in = np.bincount(labels)
    if len(n_in) < 2 or not n_in.all():  # noqa: PLR2004 - nothing is apart from itself
        raise wrong(
            "one_cluster", N_("{n} clusters with points, two are needed"), n=(n_in > 0).sum()
        )
    member = (labels[:, None] == np.arange(len(n_in))).astype(np.float64)
    sums = apart @ member
    own = np.arange(len(labels)), labels
    alone = n_in[labels] == 1
    inside = sums[own] / np.maximum(n_in[labels] - 1, 1)
    means = sums / n_in
    means[own] = np.inf
    outside = means.min(axis=1)
    widest = np.maximum(inside, outside)
    apart_by = np.divide(outside - inside, widest, out=np.zeros_like(widest), where=widest > 0)
    return float(np.where(alone, 0.0, apart_by).mean())
