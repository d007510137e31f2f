"""``dossier.json``: canonical text, its seal, and the way back to a typed dossier."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NoReturn, cast

from evenground.dossier.decoding import decode
from evenground.dossier.encoding import encode
from evenground.dossier.model import FORMAT, Dossier
from evenground.dossier.problems import (
    CANNOT_BE_WRITTEN,
    NO_FORMAT,
    NOT_JSON,
    OTHER_FORMAT,
    REPEATED_KEY,
)
from evenground.errors import FormatError, Place, UsageError, VersionError


def to_json(dossier: Dossier) -> str:
    """Return the canonical JSON: sorted keys, 10 significant digits, a newline at the end.

    Equal dossiers give equal text, on every platform.

    Raises
    ------
    UsageError
        If the dossier holds not-a-number, or anything that could not be read back as it was.
    """
    text = json.dumps(
        encode(dossier),
        allow_nan=False,
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    try:
        text.encode()
    except UnicodeEncodeError as broken:
        problem = CANNOT_BE_WRITTEN.at(Place(), value=repr(text[broken.start : broken.end]))
        raise UsageError(problem) from broken
    return text + "\n"


def from_json(text: str) -> Dossier:
    """Return the dossier that ``text`` holds; ``to_json`` of it gives the same text again.

    Raises
    ------
    FormatError
        If the text is not JSON, or has not the shape of a dossier; the place names the field.
    VersionError
        If the format is another one than this version of Evenground reads.
    """
    value = _parsed(text)
    version = cast("dict[str, Any]", value).get("format") if isinstance(value, dict) else None
    if type(version) is not int:
        raise FormatError(NO_FORMAT.at(Place(column="format"), value=version))
    if version != FORMAT:
        raise VersionError(OTHER_FORMAT.at(Place(column="format"), value=version, known=FORMAT))
    return decode(Dossier, value)


def seal(dossier: Dossier) -> str:
    """Return the SHA-256 of the canonical JSON in hexadecimal: what a reader compares."""
    return hashlib.sha256(to_json(dossier).encode()).hexdigest()


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unrepeated, parse_constant=_refused)
    except json.JSONDecodeError as broken:
        place = Place(row=broken.lineno, column=str(broken.colno))
        raise FormatError(NOT_JSON.at(place, value=broken.msg)) from broken
    except (RecursionError, ValueError) as broken:  # too deep, or a number of thousands of digits
        raise FormatError(NOT_JSON.at(Place(), value=broken)) from broken


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise FormatError(REPEATED_KEY.at(Place(), value=key))
        found[key] = value
    return found


def _refused(constant: str) -> NoReturn:
    raise FormatError(NOT_JSON.at(Place(), value=constant))
