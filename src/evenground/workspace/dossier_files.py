"""Open a dossier that was written before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evenground.dossier import Dossier
from evenground.dossier.json import from_json
from evenground.errors import (
    EvengroundError,
    FormatError,
    NotFoundError,
    Place,
    ProblemKind,
    UntrustedInputError,
)
from evenground.language import N_

MAX_DOSSIER_BYTES = 128 * 1024 * 1024
"""Size of a ``dossier.json`` that is read; one of 600 areas and seven questions is far below."""
NAME = "dossier.json"

NO_DOSSIER = ProblemKind(
    code="dossier_missing",
    what=N_("There is no dossier at {value}."),
    rule=N_("A dossier that was written before is read from its dossier.json."),
    way_out=N_("Name a dossier.json, or a folder that evenground appraise wrote."),
)
TOO_LARGE = ProblemKind(
    code="dossier_too_large",
    what=N_("{file} has {value} bytes; at most {limit} are read."),
    rule=N_("A file that large would bring a small machine down."),
    way_out=N_("Check that it is the dossier.json that Evenground wrote."),
)
NOT_UTF8 = ProblemKind(
    code="dossier_not_utf8",
    what=N_("{file} is not written in UTF-8."),
    rule=N_("A dossier is kept in UTF-8, so that every letter reads the same everywhere."),
    way_out=N_("Take the file as Evenground wrote it."),
)


def open_dossier(path: Path | str) -> Dossier:
    """Return the dossier in a ``dossier.json``, or in the folder that holds one.

    Raises
    ------
    NotFoundError, FormatError, UntrustedInputError, VersionError
        If there is none, it is not one, it is too large, or it has another format.
    """
    given = Path(path)
    file = next((one for one in _places(given) if one.is_file()), None)
    if file is None:
        raise NotFoundError(NO_DOSSIER.at(Place(file=given.name), value=given))
    text = read_text(file)
    try:
        return from_json(text)
    except EvengroundError as error:
        placed = (
            replace(problem, place=replace(problem.place, file=file.name))
            for problem in error.problems
        )
        raise type(error)(*placed) from error


def read_text(file: Path) -> str:
    """Return the text of a file that is no larger than a dossier may be.

    Raises
    ------
    FormatError, UntrustedInputError
        If it is not UTF-8, or too large.
    """
    place = Place(file=file.name)
    size = file.stat().st_size
    if size > MAX_DOSSIER_BYTES:
        raise UntrustedInputError(TOO_LARGE.at(place, value=size, limit=MAX_DOSSIER_BYTES))
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(NOT_UTF8.at(place)) from error


def _places(path: Path) -> tuple[Path, ...]:
    return (path / NAME, path / "dossier" / NAME) if path.is_dir() else (path,)
