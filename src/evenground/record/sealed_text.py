"""What is sealed: the tables word for word, and what was known when they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import cast

from evenground.record.canonical import Json, canonical_json, text_in, whole_in
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

    def column_of(self, model: str) -> str:
        """Return what the file calls a column of the model; empty if it has none."""
        wanted = str(self._said("columns").get(model, model)).casefold()
        return next((name for name in self.columns if name.casefold() == wanted), "")

    def texts(self, model: str) -> list[str]:
        """Return row by row the cells of a column of the model, or its one value for all rows."""
        column = self.column_of(model)
        if column:
            at = self.columns.index(column)
            return [row[at].strip() for row in self.rows]
        return [str(self._said("values").get(model, ""))] * len(self.rows)

    def _said(self, what: str) -> Mapping[str, Json]:
        said = self.read_as.get(what)
        return cast("Mapping[str, Json]", said) if isinstance(said, Mapping) else {}

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
            sequence=whole_in(held["sequence"]),
            kind=EntryKind(text_in(held["kind"])),
            stated_on=date.fromisoformat(text_in(held["stated_on"])),
            initiative=text_in(held["initiative"]),
            by=text_in(held["by"]),
            afterwards_by=text_in(held["afterwards_by"]),
            words=text_in(held["words"]),
            version=text_in(held["version"]),
            tables=tuple(_tables(held["tables"])),
            data_present=tuple(_data_present(held["data_present"])),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return text if canonical_json(text.as_json) == canonical_json(held) else None


def _tables(value: Json) -> Iterable[PlainTable]:
    for one in cast("list[dict[str, Json]]", value):
        columns = _texts(one["columns"])
        rows = tuple(_texts(row) for row in cast("list[Json]", one["rows"]))
        read_as = one["read_as"]
        if any(len(row) != len(columns) for row in rows) or not isinstance(read_as, Mapping):
            raise ValueError(one["table"])
        yield PlainTable(
            table=text_in(one["table"]),
            columns=columns,
            rows=rows,
            read_as=cast("Mapping[str, Json]", read_as),
        )


def _data_present(value: Json) -> Iterable[DataPresent]:
    for one in cast("list[dict[str, Json]]", value):
        given = {name: text_in(text) for name, text in one.items()}
        yield DataPresent(role=DataRole(given.pop("role")), **given)


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(text_in(one) for one in cast("list[Json]", value))
