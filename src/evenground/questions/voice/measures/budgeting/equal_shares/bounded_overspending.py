"""Equal Shares with bounded overspending: a project may cost its supporters more than they have.

For a part ``a`` of a project, up to all of it, supporters pay at rate ``r``:
``sum min(what they have, a r u) = a cost``. The pair with the least ``r / a`` is taken, and
supporters are charged for the whole project, ``r u``, down to nothing. All that is funded stays
within the budget. This is BOS Equal Shares without the further steps of its "Plus" form, and
nothing is added at the end.

Source: Papasotiropoulos, Pishbin, Skibski, Skowron and Wąs (2024), Method of Equal Shares with
bounded overspending, arXiv 2409.15005, section 5. With ``l = a r`` the ratio is ``l / a^2``, and
``a`` is concave and piecewise linear in ``l``, so that the least one stands at a corner: where a
supporter has just enough, or where all of the cost is paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares.fast_count import Votes, votes_of
from evenground.questions.voice.measures.budgeting.equal_shares.support import (
    Satisfaction,
    Support,
    support_of,
)
from evenground.questions.voice.measures.budgeting.outcome import (
    Certificate,
    Outcome,
    Recorded,
    Step,
    cost_of,
)
from evenground.questions.voice.measures.budgeting.tie_order import TieOrder, ordered_places

TIED = 1e-11
"""Ratios that differ by less than this part count as tied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The best pair of one project.

    Attributes
    ----------
    part
        ``a``, above 0 and up to 1.
    price
        What a supporter is charged per point, in units of money.
    ratio
        ``r / a`` per unit of satisfaction: the lower, the earlier.
    """

    part: float
    price: float
    ratio: float


def bounded_overspending(
    election: Election,
    *,
    satisfaction: Satisfaction = "cost",
    ties: TieOrder | Sequence[int] = "listed",
) -> Outcome:
    """Return the outcome of Equal Shares with bounded overspending.

    Parameters
    ----------
    election
        Ballots of any kind.
    satisfaction
        What a funded project is worth to a supporter; see ``support_of``.
    ties
        Which project wins a tie: the name of an order, or all places, the first one first.

    Returns
    -------
    Outcome
        ``value`` of a step is ``r / a``. Counted in floats: the exact numbers double in length with
        every project that is overspent. The certificate names the closest race.

    Raises
    ------
    UsageError
        If ``satisfaction`` or ``ties`` is unknown.
    """
    order = ordered_places(election, ties)
    support = support_of(election, satisfaction)
    steps, closest = _rounds(support, votes_of(support, order)) if support.n_voters else ((), 1.0)
    funded = tuple(step.project for step in steps)
    record: dict[str, Recorded] = {
        "satisfaction": satisfaction,
        "ties": ties if isinstance(ties, str) else "given",
        "tie_order": tuple(election.projects[place] for place in order),
        "endowment_start": "share",
        "value": "price per unit of satisfaction, divided by the part that is paid",
        "closest_race": closest,
    }
    return Outcome(
        funded=funded,
        cost=cost_of(election, funded),
        rule="bounded_overspending",
        record=record,
        steps=steps,
        certificate=Certificate(
            exact=False,
            found="floats",
            n_steps=len(steps),
            reason=f"counted in floats; the closest race was decided by a part of {closest:.1e}",
        ),
    )


def best_offer(votes: Votes, project: int, balance: Vector) -> Offer | None:
    """Return the pair with the least ratio; ``None`` where supporters have nothing.

    Parameters
    ----------
    votes
        The election as floats.
    project
        Its place.
    balance, shape (g,)
        What a voter with each ballot has left, in units of money.
    """
    part = slice(votes.indptr[project], votes.indptr[project + 1])
    have, points, voters = (
        balance[votes.entries.ballots[part]],
        votes.entries.points[part],
        votes.entries.voters[part],
    )
    some = have > 0
    if not some.any():
        return None
    have, points, voters = have[some], points[some], voters[some]
    order = np.argsort(have / points)
    have, points, voters = have[order], points[order], voters[order]
    cost, each = float(votes.costs[project]), have / points
    below = np.concatenate([[0.0], np.cumsum(voters * have)])
    units = np.concatenate([np.cumsum((voters * points)[::-1])[::-1], [0.0]])
    brought = below[:-1] + each * units[:-1]
    enough = np.flatnonzero(brought >= cost)
    if enough.size:
        last = int(enough[0])
        each = np.append(each[:last], (cost - below[last]) / units[last])
        brought = np.append(brought[:last], cost)
    paid = brought / cost
    ratios = each / paid**2
    at = int(np.argmin(ratios))
    return Offer(
        part=float(paid[at]),
        price=float(each[at] / paid[at]),
        ratio=float(ratios[at] / votes.worth[project]),
    )


def _rounds(support: Support, votes: Votes) -> tuple[tuple[Step, ...], float]:
    balance = np.full(support.weights.size, support.budget / support.n_voters)
    left, closest = support.budget, 1.0
    bound = np.where(votes.units > 0, 0.0, np.inf)
    steps: list[Step] = []
    while True:
        bound[support.costs > left] = np.inf
        offers = _offers(votes, balance, bound)
        if not offers:
            return tuple(steps), closest
        ratios = {place: offer.ratio for place, offer in offers.items()}
        least = min(ratios.values())
        tied = [place for place, ratio in ratios.items() if ratio <= least * (1 + TIED)]
        tied.sort(key=lambda place: int(votes.rank[place]))
        others = [ratio for place, ratio in ratios.items() if place not in tied]
        closest = min([closest, *((ratio - least) / ratio for ratio in others)])
        taken, offer = tied[0], offers[tied[0]]
        entries = slice(votes.indptr[taken], votes.indptr[taken + 1])
        ballots = votes.entries.ballots[entries]
        full: Flags = balance[ballots] >= offer.price * votes.entries.points[entries]
        paid = np.minimum(balance[ballots], offer.price * votes.entries.points[entries])
        balance[ballots] = np.where(full, balance[ballots] - paid, 0.0)
        left -= int(support.costs[taken])
        bound[taken] = np.inf
        steps.append(
            Step(
                project=taken,
                value=Fraction(offer.ratio),
                price=Fraction(float(paid.max())),
                phase="bounded_overspending",
                tied=tuple(tied[1:]),
            )
        )


def _offers(votes: Votes, balance: Vector, bound: Vector) -> dict[int, Offer]:
    """Return the offers that may be best: a ratio never falls, so that old ones are bounds."""
    offers: dict[int, Offer] = {}
    waiting, least = bound.copy(), np.inf
    while True:
        place = int(np.argmin(waiting)) if waiting.size else 0
        if not waiting.size or waiting[place] == np.inf or waiting[place] > least * (1 + TIED):
            return offers
        waiting[place] = np.inf
        offer = best_offer(votes, place, balance)
        if offer is None:
            bound[place] = np.inf
            continue
        bound[place] = offer.ratio
        offers[place] = offer
        least = min(least, offer.ratio)
