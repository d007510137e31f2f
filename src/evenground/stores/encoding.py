"""Find out in what encoding a text file is: what it says itself, else what fits its bytes."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from evenground.errors import FormatError, Place, Problem
from evenground.stores import messages as say
from evenground.stores.entries import TableEntry

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAMPLE = 256 * 1024
_WESTERN = ("cp1252", "latin-1")
_SINGLE_BYTE = frozenset(
    {"cp1250", "cp1252", "cp1257", "latin_1", "iso8859_2", "iso8859_15", "cp1254", "cp1251"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, and what was noticed about its encoding."""

    text: str
    encoding: str
    noticed: tuple[Problem, ...] = ()


def decode(content: bytes, *, entry: TableEntry, place: Place) -> Decoded:
    """Decode the bytes of a text file.

    A byte-order mark decides; then the encoding that the entry names; then UTF-8 if every byte
    fits; then UTF-16 where every other byte is zero; then what charset-normalizer finds likeliest.

    Raises
    ------
    FormatError
        If the entry names an encoding that does not exist or does not fit.
    """
    for mark, encoding, name in _MARKS:
        if content.startswith(mark):
            return _marked(content, encoding, name, place=place)
    if entry.encoding:
        return Decoded(text=_named(content, entry, place), encoding=entry.encoding)
    try:
        return Decoded(text=content.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        encoding = likeliest_encoding(content)
    text = content.decode(encoding, errors="replace")
    said = say.ENCODING_SAID.at(place, value=encoding, table=entry.table)
    return Decoded(text=text, encoding=encoding, noticed=(said,))


def _marked(content: bytes, encoding: str, name: str, *, place: Place) -> Decoded:
    try:
        return Decoded(text=content.decode(encoding), encoding=encoding)
    except UnicodeDecodeError as error:
        raise FormatError(
            say.UNREADABLE.at(place, reason=f"{name}: {error.reason}", wanted="CSV")
        ) from error


def _named(content: bytes, entry: TableEntry, place: Place) -> str:
    try:
        return content.decode(entry.encoding)
    except (LookupError, UnicodeDecodeError) as error:
        near = "utf-8" if _fits(content, "utf-8") else likeliest_encoding(content)
        raise FormatError(
            say.ENCODING_WRONG.at(place, value=entry.encoding, nearest=near, table=entry.table)
        ) from error


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def likeliest_encoding(content: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8.

    Western European text is by far the likeliest in one byte per letter, and Windows writes it as
    cp1252; charset-normalizer decides only where it is sure of another alphabet.
    """
    from charset_normalizer import from_bytes

    sample = content[:_SAMPLE]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    if max(zeros) > len(sample) // 4:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    best = from_bytes(sample, cp_isolation=sorted(_SINGLE_BYTE)).best()
    found = best.encoding if best is not None else _WESTERN[0]
    if found in {"cp1250", "cp1257", "cp1254", "latin_1", "iso8859_15"}:
        found = _WESTERN[0]
    return found if _fits(content, found) else _WESTERN[1]
