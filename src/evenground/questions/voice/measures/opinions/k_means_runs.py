"""Several runs of k-means on the same points side by side, for the tightest of each k.

Source: steps as in ``k_means``, Lloyd (1982); starts by k-means++, Arthur and Vassilvitskii (2007),
SODA 2007, 1027-1035. All runs take their steps in the same array operations, since single ones are
short and hundreds are needed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.opinions.k_means import (
    Clustering,
    first_different,
)

N_STEPS = 20
"""Most steps taken; fewer where no point changes its cluster in any run."""


def tightest(
    points: Vector,
    sizes: Sequence[int],
    *,
    weights: Vector,
    n_more_starts: int,
    rng: np.random.Generator,
) -> list[Clustering]:
    """Return the tightest clustering found for each number of clusters.

    Parameters
    ----------
    points, shape (n, n_axes)
        Positions.
    sizes
        Numbers of clusters, at most as many as there are points; fewer come out where points are
        equal.
    weights, shape (n,)
        Above 0.
    n_more_starts, rng
        Starts by k-means++ beside the first different points; their source of chance.
    """
    each = 1 + n_more_starts
    wanted = np.repeat(np.asarray(sizes), each)
    most = int(wanted.max())
    firsts = first_different(points, most)
    there = np.arange(most) < wanted[:, None]
    starts = _spread(points, most, weights, (len(wanted), rng))
    first = np.arange(len(wanted)) % each == 0
    starts[first, : len(firsts)] = firsts
    there[first] &= np.arange(most) < len(firsts)
    labels, centres, within = _settled(points, starts, there, weights)
    best = [at + int(np.argmin(within[at : at + each])) for at in range(0, len(wanted), each)]
    return [_clustering(labels[at], centres[at], float(within[at])) for at in best]


def _spread(
    points: Vector, most: int, weights: Vector, drawing: tuple[int, np.random.Generator]
) -> Vector:
    """Return starts by k-means++ for each run, shape (n_runs, most, n_axes)."""
    n_runs, rng = drawing
    chances = rng.random((most, n_runs))
    at = _drawn(np.tile(weights, (n_runs, 1)), chances[0])
    starts = np.empty((n_runs, most, points.shape[1]))
    apart = np.full((n_runs, len(points)), np.inf)
    for k in range(most):
        starts[:, k] = points[at]
        steps = [
            (column - start[:, None]) ** 2
            for column, start in zip(points.T, starts[:, k].T, strict=True)
        ]
        apart = np.minimum(apart, np.sum(steps, axis=0))
        if k + 1 < most:
            at = _drawn(weights * apart, chances[k + 1])
    return starts


def _drawn(heavy: Vector, chance: Vector) -> Whole:
    """Return one place of each row, by its weight; the last one where all weights are 0."""
    total = np.cumsum(heavy, axis=1)
    below = total <= (chance * total[:, -1])[:, None]
    return np.minimum(below.sum(axis=1), heavy.shape[1] - 1)


def _settled(
    points: Vector, starts: Vector, there: Flags, weights: Vector
) -> tuple[Whole, Vector, Vector]:
    """Return labels, centres and the weighted squared distances of each run."""
    n_runs, most, n_axes = starts.shape
    base = most * np.arange(n_runs)[:, None]
    heavy = np.tile(weights, n_runs)
    pulls = [np.tile(weights * axis, n_runs) for axis in points.T]
    own = (points**2).sum(axis=1)
    centres, labels = starts, np.full((n_runs, len(points)), -1)
    apart = np.zeros(1)
    for step in range(N_STEPS + 1):
        before = labels
        apart = (centres**2).sum(axis=2)[:, None] - points @ (2 * centres.transpose(0, 2, 1))
        apart += np.where(there, 0.0, np.inf)[:, None]
        labels = apart.argmin(axis=2)
        if step == N_STEPS or np.array_equal(labels, before):
            break
        flat = (labels + base).ravel()
        n_in = np.bincount(flat, heavy, minlength=n_runs * most).reshape(n_runs, most)
        sums = [np.bincount(flat, pull, minlength=n_runs * most) for pull in pulls]
        there = n_in > 0
        moved = np.stack(sums, axis=1).reshape(n_runs, most, n_axes)
        centres = moved / np.where(there, n_in, 1.0)[:, :, None]
    within = (weights * (apart.min(axis=2) + own)).sum(axis=1)
    return labels, centres, within


def _clustering(labels: Whole, centres: Vector, within: float) -> Clustering:
    """Return one run without the clusters that came out empty."""
    kept, label = np.unique(labels, return_inverse=True)
    return Clustering(labels=label, centres=centres[kept], within=max(within, 0.0))
