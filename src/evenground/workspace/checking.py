"""Check a folder: everything that is wrong or was assumed, file by file, and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evenground.errors import (
    EvengroundError,
    InvalidInputError,
    NotFoundError,
    Place,
    Problem,
    ProblemKind,
    Severity,
)
from evenground.language import N_
from evenground.workspace.declarations import NO_FOLDER, WORKBOOKS, workbook_holds
from evenground.workspace.opening import OpenCity, OpenInitiative, open_city, open_initiative

if TYPE_CHECKING:
    from evenground.dossier import InputReport

NOTHING_TO_CHECK = ProblemKind(
    code="nothing_to_check",
    what=N_("The folder {value} holds neither city.toml nor initiative.toml."),
    rule=N_("One of them says what the folder is about."),
    way_out=N_("Make one with: evenground new city, or: evenground new initiative"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found.

    ``problems`` are all of them in the order of files and rows, ``inputs`` what became of each
    file, ``language`` and ``currency`` those of the city. ``exit_code`` follows the table of exit
    codes: 0 when nothing is an error.
    """

    problems: tuple[Problem, ...]
    inputs: tuple[InputReport, ...]
    exit_code: int
    language: str = "en"
    currency: str = ""

    def count(self, severity: Severity) -> int:
        """Count the problems of one severity."""
        return sum(problem.severity is severity for problem in self.problems)


def check(path: Path, *, city: Path | None = None) -> Checked:
    """Check a city folder, an initiative folder, or a workbook that holds either or both.

    Parameters
    ----------
    path
        What to check.
    city
        The city that an initiative is checked against; looked for near the initiative if not given.

    Raises
    ------
    NotFoundError
        If there is no such folder or file.
    """
    if not path.exists():
        raise NotFoundError(NO_FOLDER.at(Place(), value=path, what_is_new="city"))
    try:
        has_city, has_initiative = _holds(path, "city"), _holds(path, "initiative")
        if not has_city and not has_initiative:
            raise NotFoundError(NOTHING_TO_CHECK.at(Place(), value=path))
        return _checked(path, city=city, has_city=has_city, has_initiative=has_initiative)
    except EvengroundError as error:
        return Checked(problems=error.problems, inputs=(), exit_code=error.exit_code)


def _checked(path: Path, *, city: Path | None, has_city: bool, has_initiative: bool) -> Checked:
    place = open_city(path) if has_city else None
    if not has_initiative:
        return _found(place, None)
    near = city or (None if has_city else city_near(path))
    around = place or (open_city(near) if near is not None else None)
    return _found(place, open_initiative(path, city=around))


def _found(place: OpenCity | None, initiative: OpenInitiative | None) -> Checked:
    opened = [one for one in (place, initiative) if one is not None]
    problems = in_order(problem for one in opened for problem in one.problems)
    around = place or (initiative.settled_in if initiative is not None else None)
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    return Checked(
        problems=problems,
        inputs=tuple(report for one in opened for report in one.reports),
        exit_code=InvalidInputError.exit_code if wrong else 0,
        language=around.city.language if around is not None else "en",
        currency=around.city.currency if around is not None else "",
    )


def _holds(path: Path, stem: str) -> bool:
    """Whether a folder or file can be opened as a city or an initiative."""
    if path.is_dir():
        return any((path / f"{stem}{ending}").is_file() for ending in (".toml", *WORKBOOKS))
    if path.suffix.lower() in WORKBOOKS:
        return workbook_holds(path, stem)
    return path.name == f"{stem}.toml"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems by file (as first met) and row, worse ones first within a row."""
    listed = list(problems)
    files = {problem.place.file: None for problem in listed}
    rank = {file: position for position, file in enumerate(files)}
    severities = list(Severity)
    return tuple(
        sorted(
            listed,
            key=lambda p: (
                rank[p.place.file], p.place.sheet, p.place.row or 0, severities.index(p.severity),
            ),
        )
    )  # fmt: skip


def city_near(initiative: Path) -> Path | None:
    """Return the city folder above an initiative, beside it, or in a folder ``city`` beside it."""
    start = initiative.resolve()
    folders = [start.parent, start.parent / "city", *start.parent.parents[:1]]
    return next((folder for folder in folders if _holds(folder, "city")), None)
