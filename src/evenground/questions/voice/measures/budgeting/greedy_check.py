"""Whether the outcome of a greedy rule is the one that the rule prescribes, looked at backwards.

The count goes down a list; this check does not. It asks of each project alone, from the set of the
funded ones, whether there was room for it when its turn came. Only one set passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cmp_to_key

from evenground.methods.validation import Whole
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.greedy_pass import GreedyPass
from evenground.questions.voice.measures.budgeting.outcome import Certificate, Step


def greedy_holds(
    election: Election, steps: Sequence[Step], worth: tuple[Whole, Whole], how: GreedyPass
) -> bool:
    """Return whether every project that was funded had room, and every other one had none.

    Parameters
    ----------
    election
        Costs and budget.
    steps
        What the count funded.
    worth, shape (m,) each
        Numerators and denominators of the values that projects are ranked by.
    how
        The variant.
    """
    above = [int(one) for one in worth[0]]
    below = [int(one) for one in worth[1]]
    rank = {place: at for at, place in enumerate(how.order)}

    def before(one: int, other: int) -> int:
        apart = above[other] * below[one] - above[one] * below[other]
        return apart or rank[one] - rank[other]

    ranked = sorted(range(election.n_projects), key=cmp_to_key(before))
    position = {place: at for at, place in enumerate(ranked)}
    in_order = [position[step.project] for step in steps if step.phase != "leftover"]
    if in_order != sorted(in_order):
        return False
    lists = _Phases(election, how, steps)
    end = lists.end(ranked)
    return all(lists.holds(place, at, ranked, end) for at, place in enumerate(ranked))


def greedy_certificate(steps: Sequence[Step], *, held: bool) -> Certificate:
    """Return what is known of a greedy outcome, given whether it passed the check."""
    return Certificate(
        exact=held,
        found="whole_numbers",
        n_steps=len(steps),
        reason=None if held else "the check of each project alone disagrees with the count",
    )


class _Phases:
    """The funded projects by phase, with what each project meets when its turn comes."""

    def __init__(self, election: Election, how: GreedyPass, steps: Sequence[Step]) -> None:
        self.costs = [int(cost) for cost in election.costs]
        self.budget = election.budget
        self.how = how
        self.first = {step.project for step in steps if step.phase == "greedy"}
        self.later = {step.project for step in steps if step.phase == "leftover"}
        self.reserve = {step.project for step in steps if step.phase == "reserve"}
        self.out = set(how.limits.left_out)

    def end(self, ranked: Sequence[int]) -> int:
        """Return the position at which the count has to end: that of the first too dear project."""
        if self.how.too_dear == "skip":
            return len(ranked)
        for at, place in enumerate(ranked):
            funded = [one for one in ranked[:at] if one in self.first]
            if place not in self.out and not self._kept_out(place, funded):
                left = self.budget - self._cost(funded)
                if self.costs[place] > left:
                    return at
        return len(ranked)

    def holds(self, place: int, at: int, ranked: Sequence[int], end: int) -> bool:
        """Return whether a project is where the rule puts it."""
        if place in self.out or at > end:
            return place not in self.first | self.later | self.reserve
        before = [one for one in ranked[:at] if one in self.first]
        left = self.budget - self._cost(before)
        if at == end:
            due = isinstance(self.how.too_dear, Fraction) and (
                self.costs[place] * self.how.too_dear <= left
            )
            return (place in self.reserve) == due and place not in self.first
        fits = self.costs[place] <= left and not self._kept_out(place, before)
        if (place in self.first) != fits:
            return False
        return fits or self._held_later(place, at, ranked, end)

    def _held_later(self, place: int, at: int, ranked: Sequence[int], end: int) -> bool:
        if not (self.how.limits.leftover and self.how.limits.caps) or end < len(ranked):
            return place not in self.later
        before = [*self.first, *(one for one in ranked[:at] if one in self.later)]
        fits = self.costs[place] <= self.budget - self._cost(before)
        return (place in self.later) == (fits and not self._excluded(place, before))

    def _kept_out(self, place: int, funded: Iterable[int]) -> bool:
        """Return whether a cap or a conflict keeps a project out beside those funded before."""
        funded = set(funded)
        for cap in self.how.limits.caps:
            members = set(cap.members)
            if place in members and self._cost(funded & members) + self.costs[place] > cap.most:
                return True
        return self._excluded(place, funded)

    def _excluded(self, place: int, funded: Iterable[int]) -> bool:
        funded = set(funded)
        return any(place in places and funded & set(places) for places in self.how.limits.exclusive)

    def _cost(self, places: Iterable[int]) -> int:
        return sum(self.costs[place] for place in places)
