"""Which rows of the sealed tables differ: between two seals, or between a seal and today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from evenground.record.canonical import canonical_json
from evenground.record.sealed_text import DataPresent, DataRole, PlainTable

KEYS: Mapping[str, tuple[str, ...]] = {
    "promises": ("promise_id",),
    "evaluation": ("promise_id",),
    "harms": ("harm_id",),
    "responses": ("promise_id", "result"),
    "rollout": ("unit_id", "promise_id"),
}
"""Columns by which a row is known again when a cell of it changed; of several rows with the same,
it is their order that says which of them is used."""
READING = "read_as"
"""Stands for the column where what differs is how a file is to be read."""
FILE = "file"
"""Stands for the column where what differs is a whole file."""
ORDER = "order"
"""Stands for the column where what differs is the order of rows that are known by the same."""

MANY = 20
"""More changes of one kind in one table than this are told as a number."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: what it is known by (nothing where no such cell is filled), and its filled cells."""

    key: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]

    @property
    def told(self) -> str:
        return "; ".join(f"{column}: {text}" for column, text in self.cells)

    @property
    def known_by(self) -> str:
        return ", ".join(part for part in self.key if part) or self.told


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

    The order of columns and of rows that are known by different keys, and rows and columns without
    any text, make no difference: they do not change what is promised. Every changed character of a
    cell does; so does another order of rows with the same key, of which only one can be used.

    Returns
    -------
    tuple of Difference
        In the order of the tables; empty exactly when every table has the same rows, counted as
        often as they stand there, each of them to be read in the same way.
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
    old, new = _rows(before), _rows(after)
    gone, come = Counter(row for row, _ in old), Counter(row for row, _ in new)
    gone, come = gone - come, come - gone
    for was, now in _known_again(gone, come):
        gone[was] -= 1
        come[now] -= 1
        yield from _changed(name, was, now)
    for row in gone.elements():
        yield Difference(table=name, row=row.known_by, change=Change.REMOVED, before=row.told)
    for row in come.elements():
        yield Difference(table=name, row=row.known_by, change=Change.ADDED, after=row.told)
    yield from _read_otherwise(name, old, new)
    yield from _reordered(name, old, new)


def _rows(tables: Sequence[PlainTable]) -> list[tuple[_Row, str]]:
    """Return the rows that hold anything, each with how its file is to be read."""
    found: list[tuple[_Row, str]] = []
    for table in tables:
        reading = canonical_json(dict(table.read_as))
        keys = zip(*(table.texts(column) for column in KEYS.get(table.table, ())), strict=True)
        for row, key in zip_longest(table.rows, keys, fillvalue=()):
            cells = zip(table.columns, row, strict=False)
            if known := tuple(sorted((column, text) for column, text in cells if text)):
                found.append((_Row(key if any(key) else (), known), reading))
    return found


def _known_again(gone: Counter[_Row], come: Counter[_Row]) -> Iterator[tuple[_Row, _Row]]:
    """Pair rows that went with rows that came under the same key, where only one of each has it."""
    old, new = _by_key(gone.elements()), _by_key(come.elements())
    for key in old:
        if len(old[key]) == 1 and len(new.get(key, ())) == 1:
            yield old[key][0], new[key][0]


def _by_key(rows: Iterable[_Row]) -> dict[tuple[str, ...], list[_Row]]:
    found: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        if row.key:
            found.setdefault(row.key, []).append(row)
    return found


def _changed(name: str, old: _Row, new: _Row) -> Iterator[Difference]:
    before, after = dict(old.cells), dict(new.cells)
    for column in dict.fromkeys((*before, *after)):
        one, other = before.get(column, ""), after.get(column, "")
        if one != other:
            yield _change(name, old.known_by, column, (one, other))


def _change(table: str, row: str, column: str, texts: tuple[str, str]) -> Difference:
    before, after = texts
    return Difference(
        table=table, row=row, change=Change.CHANGED, column=column, before=before, after=after
    )


def _read_otherwise(
    name: str, old: Sequence[tuple[_Row, str]], new: Sequence[tuple[_Row, str]]
) -> Iterator[Difference]:
    """Say once that files are read in another way, or of each row that it went to another file."""
    ways = [sorted({reading for _, reading in side}) for side in (old, new)]
    if old and new and ways[0] != ways[1]:
        before, after = ("[" + ",".join(way) + "]" for way in ways)
        yield _change(name, "", READING, (before, after))
        return
    moved = list((Counter(old) - Counter(new)).elements())
    come = Counter(new) - Counter(old)
    for row, reading in moved:
        other = next((now for known, now in come if known == row), "")
        if other:
            yield _change(name, row.known_by, READING, (reading, other))


def _reordered(
    name: str, old: Sequence[tuple[_Row, str]], new: Sequence[tuple[_Row, str]]
) -> Iterator[Difference]:
    before, after = (_by_key(row for row, _ in side) for side in (old, new))
    for key, rows in before.items():
        others = after.get(key, [])
        if rows != others and Counter(rows) == Counter(others):
            was, now = next(pair for pair in zip(rows, others, strict=True) if pair[0] != pair[1])
            yield _change(name, was.known_by, ORDER, (was.told, now.told))
