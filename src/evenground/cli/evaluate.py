"""``evenground evaluate``: what came of it, by the design that the data have?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from evenground.cli.effect_report import effect_data, effect_lines
from evenground.cli.evaluate_initiative import Judging, judge, judged_data, judged_lines
from evenground.cli.options import AsJson, Confidence, Decimal, Sheet
from evenground.cli.printing import say_either
from evenground.language import language

_Option = typer.Option
Panel: TypeAlias = Annotated[
    Path | None, typer.Argument(help="CSV, XLSX, Parquet …: a row for each unit and time.")
]
Unit: TypeAlias = Annotated[str, _Option(help="Column that names units: areas, sites, schools.")]
Time: TypeAlias = Annotated[str, _Option(help="Column of times: years, months, weeks.")]
Outcome: TypeAlias = Annotated[str, _Option(help="Column of the outcome.")]
Treated: TypeAlias = Annotated[
    str, _Option(help="Column that says whether the unit is treated at that time (1 or 0).")
]
First: TypeAlias = Annotated[
    str, _Option("--first-treated", help="Column of the time from which a unit is treated.")
]
Method: TypeAlias = Annotated[
    str, _Option(help="sdid, sc, did, ascm, cs, bjs or its; else the design decides.")
]
Inference: TypeAlias = Annotated[
    str,
    _Option(
        help="enumerate, permute, block-conformal, cluster, wild-bootstrap or hac; else the design "
        "decides."
    ),
]
Mode: TypeAlias = Annotated[
    str, _Option(help="exact: weights at the optimum; reference: as the authors' program stops.")
]
Cluster: TypeAlias = Annotated[str, _Option(help="Column of clusters of units.")]
Stratum: TypeAlias = Annotated[str, _Option(help="Column of strata within which lots were drawn.")]
Assignment: TypeAlias = Annotated[
    Path | None,
    _Option(help="The draw as design-pilot --draw wrote it: tested over what it could have given."),
]
Randomised: TypeAlias = Annotated[
    bool, _Option("--randomised", help="It was drawn by lot who is treated.")
]


Initiative: TypeAlias = Annotated[
    Path | None, _Option(help="Folder or workbook whose promises are held against what came.")
]
City: TypeAlias = Annotated[
    Path | None, _Option(help="Folder with city.toml; found beside the initiative otherwise.")
]
Unsealed: TypeAlias = Annotated[
    bool, _Option("--unsealed", help="Judge an initiative although nothing is sealed.")
]
AsOf: TypeAlias = Annotated[
    datetime | None,
    _Option(formats=["%Y-%m-%d"], help="The day to judge an initiative on; today otherwise."),
]


def evaluate(  # noqa: PLR0913 - a command's options, each with a name
    file: Panel = None,
    *,
    unit: Unit = "",
    time: Time = "",
    outcome: Outcome = "",
    treated: Treated = "",
    first_treated: First = "",
    method: Method = "",
    inference: Inference = "",
    mode: Mode = "exact",
    randomised: Randomised = False,
    stratum: Stratum = "",
    assignment: Assignment = None,
    cluster: Cluster = "",
    confidence: Confidence = 0.95,
    initiative: Initiative = None,
    city: City = None,
    unsealed: Unsealed = False,
    as_of: AsOf = None,
    sheet: Sheet = "",
    decimal: Decimal = "",
    as_json: AsJson = False,
) -> None:
    """Say what came of it: the effect with its interval, and what it rests on.

    The file has a row for each unit and time. With --initiative there is no file: its sealed
    promises are held against its own outcome data.
    """
    from evenground.workspace.one_effect import asked_for, evaluated, need_panel, refuse_both

    if initiative is not None:
        refuse_both(file, unit, time, outcome, treated, first_treated, assignment)
        today = as_of.date() if as_of else None
        dossier = judge(Judging(initiative=initiative, city=city, today=today, unsealed=unsealed))
        say_either(judged_lines(dossier), judged_data(dossier), as_json=as_json)
        return
    named = {
        "unit": unit, "time": time, "outcome": outcome, "treated": treated,
        "first": first_treated, "cluster": cluster, "stratum": stratum,
    }  # fmt: skip
    asked = asked_for(
        method=method,
        inference=inference,
        mode=mode,
        confidence=confidence,
        randomised=randomised or bool(stratum),
    )
    found = evaluated(
        need_panel(file, named), named, asked, layout=(sheet, decimal), lot=assignment
    )
    speaks = language("en")
    say_either(effect_lines(found, speaks), effect_data(found, speaks), as_json=as_json)
