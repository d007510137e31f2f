"""A table that another program exported: columns of text, and the row of the file of each entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedTable:
    """Columns of text.

    Attributes
    ----------
    file
        Its name, for messages.
    columns
        Name to texts, one per row; empty where the file has nothing.
    rows
        The row of the file of each entry, as a spreadsheet program shows it.
    """

    file: str
    columns: Mapping[str, Sequence[str]]
    rows: Sequence[int]

    def named(self, names: Iterable[str]) -> str:
        """Return the first of several names that the table has; upper and lower case are the same.

        Empty if it has none.
        """
        known = {name.strip().casefold(): name for name in self.columns}
        return next((known[name.casefold()] for name in names if name.casefold() in known), "")

    def texts(self, names: Iterable[str]) -> list[str]:
        """Return the column of the first of several names that the table has.

        Spaces around texts are gone; empty texts if it has none of the names.
        """
        name = self.named(names)
        if not name:
            return [""] * len(self.rows)
        return [text.strip() for text in self.columns[name]]


def flattened(records: Sequence[Mapping[str, Any]], *, file: str = "") -> ExportedTable:
    """Return records with records inside as columns, named as Decidim names those of its CSV files.

    ``{"title": {"en": "Park"}, "projects": [{"id": 1}, {"id": 2}]}`` has the columns ``title/en``
    and ``projects/id``; lists stand between commas.
    """
    rows = [_flat(record, "") for record in records]
    names = dict.fromkeys(name for row in rows for name in row)
    return ExportedTable(
        file=file,
        columns={name: [row.get(name, "") for row in rows] for name in names},
        rows=range(1, len(rows) + 1),
    )


def _flat(value: object, key: str) -> dict[str, str]:
    """Return the texts of a value by name; records lie a few deep in what a program exports."""
    if isinstance(value, Mapping):
        found: dict[str, str] = {}
        for name, inner in value.items():
            found |= _flat(inner, f"{key}/{name}" if key else str(name))
        return found
    if isinstance(value, list):
        parts = [_flat(inner, key) for inner in value]
        names = dict.fromkeys(name for part in parts for name in part)
        return {name: ",".join(part[name] for part in parts if name in part) for name in names}
    if isinstance(value, bool):
        return {key: str(value).lower()}
    return {key: "" if value is None else str(value)}
