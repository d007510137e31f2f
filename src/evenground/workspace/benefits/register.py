"""A register as rows of text, and what became of its columns when it turned into promises."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenground.initiative.tables import PROMISES
from evenground.workspace.benefits.cells import Said, habit_of, said, told
from evenground.workspace.benefits.headings import Heading, Holds, folded, headings

AS_WRITTEN = "{name} (as written)"
"""What a column of the register is called where a column of promises has its name."""
TOLD = frozenset({Holds.BASELINE, Holds.TARGET, Holds.IMPROVEMENT})
"""Headings that stand for several columns: their cells are words made of these."""
_DISBENEFIT = re.compile(r"\bdis-?\s?benefits?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Rows of text under headings; ``rows`` are as long as ``names``, ``numbers`` as a file has."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()

    def column(self, name: str) -> list[str]:
        """Return the cells of one column."""
        at = self.names.index(name)
        return [row[at] for row in self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A register as a table of promises.

    Attributes
    ----------
    promises
        Columns of the table of promises that hold anything, in its order, then what was kept.
    read_as
        Heading of the register to the columns of promises that its cells filled.
    kept
        Columns of the register that stand in the table as they were written.
    in_words
        For each heading, row numbers of cells that no column of promises could take.
    numbered
        Row numbers of promises that had no code and were numbered.
    disbenefits
        Row numbers of what the register calls a disbenefit: a harm, and no promise.
    """

    promises: Register
    read_as: Mapping[str, tuple[str, ...]]
    kept: tuple[str, ...]
    in_words: Mapping[str, tuple[int, ...]]
    numbered: tuple[int, ...]
    disbenefits: tuple[int, ...]


def as_promises(register: Register, *, decimal: str = "") -> Imported:
    """Return a register as a table of promises, nothing lost.

    A column whose cells say more than columns of promises can hold is kept as it was written,
    beside what could be read of it. Where two headings stand for one column, cells of the first
    are taken, and the second is kept.
    """
    known = headings()
    texts = [cell for row in register.rows for cell in row]
    habit = habit_of(texts, decimal=decimal)
    filled: list[dict[str, str]] = [{} for _ in register.rows]
    read_as: dict[str, tuple[str, ...]] = {}
    kept: list[str] = []
    in_words: dict[str, tuple[int, ...]] = {}
    order = sorted(register.names, key=lambda name: _rank(known.get(folded(name)), name))
    for name in order:
        heading = known.get(folded(name), Heading(holds=Holds.KEPT))
        found = [said(cell, heading, habit) for cell in register.column(name)]
        taken = _fill(filled, found)
        if not taken.all_said and not _is_told(register.column(name), heading, filled):
            kept.append(name)
        if taken.columns:
            read_as[name] = taken.columns
        if heading.holds is not Holds.KEPT and taken.unread:
            in_words[name] = tuple(register.numbers[at] for at in taken.unread)
    numbered = _number(filled, register.numbers)
    stays = tuple(name for name in register.names if name in kept)
    beside = {
        name: _beyond(register.column(name), known.get(folded(name)), filled) for name in stays
    }
    return Imported(
        promises=_together(filled, register, beside),
        read_as={name: read_as[name] for name in register.names if name in read_as},
        kept=stays,
        in_words=in_words,
        numbered=numbered,
        disbenefits=_disbenefits(register),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    columns: tuple[str, ...]
    all_said: bool
    unread: tuple[int, ...]


def _fill(filled: list[dict[str, str]], found: Sequence[Said]) -> _Taken:
    """Put what a column's cells say into rows where nothing stands yet."""
    columns: dict[str, None] = {}
    all_said = True
    unread: list[int] = []
    for at, (row, one) in enumerate(zip(filled, found, strict=True)):
        # A cell is taken whole or not at all: half of it would contradict what stands there.
        clash = any(row.get(name, value) != value for name, value in one.columns.items())
        if not clash:
            row.update(one.columns)
            columns.update(dict.fromkeys(one.columns))
        all_said = all_said and one.is_all and not clash
        if not one.is_all and not one.columns:
            unread.append(at)
    return _Taken(columns=tuple(columns), all_said=all_said, unread=tuple(unread))


def _is_told(cells: Sequence[str], heading: Heading, filled: Sequence[Mapping[str, str]]) -> bool:
    """Whether every cell is what would be written there anyway."""
    return heading.holds in TOLD and not any(_beyond(cells, heading, filled))


def _beyond(
    cells: Sequence[str], heading: Heading | None, filled: Sequence[Mapping[str, str]]
) -> list[str]:
    """Return cells that say more than would be written there anyway; the others are empty."""
    if heading is None or heading.holds not in TOLD:
        return list(cells)
    return [
        "" if cell.strip() == told(heading.holds, row) else cell
        for cell, row in zip(cells, filled, strict=True)
    ]


def _rank(heading: Heading | None, name: str) -> int:
    """Order columns: the model's own first, so that what was read before is not read anew."""
    if name in PROMISES.names:
        return 0
    return 2 if heading is None or not heading.column else 1


def _number(filled: list[dict[str, str]], numbers: Sequence[int]) -> tuple[int, ...]:
    """Give promises without a code one that no other has."""
    taken = {row.get("promise_id", "").strip() for row in filled}
    made: list[int] = []
    for row, number in zip(filled, numbers, strict=True):
        if not row.get("promise_id", "").strip():
            code = next(
                name for at in range(len(filled) + 1)
                if (name := f"row-{number}" + "x" * at) not in taken
            )  # fmt: skip
            row["promise_id"] = code
            taken.add(code)
            made.append(number)
    return tuple(made)


def _together(
    filled: Sequence[Mapping[str, str]], register: Register, beside: Mapping[str, Sequence[str]]
) -> Register:
    own = tuple(name for name in PROMISES.names if any(name in row for row in filled))
    rows = tuple(
        (*(row.get(name, "") for name in own), *(column[at] for column in beside.values()))
        for at, row in enumerate(filled)
    )
    return Register(names=(*own, *_apart(tuple(beside))), rows=rows, numbers=register.numbers)


def _apart(kept: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each kept column, no two alike."""
    names: list[str] = []
    for name in map(kept_name, kept):
        chosen = name
        while chosen in names:
            chosen = AS_WRITTEN.format(name=chosen)
        names.append(chosen)
    return tuple(names)


def kept_name(name: str) -> str:
    """Return what a kept column is called: its heading, unless that stands for a column alone."""
    heading = headings().get(folded(name))
    stands = heading is not None and bool(heading.column)
    return AS_WRITTEN.format(name=name) if stands and "(" not in name else name


def _disbenefits(register: Register) -> tuple[int, ...]:
    return tuple(
        number
        for number, row in zip(register.numbers, register.rows, strict=True)
        if any(_DISBENEFIT.search(cell) for cell in row)
    )
