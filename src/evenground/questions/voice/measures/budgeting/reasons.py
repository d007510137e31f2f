"""Why each project was funded or not, in money: one record per project, for every rule.

Source: as in ``equal_shares_reasons`` and ``turning_points``; for greedy rules the money that was
left when it was a project's turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares_reasons import (
    NEVER,
    EqualSharesReasons,
    equal_shares_reasons,
)
from evenground.questions.voice.measures.budgeting.many_counts import compile_for_many_counts
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.satisfaction import is_approval
from evenground.questions.voice.measures.budgeting.scores import SCORED_BY, ScoredBy, project_scores
from evenground.questions.voice.measures.budgeting.turning_points import (
    Count,
    TurningPoint,
    further_votes,
    votes_of,
    winning_price,
)

Fate = Literal[
    "funded", "left_out", "no_votes", "money_gone", "too_dear", "stopped", "kept_out", "outranked"
]
Voters = Literal["those_with_most_money", "new"]
_GREEDY = ("greedy", "greedy-per-cost")
_MOST_COUNTS = 40
"""Counts for one price or one number of votes; two where the closed form is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectReason:
    """One project. Money is in the election's units.

    Attributes
    ----------
    project
        Its place, 0 to m - 1.
    fate
        ``"funded"``; ``"left_out"``: took no part; ``"no_votes"``: nobody named it;
        ``"money_gone"``: its supporters had too little left; ``"too_dear"``: the budget had, when
        it was its turn; ``"stopped"``: counting had ended before; ``"kept_out"``: a cap or another
        project kept it out; ``"outranked"``: none of these can be told of the rule.
    votes
        Voters who named it.
    cost
        What it costs.
    place
        As which it was chosen, from 1 on; ``None`` where it was not.
    phase
        What chose it: the rule, or a completion.
    price
        The most that a supporter paid for it.
    left
        Money that its supporters had left together at the end, or of the budget at its turn.
    took
        Funded projects that its supporters paid for, and how much together; most first.
    winning_price
        The cost at which it would have been funded, while at one unit more it would not; ``None``
        where none was found or looked for.
    more_votes, by
        How many more voters would have had to name it, while one fewer would not do, and which:
        those who voted and had most money left, or new voters who name it alone.
    counted_again
        Whether the winning price was found or confirmed by counting again with all variants;
        otherwise it holds for the endowment with which the count ended.
    """

    project: int
    fate: Fate
    votes: int
    cost: int
    place: int | None = None
    phase: str | None = None
    price: Fraction | None = None
    left: float | None = None
    took: tuple[tuple[int, float], ...] = ()
    winning_price: int | None = None
    more_votes: int | None = None
    by: Voters | None = None
    counted_again: bool = False

    @property
    def missing(self) -> float | None:
        """Money that was missing for it, in units; ``None`` where that is not known or none was."""
        if self.left is None or self.fate == "funded" or self.left >= self.cost:
            return None
        return self.cost - self.left


def reasons(
    election: Election,
    outcome: Outcome,
    *,
    count: Count | None = None,
    again: Iterable[int] | None = None,
) -> tuple[ProjectReason, ...]:
    """Return why each project was funded or not, in the order of the election.

    Parameters
    ----------
    election
        The election.
    outcome
        Its count.
    count
        The same rule with all its variants, to count again; ``None`` leaves what only that can
        tell untold.
    again
        Places for which to count again, all for ``None``.
    """
    by_money = _by_money(election, outcome)
    if count is not None and outcome.rule == "equal_shares":
        compile_for_many_counts(election)
    asked = set(range(election.n_projects)) if again is None else set(again)
    votes = election.votes.tolist()
    money = by_money if by_money is not None else _values(election, outcome)
    place = {step.project: number for number, step in enumerate(outcome.steps)}
    found: list[ProjectReason] = []
    for project in range(election.n_projects):
        if project in place:
            found.append(_won(election, outcome, project, votes[project], place[project]))
            continue
        lost = _lost(election, outcome, (project, votes[project]), money)
        if count is not None and project in asked and lost.fate != "left_out":
            lost = _again(election, lost, count, by_money)
        found.append(lost)
    return tuple(found)


def endowment_of(election: Election, outcome: Outcome) -> Fraction | None:
    """Return the endowment with which equal shares ended, in units of money; ``None`` without."""
    stated = outcome.record.get("endowment")
    return Fraction(stated) * election.scale if isinstance(stated, str) else None


def _by_money(election: Election, outcome: Outcome) -> EqualSharesReasons | None:
    endowment, satisfaction = endowment_of(election, outcome), outcome.record.get("satisfaction")
    if outcome.rule != "equal_shares" or endowment is None or not is_approval(election):
        return None
    if satisfaction == "cost":
        return equal_shares_reasons(election, outcome, endowment=endowment, satisfaction="cost")
    if satisfaction == "cardinality":
        return equal_shares_reasons(
            election, outcome, endowment=endowment, satisfaction="cardinality"
        )
    return None


