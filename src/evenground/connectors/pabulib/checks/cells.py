"""Checks of each field by itself: there, filled, of its kind, one of what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from evenground.connectors.pabulib.amounts import amount
from evenground.connectors.pabulib.arrow import functions
from evenground.connectors.pabulib.checks import field_messages as say
from evenground.connectors.pabulib.checks.several import several
from evenground.connectors.pabulib.document import PabulibFile
from evenground.connectors.pabulib.fields import META, PROJECTS, RENAMED, VOTES, PabulibField
from evenground.connectors.pabulib.messages import SPACES
from evenground.connectors.pabulib.rows import Rows
from evenground.errors import Problem, ProblemKind, nearest_name

_WHOLE = re.compile(r"[+-]?\d+")
_LIST_SPACES = re.compile(r"\S\s+,|,\s+\S")
_AGE = re.compile(r"(\d+)(?:-(\d+))?")
_DECIMALS = 30
"""Coordinates have many."""
_COMMAS = ("budget", "min_sum_cost", "max_sum_cost", "cost")


def field_problems(file: PabulibFile) -> Iterator[Problem]:
    """Yield what is wrong with single fields of the three sections."""
    yield from _names(file, "META", file.keys, META)
    for line in file.meta:
        known = META.get(line.key.strip())
        if known is not None:
            at = file.place("META", line.line, line.key.strip())
            text = (line.value or "").strip()
            kind = _wrong(line.key.strip(), text, known)
            if known.kind == "list" and _LIST_SPACES.search(text):
                yield say.LIST_SPACES.at(at, value=text)
            if kind is not None:
                yield kind.at(at, value=text, **_allowed(known), nearest=_nearest(known, text))
    for section, rows, fields in (
        ("PROJECTS", file.projects, PROJECTS),
        ("VOTES", file.votes, VOTES),
    ):
        yield from _names(file, section, rows.fields, fields)
        for name in dict.fromkeys(rows.fields):
            if name in fields:
                yield from _column(file, section, rows, name)


def _names(
    file: PabulibFile, section: str, found: tuple[str, ...], fields: Mapping[str, PabulibField]
) -> Iterator[Problem]:
    """Yield fields that are missing, unknown, renamed, or in another order."""
    for name, known in fields.items():
        if known.needed and name not in found:
            yield say.FIELD_MISSING.at(file.place(section, None, name), value=name)
    for name in dict.fromkeys(found):
        if name in fields or not name:
            continue
        line = file.meta_line(name) if section == "META" else None
        at = file.place(section, line, name)
        if section == "PROJECTS" and name in RENAMED:
            yield say.FIELD_RENAMED.at(at, value=name, nearest=RENAMED[name])
        else:
            yield say.FIELD_UNKNOWN.at(at, value=name, nearest=nearest_name(name, fields))
    known_names = [name for name in dict.fromkeys(found) if name in fields]
    usual = sorted(known_names, key=list(fields).index)
    if known_names != usual:
        yield say.FIELD_ORDER.at(
            file.place(section), value=", ".join(known_names), usual=", ".join(usual)
        )


def _column(file: PabulibFile, section: str, rows: Rows, name: str) -> Iterator[Problem]:
    """Yield wrong cells of a column; each text that occurs is looked at once."""
    known = (PROJECTS if section == "PROJECTS" else VOTES)[name]
    encoded = rows.column(name).combine_chunks().dictionary_encode()
    texts: list[str] = encoded.dictionary.to_pylist()
    kinds = [_wrong(name, text, known) for text in texts]
    if any(kinds):
        of_row = encoded.indices.to_numpy(zero_copy_only=False)
        for kind in {kind.code: kind for kind in kinds if kind is not None}.values():
            flags = np.array([found is kind for found in kinds], dtype=np.bool_)

            def problem(row: int, n_rows: int, kind: ProblemKind = kind) -> Problem:
                text = texts[of_row[row]]
                at = file.place(section, int(rows.lines[row]), name)
                return kind.at(
                    at, value=text, n_rows=n_rows, **_allowed(known), nearest=_nearest(known, text)
                )

            yield from several(flags[of_row], problem)
    yield from _spaces(file, section, rows, name)


def _spaces(file: PabulibFile, section: str, rows: Rows, name: str) -> Iterator[Problem]:
    """Yield cells with spaces around them, or around the items of a list."""
    pc = functions()
    known = (PROJECTS if section == "PROJECTS" else VOTES)[name]
    cells = rows.cells.column(rows.fields.index(name))
    patterns = [(r"^\s|\s$", SPACES)]
    if known.kind == "list":
        patterns.append((_LIST_SPACES.pattern, say.LIST_SPACES))
    for pattern, kind in patterns:
        found = pc.fill_null(pc.match_substring_regex(cells, pattern), fill_value=False)
        flags = np.asarray(found.to_numpy(), dtype=np.bool_)

        def problem(row: int, n_rows: int, kind: ProblemKind = kind) -> Problem:
            at = file.place(section, int(rows.lines[row]), name)
            return kind.at(at, value=cells[row].as_py(), n_rows=n_rows)

        yield from several(flags, problem)


def _allowed(known: PabulibField) -> dict[str, Any]:
    return {"known": ", ".join(known.allowed)} if known.allowed else {}


def _nearest(known: PabulibField, text: str) -> str:
    return nearest_name(text, known.allowed) if known.allowed else ""


def _wrong(name: str, text: str, known: PabulibField) -> ProblemKind | None:
    """Return what is wrong with the text of a field, or ``None``."""
    if not text:
        return None if known.may_be_empty else say.FIELD_EMPTY
    if known.kind == "whole" and not _WHOLE.fullmatch(text):
        return say.NOT_WHOLE
    if known.kind == "number":
        if name in _COMMAS and "," in text:
            return say.COMMA
        if amount(text, decimals=_DECIMALS) is None:
            return say.NO_NUMBER
    if known.allowed and text not in known.allowed:
        return say.NOT_ALLOWED
    return say.AGE if name == "age" and not _is_age(text) else None


def _is_age(text: str) -> bool:
    found = _AGE.fullmatch(text)
    return found is not None and (found[2] is None or int(found[1]) <= int(found[2]))
