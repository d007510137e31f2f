"""Small cases of Promise: rows to an answer, and an answer to all that is said of it.

A topic's tests are ``test_<topic>_findings.py`` in this folder. They name their cases in ``CASES``,
a mapping from a name to a function that returns a town::

    CASES = {"no baseline": lambda: town(promises=[promise(baseline=None)])}

``test_promise_wording`` answers every case of every topic and holds what is said to what is said of
all findings: whole sentences, no ranking, every wording said by some case. A topic's own tests ask
``answer_of`` a town for the findings that they check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from evenground.dossier import ToldFinding
from evenground.evidence import Finding
from evenground.initiative import Decision
from evenground.language import language
from evenground.protocol import Answer
from evenground.questions.promise import QUESTION
from evenground.tests.listening import Listening
from evenground.tests.towns import Row, Town, saltmarsh

Case = Callable[[], Town]
HERE = Path(__file__).parent
ENGLISH = language("en", currency="EUR")


def town(**rows: Any) -> Town:
    """Return a town of nine areas whose initiative has these rows, by table, and no sites.

    What else it needs: ``town(...).setting(confidence=0.9)``, ``.initiative_with(unit="bin")``,
    ``.city_with(...)``, ``.having(...)``, ``.without("areas")``.
    """
    decision = Decision(body="Technical Committee", date=date(2026, 5, 1))
    plain = saltmarsh(across=3, up=3).without("sites")
    return plain.initiative_with(decision=decision, offered_by="Binsight").having(**rows)


def promise(**changes: Any) -> Row:
    """Return a promise that leaves nothing out, with changes; ``None`` takes a field away."""
    return {
        "promise_id": "bins",
        "words": "A quarter fewer full bins by spring",
        "kind": "outcome",
        "who": "Binsight",
        "indicator": "full_bins",
        "unit": "full bins a week",
        "direction": "less",
        "baseline": 40.0,
        "baseline_date": date(2025, 6, 1),
        "baseline_dataset": "rounds",
        "target": 30.0,
        "by": date(2026, 6, 1),
        "place": "the whole town",
        "groups": "everyone",
        "minimum_effect": 4.0,
        "floor_worst_group": 0.0,
        "delivery_threshold": 0.5,
        "outcome_source": "outcomes",
        "informs": "whether to buy more",
        "judged_by": "indicator",
        "document": "offer.pdf",
        "page": 4,
        **changes,
    }


def evaluation(**changes: Any) -> Row:
    """Return how the promise will be judged, with changes."""
    return {
        "promise_id": "bins", "design": "few_treated", "alpha": 0.05,
        "starts": date(2025, 7, 1), "period": "month", "horizon_months": 12.0, **changes,
    }  # fmt: skip


def harm(**changes: Any) -> Row:
    """Return a harm that is watched with the promise, with changes."""
    return {
        "harm_id": "noise", "promise_id": "bins", "indicator": "noise_complaints",
        "unit": "complaints a month", "worse_when": "more", "limit": 2.0, **changes,
    }  # fmt: skip


def responses(key: str = "bins", **by_result: str) -> list[Row]:
    """Return what the city would do at each result; a different thing at each unless named."""
    said_of = by_result or {
        "scale": "Buy the rest", "adjust": "Move the rounds",
        "stop": "End the licence", "cannot_tell": "Measure for another year",
    }  # fmt: skip
    return [
        {"promise_id": key, "result": result, "response": words}
        for result, words in said_of.items()
    ]


def answer_of(asked: Town) -> Answer:
    """Return Promise's answer to a town."""
    return asked.answered(QUESTION)


def of_code(answer: Answer, start: str) -> list[Finding]:
    """Return the findings whose code is this or begins with it and a full stop."""
    return [
        one for one in (answer.headline, *answer.findings)
        if one.code == start or one.code.startswith(f"{start}.")
    ]  # fmt: skip


def the_one(answer: Answer, start: str) -> Finding:
    """Return the only finding of a code, or of one that begins with it."""
    (found,) = of_code(answer, start)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer in words: its findings, what was said by code and number."""

    findings: tuple[ToldFinding, ...]
    heard: frozenset[tuple[str, str]]

    def told(self, start: str) -> ToldFinding:
        """Return the only finding of a code, or of one that begins with it."""
        (found,) = (
            one for one in self.findings
            if one.finding.code == start or one.finding.code.startswith(f"{start}.")
        )  # fmt: skip
        return found

    def sentence(self, start: str) -> str:
        """Return its sentence, with plain spaces."""
        return plain(self.told(start).sentence)

    def caveats(self, start: str) -> list[str]:
        """Return its caveats, with plain spaces."""
        return [plain(one) for one in self.told(start).caveats]

    def rows(self, start: str, key: str) -> list[tuple[Any, ...]]:
        """Return the rows of one of its tables, with plain spaces."""
        (table,) = (one for one in self.told(start).tables if one.key == key)
        return [
            tuple(plain(cell) if isinstance(cell, str) else cell for cell in row)
            for row in table.rows
        ]

    def sentences(self) -> Iterator[str]:
        """Yield what must read as a sentence."""
        for one in self.findings:
            yield from (one.sentence, *one.caveats, *one.would_change)
            yield from (figure.alternative for figure in one.figures)
            yield from (ask.what for ask in one.asks)

    def texts(self, *, drawn: bool = True) -> Iterator[str]:
        """Yield every piece of text, those inside drawings too unless told otherwise."""
        yield from self.sentences()
        for one in self.findings:
            yield from (one.verdict, *one.labels.values())
            for ask in one.asks:
                yield from (ask.to, ask.unlocks)
            for table in (*one.tables, *(figure.table for figure in one.figures)):
                yield from (*([table.title] if table.title else []), *table.columns)
                yield from (cell for row in table.rows for cell in row if isinstance(cell, str))
            yield from (figure.title for figure in one.figures)
            if drawn:
                yield from (text for figure in one.figures for text in _strings(figure.spec))


def plain(text: str) -> str:
    """Return a text with the spaces of a keyboard."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def said(answer: Answer) -> Said:
    """Say all of an answer."""
    teller = Listening(QUESTION.wording)
    findings = tuple(teller.finding(one) for one in (answer.headline, *answer.findings))
    for need in answer.unmet:
        teller.say(f"table.{need.table}", {})
    return Said(findings=findings, heard=frozenset(teller.heard))


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from _strings(value)


@cache
def all_cases() -> Mapping[str, Case]:
    """Return the cases of every topic, each under its topic's name and its own."""
    found: dict[str, Case] = {}
    for path in sorted(HERE.glob("test_*_findings.py")):
        module = import_module(f"{__name__.rpartition('.')[0]}.{path.stem}")
        topic = path.stem.removeprefix("test_").removesuffix("_findings")
        found |= {f"{topic}: {name}": made for name, made in module.CASES.items()}
    return found


@cache
def said_of(name: str) -> Said:
    """Return all that is said of a case; answered once per run."""
    return said(answer_of(all_cases()[name]()))
