"""Find rows that say again what another row of the same table says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.errors import Problem
from evenground.stores.table import ReadTable
from evenground.workspace import messages as say

if TYPE_CHECKING:
    import pyarrow as pa

LISTED = 100
"""Repeated rows that are listed one by one; all are counted among those set aside."""


def without_repeats(parts: Sequence[ReadTable]) -> list[ReadTable]:
    """Return the files of one table without rows whose key another row has.

    The first row stays. Rows that are the same in every column are a slip, others contradict it.
    Rows of a one-column key that is empty (a list without codes) repeat nothing.
    """
    keys = parts[0].schema.key if parts else ()
    if not keys or not _any_repeats(parts, keys):
        return list(parts)
    seen: dict[tuple[Any, ...], tuple[ReadTable, int]] = {}
    found: list[ReadTable] = []
    for part in parts:
        out = np.zeros(part.table.num_rows, dtype=bool)
        by_row: dict[int, Problem] = {}
        for position, key in enumerate(_keys(part, keys)):
            if len(keys) == 1 and key[0] is None:
                continue
            if key not in seen:
                seen[key] = (part, position)
                continue
            out[position] = True
            problem = _problem(part, position, seen[key], keys)
            worse = problem.code == say.CONTRADICTING_ROW.code
            row = int(part.rows[position])
            by_row[row] = problem if worse else by_row.get(row, problem)
        problems = list(by_row.values())
        words = problems[0].value if problems else ""
        aside = say.REPEATED.at(part.place, value=words)
        found.append(part.without(out, aside).saying(*problems[:LISTED]))
    return found


def _any_repeats(parts: Sequence[ReadTable], keys: Sequence[str]) -> bool:
    import pyarrow as pa

    table: pa.Table = pa.concat_tables([part.table.select(list(keys)) for part in parts])
    return table.group_by(list(keys)).aggregate([]).num_rows < table.num_rows


def _keys(part: ReadTable, keys: Sequence[str]) -> list[tuple[Any, ...]]:
    return list(zip(*(part.table[key].to_pylist() for key in keys), strict=True))


def _telling(part: ReadTable, keys: Sequence[str]) -> str:
    """Return the key column that says most: a code that the file holds, else any that it holds."""
    held = [key for key in keys if key in dict(part.sources)]
    return next((key for key in held if key.endswith("_id")), held[0] if held else keys[-1])


def _problem(
    part: ReadTable, position: int, first: tuple[ReadTable, int], keys: Sequence[str]
) -> Problem:
    other, where = first
    same = part.table.slice(position, 1).to_pylist() == other.table.slice(where, 1).to_pylist()
    row: dict[str, Any] = part.table.slice(position, 1).to_pylist()[0]
    value = ", ".join(str(row[key]) for key in keys if row[key] is not None)
    kind = say.REPEATED_ROW if same else say.CONTRADICTING_ROW
    named = int(other.rows[where])
    shown = named if other.file == part.file else f"{named} ({other.file})"
    names = ", ".join(part.column_in_file(key) for key in keys if row[key] is not None)
    at = part.at(position, _telling(part, keys))
    return kind.at(at, value=value, first=shown, keys=names)
