"""Pilots beside one another: what each could show, what it costs, and the cheapest that can.

Source: List, Sadoff and Wagner (2011), Experimental Economics 14, 439-457 (designs are chosen by
what they show for what they cost); Bloom (1995), Evaluation Review 19, 547-556.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.promise.measures.pilot.null_intervals import (
    NullIntervals,
    Reassignment,
    null_intervals,
)
from evenground.questions.promise.measures.pilot.pilot_design import (
    DESIGNS,
    PilotDesign,
    pilot_design,
)
from evenground.questions.promise.measures.pilot.power import (
    DetectableEffect,
    Goal,
    detectable_effect,
    power_at,
)

_STREAM = 7919
_FEWEST_AREAS = 4
_FEWEST_STEPS, _USUAL_STEPS = 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The history that pilots are laid into.

    Attributes
    ----------
    outcomes, shape (n_units, n_times)
        Before anything was done, times in order, in the outcome's unit.
    strata, shape (n_units,)
        Within which lots are drawn; ``None`` for one.
    seed
        Of all draws: each design has chance of its own, so that no other changes its answer.
    """

    outcomes: Vector
    strata: Whole | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a pilot is asked for, and what it costs.

    Attributes
    ----------
    goal
        Power, direction, worthwhile effect.
    effect
        Size of the promised effect in the goal's direction, 0 or more, in the outcome's unit;
        ``None`` if nothing was promised.
    per_area, per_period
        Cost of an area treated, and of each of its periods under treatment; 0 or more.
    """

    goal: Goal
    effect: float | None = None
    per_area: float = 0.0
    per_period: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotOption:
    """One design and what it could show.

    Attributes
    ----------
    design
        The pilot.
    detectable
        The least effect that it shows with the power asked for.
    power
        For the promised effect, 0-1; ``None`` if nothing was promised.
    cost
        In the unit of the costs; periods under treatment if none were given.
    null
        The intervals without effect, from which any other effect's power follows.
    """

    design: PilotDesign
    detectable: DetectableEffect
    power: float | None
    cost: float
    null: NullIntervals

    @property
    def can_answer(self) -> bool | None:
        """Whether it shows the promise with the power asked for; ``None`` without a promise."""
        if self.power is None:
            return None
        return self.null.cannot_tell is None and self.power >= self.detectable.power - 1e-12


def pilot_option(
    past: Past, design: PilotDesign, asked: Asked, *, reassignment: Reassignment | None = None
) -> PilotOption:
    """Return what one design could show.

    Parameters
    ----------
    past, design, asked
        History, pilot and promise.
    reassignment
        How the past is used.

    Raises
    ------
    UsageError
        As ``null_intervals``; if an effect or a cost is negative.
    """
    given = (0.0 if asked.effect is None else asked.effect, asked.per_area, asked.per_period)
    if not all(one >= 0 and np.isfinite(one) for one in given):
        raise wrong(
            "pilot_asked",
            N_("effect, cost of an area and of a period are {given}; they are 0 or more"),
            given=str(given),
        )
    key = (DESIGNS.index(design.design), design.n_areas, design.n_periods, design.n_baseline)
    rng = np.random.default_rng([past.seed, _STREAM, *key, design.n_steps])
    null = null_intervals(
        past.outcomes, design, rng=rng, strata=past.strata, reassignment=reassignment
    )
    power = None if asked.effect is None else float(power_at(null, [asked.effect], asked.goal)[0])
    return PilotOption(
        design=design,
        detectable=detectable_effect(null, asked.goal, rng=rng),
        power=power,
        cost=design.cost(per_area=asked.per_area, per_period=asked.per_period),
        null=null,
    )


def designs_around(design: PilotDesign, *, n_units: int, n_times: int) -> tuple[PilotDesign, ...]:
    """Return the pilots to look at: every design, with other numbers of areas and lengths.

    With as many areas as the one that was thought of, half and all of them (a quarter, where all
    were thought of); as long, half and twice as long.

    Parameters
    ----------
    design
        The pilot that was thought of; it comes first.
    n_units, n_times
        What history there is: no pilot is larger or longer.
    """
    other = design.n_areas if design.n_areas < n_units else n_units // 4
    parts = (n_units // 2, n_units, other)
    areas = sorted({n for n in parts if n >= _FEWEST_AREAS})
    room = n_times - design.n_baseline
    lengths = sorted({
        min(max(round(design.n_periods * part), 1), room) for part in (0.5, 1, 2)
    })  # fmt: skip
    like = replace(design, n_steps=design.n_steps or _USUAL_STEPS)
    made = [
        pilot_design(kind, n_areas=n, n_periods=t, n_baseline=like.n_baseline, n_steps=like.n_steps)
        for kind in DESIGNS
        for n in areas
        for t in lengths
        if _fits(kind, n, t, like)
    ]
    return tuple(dict.fromkeys([design, *made]))


def pilot_options(
    past: Past,
    designs: Sequence[PilotDesign],
    asked: Asked,
    *,
    reassignment: Reassignment | None = None,
) -> tuple[PilotOption, ...]:
    """Return what several designs could show, in their order; arguments as for one."""
    return tuple(pilot_option(past, one, asked, reassignment=reassignment) for one in designs)


def cheapest_that_can(
    past: Past,
    options: Sequence[PilotOption],
    asked: Asked,
    *,
    reassignment: Reassignment | None = None,
) -> PilotOption | None:
    """Return the cheapest design that can answer, looked at once more; ``None`` if none can.

    Parameters
    ----------
    past, asked
        As for ``pilot_option``.
    options
        A first look at each. Of those that cost the same, the one that shows more comes first.
    reassignment
        How the past is used in the second look, which decides: of several looks the luckiest would
        otherwise be taken.
    """
    hopeful = [one for one in options if one.can_answer]
    for one in sorted(hopeful, key=lambda one: (one.cost, one.detectable.value)):
        again = pilot_option(past, one.design, asked, reassignment=reassignment)
        if again.can_answer:
            return again
    return None


def _fits(kind: str, n_areas: int, n_periods: int, like: PilotDesign) -> bool:
    """Whether areas, periods and baseline suffice for a design of a kind."""
    if kind == "stepped_wedge":
        return min(n_areas, n_periods - 1, like.n_steps) >= _FEWEST_STEPS
    return n_periods >= 1 and (kind == "parallel" or like.n_baseline > 0)
