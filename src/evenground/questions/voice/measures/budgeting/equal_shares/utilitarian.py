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
    groups_of,
    open_at_first,
)
from evenground.questions.voice.measures.budgeting.equal_shares.loops import close_full
from evenground.questions.voice.measures.budgeting.equal_shares.support import (
    Satisfaction,
    support_of,
)
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.outcome import Step, cost_of

RANKED_BY: dict[Satisfaction, str] = {
    "cost": "votes",
    "cardinality": "votes",
    "points": "points",
    "borda": "projects ranked below",
}
"""What the completion ranks projects by, under each satisfaction; for the record of a count."""


def utilitarian_completion(
    election: Election,
    funded: Sequence[int],
    *,
    ties: Sequence[int],
    limits: Limits | None = None,
    satisfaction: Satisfaction = "cost",
) -> tuple[Step, ...]:
    """Return the projects that are added, those with most votes first.

    Parameters
    ----------
    election
        Ballots of any kind, read as ``satisfaction`` reads them.
    funded
        Places of what is funded already.
    ties
        All places, the one that wins ties first.
    limits
        Who takes no part, caps and exclusions.
    satisfaction
        Votes are voters who named a project, whatever points they gave; under ``"points"`` and
        ``"borda"`` what ``support_of`` counts for each of them, added up.

    Raises
    ------
    UsageError
        If the limits do not go with the election, or the satisfaction not with the ballots.
    """
    votes = _votes(election, satisfaction)
    left = election.budget - cost_of(election, funded)
    kept = Limits() if limits is None else limits
    groups = groups_of(election, kept)
    still, used = open_at_first(election, kept, groups), np.zeros(groups.most.size, dtype=np.int64)
    for place in funded:
        close_full(groups, used, place, still)
    added: list[Step] = []
    rank = {place: rank for rank, place in enumerate(ties)}
    ranked = sorted(ties, key=lambda place: (-votes[place], rank[place]))
    for at, place in enumerate(ranked):
        cost = int(election.costs[place])
        if not still[place] or cost > left:
            continue
        level = (other for other in ranked[at + 1 :] if votes[other] == votes[place])
        tied = tuple(other for other in level if still[other] and election.costs[other] <= left)
        close_full(groups, used, place, still)
        left -= cost
        value = Fraction(votes[place])
        added.append(Step(project=place, value=value, phase="utilitarian", tied=tied))
    return tuple(added)


def _votes(election: Election, satisfaction: Satisfaction) -> list[int]:
    support = support_of(election, satisfaction)
    projects = np.repeat(np.arange(election.n_projects), np.diff(support.indptr))
    votes = np.zeros(election.n_projects, dtype=np.int64)
    np.add.at(votes, projects, support.voters * support.points)
    return votes.tolist()
