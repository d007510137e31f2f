"""An entry of the record: what is public of a seal before it is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

from evenground.record.canonical import Json, canonical_json, text_in, whole_in

FORMAT = 1
"""Version of the entries; a reader refuses others."""


class EntryKind(StrEnum):
    """What an entry records."""

    SEAL = "seal"
    AMENDMENT = "amendment"
    OPENING = "opening"
    DECISION = "decision"
    NOTE = "note"
    KEY_LOST = "key_lost"

    @property
    def seals(self) -> bool:
        """Whether an entry of this kind binds the tables."""
        return self in {EntryKind.SEAL, EntryKind.AMENDMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; it names nobody and shows nothing, so that nothing ever has to be erased from it.

    Attributes
    ----------
    sequence
        Its number, from 1 on, without gaps.
    kind, stated_on
        What it records; the day on which it was made, as the city states it.
    commitment
        The commitment to its text: 64 hexadecimal digits. Who sealed, the reason, the tables and
        the hashes of the outcome data stand in that text.
    previous
        The head before it: 64 hexadecimal digits.
    outcomes_until
        The last date in the outcome data then present, as it stands there; empty where there were
        none or they have no dates.
    about
        Numbers of the entries that it speaks of: those opened, or whose key is lost.
    afterwards
        Whether the promises were put together only after the fact.
    """

    sequence: int
    kind: EntryKind
    stated_on: date
    commitment: str
    previous: str
    outcomes_until: str = ""
    about: tuple[int, ...] = ()
    afterwards: bool = False

    @property
    def as_json(self) -> dict[str, Json]:
        """The entry as JSON."""
        return {
            "about": list(self.about),
            "afterwards": self.afterwards,
            "commitment": self.commitment,
            "format": FORMAT,
            "kind": self.kind.value,
            "outcomes_until": self.outcomes_until,
            "previous": self.previous,
            "sequence": self.sequence,
            "stated_on": self.stated_on.isoformat(),
        }

    @property
    def leaf(self) -> bytes:
        """The bytes that are hashed: canonical JSON in UTF-8."""
        return canonical_json(self.as_json).encode("utf-8")


def line_of(entry: Entry, head: str) -> str:
    """Return a line of the public file, without its end: the entry, and the head that it made."""
    return canonical_json({"entry": entry.as_json, "head": head})


def entry_of(value: Json) -> Entry | None:
    """Return the entry that JSON holds, or ``None`` if it is none of this format."""
    if not isinstance(value, Mapping):
        return None
    held = cast("Mapping[str, Json]", value)
    try:
        entry = Entry(
            sequence=whole_in(held["sequence"]),
            kind=EntryKind(text_in(held["kind"])),
            stated_on=date.fromisoformat(text_in(held["stated_on"])),
            commitment=_digest(held["commitment"]),
            previous=_digest(held["previous"]),
            outcomes_until=text_in(held["outcomes_until"]),
            about=_wholes(held["about"]),
            afterwards=held["afterwards"] is True,
        )
    except (KeyError, TypeError, ValueError):
        return None
    # Whatever was not understood, a further key or another format, shows when it is written again;
    # as text, because Python takes true for 1 and false for 0.
    return entry if canonical_json(entry.as_json) == canonical_json(held) else None


def _wholes(value: Json) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(whole_in(one) for one in value)


def _digest(value: Json) -> str:
    text = text_in(value)
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise ValueError(text)
    return text
