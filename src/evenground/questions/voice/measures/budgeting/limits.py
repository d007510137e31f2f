"""What may be funded beside the budget: eligible projects, caps on groups of them, conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Flags, Whole, wrong
from evenground.questions.voice.measures.budgeting.checked_ballots import LARGEST
from evenground.questions.voice.measures.budgeting.election import Election


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most that projects of one category, district or neighbourhood may cost together.

    Attributes
    ----------
    name
        What they have in common: "Ochota", "sport".
    members
        Places of the projects, 0 to m - 1.
    most
        Whole units of money, 0 or more.
    """

    name: str
    members: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a count has to keep beside its budget; without anything, only the budget.

    Attributes
    ----------
    left_out
        Places of projects that take no part: withdrawn, outside the pool, below a threshold.
    caps
        Caps on groups of projects; a project may stand in several.
    exclusive
        Sets of places of which one at most may be funded.
    leftover
        Whether money that is left at the end goes to further projects regardless of the caps, as
        in Amsterdam's neighbourhood budgets; greedy rules only.
    """

    left_out: tuple[int, ...] = ()
    caps: tuple[Cap, ...] = ()
    exclusive: tuple[tuple[int, ...], ...] = ()
    leftover: bool = False


def checked_limits(election: Election, limits: Limits) -> Limits:
    """Return ``limits`` if they go with the election.

    Raises
    ------
    UsageError
        If a place is none of the election's, one comes twice in a group, or a cap is below 0.
    """
    groups = [("left_out", limits.left_out)]
    groups += [(f"cap {cap.name}", cap.members) for cap in limits.caps]
    groups += [("exclusive", chosen) for chosen in limits.exclusive]
    for name, places in groups:
        _refuse_places(name, places, election.n_projects)
    for cap in limits.caps:
        if cap.most < 0:
            raise wrong("cap_negative", N_("cap {name} is {most}"), name=cap.name, most=cap.most)
    return limits


def _refuse_places(name: str, places: Iterable[int], n_projects: int) -> None:
    seen: set[int] = set()
    for place in places:
        if not 0 <= place < n_projects or place in seen:
            raise wrong(
                "limit_place",
                N_("{name}: {place} is no place of {n} projects, or it comes twice"),
                name=name,
                place=place,
                n=n_projects,
            )
        seen.add(place)


@dataclass(slots=True, kw_only=True)
class Room:
    """What is left while projects are funded one after another.

    Attributes
    ----------
    costs, shape (m,)
        Whole units of money.
    left
        Money left of the budget.
    open, shape (m,)
        Whether a project may still be funded but for money: it takes part, is not funded, and
        excludes none that is.
    tightest, shape (m,)
        The least that is left under the caps that a project stands in.
    """

    costs: Whole
    left: int
    open: Flags
    tightest: Whole
    _caps: tuple[Whole, ...] = ()
    _caps_left: list[int] = field(default_factory=list[int])
    _caps_of: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    _conflicts: dict[int, set[int]] = field(default_factory=dict[int, set[int]])

    @property
    def fits(self) -> Flags:
        """Whether each project may be funded now, shape (m,)."""
        return self.open & (self.costs <= self.left) & (self.costs <= self.tightest)

    def admits(self, place: int) -> bool:
        """Return whether a project may be funded now."""
        cost = int(self.costs[place])
        return bool(self.open[place]) and cost <= self.left and cost <= int(self.tightest[place])

    def take(self, place: int) -> None:
        """Fund a project; the money may fall below 0, which is for the rule to decide."""
        cost = int(self.costs[place])
        self.left -= cost
        self.open[place] = False
        for other in self._conflicts.get(place, ()):
            self.open[other] = False
        changed = self._caps_of.get(place, ())
        for cap in changed:
            self._caps_left[cap] -= cost
            members = self._caps[cap]
            self.tightest[members] = np.minimum(self.tightest[members], self._caps_left[cap])

    def lift_caps(self) -> None:
        """Let projects be funded regardless of the caps from now on."""
        self._caps_of.clear()
        self.tightest[:] = LARGEST


def room_of(election: Election, limits: Limits) -> Room:
    """Return the room at the start of a count.

    Raises
    ------
    UsageError
        As ``checked_limits`` does.
    """
    checked_limits(election, limits)
    is_open = np.ones(election.n_projects, dtype=np.bool_)
    is_open[list(limits.left_out)] = False
    tightest = np.full(election.n_projects, LARGEST, dtype=np.int64)
    caps_of: dict[int, list[int]] = {}
    for at, cap in enumerate(limits.caps):
        members = list(cap.members)
        tightest[members] = np.minimum(tightest[members], cap.most)
        for place in cap.members:
            caps_of.setdefault(place, []).append(at)
    conflicts: dict[int, set[int]] = {}
    for places in limits.exclusive:
        for place in places:
            conflicts.setdefault(place, set()).update(set(places) - {place})
    return Room(
        costs=election.costs,
        left=election.budget,
        open=is_open,
        tightest=tightest,
        _caps=tuple(np.array(cap.members, dtype=np.int64) for cap in limits.caps),
        _caps_left=[cap.most for cap in limits.caps],
        _caps_of=caps_of,
        _conflicts=conflicts,
    )


def below_threshold(scores: Whole, least: int) -> tuple[int, ...]:
    """Return the places of projects whose score is below what is asked for.

    Parameters
    ----------
    scores, shape (m,)
        Votes or points.
    least
        The smallest score with which a project takes part.
    """
    return tuple(int(place) for place in np.flatnonzero(scores < least))
