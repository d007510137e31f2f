"""How steady a count is: ballots left out, other ties, ways of voting alone, other endowments."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenground.questions.voice.measures.budgeting.counted_endowments import counted_endowments
from evenground.questions.voice.measures.budgeting.endowment_interval import EndowmentInterval
from evenground.questions.voice.measures.budgeting.many_counts import compile_for_many_counts
from evenground.questions.voice.measures.budgeting.named_rules import (
    Counting,
    counted,
)
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.reasons import endowment_of
from evenground.questions.voice.measures.budgeting.steadiness import (
    GroupCount,
    Steadiness,
    TieEffect,
    count_by_group,
    tie_effect,
    with_ballots_left_out,
)
from evenground.workspace.polls.poll import Poll
from evenground.workspace.polls.quickness import is_quick

METHODS = "voting_method"
SMALL = 10
"""Ways of voting used by fewer voters are not told apart."""
_FEW = 50
"""A few counts may take so many times the work of dozens."""
_SOME = 10
"""As many as there are draws, so many times."""
SHARE = 0.01
"""Of ballots that are left out of each draw."""
N_DRAWS = 40
SEED = 2021


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How ballots are left out at random.

    Attributes
    ----------
    n_draws
        Draws; 0 for none, ``None`` for as many as usual where that is quick.
    seed
        Of the random draws.
    """

    n_draws: int | None = None
    seed: int = SEED


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
    ballots
        How often projects win with ballots left out at random; ``None`` where it would take long or
        was not asked for, and where there are fewer than two voters.
    draws_too_long
        Whether it would have taken long.
    seed
        Of the draws.
    """

    ties: TieEffect | None
    endowments: EndowmentInterval | None
    methods: tuple[GroupCount, ...]
    too_long: bool
    ballots: Steadiness | None = None
    draws_too_long: bool = False
    seed: int = SEED


def steadiness(
    poll: Poll, how: Counting, outcome: Outcome, *, draws: Draws | None = None
) -> Steady:
    """Return how steady the count of a poll is.

    Parameters
    ----------
    poll, how, outcome
        The count.
    draws
        How ballots are left out at random.

    Raises
    ------
    UsageError
        If the number of draws is below 0.
    """
    asked = draws or Draws()
    quick = is_quick(poll, how, times=_FEW)
    level = any(step.tied for step in outcome.steps)
    ways = _ways(poll)
    told = (quick or not level) and how.rule != "knapsack"
    by_shares = endowment_of(poll.election, outcome) is not None
    return Steady(
        ties=_ties(poll, how, outcome) if told else None,
        endowments=counted_endowments(poll.election, how, outcome) if quick else None,
        methods=_methods(poll, how, ways) if quick and len(ways) > 1 else (),
        too_long=not quick and (level or len(ways) > 1 or by_shares),
        ballots=_ballots(poll, how, asked),
        draws_too_long=asked.n_draws is None and not is_quick(poll, how, times=_SOME),
        seed=asked.seed,
    )


def _ballots(poll: Poll, how: Counting, asked: Draws) -> Steadiness | None:
    n_draws = asked.n_draws
    if n_draws is None:
        n_draws = N_DRAWS if is_quick(poll, how, times=_SOME) else 0
    if n_draws == 0 or poll.election.n_voters < 2:  # noqa: PLR2004 - one out, one left
        return None
    if how.rule == "mes":
        compile_for_many_counts(poll.election)
    return with_ballots_left_out(
        poll.election,
        count=lambda election: counted(election, how),
        rng=np.random.default_rng(asked.seed),
        share=SHARE,
        n_draws=n_draws,
    )


def _ties(poll: Poll, how: Counting, outcome: Outcome) -> TieEffect:
    order = how.ties or tuple(range(poll.election.n_projects))
    return tie_effect(
        outcome, order=order, count=lambda ties: counted(poll.election, replace(how, ties=ties))
    )


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
