"""Groups as Polis forms them: up to a hundred base clusters, then the k that stands apart most.

Sources: Small and others (2021), Recerca 26(2); polismath, ``conversation`` (who is in,
``max-k-fn``, ``group-clusterings``) and ``clusters/kmeans``. What depends on the
order in which votes arrived (groups kept from an earlier moment, k held back until it came up
repeatedly) cannot be had from an export, and is left out: these are the groups of a conversation
computed once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.opinions.k_means import (
    Clustering,
    first_different,
    k_means,
)
from evenground.questions.voice.measures.opinions.k_means_runs import tightest
from evenground.questions.voice.measures.opinions.silhouette import distances, mean_silhouette

LEAST_VOTES = 7
LEAST_PEOPLE = 15
N_BASE = 100
MOST_GROUPS = 5
_PER_GROUP = 12
_GROUP_STEPS = 20
_BASE_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Groups of positions.

    Attributes
    ----------
    centres, shape (k, n_axes)
        Largest group first.
    labels, shape (n,)
        Group of each position, 0 to k - 1.
    silhouette
        Mean over base clusters, -1 to 1.
    silhouettes
        The same for each k that was tried, from 2 on.
    n_base
        Base clusters.
    """

    centres: Vector
    labels: Whole
    silhouette: float
    silhouettes: tuple[float, ...]
    n_base: int

    @property
    def n_groups(self) -> int:
        """How many there are."""
        return len(self.centres)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Positions in each group."""
        return tuple(np.bincount(self.labels, minlength=len(self.centres)).tolist())

    def nearest(self, positions: Vector) -> Whole:
        """Return the group with the nearest centre, shape (n,)."""
        return Clustering(labels=self.labels, centres=self.centres, within=0.0).nearest(positions)


def in_conversation(n_votes: Whole, n_statements: int) -> Flags:
    """Return who voted on enough to be grouped, shape (n_participants,).

    Those with 7 votes, or with a vote on every statement where there are fewer; where that leaves
    fewer than 15 people, those who voted most are added up to 15, the first of equals.
    """
    inside = n_votes >= min(LEAST_VOTES, n_statements)
    lacking = LEAST_PEOPLE - int(inside.sum())
    if lacking > 0:
        order = np.argsort(-n_votes, kind="stable")
        inside[order[~inside[order]][:lacking]] = True
    return inside


def polis_groups(
    positions: Vector,
    *,
    weights: Vector | None = None,
    n_more_starts: int = 0,
    rng: np.random.Generator | None = None,
) -> Groups | None:
    """Return the groups of positions.

    Parameters
    ----------
    positions, shape (n, n_axes)
        Of those in the conversation, in the order of their ids: the first ones start the clusters.
    weights, shape (n,)
        How often each counts; rows with 0 take no part but get the group nearest to them.
    n_more_starts, rng
        Starts of the groups by k-means++ beside Polis' own, the tightest result being kept, and
        their source of chance. With 0 the groups are Polis'.

    Returns
    -------
    Groups or None
        ``None`` where there are not even two different positions.
    """
    heavy = np.ones(len(positions)) if weights is None else weights
    there = heavy > 0
    points = positions[there]
    starts = first_different(points, N_BASE)
    if len(starts) < 2:  # noqa: PLR2004 - two groups at least
        return None
    # Base clusters are only a coarser grain; where groups are sought anew they need not settle.
    n_steps = _BASE_STEPS if n_more_starts else 100
    base = k_means(points, starts, weights=heavy[there], n_steps=n_steps)
    sizes = np.bincount(base.labels, heavy[there]).astype(np.float64)
    found = best_grouping(base.centres, sizes, n_more_starts=n_more_starts, rng=rng)
    if found is None:
        return None
    best, silhouettes = found
    labels = best.nearest(positions)
    labels[there] = best.labels[base.labels]
    order = np.argsort(-np.bincount(labels, heavy, minlength=best.n_clusters), kind="stable")
    return Groups(
        centres=best.centres[order],
        labels=np.argsort(order)[labels],
        silhouette=max(silhouettes),
        silhouettes=silhouettes,
        n_base=base.n_clusters,
    )


def best_grouping(
    points: Vector, sizes: Vector, *, n_more_starts: int, rng: np.random.Generator | None
) -> tuple[Clustering, tuple[float, ...]] | None:
    """Return the clustering of weighted points with the largest silhouette, and all silhouettes."""
    most = min(MOST_GROUPS, 2 + len(points) // _PER_GROUP, len(points))
    apart = distances(points)
    if rng is None or not n_more_starts:
        tried = [
            k_means(points, first_different(points, k), weights=sizes, n_steps=_GROUP_STEPS)
            for k in range(2, most + 1)
        ]
    else:
        asked = range(2, most + 1)
        tried = tightest(points, asked, weights=sizes, n_more_starts=n_more_starts, rng=rng)
    tried = [one for one in tried if one.n_clusters > 1]
    if not tried:
        return None
    silhouettes = tuple(mean_silhouette(apart, one.labels) for one in tried)
    return tried[int(np.argmax(silhouettes))], silhouettes
