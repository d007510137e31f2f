"""The Method of Equal Shares in floats: fast, and not to be trusted without the exact replay.

What supporters pay per unit of satisfaction never falls as their money goes, so that an old price
is a lower bound and few projects are priced anew in each round.

Source: Peters, Pierczynski and Skowron (2021), Proportional participatory budgeting with additive
utilities, NeurIPS 34, 12726-12737, section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.budgeting.equal_shares.loops import (
    TIED,
    CountLoop,
    Course,
    Entries,
    Votes,
    close_full,
    compiler,
    count_loop,
)
from evenground.questions.voice.measures.budgeting.equal_shares.support import Support

Count = Callable[[Votes, int, float], tuple[Whole, Vector]]


def votes_of(support: Support, ties: Sequence[int]) -> Votes:
    """Return what the loops need; ``ties`` names all places, the one that wins ties first."""
    rank = np.empty(support.n_projects, dtype=np.int64)
    rank[np.asarray(ties, dtype=np.int64)] = np.arange(support.n_projects)
    return Votes(
        indptr=support.indptr,
        entries=Entries(
            ballots=support.ballots,
            points=support.points.astype(np.float64),
            voters=support.voters.astype(np.float64),
        ),
        costs=support.costs.astype(np.float64),
        worth=support.worth.astype(np.float64),
        units=support.units,
        rank=rank,
        open=support.open,
        groups=support.groups,
    )


def count_with(loop: CountLoop) -> Count:
    """Return a count by a loop, as it stands or compiled."""

    def count(votes: Votes, n_ballots: int, endowment: float) -> tuple[Whole, Vector]:
        size = votes.costs.size
        course = Course(
            balance=np.empty(n_ballots),
            bound=np.empty(size),
            waiting=np.empty(size),
            found=np.empty(size),
            still=votes.open.copy(),
            used=np.zeros(votes.groups.most.size, dtype=np.int64),
            chosen=np.empty(size, dtype=np.int64),
            prices=np.empty(size),
        )
        n_chosen = loop(votes, course, endowment)
        return course.chosen[:n_chosen], course.prices[:n_chosen]

    return count


def plain_count(votes: Votes, n_ballots: int, endowment: float) -> tuple[Whole, Vector]:
    """Return the same in NumPy."""
    size = votes.costs.size
    balance, chosen, prices = np.full(n_ballots, endowment), np.empty(size, np.int64), []
    bound, still = np.full(size, np.inf), votes.open.copy()
    bound[still] = votes.costs[still] / (votes.worth * votes.units)[still]
    used = np.zeros(votes.groups.most.size, np.int64)
    for round_ in range(size):
        waiting, found, best = bound.copy(), np.full(size, np.inf), np.inf
        for _ in range(size):
            project = int(np.argmin(waiting))
            if waiting[project] == np.inf or waiting[project] > best * (1 + TIED):
                break
            waiting[project] = np.inf
            worth = votes.worth[project]
            bound[project] = _price(votes, project, balance, bound[project] * worth) / worth
            found[project] = bound[project]
            best = min(best, found[project])
        if best == np.inf:
            break
        near = np.flatnonzero(found <= best * (1 + TIED))
        pick = chosen[round_] = int(near[np.argmin(votes.rank[near])])
        prices.append(bound[pick] * votes.worth[pick])
        _pay(votes, pick, balance, prices[-1])
        close_full(votes.groups, used, pick, still)
        bound[~still] = np.inf
    return chosen[: len(prices)], np.array(prices)


PLAIN: Count = plain_count


@cache
def compiled_count() -> Count | None:
    """Return the count compiled; ``None`` without numba."""
    made = compiler()
    return None if made is None else count_with(made(count_loop))


def _price(votes: Votes, project: int, balance: Vector, least: float) -> float:
    part = slice(votes.indptr[project], votes.indptr[project + 1])
    points, voters = votes.entries.points[part], votes.entries.voters[part]
    have, cost = balance[votes.entries.ballots[part]], float(votes.costs[project])
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


def _pay(votes: Votes, project: int, balance: Vector, price: float) -> None:
    part = slice(votes.indptr[project], votes.indptr[project + 1])
    ballots, points = votes.entries.ballots[part], votes.entries.points[part]
    balance[ballots] = np.maximum(balance[ballots] - price * points, 0.0)
