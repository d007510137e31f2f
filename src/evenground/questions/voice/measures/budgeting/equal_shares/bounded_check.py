"""Whether a path is the rule's, proven in floats with bounds on all rounding; loops for numba.

Completions count for hundreds of endowments, and nearly always the path is the one before. Here it
is proven for one endowment, where no comparison is close; the exact replay settles the others. All
prices are enclosed; the error of a balance grows by the width of the price that was taken from it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.budgeting.equal_shares.fast_count import (
    Close,
    Votes,
    compiler,
)
from evenground.questions.voice.measures.budgeting.equal_shares.groups import close_full

Brought = Callable[[Votes, int, Vector, float, Vector], tuple[float, float, float, float]]
Holds = Callable[[Votes, int, Whole, float], bool]
EPS = float(np.finfo(np.float64).eps)
LARGEST_RATE = 1e200
"""At this rate everyone brings all she has."""


class Money(NamedTuple):
    """What a voter with each ballot has left, and how far off that may be."""

    balance: Vector
    off: Vector


class Bids(NamedTuple):
    """Which projects are open; at rate ``at`` they would be brought ``most``, of all ``money``."""

    still: Flags
    at: Vector
    most: Vector
    money: Vector


def brought_at(
    votes: Votes, project: int, balance: Vector, price: float, off: Vector
) -> tuple[float, float, float, float]:
    """Return what supporters bring at a price, how far off, and points of those who pay in full.

    Balances may be ``off``, which matters only for those who may not have the price. Last comes the
    most that all supporters may have. Sums are compensated (Kahan 1965).
    """
    brought, full, money, unsure, lost = 0.0, 0.0, 0.0, 0.0, 0.0
    for entry in range(votes.indptr[project], votes.indptr[project + 1]):
        ballot, count = votes.ballots[entry], votes.voters[entry]
        have, asked = balance[ballot], price * votes.points[entry]
        if have < asked + off[ballot]:
            unsure += count * off[ballot]
        if have >= asked:
            have = asked
            full += count * votes.points[entry]
        term = count * have - lost
        total = brought + term
        lost = (total - brought) - term
        brought = total
        money += count * (balance[ballot] + off[ballot])
    n = votes.indptr[project + 1] - votes.indptr[project] + 16
    return brought, unsure * (1 + n * EPS) + 8 * EPS * brought, full, money * (1 + n * EPS)


def enclosed_with(brought_at: Brought) -> Callable[..., tuple[float, float]]:
    """Return a function that encloses a price."""

    def enclosed(votes: Votes, project: int, balance: Vector, off: Vector) -> tuple[float, float]:
        cost = votes.costs[project]
        price = cost / votes.units[project]
        brought, slack, full, _ = brought_at(votes, project, balance, price, off)
        while full > 0 and brought < cost - slack:
            price += (cost - brought) / full
            brought, slack, full, _ = brought_at(votes, project, balance, price, off)
        if full == 0:
            return price, np.inf  # not proven to be affordable
        half = 1.01 * (2 * slack / full + 8 * EPS * price)
        brought, slack, _, _ = brought_at(votes, project, balance, price - half, off)
        if brought + slack > cost:
            return price, np.inf
        brought, slack, _, _ = brought_at(votes, project, balance, price + half, off)
        return price, half if brought - slack >= cost else np.inf

    return enclosed


def beaten_with(brought_at: Brought) -> Callable[[Votes, Bids, Money, float], bool]:
    """Return a function that proves that no open project can be paid at a rate."""

    def beaten(votes: Votes, bids: Bids, money: Money, rate: float) -> bool:
        for rival in range(votes.costs.size):
            cost = votes.costs[rival] * (1 - 1e-14)
            if not bids.still[rival] or bids.money[rival] < cost:
                continue
            if bids.most[rival] * (rate / bids.at[rival]) < cost:
                continue
            asked = rate * votes.worth[rival]
            brought, slack, _, has = brought_at(votes, rival, money.balance, asked, money.off)
            bids.money[rival], bids.at[rival], bids.most[rival] = has, rate, brought + slack
            if has >= cost and brought + slack >= cost:
                return False
        return True

    return beaten


def charge(votes: Votes, project: int, money: Money, price: tuple[float, float]) -> None:
    """Take a price, known up to a half width, from each supporter."""
    exact, half = price
    for entry in range(votes.indptr[project], votes.indptr[project + 1]):
        ballot, points = votes.ballots[entry], votes.points[entry]
        if money.balance[ballot] + money.off[ballot] <= (exact - half) * points * (1 - 4 * EPS):
            money.balance[ballot], money.off[ballot] = 0.0, 0.0
        else:
            money.off[ballot] += half * points + 4 * EPS * money.balance[ballot]
            money.balance[ballot] = max(money.balance[ballot] - exact * points, 0.0)


def holds_with(
    enclosed: Callable[..., tuple[float, float]],
    beaten: Callable[[Votes, Bids, Money, float], bool],
    charge: Callable[[Votes, int, Money, tuple[float, float]], None],
    close_full: Close,
) -> Holds:
    """Return the check with these loops."""

    def holds(votes: Votes, n_ballots: int, path: Whole, endowment: float) -> bool:
        size = votes.costs.size
        balance = np.full(n_ballots, endowment)
        money = Money(balance, np.full(n_ballots, 2 * EPS * endowment))
        still, used = votes.open.copy(), np.zeros(votes.groups.most.size, np.int64)
        most = votes.worth * votes.units * (1 + 8 * EPS)
        bids = Bids(still, np.ones(size), most, np.full(size, np.inf))
        for step in range(path.size):
            project = int(path[step])
            if not still[project]:
                return False
            still[project] = False
            price, half = enclosed(votes, project, money.balance, money.off)
            rate = (price + half) / votes.worth[project] * (1 + 4 * EPS)
            if half == np.inf or not beaten(votes, bids, money, rate):
                return False
            charge(votes, project, money, (price, half))
            close_full(votes.groups, used, project, still)
        return beaten(votes, bids, money, LARGEST_RATE)

    return holds


@cache
def compiled_holds() -> Holds | None:
    """Return the check compiled; ``None`` without numba: exact replays take its place."""
    made = compiler()
    if made is None:
        return None
    loop = made(brought_at)
    return made(
        holds_with(
            made(enclosed_with(loop)), made(beaten_with(loop)), made(charge), made(close_full)
        )
    )
