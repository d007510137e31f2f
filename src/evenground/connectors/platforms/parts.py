"""Which of several votes in one export is meant, and which columns it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evenground.connectors.exported_table import ExportedTable
from evenground.connectors.platforms import messages as say
from evenground.errors import Place, Problem, nearest_name


def columns_missing(table: ExportedTable, wanted: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Yield a problem for each thing that no column of the table holds.

    Parameters
    ----------
    table
        The export.
    wanted
        What a column is for, with the names that it may have.
    """
    for what, names in wanted.items():
        if not table.named(names):
            near = nearest_name(names[0], table.columns)
            yield say.COLUMN.at(
                Place(file=table.file), value=what, nearest=near, known=", ".join(names)
            )


def chosen_part(
    table: ExportedTable, names: Sequence[str], part: str
) -> tuple[list[bool], list[Problem]]:
    """Return which rows belong to the vote asked for, and what is in doubt about it.

    Parameters
    ----------
    table
        The export.
    names
        Columns that say to which vote a row belongs.
    part
        The one asked for; empty for the only one.
    """
    parts = table.texts(names)
    known = sorted(set(parts) - {""})
    place = Place(file=table.file, column=table.named(names))
    if part and part not in known and (known or table.named(names)):
        near = nearest_name(part, known)
        problem = say.NO_SUCH_PART.at(place, value=part, nearest=near, known=", ".join(known))
        return [False] * len(parts), [problem]
    if not part and len(known) > 1:
        return [True] * len(parts), [say.SEVERAL.at(place, known=", ".join(known))]
    return [not part or found == part or not known for found in parts], []
