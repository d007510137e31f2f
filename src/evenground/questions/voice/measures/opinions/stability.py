"""Would other people, drawn from the same crowd, have given the same groups?

People are drawn anew with replacement, map and groups are found again from those drawn, and
everybody is given the group nearest to them on that map. How far this agrees with the groups found
at first is the stability.
Sources: Hennig (2007), Cluster-wise assessment of cluster stability, Computational Statistics and
Data Analysis 52, 258-271 (bootstrap; a cluster dissolves where half of it or more is lost, here
where the index falls below a half); adjusted Rand index, Hubert and Arabie (1985).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.bootstrap import resampled_counts
from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.opinions.adjusted_rand_index import adjusted_rand_index
from evenground.questions.voice.measures.opinions.candidate_maps import Map, fitted_again
from evenground.questions.voice.measures.opinions.held_out_error import N_MORE_STARTS
from evenground.questions.voice.measures.opinions.polis_groups import Groups, polis_groups
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix

N_RESAMPLES = 20
_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """Groups and positions found again from people drawn anew.

    Attributes
    ----------
    indices, shape (n_resamples,)
        Adjusted Rand index of each resample with the groups found at first.
    n_groups, shape (n_resamples,)
        Groups found in each.
    positions, shape (n_resamples, n_inside, n_axes)
        Of everybody inside, turned onto the first map.
    centres
        Of the groups, turned too, one array of shape (n_groups, n_axes) for each resample.
    """

    indices: Vector
    n_groups: Whole
    positions: Vector
    centres: tuple[Vector, ...]

    @property
    def mean(self) -> float:
        """Mean index; 1 where the groups never change."""
        return float(self.indices.mean())

    @property
    def dissolved(self) -> float:
        """Share of resamples in which the groups dissolve, 0-1: the index is below a half."""
        return float((self.indices < _HALF).mean())


def stability(
    votes: VoteMatrix,
    inside: Flags,
    found: tuple[Map, Vector, Groups],
    *,
    rng: np.random.Generator,
    n_resamples: int = N_RESAMPLES,
) -> Stability:
    """Return how far groups found from people drawn anew agree with those found at first.

    Parameters
    ----------
    votes, inside
        Of all; who is in the conversation, shape (n_participants,).
    found
        The map, positions of those inside, and their groups, as found at first.
    rng, n_resamples
        Source of chance; how often people are drawn.

    Raises
    ------
    UsageError
        If nothing is to be drawn.
    """
    before, at_first, groups = found
    drawn = resampled_counts(votes.n_participants, rng=rng, n_draws=n_resamples)
    light = votes.in_single()
    indices, n_groups = np.zeros(n_resamples), np.zeros(n_resamples, np.int64)
    positions, centres = np.empty((n_resamples, *at_first.shape)), list[Vector]()
    for at, weights in enumerate(drawn):
        places = fitted_again(light, before, weights).positions(light)[inside]
        turn = onto(places, at_first)
        positions[at] = places @ turn
        again = polis_groups(places, weights=weights[inside], n_more_starts=N_MORE_STARTS, rng=rng)
        if again is not None:
            indices[at] = adjusted_rand_index(groups.labels, again.nearest(places))
            n_groups[at] = again.n_groups
            centres.append(again.centres @ turn)
    return Stability(
        indices=indices, n_groups=n_groups, positions=positions, centres=tuple(centres)
    )


def onto(places: Vector, target: Vector) -> Vector:
    """Return the turn (or mirror image) that brings positions nearest to others of the same people.

    Source: Schönemann (1966), Psychometrika 31, 1-10 (orthogonal Procrustes problem).
    """
    left, _, right = np.linalg.svd(places.T @ target)
    return left @ right
