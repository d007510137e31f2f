"""Read a ``.pb`` file: three sections, cells apart by semicolons, nothing dropped."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from evenground.connectors.pabulib import messages as say
from evenground.connectors.pabulib.document import MetaLine, PabulibFile
from evenground.connectors.pabulib.plain_rows import plain_rows
from evenground.connectors.pabulib.rows import Rows, rows_of
from evenground.connectors.pabulib.text import Decoded, decoded
from evenground.errors import Place, Problem

SECTIONS = ("META", "PROJECTS", "VOTES")
_FIRST = {"PROJECTS": "project_id", "VOTES": "voter_id"}
_MARKER = re.compile(
    r"^[ \t]*(?:(?:META|PROJECTS|VOTES)[ \t;]*|(?i:meta|projects|votes)[ \t]*)$", re.MULTILINE
)


@dataclass(slots=True)
class _Section:
    """Rows of a section while they are gathered, with the line on which each begins."""

    line: int
    rows: list[list[str]] = field(default_factory=list[list[str]])
    lines: list[int] = field(default_factory=list[int])


def read_pabulib(data: bytes, *, file: str = "") -> PabulibFile:
    """Return what a ``.pb`` file holds.

    Nothing raises: what is wrong with the structure is among ``problems``, each with line, section,
    column, value, rule and way out. Rows are kept as they are, also where they are too short or
    too long.

    Parameters
    ----------
    data
        The bytes of the file.
    file
        Its name, for messages.
    """
    text = decoded(data)
    place = Place(file=file)
    problems: list[Problem] = []
    if not text.certain:
        problems.append(say.ENCODING.at(place, value=text.layout.encoding))
    content, votes = _split(text)
    sections = _gathered(content, place, problems)
    if votes is None:
        cast = _table("VOTES", sections.get("VOTES"), place, problems)
    else:
        cast = votes.rows
        sections["VOTES"] = _Section(line=votes.line)
        problems.extend(_header_problems("VOTES", cast.names, votes.line + 1, place))
    problems.extend(_missing(sections, place))
    return PabulibFile(
        file=file,
        meta=_meta(sections.get("META"), place, problems),
        projects=_table("PROJECTS", sections.get("PROJECTS"), place, problems),
        votes=cast,
        layout=text.layout,
        problems=tuple(sorted(problems, key=lambda problem: problem.place.row or 0)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlainVotes:
    line: int
    rows: Rows


def _split(text: Decoded) -> tuple[str, _PlainVotes | None]:
    """Return the text to be read with care, and the votes where they can be read at once."""
    unified = text.text.replace("\r\n", "\n")
    markers = list(_MARKER.finditer(unified))
    if "\r" in unified or not markers or _name_in(markers[-1][0]) != "VOTES":
        return text.text, None
    head, tail = unified[: markers[-1].start()], unified[markers[-1].end() :].removeprefix("\n")
    names, _, body = tail.partition("\n")
    line = head.count("\n") + 1
    if head.count('"') % 2 or [_name_in(found[0]) for found in markers].count("VOTES") > 1:
        return text.text, None
    rows = plain_rows(tuple(names.split(";")), body, first_line=line + 2)
    if rows is None:
        return text.text, None
    return head, _PlainVotes(line=line, rows=rows)


def _gathered(text: str, place: Place, problems: list[Problem]) -> dict[str, _Section]:
    """Return sections by name; what stands outside of them, or comes twice, is told."""
    sections: dict[str, _Section] = {}
    current: _Section | None = None
    blank: list[int] = []
    outside: list[tuple[int, str]] = []
    last = 0
    for line, cells in _lines(text, place, problems):
        if not any(cell.strip() for cell in cells):
            blank.append(line)
            continue
        last = line
        marker = _name_in(";".join(cells))
        if _MARKER.fullmatch(";".join(cells)):
            problems.extend(
                _marker_problems(
                    cells[0], list(sections), Place(file=place.file, sheet=marker, row=line)
                )
            )
            current = sections.setdefault(marker, _Section(line=line))
            continue
        if current is None:
            outside.append((line, ";".join(cells)))
            continue
        current.rows.append(cells)
        current.lines.append(line)
    if outside:
        first, value = outside[0]
        problems.append(say.OUTSIDE.at(_at(place, "", first), value=value, n_rows=len(outside)))
    inner = [line for line in blank if line < last]
    if inner:
        problems.append(say.EMPTY_LINES.at(_at(place, "", inner[0]), n_rows=len(inner)))
    return sections


def _name_in(marker: str) -> str:
    return marker.strip(" \t;").upper()


def _lines(text: str, place: Place, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row begins, and its cells."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=";")
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(say.UNREADABLE.at(_at(place, "", line), reason=str(error)))
            line = reader.line_num + 1
            continue
        if any("\n" in cell or "\r" in cell for cell in cells):
            problems.append(say.BROKEN_CELL.at(_at(place, "", line), value=cells[0]))
        yield line, cells
        line = reader.line_num + 1


def _marker_problems(cell: str, seen: list[str], place: Place) -> Iterator[Problem]:
    if cell != cell.strip():
        yield say.SPACES.at(place, value=cell)
    if place.sheet in seen:
        yield say.SECTION_TWICE.at(place)
    elif any(SECTIONS.index(name) > SECTIONS.index(place.sheet) for name in seen):
        yield say.SECTION_ORDER.at(place)


def _missing(sections: dict[str, _Section], place: Place) -> Iterator[Problem]:
    for name in SECTIONS:
        if name not in sections:
            yield say.SECTION_MISSING.at(_at(place, name, None), section=name)


def _meta(section: _Section | None, place: Place, problems: list[Problem]) -> tuple[MetaLine, ...]:
    if section is None:
        return ()
    rows = list(zip(section.lines, section.rows, strict=True))
    head = [cell.strip().lower() for cell in rows[0][1][:2]] if rows else []
    if head == ["key", "value"]:
        problems.extend(_spaces("META", rows[0][0], rows[0][1], place))
        rows = rows[1:]
    else:
        problems.append(say.META_HEADER.at(_at(place, "META", section.line + 1)))
    seen: set[str] = set()
    for line, cells in rows:
        problems.extend(_meta_problems(line, cells, seen, place))
        seen.add(cells[0].strip())
    return tuple(
        MetaLine(
            key=cells[0],
            value=cells[1] if len(cells) > 1 else None,
            surplus=tuple(cells[2:]),
            line=line,
        )
        for line, cells in rows
    )


def _meta_problems(line: int, cells: list[str], seen: set[str], place: Place) -> Iterator[Problem]:
    key = cells[0].strip()
    at = Place(file=place.file, sheet="META", row=line, column=key)
    if not key:
        yield say.KEY_EMPTY.at(at, value=";".join(cells))
    elif key in seen:
        yield say.KEY_TWICE.at(at, value=";".join(cells[1:2]))
    if any(cell.strip() for cell in cells[2:]):
        yield say.CELLS_SURPLUS.at(at, value=";".join(cells[2:]))
    yield from (say.SPACES.at(at, value=cell) for cell in cells[:2] if cell != cell.strip())


def _table(name: str, section: _Section | None, place: Place, problems: list[Problem]) -> Rows:
    if section is None or not section.rows:
        if section is not None:
            problems.append(say.HEADER_MISSING.at(_at(place, name, section.line)))
        return rows_of((_FIRST[name],), [])
    names = tuple(section.rows[0])
    problems.extend(_header_problems(name, names, section.lines[0], place))
    rows = rows_of(names, section.rows[1:], section.lines[1:])
    for at, cells in rows.surplus.items():
        where = _at(place, name, section.lines[at + 1])
        problems.append(say.CELLS_SURPLUS.at(where, value=";".join(cells)))
    for line, cells in zip(section.lines[1:], section.rows[1:], strict=True):
        if len(cells) < len(names):
            where = Place(file=place.file, sheet=name, row=line, column=names[len(cells)].strip())
            problems.append(say.CELLS_MISSING.at(where, value=cells[0], n=len(names) - len(cells)))
    return rows


def _header_problems(
    section: str, names: tuple[str, ...], line: int, place: Place
) -> Iterator[Problem]:
    at = _at(place, section, line)
    folded = [name.strip().lower() for name in names]
    first = _FIRST[section]
    if folded[0] != first:
        yield say.FIRST_COLUMN.at(at, value=names[0], nearest=first, first=first)
    twice = {name for name in folded if folded.count(name) > 1}
    yield from (say.COLUMN_TWICE.at(at, value=name) for name in sorted(twice))
    yield from _spaces(section, line, list(names), place)


def _spaces(section: str, line: int, cells: list[str], place: Place) -> Iterator[Problem]:
    for cell in cells:
        if cell != cell.strip():
            yield say.SPACES.at(_at(place, section, line), value=cell)


def _at(place: Place, section: str, line: int | None) -> Place:
    return Place(file=place.file, sheet=section, row=line)
