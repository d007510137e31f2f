"""Read a TOML file, and find on which row each key of it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evenground.declaration import Path as KeyPath
from evenground.errors import FormatError, Place, ProblemKind, UntrustedInputError
from evenground.language import N_
from evenground.stores import limits
from evenground.stores import messages as say

TOML_ERROR = ProblemKind(
    code="toml_error",
    what=N_("Row {row} of {file} is not written as TOML: {reason}"),
    rule=N_("The whole file cannot be read until this is repaired."),
    way_out=N_("Texts stand in double quotes, lists in square brackets, one key on each row."),
)
_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_AT = re.compile(r"\(at line (\d+), column \d+\)")


def load_toml(path: Path) -> tuple[dict[str, Any], str]:
    """Return what a TOML file holds, and its text.

    Raises
    ------
    FormatError
        If it is not UTF-8 or not TOML; the problem names the row.
    UntrustedInputError
        If it is larger than ``limits.MAX_TOML_BYTES``.
    """
    place = Place(file=path.name)
    content = path.read_bytes()
    if len(content) > limits.MAX_TOML_BYTES:
        limit = limits.MAX_TOML_BYTES
        raise UntrustedInputError(
            say.TOO_LARGE.at(place, value=len(content), unit="bytes", limit=limit)
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise FormatError(
            TOML_ERROR.at(Place(file=path.name, row=row), reason="the text is not in UTF-8")
        ) from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        row = int(found[1]) if found else text.count("\n") + 1
        reason = _AT.sub("", str(error)).strip()
        raise FormatError(TOML_ERROR.at(Place(file=path.name, row=row), reason=reason)) from error


def key_rows(text: str) -> Mapping[KeyPath, int]:
    """Return the row (from 1) of each table and key of a TOML text.

    Keys inside inline tables stand on the row of the key that holds the table.
    """
    rows: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    inside = _Inside()
    for row, line in enumerate(text.splitlines(), start=1):
        if inside.passes(line):
            continue
        stripped = line.strip()
        if stripped.startswith("["):
            repeated = stripped.startswith("[[")
            parts, _ = _key(stripped[2 if repeated else 1 :])
            table = _resolved(parts, counts)
            if repeated:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            rows.setdefault(table, row)
        elif stripped and not stripped.startswith("#"):
            parts, rest = _key(stripped)
            if parts and rest.startswith("="):
                rows.setdefault((*table, *parts), row)
                inside.enter(rest[1:])
    return rows


class _Inside:
    """Whether the following rows still belong to a value: a long text or an open bracket."""

    def __init__(self) -> None:
        self.quote, self.depth = "", 0

    def enter(self, value: str) -> None:
        self._scan(value)

    def passes(self, line: str) -> bool:
        if not self.quote and not self.depth:
            return False
        self._scan(line)
        return True

    def _scan(self, text: str) -> None:
        position = 0
        while position < len(text):
            if self.quote:
                end = text.find(self.quote, position)
                if end < 0:
                    if len(self.quote) == 1:
                        self.quote = ""  # a short text never goes on in the next row
                    return
                escaped = self.quote[0] == '"' and text[:end].endswith("\\")
                position = end + len(self.quote)
                self.quote = self.quote if escaped else ""
                continue
            character = text[position]
            if character == "#":
                return
            if character in "\"'":
                triple = text[position : position + 3] == character * 3
                self.quote = character * 3 if triple else character
                position += len(self.quote)
                continue
            self.depth += (character in "[{") - (character in "]}")
            position += 1


def _key(text: str) -> tuple[KeyPath, str]:
    parts: list[str | int] = []
    rest = text
    while match := _PART.match(rest):
        parts.append(next(group for group in match.groups() if group is not None))
        rest = rest[match.end() :]
        if not rest.startswith("."):
            break
        rest = rest[1:]
    return tuple(parts), rest


def _resolved(parts: KeyPath, counts: Mapping[KeyPath, int]) -> KeyPath:
    """Put the position of the last item behind each name of a list of tables on the way."""
    path: KeyPath = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if path in counts and position < len(parts) - 1:
            path = (*path, counts[path])
    return path
