"""Which rows of the sealed tables differ: between two seals, or between a seal and today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenground.record.canonical import canonical_json
from evenground.record.sealed_text import DataPresent, DataRole, PlainTable

KEYS: Mapping[str, tuple[str, ...]] = {
    "promises": ("promise_id",),
    "evaluation": ("promise_id",),
    "harms": ("promise_id", "harm_id"),
    "responses": ("promise_id", "result"),
    "rollout": ("unit_id", "promise_id"),
}
"""Columns by which a row is known again when a cell of it changed."""
READING = "read_as"
"""Stands for the column where what differs is how a file is to be read."""
FILE = "file"
"""Stands for the column where what differs is a whole file."""

MANY = 20
"""More changes of one kind in one table than this are told as a number."""

_Row = tuple[tuple[str, str], ...]


class Change(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One cell, row or reading rule that is not what was sealed.

    Attributes
    ----------
    table, row
        The table; what the row is known by (the values of ``KEYS``, else all its cells).
    change
        Whether the row came, went, or has another cell.
    column, before, after
        The column of a changed cell, and both texts; for a row that came or went, its cells.
    """

    table: str
    row: str
    change: Change
    column: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """So many changes of one kind in one table that they are told as a number."""

    table: str
    change: Change
    n: int


def told_apart(
    found: Sequence[Difference], *, most: int = MANY
) -> tuple[tuple[Difference, ...], tuple[Many, ...]]:
    """Return the differences that are told one by one, and those that are told as a number.

    Parameters
    ----------
    found
        Differences in any order.
    most
        Up to so many of one kind in one table are told one by one.
    """
    times = Counter((one.table, one.change) for one in found)
    return (
        tuple(one for one in found if times[one.table, one.change] <= most),
        tuple(Many(table=key[0], change=key[1], n=n) for key, n in times.items() if n > most),
    )


def differences(
    before: Sequence[PlainTable], after: Sequence[PlainTable]
) -> tuple[Difference, ...]:
    """Return what differs between two states of the sealed tables.

    The order of rows and columns, and rows and columns without any text, make no difference: they
    do not change what is promised. Every changed character of a cell does.

    Returns
    -------
    tuple of Difference
        In the order of the tables; empty exactly when every table has the same rows, counted as
        often as they stand there, and is to be read in the same way.
    """
    names = dict.fromkeys(one.table for one in (*before, *after))
    return tuple(
        found
        for name in names
        for found in _in_table(
            name,
            [one for one in before if one.table == name],
            [one for one in after if one.table == name],
        )
    )


def assignments_that_differ(
    before: Sequence[DataPresent], after: Sequence[DataPresent]
) -> tuple[Difference, ...]:
    """Return which schemes of assignment are not the files that they were.

    Outcome data are to change after a seal; the scheme by which units were assigned is not.
    """
    then, now = _assigned(before), _assigned(after)
    return tuple(
        Difference(
            table="evaluation", row=dataset, change=Change.CHANGED, column=FILE,
            before=", ".join(hashes), after=", ".join(now.get(dataset, ())),
        )
        for dataset, hashes in then.items()
        if hashes != now.get(dataset)
    )  # fmt: skip


def _assigned(present: Sequence[DataPresent]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in present:
        if one.role is DataRole.ASSIGNMENT and one.sha256:
            found.setdefault(one.dataset, []).append(one.sha256)
    return {dataset: sorted(hashes) for dataset, hashes in found.items()}


def _in_table(
    name: str, before: Sequence[PlainTable], after: Sequence[PlainTable]
) -> Iterator[Difference]:
    gone = Counter(_rows(before))
    come = Counter(_rows(after))
    gone, come = gone - come, come - gone
    for old, new in _known_again(name, gone, come):
        gone[old] -= 1
        come[new] -= 1
        yield from _changed(name, old, new)
    for row in gone.elements():
        yield Difference(
            table=name, row=_known_by(name, row), change=Change.REMOVED, before=_cells(row)
        )
    for row in come.elements():
        yield Difference(
            table=name, row=_known_by(name, row), change=Change.ADDED, after=_cells(row)
        )
    readings = [canonical_json([dict(one.read_as) for one in side]) for side in (before, after)]
    if before and after and readings[0] != readings[1]:
        yield Difference(
            table=name, row="", change=Change.CHANGED, column=READING,
            before=readings[0], after=readings[1],
        )  # fmt: skip


def _rows(tables: Sequence[PlainTable]) -> Iterator[_Row]:
    for table in tables:
        for row in table.rows:
            cells = zip(table.columns, row, strict=False)
            if known := tuple(sorted((column, text) for column, text in cells if text)):
                yield known


def _known_again(
    name: str, gone: Counter[_Row], come: Counter[_Row]
) -> Iterator[tuple[_Row, _Row]]:
    """Pair rows that went with rows that came under the same key, where only one of each has it."""
    old, new = _by_key(name, gone), _by_key(name, come)
    for key in old:
        if key and len(old[key]) == 1 and len(new.get(key, ())) == 1:
            yield old[key][0], new[key][0]


def _by_key(name: str, rows: Counter[_Row]) -> dict[tuple[str, ...], list[_Row]]:
    found: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows.elements():
        found.setdefault(_key(name, row), []).append(row)
    return found


def _changed(name: str, old: _Row, new: _Row) -> Iterator[Difference]:
    before, after = dict(old), dict(new)
    for column in dict.fromkeys((*before, *after)):
        one, other = before.get(column, ""), after.get(column, "")
        if one != other:
            yield Difference(
                table=name, row=_known_by(name, old), change=Change.CHANGED, column=column,
                before=one, after=other,
            )  # fmt: skip


def _key(name: str, row: _Row) -> tuple[str, ...]:
    cells = dict(row)
    key = tuple(cells.get(column, "") for column in KEYS.get(name, ()))
    return key if any(key) else ()


def _known_by(name: str, row: _Row) -> str:
    return ", ".join(part for part in _key(name, row) if part) or _cells(row)


def _cells(row: _Row) -> str:
    return "; ".join(f"{column}: {text}" for column, text in row)
