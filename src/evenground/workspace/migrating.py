"""Carry files of an older format over to the one that is read now, comments and all.

A step takes a document from one format to the next; steps are listed by the sort of file, the first
one leading from format 1 to format 2. There is one format so far, so there is no step yet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from evenground.errors import FormatError, NotFoundError, Place, ProblemKind, VersionError
from evenground.language import N_
from evenground.workspace.dossier_files import read_text

Step = Callable[[MutableMapping[str, Any]], None]
"""Changes a document in place from its format to the next; the number itself is set afterwards."""

STEPS: Mapping[str, tuple[Step, ...]] = {
    "city.toml": (),
    "initiative.toml": (),
    "dossier.json": (),
}
"""By file name, the steps from each format to the next."""

NOTHING = ProblemKind(
    code="migrate_nothing",
    what=N_("{value} holds no city.toml, initiative.toml or dossier.json."),
    rule=N_("Only these files carry a format number."),
    way_out=N_("Name one of them, or a folder that holds one."),
)
UNKNOWN_FORMAT = ProblemKind(
    code="migrate_unknown_format",
    what=N_("{file} says that its format is {value}; formats 1 to {known} are known here."),
    rule=N_("A format that is not known cannot be carried over without guessing."),
    way_out=N_("Install a newer Evenground, or correct the number if it was mistyped."),
)
NOT_READABLE = ProblemKind(
    code="migrate_not_readable",
    what=N_("{file} cannot be read: {reason}"),
    rule=N_("Nothing is changed in a file that is not understood."),
    way_out=N_("Repair the file first; evenground check names every defect."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """A file's text in the newest format, and the format that it had."""

    name: str
    was: int
    now: int
    text: str

    @property
    def changed(self) -> bool:
        """Whether the file has to be written."""
        return self.was != self.now


def migrated(name: str, text: str, *, steps: Mapping[str, tuple[Step, ...]] = STEPS) -> Migrated:
    """Return a file in the newest format; one that has it already keeps every byte.

    A TOML file without a number has format 1, which is how it is read.

    Raises
    ------
    FormatError
        If the text is no TOML, or no JSON object.
    VersionError
        If the format is newer than any that is known, or is no format number.
    """
    is_json = name.endswith(".json")
    document = _parsed(name, text, is_json=is_json)
    newest = len(steps[name]) + 1
    was = _format_of(name, document, newest=newest)
    if was == newest:
        return Migrated(name=name, was=was, now=newest, text=text)
    for step in steps[name][was - 1 :]:
        step(document)
    document["format"] = newest
    return Migrated(name=name, was=was, now=newest, text=_written(document, is_json=is_json))


def files_with_format(path: Path) -> tuple[Path, ...]:
    """Return the files that carry a format number: ``path`` itself, or those in and under it.

    Raises
    ------
    NotFoundError
        If there are none.
    """
    inside = path.rglob("*") if path.is_dir() else (path,)
    found = tuple(sorted(file for file in inside if file.name in STEPS and file.is_file()))
    if not found:
        raise NotFoundError(NOTHING.at(Place(file=path.name), value=path))
    return found


def migrated_file(path: Path) -> Migrated:
    """Return what ``path`` holds in the newest format; nothing is written.

    Raises
    ------
    FormatError, UntrustedInputError, VersionError
        If it cannot be read, or has a format that is not known.
    """
    return migrated(path.name, read_text(path))


def _parsed(name: str, text: str, *, is_json: bool) -> MutableMapping[str, Any]:
    try:
        document = json.loads(text) if is_json else tomlkit.parse(text)
    except (RecursionError, TOMLKitError, ValueError) as broken:
        raise FormatError(
            NOT_READABLE.at(Place(file=name), file=name, reason=str(broken))
        ) from broken
    if not isinstance(document, MutableMapping):
        reason = N_("it holds no table of keys")
        raise FormatError(NOT_READABLE.at(Place(file=name), file=name, reason=reason))
    return document


def _format_of(name: str, document: Mapping[str, Any], *, newest: int) -> int:
    given: Any = document.get("format", None if name.endswith(".json") else 1)
    whole = given.unwrap() if hasattr(given, "unwrap") else given
    if type(whole) is not int or not 1 <= whole <= newest:
        place = Place(file=name, column="format")
        raise VersionError(UNKNOWN_FORMAT.at(place, value=whole, file=name, known=newest))
    return whole


def _written(document: Any, *, is_json: bool) -> str:
    if not is_json:
        return tomlkit.dumps(document)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
