"""The Method of Equal Shares step by step in whole numbers, along a path that was suggested.

It asks of each step whether the suggested project is the one that the rule takes: its price is
found exactly, and no other project could be paid at that price per satisfaction. The money that the
supporters of another project would bring at a rate ``r`` is ``sum min(what they have, r * worth)``;
its own rate is below ``r`` just if that is above its cost, or is its cost though all bring less
than ``r * worth``. A step that fails is put right, and all
that follows is counted here. Nothing is shared with the fast count but the votes.

Source: Peters, Pierczynski and Skowron (2021), Proportional participatory budgeting with additive
utilities, NeurIPS 34, 12726-12737, section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.voice.measures.budgeting.equal_shares.exact_money import (
    EPS,
    ExactPrice,
    Ledger,
)
from evenground.questions.voice.measures.budgeting.equal_shares.support import Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """An exact count.

    Attributes
    ----------
    path
        Places of the projects, in the order in which they are taken.
    prices
        What those pay per point who pay in full, one for each step.
    most_points
        For each step the most points of one who pays in full.
    tied
        For each step the projects with the same rate that the order of ties put behind.
    departs
        The step at which the suggested path is not the rule's, from 0 on; ``None`` where it is.
    """

    path: tuple[int, ...]
    prices: tuple[Fraction, ...]
    most_points: tuple[int, ...]
    tied: tuple[tuple[int, ...], ...]
    departs: int | None


def exact_replay(
    support: Support, endowment: Fraction, *, suggested: Sequence[int], ties: Sequence[int]
) -> Replay:
    """Return what the rule takes, exactly.

    Parameters
    ----------
    support
        Who supports what by how much.
    endowment
        Money of each voter, in the election's units, 0 or more.
    suggested
        The path to check.
    ties
        All places, the one that wins ties first.
    """
    race = Race(support, endowment, ties)
    tied: list[tuple[int, ...]] = []
    departs: int | None = None
    for step in range(support.n_projects + 1):
        on_path = departs is None and step < len(suggested)
        candidate = suggested[step] if on_path else race.likely()
        candidate, price, behind = race.settled(candidate)
        said = suggested[step] if step < len(suggested) else None
        if departs is None and candidate != said:
            departs = step
        if candidate is None or price is None:
            break
        race.take(candidate, price)
        tied.append(behind)
    ledger = race.ledger
    return Replay(
        path=tuple(race.path),
        prices=tuple(Fraction(price, ledger.denominator) for price in ledger.prices),
        most_points=tuple(race.most_points),
        tied=tuple(tied),
        departs=departs,
    )


def holds_between(
    support: Support, path: Sequence[int], ends: tuple[Fraction, Fraction], *, ties: Sequence[int]
) -> bool:
    """Return whether a path is surely the rule's at all endowments from one to a larger one.

    Along one path nobody has less left after a larger endowment, and no price is higher. So a
    project goes before its rivals at every endowment between, if its price after the least one is
    below theirs after the largest, or as high and it wins the tie. ``False`` says nothing.

    Parameters
    ----------
    support, ties
        As for ``exact_replay``.
    path
        What the rule takes at the smaller endowment.
    ends
        The endowments, the smaller one first.
    """
    low, high = (Race(support, one, ties) for one in ends)
    for project in path:
        least, most = low.ledger.price(project), high.ledger.price(project)
        if least is None or most is None or not high.open[project]:
            return False
        if high.rivals(project, least, low.ledger.denominator)[0] is not None:
            return False
        low.take(project, least)
        high.take(project, most)
    return high.likely() is None


class Race:
    """Which projects are still open, and bounds on what their supporters would bring."""

    def __init__(self, support: Support, endowment: Fraction, ties: Sequence[int]) -> None:
        self.support = support
        self.ledger = Ledger(support, endowment)
        self.path: list[int] = []
        self.most_points: list[int] = []
        self.open: Flags = support.open.copy()
        self.room: list[int] = support.groups.most.tolist()
        self.rank = {place: rank for rank, place in enumerate(ties)}
        self.costs: Vector = support.costs.astype(np.float64)
        self.worth: Vector = support.worth.astype(np.float64)
        # At rate `at` supporters would have brought at most `brought`; they have at most `money`.
        self.at: Vector = np.ones(support.n_projects)
        self.brought: Vector = self.worth * support.units * (1 + 4 * EPS)
        self.money: Vector = np.full(support.n_projects, np.inf)

    def settled(
        self, candidate: int | None
    ) -> tuple[int | None, ExactPrice | None, tuple[int, ...]]:
        """Return the project that the rule takes now, its price and who is tied with it."""
        while candidate is not None:
            price = self.ledger.price(candidate) if self.open[candidate] else None
            if price is None:
                self.open[candidate] = False
                candidate = self.likely()
                continue
            rival, tied = self.rivals(candidate, price, self.ledger.denominator)
            if rival is None:
                return candidate, price, tied
            candidate = rival
        return None, None, ()

    def rivals(
        self, candidate: int, price: ExactPrice, denominator: int
    ) -> tuple[int | None, tuple[int, ...]]:
        """Return a project that goes before the candidate, if any, and those tied behind it.

        The price is over a denominator, which may be that of another ledger.
        """
        rate = price.value / self.worth[candidate]
        most = np.minimum(self.brought * (rate / self.at), self.money)
        near = self.open & (most >= self.costs * (1 - 1e-12))
        near[candidate] = False
        tied: list[int] = []
        for rival in np.flatnonzero(near).tolist():
            sign = self._compared(rival, candidate, price, denominator)
            if sign > 0 or (sign == 0 and self.rank[rival] < self.rank[candidate]):
                return rival, ()
            if sign == 0:
                tied.append(rival)
        return None, tuple(tied)

    def likely(self) -> int | None:
        """Return an open project whose supporters can pay, probably that with the least rate."""
        best, least = None, np.inf
        for project in np.flatnonzero(self.open).tolist():
            entries = self.ledger.open_entries(project)
            have = self.ledger.balance[self.support.ballots[entries]]
            money = float(self.support.voters[entries] @ have)
            slack = self._slack(entries.size, money, float(self.support.voters[entries].sum()))
            if money + slack < self.costs[project]:
                self.open[project] = False
                continue
            price = self.ledger.price(project)
            if price is None:
                self.open[project] = False
            elif price.value / self.worth[project] < least:
                best, least = project, price.value / self.worth[project]
        return best

    def take(self, project: int, price: ExactPrice) -> None:
        """Take a project and the money for it."""
        self.ledger.charge(price)
        self.path.append(project)
        self.open[project] = False
        self._close(project)
        full = price.supporters[price.full]
        self.most_points.append(int(self.support.points[full].max()))

    def _close(self, project: int) -> None:
        """Take from the room in every group of a project, and close what does not fit any more."""
        groups = self.support.groups
        for entry in np.flatnonzero(groups.members == project).tolist():
            group = int(groups.group[entry])
            self.room[group] -= int(groups.uses[entry])
            large = (groups.group == group) & (groups.uses > self.room[group])
            self.open[groups.members[large]] = False

    def _slack(self, n: int, total: float, voters: float) -> float:
        return 2 * voters * self.ledger.error + (n + 16) * EPS * total

    def _compared(self, rival: int, candidate: int, price: ExactPrice, denominator: int) -> int:
        """Return whether a rival's supporters would bring more (1) or less (-1) than its cost."""
        entries = self.ledger.open_entries(rival)
        voters = self.support.voters[entries].astype(np.float64)
        have = self.ledger.balance[self.support.ballots[entries]]
        rate = price.value / self.worth[candidate]
        asked = rate * self.worth[rival] * self.support.points[entries]
        brought, money = float(voters @ np.minimum(have, asked)), float(voters @ have)
        n_voters = float(voters.sum())
        slack = self._slack(entries.size, brought, n_voters)
        self.at[rival], self.brought[rival] = rate, brought + slack
        self.money[rival] = money + self._slack(entries.size, money, n_voters)
        if brought + slack < self.costs[rival]:
            return -1
        if brought - slack > self.costs[rival] * (1 + 4 * EPS):
            return 1
        # Too close for floats. The rival's price at the candidate's rate is a fraction as well.
        above = price.above * int(self.support.worth[rival])
        below = price.below * int(self.support.worth[candidate])
        if denominator != self.ledger.denominator:
            above, below = above * self.ledger.denominator, below * denominator
        poor = self.ledger.signs(entries, above, below) < 0
        units = int((self.support.voters * self.support.points)[entries[~poor]].sum())
        exact = self.ledger.money(entries[poor]) * below + above * units
        cost = int(self.support.costs[rival]) * below * self.ledger.denominator
        if exact == cost and poor.all():
            return 1  # all that they have is just enough, and would be at a lower rate too
        return (exact > cost) - (exact < cost)
