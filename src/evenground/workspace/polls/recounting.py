"""The counts of a poll by every rule that comes into question, the simplest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evenground.errors import Place, Problem, UsageError
from evenground.language import N_
from evenground.questions.voice.measures.budgeting.announced import (
    Announced,
    AnnouncedCheck,
    Recount,
    announced_check,
)
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares import (
    COMPLETIONS,
    Completion,
    Satisfaction,
)
from evenground.questions.voice.measures.budgeting.limits import Cap, Limits
from evenground.questions.voice.measures.budgeting.maximin_support import fits_flows
from evenground.questions.voice.measures.budgeting.named_rules import (
    Counting,
    RuleName,
    counted,
    limits_with_threshold,
)
from evenground.questions.voice.measures.budgeting.scores import usual_scoring
from evenground.questions.voice.measures.budgeting.tie_order import (
    TIE_ORDERS,
    tie_order,
)
from evenground.workspace.chosen_words import one_of
from evenground.workspace.polls.poll import Poll

_STATED: dict[str, RuleName] = {
    "greedy": "greedy",
    "greedy-no-skip": "greedy-no-skip",
    "greedy-threshold": "greedy-threshold",
    "greedy-exclusive": "greedy-exclusive",
    "greedy-custom": "greedy-reserve",
    "equalshares": "mes",
}
_PLAIN: tuple[RuleName, ...] = ("greedy", "greedy-no-skip", "greedy-reserve", "greedy-per-cost")


def stated_counting(poll: Poll) -> Counting | None:
    """Return the count that the file says the city held, with its threshold and caps.

    ``None`` where the rule is unknown. A step that compares two outcomes
    (``equalshares/add1-comparison``) is not taken: the outcome of equal shares is given.
    """
    name, _, completion = poll.rule.removesuffix("-comparison").partition("/")
    rule = _STATED.get(name)
    known: dict[str, Completion] = {"": "none", **{one: one for one in COMPLETIONS}}
    if rule is None or completion not in known:
        return None
    caps = () if rule == "mes" else poll_caps(poll)
    return Counting(
        rule=rule,
        completion=known[completion],
        threshold=poll.threshold,
        limits=Limits(left_out=poll.withdrawn, caps=caps, leftover=bool(caps and poll.leftover)),
    )


def poll_caps(poll: Poll) -> tuple[Cap, ...]:
    """Return the caps on categories and neighbourhoods that the file states."""
    return tuple(Cap(name=one.name, members=one.members, most=one.most) for one in poll.caps)


def recounts(poll: Poll, *, ties: tuple[int, ...] | None = None) -> Iterator[Recount]:
    """Yield the counts of a poll by every rule, the simplest first.

    Parameters
    ----------
    poll
        What is counted.
    ties
        All places, the one that wins ties first; as listed for ``None``.
    """
    election = poll.election
    for how, words in _variants(poll):
        count = replace(how, ties=ties)
        before = set(count.limits.left_out)
        below = [
            one for one in limits_with_threshold(election, count).left_out if one not in before
        ]
        yield Recount(name=words, outcome=counted(election, count), below_threshold=tuple(below))


def counting_words(how: Counting) -> str:
    """Return a count as it is asked for on the command line."""
    words = [how.rule]
    if how.rule in {"mes", "knapsack", "bos"}:
        words.append(f"--satisfaction {how.satisfaction}")
    if how.rule == "mes":
        words.append(f"--completion {how.completion}")
    if how.too_dear is not None:
        words.append(f"--too-dear {how.too_dear}")
    if how.threshold is not None:
        words.append(f"--threshold {how.threshold}")
    if how.limits.caps:
        words.append("--caps")
    return " ".join(words)


def check_announced(poll: Poll, *, ties: tuple[int, ...] | None = None) -> AnnouncedCheck | None:
    """Return whether the announced result follows from the ballots; ``None`` if none is stated."""
    if poll.announced is None:
        return None
    announced = Announced(
        funded=poll.announced, outside=poll.outside_pool, withdrawn=poll.withdrawn
    )
    stated = stated_counting(poll)
    return announced_check(
        poll.election,
        announced,
        tuple(recounts(poll, ties=ties)),
        stated=counting_words(stated) if stated else None,
    )


def checked_announced(poll: Poll, order: str) -> AnnouncedCheck:
    """Return the same, with an order of ties by its name.

    Raises
    ------
    UsageError
        If the file announces no result, or there is no such order.
    """
    by = one_of("--tie-order", order, TIE_ORDERS)
    found = check_announced(poll, ties=None if by == "listed" else tie_order(poll.election, by))
    if found is None:
        raise UsageError(
            Problem(
                code="nothing_announced",
                place=Place(file=poll.file, column="selected"),
                what=N_("{file} announces no result: projects have no column “selected”."),
                rule=N_("An announced result is 1 for funded projects and 0 for others."),
                way_out=N_("Add the column, or leave out --check-announced."),
            )
        )
    return found


def usual_satisfactions(election: Election) -> tuple[Satisfaction, ...]:
    """Return the measures of satisfaction that go with the ballots."""
    if election.ordered:
        return ("cost", "cardinality", "borda")
    if usual_scoring(election) == "points":
        return ("cost", "cardinality", "points")
    return ("cost", "cardinality")


def _variants(poll: Poll) -> Iterator[tuple[Counting, str]]:
    """Yield every count that comes into question, none of them twice."""
    seen: set[str] = set()
    limits = Limits(left_out=poll.withdrawn)
    stated = stated_counting(poll)
    for how in (*_counts(poll, limits), *([stated] if stated else [])):
        words = counting_words(how)
        if words not in seen:
            seen.add(words)
            yield how, words
    if poll.outside_pool:
        without = replace(limits, left_out=(*limits.left_out, *poll.outside_pool))
        for how in _counts(poll, without):
            yield how, f"{counting_words(how)} without projects funded from outside the pool"


def _counts(poll: Poll, limits: Limits) -> Iterator[Counting]:
    thresholds = [None] if poll.threshold is None else [None, poll.threshold]
    for threshold in thresholds:
        for rule in _PLAIN:
            name: RuleName = "greedy-threshold" if threshold and rule == "greedy" else rule
            yield Counting(rule=name, threshold=threshold, limits=limits)
    caps = poll_caps(poll)
    if caps:
        kept = replace(limits, caps=caps, leftover=bool(poll.leftover))
        yield Counting(rule="greedy", threshold=poll.threshold, limits=kept)
    for threshold in thresholds:
        for satisfaction in usual_satisfactions(poll.election):
            for completion in COMPLETIONS:
                yield Counting(
                    rule="mes",
                    satisfaction=satisfaction,
                    completion=completion,
                    threshold=threshold,
                    limits=limits,
                )
    yield Counting(rule="phragmen", too_dear="stop", limits=limits)
    yield Counting(rule="phragmen", too_dear="skip", limits=limits)
    for satisfaction in usual_satisfactions(poll.election)[:2]:
        yield Counting(rule="bos", satisfaction=satisfaction, limits=limits)
    if fits_flows(poll.election):
        yield Counting(rule="maximin-support", limits=limits)
    yield Counting(rule="knapsack", satisfaction="cost", limits=limits)
    yield Counting(rule="knapsack", satisfaction="cardinality", limits=limits)
