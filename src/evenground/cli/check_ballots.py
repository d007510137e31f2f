"""``evenground check-ballots``: every problem of a file of ballots, each with its line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evenground.cli.check import NOTHING, RULE, SEVERITIES, SUM, WAY_OUT
from evenground.cli.options import AsJson
from evenground.cli.printing import say, say_json
from evenground.language import N_, Language, language

if TYPE_CHECKING:
    from evenground.errors import Problem
    from evenground.workspace.polls.checked import CheckedBallots

READ = N_("{file} (projects: {n_projects}, ballots: {n_voters})")
LINE = N_("line {row}")
FIELD = N_("{section}, field {column}")


def check_ballots(
    file: Annotated[Path, typer.Argument(help="Ballots: a Pabulib file (.pb).")],
    *,
    as_json: AsJson = False,
) -> None:
    """List every problem of a file of ballots: line, field, value, why it matters, the way out.

    As strict as Pabulib's own checker. Ends with 0 when there is nothing to repair, else with 5.
    """
    from evenground.workspace.polls.checked import checked_ballots

    found = checked_ballots(file)
    speaks = language("en")
    if as_json:
        say_json(_as_data(file, found, speaks))
    else:
        _print(file, found, speaks)
    raise typer.Exit(found.exit_code)


def _counts(found: CheckedBallots) -> dict[str, int]:
    from evenground.errors import Severity

    return {
        "n_errors": found.count(Severity.ERROR),
        "n_warnings": found.count(Severity.WARNING),
        "n_notes": found.count(Severity.NOTE),
    }


def _as_data(file: Path, found: CheckedBallots, speaks: Language) -> dict[str, object]:
    from evenground.workspace.telling_problems import as_data

    counts = _counts(found)
    return {
        "file": str(file),
        "n_projects": found.n_projects,
        "n_voters": found.n_voters,
        "errors": counts["n_errors"],
        "warnings": counts["n_warnings"],
        "notes": counts["n_notes"],
        "exit_code": found.exit_code,
        "problems": [as_data(problem, speaks) for problem in found.problems],
    }


def _print(file: Path, found: CheckedBallots, speaks: Language) -> None:
    rows = {"file": str(file), "n_projects": found.n_projects, "n_voters": found.n_voters}
    say(speaks.say(READ, rows))
    for problem in found.problems:
        for line in problem_lines(problem, speaks):
            say(line)
    say()
    counts = _counts(found)
    say(speaks.say(SUM, counts) if any(counts.values()) else speaks.text(NOTHING))


def problem_lines(problem: Problem, speaks: Language) -> list[str]:
    """Return a problem of a file of ballots in up to three lines."""
    from evenground.workspace.telling_problems import printable, tell

    told = tell(problem, speaks)
    place, column = problem.place, printable(problem.place.column)
    field = {"section": place.sheet, "column": column}
    parts = [
        speaks.say(LINE, {"row": place.row}) if place.row else "",
        speaks.say(FIELD, field) if place.sheet and column else place.sheet,
    ]
    where = ", ".join(part for part in parts if part)
    severity = speaks.text(SEVERITIES[problem.severity.value])
    return [
        f"  {where}: {severity}: {told.what}" if where else f"  {severity}: {told.what}",
        "      " + speaks.say(RULE, {"rule": told.rule}),
        "      " + speaks.say(WAY_OUT, {"way_out": told.way_out}),
    ]
