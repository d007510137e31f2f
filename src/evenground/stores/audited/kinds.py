"""Which kind of file something is: by its ending, and by whether its first bytes agree."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from evenground.errors import FormatError, Place, nearest_name
from evenground.stores import messages as say
from evenground.stores import spreadsheet
from evenground.stores.audited import columnar, delimited_text, map_layer
from evenground.stores.audited import messages as tell
from evenground.stores.audited.layout import replace_empty


class Opens(StrEnum):
    """How a file is opened; files of one kind may stand in one folder."""

    TEXT = "text"
    PACKED_TEXT = "packed_text"
    SHEET = "sheet"
    COLUMNS = "columns"
    MAP = "map"
    ZIP = "zip"


_BY_SUFFIX: dict[str, Opens] = {
    **dict.fromkeys(delimited_text.SUFFIXES, Opens.TEXT),
    **dict.fromkeys(spreadsheet.SUFFIXES, Opens.SHEET),
    **dict.fromkeys(columnar.SUFFIXES, Opens.COLUMNS),
    **dict.fromkeys(map_layer.SUFFIXES, Opens.MAP),
    ".zip": Opens.ZIP,
    ".gz": Opens.PACKED_TEXT,
}
KNOWN = tuple(_BY_SUFFIX)
"""Endings of files that can be audited."""
_BEGINNINGS: tuple[tuple[bytes, str, frozenset[Opens]], ...] = (
    (b"PAR1", "Parquet", frozenset({Opens.COLUMNS})),
    (b"PK\x03\x04", "a zip or workbook", frozenset({Opens.SHEET, Opens.ZIP})),
    (b"\x1f\x8b", "gzip", frozenset({Opens.PACKED_TEXT})),
    (b"SQLite format 3\x00", "a GeoPackage", frozenset({Opens.MAP})),
    (b"fgb\x03fgb", "FlatGeobuf", frozenset({Opens.MAP})),
    (b"%PDF", "PDF", frozenset()),
    (b"\x89PNG", "a picture", frozenset()),
    (b"\xff\xd8\xff", "a picture", frozenset()),
    (b"\xd0\xcf\x11\xe0", "an old workbook or document", frozenset()),
)
_TEXTUAL = frozenset({Opens.TEXT})


def opens_as(path: Path, name: str) -> Opens:
    """Return how a file is opened.

    Raises
    ------
    FormatError
        If its ending is none that can be read, it is empty, or its first bytes are those of
        another kind.
    """
    place, suffix = Place(file=name), path.suffix.lower()
    kind = _BY_SUFFIX.get(suffix)
    if kind is None:
        near = nearest_name(suffix, KNOWN)
        raise FormatError(
            say.UNKNOWN_FORMAT.at(place, value=suffix or name, nearest=near, known=", ".join(KNOWN))
        )
    with path.open("rb") as opened:
        head = opened.read(64)
    if not head:
        raise FormatError(replace_empty(place))
    for beginning, found, kinds in _BEGINNINGS:
        if head.startswith(beginning) and kind not in kinds:
            raise FormatError(tell.ANOTHER_KIND.at(place, value=suffix, found=found))
    _refuse_text(head, kind, suffix, place)
    return kind


def _refuse_text(head: bytes, kind: Opens, suffix: str, place: Place) -> None:
    """Refuse a text that is called something else, and a map in JSON that does not begin as one."""
    known = any(head.startswith(beginning) for beginning, _, _ in _BEGINNINGS)
    is_json = suffix in (".json", ".geojson")
    begins_json = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    if known or kind is Opens.TEXT or (is_json and begins_json):
        return
    found = "a text" if head.removeprefix(b"\xef\xbb\xbf").isascii() else "something else"
    raise FormatError(tell.ANOTHER_KIND.at(place, value=suffix, found=found))
