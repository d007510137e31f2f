"""Greedy by votes per cost: the most votes for the money first.

Source: the greedy rule for the number of funded approvals, a 2-approximation of the knapsack with a
single swap (Dantzig 1957, Discrete-variable extremum problems, Operations Research 5, 266-288);
for participatory budgeting Talmon and Faliszewski (2019), A framework for approval-based budgeting
methods, AAAI 33, 2181-2188.
"""

from __future__ import annotations

from fractions import Fraction

from evenground.questions.voice.measures.budgeting.count_record import limits_recorded
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.greedy_check import (
    greedy_certificate,
    greedy_holds,
)
from evenground.questions.voice.measures.budgeting.greedy_pass import (
    GreedyPass,
    TooDear,
    greedy_steps,
)
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.outcome import Outcome, cost_of
from evenground.questions.voice.measures.budgeting.scores import ScoredBy, project_scores
from evenground.questions.voice.measures.budgeting.tie_order import checked_order


def greedy_by_votes_per_cost(
    election: Election,
    *,
    too_dear: TooDear = "skip",
    scored_by: ScoredBy | None = None,
    limits: Limits | None = None,
    ties: tuple[int, ...] | None = None,
) -> Outcome:
    """Return the outcome of going from the most votes per unit of money to the fewest.

    Parameters
    ----------
    election, too_dear, scored_by, limits, ties
        As for ``greedy_by_votes``.

    Returns
    -------
    Outcome
        ``value`` of a step is the score per unit of currency.

    Raises
    ------
    UsageError
        If limits, order or variant do not go with the election.
    """
    kept = limits or Limits()
    how = GreedyPass(too_dear=too_dear, limits=kept, order=checked_order(election, ties))
    scores = project_scores(election, scored_by)
    values = [
        Fraction(int(score) * election.scale, int(cost) * scores.scale)
        for score, cost in zip(scores.values, election.costs, strict=True)
    ]
    steps = greedy_steps(election, values, how)
    held = greedy_holds(election, steps, (scores.values, election.costs), how)
    funded = tuple(step.project for step in steps)
    return Outcome(
        funded=funded,
        cost=cost_of(election, funded),
        rule="greedy-per-cost",
        record={
            "ranked_by": f"{scores.by} per cost",
            **scores.of_ranks,
            "too_dear": str(too_dear),
            **limits_recorded(election, kept, how.order),
        },
        steps=steps,
        certificate=greedy_certificate(steps, held=held),
    )
