"""Counting rules by the names that a rulebook or a file gives them, with all their variants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares import (
    Completion,
    EqualSharesVariant,
    Satisfaction,
    Start,
    bounded_overspending,
    equal_shares,
)
from evenground.questions.voice.measures.budgeting.greedy_by_votes import greedy_by_votes
from evenground.questions.voice.measures.budgeting.greedy_by_votes_per_cost import (
    greedy_by_votes_per_cost,
)
from evenground.questions.voice.measures.budgeting.greedy_pass import TooDear
from evenground.questions.voice.measures.budgeting.knapsack import knapsack
from evenground.questions.voice.measures.budgeting.limits import Limits, below_threshold
from evenground.questions.voice.measures.budgeting.maximin_support import maximin_support
from evenground.questions.voice.measures.budgeting.outcome import Outcome, Recorded
from evenground.questions.voice.measures.budgeting.scores import ScoredBy, project_scores
from evenground.questions.voice.measures.budgeting.sequential_phragmen import sequential_phragmen

RuleName = Literal[
    "greedy",
    "greedy-no-skip",
    "greedy-threshold",
    "greedy-exclusive",
    "greedy-reserve",
    "greedy-per-cost",
    "knapsack",
    "phragmen",
    "maximin-support",
    "mes",
    "bos",
]
RULES: tuple[RuleName, ...] = (
    "greedy",
    "greedy-no-skip",
    "greedy-threshold",
    "greedy-exclusive",
    "greedy-reserve",
    "greedy-per-cost",
    "knapsack",
    "phragmen",
    "maximin-support",
    "mes",
    "bos",
)
RESERVE = Fraction(4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A rule with everything that its outcome depends on.

    Attributes
    ----------
    rule
        Its name.
    satisfaction
        What a funded project is worth to a supporter; equal shares, knapsack, bos only.
    completion, start, increment
        As for ``EqualSharesVariant``; equal shares only.
    too_dear
        ``"skip"`` or ``"stop"`` at a project that does not fit; Phragmén's rule, ``None`` for its
        own, which is to stop.
    reserve
        Share of a cost that has to be left for a reserve to fund the project; greedy-reserve only.
    scored_by
        What counts as votes; greedy rules and knapsack; ``None`` as cities do.
    threshold
        The least score (as ``scored_by``, in its units) with which a project takes part; ``None``
        for none. Projects below it stand aside, and are not supported by anyone.
    limits
        Who takes part, caps and conflicts; bounded overspending knows the first only.
    ties
        All places, the one that wins ties first; as listed for ``None``.
    """

    rule: RuleName = "greedy"
    satisfaction: Satisfaction = "cost"
    completion: Completion = "none"
    start: Start = "share"
    increment: int | None = None
    too_dear: Literal["skip", "stop"] | None = None
    reserve: Fraction = RESERVE
    scored_by: ScoredBy | None = None
    threshold: int | None = None
    limits: Limits = field(default_factory=Limits)
    ties: tuple[int, ...] | None = None


def counted(election: Election, how: Counting) -> Outcome:
    """Return the outcome of a rule.

    Parameters
    ----------
    election
        Ballots, costs and budget.
    how
        The rule with its variants.

    Returns
    -------
    Outcome
        The name that was asked for, and what a threshold left out, stand in the record.

    Raises
    ------
    UsageError
        If the rule is unknown, or a variant does not go with it or with the ballots.
    """
    if how.rule not in RULES:
        raise wrong(
            "rule_unknown",
            N_("the rule is {found}; it is to be one of {known}"),
            found=how.rule,
            known=", ".join(RULES),
        )
    limits = limits_with_threshold(election, how)
    outcome = _COUNTS[how.rule](election, replace(how, limits=limits))
    record: dict[str, Recorded] = {"rule": how.rule, **outcome.record}
    if how.threshold is not None:
        record["threshold"] = how.threshold
    return replace(outcome, record=record)


