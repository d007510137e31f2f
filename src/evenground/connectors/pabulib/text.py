"""The bytes of a ``.pb`` file as text, and what has to be known to write the same bytes again."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_LINE_END = re.compile(r"\r\n|\r|\n")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file's text becomes bytes.

    Attributes
    ----------
    encoding
        Python's name of it.
    bom
        Whether a byte order mark comes first.
    line_end
        What most lines end with.
    ends_otherwise
        Lines, counted from 1, that end with something else, and with what.
    last_line_ends
        Whether the last line has an end too.
    """

    encoding: str = "utf-8"
    bom: bool = False
    line_end: str = "\n"
    ends_otherwise: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    last_line_ends: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text with its layout; ``certain`` says whether the encoding is known and not guessed."""

    text: str
    layout: Layout
    certain: bool


def decoded(data: bytes) -> Decoded:
    """Return the text of a file.

    A byte order mark decides; then UTF-8 where it fits; then what charset-normalizer finds.
    """
    encoding, mark, certain = _encoding(data)
    text = data[len(mark) :].decode(encoding, errors="strict" if certain else "replace")
    usual, others = _line_ends(text)
    return Decoded(
        text=text,
        layout=Layout(
            encoding=encoding,
            bom=bool(mark),
            line_end=usual,
            ends_otherwise=MappingProxyType(others),
            last_line_ends=text.endswith(("\n", "\r")),
        ),
        certain=certain,
    )


def encoded(text: str, layout: Layout) -> bytes:
    r"""Return the bytes of a text whose lines end with ``\n``, each with an end of the layout."""
    if not layout.last_line_ends:
        text = text.removesuffix("\n")
    if layout.ends_otherwise:
        lines = re.findall(r"[^\n]*\n|[^\n]+$", text)
        text = "".join(
            line.replace("\n", layout.ends_otherwise.get(number, layout.line_end))
            for number, line in enumerate(lines, start=1)
        )
    elif layout.line_end != "\n":
        text = text.replace("\n", layout.line_end)
    mark = {name: bom for bom, name in _BOMS}[layout.encoding] if layout.bom else b""
    return mark + text.encode(layout.encoding)


def _encoding(data: bytes) -> tuple[str, bytes, bool]:
    for mark, name in _BOMS:
        if data.startswith(mark) and _fits(data[len(mark) :], name):
            return name, mark, True
    if _fits(data, "utf-8"):
        return "utf-8", b"", True
    from charset_normalizer import from_bytes

    best = from_bytes(data[:1_000_000]).best()
    name = "cp1252" if best is None else best.encoding
    return (name, b"", False) if _fits(data, name) else ("latin-1", b"", False)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _line_ends(text: str) -> tuple[str, dict[int, str]]:
    """Return the usual end of lines, and the lines that end otherwise."""
    n_crlf = text.count("\r\n")
    kinds = {"\r\n": n_crlf, "\n": text.count("\n") - n_crlf, "\r": text.count("\r") - n_crlf}
    usual = Counter(kinds).most_common(1)[0]
    if usual[1] == 0:
        return "\n", {}
    if sum(kinds.values()) == usual[1]:
        return usual[0], {}
    ends = enumerate(_LINE_END.finditer(text), start=1)
    return usual[0], {number: found[0] for number, found in ends if found[0] != usual[0]}
