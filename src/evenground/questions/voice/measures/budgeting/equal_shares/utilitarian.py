"""Utilitarian completion: with the money that is left, the projects with most votes that fit.

Source: equalshares.net, "Completion of the outcome": by the number of votes, skipping what costs
more than is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.outcome import Step, cost_of


def utilitarian_completion(
    election: Election, funded: Sequence[int], *, ties: Sequence[int]
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
    """
    votes = election.scores.tolist()
    left = election.budget - cost_of(election, funded)
    taken, added = set(funded), list[Step]()
    rank = {place: rank for rank, place in enumerate(ties)}
    for place in sorted(ties, key=lambda place: (-votes[place], rank[place])):
        cost = int(election.costs[place])
        if place in taken or cost > left:
            continue
        left -= cost
        added.append(Step(project=place, value=Fraction(votes[place]), phase="utilitarian"))
    return tuple(added)
