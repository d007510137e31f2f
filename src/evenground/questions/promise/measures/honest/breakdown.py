"""The breakdown value: how much worse trends may get before the effect can no longer be told apart.

Source: Rambachan and Roth (2023), Review of Economic Studies 90, 2555-2591, section 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.promise.measures.honest.event_study import EventStudy
from evenground.questions.promise.measures.honest.fixed_length import frontier
from evenground.questions.promise.measures.honest.relative_magnitudes import (
    relative_magnitudes_interval,
)
from evenground.questions.promise.measures.honest.smoothness import smoothness_interval

Restriction = Literal["relative magnitudes", "smoothness"]
TOLERANCE = 1e-9
_N_DOUBLINGS = 40
_FIRST = 0.125


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """The greatest bound at which the interval leaves out ``null``.

    Attributes
    ----------
    value
        M-bar, without unit, or M, in the outcome's unit per period: the interval leaves out
        ``null`` there and at every smaller bound that was looked at. 0 if it never does; infinite
        if it does however large the bound.
    excluded
        Whether ``null`` is left out at the bound 0. If not, there is no effect to break down.
    null
        The effect that is to be told apart, in the outcome's unit.
    tolerance
        ``value`` is exact to this part of itself, by halving.
    """

    value: float
    excluded: bool
    null: float
    tolerance: float


def breakdown(
    study: EventStudy,
    *,
    restriction: Restriction = "relative magnitudes",
    null: float = 0.0,
    tolerance: float = TOLERANCE,
) -> Breakdown:
    """Return the breakdown value of an event study.

    Parameters
    ----------
    study
        From ``event_study``.
    restriction
        ``"relative magnitudes"`` (C-LF) or ``"smoothness"`` (FLCI).
    null
        The effect to be told apart, in the outcome's unit: 0, or the least that is worthwhile.
    tolerance
        As in ``Breakdown``, above 0.

    Raises
    ------
    UsageError
        If there is no such restriction, or ``null`` or ``tolerance`` is not such a number.
    """
    if not math.isfinite(null):
        raise wrong("null_value", N_("the effect to be told apart is {null}"), null=null)
    if not tolerance > 0:
        raise wrong(
            "tolerance_value", N_("the tolerance is {tolerance}, not above 0"), tolerance=tolerance
        )
    interval, unit = _intervals(study, restriction)

    def excludes(bound: float) -> bool:
        low, high = interval(bound)
        return not low <= null <= high

    if not excludes(0.0):
        return Breakdown(value=0.0, excluded=False, null=null, tolerance=tolerance)
    inside, outside = 0.0, _FIRST * unit
    for _ in range(_N_DOUBLINGS):
        if not excludes(outside):
            break
        inside, outside = outside, outside * 2
    else:
        return Breakdown(value=math.inf, excluded=True, null=null, tolerance=tolerance)
    while outside - inside > tolerance * outside and inside < outside:
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if excludes(middle) else (inside, middle)
    return Breakdown(value=inside, excluded=True, null=null, tolerance=tolerance)


def _intervals(
    study: EventStudy, restriction: Restriction
) -> tuple[Callable[[float], tuple[float, float]], float]:
    """Return the interval as a function of the bound, and a bound of middling size."""
    if restriction == "relative magnitudes":
        return lambda bound: relative_magnitudes_interval(study, bound), 1.0
    if restriction != "smoothness":
        raise wrong("honest_restriction", N_("no restriction {name}"), name=restriction)
    among = frontier(study)
    return lambda bound: smoothness_interval(among, bound), float(
        study.standard_error / np.abs(study.weights).sum()
    )
