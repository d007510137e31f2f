"""Find and load what a folder declares: ``city.toml``, or the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenground.city import CITY_TABLES
from evenground.declaration import Declaration, Written
from evenground.errors import (
    NotFoundError,
    Place,
    ProblemKind,
    UntrustedInputError,
    VersionError,
)
from evenground.initiative import INITIATIVE_TABLES
from evenground.language import N_
from evenground.stores import messages as stores_say
from evenground.stores.folder import DataFile, DataFolder
from evenground.stores.toml_text import key_rows, load_toml
from evenground.workspace.joined_declaration import joined
from evenground.workspace.workbook_declaration import declared_in, holds

FORMAT = 1
WORKBOOKS = (".xlsx", ".xlsm")
NO_FOLDER = ProblemKind(
    code="folder_missing",
    what=N_("There is no folder or file {value}."),
    rule=N_("Everything is read from it."),
    way_out=N_("Check the name, or make one with: evenground new {what_is_new}"),
)
NO_TOML = ProblemKind(
    code="toml_missing",
    what=N_("The folder {value} holds no {wanted}."),
    rule=N_("That file says what the folder is about and how its tables are read."),
    way_out=N_("Make one with: evenground new {what_is_new}"),
)
OTHER_FORMAT = ProblemKind(
    code="other_format",
    what=N_("{file} is written in format {value}; this version reads format {known}."),
    rule=N_("Another format means other things by the same words."),
    way_out=N_("Run: evenground migrate, or install the version that reads format {value}."),
)
NO_DATA_FOLDER = ProblemKind(
    code="data_folder_missing",
    what=N_("data names the folder {value}, which is not there."),
    rule=N_("All files of the tables are looked for in it."),
    way_out=N_("Correct the path (it starts at this folder), or take the line out."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was declared, and where its data lie.

    ``workbook`` is the path of the workbook that holds everything, if one does; ``beside`` is one
    that lies beside the TOML file and fills what it leaves empty; ``stem`` is ``city`` or
    ``initiative``.
    """

    declared: Declaration
    folder: DataFolder
    stem: str
    workbook: Path | None = None
    beside: DataFile | None = None


def load(
    path: Path, stem: str, *, tables: Sequence[str] = (), within: Path | None = None
) -> Loaded:
    """Load the declaration of a city or an initiative.

    Parameters
    ----------
    path
        The folder, its ``city.toml`` / ``initiative.toml``, or a workbook.
    stem
        ``city`` or ``initiative``.
    tables
        Names of the tables that may stand in sheets of a workbook.
    within
        If given, no file outside this folder is read, whatever ``data`` says.

    Raises
    ------
    NotFoundError, FormatError, UntrustedInputError, VersionError
        If there is nothing to read, or it cannot be read.
    """
    if not path.exists():
        raise NotFoundError(NO_FOLDER.at(Place(), value=path, what_is_new=stem))
    toml = path / f"{stem}.toml" if path.is_dir() else path
    workbook = toml.with_suffix(".xlsx") if path.is_dir() else path
    if workbook.suffix.lower() in WORKBOOKS and workbook.is_file() and not _is_toml(toml):
        return _from_workbook(workbook, stem, tables)
    if not toml.is_file():
        raise NotFoundError(
            NO_TOML.at(Place(), value=path, wanted=f"{stem}.toml", what_is_new=stem)
        )
    values, text = load_toml(toml)
    places = {key: Place(file=toml.name, row=row) for key, row in key_rows(text).items()}
    declared = Declaration(values, written=Written(file=toml.name, places=places))
    check_format(declared)
    folder = _folder(declared, toml.parent, within)
    beside = toml.with_suffix(".xlsx")
    if not beside.is_file():
        return Loaded(declared=declared, folder=folder, stem=stem)
    file = folder.described(beside.resolve(), name=beside.name)
    declared = joined(declared, declared_in(file, stem, tables))
    return Loaded(declared=declared, folder=folder, stem=stem, beside=file)


def workbook_holds(path: Path, stem: str) -> bool:
    """Whether a workbook says anything about a city (or an initiative).

    Raises
    ------
    FormatError, UntrustedInputError
        If the workbook is damaged or exceeds a reading limit.
    """
    folder = DataFolder(folder=path.resolve().parent, root=path.resolve().parent)
    schemas = CITY_TABLES if stem == "city" else INITIATIVE_TABLES
    file = folder.described(path.resolve(), name=path.name)
    return holds(file, stem, [schema.name for schema in schemas])


def _is_toml(path: Path) -> bool:
    return path.suffix == ".toml" and path.is_file()


def _from_workbook(path: Path, stem: str, tables: Sequence[str]) -> Loaded:
    folder = DataFolder(folder=path.resolve().parent, root=path.resolve().parent)
    file = folder.described(path.resolve(), name=path.name)
    declared = declared_in(file, stem, tables)
    check_format(declared)
    return Loaded(declared=declared, folder=folder, stem=stem, workbook=path)


def check_format(declared: Declaration) -> None:
    """Refuse another format version.

    Raises
    ------
    VersionError
        If ``format`` is there and not the one that is read.
    """
    given: Any = declared.values.get("format", FORMAT)
    if str(given) != str(FORMAT):
        raise VersionError(
            OTHER_FORMAT.at(
                declared.place("format"), value=given, known=FORMAT, file=declared.written.file
            )
        )


def _folder(declared: Declaration, folder: Path, within: Path | None) -> DataFolder:
    named = declared.text("data")
    root = (folder / named).resolve() if named else folder.resolve()
    if within is not None and not root.is_relative_to(within.resolve()):
        raise UntrustedInputError(
            stores_say.FILE_OUTSIDE.at(declared.place("data"), value=named, table="data")
        )
    if not root.is_dir():
        declared.add(NO_DATA_FOLDER, "data", value=named)
        root = folder.resolve()
    return DataFolder(folder=folder.resolve(), root=root)
