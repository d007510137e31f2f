"""The knapsack rule: of all sets that the budget allows, one with the greatest total satisfaction.

Source: Talmon and Faliszewski (2019), A framework for approval-based budgeting methods, AAAI 33,
2181-2188 (the rules "max" with cardinality and cost satisfaction).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from evenground.questions.voice.measures.budgeting.checked_ballots import refuse_large
from evenground.questions.voice.measures.budgeting.count_record import limits_recorded
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.knapsack_solver import great_set
from evenground.questions.voice.measures.budgeting.limits import Limits, checked_limits
from evenground.questions.voice.measures.budgeting.optimal_sets import OptimalSets, optimal_sets
from evenground.questions.voice.measures.budgeting.outcome import (
    Certificate,
    Outcome,
    Recorded,
    Step,
    cost_of,
)
from evenground.questions.voice.measures.budgeting.satisfaction import Satisfaction, project_worth
from evenground.questions.voice.measures.budgeting.scores import ScoredBy, project_scores
from evenground.questions.voice.measures.budgeting.tie_order import checked_order


def knapsack(
    election: Election,
    *,
    satisfaction: Satisfaction = "cost",
    scored_by: ScoredBy | None = None,
    limits: Limits | None = None,
    ties: tuple[int, ...] | None = None,
) -> Outcome:
    """Return a set of projects with the greatest total satisfaction within budget and limits.

    Parameters
    ----------
    election
        Ballots, costs and budget.
    satisfaction
        A funded project is worth its cost to each of its votes or points, or 1.
    scored_by
        What counts as votes, see ``project_scores``; ``None`` as cities do.
    limits
        Who takes part, caps and conflicts.
    ties
        All places. Of several optimal sets that one is taken which, going down this order, holds
        each project that it can; the record says how many there are, and which projects stand in
        some of them only. Projects that nobody supports stand in none.

    Returns
    -------
    Outcome
        ``value`` of a step is what the project adds to the total; the steps are in the order of
        ties. The certificate is exact where optimality is proven in whole numbers.

    Raises
    ------
    UsageError
        If limits or order do not go with the election, or totals would run over 64 bits.
    """
    kept, order = checked_limits(election, limits or Limits()), checked_order(election, ties)
    scores = project_scores(election, scored_by)
    values = np.array(
        [
            int(score) * int(one)
            for score, one in zip(scores.values, project_worth(election, satisfaction), strict=True)
        ]
    )
    refuse_large("the values of the projects", sum(int(one) for one in values))
    worth = (values.astype(np.int64), election.costs)
    found = great_set(worth, election.budget, limits=kept)
    reached = int(worth[0][list(found)].sum())
    sets = optimal_sets(worth, election.budget, limits=kept, order=order, reached=reached)
    funded = sets.first if sets else tuple(one for one in order if one in set(found))
    unit = scores.scale * (election.scale if satisfaction == "cost" else 1)
    return Outcome(
        funded=funded,
        cost=cost_of(election, funded),
        rule="knapsack",
        record={
            "satisfaction": satisfaction,
            "ranked_by": scores.by,
            **scores.of_ranks,
            **_ties_recorded(election, sets),
            **limits_recorded(election, kept, order),
        },
        steps=tuple(
            Step(project=one, value=Fraction(int(values[one]), unit), phase="knapsack")
            for one in funded
        ),
        certificate=_certificate(sets, len(funded)),
    )


def _ties_recorded(election: Election, sets: OptimalSets | None) -> dict[str, Recorded]:
    if sets is None:
        return {"n_optimal_sets": None}
    open_ones = [election.projects[one] for one in sets.ever if one not in sets.always]
    return {"n_optimal_sets": int(sets.n_sets), "in_some_optimal_sets": tuple(open_ones)}


def _certificate(sets: OptimalSets | None, n_steps: int) -> Certificate:
    if sets is None:
        return Certificate(
            exact=False, found="floats", n_steps=0,
            reason="too many near-optimal sets to prove it in whole numbers",
        )  # fmt: skip
    return Certificate(exact=True, found="proven_optimal", n_steps=n_steps)
