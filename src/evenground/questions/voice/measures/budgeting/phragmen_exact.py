"""Phragmén's sequential rule in whole numbers and fractions.

A voter's load is that of the last project of hers that was funded. So what the supporters of a
project carry is told by how many of them were last served at which step, times the loads of the
steps, which are kept as whole numbers over one denominator.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd

import numpy as np
from numpy.typing import NDArray

from evenground.methods.validation import Flags, Whole
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.outcome import Step

_GROWTH = 64


class _ExactLoads:
    """Who was last served when, and the exact load of each step."""

    def __init__(self, election: Election) -> None:
        self._election = election
        self._by_project = election.transposed
        self.voters = election.votes
        self._last = np.full(election.n_ballots, -1, dtype=np.int64)
        self._served: NDArray[np.float64] = np.zeros((election.n_projects, _GROWTH))
        self._above: list[int] = []
        self._below = 1
        self._near: list[float] = []

    def lowest(self, may: Flags) -> tuple[Fraction, list[int]]:
        """Return the least load among some projects, and all of them that have it."""
        places = np.flatnonzero(may)
        k = len(self._near)
        carried = self._served[places, :k] @ np.array(self._near)
        loads = (carried + self._election.costs[places]) / self.voters[places]
        slack = (k + 8) * 2.0**-51  # above the error of a sum of k products (Higham 2002, 3.1)
        near = places[loads * (1 - slack) <= loads.min() * (1 + slack)]
        exact = [Fraction(self._owed(int(place)), int(self.voters[place])) for place in near]
        least = min(exact)
        tied = [int(place) for place, load in zip(near, exact, strict=True) if load == least]
        return least / self._below, tied

    def fund(self, place: int) -> None:
        """Set the load of all supporters of a project to what it now costs each of them."""
        owed, voters = self._owed(place), int(self.voters[place])
        factor = voters // gcd(owed, voters)
        self._above = [one * factor for one in self._above]
        self._below *= factor
        self._above.append(owed * factor // voters)
        self._near.append(self._above[-1] / self._below)
        self._serve(place)

    def _owed(self, place: int) -> int:
        """Return cost and loads of a project's supporters, times the denominator."""
        total = int(self._election.costs[place]) * self._below
        row = self._served[place]
        for step in np.flatnonzero(row[: len(self._above)]).tolist():
            total += int(row[step]) * self._above[step]
        return total

    def _serve(self, place: int) -> None:
        step = len(self._above) - 1
        if step >= self._served.shape[1]:
            self._served = np.concatenate([self._served, np.zeros_like(self._served)], axis=1)
        start, end = self._by_project.indptr[place : place + 2]
        moved = self._by_project.ballots[start:end]
        entries, lengths = self._entries(moved)
        projects = self._election.indices[entries]
        weights = np.repeat(self._election.weights[moved].astype(np.float64), lengths)
        last = np.repeat(self._last[moved], lengths)
        had = last >= 0
        cells = projects[had] * self._served.shape[1] + last[had]
        np.subtract.at(self._served.reshape(-1), cells, weights[had])
        self._served[:, step] = np.bincount(
            projects, weights=weights, minlength=self._election.n_projects
        )
        self._last[moved] = step

    def _entries(self, ballots: Whole) -> tuple[Whole, Whole]:
        """Return where the entries of some ballots stand, and how many each has."""
        starts = self._election.indptr[ballots]
        lengths = self._election.indptr[ballots + 1] - starts
        first = np.cumsum(lengths) - lengths
        return np.arange(int(lengths.sum())) + np.repeat(starts - first, lengths), lengths


def exact_phragmen(
    election: Election, *, stops: bool, limits: Limits, order: tuple[int, ...]
) -> tuple[Step, ...]:
    """Return the steps of the rule, free of rounding.

    Parameters
    ----------
    election, stops, limits, order
        As for ``phragmen_path``.
    """
    loads = _ExactLoads(election)
    room = _PlainRoom(election, limits)
    steps: list[Step] = []
    while True:
        may = room.open & (loads.voters > 0) & (room.fits if not stops else room.under_caps)
        if not may.any():
            return tuple(steps)
        load, tied = loads.lowest(may)
        if stops and any(int(election.costs[place]) > room.left for place in tied):
            return tuple(steps)
        chosen = min(tied, key=order.index)
        loads.fund(chosen)
        room.take(chosen)
        steps.append(
            Step(
                project=chosen,
                value=load / election.scale,
                price=load,
                phase="phragmen",
                tied=tuple(sorted((one for one in tied if one != chosen), key=order.index)),
            )
        )


class _PlainRoom:
    """What is left, added up anew at every step from the set of funded projects."""

    def __init__(self, election: Election, limits: Limits) -> None:
        self._costs: Whole = election.costs
        self._limits = limits
        self._funded: set[int] = set()
        self.left = election.budget
        self.open: Flags = election.costs <= election.budget
        self.open[list(limits.left_out)] = False
        for cap in limits.caps:
            members = list(cap.members)
            self.open[members] &= election.costs[members] <= cap.most

    @property
    def under_caps(self) -> Flags:
        """Whether each project fits under its caps, shape (m,)."""
        fits = np.ones_like(self.open)
        for cap in self._limits.caps:
            spent = sum(int(self._costs[place]) for place in self._funded & set(cap.members))
            members = list(cap.members)
            fits[members] &= self._costs[members] <= cap.most - spent
        return fits

    @property
    def fits(self) -> Flags:
        """Whether each project fits into the budget and under its caps, shape (m,)."""
        return self.under_caps & (self._costs <= self.left)

    def take(self, place: int) -> None:
        """Fund a project."""
        self._funded.add(place)
        self.left -= int(self._costs[place])
        self.open[place] = False
        for places in self._limits.exclusive:
            if place in places:
                self.open[list(places)] = False
