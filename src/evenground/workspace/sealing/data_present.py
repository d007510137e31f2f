"""Which of the files that promises name are there now, their hashes, and the last date in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evenground.errors import EvengroundError
from evenground.record.sealed_text import PLANNED, DataPresent, DataRole, PlainTable
from evenground.stores.entries import TableEntry
from evenground.stores.files import read_raw
from evenground.workspace.sealing.written_tables import (
    WrittenFolder,
    WrittenTable,
    plain_table,
    rows_of,
)

OUTCOMES = "outcomes"
DATASETS = ("initiative_datasets", "datasets")
"""Tables that say in which file a dataset lies: an initiative's, and a city's."""
_NAMED_FOR_TIME = ("period", "date", "time", "day", "month", "year")
_YEAR = r"(1[89]|20|21)\d\d"
_YEAR_FIRST = re.compile(_YEAR + r"[-/](0?[1-9]|1[0-2]|[QqWw]\d{1,2})([-/]\d{1,2})?([T ].*)?")
_YEAR_ALONE = re.compile(_YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A dataset, table or file that a promise names, and for what."""

    role: DataRole
    name: str


def data_present(
    folders: Sequence[WrittenFolder], *, roles: Sequence[DataRole] = tuple(DataRole)
) -> tuple[DataPresent, ...]:
    """Return what is there of all that the promises and their evaluation name.

    Parameters
    ----------
    folders
        The initiative's folder, and the city's if it is given; looked through in this order. A
        scheme of assignment is the initiative's own.
    roles
        For what they are named; others are not opened.
    """
    named = (one for one in _all_named(folders) if one.role in roles)
    return tuple(found for one in named for found in _found(one, folders))


def last_date(plain: PlainTable) -> tuple[str, str]:
    """Return the last date or period in a table, and the column that it stands in.

    A column counts when all its filled cells are written year first (years alone only under a name
    of time); one that is called after time is preferred, then one that stands further left. Both
    are empty where there is none.
    """
    dated = [
        (not _named_for_time(column), at)
        for at, column in enumerate(plain.columns)
        if _is_dated([row[at] for row in plain.rows], alone=_named_for_time(column))
    ]
    if not dated:
        return "", ""
    at = min(dated)[1]
    return max((row[at].strip() for row in plain.rows), key=_in_time), plain.columns[at]


def _all_named(folders: Sequence[WrittenFolder]) -> Iterator[_Named]:
    initiative = folders[0]
    promises, plans = initiative.tables("promises"), initiative.tables("evaluation")
    cells = [
        *((DataRole.OUTCOME, name) for (name,) in rows_of(promises, "outcome_source")),
        *((DataRole.BASELINE, name) for (name,) in rows_of(promises, "baseline_dataset")),
        *((DataRole.ASSIGNMENT, name) for (name,) in rows_of(plans, "assignment")),
    ]
    if any(folder.tables(OUTCOMES) for folder in folders):
        cells.insert(0, (DataRole.OUTCOME, OUTCOMES))
    for role, name in dict.fromkeys(cells):
        # The plan within such a table is sealed cell by cell; what was done is added to its file.
        planned = role is DataRole.ASSIGNMENT and name in PLANNED
        if name and not planned:
            yield _Named(role=role, name=name)


def _found(named: _Named, folders: Sequence[WrittenFolder]) -> list[DataPresent]:
    bare = DataPresent(role=named.role, dataset=named.name)
    own = named.role is DataRole.ASSIGNMENT
    for folder in folders[:1] if own else folders:
        tables = folder.tables(named.name) if named.name in folder.schemas else []
        if tables:
            return [_of_table(bare, table) for table in tables]
        file, sheet = _file_of(named.name, folder)
        if (found := _in_file(bare, folder, file, sheet)) is not None:
            return [found]
    return [bare]


def _of_table(bare: DataPresent, table: WrittenTable) -> DataPresent:
    date, column = last_date(table.plain)
    file = table.file
    return replace(bare, file=file.name, sha256=file.sha256, last_date=date, column=column)


def _file_of(name: str, folder: WrittenFolder) -> tuple[str, str]:
    """Return file and sheet of a dataset that the folder lists; else the name is a file's."""
    tables = [table for one in DATASETS if one in folder.schemas for table in folder.tables(one)]
    listed = rows_of(tables, "dataset_id", "file", "sheet")
    return next(
        ((file, sheet) for known, file, sheet in listed if file and known == name), (name, "")
    )


def _in_file(bare: DataPresent, folder: WrittenFolder, name: str, sheet: str) -> DataPresent | None:
    entry = TableEntry(table=bare.dataset, file=name.replace("\\", "/"), sheet=sheet)
    try:
        file = folder.loaded.folder.find(entry)
    except EvengroundError:
        return None
    found = replace(bare, file=file.name, sha256=file.sha256)
    try:
        date, column = last_date(plain_table(bare.dataset, read_raw(file, entry, ())))
    except EvengroundError:
        return found  # its hash is known, its dates are not
    return replace(found, last_date=date, column=column)


def _is_dated(cells: Sequence[str], *, alone: bool) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    full = all(_YEAR_FIRST.fullmatch(cell) for cell in filled)
    years = alone and all(_YEAR_ALONE.fullmatch(cell) for cell in filled)
    return bool(filled) and (full or years)


def _in_time(cell: str) -> tuple[int, ...]:
    """Return what dates are ordered by, with leading zeros or without."""
    return tuple(int(part) for part in re.findall(r"\d+", cell))


def _named_for_time(column: str) -> bool:
    return any(word in column.casefold() for word in _NAMED_FOR_TIME)
