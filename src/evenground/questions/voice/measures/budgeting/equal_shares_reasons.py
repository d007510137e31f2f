"""Where the money of a project's supporters went under equal shares, and what was missing.

In closed form from the path of the count, for one endowment: until a project is chosen, the path is
the same whatever it costs and whoever else names it, so that its turn can be looked for at each
step. Completions after the count, and endowments that would have changed, are not seen here; count
again (``turning_points``) to have them taken in.

Source: Boehmer, Faliszewski, Janeczko, Peters, Pierczyński, Schierreich, Skowron and Szufa (2024),
Evaluation of project performance in participatory budgeting, IJCAI 33 (cost reduction; votes by the
voters who help most, "optimist").
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.payments import (
    equal_shares_payments,
    money_behind,
)
from evenground.questions.voice.measures.budgeting.satisfaction import Satisfaction

NEVER = -1
_ROUNDING = 1e-12
_MOST_WORK = 40_000_000
"""Entries on ballots times steps up to which a project's turn is looked for at each step."""
_TIE = 1e-9
"""Rates are moved by this part, so that a project wins ties with those behind it and no others."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EqualSharesReasons:
    """Money of the supporters of every project.

    Attributes
    ----------
    left, shape (m,)
        Money that supporters had left together at the end, in units of money.
    of_ballot, shape (g,)
        Money that one voter of each distinct ballot had left at the end.
    took, shape (m, n_steps)
        Money that supporters of a project paid for the project of each step; a step of a completion
        took nothing.
    winning_price, shape (m,)
        The highest cost at which a project that was not funded would have been chosen, in units of
        money, 0 where none would do; for a funded one its cost.
    missing_votes, shape (m,)
        The fewest voters, of those who voted and did not name it, who would have had to name it
        too: those with most money left. 0 for funded projects, -1 where all would not do.
    """

    left: Vector
    of_ballot: Vector
    took: Vector
    winning_price: Whole
    missing_votes: Whole


def equal_shares_reasons(
    election: Election, outcome: Outcome, *, endowment: Fraction, satisfaction: Satisfaction
) -> EqualSharesReasons:
    """Return where the money of each project's supporters went, and what was missing.

    Parameters
    ----------
    election
        Approval ballots.
    outcome
        A count by equal shares; the price of a step is the most that a supporter pays.
    endowment
        Money of each voter with which the count ended, in units of money.
    satisfaction
        That of the count.

    Returns
    -------
    EqualSharesReasons
        Prices and votes hold for this endowment. Where there are very many ballots and steps, they
        are looked for at the end only: a higher price, or fewer votes, may do as well.
    """
    m, n_steps = election.n_projects, len(outcome.steps)
    rank = _ranks(election, outcome)
    each_step = election.indices.size * n_steps <= _MOST_WORK
    took = np.zeros((m, n_steps))
    best, fewest = np.zeros(m), np.full(m, float(election.n_voters + 1))
    has = np.full(election.n_ballots, float(endowment))
    by_cost = satisfaction == "cost"
    for one in equal_shares_payments(election, outcome, endowment=endowment):
        price = float(outcome.steps[one.step].price or 0)
        took[:, one.step] = _paid_by_supporters(election, one.paid)
        has = one.before - one.paid
        if not each_step:
            continue
        rates = price * np.where(rank < rank[one.project], 1 + _TIE, 1 - _TIE)
        if by_cost:
            rates /= float(election.costs[one.project])
            best = np.maximum(best, _largest_cost(election, one.before, rates))
            caps = rates * election.costs
        else:
            best = np.maximum(best, _covered(election, one.before, rates))
            caps = rates
        fewest = _fewer(election, one.before, caps=caps, fewest=fewest)
    left = money_behind(election, has)
    fewest = _fewer(election, has, caps=np.full(m, np.inf), fewest=fewest)
    funded = list(outcome.funded)
    best = np.floor(np.maximum(best, left) * (1 + _ROUNDING))
    best[funded] = election.costs[funded]
    fewest[funded] = 0
    return EqualSharesReasons(
        left=left,
        of_ballot=has,
        took=took,
        winning_price=best.astype(np.int64),
        missing_votes=np.where(fewest > election.n_voters, NEVER, fewest).astype(np.int64),
    )


def _ranks(election: Election, outcome: Outcome) -> Whole:
    """Return the rank of each project among ties, as the record says, shape (m,)."""
    named = outcome.record.get("tie_order")
    order = election.places(named) if isinstance(named, tuple) else range(election.n_projects)
    rank = np.full(election.n_projects, election.n_projects, dtype=np.int64)
    rank[list(order)] = np.arange(len(order))
    return rank


def _paid_by_supporters(election: Election, paid: Vector) -> Vector:
    """Return what supporters of each project paid, shape (m,), from the ballots that paid alone."""
    rows = np.flatnonzero(paid)
    lengths = np.diff(election.indptr)[rows]
    ends = np.cumsum(lengths)
    shift = np.repeat(election.indptr[rows] - (ends - lengths), lengths)
    places = np.arange(int(lengths.sum())) + shift
    money = np.repeat(paid[rows] * election.weights[rows], lengths)
    return np.bincount(election.indices[places], money, election.n_projects).astype(np.float64)


def _covered(election: Election, has: Vector, caps: Vector) -> Vector:
    """Return what the supporters of each project bring if none pays above its cap, shape (m,)."""
    brought = np.minimum(has[election.rows], caps[election.indices])
    money = brought * election.weights[election.rows]
    return np.bincount(election.indices, money, caps.size).astype(np.float64)


def _largest_cost(election: Election, has: Vector, rates: Vector) -> Vector:
    """Return the largest cost that supporters cover at a rate per unit of it, shape (m,).

    The root of ``sum min(has, rate * cost) = cost`` from above: what is covered is concave in the
    cost, so that each tangent lies above it.
    """
    costs = money_behind(election, has)
    weights = election.weights[election.rows]
    money = has[election.rows]
    while True:
        all_paid = money <= (rates * costs)[election.indices]
        fixed = np.bincount(election.indices, money * weights * all_paid, costs.size)
        slope = rates * np.bincount(election.indices, weights * ~all_paid, costs.size)
        # Where supporters with money left cover it alone, any lower cost is covered as well.
        covered = slope >= 1
        new = np.where(covered, costs, fixed / np.where(covered, 1, 1 - slope))
        if (new >= costs * (1 - _ROUNDING)).all():
            return costs
        costs = np.minimum(new, costs)


def _fewer(election: Election, has: Vector, *, caps: Vector, fewest: Vector) -> Vector:
    """Return the fewest further supporters of each project at this step, where fewer than known."""
    need = election.costs - _covered(election, has, caps)
    most = np.minimum(caps, has.max(initial=0.0))
    at_least = np.divide(need, most, out=np.full_like(need, np.inf), where=most > 0)
    fewest = fewest.copy()
    richest = np.argsort(-has, kind="stable")
    supporters = election.transposed
    for project in np.flatnonzero((at_least <= fewest - 1) & (need > 0)).tolist():
        rest = np.ones(has.size, dtype=np.bool_)
        rest[supporters.ballots[supporters.indptr[project] : supporters.indptr[project + 1]]] = (
            False
        )
        rows = richest[rest[richest]]
        gives = np.minimum(has[rows], caps[project])
        fewest[project] = min(
            fewest[project], _count_needed(gives, election.weights[rows], float(need[project]))
        )
    return fewest


def _count_needed(gives: Vector, weights: Whole, need: float) -> float:
    """Return how many voters, the most giving first, bring ``need``; infinite if all do not."""
    money = np.cumsum(gives * weights)
    target = need * (1 - _ROUNDING)
    at = int(np.searchsorted(money, target))
    if at >= gives.size or gives[at] <= 0:
        return np.inf
    before = float(money[at - 1]) if at else 0.0
    voters = int(weights[:at].sum())
    return voters + np.ceil((target - before) / float(gives[at]))
