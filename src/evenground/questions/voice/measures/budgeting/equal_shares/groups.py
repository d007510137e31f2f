"""Caps and exclusions as one: projects that use up a group, and how much of it there is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from evenground.methods.validation import Flags, Whole
from evenground.questions.voice.measures.budgeting.checked_ballots import starts
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.limits import Limits, checked_limits


class Groups(NamedTuple):
    """Groups of projects of which not more may be funded than there is room for.

    Attributes
    ----------
    first, shape (k + 1,); members, uses, shape (nnz,)
        Group ``i`` has the projects ``members[first[i]:first[i + 1]]``, and what each uses of it:
        its cost under a cap, 1 where one of several at most may be funded.
    starts, shape (m + 1,); places, shape (nnz,)
        Entries of each project: those at ``places[starts[j]:starts[j + 1]]``.
    group, shape (nnz,)
        The group of each entry.
    most, shape (k,)
        Room in each group.
    """

    first: Whole
    members: Whole
    uses: Whole
    starts: Whole
    places: Whole
    group: Whole
    most: Whole


def groups_of(election: Election, limits: Limits) -> Groups:
    """Return the caps and the sets of projects that exclude each other.

    Raises
    ------
    UsageError
        If the limits do not go with the election.
    """
    checked = checked_limits(election, limits)
    members = [cap.members for cap in checked.caps] + list(checked.exclusive)
    uses = [election.costs[list(cap.members)] for cap in checked.caps]
    uses += [np.ones(len(places), dtype=np.int64) for places in checked.exclusive]
    most = [cap.most for cap in checked.caps] + [1] * len(checked.exclusive)
    flat = np.array([place for places in members for place in places], dtype=np.int64)
    sizes = np.array([len(places) for places in members], dtype=np.int64)
    order = np.argsort(flat, kind="stable").astype(np.int64)
    counts = np.bincount(flat, minlength=election.n_projects)
    return Groups(
        first=starts(sizes),
        members=flat,
        uses=np.concatenate([*uses, np.zeros(0, dtype=np.int64)]).astype(np.int64),
        starts=starts(counts),
        places=order,
        group=np.repeat(np.arange(sizes.size, dtype=np.int64), sizes),
        most=np.array(most, dtype=np.int64),
    )


def open_at_first(election: Election, limits: Limits, groups: Groups) -> Flags:
    """Return which projects may be funded before any is, shape (m,)."""
    found = np.ones(election.n_projects, dtype=np.bool_)
    found[list(limits.left_out)] = False
    found[groups.members[groups.uses > groups.most[groups.group]]] = False
    return found
