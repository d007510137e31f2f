"""``evenground evaluate``: what came of it, by the design that the data have?"""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from evenground.cli.effect_report import effect_data, effect_lines
from evenground.cli.options import AsJson, Confidence, Decimal, File, Sheet
from evenground.cli.printing import say, say_json
from evenground.language import language

_Option = typer.Option
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
Randomised: TypeAlias = Annotated[
    bool, _Option("--randomised", help="It was drawn by lot who is treated.")
]


def evaluate(  # noqa: PLR0913 - a command's options, each with a name
    file: File,
    *,
    unit: Unit,
    time: Time,
    outcome: Outcome,
    treated: Treated = "",
    first_treated: First = "",
    method: Method = "",
    inference: Inference = "",
    mode: Mode = "exact",
    randomised: Randomised = False,
    stratum: Stratum = "",
    cluster: Cluster = "",
    confidence: Confidence = 0.95,
    sheet: Sheet = "",
    decimal: Decimal = "",
    as_json: AsJson = False,
) -> None:
    """Say what came of it: the effect with its interval, and what it rests on.

    The file has a row for each unit and time.
    """
    from evenground.workspace.one_effect import asked_for, effect_in, refuse_without_treatment
    from evenground.workspace.plain_outcomes import outcome_columns
    from evenground.workspace.plain_reading import read_plain_table
    from evenground.workspace.plain_tables import Layout

    refuse_without_treatment(treated, first_treated)
    asked = asked_for(
        method=method,
        inference=inference,
        mode=mode,
        confidence=confidence,
        randomised=randomised or bool(stratum),
    )
    wanted = outcome_columns(
        unit=unit, time=time, outcome=outcome, treated=treated, first=first_treated,
        cluster=cluster, stratum=stratum,
    )  # fmt: skip
    table = read_plain_table(file, wanted, layout=Layout(sheet=sheet, decimal=decimal))
    found = effect_in(table, asked)
    speaks = language("en")
    if as_json:
        say_json(effect_data(found, speaks))
        return
    for line in effect_lines(found, speaks):
        say(line)
