"""``evenground audit-asking``: who was asked, when, and what was still open, by one log."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from evenground.cli.options import AsJson, Sheet
from evenground.cli.printing import say, say_json
from evenground.language import language

_Option = typer.Option
Log: TypeAlias = Annotated[
    Path, typer.Argument(help="Table of what happened when: columns date and kind, and more.")
]
Cost: TypeAlias = Annotated[float | None, _Option(help="What the whole costs, in all its years.")]
Currency: TypeAlias = Annotated[str, _Option(help="Money that amounts are in: EUR.")]
DecidedOn: TypeAlias = Annotated[
    datetime | None, _Option(formats=["%Y-%m-%d"], help="Day of the decision, if not in the log.")
]
By: TypeAlias = Annotated[str, _Option(help="Who decides.")]
Open: TypeAlias = Annotated[
    str, _Option("--open", help="What the paper lists as still open, separated by semicolons.")
]
Made: TypeAlias = Annotated[str, _Option(help="What the paper lists as made, in the same way.")]
Title: TypeAlias = Annotated[str, _Option(help="What the log is about; the file's name otherwise.")]
AsOf: TypeAlias = Annotated[
    datetime | None, _Option(formats=["%Y-%m-%d"], help="The day that counts as today.")
]
Out: TypeAlias = Annotated[
    Path | None, _Option(help="Folder for the same as a page with its picture, and as data.")
]


def audit_asking(  # noqa: PLR0913 - a command's options, each with a name
    log: Log,
    *,
    title: Title = "",
    cost: Cost = None,
    currency: Currency = "",
    decided_on: DecidedOn = None,
    by: By = "",
    still_open: Open = "",
    made: Made = "",
    as_of: AsOf = None,
    sheet: Sheet = "",
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Say what was open and committed each time that people were asked, and what came of it.

    Ten lines in a spreadsheet will do: a date, what sort of event, and where that stands.
    """
    from evenground.cli.appraise import write_dossier
    from evenground.cli.audit_asking_report import log_data, log_lines
    from evenground.workspace.one_log import AskedLog, audited_log

    asked = AskedLog(
        today=as_of.date() if as_of else datetime.now(UTC).date(),
        title=title,
        cost=cost,
        currency=currency,
        decided_on=decided_on.date() if decided_on else None,
        body=by,
        still_open=still_open,
        made=made,
        sheet=sheet,
    )
    found = audited_log(log, asked)
    paths = () if out is None else write_dossier(found.dossier, out)
    speaks = language("en", currency=currency)
    if as_json:
        say_json(log_data(found, speaks, written=paths))
        return
    for line in log_lines(found, speaks, written=paths):
        say(line)
