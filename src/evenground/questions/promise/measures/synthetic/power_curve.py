"""What a pilot could show: power by effect, and the least effect that it would detect.

Units and starts of the city's own history, when nothing of the kind happened, take the place of a
pilot's in turn; what the estimator finds is its distribution without any effect. A constant effect
added to the treated moves the estimates of synthetic control, synthetic difference-in-differences
and DiD by exactly itself, as long as donors are never treated and the statistic is not studentised;
so one distribution gives the whole curve. For effects that are not constant that does not hold, and
the pilot has to be simulated again.

Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), American Economic Review 111,
4088-4118, equation 1 (weights do not depend on what the treated do after the start); Bloom (1995),
Minimum detectable effects, Evaluation Review 19, 547-556.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong
from evenground.questions.promise.measures.synthetic.placebo_test import ALPHA

POWER = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerCurve:
    """Power by effect.

    Attributes
    ----------
    effects, power, shape (n_effects,)
        Constant effects in the outcome's unit, and the share of re-assignments in which each would
        be told from none, 0-1.
    critical
        Size that an estimate must exceed.
    level
        Two-sided level of the test, 0-1: the largest multiple of ``1 / (n_assignments + 1)`` not
        above alpha, or the least there is.
    cannot_tell
        Whether the level asked for is below the least there is.
    rise, fall
        The least effects upwards (0 or more) and downwards (0 or less) with the power asked for.
    n_assignments
        How many re-assignments there were.
    """

    effects: Vector
    power: Vector
    critical: float
    level: float
    cannot_tell: bool
    rise: float
    fall: float
    n_assignments: int


def power_curve(
    null_distribution: ArrayLike,
    effects: ArrayLike,
    *,
    alpha: float = ALPHA,
    power: float = POWER,
) -> PowerCurve:
    """Return the share of re-assignments in which each effect would be told from none.

    Parameters
    ----------
    null_distribution, shape (n_assignments,)
        Estimates without any effect, in the outcome's unit, two or more.
    effects, shape (n_effects,)
        Constant effects, of either sign, in the same unit.
    alpha, power
        Two-sided level of the test, and the power wanted of the least effects, 0-1.

    Raises
    ------
    UsageError
        If numbers are missing, there are fewer than two estimates, or a share is not within 0-1.
    """
    null = vector("null_distribution", null_distribution, least=-np.inf)
    asked = vector("effects", effects, least=-np.inf)
    if null.size < 2 or not 0 < alpha < 1 or not 0 < power < 1:  # noqa: PLR2004 - "two"
        raise wrong(
            "power_asked",
            N_("{n} estimates, alpha {alpha}, power {power}; two estimates and shares within 0-1 "
               "are needed"),
            n=null.size,
            alpha=alpha,
            power=power,
        )  # fmt: skip
    allowed = int(np.floor(alpha * (null.size + 1) * (1 + 1e-12)))
    rank = max(allowed, 1)
    critical = float(np.partition(np.abs(null), null.size - rank)[null.size - rank])
    return PowerCurve(
        effects=asked,
        power=_power(np.sort(null), asked, critical),
        critical=critical,
        level=rank / (null.size + 1),
        cannot_tell=allowed < 1,
        rise=_least(null, critical, power),
        fall=-_least(-null, critical, power),
        n_assignments=null.size,
    )


def _power(ordered: Vector, effects: Vector, critical: float) -> Vector:
    """Return the share of estimates that exceed the critical size once an effect is added."""
    above = ordered.size - np.searchsorted(ordered, critical - effects, side="right")
    below = np.searchsorted(ordered, -critical - effects, side="left")
    return (above + below) / ordered.size


def _least(null: Vector, critical: float, power: float) -> float:
    """Return the least effect, 0 or more, beyond which the power wanted is had.

    As the effect grows, estimates pass the upper bound one by one, at points that are known.
    """
    points = np.sort(critical - null)
    ordered = np.sort(null)
    below = np.searchsorted(ordered, -critical - points, side="left")
    passed = np.searchsorted(points, points, side="right")
    enough = (passed + below >= power * null.size * (1 - 1e-12)) & (points >= 0)
    return float(points[enough][0])