def limits_with_threshold(election: Election, how: Counting) -> Limits:
    """Return the limits with those left out that are below the threshold."""
    if how.threshold is None:
        return how.limits
    below = below_threshold(project_scores(election, how.scored_by).values, how.threshold)
    left_out = dict.fromkeys((*how.limits.left_out, *below))
    return replace(how.limits, left_out=tuple(left_out))


def _greedy(too_dear: Literal["skip", "stop"]) -> Callable[[Election, Counting], Outcome]:
    def count(election: Election, how: Counting) -> Outcome:
        return _by_votes(election, how, too_dear)

    return count


def _by_votes(election: Election, how: Counting, too_dear: TooDear) -> Outcome:
    return greedy_by_votes(
        election, too_dear=too_dear, scored_by=how.scored_by, limits=how.limits, ties=how.ties
    )


def _reserve(election: Election, how: Counting) -> Outcome:
    return _by_votes(election, how, how.reserve)


def _per_cost(election: Election, how: Counting) -> Outcome:
    return greedy_by_votes_per_cost(
        election, scored_by=how.scored_by, limits=how.limits, ties=how.ties
    )


def _knapsack(election: Election, how: Counting) -> Outcome:
    if how.satisfaction not in {"cost", "cardinality"}:
        raise wrong(
            "knapsack_satisfaction",
            N_("the knapsack rule knows satisfaction by cost or cardinality, not by {found}"),
            found=how.satisfaction,
        )
    return knapsack(
        election,
        satisfaction="cost" if how.satisfaction == "cost" else "cardinality",
        scored_by=how.scored_by,
        limits=how.limits,
        ties=how.ties,
    )


def _phragmen(election: Election, how: Counting) -> Outcome:
    return sequential_phragmen(
        election, too_dear=how.too_dear or "stop", limits=how.limits, ties=how.ties
    )


def _maximin(election: Election, how: Counting) -> Outcome:
    return maximin_support(election, limits=how.limits, ties=how.ties)


def _equal_shares(election: Election, how: Counting) -> Outcome:
    variant = EqualSharesVariant(
        satisfaction=how.satisfaction,
        completion=how.completion,
        start=how.start,
        increment=how.increment,
        ties="listed" if how.ties is None else how.ties,
    )
    return equal_shares(election, variant, limits=how.limits)


def _bounded_overspending(election: Election, how: Counting) -> Outcome:
    if how.limits.caps or how.limits.exclusive:
        raise wrong(
            "limits_with_overspending",
            N_("bounded overspending knows neither caps nor projects that exclude others"),
        )
    out = set(how.limits.left_out)
    kept = [place for place in range(election.n_projects) if place not in out]
    new = {place: at for at, place in enumerate(kept)}
    ties = None if how.ties is None else tuple(new[place] for place in how.ties if place in new)
    part = election.subset([election.projects[place] for place in kept]) if out else election
    outcome = bounded_overspending(part, satisfaction=how.satisfaction, ties=ties or "listed")
    return _of_all(election, outcome, kept, out)


def _of_all(election: Election, outcome: Outcome, kept: list[int], out: set[int]) -> Outcome:
    """Return an outcome among some projects with their places among all."""
    record = {**outcome.record, "budget": election.budget, "n_voters": election.n_voters}
    if out:
        record["left_out"] = tuple(election.projects[place] for place in sorted(out))
    return replace(
        outcome,
        funded=tuple(kept[place] for place in outcome.funded),
        record=record,
        steps=tuple(
            replace(
                step,
                project=kept[step.project],
                tied=tuple(kept[place] for place in step.tied),
            )
            for step in outcome.steps
        ),
    )


_COUNTS: dict[str, Callable[[Election, Counting], Outcome]] = {
    "greedy": _greedy("skip"),
    "greedy-no-skip": _greedy("stop"),
    "greedy-threshold": _greedy("skip"),
    "greedy-exclusive": _greedy("skip"),
    "greedy-reserve": _reserve,
    "greedy-per-cost": _per_cost,
    "knapsack": _knapsack,
    "phragmen": _phragmen,
    "maximin-support": _maximin,
    "mes": _equal_shares,
    "bos": _bounded_overspending,
}
