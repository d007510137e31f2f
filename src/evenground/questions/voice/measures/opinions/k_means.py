"""k-means of points with weights, from given starting centres.

Source: Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28,
129-137. Starts: the first k different points, as polismath, ``clusters/init-clusters``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong

MOVED = 0.01
"""Distance below which centres count as at rest, as in polismath."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """Clusters and their centres.

    Attributes
    ----------
    labels, shape (n,)
        Cluster of each point, 0 to k - 1; none is empty.
    centres, shape (k, n_axes)
        Weighted means of their points.
    within
        Weighted sum of squared distances to the centres.
    """

    labels: Whole
    centres: Vector
    within: float

    @property
    def n_clusters(self) -> int:
        """How many there are."""
        return len(self.centres)

    def nearest(self, points: Vector) -> Whole:
        """Return the cluster with the nearest centre for each point, the first of equals."""
        return nearest_centres(points, self.centres)


def nearest_centres(points: Vector, centres: Vector) -> Whole:
    """Return the centre nearest to each point, shape (n_points,), the first of equals."""
    # The squared length of the point is the same for all centres, and left out.
    return ((centres**2).sum(axis=1) - points @ (2 * centres.T)).argmin(axis=1)


def k_means(points: Vector, starts: Vector, *, weights: Vector, n_steps: int = 100) -> Clustering:
    """Return the clustering that Lloyd's steps lead to.

    Parameters
    ----------
    points, shape (n, n_axes)
        Positions.
    starts, shape (k, n_axes)
        Centres to begin with; those that attract no point are dropped.
    weights, shape (n,)
        Above 0.
    n_steps
        Most steps taken; fewer where no centre moves by ``MOVED``.

    Raises
    ------
    UsageError
        If there is no point or no centre, or shapes do not fit.
    """
    if not len(points) or not len(starts) or points.shape[1:] != starts.shape[1:]:
        raise wrong(
            "array_shape",
            N_("points have shape {points} and starts {starts}"),
            points=points.shape,
            starts=starts.shape,
        )
    centres, labels = starts, nearest_centres(points, starts)
    for step in range(n_steps + 1):
        before, labels = labels, nearest_centres(points, centres)
        if step and np.array_equal(labels, before):
            break
        labels, moved = _means(points, labels, weights)
        at_rest = len(moved) == len(centres) and _largest_move(centres, moved) < MOVED
        centres = moved
        if at_rest:
            break
    labels, centres = _means(points, labels, weights)
    apart = ((points - centres[labels]) ** 2).sum(axis=1)
    return Clustering(labels=labels, centres=centres, within=float(weights @ apart))


def first_different(points: Vector, k: int) -> Vector:
    """Return the first ``k`` points that differ from one another, fewer if there are fewer."""
    looked_at = k
    while True:
        _, at = np.unique(points[:looked_at], axis=0, return_index=True)
        if len(at) >= k or looked_at >= len(points):
            return points[np.sort(at)[:k]]
        looked_at *= 2


def _largest_move(one: Vector, two: Vector) -> float:
    return float(np.sqrt(((one - two) ** 2).sum(axis=1).max()))


def _means(points: Vector, labels: Whole, weights: Vector) -> tuple[Whole, Vector]:
    """Return labels without gaps, and weighted means."""
    heavy = np.bincount(labels, weights)
    if not heavy.all():
        number = np.cumsum(heavy > 0) - 1
        labels = number[labels]
        heavy = heavy[heavy > 0]
    sums = [np.bincount(labels, weights * axis) for axis in points.T]
    return labels, np.stack(sums, axis=1) / heavy[:, None]
