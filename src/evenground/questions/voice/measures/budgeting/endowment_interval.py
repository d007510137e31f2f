"""Between which endowments of equal shares the winners stay the same.

Winners need not grow with the endowment (Peters, Pierczyński and Skowron 2021, NeurIPS 34: the rule
is not monotone in the budget), so that every endowment in steps of one unit is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from evenground.language import N_
from evenground.methods.validation import wrong

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
        The least and the largest at which the winners are the same, with all in between, in steps
        of ``unit`` from ``endowment``.
    low_reached, high_reached
        Whether one step further the winners differ; otherwise it was looked at no further.
    unit
        The step.
    """

    endowment: Fraction
    low: Fraction
    high: Fraction
    low_reached: bool
    high_reached: bool
    unit: Fraction


def endowment_interval(
    winners_at: WinnersAt, endowment: Fraction, *, unit: Fraction, most_steps: int = 200
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
    if endowment <= 0 or unit <= 0 or most_steps < 1:
        raise wrong(
            "endowment_steps",
            N_("endowment {endowment}, step {unit} and {most} steps are all to be above 0"),
            endowment=str(endowment),
            unit=str(unit),
            most=most_steps,
        )
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
