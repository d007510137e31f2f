"""Which sets of candidates may be chosen, before anybody's costs are looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.siting.problem import Instance
from evenground.methods.validation import Flags, Vector, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Limits on the chosen candidates alone, as in ``Instance``."""

    n_units: int
    forced: Flags
    forbidden: Flags
    prices: Vector
    budget: float
    district: Whole
    least_units: Whole

    @property
    def only_counts(self) -> bool:
        """Whether nothing but the number of units limits the choice."""
        return bool(np.isinf(self.budget)) and not self.least_units.any()

    def admits(self, sites: Whole) -> bool:
        """Return whether the sites, no two the same, may be chosen together."""
        counts = np.bincount(self.district[sites], minlength=self.least_units.size)
        return bool(
            sites.size <= self.n_units
            and not self.forbidden[sites].any()
            and self.forced[sites].sum() == self.forced.sum()
            and (self.prices[sites].sum() <= self.budget)
            and (counts >= self.least_units).all()
        )

    def swaps(self, sites: Whole, candidate: int) -> Flags:
        """Return which sites may give way to ``candidate``, shape (n_sites,)."""
        may = ~self.forced[sites]
        if self.only_counts:
            return may
        prices = self.prices[sites]
        may &= prices.sum() - prices + self.prices[candidate] <= self.budget
        here = self.district[sites]
        counts = np.bincount(here, minlength=self.least_units.size)
        spare = counts[here] > self.least_units[here]
        return may & (spare | (here == self.district[candidate]))

    def additions(self, sites: list[int]) -> Flags:
        """Return which candidates may be added, room for what districts still need kept free."""
        may = ~self.forbidden
        may[sites] = False
        if len(sites) >= self.n_units:
            return np.zeros_like(may)
        counts = np.bincount(self.district[sites], minlength=self.least_units.size)
        short = np.maximum(self.least_units - counts, 0)
        if short.sum() >= self.n_units - len(sites):
            may &= short[self.district] > 0
        return may & (self.prices[sites].sum() + self.prices <= self.budget)


def choice_of(instance: Instance) -> Choice:
    """Return the limits of an instance that concern candidates alone."""
    return Choice(
        n_units=instance.n_units,
        forced=instance.forced,
        forbidden=instance.forbidden,
        prices=instance.prices,
        budget=instance.budget,
        district=instance.district,
        least_units=instance.least_units,
    )
