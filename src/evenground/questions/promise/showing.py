"""What a planned pilot could show, by the past, and which pilot of the same areas could."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.questions.promise.context import Context
from evenground.questions.promise.histories import History, few_at_once
from evenground.questions.promise.measures.pilot.null_intervals import NullIntervals, Reassignment
from evenground.questions.promise.measures.pilot.pilot_design import pilot_design
from evenground.questions.promise.measures.pilot.pilot_options import (
    Asked,
    Past,
    PilotOption,
    cheapest_that_can,
    designs_around,
    pilot_options,
)
from evenground.questions.promise.measures.pilot.planned_pilot import (
    placebo_intervals,
    planned_intervals,
)
from evenground.questions.promise.measures.pilot.power import (
    DetectableEffect,
    Goal,
    detectable_effect,
    power_at,
)
from evenground.questions.promise.measures.synthetic.null_distribution import (
    PilotShape,
    null_distribution,
)
from evenground.questions.promise.stated import Promise, number

POWER = 0.8
"""The power that is usually asked for: four cases of five."""
LOOK = Reassignment(n_pilots=20, n_assignments=200)
_FIRST_LOOK = Reassignment(n_pilots=10, n_assignments=120)
_DRAWS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a planned pilot could show.

    Attributes
    ----------
    promise, history
        Of what.
    null
        Its intervals without effect.
    least
        The least effect that it would tell from chance.
    effect
        The promised change, or the smallest worthwhile one where none was promised; ``None`` for
        neither.
    power, power_of_rule
        Chance with which it is told from chance, and with which it is told to be worth it; ``None``
        where no change is stated, or no smallest worthwhile one beside a promised one.
    """

    promise: Promise
    history: History
    null: NullIntervals
    least: DetectableEffect
    effect: float | None
    power: float | None
    power_of_rule: float | None

    @property
    def shows_any(self) -> bool:
        """Whether there is a change, however large, that it would often tell from chance."""
        return self.null.cannot_tell is None and np.isfinite(self.least.value)


def shown_of(context: Context, promise: Promise, history: History) -> Shown:
    """Return what a planned pilot could show."""
    alpha = number(promise.evaluation, "alpha") or 1.0 - context.confidence
    rng = context.case.rng(f"could_show.{promise.key}")
    null = _null(history, alpha, rng)
    side = promise.side
    minimum = _beyond(promise)
    effect = promise.change.change or promise.number("minimum_effect")
    effect = effect if effect is not None and effect > 0 else None
    goal = Goal(power=POWER, direction=side)
    power = of_rule = None
    if effect is not None:
        power = float(power_at(null, [effect], goal)[0])
        if minimum > 0:
            beyond = Goal(power=POWER, direction=side, worthwhile=minimum)
            of_rule = float(power_at(null, [effect], beyond)[0])
    return Shown(
        promise=promise,
        history=history,
        null=null,
        least=detectable_effect(null, goal, rng=rng),
        effect=effect,
        power=power,
        power_of_rule=of_rule,
    )


def _beyond(promise: Promise) -> float:
    """Return the change that a larger one, promised by number, is to be shown to reach."""
    return (promise.number("minimum_effect") or 0.0) if promise.change.change else 0.0


def _null(history: History, alpha: float, rng: np.random.Generator) -> NullIntervals:
    """Return the pilot's intervals without effect, by the test that its design will have."""
    planned, n = history.planned, len(history.units)
    treated = planned.first_treated[planned.first_treated < planned.n_times]
    few = few_at_once(treated.size, np.unique(treated).size) and n - treated.size > 1
    if history.by_lot or not few or history.n_before < 2:  # noqa: PLR2004 - weights need two
        look = Reassignment(alpha=alpha, n_pilots=LOOK.n_pilots, n_assignments=LOOK.n_assignments)
        return planned_intervals(history.outcomes, planned, rng=rng, reassignment=look)
    shape = PilotShape(
        n_treated=int(treated.size), n_before=history.n_before, n_after=history.n_after
    )
    null = null_distribution(history.outcomes, shape, rng=rng, n_draws=_DRAWS)
    return placebo_intervals(null, alpha=alpha, n_apart=len(history.times) // planned.n_times)


def other_pilot(context: Context, shown: Shown) -> PilotOption | None:
    """Return the cheapest pilot of all units of the history that could show it, if any could.

    What is to be shown is that a promised change is worth it, where the smallest such change is
    stated, too.
    """
    history, promise = shown.history, shown.promise
    draws = context.case.rng(f"could_show.other.{promise.key}")
    past = Past(outcomes=history.outcomes, seed=int(draws.integers(2**31)))
    wants = Asked(
        goal=Goal(
            power=POWER,
            direction=promise.side,
            worthwhile=_beyond(promise),
        ),
        effect=shown.effect,
    )
    n_units, n_times = history.outcomes.shape
    first = pilot_design(
        "difference_in_differences",
        n_areas=n_units,
        n_periods=history.n_after,
        n_baseline=max(1, min(history.n_after, n_times - history.n_after)),
    )
    designs = [
        one
        for one in designs_around(first, n_units=n_units, n_times=n_times)
        if one.n_areas == n_units
    ]
    options = pilot_options(past, designs, wants, reassignment=_FIRST_LOOK)
    return cheapest_that_can(past, options, wants, reassignment=LOOK)
