"""``evenground datasheet``: draft from data what people should say about them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from evenground.cli import audit as shared
from evenground.cli.audit_progress import audit_bar
from evenground.cli.audit_run import roles_said
from evenground.cli.options import AsJson, Sheet
from evenground.cli.paragraphs import paragraph
from evenground.cli.printing import command_name, say, say_json
from evenground.cli.wording import audit as words
from evenground.language import language


def datasheet(  # noqa: PLR0913 - a command's options, each with a name
    path: shared.Data,
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to make; NAME.datasheet.toml here otherwise."),
    ] = None,
    sensor: shared.Sensor = "",
    time: shared.Time = "",
    value: shared.Values = None,
    time_zone: shared.TimeZone = "",
    sheet: Sheet = "",
    as_json: AsJson = False,
) -> None:
    """Draft a datasheet from data, for a person to correct and finish; no file is written over.

    What the columns stand for is guessed and said to be; all else is asked with examples.
    """
    from evenground.workspace.auditing.drafting import datasheet_name, drafted_datasheet
    from evenground.workspace.writing import refuse_taken, write_atomic

    speaks, said = language("en"), dict(locals())
    target = output or Path(datasheet_name(path))
    refuse_taken(target)
    with audit_bar() as show:
        text, roles = drafted_datasheet(
            path, speaks, sheet=sheet, roles=roles_said(said), progress=show
        )
    write_atomic(target, text, overwrite=False)
    if as_json:
        say_json({"command": "datasheet", "file": str(target), "roles": _plain(roles)})
        return
    for sentence in (words.DRAFTED, words.FILL_IN, words.THEN):
        known = {"path": target, "data": path, "command": command_name()}
        for line in paragraph(speaks.say(sentence, known), hanging=2):
            say(line)


def _plain(roles: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return {name: value for name, value in asdict(roles).items() if value}
