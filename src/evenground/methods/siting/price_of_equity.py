"""The price of equity: what a fairer choice costs in efficiency.

Source: Bertsimas, Farias and Trichakis (2011), The price of fairness, Operations Research 59,
17-31.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.siting.answer import Siting
from evenground.methods.siting.problem import Instance, SitingProblem, checked
from evenground.methods.validation import wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceOfEquity:
    """How much more all people together pay than with the most efficient sites.

    Attributes
    ----------
    value, low, high
        As a share of the least total: 0.05 is 5 % more. ``low`` and ``high`` hold whatever the true
        least total is between the efficient answer's bound and its objective; equal once proven.
    """

    value: float
    low: float
    high: float


def price_of_equity(problem: SitingProblem, *, chosen: Siting, efficient: Siting) -> PriceOfEquity:
    """Return the relative loss of ``chosen`` against ``efficient``, the answer of ``p_median``.

    Raises
    ------
    UsageError
        If one of the two has no sites.
    """
    instance = checked(problem)
    pays, least = _total(instance, chosen), _total(instance, efficient)
    bound = min(efficient.bound, least)
    return PriceOfEquity(
        value=_loss(pays, least),
        low=_loss(pays, min(pays, least)),
        high=_loss(pays, bound),
    )


def _total(instance: Instance, siting: Siting) -> float:
    if not siting.sites.size:
        raise wrong("siting_no_sites", N_("an answer has no sites, so it cannot be compared"))
    lived = instance.weights > 0
    return float((instance.weights[lived] * siting.cost[lived]).sum())


def _loss(pays: float, least: float) -> float:
    if pays == least:
        return 0.0
    return pays / least - 1.0 if least > 0 else np.inf
