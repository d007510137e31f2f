"""Utilitarian completion: with the money that is left, the projects with most votes that fit.

Source: equalshares.net, "Completion of the outcome": by the number of votes, skipping what costs
more than is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares.groups import (
    close_full,
    groups_of,
    open_at_first,
)
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.outcome import Step, cost_of


def utilitarian_completion(
    election: Election, funded: Sequence[int], *, ties: Sequence[int], limits: Limits | None = None
) -> tuple[Step, ...]:
    """Return the projects that are added, those with most votes first.

    Parameters
    ----------
    election
        Votes are voters who named a project, or its points where ballots give points.
    funded
        Places of what is funded already.
    ties
        All places, the one that wins ties first.
    limits
        Who takes no part, caps and exclusions.

    Raises
    ------
    UsageError
        If the limits do not go with the election.
    """
    votes = election.scores.tolist()
    left = election.budget - cost_of(election, funded)
    kept = Limits() if limits is None else limits
    groups = groups_of(election, kept)
    still, used = open_at_first(election, kept, groups), np.zeros(groups.most.size, dtype=np.int64)
    for place in funded:
        close_full(groups, used, place, still)
    added: list[Step] = []
    rank = {place: rank for rank, place in enumerate(ties)}
    for place in sorted(ties, key=lambda place: (-votes[place], rank[place])):
        cost = int(election.costs[place])
        if not still[place] or cost > left:
            continue
        close_full(groups, used, place, still)
        left -= cost
        added.append(Step(project=place, value=Fraction(votes[place]), phase="utilitarian"))
    return tuple(added)
