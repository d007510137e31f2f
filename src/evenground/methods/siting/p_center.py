"""The p-center: sites from which nobody is farther than need be.

Whether everybody can be within a limit is a question of covering them all; the least limit for
which it is so is found by halving the list of distinct costs.

Source: Hakimi (1964), Operations Research 12, 450-459; Minieka (1970), The m-center problem, SIAM
Review 12, 138-139.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.building import (
    answered,
    impossible,
    inhabited,
    model_of,
    total_aim,
)
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.problem import Instance, SitingProblem, checked, refuse_capacities
from evenground.methods.siting.reasons import contradiction, why_impossible
from evenground.methods.siting.solve import solve
from evenground.methods.validation import Flags, Vector, Whole


def p_center(problem: SitingProblem, *, effort: Effort | None = None) -> Siting:
    """Return the sites with the least ``max_i min_j c_ij`` over points where people live.

    Returns
    -------
    Siting
        The objective is the cost of those worst off.

    Raises
    ------
    UsageError
        If the problem makes no sense, or capacities are given.
    """
    instance = checked(problem)
    refuse_capacities(instance, "p_center")
    meter = Meter(effort or Effort())
    reason = why_impossible(instance, must_reach=True)
    if reason is not None:
        return impossible(instance, reason, meter)
    lives = inhabited(instance)
    costs = instance.costs[lives]
    allowed = costs[:, ~instance.forbidden]
    floor = float(allowed.min(axis=1).max())
    levels = np.unique(allowed[np.isfinite(allowed) & (allowed >= floor)])
    return _Halving(instance=instance, lives=lives, levels=levels, meter=meter).run()


@dataclass(slots=True)
class _Halving:
    """Levels below ``low`` are proven too little; ``sites`` reach all within ``high``."""

    instance: Instance
    lives: Flags
    levels: Vector
    meter: Meter
    sites: Whole | None = None

    def run(self) -> Siting:
        """Halve until the levels meet or the meter says stop."""
        low, high = 0, self.levels.size
        at = high - 1
        while low < high:
            found, proven_not = self._within(float(self.levels[at]))
            if found is not None:
                self.sites = found
                paid = self.instance.costs[self.lives][:, found].min(axis=1)
                high = int(np.searchsorted(self.levels, paid.max()))
            elif proven_not:
                low = at + 1
            else:
                break
            at = (low + high) // 2
        if self.sites is None:
            if low >= self.levels.size:
                return impossible(self.instance, contradiction(), self.meter)
            none = np.empty(0, dtype=np.int64)
            bounds = (np.nan, float(self.levels[low]))
            return answered(self.instance, none, values=bounds, meter=self.meter)
        values = (float(self.levels[high]), float(self.levels[low]))
        return answered(self.instance, self.sites, values=values, meter=self.meter)

    def _within(self, limit: float) -> tuple[Whole | None, bool]:
        """Return sites within ``limit`` of everybody; without them, whether there are none."""
        uncovered = (self.instance.costs > limit).astype(np.float64)
        aim = total_aim(uncovered, self.lives.astype(np.float64))
        found = solve(model_of(self.instance, aim), self.meter, enough=0.0)
        if found.sites.size and found.value <= 0:
            return found.sites, False
        return None, found.bound > 0
