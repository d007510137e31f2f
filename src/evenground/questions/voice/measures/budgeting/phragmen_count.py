"""The fast count of Phragmén's sequential rule, in floating point over distinct ballots."""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.budgeting.election import Election, Supporters
from evenground.questions.voice.measures.budgeting.limits import Limits, room_of

NEAR = 1e-9
"""Loads closer than this, relative to each other, are taken for equal; the exact replay decides."""


def phragmen_path(
    election: Election, *, stops: bool, limits: Limits, order: tuple[int, ...]
) -> tuple[int, ...]:
    """Return the places of the funded projects in the order of selection.

    Parameters
    ----------
    election
        Ballots, costs and budget; who names a project supports it.
    stops
        Whether the count ends at the first project that does not fit; else it is passed over.
    limits
        Who takes part, caps and conflicts.
    order
        All places, the one that wins ties first.
    """
    by_project = supporters_of(election)
    voters = election.votes.astype(np.float64)
    room = room_of(election, limits)
    room.open &= (voters > 0) & (election.costs <= room.left) & (election.costs <= room.tightest)
    loads = np.zeros(election.n_ballots)
    weights = election.weights.astype(np.float64)
    owed = election.costs.astype(np.float64)
    at = np.empty(election.n_projects, dtype=np.int64)
    at[list(order)] = np.arange(election.n_projects)
    funded: list[int] = []
    while True:
        may = room.open & (room.costs <= room.tightest)
        if not stops:
            may &= room.costs <= room.left
        places = np.flatnonzero(may)
        if places.size == 0:
            return tuple(funded)
        after = owed[places] / voters[places]
        tied = places[after <= after.min() * (1 + NEAR)]
        if stops and (room.costs[tied] > room.left).any():
            return tuple(funded)
        chosen = int(tied[np.argmin(at[tied])])
        load = owed[chosen] / voters[chosen]
        _raise_loads(election, _ballots(by_project, chosen), load, (loads, weights, owed))
        room.take(chosen)
        funded.append(chosen)


def supporters_of(election: Election) -> Supporters:
    """Return the ballots by project, sorted by short numbers where there are few projects."""
    short = np.int16 if election.n_projects <= np.iinfo(np.int16).max else np.int64
    order = np.argsort(election.indices.astype(short), kind="stable")
    counts = np.bincount(election.indices, minlength=election.n_projects)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Supporters(indptr=starts, ballots=election.rows[order], points=election.points[order])


def _ballots(by_project: Supporters, place: int) -> Whole:
    return by_project.ballots[by_project.indptr[place] : by_project.indptr[place + 1]]


def _raise_loads(
    election: Election, ballots: Whole, load: float, state: tuple[Vector, Vector, Vector]
) -> None:
    """Set the load of some ballots, and add to each project what its supporters now carry more."""
    loads, weights, owed = state
    more = weights[ballots] * (load - loads[ballots])
    loads[ballots] = load
    starts, lengths = election.indptr[ballots], election.indptr[ballots + 1]
    lengths = lengths - starts
    first = np.cumsum(lengths) - lengths
    entries = np.arange(int(lengths.sum())) + np.repeat(starts - first, lengths)
    owed += np.bincount(
        election.indices[entries], weights=np.repeat(more, lengths), minlength=owed.size
    )
