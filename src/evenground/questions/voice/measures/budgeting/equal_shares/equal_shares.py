"""The Method of Equal Shares: everyone has the same money, and projects are paid by supporters.

Source: Peters, Pierczynski and Skowron (2021), Proportional participatory budgeting with additive
utilities, NeurIPS 34, 12726-12737, section 3; completions as on equalshares.net.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.budgeting.count_record import limits_recorded
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares.add1 import Found, add1
from evenground.questions.voice.measures.budgeting.equal_shares.exact_replay import Replay
from evenground.questions.voice.measures.budgeting.equal_shares.paths import Paths
from evenground.questions.voice.measures.budgeting.equal_shares.support import (
    Satisfaction,
    Support,
    support_of,
)
from evenground.questions.voice.measures.budgeting.equal_shares.utilitarian import (
    RANKED_BY,
    utilitarian_completion,
)
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.outcome import (
    Certificate,
    Outcome,
    Recorded,
    Step,
    cost_of,
)
from evenground.questions.voice.measures.budgeting.satisfaction import support_in_words
from evenground.questions.voice.measures.budgeting.tie_order import (
    TieOrder,
    ordered_places,
)

Completion = Literal["none", "utilitarian", "add1", "add1e", "add1u", "add1eu"]
COMPLETIONS: tuple[Completion, ...] = ("none", "utilitarian", "add1", "add1e", "add1u", "add1eu")
Start = Literal["share", "whole"]
STARTS: tuple[Start, ...] = ("share", "whole")

_STOP_RULES = {
    "add1": "the last outcome before the first that costs more than the budget",
    "add1e": "the first exhaustive outcome, or else as add1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualSharesVariant:
    """What a rulebook has to say for the outcome to be determined.

    Attributes
    ----------
    satisfaction
        What a funded project is worth to a supporter; see ``support_of``.
    completion
        What happens to money that is left: ``"none"``; ``"utilitarian"``: projects with most votes
        (or points, where satisfaction is by them) that still fit; ``"add1"``: larger endowments,
        and the last outcome before one that costs more than the budget; ``"add1e"``: the same, but
        it stops at the first outcome to which nothing can be added; ``"add1u"``, ``"add1eu"``:
        these, then utilitarian.
    start
        The endowment of each voter: ``"share"``, the budget divided by the voters, exactly;
        ``"whole"``, rounded down to whole units of currency.
    increment
        What add1 gives to each voter more, in the election's units of money; ``None`` for one unit
        of currency.
    ties
        Which project wins a tie: the name of an order, or all places, the first one first.
    """

    satisfaction: Satisfaction = "cost"
    completion: Completion = "none"
    start: Start = "share"
    increment: int | None = None
    ties: TieOrder | Sequence[int] = "listed"


def equal_shares(
    election: Election,
    variant: EqualSharesVariant | None = None,
    *,
    limits: Limits | None = None,
    compiled: bool | None = None,
) -> Outcome:
    """Return the outcome of the Method of Equal Shares, exact.

    Parameters
    ----------
    election
        Ballots of any kind.
    variant
        What the rulebook says; cost satisfaction without completion for ``None``.
    limits
        Who takes no part, caps and exclusions: a project for which no room is left is passed over,
        by the rule and by the completion.
    compiled
        Whether loops are compiled; ``None`` once it pays and if numba is installed. The outcome is
        the same.

    Returns
    -------
    Outcome
        ``value`` of a step is what those who pay in full pay per unit of satisfaction; of the
        utilitarian completion, the votes.

    Raises
    ------
    UsageError
        If the variant is unknown or does not fit the ballots, or the limits do not go with the
        election or lift the caps for what is left, which is for greedy rules only.
    """
    asked = EqualSharesVariant() if variant is None else variant
    _refuse_unknown(asked)
    ties = ordered_places(election, asked.ties)
    kept = _limits(limits)
    support = support_of(election, asked.satisfaction, limits=kept)
    record = _record(election, asked, kept)
    if not support.n_voters:
        return _outcome(election, (), record=record, certificate=_replayed(0, departed=False))
    paths = Paths(support, ties, compiled=compiled)
    start = endowment = starting_endowment(support, asked.start)
    record["endowment_first"] = str(start / election.scale)
    if asked.completion.startswith("add1"):
        exhaustive = asked.completion in {"add1e", "add1eu"}
        found = add1(paths, start, _increment(election, asked), exhaustive=exhaustive)
        replay = paths.exactly(found.endowment, guess=found.path)
        record |= _searched(found, paths)
        endowment = found.endowment
    else:
        replay = paths.exactly(start)
    record["endowment"] = str(endowment / election.scale)
    steps = _steps(support, replay)
    if asked.completion in {"utilitarian", "add1u", "add1eu"}:
        steps += utilitarian_completion(
            election, replay.path, ties=ties, limits=kept, satisfaction=asked.satisfaction
        )
    certificate = _replayed(len(replay.path), departed=paths.departed)
    return _outcome(election, steps, record=record, certificate=certificate)


def starting_endowment(support: Support, start: Start) -> Fraction:
    """Return the first endowment of each voter, in the election's units of money."""
    if start == "share":
        return Fraction(support.budget, support.n_voters)
    return Fraction(support.budget // (support.n_voters * support.scale) * support.scale)


def _increment(election: Election, variant: EqualSharesVariant) -> int:
    return election.scale if variant.increment is None else variant.increment


def _limits(limits: Limits | None) -> Limits:
    if limits is not None and limits.leftover:
        raise wrong(
            "leftover_with_equal_shares",
            N_("caps cannot be lifted for what is left under equal shares"),
        )
    return Limits() if limits is None else limits


def _refuse_unknown(variant: EqualSharesVariant) -> None:
    known = {"completion": COMPLETIONS, "start": STARTS}
    for name, choices in known.items():
        if (found := getattr(variant, name)) not in choices:
            raise wrong(
                "equal_shares_variant",
                N_("{name} is {found}; it is to be one of {known}"),
                name=name,
                found=found,
                known=", ".join(choices),
            )
    if variant.increment is not None and variant.increment < 1:
        raise wrong(
            "increment_range",
            N_("the increment is {increment}; it is to be 1 or more units of money"),
            increment=variant.increment,
        )


def _steps(support: Support, replay: Replay) -> tuple[Step, ...]:
    parts = zip(replay.path, replay.prices, replay.most_points, replay.tied, strict=True)
    return tuple(
        Step(
            project=project,
            value=price / int(support.worth[project]),
            price=price * points,
            phase="equal_shares",
            tied=tied,
        )
        for project, price, points, tied in parts
    )


def _replayed(n_steps: int, *, departed: bool) -> Certificate:
    if not departed:
        return Certificate(exact=True, found="replayed", n_steps=n_steps)
    reason = "a step of the fast count was not the rule's"
    return Certificate(exact=True, found="recounted", n_steps=n_steps, reason=reason)


def _outcome(
    election: Election,
    steps: tuple[Step, ...],
    *,
    record: Mapping[str, Recorded],
    certificate: Certificate,
) -> Outcome:
    funded = tuple(step.project for step in steps)
    return Outcome(
        funded=funded,
        cost=cost_of(election, funded),
        rule="equal_shares",
        record=record,
        steps=steps,
        certificate=certificate,
    )


def _record(election: Election, variant: EqualSharesVariant, limits: Limits) -> dict[str, Recorded]:
    order = ordered_places(election, variant.ties)
    record: dict[str, Recorded] = limits_recorded(election, limits, order) | {
        "satisfaction": variant.satisfaction,
        "support": _support_recorded(election, variant.satisfaction),
        "completion": variant.completion,
        "ties": variant.ties if isinstance(variant.ties, str) else "given",
        "tie_order": tuple(
            election.projects[place] for place in ordered_places(election, variant.ties)
        ),
        "endowment_start": variant.start,
        "value": "price per unit of satisfaction",
    }
    if variant.completion in {"utilitarian", "add1u", "add1eu"}:
        record["completion_ranked_by"] = RANKED_BY[variant.satisfaction]
    if variant.completion.startswith("add1"):
        record["increment"] = str(Fraction(_increment(election, variant), election.scale))
        record["stop_rule"] = _STOP_RULES[variant.completion.removesuffix("u")]
    return record


def _support_recorded(election: Election, satisfaction: Satisfaction) -> str:
    """Return what a ballot says for a project, in words for the record."""
    if satisfaction in {"points", "borda"}:
        return RANKED_BY[satisfaction]
    return support_in_words(election)


def _searched(found: Found, paths: Paths) -> dict[str, Recorded]:
    return {
        "n_increments": found.n_increments,
        "stop": found.stop,
        "outcomes_proven_by_bounds": paths.n_by_bounds,
        "outcomes_replayed_exactly": paths.n_by_replay,
    }
