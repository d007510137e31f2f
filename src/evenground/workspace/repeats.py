"""Find rows that say again what another row of the same table says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.errors import Problem
from evenground.stores.listing import capped
from evenground.stores.table import ReadTable
from evenground.workspace import messages as say

if TYPE_CHECKING:
    import pyarrow as pa

MANY, MANY_SHARE = 10, 0.1
"""More clashing rows than this, and this share of all, are a misunderstanding, not slips."""


def without_repeats(parts: Sequence[ReadTable]) -> list[ReadTable]:
    """Return the files of one table without rows whose key another row has.

    The first row stays. Rows that are the same in every column are a slip, others contradict it.
    Where a code is not required, rows that share it and differ are kept: it is no key there, and
    this is said once. Rows without a code repeat nothing.
    """
    keys = parts[0].schema.key if parts else ()
    if not keys or not _any_repeats(parts, keys):
        return list(parts)
    must = any(parts[0].schema[key].required for key in keys)
    seen: dict[tuple[Any, ...], tuple[ReadTable, int]] = {}
    return [_without(part, keys, seen, must=must) for part in parts]


def _without(
    part: ReadTable,
    keys: Sequence[str],
    seen: dict[tuple[Any, ...], tuple[ReadTable, int]],
    *,
    must: bool,
) -> ReadTable:
    """Return one file without repeats of rows that were ``seen``, and add its own to them."""
    out = np.zeros(part.table.num_rows, dtype=bool)
    by_row: dict[int, Problem] = {}
    for position, key in enumerate(_keys(part, keys)):
        if len(keys) == 1 and key[0] is None:
            continue
        if key not in seen:
            seen[key] = (part, position)
            continue
        problem = _problem(part, position, seen[key], keys)
        worse = problem.code == say.CONTRADICTING_ROW.code
        out[position] = must or not worse
        row = int(part.rows[position])
        by_row[row] = problem if worse else by_row.get(row, problem)
    problems = list(by_row.values())
    words = problems[0].value if problems else ""
    told = _told(part, problems, keys, must=must)
    return part.without(out, say.REPEATED.at(part.place, value=words)).saying(*told)


def _told(
    part: ReadTable, problems: Sequence[Problem], keys: Sequence[str], *, must: bool
) -> list[Problem]:
    """Return what is said: row by row, or once where so many rows clash that it is no slip."""
    clashes = [one for one in problems if one.code == say.CONTRADICTING_ROW.code]
    slips = [one for one in problems if one.code == say.REPEATED_ROW.code]
    n_rows = len(np.unique(part.rows))
    many = len(clashes) > max(MANY, n_rows * MANY_SHARE)
    if not clashes or (must and not many):
        return [*capped(clashes), *capped(slips)]
    kind = say.MANY_CONTRADICTING_ROWS if must else say.CODE_IS_NO_KEY
    names = ", ".join(part.column_in_file(key) for key in keys if key in dict(part.sources))
    free = ", ".join(key for key in keys if key not in dict(part.sources))
    once = kind.at(
        clashes[0].place, value=clashes[0].value, n_rows=len(clashes), keys=names or keys[0],
        free=free, table=part.schema.name,
    )  # fmt: skip
    return [once, *capped(slips)]


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
