"""The chain of entries as a file of lines: read, checked line by line, and made longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evenground.errors import EvengroundError
from evenground.record.canonical import canonical_value
from evenground.record.entry import Entry, entry_of, line_of
from evenground.record.log import EMPTY_HEAD, HashChain, Log

_LINE_END = b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One place where the record does not hold.

    Attributes
    ----------
    code
        What is wrong, as in ``wording.BREAKS``.
    line
        Line of the public file, from 1 on; ``None`` where it concerns no line.
    parameters
        What the sentence says of it.
    """

    code: str
    line: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The entries of a file, the head after each, and every break that was found.

    Attributes
    ----------
    entries
        In the order of the file; a line that is none is not among them.
    heads
        The head after each entry, worked out from what stands there now.
    log
        The log that they were put into.
    breaks
        Empty exactly when nothing is wrong.
    """

    entries: tuple[Entry, ...] = ()
    heads: tuple[str, ...] = ()
    log: Log = field(default_factory=HashChain)
    breaks: tuple[Break, ...] = ()

    @property
    def head(self) -> str:
        """The head after the last entry; ``EMPTY_HEAD`` for none."""
        return self.heads[-1] if self.heads else EMPTY_HEAD

    @property
    def unbroken(self) -> bool:
        """Whether nothing is wrong within the file."""
        return not self.breaks

    @property
    def data(self) -> bytes:
        """The whole file."""
        pairs = zip(self.entries, self.heads, strict=True)
        return b"".join(line_of(*pair).encode("utf-8") + _LINE_END for pair in pairs)

    def with_entry(self, entry: Entry) -> Chain:
        """Return the chain with one more entry; ``next_sequence`` and ``head`` are its place."""
        log = self.log.append(entry.leaf)
        return Chain(
            entries=(*self.entries, entry),
            heads=(*self.heads, log.head),
            log=log,
            breaks=self.breaks,
        )

    @property
    def next_sequence(self) -> int:
        """Number of the entry to come."""
        return self.entries[-1].sequence + 1 if self.entries else 1

    @property
    def last_stated(self) -> date | None:
        """The day of the last entry, as the city states it."""
        return self.entries[-1].stated_on if self.entries else None


def read_chain(data: bytes, *, log: Log | None = None) -> Chain:
    """Return the chain that a file holds, with all that is wrong in it.

    Parameters
    ----------
    data
        The bytes of the public file.
    log
        An empty log; a ``HashChain`` by default.

    Returns
    -------
    Chain
        Any change of a byte, and any entry that was taken out, put in or moved, is a break; that
        entries are missing at the end shows only to who has a head (``witnessed``). So does a chain
        that was made anew from its beginning.
    """
    reading = _Reading(log=HashChain() if log is None else log)
    for number, line in enumerate(_lines(data, reading), start=1):
        reading.take(number, line)
    return Chain(
        entries=tuple(reading.entries),
        heads=tuple(reading.heads),
        log=reading.log,
        breaks=tuple(reading.breaks),
    )


def _lines(data: bytes, reading: _Reading) -> Iterator[bytes]:
    if not data:
        return
    lines = data.split(_LINE_END)
    if lines[-1]:
        reading.breaks.append(Break(code="no_line_end", line=len(lines)))
    else:
        lines.pop()
    yield from lines


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What is known while lines are read one after the other."""

    log: Log
    entries: list[Entry] = field(default_factory=list[Entry])
    heads: list[str] = field(default_factory=list[str])
    breaks: list[Break] = field(default_factory=list[Break])
    stated_head: str = EMPTY_HEAD

    def take(self, number: int, line: bytes) -> None:
        """Read one line, say what is wrong with it, and go on with what stands there."""
        if line.endswith(b"\r"):
            self.breaks.append(Break(code="line_ends", line=number))
            line = line.removesuffix(b"\r")
        read = _read_line(line)
        if read is None:
            self.breaks.append(Break(code="no_entry", line=number))
            return
        entry, stated = read
        self.breaks += self._wrong_place(number, entry)
        self.log = self.log.append(entry.leaf)
        if self.log.head != stated:
            self.breaks.append(
                Break(code="altered", line=number, parameters={"sequence": entry.sequence})
            )
        self.stated_head = stated
        self.entries.append(entry)
        self.heads.append(self.log.head)

    def _wrong_place(self, number: int, entry: Entry) -> Iterator[Break]:
        expected = self.entries[-1].sequence + 1 if self.entries else 1
        found = {"sequence": entry.sequence, "expected": expected}
        if entry.sequence != expected:
            yield Break(code="out_of_order", line=number, parameters=found)
        # An altered line is named once: the next may follow what it was or what it is.
        elif entry.previous not in {self.log.head, self.stated_head}:
            yield Break(code="does_not_follow", line=number, parameters=found)
        if self.entries and entry.stated_on < self.entries[-1].stated_on:
            before = self.entries[-1].stated_on
            dates = {**found, "stated_on": entry.stated_on, "before": before}
            yield Break(code="goes_back", line=number, parameters=dates)


def _read_line(line: bytes) -> tuple[Entry, str] | None:
    try:
        value = canonical_value(line.decode("utf-8"))
    except (UnicodeDecodeError, EvengroundError):
        return None
    match value:
        case {"entry": dict() as held, "head": str() as head, **rest} if not rest:
            entry = entry_of(held)
            return None if entry is None else (entry, head)
        case _:
            return None
