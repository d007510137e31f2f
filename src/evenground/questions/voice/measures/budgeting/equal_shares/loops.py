"""The loops of equal shares as plain Python over numbers and arrays, for numba to compile.

They make no arrays and slice none, and what they call takes few: so they compile in a third of the
time. All stand in one file, since compiled loops are kept for the next start as long as their file
stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from math import inf
from typing import Any, NamedTuple

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.budgeting.equal_shares.groups import Groups

TIED = 1e-11
"""Prices that differ by less than this part are put in the order of ties; the replay decides."""
EPS = 2.0**-52
LARGEST_RATE = 1e200
"""At this rate everyone brings all she has."""


class Entries(NamedTuple):
    """Who supports what: ballot, points and voters of each entry."""

    ballots: Whole
    points: Vector
    voters: Vector


class Votes(NamedTuple):
    """``Support`` as floats for the loops.

    ``units`` are the points behind each project, ``rank`` its place
    among ties.
    """

    indptr: Whole
    entries: Entries
    costs: Vector
    worth: Vector
    units: Vector
    rank: Whole
    open: Flags
    groups: Groups


class Course(NamedTuple):
    """Room for a count: what each has left, bounds on prices, and what is chosen at which price."""

    balance: Vector
    bound: Vector
    waiting: Vector
    found: Vector
    still: Flags
    used: Whole
    chosen: Whole
    prices: Vector


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


class Proof(NamedTuple):
    """Room for a proof: money after the least and the largest endowment, and what is used up."""

    least: Money
    largest: Money
    bids: Bids
    used: Whole


Span = tuple[int, int]
CountLoop = Callable[[Votes, Course, float], int]
HoldsLoop = Callable[[Votes, Proof, Whole, float, float], bool]


def price_of(entries: Entries, span: Span, balance: Vector, cost: float, least: float) -> float:
    """Return what supporters pay per point, infinite where they cannot pay.

    Newton's steps from below, from ``least``: who has less than her share pays all she has.
    """
    first, last = span
    money = 0.0
    for entry in range(first, last):
        money += entries.voters[entry] * balance[entries.ballots[entry]]
    if money < cost * (1 - TIED):
        return inf
    price = least
    for _ in range(last - first + 1):
        left, rich, most = cost, 0.0, 0.0
        for entry in range(first, last):
            have, points = balance[entries.ballots[entry]], entries.points[entry]
            if have < price * points:
                left -= entries.voters[entry] * have
                most = max(most, have / points)
            else:
                rich += entries.voters[entry] * points
        if rich == 0:
            return most
        following = left / rich
        if following <= price:
            return following
        price = following
    return price


def pay(entries: Entries, span: Span, balance: Vector, price: float) -> None:
    """Take from each supporter her share, or all she has."""
    first, last = span
    for entry in range(first, last):
        ballot = entries.ballots[entry]
        balance[ballot] = max(balance[ballot] - price * entries.points[entry], 0.0)


def close_full(groups: Groups, used: Whole, project: int, still: Flags) -> None:
    """Close the project that was taken and those for which no room is left.

    Parameters
    ----------
    groups
        What there is.
    used, shape (k,)
        What is used up of each group; it is changed.
    project
        The project that was taken.
    still, shape (m,)
        Which projects are open; it is changed.
    """
    still[project] = False
    for at in range(groups.starts[project], groups.starts[project + 1]):
        entry = groups.places[at]
        group = groups.group[entry]
        used[group] += groups.uses[entry]
        for other in range(groups.first[group], groups.first[group + 1]):
            if used[group] + groups.uses[other] > groups.most[group]:
                still[groups.members[other]] = False


def count_loop(votes: Votes, course: Course, endowment: float) -> int:  # noqa: C901, PLR0912 - one loop compiles faster than several
    """Count, and return how many are chosen.

    An old price is a lower bound, so that few projects are priced anew in each round.
    """
    entries, indptr, costs, worth = votes.entries, votes.indptr, votes.costs, votes.worth
    balance, bound, still = course.balance, course.bound, course.still
    waiting, found, n_projects = course.waiting, course.found, votes.costs.size
    for ballot in range(balance.size):
        balance[ballot] = endowment
    for project in range(n_projects):
        if still[project]:
            bound[project] = costs[project] / (worth[project] * votes.units[project])
    for round_ in range(n_projects):
        best = inf
        for project in range(n_projects):
            if not still[project]:
                bound[project] = inf
            waiting[project], found[project] = bound[project], inf
        for _ in range(n_projects):
            pick, least = -1, inf
            for project in range(n_projects):
                if waiting[project] < least:
                    pick, least = project, waiting[project]
            if pick < 0 or least > best * (1 + TIED):
                break
            waiting[pick] = inf
            span = (indptr[pick], indptr[pick + 1])
            price = price_of(entries, span, balance, costs[pick], bound[pick] * worth[pick])
            bound[pick] = found[pick] = price / worth[pick]
            best = min(best, found[pick])
        if best == inf:
            return round_
        pick = -1
        for project in range(n_projects):
            near = found[project] <= best * (1 + TIED)
            if near and (pick < 0 or votes.rank[project] < votes.rank[pick]):
                pick = project
        course.chosen[round_], course.prices[round_] = pick, bound[pick] * worth[pick]
        pay(entries, (indptr[pick], indptr[pick + 1]), balance, course.prices[round_])
        close_full(votes.groups, course.used, pick, still)
    return n_projects


def brought_at(
    entries: Entries, span: Span, money: Money, price: float
) -> tuple[float, float, float, float]:
    """Return what supporters bring at a price, how far off, and points of those who pay in full.

    Balances may be off, which matters only for those who may not have the price. Last comes the
    most that all supporters may have. Sums are compensated (Kahan 1965).
    """
    first, last = span
    brought, full, total, unsure, lost = 0.0, 0.0, 0.0, 0.0, 0.0
    for entry in range(first, last):
        ballot, count = entries.ballots[entry], entries.voters[entry]
        have, off, asked = money.balance[ballot], money.off[ballot], price * entries.points[entry]
        total += count * (have + off)
        if have < asked + off:
            unsure += count * off
        if have >= asked:
            have = asked
            full += count * entries.points[entry]
        term = count * have - lost
        following = brought + term
        lost = (following - brought) - term
        brought = following
    room = 1 + (last - first + 16) * EPS
    return brought, unsure * room + 8 * EPS * brought, full, total * room


def enclosed(
    entries: Entries, span: Span, money: Money, cost: float, units: float
) -> tuple[float, float]:
    """Return a price and half the width in which it surely lies; infinite if not proven."""
    price = cost / units
    brought, slack, full, _ = brought_at(entries, span, money, price)
    while full > 0 and brought < cost - slack:
        price += (cost - brought) / full
        brought, slack, full, _ = brought_at(entries, span, money, price)
    if full == 0:
        return price, inf  # not proven to be affordable
    half = 1.01 * (2 * slack / full + 8 * EPS * price)
    brought, slack, _, _ = brought_at(entries, span, money, price - half)
    if brought + slack > cost:
        return price, inf
    brought, slack, _, _ = brought_at(entries, span, money, price + half)
    return price, half if brought - slack >= cost else inf


def charge(entries: Entries, span: Span, money: Money, price: tuple[float, float]) -> None:
    """Take a price, known up to a half width, from each supporter."""
    exact, half = price
    first, last = span
    for entry in range(first, last):
        ballot, points = entries.ballots[entry], entries.points[entry]
        if money.balance[ballot] + money.off[ballot] <= (exact - half) * points * (1 - 4 * EPS):
            money.balance[ballot], money.off[ballot] = 0.0, 0.0
        else:
            money.off[ballot] += half * points + 4 * EPS * money.balance[ballot]
            money.balance[ballot] = max(money.balance[ballot] - exact * points, 0.0)


def beaten(votes: Votes, bids: Bids, money: Money, rate: float) -> bool:
    """Return whether it is proven that no open project can be paid at a rate."""
    for rival in range(votes.costs.size):
        cost = votes.costs[rival] * (1 - 1e-14)
        if not bids.still[rival] or bids.money[rival] < cost:
            continue
        if bids.most[rival] * (rate / bids.at[rival]) < cost:
            continue
        span = (votes.indptr[rival], votes.indptr[rival + 1])
        asked = rate * votes.worth[rival]
        brought, slack, _, has = brought_at(votes.entries, span, money, asked)
        bids.money[rival], bids.at[rival], bids.most[rival] = has, rate, brought + slack
        if has >= cost and brought + slack >= cost:
            return False
    return True


def holds_loop(votes: Votes, proof: Proof, path: Whole, least: float, largest: float) -> bool:
    """Return whether a path is proven for all endowments from ``least`` to ``largest``.

    Along one path nobody has less left after a larger endowment, and no price is higher. So a
    project goes before its rivals at every endowment between, if its price after the least one is
    below theirs after the largest.
    """
    entries, bids = votes.entries, proof.bids
    low, high, apart = proof.least, proof.largest, largest > least
    for ballot in range(low.balance.size):
        low.balance[ballot], low.off[ballot] = least, 2 * EPS * least
        high.balance[ballot], high.off[ballot] = largest, 2 * EPS * largest
    rich = high if apart else low
    rate = LARGEST_RATE
    for step in range(path.size + 1):
        at_end = step == path.size
        project = 0 if at_end else path[step]
        span = (votes.indptr[project], votes.indptr[project + 1])
        cost, units = votes.costs[project], votes.units[project]
        price, half = 0.0, 0.0
        rate = LARGEST_RATE
        if not at_end:
            if not bids.still[project]:
                return False
            bids.still[project] = False
            price, half = enclosed(entries, span, low, cost, units)
            rate = (price + half) / votes.worth[project] * (1 + 4 * EPS)
        if half == inf or not beaten(votes, bids, rich, rate):
            return False
        if at_end:
            return True
        charge(entries, span, low, (price, half))
        if apart:
            price, half = enclosed(entries, span, high, cost, units)
            if half == inf:
                return False
            charge(entries, span, high, (price, half))
        close_full(votes.groups, proof.used, project, bids.still)
    return True


_CALLED: tuple[Callable[..., Any], ...] = (
    price_of, pay, close_full, brought_at, enclosed, charge, beaten,
)  # fmt: skip


@cache
def compiler() -> Callable[[Any], Any] | None:
    """Return what compiles a loop and keeps it for the next start; ``None`` without numba."""
    try:
        njit: Any = import_module("numba").njit  # an extra: the checker may not find it
        callable_too: Any = import_module("numba.extending").register_jitable
    except ImportError:
        return None
    for loop in _CALLED:
        callable_too(loop)

    def made(loop: Any) -> Any:
        try:
            return njit(nogil=True, error_model="numpy", cache=True)(loop)
        except RuntimeError:  # there is no place to keep it
            return njit(nogil=True, error_model="numpy")(loop)

    return made
