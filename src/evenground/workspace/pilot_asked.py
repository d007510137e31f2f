"""A pilot as somebody thinks of it: what was said, and what the history settles otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evenground.errors import Place, ProblemKind, UsageError, nearest_name
from evenground.language import N_
from evenground.questions.promise.measures.pilot.period_length import MONTHS
from evenground.questions.promise.measures.pilot.pilot_design import (
    DESIGNS,
    PilotDesign,
    pilot_design,
)
from evenground.questions.promise.measures.pilot.pilot_options import Asked
from evenground.questions.promise.measures.pilot.power import Goal

SEED = 2021
"""The seed that other commands draw from, too, unless one is said."""
_FEWEST = 2
NO_SUCH_DESIGN = ProblemKind(
    code="no_such_design",
    what=N_("There is no design {value}."),
    rule=N_("Designs are: {known}."),
    way_out=N_("Write one of these, or leave --design out."),
    suggestion=N_("Did you mean {nearest}?"),
)
NO_SUCH_PERIOD = ProblemKind(
    code="no_such_period",
    what=N_("--every is {value}."),
    rule=N_("A period is one of: {known}."),
    way_out=N_("Write one of these, or leave --every out."),
    suggestion=N_("Did you mean {nearest}?"),
)
MORE_THAN_THERE_ARE = ProblemKind(
    code="pilot_too_large",
    what=N_("The history has {n} units with every time; the pilot is to have {value}."),
    rule=N_("What more units than there are would show cannot be read off the past."),
    way_out=N_("Say --areas {n} at most, or bring the history of more units."),
)
TOO_LONG = ProblemKind(
    code="pilot_too_long",
    what=N_("The history has {n} times; baseline and pilot together take {value}."),
    rule=N_("The past is used as if it were the pilot, so it must be at least as long."),
    way_out=N_("Say fewer --periods or a shorter --baseline, or bring a longer history."),
)
NEEDS_BASELINE = ProblemKind(
    code="baseline_needed",
    what=N_("{value} needs a baseline, and --baseline is 0."),
    rule=N_("Lots are balanced on a baseline, and changes are counted from one."),
    way_out=N_("Say --baseline with the periods before the start that will be known."),
)
TOO_FEW_STEPS = ProblemKind(
    code="steps_few",
    what=N_("Two steps at least have to fit into {n} periods: {value} do."),
    rule=N_("In a stepped wedge everybody is treated in the end; order and time carry the answer."),
    way_out=N_("Say more --periods, or choose another --design."),
)
TOO_SMALL = ProblemKind(
    code="pilot_too_small",
    what=N_("A pilot of {value} has nothing to compare."),
    rule=N_("Some units are treated and others are not; it takes two at least."),
    way_out=N_("Bring more units that have every time ({n} have), or say more --areas."),
)
NO_SUCH_TIME = ProblemKind(
    code="no_such_time",
    what=N_("No time is {value} or earlier."),
    rule=N_("The history ends there; times run from {first} to {last}."),
    way_out=N_("Write a time as the file does, or leave --until out."),
)
NO_DELAY = ProblemKind(
    code="delay_unreadable",
    what=N_("{value} names no effect with its months."),
    rule=N_("An effect is told with the months after which it has shown."),
    way_out=N_("Write it as --delay “fewer full bins=6”."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotAsked:
    """A pilot as somebody thinks of it; ``None`` leaves it to the history.

    Attributes
    ----------
    design
        One of the designs; empty for the usual one.
    n_areas, n_periods, n_baseline, n_steps
        As in ``PilotDesign``.
    effect
        What is promised, with its sign, in the outcome's unit.
    worthwhile
        Effect beyond which the whole interval is to lie, 0 or more.
    alpha, power
        0-1.
    accepted
        Share of assignments that count as balanced, above 0 to 1.
    per_area, per_period
        Costs.
    every
        What a period is, one of ``MONTHS``; empty to read it off the times.
    contract_months, life_months, delays
        The other lengths on the axis.
    until
        Last time that is used, as the file writes it.
    """

    design: str = ""
    n_areas: int | None = None
    n_periods: int | None = None
    n_baseline: int | None = None
    n_steps: int = 4
    effect: float | None = None
    worthwhile: float = 0.0
    alpha: float = 0.05
    power: float = 0.8
    accepted: float = 1.0
    per_area: float = 0.0
    per_period: float = 1.0
    every: str = ""
    contract_months: float | None = None
    life_months: float | None = None
    delays: Mapping[str, float] = field(default_factory=dict[str, float])
    until: str = ""
    seed: int = SEED


def delays_of(texts: Sequence[str]) -> dict[str, float]:
    """Return effects with their months from ``name=months``.

    Raises
    ------
    UsageError
        If one cannot be read.
    """
    found: dict[str, float] = {}
    for text in texts:
        name, _, months = text.rpartition("=")
        if not name.strip() or not re.fullmatch(r"\s*\d+(\.\d+)?\s*", months):
            raise UsageError(NO_DELAY.at(Place(), value=text))
        found[name.strip()] = float(months)
    return found


def design_asked(asked: PilotAsked, *, n_units: int, n_times: int) -> PilotDesign:
    """Return the pilot's design, completed by what the history allows.

    Where nothing is said, all units take part; a quarter of the history serves as pilot and another
    as baseline, and outcomes are adjusted for the baseline.

    Raises
    ------
    UsageError
        If there is no such design, or it does not fit into the history.
    """
    periods = asked.n_periods or max(1, n_times // 4)
    spare = n_times - periods
    baseline = min(periods, max(spare, 0)) if asked.n_baseline is None else asked.n_baseline
    name = asked.design or ("ancova" if baseline else "parallel")
    n_areas = asked.n_areas or n_units
    _refuse(asked, name, sizes=(n_areas, periods, baseline), room=(n_units, n_times))
    return pilot_design(
        name, n_areas=n_areas, n_periods=periods, n_baseline=baseline, n_steps=asked.n_steps
    )


def wants_of(asked: PilotAsked) -> Asked:
    """Return what the pilot is asked for: the promise turned so that more of it is better."""
    direction = 0 if not asked.effect else (1 if asked.effect > 0 else -1)
    return Asked(
        goal=Goal(power=asked.power, direction=direction, worthwhile=asked.worthwhile),
        effect=None if asked.effect is None else abs(asked.effect),
        per_area=asked.per_area,
        per_period=asked.per_period,
    )


def _refuse(
    asked: PilotAsked, name: str, *, sizes: tuple[int, int, int], room: tuple[int, int]
) -> None:
    n_areas, periods, baseline = sizes
    n_units, n_times = room
    if asked.every and asked.every not in MONTHS:
        near = nearest_name(asked.every, MONTHS)
        known = ", ".join(MONTHS)
        raise UsageError(NO_SUCH_PERIOD.at(Place(), value=asked.every, nearest=near, known=known))
    if name not in DESIGNS:
        near = nearest_name(name, DESIGNS)
        known = ", ".join(DESIGNS)
        raise UsageError(NO_SUCH_DESIGN.at(Place(), value=name, nearest=near, known=known))
    if n_areas > n_units:
        raise UsageError(MORE_THAN_THERE_ARE.at(Place(), value=n_areas, n=n_units))
    if n_areas < _FEWEST:
        raise UsageError(TOO_SMALL.at(Place(), value=n_areas, n=n_units))
    if periods + baseline > n_times:
        raise UsageError(TOO_LONG.at(Place(), value=periods + baseline, n=n_times))
    balances = "--accepted" if asked.accepted < 1 else ""
    wanting = name if name in {"difference_in_differences", "ancova"} else balances
    if wanting and not baseline:
        raise UsageError(NEEDS_BASELINE.at(Place(), value=wanting))
    steps = min(asked.n_steps, n_areas, periods - 1)
    if name == "stepped_wedge" and steps < _FEWEST:
        raise UsageError(TOO_FEW_STEPS.at(Place(), value=max(steps, 0), n=periods))
