"""Say problems and what became of each input in the city's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evenground.dossier import InputReport
from evenground.errors import Problem
from evenground.language import Language
from evenground.stores.table import ReadTable

_TRANSLATED = ("meaning", "unit")
"""Parameters that are themselves sentences or words marked for translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldProblem:
    """A problem in words: what is wrong, why it matters, the way out."""

    what: str
    rule: str
    way_out: str


def tell(problem: Problem, speaks: Language) -> ToldProblem:
    """Say a problem in a language; nothing that a file holds can steer the reader's terminal."""
    fields = {
        name: printable(value) if isinstance(value, str) else value
        for name, value in problem.fields.items()
    }
    for name in _TRANSLATED:
        if isinstance(fields.get(name), str):
            fields[name] = speaks.text(fields[name])
    return ToldProblem(
        what=speaks.say(problem.what, fields),
        rule=speaks.say(problem.rule, fields),
        way_out=speaks.say(problem.way_out, fields),
    )


def printable(text: str) -> str:
    """Return a text with control characters (line breaks, terminal commands) as spaces."""
    return "".join(character if character.isprintable() else " " for character in text)


def reports(readings: Iterable[ReadTable], speaks: Language) -> tuple[InputReport, ...]:
    """Say what became of each file: rows read, used, set aside and why, and what was noticed."""
    return tuple(
        InputReport(
            table=read.schema.name,
            file=read.file,
            sha256=read.sha256,
            rows_read=read.n_read,
            rows_used=read.n_used,
            set_aside=tuple((tell(p, speaks).what, p.n_rows) for p in read.set_aside),
            noticed=_noticed(read, speaks),
            title=read.entry.title,
            licence=read.entry.licence,
        )
        for read in readings
    )


def _noticed(read: ReadTable, speaks: Language) -> tuple[str, ...]:
    """Say each thing once; reasons for setting rows aside stand with their number of rows."""
    aside = {tell(problem, speaks).what for problem in read.set_aside}
    said = (tell(problem, speaks).what for problem in (*read.noticed, *read.problems))
    return tuple(sentence for sentence in dict.fromkeys(said) if sentence not in aside)


def as_data(problem: Problem, speaks: Language) -> dict[str, Any]:
    """Return a problem as data for programs: code, place, parameters, and the sentences."""
    told = tell(problem, speaks)
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.place.file,
        "sheet": problem.place.sheet,
        "row": problem.place.row,
        "column": problem.place.column,
        "value": problem.value,
        "nearest": problem.nearest,
        "n_rows": problem.n_rows,
        "parameters": dict(problem.parameters),
        "what": told.what,
        "rule": told.rule,
        "way_out": told.way_out,
    }
