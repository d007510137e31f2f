"""How much more data could tell an effect from a limit, if the effect stays what it seems."""

from __future__ import annotations

import math

from evenground.language import N_
from evenground.methods.validation import wrong


def times_as_much_data(value: float, low: float, high: float, *, limit: float) -> float | None:
    """Return how many times as much data would bring the interval off a limit.

    The interval's half-width is taken to shrink with the square root of the number of independent
    units or periods, as that of a mean does (Cochran 1977, Sampling Techniques, section 4.6); where
    neighbours or periods go together, more is needed than this says.

    Parameters
    ----------
    value, low, high
        Estimate and interval, in the outcome's unit.
    limit
        What it is held against, in the same unit.

    Returns
    -------
    float or None
        1 or less where the interval is off the limit already; ``None`` where the estimate lies on
        the limit, so that no amount of data could be expected to tell.

    Raises
    ------
    UsageError
        If the interval has no ends, or the estimate lies outside it.
    """
    if not (math.isfinite(low) and math.isfinite(high) and low <= value <= high):
        raise wrong(
            "interval_order",
            N_("the interval runs from {low} to {high}, the estimate is {value}"),
            low=low,
            high=high,
            value=value,
        )
    apart = abs(value - limit)
    reach = value - low if value > limit else high - value
    if apart == 0:
        return None
    return (reach / apart) ** 2
