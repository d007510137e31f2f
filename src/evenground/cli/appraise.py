"""``evenground appraise``: one initiative in one city, all the way to a dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evenground.cli.printing import command_name, progress, say, say_json
from evenground.cli.witness import Head, On, witness_of
from evenground.errors import Severity

if TYPE_CHECKING:
    from evenground.dossier import Dossier
    from evenground.workspace.appraising import Terms
    from evenground.workspace.opening import OpenCity, OpenInitiative


class For(StrEnum):
    """For whom the edition is."""

    PUBLIC = "public"
    INTERNAL = "internal"


def appraise(  # noqa: PLR0913 - a command's options, each with a name
    initiative: Annotated[
        Path, typer.Argument(help="Folder with initiative.toml, or one workbook (.xlsx).")
    ],
    *,
    city: Annotated[
        Path | None,
        typer.Option(help="Folder with city.toml; found beside or above the initiative otherwise."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where the dossier goes; a folder 'dossier' otherwise.")
    ] = None,
    audience: Annotated[
        For, typer.Option(help="Public leaves out what must not be published.")
    ] = For.PUBLIC,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day to appraise on; today otherwise."),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of all random draws.")] = None,
    unsealed: Annotated[
        bool,
        typer.Option(
            "--unsealed", help="Hold outcome data against promises that are not sealed too."
        ),
    ] = False,
    head: Head = "",
    on: On = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print the page to dossier.pdf too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answers as JSON.")] = False,
) -> None:
    """Ask the questions about an initiative and write its dossier.

    Outcome data are held against promises only if these are sealed, or with --unsealed.
    Writes dossier.html (one page, opens from the file) and dossier.json (the same as data).
    """
    from evenground.dossier import Audience
    from evenground.workspace.appraising import DEFAULT_SEED, Terms
    from evenground.workspace.checking import city_near
    from evenground.workspace.opening import open_city, open_initiative
    from evenground.workspace.sealing import SealTerms

    terms = Terms(
        today=as_of.date() if as_of else None,
        audience=Audience(audience.value),
        seed=DEFAULT_SEED if seed is None else seed,
        sealing=SealTerms(unsealed=unsealed, witness=witness_of(head, on)),
    )
    opened = open_initiative(initiative)
    found = city or (None if opened.workbook else city_near(initiative))
    place = open_city(found) if found is not None else opened.own_city()
    dossier = _appraise(opened, place, terms)
    folder = out or folder_for(initiative)
    paths = write_dossier(dossier, folder, pdf=pdf)
    problems = sum(
        problem.severity is not Severity.NOTE for problem in (*opened.problems, *place.problems)
    )
    if as_json:
        say_json(_summary(dossier, paths, n_problems=problems))
        return
    _tell(dossier, paths, n_problems=problems, checked=(found, initiative))


def _appraise(opened: OpenInitiative, place: OpenCity, terms: Terms) -> Dossier:
    """Ask all questions; a terminal shows which one is being asked."""
    from evenground.workspace.appraising import appraise as ask

    with progress() as show:
        return ask(opened, place, terms=replace(terms, progress=show))


def folder_for(initiative: Path) -> Path:
    """Return where a dossier goes by itself: inside the folder, or beside the workbook."""
    if initiative.is_dir():
        return initiative / "dossier"
    return initiative.parent / f"{initiative.stem}-dossier"


def write_dossier(dossier: Dossier, folder: Path, *, pdf: bool = False) -> tuple[Path, ...]:
    """Write the page and the data, and the printed page if asked for; return the paths in order."""
    from evenground.workspace.pdf import to_pdf
    from evenground.workspace.writing import write_atomic

    page = dossier.html()
    printed = to_pdf(page) if pdf else None
    paths = [
        write_atomic(folder / "dossier.html", page),
        write_atomic(folder / "dossier.json", dossier.json()),
    ]
    if printed is not None:
        paths.append(write_atomic(folder / "dossier.pdf", printed))
    return tuple(paths)


def _summary(dossier: Dossier, paths: tuple[Path, ...], *, n_problems: int) -> dict[str, Any]:
    return {
        "initiative": dossier.initiative.title,
        "city": dossier.city,
        "audience": dossier.audience.value,
        "seal": dossier.seal,
        "sealed": list(dossier.first_screen.sealed),
        "files": [str(path) for path in paths],
        "problems": n_problems,
        "answers": [
            {
                "question": section.key,
                "asked": section.asked,
                "verdict": section.headline.verdict,
                "sentence": section.headline.sentence,
            }
            for section in dossier.sections
        ],
    }


def _tell(
    dossier: Dossier,
    paths: tuple[Path, ...],
    *,
    n_problems: int,
    checked: tuple[Path | None, Path],
) -> None:
    asked = [section for section in dossier.sections if section.asked]
    for section in asked:
        say(f"{section.title}: {section.headline.sentence}")
    for sentence in dossier.first_screen.sealed:
        say(sentence)
    silent = [section.title for section in dossier.sections if not section.asked]
    if silent:
        say(f"Not asked yet: {', '.join(silent)}.")
    if n_problems:
        folders = " and ".join(f"{command_name()} check {path}" for path in checked if path)
        say(f"The input has {n_problems} problems; see them with {folders}")
    say(f"Dossier ({dossier.audience.value} edition): {paths[0]}")
    say(f"The same as data: {paths[1]}")
    for path in paths[2:]:
        say(f"To print: {path}")
    say(f"Seal: {dossier.seal[:12]}")
