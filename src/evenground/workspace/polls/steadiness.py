"""How steady a count is: other orders of ties, ways of voting alone, other endowments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from evenground.questions.voice.measures.budgeting.endowment_interval import (
    EndowmentInterval,
    endowment_interval,
)
from evenground.questions.voice.measures.budgeting.equal_shares.equal_shares import (
    EqualSharesVariant,
)
from evenground.questions.voice.measures.budgeting.equal_shares.winners_at import winners_at
from evenground.questions.voice.measures.budgeting.named_rules import (
    Counting,
    counted,
    limits_with_threshold,
)
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.reasons import endowment_of
from evenground.questions.voice.measures.budgeting.steadiness import (
    GroupCount,
    TieEffect,
    count_by_group,
    tie_effect,
)
from evenground.workspace.polls.poll import Poll
from evenground.workspace.polls.quickness import is_quick

METHODS = "voting_method"
SMALL = 10
"""Ways of voting used by fewer voters are not told apart."""
_FEW = 50
"""A few counts may take so many times the work of dozens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steady:
    """What would change with one thing changed.

    Attributes
    ----------
    ties
        Other orders of ties; ``None`` where so many counts would take long, and for the knapsack
        rule, whose record names other optimal sets.
    endowments
        Endowments over which equal shares fund the same before completion; ``None`` for other rules
        and where it would take long.
    methods
        What the ballots of each way of voting alone would have funded; empty where they are not
        known, all are of one way, or it would take long.
    too_long
        Whether something was left out because it would take long.
    """

    ties: TieEffect | None
    endowments: EndowmentInterval | None
    methods: tuple[GroupCount, ...]
    too_long: bool


def steadiness(poll: Poll, how: Counting, outcome: Outcome) -> Steady:
    """Return how steady the count of a poll is.

    Parameters
    ----------
    poll, how, outcome
        The count.
    """
    quick = is_quick(poll, how, times=_FEW)
    level = any(step.tied for step in outcome.steps)
    ways = _ways(poll)
    told = (quick or not level) and how.rule != "knapsack"
    by_shares = endowment_of(poll.election, outcome) is not None
    return Steady(
        ties=_ties(poll, how, outcome) if told else None,
        endowments=_endowments(poll, how, outcome) if quick else None,
        methods=_methods(poll, how, ways) if quick and len(ways) > 1 else (),
        too_long=not quick and (level or len(ways) > 1 or by_shares),
    )


def _ties(poll: Poll, how: Counting, outcome: Outcome) -> TieEffect:
    order = how.ties or tuple(range(poll.election.n_projects))
    return tie_effect(
        outcome, order=order, count=lambda ties: counted(poll.election, replace(how, ties=ties))
    )


def _endowments(poll: Poll, how: Counting, outcome: Outcome) -> EndowmentInterval | None:
    election = poll.election
    endowment = endowment_of(election, outcome)
    if endowment is None or endowment <= 0:
        return None
    variant = EqualSharesVariant(
        satisfaction=how.satisfaction, ties="listed" if how.ties is None else how.ties
    )
    winners = winners_at(election, variant, limits=limits_with_threshold(election, how))
    return endowment_interval(winners, endowment, unit=Fraction(election.scale))


def _ways(poll: Poll) -> tuple[str, ...]:
    known = poll.voters.get(METHODS, ())
    return tuple(sorted({one for one in known if one is not None}))


def _methods(poll: Poll, how: Counting, ways: tuple[str, ...]) -> tuple[GroupCount, ...]:
    known = poll.voters[METHODS]
    told = {way for way in ways if known.count(way) >= SMALL}
    groups = [one if one in told else None for one in known]
    return count_by_group(
        poll.election, count=lambda election: counted(election, how), groups=groups
    )
