"""Look through a text file once, in pieces: its hash, its encoding, its line ends, its flaws."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from evenground.errors import FormatError, Place, Problem
from evenground.stores import messages as say
from evenground.stores.audited import messages as tell
from evenground.stores.encoding import likeliest_encoding

CHUNK = 4 * 1024 * 1024
_SAMPLE = 256 * 1024
_STRAY = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")
_MOSTLY = 4
"""So many letters that are UTF-8 for each byte that is not, and the file is UTF-8 with flaws."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UTF8 = frozenset({"utf-8", "utf-8-sig"})


@dataclass(slots=True, kw_only=True)
class TextLook:
    """What one pass over the bytes showed.

    ``n_lines`` counts line ends (and a last line without one); ``blank_lines`` and ``mixed_ends``
    say whether there are empty lines, and line ends of several kinds; ``carriage`` that lines end
    with a carriage return alone. ``n_zero`` and ``n_stray`` count zero bytes and bytes that are not
    UTF-8 in a file that otherwise is, with the lines of the first ones.
    """

    sha256: str = ""
    n_bytes: int = 0
    encoding: str = "utf-8"
    guessed: bool = False
    n_lines: int = 0
    blank_lines: bool = False
    mixed_ends: bool = False
    carriage: bool = False
    n_zero: int = 0
    zero_line: int = 0
    n_stray: int = 0
    stray_line: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether the file can be read as UTF-8 as it lies on disk."""
        flaws = self.n_zero or self.n_stray or self.mixed_ends or self.carriage
        return self.encoding in UTF8 and not flaws

    def problems(self, place: Place) -> Iterator[Problem]:
        """Yield what was noticed."""
        if self.guessed:
            yield say.ENCODING_SAID.at(place, value=self.encoding, table="")
        if self.n_zero:
            yield say.NUL_BYTES.at(replace(place, row=self.zero_line), n_rows=self.n_zero, table="")
        if self.n_stray:
            yield tell.MIXED_BYTES.at(replace(place, row=self.stray_line), n_rows=self.n_stray)


@dataclass(slots=True)
class _Ends:
    """Line ends, counted over pieces."""

    feeds: int = 0
    returns: int = 0
    pairs: int = 0
    blank: bool = False
    tail: bytes = b""

    def take(self, piece: bytes) -> None:
        seen = self.tail + piece
        before = self.tail
        self.feeds += piece.count(b"\n")
        self.returns += piece.count(b"\r")
        self.pairs += seen.count(b"\r\n") - before.count(b"\r\n")
        if not self.blank:
            self.blank = any(two in seen for two in (b"\n\n", b"\r\n\r\n", b"\r\r"))
        self.tail = seen[-3:]


@dataclass(slots=True)
class _Letters:
    """What the bytes are as UTF-8, over pieces."""

    decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("surrogateescape")
    )
    good: int = 0
    stray: int = 0
    stray_line: int = 0
    lines: int = 0
    sample: bytes = b""
    ascii_so_far: bool = True

    def take(self, piece: bytes) -> None:
        plain = piece.isascii()
        if plain and self.ascii_so_far:
            self.lines += piece.count(b"\n")
            return
        self.ascii_so_far = False
        if not plain and len(self.sample) < _SAMPLE:
            self.sample += _around_letters(piece)
        text = self.decoder.decode(piece)
        stray = _STRAY.search(text)
        if stray is not None:
            if not self.stray:
                self.stray_line = self.lines + text.count("\n", 0, stray.start()) + 1
            self.stray += len(_STRAY.findall(text))
        if not plain:
            self.good += len(_NOT_ASCII.findall(text))
        self.lines += text.count("\n")


def _around_letters(piece: bytes) -> bytes:
    """Return the lines of a piece that are not ASCII, so that a guess sees what matters."""
    lines = (line for line in piece.splitlines(keepends=True) if not line.isascii())
    return b"".join(lines)[:_SAMPLE]


def look_through(path: Path, *, encoding: str = "", place: Place) -> TextLook:
    """Read a file once from beginning to end, in pieces.

    Parameters
    ----------
    path
        The file.
    encoding
        Its encoding where it is known; else a byte-order mark decides, then UTF-8 if it fits (a few
        stray bytes allowed), then UTF-16 without mark, then the likeliest one.
    place
        Where problems stand.

    Raises
    ------
    FormatError
        If there is no such encoding, or the bytes do not fit it.
    """
    digest, look, ends, letters = hashlib.sha256(), TextLook(), _Ends(), _Letters()
    head = b""
    for piece in _pieces(path):
        digest.update(piece)
        head = head or piece[:_SAMPLE]
        if not look.n_zero and b"\0" in piece:
            look.zero_line = ends.feeds + piece.count(b"\n", 0, piece.index(b"\0")) + 1
        look.n_zero += piece.count(b"\0")
        ends.take(piece)
        letters.take(piece)
        look.n_bytes += len(piece)
    look.sha256 = digest.hexdigest()
    look.encoding, look.guessed = _encoding(head, letters, encoding, place)
    if look.encoding.startswith(("utf-16", "utf-32")):
        look.n_zero = 0
    if look.encoding in UTF8:
        look.n_stray, look.stray_line = letters.stray, letters.stray_line
    _tell_ends(look, ends)
    return look


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while piece := opened.read(CHUNK):
            yield piece


def _encoding(head: bytes, letters: _Letters, said: str, place: Place) -> tuple[str, bool]:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, False
    if said:
        try:
            return codecs.lookup(said).name, False
        except LookupError as error:
            raise FormatError(tell.WRONG_ENCODING_NAME.at(place, value=said)) from error
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if head and max(zeros) > len(head) // 4:
        return likeliest_encoding(head), True
    if not letters.stray or letters.good >= _MOSTLY * letters.stray:
        return "utf-8", False
    return likeliest_encoding(letters.sample or head), True


def _tell_ends(look: TextLook, ends: _Ends) -> None:
    lone_returns, lone_feeds = ends.returns - ends.pairs, ends.feeds - ends.pairs
    kinds = [n for n in (lone_returns, lone_feeds, ends.pairs) if n]
    look.mixed_ends = len(kinds) > 1
    look.carriage = bool(lone_returns) and len(kinds) == 1
    look.blank_lines = ends.blank
    ended = ends.tail.endswith((b"\n", b"\r"))
    look.n_lines = sum(kinds) + (0 if ended or not look.n_bytes else 1)


def pieces_of_text(path: Path, look: TextLook, *, place: Place) -> Iterator[str]:
    """Yield the text of a file in pieces: decoded, without zero bytes, one kind of line ends.

    Raises
    ------
    FormatError
        If the bytes do not fit the encoding.
    """
    kind = codecs.getincrementaldecoder(look.encoding)
    decoder = kind("surrogateescape" if look.encoding in UTF8 else "strict")
    carried = ""
    try:
        for piece in _pieces(path):
            text = carried + decoder.decode(piece)
            carried = "\r" if text.endswith("\r") else ""
            yield _settled(text[: len(text) - len(carried)], look)
        yield _settled(carried + decoder.decode(b"", final=True), look)
    except UnicodeDecodeError as error:
        raise FormatError(
            say.UNREADABLE.at(place, reason=f"{look.encoding}: {error.reason}", wanted="CSV")
        ) from error


def _settled(text: str, look: TextLook) -> str:
    if look.n_stray:
        text = _STRAY.sub(_as_windows, text)
    if "\0" in text:
        text = text.replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _as_windows(match: re.Match[str]) -> str:
    byte = bytes([ord(match[0]) - 0xDC00])
    return byte.decode("cp1252", errors="replace")


def rewritten(path: Path, target: Path, look: TextLook, *, place: Place) -> Path:
    """Write a file again in UTF-8 with plain line ends, piece by piece, and return where."""
    with target.open("w", encoding="utf-8", newline="") as written:
        for text in pieces_of_text(path, look, place=place):
            written.write(text)
    return target