def _won(
    election: Election, outcome: Outcome, project: int, votes: int, number: int
) -> ProjectReason:
    step = outcome.steps[number]
    return ProjectReason(
        project=project,
        fate="funded",
        votes=votes,
        cost=int(election.costs[project]),
        place=number + 1,
        phase=step.phase,
        price=step.price,
    )


def _lost(
    election: Election,
    outcome: Outcome,
    known: tuple[int, int],
    money: EqualSharesReasons | Sequence[Fraction] | None,
) -> ProjectReason:
    """Return why a project, known by its place and its votes, was not funded."""
    project, votes = known
    cost = int(election.costs[project])
    left_out = outcome.record.get("left_out")
    if isinstance(left_out, tuple) and election.projects[project] in left_out:
        return ProjectReason(project=project, fate="left_out", votes=votes, cost=cost)
    if votes == 0:
        return ProjectReason(project=project, fate="no_votes", votes=votes, cost=cost)
    if isinstance(money, EqualSharesReasons):
        return _without_money(outcome, project, (votes, cost), money)
    if money is not None:
        return _passed_over(election, outcome, known, money[project])
    return ProjectReason(project=project, fate="outranked", votes=votes, cost=cost)


def _without_money(
    outcome: Outcome, project: int, known: tuple[int, int], by_money: EqualSharesReasons
) -> ProjectReason:
    paid = by_money.took[project]
    most = [int(step) for step in np.argsort(-paid, kind="stable") if paid[step] > 0]
    price, more = int(by_money.winning_price[project]), int(by_money.missing_votes[project])
    left, kept_out = float(by_money.left[project]), _is_limited(outcome)
    if kept_out:  # what the closed form does not see
        price, more = 0, NEVER
    return ProjectReason(
        project=project,
        fate="kept_out" if kept_out and left >= known[1] else "money_gone",
        votes=known[0],
        cost=known[1],
        left=left,
        took=tuple((outcome.steps[step].project, float(paid[step])) for step in most),
        winning_price=price or None,
        more_votes=None if more == NEVER else more,
        by=None if more == NEVER else "those_with_most_money",
    )


def _passed_over(
    election: Election, outcome: Outcome, known: tuple[int, int], value: Fraction
) -> ProjectReason:
    """Return what was left at its turn in a greedy count: after all that were chosen before it."""
    project, votes = known
    cost = int(election.costs[project])
    if _is_limited(outcome):
        return ProjectReason(project=project, fate="kept_out", votes=votes, cost=cost)
    ahead = [
        step.project
        for step in outcome.steps
        if step.value > value or (step.value == value and project in step.tied)
    ]
    left = election.budget - sum(int(election.costs[other]) for other in ahead)
    return ProjectReason(
        project=project,
        fate="too_dear" if left < cost else "stopped",
        votes=votes,
        cost=cost,
        left=float(max(left, 0)),
    )


def _is_limited(outcome: Outcome) -> bool:
    return "caps" in outcome.record or "exclusive" in outcome.record


def _values(election: Election, outcome: Outcome) -> list[Fraction] | None:
    """Return what a greedy rule ranked projects by; ``None`` for other rules."""
    if outcome.rule not in _GREEDY:
        return None
    ranked_by = str(outcome.record.get("ranked_by", "votes")).removesuffix(" per cost")
    by: ScoredBy | None = next((one for one in SCORED_BY if one == ranked_by), None)
    scores = project_scores(election, by)
    values = [Fraction(int(one), scores.scale) for one in scores.values]
    if outcome.rule == "greedy":
        return values
    costs = election.costs.tolist()
    return [one * election.scale / cost for one, cost in zip(values, costs, strict=True)]


def _again(
    election: Election, lost: ProjectReason, count: Count, by_money: EqualSharesReasons | None
) -> ProjectReason:
    """Return the same with price and votes found by counting again."""
    known = lost.winning_price
    guess = known if known is not None or lost.left is None else int(lost.left)
    found = winning_price(
        election, lost.project, count=count, guess=guess, most_counts=_MOST_COUNTS
    )
    told = replace(
        lost,
        winning_price=found.at if found.settled else known,
        counted_again=found.settled,
    )
    if not is_approval(election):
        return told
    votes = _votes_again(election, lost, count, by_money)
    if not votes.settled:
        return replace(told, more_votes=None, by=None)
    by: Voters = "new" if by_money is None else "those_with_most_money"
    return replace(told, more_votes=votes.at, by=None if votes.at is None else by)


def _votes_again(
    election: Election, lost: ProjectReason, count: Count, by_money: EqualSharesReasons | None
) -> TurningPoint:
    if by_money is None:
        return further_votes(election, lost.project, count=count, most_counts=_MOST_COUNTS)
    named = np.zeros(election.n_ballots, dtype=np.bool_)
    named[election.rows[election.indices == lost.project]] = True
    richest = np.argsort(-by_money.of_ballot[election.ballot_of], kind="stable")
    return votes_of(
        election,
        lost.project,
        richest[~named[election.ballot_of[richest]]],
        count=count,
        most_counts=_MOST_COUNTS,
    )
