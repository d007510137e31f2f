"""What a pilot could show: the history of one file, designs laid into it, and the draw."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenground.errors import Place, UsageError
from evenground.evidence import Message
from evenground.methods.validation import Vector
from evenground.questions.promise.measures.pilot.drawn_pilot import DrawnPilot, drawn_pilot
from evenground.questions.promise.measures.pilot.horizon import HorizonCheck, horizon_check
from evenground.questions.promise.measures.pilot.null_intervals import Reassignment
from evenground.questions.promise.measures.pilot.period_length import MONTHS, period_of
from evenground.questions.promise.measures.pilot.pilot_design import PilotDesign
from evenground.questions.promise.measures.pilot.pilot_options import (
    Past,
    PilotOption,
    cheapest_that_can,
    designs_around,
    pilot_option,
    pilot_options,
)
from evenground.questions.promise.measures.pilot.power import power_at
from evenground.workspace.pilot_asked import (
    NO_SUCH_TIME,
    PilotAsked,
    design_asked,
    wants_of,
)
from evenground.workspace.plain_outcomes import balanced, in_order, outcome_columns, outcomes_in
from evenground.workspace.plain_tables import PlainTable, Wanted

FIRST_LOOK = (20, 120)
"""Stretches of history, and lots in each, for designs that are set beside one another."""
SECOND_LOOK = (40, 400)
"""The same for the pilot that was asked about and for the one that is proposed."""
PARTS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Effects for which the power is told, as parts of the promise or of the least detectable one."""
_FEW_APART = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotFound:
    """What was read and what was found.

    Attributes
    ----------
    units, times
        Of the history in use.
    strata
        Stratum of each unit as the file names it; ``None`` for none.
    option
        The pilot that was asked about.
    options
        A first look at designs around it, itself first.
    cheapest
        The cheapest that can answer; ``None`` where none can, or nothing was promised.
    effects, power, shape (n_effects,)
        The power curve; effects are sizes in the direction of the promise.
    every
        What a period is; empty where it is not known.
    horizon
        ``None`` where the length of a period is not known.
    drawn
        The draw.
    caveats
        What it rests on, in codes.
    """

    table: PlainTable
    asked: PilotAsked
    units: tuple[str, ...]
    times: tuple[str, ...]
    strata: tuple[str, ...] | None
    option: PilotOption
    options: tuple[PilotOption, ...]
    cheapest: PilotOption | None
    effects: Vector
    power: Vector
    every: str
    horizon: HorizonCheck | None
    drawn: DrawnPilot
    caveats: tuple[Message, ...]


def history_columns(*, unit: str, time: str, outcome: str, strata: str = "") -> dict[str, Wanted]:
    """Return the columns to read of a history."""
    wanted = outcome_columns(unit=unit, time=time, outcome=outcome, stratum=strata)
    if strata:
        wanted["stratum"] = replace(wanted["stratum"], option="--strata")
    return wanted


def pilot_in(table: PlainTable, asked: PilotAsked) -> PilotFound:
    """Return what a pilot could show, by the history in a table.

    Parameters
    ----------
    table
        Columns of ``history_columns``.
    asked
        The pilot.

    Raises
    ------
    InvalidInputError
        If a unit has two rows for a time, or no unit has every time.
    UsageError
        If the pilot does not fit into the history.
    """
    never = np.full(table.n_used, "never", dtype=object)
    read = outcomes_in(replace(table, columns={**table.columns, "first": never}))
    panel, kept, table = balanced(read, table)
    n_used = _until(panel.times, asked.until)
    # By name, so that the order of rows in the file draws nobody.
    order = sorted(range(panel.n_units), key=lambda at: panel.units[at])
    strata = None
    if read.stratum is not None:
        names = [name for name, has in zip(read.stratum, kept, strict=True) if has]
        strata = tuple(names[at] for at in order)
    past = Past(
        outcomes=panel.outcomes[order, :n_used],
        strata=None if strata is None else np.unique(strata, return_inverse=True)[1],
        seed=asked.seed,
    )
    design = design_asked(asked, n_units=panel.n_units, n_times=n_used)
    wants = wants_of(asked)
    option = pilot_option(past, design, wants, reassignment=_look(SECOND_LOOK, asked))
    around = designs_around(design, n_units=panel.n_units, n_times=n_used)
    first = _look(FIRST_LOOK, asked)
    options = (option, *pilot_options(past, around[1:], wants, reassignment=first))
    cheapest = cheapest_that_can(past, options, wants, reassignment=_look(SECOND_LOOK, asked))
    reference = option.detectable.value if wants.effect is None else wants.effect
    effects = np.array(PARTS) * (reference if np.isfinite(reference) else 0.0)
    every = asked.every or period_of(panel.times)
    return PilotFound(
        table=table,
        asked=asked,
        units=tuple(panel.units[at] for at in order),
        times=panel.times[:n_used],
        strata=strata,
        option=option,
        options=options,
        cheapest=cheapest,
        effects=effects,
        power=power_at(option.null, effects, wants.goal),
        every=every,
        horizon=_horizon(design, asked, every),
        drawn=drawn_pilot(past, design, accepted=asked.accepted),
        caveats=caveats_of(option, cheapest, every),
    )


def caveats_of(
    option: PilotOption, cheapest: PilotOption | None, every: str
) -> tuple[Message, ...]:
    """Return what the answer rests on, in codes."""
    said = [Message(code="additive"), Message(code="past"), Message(code="spill")]
    if "stepped_wedge" in {one.design.design for one in (option, cheapest) if one is not None}:
        said.append(Message(code="wedge"))
    if option.null.n_apart < _FEW_APART:
        n = max(option.null.n_apart, 1)
        said.append(Message(code="stretches", parameters={"n": n}))
    if not every:
        said.append(Message(code="no_period"))
    return tuple(said)


def _look(size: tuple[int, int], asked: PilotAsked) -> Reassignment:
    n_pilots, n_assignments = size
    return Reassignment(
        alpha=asked.alpha,
        n_pilots=n_pilots,
        n_assignments=n_assignments,
        accepted=asked.accepted,
    )


def _horizon(design: PilotDesign, asked: PilotAsked, every: str) -> HorizonCheck | None:
    if every not in MONTHS:
        return None
    return horizon_check(
        design.n_periods * MONTHS[every],
        contract_months=asked.contract_months,
        asset_life_months=asked.life_months,
        effect_delays=asked.delays,
    )


def _until(times: tuple[str, ...], until: str) -> int:
    """Return how many times are used."""
    if not until:
        return len(times)
    order = in_order([*times, until])
    n_used = order.index(until) + (until in times)
    if not n_used:
        raise UsageError(NO_SUCH_TIME.at(Place(), value=until, first=times[0], last=times[-1]))
    return n_used
