"""Greedy by votes, the rule of most cities: the most votes first, as long as the money lasts.

Source: as ``greedy`` and its kin in Faliszewski and others (2023), Participatory budgeting: data,
tools, and analysis, IJCAI, 2667-2674, and in the rules that cities publish: ``stop`` as in Gdynia
and Wrocław; a share of 4/5 as in Poznań, where the first project that does not fit is funded from a
reserve if four fifths of its cost are left.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

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


def greedy_by_votes(
    election: Election,
    *,
    too_dear: TooDear = "skip",
    scored_by: ScoredBy | None = None,
    limits: Limits | None = None,
    ties: tuple[int, ...] | None = None,
) -> Outcome:
    """Return the outcome of going from the most votes to the fewest.

    Parameters
    ----------
    election
        Ballots, costs and budget.
    too_dear
        What happens at a project that does not fit: ``"skip"`` it, ``"stop"``, or a share: stop,
        and fund it from a reserve if at least this share of its cost is left. The outcome then
        costs more than the budget.
    scored_by
        What counts as votes, see ``project_scores``; ``None`` as cities do.
    limits
        Who takes part, caps and conflicts.
    ties
        All places, the one that wins ties first; as listed for ``None``.

    Returns
    -------
    Outcome
        ``value`` of a step is the score. A project without votes is funded where money is left;
        leave it out by ``limits`` where a city asks for at least one vote.

    Raises
    ------
    UsageError
        If limits, order or variant do not go with the election.
    """
    kept = limits or Limits()
    how = GreedyPass(too_dear=too_dear, limits=kept, order=checked_order(election, ties))
    scores = project_scores(election, scored_by)
    values = [Fraction(int(one), scores.scale) for one in scores.values]
    steps = greedy_steps(election, values, how)
    scale = np.full_like(scores.values, scores.scale)
    held = greedy_holds(election, steps, (scores.values, scale), how)
    funded = tuple(step.project for step in steps)
    return Outcome(
        funded=funded,
        cost=cost_of(election, funded),
        rule="greedy",
        record={
            "ranked_by": scores.by,
            **scores.of_ranks,
            "too_dear": str(too_dear),
            **limits_recorded(election, kept, how.order),
        },
        steps=steps,
        certificate=greedy_certificate(steps, held=held),
    )
