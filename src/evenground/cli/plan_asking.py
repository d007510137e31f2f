"""``evenground plan-asking``: when to ask whom what before a decision, or that it is too late."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from evenground.cli.options import AsJson
from evenground.cli.printing import say, say_json
from evenground.language import language

_Option = typer.Option
DecidedOn: TypeAlias = Annotated[str, _Option(help="Day of the decision: 2026-06-10.")]
Hours: TypeAlias = Annotated[float, _Option(min=0.0, help="Staff hours that there are for it.")]
Open: TypeAlias = Annotated[
    str, _Option("--open", help="What is still open, separated by semicolons: whether; where.")
]
Made: TypeAlias = Annotated[str, _Option(help="What is made already, in the same way.")]
Committed: TypeAlias = Annotated[
    float | None, _Option(help="Share of the cost that is committed, 0-1; unknown when left out.")
]
Ways: TypeAlias = Annotated[
    Path | None,
    _Option(help="Your own ways of asking: columns way, hours, and days_before, days_open …"),
]
AsOf: TypeAlias = Annotated[str, _Option(help="Day that counts as today.")]


def plan_asking(  # noqa: PLR0913 - a command's options, each with a name
    *,
    decided_on: DecidedOn,
    hours: Hours,
    still_open: Open = "",
    made: Made = "",
    committed: Committed = None,
    ways: Ways = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Say when to ask whom, and what can honestly be asked, before a decision.

    Hours and days of each way of asking are defaults, unless --ways says what they take here.
    """
    from evenground.cli.plan_asking_report import plan_data, plan_lines
    from evenground.workspace.plain_asking import day_of, plan_for, ways_in

    today = day_of(as_of) if as_of else datetime.now(UTC).date()
    found = plan_for(
        (today, day_of(decided_on)), (still_open, made), hours=hours,
        committed=committed, ways=() if ways is None else ways_in(ways),
    )  # fmt: skip
    speaks = language("en")
    if as_json:
        say_json(plan_data(found, speaks))
        return
    for line in plan_lines(found, speaks):
        say(line)
