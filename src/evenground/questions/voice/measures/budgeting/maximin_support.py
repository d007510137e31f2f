"""The maximin support rule: fund what leaves the voter who carries most with the least to carry.

Source: Aziz, Lee and Talmon (2018), Proportionally representative participatory budgeting: axioms
and algorithms, AAMAS, 23-31 (generalised sequential Phragmén); Sánchez-Fernández, Fernández-García,
Fisteus and Brill (2024), The maximin support method, Mathematical Programming 203, 107-134.

By linear programming duality the least greatest load of a set of projects is the greatest, over its
subsets, of cost over number of supporters. Lower bounds so found stay good when more is funded.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Whole, wrong
from evenground.questions.voice.measures.budgeting.checked_ballots import LARGEST
from evenground.questions.voice.measures.budgeting.count_record import limits_recorded
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.limits import Limits, room_of
from evenground.questions.voice.measures.budgeting.maximin_check import (
    Evidence,
    lowest_load,
    maximin_step_holds,
)
from evenground.questions.voice.measures.budgeting.outcome import (
    Certificate,
    Outcome,
    Step,
    cost_of,
)
from evenground.questions.voice.measures.budgeting.satisfaction import support_in_words
from evenground.questions.voice.measures.budgeting.support_flow import SupportFlow
from evenground.questions.voice.measures.budgeting.tie_order import checked_order

MOST_CELLS = 50_000_000
"""Projects times distinct ballots that can be held at once."""
QUICK_CELLS = 250_000
"""Projects times distinct ballots up to which a count takes a few seconds."""


def maximin_support(
    election: Election, *, limits: Limits | None = None, ties: tuple[int, ...] | None = None
) -> Outcome:
    """Return the outcome of the maximin support rule, which passes over what no longer fits.

    Parameters
    ----------
    election
        Ballots, costs and budget. Naming a project is supporting it: points and ranks are not
        looked at, and the record says so.
    limits
        Who takes part, caps and conflicts.
    ties
        All places, the one that wins ties first; as listed for ``None``.

    Returns
    -------
    Outcome
        ``value`` of a step is the greatest load of a voter after it, in currency. Every step is
        checked by its evidence: a way to lay the costs, and for each rival a set of projects that
        its supporters could not carry at less.

    Raises
    ------
    UsageError
        If limits or order do not go with the election, or it is too large for exact flows.
    """
    kept, order = limits or Limits(), checked_order(election, ties)
    _refuse_large(election)
    room, count = room_of(election, kept), _Count(election)
    room.open &= election.votes > 0
    steps: list[Step] = []
    held = True
    while room.fits.any():
        evidence, tied = count.best(np.flatnonzero(room.fits).tolist(), order)
        held &= maximin_step_holds(election, evidence, order)
        room.take(evidence.chosen)
        steps.append(_step(election, evidence, tied))
    funded = tuple(step.project for step in steps)
    return Outcome(
        funded=funded,
        cost=cost_of(election, funded),
        rule="maximin-support",
        record={
            "support": support_in_words(election),
            "without_support": "never funded",
            "too_dear": "skip",
            **limits_recorded(election, kept, order),
        },
        steps=tuple(steps),
        certificate=Certificate(
            exact=held,
            found="replayed" if held else "floats",
            n_steps=len(steps),
            reason=None if held else "the evidence of a step does not stand up",
        ),
    )


def _step(election: Election, evidence: Evidence, tied: tuple[int, ...]) -> Step:
    return Step(
        project=evidence.chosen,
        value=evidence.load / election.scale,
        price=evidence.load,
        phase="maximin-support",
        tied=tied,
    )


def fits_flows(election: Election) -> bool:
    """Return whether an election is small enough to be counted by this rule in a few seconds."""
    return _fits_64_bits(election) and election.n_projects * election.n_ballots <= QUICK_CELLS


def _fits_64_bits(election: Election) -> bool:
    largest = int(election.costs.max(initial=0)) * election.n_projects * election.n_voters
    return largest <= LARGEST and election.n_projects * election.n_ballots <= MOST_CELLS


def _refuse_large(election: Election) -> None:
    if not _fits_64_bits(election):
        raise wrong(
            "too_large_for_flows",
            N_(
                "{projects} projects and {ballots} distinct ballots, or costs up to {cost}, are "
                "too many for exact flows; Phragmén's sequential rule is close to this one"
            ),
            projects=election.n_projects,
            ballots=election.n_ballots,
            cost=int(election.costs.max(initial=0)),
        )


class _Count:
    """Funded projects, how their costs are laid, and what is known of each rival."""

    def __init__(self, election: Election) -> None:
        self._election = election
        self._supports = np.zeros((election.n_projects, election.n_ballots), dtype=np.bool_)
        self._supports[election.indices, election.rows] = True
        self._funded: list[int] = []
        self._flow: tuple[SupportFlow, int] | None = None
        self._by_project = election.transposed
        votes = election.votes.tolist()
        self._covers = {place: frozenset([place]) for place in range(election.n_projects)}
        self._least = {
            place: Fraction(int(election.costs[place]), voters)
            for place, voters in enumerate(votes)
            if voters
        }

    def best(self, places: list[int], order: tuple[int, ...]) -> tuple[Evidence, tuple[int, ...]]:
        """Return the project that leaves the least load, and those that would leave the same."""
        rank = {place: at for at, place in enumerate(order)}
        known: dict[int, tuple[SupportFlow, int]] = {}
        first = min(places, key=lambda place: (self._least[place], rank[place]))
        while first not in known:
            known[first] = self._settled(first)
            first = min(places, key=lambda place: (self._least[place], rank[place]))
        evidence = self._evidence(first, known[first], places)
        tied = [place for place in places if place != first]
        tied = [place for place in tied if self._least[place] == evidence.load]
        self._funded.append(first)
        self._flow = known[first]
        self._widen(self._covers[first], [place for place in places if place != first])
        return evidence, tuple(sorted(tied, key=order.index))

    def _widen(self, cover: frozenset[int], places: list[int]) -> None:
        """Raise what is known of rivals by what holds back the project that was just funded."""
        election = self._election
        carry = self._supports[sorted(cover)].any(axis=0)
        cost = sum(int(election.costs[place]) for place in cover)
        for place in places:
            more = self._covers[place] - cover
            voters = carry | self._supports[sorted(more)].any(axis=0)
            total = cost + sum(int(election.costs[one]) for one in more)
            load = Fraction(total, int(election.weights[voters].sum()))
            if load > self._least[place]:
                self._least[place], self._covers[place] = load, cover | more

    def _settled(self, place: int) -> tuple[SupportFlow, int]:
        """Raise the load of a project to the exact one; return the flow that carries it."""
        places = [*self._funded, place]
        costs = self._election.costs[places]
        flow: tuple[SupportFlow, int] | None = self._flow
        while True:
            load = self._least[place]
            trial = self._started(places, load, flow)
            lacking = trial.lay(costs * load.denominator)
            flow = (trial, load.denominator)
            if lacking is None:
                return flow
            cover = frozenset(one for one, short in zip(places, lacking, strict=True) if short)
            self._covers[place], self._least[place] = (
                cover,
                lowest_load(self._election, cover, self._by_project),
            )

    def _started(
        self, places: list[int], load: Fraction, before: tuple[SupportFlow, int] | None
    ) -> SupportFlow:
        """Return a flow within a load that keeps what it can of an earlier one."""
        capacity: Whole = self._election.weights * load.numerator
        carried = np.zeros((len(places), self._election.n_ballots), dtype=np.int64)
        if before is not None:
            earlier, unit = before
            if int(earlier.carried.max(initial=0)) * load.denominator <= LARGEST:
                carried[: len(earlier.carried)] = earlier.carried * load.denominator // unit
        return SupportFlow(self._supports[places], capacity, carried=carried)

    def _evidence(self, chosen: int, flow: tuple[SupportFlow, int], places: list[int]) -> Evidence:
        return Evidence(
            chosen=chosen,
            before=tuple(self._funded),
            load=self._least[chosen],
            laid=flow[0].carried,
            unit=flow[1],
            bottlenecks={place: self._covers[place] for place in places},
        )
