"""``evenground design-pilot``: what could a pilot show, and which is the cheapest that can?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from evenground.cli.design_pilot_report import pilot_data, pilot_lines
from evenground.cli.options import AsJson, Decimal, File, Seed, Sheet
from evenground.cli.printing import say, say_json
from evenground.language import language

_Option = typer.Option
Unit: TypeAlias = Annotated[str, _Option(help="Column that names areas, sites, schools.")]
Time: TypeAlias = Annotated[str, _Option(help="Column of times: weeks, months.")]
Outcome: TypeAlias = Annotated[str, _Option(help="Column of the outcome.")]
Effect: TypeAlias = Annotated[
    float | None, _Option(help="Promised effect, with its sign, in the outcome's unit.")
]
Worthwhile: TypeAlias = Annotated[
    float, _Option(min=0.0, help="Size that the whole interval is to lie beyond.")
]
Strata: TypeAlias = Annotated[str, _Option(help="Column of strata within which lots are drawn.")]
Design: TypeAlias = Annotated[
    str, _Option(help="parallel, difference_in_differences, ancova, stepped_wedge.")
]
Areas: TypeAlias = Annotated[int | None, _Option(min=2, help="Areas that take part; all if empty.")]
Periods: TypeAlias = Annotated[
    int | None, _Option(min=1, help="Periods from the start to the end.")
]
Baseline: TypeAlias = Annotated[int | None, _Option(min=0, help="Periods before the start in use.")]
Steps: TypeAlias = Annotated[int, _Option(min=2, help="Steps of a stepped wedge.")]
Alpha: TypeAlias = Annotated[float, _Option(min=0.0001, max=0.5, help="Two-sided error.")]
Power: TypeAlias = Annotated[float, _Option(min=0.5, max=0.999, help="Power that is asked for.")]
Accepted: TypeAlias = Annotated[
    float, _Option(min=0.001, max=1.0, help="Share of lots that count as balanced.")
]
CostArea: TypeAlias = Annotated[float, _Option(min=0.0, help="Cost of an area treated.")]
CostPeriod: TypeAlias = Annotated[
    float | None, _Option(min=0.0, help="Cost of a period of an area under treatment.")
]
Every: TypeAlias = Annotated[
    str, _Option(help="day, week, month, quarter or year, if times do not tell.")
]
Contract: TypeAlias = Annotated[
    float | None, _Option(min=0.0, help="Months that the contract binds.")
]
Life: TypeAlias = Annotated[float | None, _Option(min=0.0, help="Months that the thing lasts.")]
Delay: TypeAlias = Annotated[
    list[str] | None, _Option(help="An effect and when it has shown: “less traffic=18” (months).")
]
Until: TypeAlias = Annotated[str, _Option(help="Last time that is used.")]
Draw: TypeAlias = Annotated[
    Path | None, _Option(help="New file for the draw: .json to seal, .csv for a roll-out.")
]


def design_pilot(  # noqa: PLR0913 - a command's options, each with a name
    file: File,
    *,
    unit: Unit,
    time: Time,
    outcome: Outcome,
    effect: Effect = None,
    worthwhile: Worthwhile = 0.0,
    strata: Strata = "",
    design: Design = "",
    areas: Areas = None,
    periods: Periods = None,
    baseline: Baseline = None,
    steps: Steps = 4,
    alpha: Alpha = 0.05,
    power: Power = 0.8,
    accepted: Accepted = 1.0,
    cost_area: CostArea = 0.0,
    cost_period: CostPeriod = None,
    every: Every = "",
    contract_months: Contract = None,
    life_months: Life = None,
    delay: Delay = None,
    until: Until = "",
    draw: Draw = None,
    seed: Seed = None,
    sheet: Sheet = "",
    decimal: Decimal = "",
    as_json: AsJson = False,
) -> None:
    """Say what a pilot could show by the city's own history, and the cheapest that can answer.

    The file has a row for each area and time, before anything was done.
    """
    from evenground.workspace.one_pilot import history_columns, pilot_in
    from evenground.workspace.pilot_draw import written_draw
    from evenground.workspace.plain_reading import read_plain_table
    from evenground.workspace.plain_tables import Layout

    asked = _asked(dict(locals()))
    wanted = history_columns(unit=unit, time=time, outcome=outcome, strata=strata)
    table = read_plain_table(file, wanted, layout=Layout(sheet=sheet, decimal=decimal))
    found = pilot_in(table, asked)
    written = written_draw(found, draw) if draw else None
    speaks = language("en")
    if as_json:
        say_json(pilot_data(found, speaks, written=written))
        return
    for line in pilot_lines(found, speaks, written=written):
        say(line)


def _asked(said: Mapping[str, Any]) -> Any:
    """Return the pilot that the options, by name, describe."""
    from evenground.workspace.pilot_asked import SEED, PilotAsked, delays_of

    priced = said["cost_period"] is not None or said["cost_area"] > 0
    return PilotAsked(
        design=said["design"],
        n_areas=said["areas"],
        n_periods=said["periods"],
        n_baseline=said["baseline"],
        n_steps=said["steps"],
        effect=said["effect"],
        worthwhile=said["worthwhile"],
        alpha=said["alpha"],
        power=said["power"],
        accepted=said["accepted"],
        per_area=said["cost_area"],
        per_period=(said["cost_period"] or 0.0) if priced else 1.0,
        every=said["every"],
        contract_months=said["contract_months"],
        life_months=said["life_months"],
        delays=delays_of(said["delay"] or []),
        until=said["until"],
        seed=SEED if said["seed"] is None else said["seed"],
    )
