"""Goodman's regression, used to sound an alarm and never to estimate.

If a group's share with a property were the same in every area, and everybody else's, too, a
straight line through the areas would give both. Where the line leaves 0 to 1, or the bounds that
hold whatever is not seen, the areas themselves say that this is not so. An alarm that stays silent
proves nothing: a line inside the bounds may still be wrong.
Source: Goodman (1953), Ecological regressions and behavior of individuals, American Sociological
Review 18, 663-664; (1959), Some alternatives to ecological correlation, American Journal of
Sociology 64, 610-625. Errors: White (1980), Econometrica 48, 817-838, with the correction HC3 of
MacKinnon and White (1985), Journal of Econometrics 29, 305-325.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.evidence import Message
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.ecological import duncan_davis_bounds
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector, vector

LEAST_AREAS = 5
_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodmanDiagnostic:
    """What a straight line through the areas would say of the group and of everybody else.

    Attributes
    ----------
    in_group, others
        The line at a share in the group of 1 and of 0; not an estimate of anything.
    in_group_limits, others_limits
        Low and high, at ``confidence``.
    in_group_bounds, others_bounds
        Low and high of the method of bounds over all areas, 0-1.
    outside_unit
        Whether either end lies outside 0-1.
    outside_bounds
        Whether either end lies outside its bounds.
    n_areas
        How many areas with people the line was laid through.
    confidence
        0-1.
    """

    in_group: float
    others: float
    in_group_limits: tuple[float, float]
    others_limits: tuple[float, float]
    in_group_bounds: tuple[float, float]
    others_bounds: tuple[float, float]
    outside_unit: bool
    outside_bounds: bool
    n_areas: int
    confidence: float

    @property
    def alarm(self) -> bool:
        """Whether the areas contradict what the line assumes."""
        return self.outside_unit or self.outside_bounds


def goodman_diagnostic(
    share_with: ArrayLike,
    share_in_group: ArrayLike,
    *,
    people: ArrayLike,
    confidence: float = 0.95,
) -> GoodmanDiagnostic | CannotTell:
    """Return Goodman's line through the areas, weighted by people, and whether it is impossible.

    Parameters
    ----------
    share_with, share_in_group, shape (n_areas,)
        Shares of people with the property and in the group, 0-1.
    people, shape (n_areas,)
        Everybody, 0 or more.
    confidence
        Of the limits, 0-1.

    Returns
    -------
    GoodmanDiagnostic or CannotTell
        The latter with fewer than five areas with people, or where the group makes up the same
        share of all of them: there is no line to lay.

    Raises
    ------
    UsageError
        If shapes differ, a share is outside 0-1, or people are negative or missing.
    """
    weight = vector("people", people)
    a = vector("share_with", share_with, size=weight.size)
    b = vector("share_in_group", share_in_group, size=weight.size)
    found = duncan_davis_bounds(a, [b, 1.0 - b], people=weight)
    lived = weight > 0
    if lived.sum() < LEAST_AREAS or np.ptp(b[lived]) < _SLACK:
        reason = Message(
            code="reason.goodman.no_line",
            parameters={"n": int(lived.sum()), "least": LEAST_AREAS},
        )
        return CannotTell(reason=reason)
    ends, errors = _line(a[lived], b[lived], weight[lived])
    z = float(-special.ndtri(tail(confidence)))
    low, high = found.overall.low, found.overall.high
    return GoodmanDiagnostic(
        in_group=float(ends[0]),
        others=float(ends[1]),
        in_group_limits=(float(ends[0] - z * errors[0]), float(ends[0] + z * errors[0])),
        others_limits=(float(ends[1] - z * errors[1]), float(ends[1] + z * errors[1])),
        in_group_bounds=(float(low[0]), float(high[0])),
        others_bounds=(float(low[1]), float(high[1])),
        outside_unit=bool(((ends < -_SLACK) | (ends > 1 + _SLACK)).any()),
        outside_bounds=bool(((ends < low - _SLACK) | (ends > high + _SLACK)).any()),
        n_areas=int(lived.sum()),
        confidence=confidence,
    )


def _line(a: Vector, b: Vector, weight: Vector) -> tuple[Vector, Vector]:
    """Return the ends of the weighted line, at shares 1 and 0, and their standard errors."""
    design = np.column_stack([b, 1.0 - b])
    scaled = design * np.sqrt(weight)[:, None]
    inverse = np.linalg.inv(scaled.T @ scaled)
    ends = inverse @ (design.T @ (weight * a))
    leverage = np.minimum(((scaled @ inverse) * scaled).sum(axis=1), 1.0 - _SLACK)
    residual = (a - design @ ends) / (1.0 - leverage)
    pull = inverse @ (design * (weight * residual)[:, None]).T
    return ends, np.sqrt((pull**2).sum(axis=1))
