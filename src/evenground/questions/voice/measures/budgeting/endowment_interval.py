"""Between which endowments of equal shares the winners stay the same.

Winners need not grow with the endowment. So it is followed from course to course, which gives exact
ends with all in between proven; where that would be too many courses, every endowment in steps of
one unit is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.budgeting.equal_shares.paths import Paths
from evenground.questions.voice.measures.budgeting.equal_shares.same_winners import (
    End,
    same_winners_until,
)

MOST_STEPS = 200
WinnersAt = Callable[[Fraction], Iterable[int]]
"""The projects that equal shares funds at an endowment, in units of money per voter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndowmentInterval:
    """Endowments around one of a count, in units of money per voter.

    Attributes
    ----------
    endowment
        That of the count.
    low, high
        The least and the largest at which the winners are the same, with all in between: proven, or
        in steps of ``unit`` from ``endowment``.
    low_reached, high_reached
        Whether right beyond, or one step further, the winners differ; otherwise it was looked at no
        further.
    unit
        The step.
    proven
        Whether the ends are exact and all between them is proven.
    low_same, high_same
        Whether just at the end the winners are still the same; else all short of it are.
    """

    endowment: Fraction
    low: Fraction
    high: Fraction
    low_reached: bool
    high_reached: bool
    unit: Fraction
    proven: bool = False
    low_same: bool = True
    high_same: bool = True


def proven_interval(
    paths: Paths, endowment: Fraction, *, most_courses: int, most_steps: int = MOST_STEPS
) -> EndowmentInterval:
    """Return the endowments over which the winners stay the same: exactly, or else in steps.

    Parameters
    ----------
    paths
        The election.
    endowment
        Where to begin, in units of money per voter, above 0.
    most_courses
        After how many courses on either side it is counted in steps of one unit of currency.
    most_steps
        How many units of currency to look at on either side, 1 or more.

    Raises
    ------
    UsageError
        If ``endowment`` or ``most_steps`` is not above 0.
    """
    unit = Fraction(paths.support.scale)
    _refuse_below(endowment, unit, most_steps)
    limits = (max(endowment - most_steps * unit, Fraction(0)), endowment + most_steps * unit)
    ends: list[End] = []
    for limit in limits:
        end = same_winners_until(paths, endowment, limit, most_courses=most_courses)
        if not end.changes and end.at != limit:
            return endowment_interval(paths.at, endowment, unit=unit, most_steps=most_steps)
        ends.append(end)
    low, high = ends
    return EndowmentInterval(
        endowment=endowment,
        low=low.at,
        high=high.at,
        low_reached=low.changes,
        high_reached=high.changes,
        unit=unit,
        proven=True,
        low_same=low.same_there,
        high_same=high.same_there,
    )


def endowment_interval(
    winners_at: WinnersAt, endowment: Fraction, *, unit: Fraction, most_steps: int = MOST_STEPS
) -> EndowmentInterval:
    """Return the endowments, in steps of a unit, over which the winners stay the same.

    Parameters
    ----------
    winners_at
        The count at one endowment.
    endowment
        Where to begin, in units of money per voter, above 0.
    unit
        The step, above 0.
    most_steps
        How many steps to look at on either side, 1 or more.

    Raises
    ------
    UsageError
        If ``endowment``, ``unit`` or ``most_steps`` is not above 0.
    """
    _refuse_below(endowment, unit, most_steps)
    winners = set(winners_at(endowment))
    ends: list[tuple[int, bool]] = []
    for sign in (-1, 1):
        step = 0
        reached = False
        while step < most_steps and not reached:
            at = endowment + sign * (step + 1) * unit
            reached = at <= 0 or set(winners_at(at)) != winners
            step += not reached
        ends.append((step, reached))
    (down, low_reached), (up, high_reached) = ends
    return EndowmentInterval(
        endowment=endowment,
        low=endowment - down * unit,
        high=endowment + up * unit,
        low_reached=low_reached,
        high_reached=high_reached,
        unit=unit,
    )


def _refuse_below(endowment: Fraction, unit: Fraction, most_steps: int) -> None:
    if endowment <= 0 or unit <= 0 or most_steps < 1:
        raise wrong(
            "endowment_steps",
            N_("endowment {endowment}, step {unit} and {most} steps are all to be above 0"),
            endowment=str(endowment),
            unit=str(unit),
            most=most_steps,
        )
