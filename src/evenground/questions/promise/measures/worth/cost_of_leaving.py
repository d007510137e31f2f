"""What leaving an option costs, year by year, and from when on it would pay.

What was paid is gone whether one leaves or stays (a sunk cost), so it does not enter the
comparison: it counts what is still to pay. What a purchase has not yet given back is told beside
it. Source: HM Treasury (2018), The Green Book: sunk costs are left out of an appraisal; the
comparison of staying with leaving is plain present value (its Annex 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, vector, wrong
from evenground.questions.promise.measures.worth.discounting import (
    DiscountSchedule,
    discount_factors,
)
from evenground.questions.promise.measures.worth.residual_value import residual_value
from evenground.questions.promise.measures.worth.whole_life_cost import CostLines, by_year, filled

TERMS = ("data_ownership", "dependence", "cost_of_leaving", "notice", "handover")
"""What an option should say about leaving it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Leaving at the end of each year.

    Attributes
    ----------
    years, shape (n_years,)
        Calendar years.
    paid, shape (n_years,)
        Paid so far, leaving it included where it is known.
    not_given_back, shape (n_years,)
        Part of purchases that is not yet written off.
    leaving_cost
        Cost of leaving, as given; ``None`` where it is not.
    saved, shape (n_years,)
        Still to pay by staying to the end, less what the other option costs over as many years, in
        values of the year of leaving. It is what leaving may cost at most and still pay.
    pays_from
        First year in which ``saved`` exceeds the cost of leaving; ``None`` where there is none, or
        that cost is not given.
    """

    years: Whole
    paid: Vector
    not_given_back: Vector
    leaving_cost: float | None
    saved: Vector
    pays_from: int | None


def cost_of_leaving(
    lines: CostLines, *, other: ArrayLike = (), schedule: DiscountSchedule
) -> Leaving:
    """Return what leaving at the end of each year costs and saves.

    Parameters
    ----------
    lines
        Lines of the option that is left.
    other, shape (n,)
        What the other option costs in its first, second … year; nothing where it has no more years,
        and nothing at all where the service would end.
    schedule
        Discount rates, counted from the year of leaving.

    Raises
    ------
    UsageError
        If there is no line, or a number of the other option is missing.
    """
    if not lines.kind:
        raise wrong("no_cost_lines", N_("there is no line of cost"))
    instead = vector("other", other, least=-np.inf)
    amount = np.nan_to_num(filled(lines)[0])
    first, last = int(lines.year.min()), int(lines.year.max())
    n = last - first + 1
    at = lines.year - first
    at_the_end = np.array([kind == "leaving" for kind in lines.kind])
    bought = np.array([kind == "purchase" for kind in lines.kind])
    fee = float(amount[at_the_end].sum()) if _known(lines, at_the_end) else None
    running = by_year(at[~at_the_end], amount[~at_the_end], n_years=n)
    saved = np.array([_saved(running, t, fee or 0.0, instead, schedule) for t in range(n)])
    pays = np.flatnonzero(saved > fee) if fee is not None else np.array([], dtype=np.int64)
    return Leaving(
        years=np.arange(first, last + 1),
        paid=np.cumsum(running, dtype=np.float64) + (fee or 0.0),
        not_given_back=_not_given_back(amount[bought], at[bought], n),
        leaving_cost=fee,
        saved=saved,
        pays_from=first + int(pays[0]) if pays.size else None,
    )


def terms_not_given(about: Sequence[str]) -> tuple[str, ...]:
    """Return what an option says nothing about, of what it should say about leaving it.

    Parameters
    ----------
    about
        What each term that it does give is about.
    """
    return tuple(term for term in TERMS if term not in set(about))


def _saved(
    running: Vector, t: int, fee: float, instead: Vector, schedule: DiscountSchedule
) -> float:
    """Stay to the end and leave then, less pay for the other option from next year on."""
    ahead = running[t + 1 :]
    if ahead.size == 0:
        return fee
    factors = discount_factors(ahead.size + 1, schedule)[1:]
    other = np.zeros(ahead.size)
    n = min(ahead.size, instead.size)
    other[:n] = instead[:n]
    return float(factors @ (ahead - other) + factors[-1] * fee)


def _not_given_back(price: Vector, bought_at: Whole, n: int) -> Vector:
    if price.size == 0:
        return np.zeros(n)
    end_of_year = np.arange(1, n + 1, dtype=np.float64)[:, None]
    held = np.maximum(end_of_year - bought_at, 0)
    left = residual_value(np.maximum(price, 0), life_years=n - bought_at, held_years=held)
    return (left * (end_of_year > bought_at)).sum(axis=1)


def _known(lines: CostLines, which: Flags) -> bool:
    amounts = filled(lines)[0][which]
    return amounts.size > 0 and bool(np.isfinite(amounts).all())
