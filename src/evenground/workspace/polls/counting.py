"""One count of a poll as it was asked for, with reasons for each project, and who was entitled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from evenground.errors import Problem, UsageError
from evenground.language import N_
from evenground.questions.voice.measures.budgeting.ejr_plus import EjrPlus, ejr_plus
from evenground.questions.voice.measures.budgeting.ejr_plus_check import ejr_plus_is_right
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares import COMPLETIONS, STARTS
from evenground.questions.voice.measures.budgeting.exclusion_ratio import (
    Exclusion,
    exclusion_ratio,
)
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.named_rules import RULES, Counting, counted
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.reasons import ProjectReason, reasons
from evenground.questions.voice.measures.budgeting.scores import SCORED_BY, project_scores
from evenground.questions.voice.measures.budgeting.side_by_side import own_satisfaction
from evenground.questions.voice.measures.budgeting.spread import Spread, funded_approvals
from evenground.questions.voice.measures.budgeting.tie_order import TIE_ORDERS, tie_order
from evenground.workspace.chosen_words import one_of
from evenground.workspace.polls.poll import Poll
from evenground.workspace.polls.quickness import counted_again
from evenground.workspace.polls.recounting import (
    counting_words,
    poll_caps,
    stated_counting,
    usual_satisfactions,
)
from evenground.workspace.polls.steadiness import Draws, Steady, steadiness

_TOO_DEAR: tuple[Literal["skip", "stop"], ...] = ("skip", "stop")
POINTED = ("cumulative", "scoring")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAsked:
    """What was asked for, in words; what is left empty follows from the file or from the rule.

    Attributes
    ----------
    rule
        Empty for that of the file, with its threshold and caps, or greedy where it states none.
    satisfaction, completion, start, too_dear, scored_by, tie_order
        Words.
    increment
        In currency.
    reserve
        Share of a cost.
    threshold
        Votes or points; ``None`` for that of the file where the rule is of the file or
        ``greedy-threshold``, and for none otherwise.
    caps
        Whether the caps of the file are kept.
    leave_out
        Ids of projects that take no part.
    exclusive
        Ids, separated by commas, of which one at most may be funded.
    """

    rule: str = ""
    satisfaction: str = ""
    completion: str = ""
    start: str = ""
    too_dear: str = ""
    scored_by: str = ""
    tie_order: str = "listed"
    increment: Decimal | None = None
    reserve: Decimal | None = None
    threshold: int | None = None
    caps: bool = False
    leave_out: tuple[str, ...] = ()
    exclusive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountFound:
    """A count with all that is said of it.

    Attributes
    ----------
    poll, how
        What was counted, and how.
    words
        The count as it is asked for on the command line.
    by_the_file
        Whether the rule was taken from the file.
    outcome, reasons
        Who is funded, and why each project is or is not, in the order of the file.
    ejr_plus
        Who was entitled to more; ``None`` where the rule states no utilities of its own.
    ejr_plus_confirmed
        Whether a second program, voter by voter and in fractions, comes to the same; ``None`` where
        there is nothing to confirm.
    exclusion, spread
        Voters who got nothing; what voters got.
    steady
        What would change with other ties, ways of voting or endowments.
    scores, length m
        What was added up, in votes or points; empty where that is votes.
    tie_order
        The order of ties by its name.
    asked_rule
        Whether a rule was asked for.
    """

    poll: Poll
    how: Counting
    words: str
    by_the_file: bool
    outcome: Outcome
    reasons: tuple[ProjectReason, ...]
    ejr_plus: EjrPlus | None
    exclusion: Exclusion
    spread: Spread
    steady: Steady
    ejr_plus_confirmed: bool | None = None
    scores: tuple[float, ...] = ()
    tie_order: str = "listed"
    asked_rule: bool = True


def counted_poll(
    poll: Poll,
    asked: CountAsked,
    *,
    why: Sequence[str] = (),
    draws: Draws | None = None,
    tell: Callable[[int], None] | None = None,
) -> CountFound:
    """Return the count of a poll.

    Parameters
    ----------
    poll
        What is counted.
    asked
        How.
    why
        Ids of projects that are counted again to find the price and the votes that would have made
        them win; "all" or "none"; nothing for as many as is quick, those with most votes first.
    draws
        How ballots are left out at random.
    tell
        Told before each count how many there have been.

    Raises
    ------
    UsageError
        If something that was asked for is unknown or does not go with the ballots.
    """
    how, by_the_file = counting_asked(poll, asked)
    election = poll.election
    outcome = counted(election, how)
    again = counted_again(poll, how, outcome, why)
    count = _telling(how, tell)
    own = own_satisfaction(outcome)
    owed = ejr_plus(election, outcome.funded, satisfaction=own) if own else None
    defined = owed is not None and owed.defined
    return CountFound(
        poll=poll,
        how=how,
        words=counting_words(how),
        by_the_file=by_the_file,
        outcome=outcome,
        reasons=reasons(election, outcome, count=count, again=again),
        ejr_plus=owed,
        ejr_plus_confirmed=(
            ejr_plus_is_right(election, outcome.funded, owed) if owed and defined else None
        ),
        steady=steadiness(poll, how, outcome, draws=draws),
        exclusion=exclusion_ratio(election, outcome.funded),
        spread=funded_approvals(election, outcome.funded),
        scores=_scores(poll, how),
        tie_order=asked.tie_order,
        asked_rule=bool(asked.rule),
    )


def _telling(how: Counting, tell: Callable[[int], None] | None) -> Callable[[Election], Outcome]:
    """Return the count, telling before each how many there have been."""
    done = 0

    def count(election: Election) -> Outcome:
        nonlocal done
        if tell is not None:
            tell(done)
        done += 1
        return counted(election, how)

    return count


def _scores(poll: Poll, how: Counting) -> tuple[float, ...]:
    scores = project_scores(poll.election, how.scored_by)
    if scores.by == "votes":
        return ()
    return tuple(float(one) / scores.scale for one in scores.values)


def counting_asked(poll: Poll, asked: CountAsked) -> tuple[Counting, bool]:
    """Return the count that was asked for, and whether its rule is that of the file.

    Raises
    ------
    UsageError
        If a word is unknown, or an id is none of a project.
    """
    stated = stated_counting(poll) if not asked.rule else None
    how = stated or Counting(
        rule=one_of("--rule", asked.rule or "greedy", RULES),
        limits=Limits(left_out=poll.withdrawn),
    )
    order = one_of("--tie-order", asked.tie_order, TIE_ORDERS)
    threshold = asked.threshold
    if threshold is not None:
        threshold *= poll.election.points_scale
    elif how.rule == "greedy-threshold":
        threshold = _threshold_of(poll)
    else:
        threshold = how.threshold
    how = replace(
        how,
        threshold=threshold,
        limits=_limits(poll, asked, how.limits, how.rule),
        ties=None if order == "listed" else tie_order(poll.election, order),
    )
    return _variants(poll, asked, how), stated is not None


def _variants(poll: Poll, asked: CountAsked, how: Counting) -> Counting:
    known = usual_satisfactions(poll.election)
    if poll.vote_type in POINTED and "points" not in known:
        known = (*known, "points")  # of ballots on which every project happens to have one point
    if asked.satisfaction:
        how = replace(how, satisfaction=one_of("--satisfaction", asked.satisfaction, known))
    if asked.completion:
        how = replace(how, completion=one_of("--completion", asked.completion, COMPLETIONS))
    if asked.start:
        how = replace(how, start=one_of("--start", asked.start, STARTS))
    if asked.too_dear:
        how = replace(how, too_dear=one_of("--too-dear", asked.too_dear, _TOO_DEAR))
    if asked.scored_by:
        how = replace(how, scored_by=one_of("--scored-by", asked.scored_by, SCORED_BY))
    if asked.reserve is not None:
        how = replace(how, reserve=Fraction(asked.reserve))
    if asked.increment is not None:
        how = replace(how, increment=_units(poll, asked.increment))
    return how


def _limits(poll: Poll, asked: CountAsked, limits: Limits, rule: str) -> Limits:
    places = poll.election.places
    left_out = dict.fromkeys((*limits.left_out, *places(asked.leave_out)))
    exclusive = tuple(
        places(one.strip() for one in ids.split(",") if one.strip()) for ids in asked.exclusive
    )
    caps = poll_caps(poll) if asked.caps else limits.caps
    if asked.caps and not caps:
        raise UsageError(
            Problem(
                code="no_caps",
                what=N_("{file} states no caps on categories or neighbourhoods."),
                rule=N_("--caps keeps those that the file states, with their amounts."),
                way_out=N_("Leave out --caps, or add budget_per_category to the file."),
                parameters={"file": poll.file},
            )
        )
    return replace(
        limits,
        left_out=tuple(left_out),
        caps=caps,
        exclusive=exclusive,
        leftover=bool(caps and poll.leftover and rule.startswith("greedy")),
    )


def _threshold_of(poll: Poll) -> int:
    if poll.threshold is not None:
        return poll.threshold
    raise UsageError(
        Problem(
            code="no_threshold",
            what=N_("{file} states no threshold of votes."),
            rule=N_("greedy-threshold leaves out projects with fewer votes than the threshold."),
            way_out=N_("Say it with --threshold, or count with --rule greedy."),
            parameters={"file": poll.file},
        )
    )


def _units(poll: Poll, amount: Decimal) -> int:
    units = amount * poll.election.scale
    if units == int(units) and units > 0:
        return int(units)
    raise UsageError(
        Problem(
            code="increment_not_whole",
            value=str(amount),
            what=N_("--increment is {value}."),
            rule=N_("It is above 0, and whole in the file's smallest unit of money: 1/{scale}."),
            way_out=N_("Write a whole number of such units, or leave it out for 1."),
            parameters={"scale": poll.election.scale},
        )
    )


def money(units: float | Fraction, scale: int) -> int | float:
    """Return units of money as an amount in currency, whole where it is."""
    amount = Fraction(units) / scale
    return int(amount) if amount.denominator == 1 else float(amount)


def recorded(record: Mapping[str, object]) -> dict[str, object]:
    """Return a record of variants as data for JSON."""
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in record.items()
    }
