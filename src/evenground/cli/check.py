"""``evenground check``: every problem of a folder at once, each with its place and the way out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evenground.cli.printing import say, say_json
from evenground.language import N_, Language, language

if TYPE_CHECKING:
    from evenground.dossier import InputReport
    from evenground.errors import Problem
    from evenground.workspace.checking import Checked

SEVERITIES = {"error": N_("error"), "warning": N_("look at this"), "note": N_("note")}
ROW = N_("row {row}")
COLUMN = N_("column {column}")
SHEET = N_("{file}, sheet {sheet}")
RULE = N_("why it matters: {rule}")
WAY_OUT = N_("the way out: {way_out}")
READ = N_("{table}: {file} (rows read: {rows_read}, used: {rows_used})")
ASIDE = N_("set aside ({n_rows}): {why}")
INPUTS = N_("What became of each file")
SUM = N_("To repair: {n_errors}. To look at: {n_warnings}. Notes: {n_notes}.")
NOTHING = N_("Nothing to repair.")


def check(
    folder: Annotated[
        Path, typer.Argument(help="A city folder, an initiative folder, or a workbook (.xlsx).")
    ],
    *,
    city: Annotated[
        Path | None, typer.Option(help="City folder that the initiative is checked against.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """List every problem of a folder: file, row, column, why it matters, the way out.

    Ends with 0 when there is nothing to repair, else with the code in the table of exit codes.
    """
    from evenground.workspace.checking import check as look

    checked = look(folder, city=city)
    speaks = language(checked.language, currency=checked.currency)
    if as_json:
        say_json(_as_data(checked, speaks))
    else:
        _print(checked, speaks)
    raise typer.Exit(checked.exit_code)


def _as_data(checked: Checked, speaks: Language) -> dict[str, object]:
    from evenground.errors import Severity
    from evenground.workspace.telling_problems import as_data

    return {
        "errors": checked.count(Severity.ERROR),
        "warnings": checked.count(Severity.WARNING),
        "notes": checked.count(Severity.NOTE),
        "exit_code": checked.exit_code,
        "problems": [as_data(problem, speaks) for problem in checked.problems],
        "inputs": [asdict(report) for report in checked.inputs],
    }


def _print(checked: Checked, speaks: Language) -> None:
    from evenground.errors import Severity
    from evenground.workspace.telling_problems import tell

    for file, problems in groupby(checked.problems, key=lambda p: (p.place.file, p.place.sheet)):
        say(_file(*file, speaks))
        for problem in problems:
            _print_problem(problem, speaks)
        say()
    said = {tell(problem, speaks).what for problem in checked.problems}
    if checked.inputs:
        say(speaks.text(INPUTS))
        for report in checked.inputs:
            _print_input(report, speaks, said=said)
        say()
    counts = {
        "n_errors": checked.count(Severity.ERROR),
        "n_warnings": checked.count(Severity.WARNING),
        "n_notes": checked.count(Severity.NOTE),
    }
    say(speaks.say(SUM, counts) if any(counts.values()) else speaks.text(NOTHING))


def _file(file: str, sheet: str, speaks: Language) -> str:
    return speaks.say(SHEET, {"file": file, "sheet": sheet}) if sheet else file


def _print_problem(problem: Problem, speaks: Language) -> None:
    from evenground.workspace.telling_problems import printable, tell

    told = tell(problem, speaks)
    column = printable(problem.place.column)
    place = [
        speaks.say(ROW, {"row": problem.place.row}) if problem.place.row else "",
        speaks.say(COLUMN, {"column": column}) if column else "",
    ]
    where = ", ".join(part for part in place if part)
    severity = speaks.text(SEVERITIES[problem.severity.value])
    say(f"  {where}: {severity}: {told.what}" if where else f"  {severity}: {told.what}")
    if told.rule:
        say("      " + speaks.say(RULE, {"rule": told.rule}))
    if told.way_out:
        say("      " + speaks.say(WAY_OUT, {"way_out": told.way_out}))


def _print_input(report: InputReport, speaks: Language, *, said: Collection[str]) -> None:
    """Print what became of a file; what was listed as a problem is not said again."""
    say("  " + speaks.say(READ, asdict(report)))
    for why, n_rows in report.set_aside:
        say("      " + speaks.say(ASIDE, {"n_rows": n_rows, "why": why}))
    for sentence in report.noticed:
        if sentence not in said:
            say(f"      {sentence}")
