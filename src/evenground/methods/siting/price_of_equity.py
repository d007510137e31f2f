"""The price of equity: what a fairer choice costs in efficiency.

Source: Bertsimas, Farias and Trichakis (2011), The price of fairness, Operations Research 59, 17-31.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenground.methods.siting.answer import Siting
from evenground.methods.siting.problem import SitingProblem


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
    raise NotImplementedError
