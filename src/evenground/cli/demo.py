"""``evenground demo``: make the invented city, appraise its initiatives, say what to try next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evenground.cli.appraise import folder_for, write_dossier
from evenground.cli.printing import command_name, progress, say, say_json
from evenground.language import N_, Language, language

if TYPE_CHECKING:
    from evenground_demo import DemoFolder

    from evenground.dossier import Dossier

MADE = N_("Quillhaven is an invented city. It now lies in {folder}, with four initiatives.")
DAY = N_("Their dossiers are of {day:date}, when every decision still lies ahead.")
ANSWER = N_("  {question}: {sentence}")
PAGE = N_("  Open in a browser: {page}")
NEXT = N_("Try next:")
TRIES = (
    N_("  Open two of the pages side by side. What would you ask before the decision?"),
    N_("  Read how a city says what it holds: {folder}/city/city.toml"),
    N_("  See what was noticed while reading: {command} check {folder}/city"),
    N_("  Change {folder}/sensor_bins/sites.csv, then: {command} appraise {folder}/sensor_bins"),
    N_(
        "  Begin with files as offices send them: {folder}/raw (tutorial: Your own city in an hour)"
    ),
    N_("  Look up what was planted, once you have guessed: {folder}/truth.toml"),
)


def demo(
    folder: Annotated[Path, typer.Argument(help="Where the demo goes.")] = Path("demo"),
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answers as JSON.")] = False,
) -> None:
    """Make an invented city with four initiatives, and appraise them.

    What an earlier run left in the folder is written over; other files in it stay.
    """
    from evenground_demo import AS_OF, make_demo

    speaks = language("en")
    made = make_demo(folder)
    if not as_json:
        say(speaks.say(MADE, {"folder": folder}))
        say(speaks.say(DAY, {"day": AS_OF}))
    told = [_told(dossier, page, speaks, as_json=as_json) for dossier, page in _dossiers(made)]
    if as_json:
        say_json({"folder": str(folder), "dossiers": told})
        return
    say()
    say(speaks.text(NEXT))
    for line in TRIES:
        say(speaks.say(line, {"folder": folder, "command": command_name()}))


def _dossiers(made: DemoFolder) -> Iterator[tuple[Dossier, Path]]:
    """Appraise one initiative after the other; yield its dossier and the page that was written."""
    from evenground_demo import AS_OF

    from evenground.workspace.appraising import Terms, appraise
    from evenground.workspace.opening import open_city

    city = open_city(made.city)
    for initiative in made.initiatives:
        with progress() as show:
            dossier = appraise(initiative, city, terms=Terms(today=AS_OF, progress=show))
        page, *_ = write_dossier(dossier, folder_for(initiative))
        yield dossier, page


def _told(dossier: Dossier, page: Path, speaks: Language, *, as_json: bool) -> dict[str, Any]:
    """Print one dossier's answers unless JSON was asked for, and return them as data."""
    asked = [section for section in dossier.sections if section.asked]
    if not as_json:
        say()
        say(dossier.initiative.title)
        for section in asked:
            fields = {"question": section.title, "sentence": section.headline.sentence}
            say(speaks.say(ANSWER, fields))
        say(speaks.say(PAGE, {"page": page}))
    return {
        "initiative": dossier.initiative.title,
        "page": str(page),
        "seal": dossier.seal,
        "answers": [
            {
                "question": section.key,
                "verdict": section.headline.finding.verdict.code,
                "sentence": section.headline.sentence,
            }
            for section in asked
        ],
    }
