"""Scenarios appraised once, and everything that a dossier says, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from unittest.mock import patch

from evenground.dossier import Dossier, Section, ToldFigure, ToldFinding, ToldTable
from evenground.evidence import Parameter
from evenground.language import Language
from evenground.questions import discover
from evenground.tests.scenarios import scenario
from evenground.tests.sharing import shared
from evenground.workspace import appraising
from evenground.workspace.telling import Teller, Wording

Saying = tuple[str, str, str]
"""A question's key, a code of its wording, and whether the singular or the plural was said."""


def appraised(name: str) -> Dossier:
    """Return the public dossier of a scenario; every test of a run shares it."""
    return _appraised(name)[0]


def sayings(name: str) -> frozenset[Saying]:
    """Return all that was said for the public dossier of a scenario."""
    return _appraised(name)[1]


@cache
def _appraised(name: str) -> tuple[Dossier, frozenset[Saying]]:
    return shared(f"dossier of {name}", lambda: _listening(name))


def _listening(name: str) -> tuple[Dossier, frozenset[Saying]]:
    """Appraise a scenario and note what is said."""
    keys = {id(question.wording): question.key for question in discover()}
    heard: set[Saying] = set()

    class Heard(Teller):
        def __init__(self, wording: Wording, language: Language) -> None:
            super().__init__(wording, language)
            self._key = keys.get(id(wording), "")

        def say(self, code: str, parameters: Mapping[str, Parameter]) -> str:
            heard.add((self._key, code, "singular" if parameters.get("n") == 1 else "plural"))
            return super().say(code, parameters)

    with patch.object(appraising, "Teller", Heard):
        dossier = scenario(name).appraised()
    return dossier, frozenset(heard)


def section_of(dossier: Dossier, key: str) -> Section:
    """Return the section of one question."""
    return next(section for section in dossier.sections if section.key == key)


def told(section: Section) -> tuple[ToldFinding, ...]:
    """Return the headline and the findings."""
    return (section.headline, *section.findings)


def figures(section: Section) -> Iterator[ToldFigure]:
    """Yield the figures of a section."""
    for finding in told(section):
        yield from finding.figures


def sentences(section: Section) -> Iterator[str]:
    """Yield what must read as a sentence."""
    for finding in told(section):
        yield finding.sentence
        yield from finding.caveats
        yield from finding.would_change
        for figure in finding.figures:
            yield figure.alternative


def first_screen_sentences(dossier: Dossier) -> Iterator[str]:
    """Yield the sentences of page one, those of the sections left out."""
    screen = dossier.first_screen
    yield from screen.no_other_way
    yield from screen.not_measured
    yield from screen.not_in_figures
    yield from screen.disputed_by
    yield from screen.turning_choices
    yield from screen.left_out
    yield from screen.sealed


def texts(section: Section, *, drawn: bool = True) -> Iterator[str]:
    """Yield every piece of text that a section says; ``drawn`` adds those inside of figures."""
    yield from (section.title, section.asks, *section.missing)
    yield from sentences(section)
    for finding in told(section):
        yield finding.verdict
        yield from finding.labels.values()
        for ask in finding.asks:
            yield from (ask.to, ask.what, ask.unlocks)
        for table in finding.tables:
            yield from _of_table(table)
        for figure in finding.figures:
            yield figure.title
            yield from _of_table(figure.table)
            if drawn:
                yield from _strings(figure.spec)


def _of_table(table: ToldTable) -> Iterator[str]:
    yield from (table.title, *table.columns)
    for row in table.rows:
        yield from (cell for cell in row if isinstance(cell, str))


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
