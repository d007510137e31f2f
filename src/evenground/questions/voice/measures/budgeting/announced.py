"""Whether an announced result follows from the ballots, by which rules, or who deviates and why.

A result may follow from several rules. All of them are named: that it does shows that the count was
right, not which rule the city used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.outcome import Outcome

Reason = Literal["withdrawn", "below_threshold", "outside_pool", "tie", "no_room", "first_in_count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What the city announced.

    Attributes
    ----------
    funded
        Places of projects funded from the pool.
    outside
        Places of projects funded with money from outside it.
    withdrawn
        Places of projects that were withdrawn after the vote.
    """

    funded: tuple[int, ...]
    outside: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """One count of the ballots.

    Attributes
    ----------
    name
        The rule with its variants, in words that can be asked for again.
    outcome
        What it gives.
    below_threshold
        Places that the count left out for too few votes.
    """

    name: str
    outcome: Outcome
    below_threshold: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A project that was announced otherwise than it is counted.

    Attributes
    ----------
    project
        Its place.
    announced, counted
        Whether it is funded.
    reason
        ``withdrawn`` after the vote; ``below_threshold``: the count leaves it out;
        ``outside_pool``: the city funded it with other money; ``tie``: it stood level with another
        deviating project, so the order of ties decides; ``no_room``: other projects came first and
        too little was left; ``first_in_count``: the count funds it before money runs out.
    missing
        Units of money by which its cost is above what the count leaves, 0 where it would fit.
    """

    project: int
    announced: bool
    counted: bool
    reason: Reason
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedCheck:
    """What recounting says of an announced result.

    Attributes
    ----------
    reproduced
        Whether some count gives exactly what was announced.
    rule
        The stated rule if it does, else the first that does, else ``None``.
    rules
        All that do, in the order in which they were handed in.
    stated_reproduces
        Whether the rule that the city states does; ``None`` where none is stated or counted.
    compared_with
        The count that deviations are told against: ``rule``, or else the nearest.
    deviations
        Who deviates, those announced first; empty where it is reproduced.
    """

    reproduced: bool
    rule: str | None
    rules: tuple[str, ...]
    stated_reproduces: bool | None
    compared_with: str
    deviations: tuple[Deviation, ...]


def announced_check(
    election: Election,
    announced: Announced,
    recounts: Sequence[Recount],
    *,
    stated: str | None = None,
) -> AnnouncedCheck:
    """Return which counts give the announced result, or how it deviates from the nearest.

    Parameters
    ----------
    election
        Costs and budget.
    announced
        What the city announced.
    recounts
        Counts by all rules that come into question, the simplest first.
    stated
        The name among ``recounts`` of the rule that the city says it used.

    Raises
    ------
    UsageError
        If there is no count.
    """
    if not recounts:
        raise wrong("no_recount", N_("an announced result can only be checked against a count"))
    apart = {one.name: _apart(announced, one.outcome) for one in recounts}
    rules = tuple(name for name, differ in apart.items() if not differ)
    rule = stated if stated in rules else next(iter(rules), None)
    nearest = min(recounts, key=lambda one: (len(apart[one.name]), one.name != stated))
    against = next((one for one in recounts if one.name == rule), nearest)
    return AnnouncedCheck(
        reproduced=bool(rules),
        rule=rule,
        rules=rules,
        stated_reproduces=stated in rules if stated in apart else None,
        compared_with=against.name,
        deviations=_deviations(election, announced, against, apart[against.name]),
    )


def _apart(announced: Announced, outcome: Outcome) -> frozenset[int]:
    """Return who is announced otherwise than counted; a reserve is money from outside the pool."""
    reserve = {step.project for step in outcome.steps if step.phase == "reserve"}
    pool = set(outcome.funded) - reserve
    return frozenset((pool ^ set(announced.funded)) | (reserve - set(announced.outside)))


def _deviations(
    election: Election, announced: Announced, recount: Recount, apart: frozenset[int]
) -> tuple[Deviation, ...]:
    left = election.budget - recount.outcome.cost
    known = _Known(announced, recount, apart)
    found = [
        Deviation(
            project=place,
            announced=place in announced.funded or place in announced.outside,
            counted=place in recount.outcome.funded,
            reason=known.reason(place),
            missing=max(int(election.costs[place]) - left, 0),
        )
        for place in apart
    ]
    return tuple(sorted(found, key=lambda one: (not one.announced, one.project)))


class _Known:
    """What tells why a project deviates."""

    def __init__(self, announced: Announced, recount: Recount, apart: frozenset[int]) -> None:
        self._announced = announced
        self._recount = recount
        self._funded = set(recount.outcome.funded)
        self._level = {
            place
            for step in recount.outcome.steps
            if step.project in apart and apart & set(step.tied)
            for place in (step.project, *step.tied)
        }

    def reason(self, place: int) -> Reason:
        """Return why a project is counted otherwise than announced."""
        if place in self._announced.withdrawn:
            return "withdrawn"
        if place in self._announced.outside:
            return "outside_pool"
        if place in self._recount.below_threshold:
            return "below_threshold"
        if place in self._level:
            return "tie"
        return "first_in_count" if place in self._funded else "no_room"
