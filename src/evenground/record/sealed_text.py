"""What is sealed: the tables word for word, and what was known when they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import cast

from evenground.record.canonical import Json
from evenground.record.entry import EntryKind

SEALED_TABLES = ("promises", "evaluation", "harms", "responses")
"""Tables of an initiative that a seal covers: the promise, and how it will be judged."""
PLANNED = {"rollout": ("planned_start", "arm", "stratum", "step", "units_planned")}
"""Tables of which only the plan is sealed: rows with any of these columns filled, and of them these
columns and those that say whose plan it is (``PLANNED_FOR``). What was done is added later."""
PLANNED_FOR = {"rollout": ("unit_id", "promise_id")}
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTable:
    """Rows of a table as they stand in its file, cell by cell, as text.

    A figure is sealed as it was written: ``0.10`` stays ``0.10``, and no reading turns it into
    another number.

    Attributes
    ----------
    table
        Name of the table.
    columns, rows
        Names of the columns in the file; one text per column and row, empty where nothing stands.
    read_as
        What the initiative says on how the file is to be read (which column is which, decimal
        mark, rows kept): it decides what the texts mean.
    """

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    read_as: Mapping[str, Json] = field(default_factory=dict[str, Json])

    @property
    def as_json(self) -> dict[str, Json]:
        """The table as JSON."""
        return {
            "table": self.table,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "read_as": dict(self.read_as),
        }


class DataRole(StrEnum):
    """What a file is named for; only an assignment must stay what it was."""

    OUTCOME = "outcome"
    BASELINE = "baseline"
    ASSIGNMENT = "assignment"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPresent:
    """What was there of one file that the promises or their evaluation name, at sealing.

    Attributes
    ----------
    role
        What it is named for.
    dataset
        Its short code, or the name of a table, or of a file.
    file, sha256
        The file, and the hash of its bytes; empty where no file was there.
    last_date
        The last date or period in it, as written; empty where none was found.
    column
        The column that it stands in.
    """

    role: DataRole
    dataset: str
    file: str = ""
    sha256: str = ""
    last_date: str = ""
    column: str = ""

    @property
    def as_json(self) -> dict[str, Json]:
        """The source as JSON."""
        return {
            "role": self.role.value,
            "dataset": self.dataset,
            "file": self.file,
            "sha256": self.sha256,
            "last_date": self.last_date,
            "column": self.column,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedText:
    """The text behind an entry.

    Attributes
    ----------
    sequence, kind, stated_on
        As in the entry, so that a text cannot be moved to another one.
    initiative
        Its title.
    by
        Who made the entry.
    afterwards_by
        Who put the promises together after the fact; empty where they were sealed beforehand.
    words
        The reason of an amendment; what was decided or noted.
    version
        Version of the program whose methods the evaluation plan names.
    tables, data_present
        What is sealed; which of the data that it names were there.
    """

    sequence: int
    kind: EntryKind
    stated_on: date
    initiative: str = ""
    by: str = ""
    afterwards_by: str = ""
    words: str = ""
    version: str = ""
    tables: tuple[PlainTable, ...] = ()
    data_present: tuple[DataPresent, ...] = ()

    @property
    def as_json(self) -> dict[str, Json]:
        """The text as JSON; its canonical form is what a commitment binds."""
        return {
            "format": FORMAT,
            "sequence": self.sequence,
            "kind": self.kind.value,
            "stated_on": self.stated_on.isoformat(),
            "initiative": self.initiative,
            "by": self.by,
            "afterwards_by": self.afterwards_by,
            "words": self.words,
            "version": self.version,
            "tables": [table.as_json for table in self.tables],
            "data_present": [one.as_json for one in self.data_present],
        }

    @property
    def outcomes_until(self) -> str:
        """The last of the last dates of the outcome data; empty where there is none.

        They are compared as texts, which orders dates and periods that are written year first.
        """
        dates = (one.last_date for one in self.data_present if one.role is DataRole.OUTCOME)
        return max(dates, default="")


def text_of(value: Json) -> SealedText | None:
    """Return the sealed text that JSON holds, or ``None`` if it is none of this format."""
    if not isinstance(value, Mapping):
        return None
    held = cast("Mapping[str, Json]", value)
    try:
        text = SealedText(
            sequence=cast("int", held["sequence"]),
            kind=EntryKind(cast("str", held["kind"])),
            stated_on=date.fromisoformat(cast("str", held["stated_on"])),
            initiative=cast("str", held["initiative"]),
            by=cast("str", held["by"]),
            afterwards_by=cast("str", held["afterwards_by"]),
            words=cast("str", held["words"]),
            version=cast("str", held["version"]),
            tables=tuple(_tables(held["tables"])),
            data_present=tuple(_data_present(held["data_present"])),
        )
    except (KeyError, TypeError, ValueError):
        return None
    return text if text.as_json == held else None


def _tables(value: Json) -> Iterable[PlainTable]:
    for one in cast("list[dict[str, Json]]", value):
        yield PlainTable(
            table=cast("str", one["table"]),
            columns=tuple(cast("list[str]", one["columns"])),
            rows=tuple(tuple(row) for row in cast("list[list[str]]", one["rows"])),
            read_as=cast("Mapping[str, Json]", one["read_as"]),
        )


def _data_present(value: Json) -> Iterable[DataPresent]:
    for one in cast("list[dict[str, str]]", value):
        given = {name: text for name, text in one.items() if name != "role"}
        yield DataPresent(role=DataRole(one["role"]), **given)
