"""The Method of Equal Shares in floats: fast, and not to be trusted without the exact replay.

What supporters pay per unit of satisfaction never falls as their money goes, so that an old price
is a lower bound and few projects are priced anew in each round.

Source: Peters, Pierczynski and Skowron (2021), Proportional participatory budgeting with additive
utilities, NeurIPS 34, 12726-12737, section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.budgeting.equal_shares.groups import Groups, close_full
from evenground.questions.voice.measures.budgeting.equal_shares.support import Support

TIED = 1e-11
"""Prices that differ by less than this part are put in the order of ties; the replay decides."""


class Votes(NamedTuple):
    """``Support`` as floats for the loops.

    ``size`` and ``units`` are the voters and the points behind each project, ``rank`` its place
    among ties.
    """

    indptr: Whole
    ballots: Whole
    points: Vector
    voters: Vector
    costs: Vector
    worth: Vector
    units: Vector
    size: Vector
    rank: Whole
    open: Flags
    groups: Groups


Price = Callable[[Votes, int, Vector, float], float]
Pay = Callable[[Votes, int, Vector, float], None]
Close = Callable[[Groups, Whole, int, Flags], None]
Count = Callable[[Votes, int, float], tuple[Whole, Vector]]


def votes_of(support: Support, ties: Sequence[int]) -> Votes:
    """Return what the loops need; ``ties`` names all places, the one that wins ties first."""
    rank = np.empty(support.n_projects, dtype=np.int64)
    rank[np.asarray(ties, dtype=np.int64)] = np.arange(support.n_projects)
    return Votes(
        indptr=support.indptr,
        ballots=support.ballots,
        points=support.points.astype(np.float64),
        voters=support.voters.astype(np.float64),
        costs=support.costs.astype(np.float64),
        worth=support.worth.astype(np.float64),
        units=support.units,
        size=support.size,
        rank=rank,
        open=support.open,
        groups=support.groups,
    )


def price_of(votes: Votes, project: int, balance: Vector, least: float) -> float:
    """Return what supporters pay per point, infinite where they cannot pay; a loop for numba.

    Newton's steps from below, from ``least``: who has less than her share pays all she has.
    """
    first, last = votes.indptr[project], votes.indptr[project + 1]
    cost, money = votes.costs[project], 0.0
    for entry in range(first, last):
        money += votes.voters[entry] * balance[votes.ballots[entry]]
    if money < cost * (1 - TIED):
        return np.inf
    price = least
    for _ in range(last - first + 1):
        left, rich, most = cost, 0.0, 0.0
        for entry in range(first, last):
            have, points = balance[votes.ballots[entry]], votes.points[entry]
            if have < price * points:
                left -= votes.voters[entry] * have
                most = max(most, have / points)
            else:
                rich += votes.voters[entry] * points
        if rich == 0:
            return most
        following = left / rich
        if following <= price:
            return following
        price = following
    return price


def pay(votes: Votes, project: int, balance: Vector, price: float) -> None:
    """Take from each supporter her share, or all she has; a loop for numba."""
    for entry in range(votes.indptr[project], votes.indptr[project + 1]):
        ballot = votes.ballots[entry]
        balance[ballot] = max(balance[ballot] - price * votes.points[entry], 0.0)


def price_at_once(votes: Votes, project: int, balance: Vector, least: float) -> float:
    """Return the same as ``price_of``, in NumPy."""
    part = slice(votes.indptr[project], votes.indptr[project + 1])
    have, points, voters = balance[votes.ballots[part]], votes.points[part], votes.voters[part]
    cost = float(votes.costs[project])
    if float(voters @ have) < cost * (1 - TIED):
        return np.inf
    price, units = least, voters * points
    for _ in range(have.size + 1):
        poor = have < price * points
        rich = float(units[~poor].sum())
        if rich == 0:
            return float((have / points).max())
        following = (cost - float(voters[poor] @ have[poor])) / rich
        if following <= price:
            return following
        price = following
    return price


def pay_at_once(votes: Votes, project: int, balance: Vector, price: float) -> None:
    """Take the same as ``pay``, in NumPy."""
    part = slice(votes.indptr[project], votes.indptr[project + 1])
    ballots = votes.ballots[part]
    balance[ballots] = np.maximum(balance[ballots] - price * votes.points[part], 0.0)


def count_with(price_of: Price, pay: Pay, close_full: Close) -> Count:
    """Return a count that prices and takes money with these loops."""

    def count(votes: Votes, n_ballots: int, endowment: float) -> tuple[Whole, Vector]:
        n_projects = votes.costs.size
        balance = np.full(n_ballots, endowment)
        bound = np.full(n_projects, np.inf)
        still, used = votes.open.copy(), np.zeros(votes.groups.most.size, np.int64)
        for project in range(n_projects):
            if still[project]:
                bound[project] = votes.costs[project] / (
                    votes.worth[project] * votes.units[project]
                )
        chosen, prices = np.empty(n_projects, np.int64), np.empty(n_projects)
        for round_ in range(n_projects):
            waiting, found, best = bound.copy(), np.full(n_projects, np.inf), np.inf
            for _ in range(n_projects):
                project = int(np.argmin(waiting))
                if waiting[project] == np.inf or waiting[project] > best * (1 + TIED):
                    break
                waiting[project] = np.inf
                worth = votes.worth[project]
                bound[project] = price_of(votes, project, balance, bound[project] * worth) / worth
                found[project] = bound[project]
                best = min(best, found[project])
            if best == np.inf:
                return chosen[:round_], prices[:round_]
            pick = -1
            for project in range(n_projects):
                near = found[project] <= best * (1 + TIED)
                if near and (pick < 0 or votes.rank[project] < votes.rank[pick]):
                    pick = project
            chosen[round_], prices[round_] = pick, bound[pick] * votes.worth[pick]
            pay(votes, pick, balance, prices[round_])
            close_full(votes.groups, used, pick, still)
            bound[~still] = np.inf
        return chosen, prices

    return count


PLAIN: Count = count_with(price_at_once, pay_at_once, close_full)


@cache
def compiled_count() -> Count | None:
    """Return the count compiled; ``None`` without numba."""
    made = compiler()
    if made is None:
        return None
    return made(count_with(made(price_of), made(pay), made(close_full)))


@cache
def compiler() -> Any:
    """Return what compiles a loop; ``None`` without numba.

    Nothing is kept for the next start: loops that call others would be kept anew each time.
    """
    try:
        njit: Any = import_module("numba").njit  # an extra: the checker may not find it
    except ImportError:
        return None
    return njit(nogil=True, error_model="numpy")
