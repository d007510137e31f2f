"""``evenground worth``: what options cost over their whole life, and what an effect is worth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evenground.cli.options import AsJson, Confidence
from evenground.cli.printing import say, say_json
from evenground.errors import Problem, UsageError
from evenground.language import N_, language


def worth(  # noqa: PLR0913 - a command's options, each with a name
    path: Annotated[
        Path, typer.Argument(help="TOML file of costs, or an initiative (folder or workbook).")
    ],
    *,
    effect: Annotated[
        float | None, typer.Option(help="Estimated effect; above 0 is for the better.")
    ] = None,
    low: Annotated[float | None, typer.Option(help="Lower end of its interval.")] = None,
    high: Annotated[float | None, typer.Option(help="Upper end of its interval.")] = None,
    level: Confidence = 0.95,
    promise: Annotated[str, typer.Option(help="Promise that the effect is of.")] = "",
    city: Annotated[
        Path | None, typer.Option(help="City folder: currency, settings, past promises.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what options cost over their whole life, what leaving takes, what an effect is worth.

    Needs no outcome data. Without an effect, it says from which effect on the cost is worth it.
    """
    from evenground.cli.worth_report import worth_data, worth_lines
    from evenground.workspace.one_worth import AskedWorth, worth_in

    asked = AskedWorth(effect=_whole(effect, low, high), level=level, promise=promise, city=city)
    found = worth_in(path, asked)
    speaks = language("en", currency=found.currency)
    if as_json:
        say_json(worth_data(found, speaks))
        return
    for line in worth_lines(found, speaks):
        say(line)


def _whole(
    effect: float | None, low: float | None, high: float | None
) -> tuple[float, float, float] | None:
    given = (effect, low, high)
    if effect is not None and low is not None and high is not None:
        return effect, low, high
    if any(one is not None for one in given):
        raise UsageError(
            Problem(
                code="effect_without_interval",
                what=N_("--effect, --low and --high belong together."),
                rule=N_("What an effect is worth is no surer than the effect is."),
                way_out=N_("Give all three; where nothing was measured yet, leave out all three."),
            )
        )
    return None
