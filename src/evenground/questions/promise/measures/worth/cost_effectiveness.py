"""What one unit of outcome costs, where no money value is given for it.

Source: Fieller (1954), Journal of the Royal Statistical Society B 16, 175-185, in the case of a
cost that is known: the interval of a ratio is that of its denominator, turned over; it has no end
where the effect may be none, and no meaning where it may be a loss.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.promise.measures.worth.ranged import Ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPerUnit:
    """Cost of one unit of outcome.

    Attributes
    ----------
    value, low, high
        Money a unit; ``value`` is ``None`` where nothing came for the money, ``high`` is infinite
        where no effect lies in the interval.
    reason
        Empty, or why it cannot be told: ``may_do_nothing`` (the interval holds 0: only ``low`` is
        an end), ``does_nothing`` (no effect, or a loss, is the estimate itself).
    """

    value: float | None
    low: float | None
    high: float | None
    reason: str = ""


def cost_per_unit(cost: float, effect: Ranged) -> CostPerUnit:
    """Return the cost of one unit of outcome, with the interval of the effect.

    Parameters
    ----------
    cost
        Present value of costs, 0 or more.
    effect
        Units of outcome over the horizon, discounted as the costs are, with its interval; more is
        better.

    Raises
    ------
    UsageError
        If the cost is missing or negative, or the interval does not hold the effect.
    """
    if not 0 <= cost < math.inf or not effect.low <= effect.value <= effect.high:
        raise wrong(
            "cost_per_unit",
            N_("a cost of {cost} and an effect of {low} to {high} give no cost of a unit"),
            cost=cost,
            low=effect.low,
            high=effect.high,
        )
    low = cost / effect.high if effect.high > 0 else None
    if effect.value <= 0:
        return CostPerUnit(value=None, low=low, high=None, reason="does_nothing")
    value = cost / effect.value
    if effect.low <= 0:
        return CostPerUnit(value=value, low=low, high=math.inf, reason="may_do_nothing")
    return CostPerUnit(value=value, low=low, high=cost / effect.low)
