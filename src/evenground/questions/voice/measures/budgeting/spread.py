"""How unevenly the funded projects are spread over voters.

Source: the Gini index of ``methods.inequality``, of voters' satisfaction as in Pabutools; the
money spent on a voter is the share of Maly, Rey, Endriss and Lackner (2023), Fairness in
participatory budgeting via equality of resources, AAMAS 22, definition 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenground.methods.inequality import gini
from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.satisfaction import (
    checked_funded,
    funded_satisfaction,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """What voters got.

    Attributes
    ----------
    n_funded, shape (g,)
        Funded projects on each distinct ballot.
    mean
        Funded projects per voter, 0 or more; ``None`` without voters.
    gini
        Of the number of funded projects over voters, 0 (all alike) to 1; ``None`` where nobody got
        any.
    """

    n_funded: Whole
    mean: float | None
    gini: float | None


def funded_approvals(election: Election, funded: Sequence[int]) -> Spread:
    """Return how many of the projects that each voter named were funded.

    Parameters
    ----------
    election
        Ballots of any kind: a project is named if it is on the ballot.
    funded
        Places of the funded projects, 0 to m - 1.

    Raises
    ------
    UsageError
        If a place is not one of the election's, or comes twice.
    """
    got = funded_satisfaction(election, funded, satisfaction="cardinality")
    some = bool(got.any())
    total = int((got * election.weights).sum())
    return Spread(
        n_funded=got,
        mean=total / election.n_voters if election.n_voters else None,
        gini=gini(got, election.weights) if some else None,
    )


def money_by_ballot(election: Election, funded: Sequence[int]) -> Vector:
    """Return the money spent on one voter of each distinct ballot, shape (g,), in units of money.

    The cost of each funded project counts in even parts for all who named it. What nobody named is
    spent on no voter, so that the sum over voters is the cost of the funded projects that somebody
    named.

    Parameters
    ----------
    election
        Ballots of any kind.
    funded
        Places of the funded projects, 0 to m - 1.

    Raises
    ------
    UsageError
        If a place is not one of the election's, or comes twice.
    """
    places = list(checked_funded(election, funded))
    votes = election.votes
    part = np.zeros(election.n_projects)
    part[places] = election.costs[places] / np.maximum(votes[places], 1)
    weights = part[election.indices]
    return np.bincount(election.rows, weights, election.n_ballots).astype(np.float64)
