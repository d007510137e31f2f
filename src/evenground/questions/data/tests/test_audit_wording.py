"""Whatever an audit finds can be said, and no word is kept that nothing says.

The words of single checks and measures are too many for a dossier's towns to say: small tables are
audited here, and all that is found is said.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest

from evenground.evidence import Message
from evenground.language import language
from evenground.questions.data import QUESTION, wording
from evenground.questions.data.findings.faults import COUNTED, counted
from evenground.questions.data.measure_table import found, said
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.clocks.placeholders import placeholders
from evenground.questions.data.measures.network.conversions import conversions
from evenground.questions.data.measures.network.gap_clusters import WEEKDAYS
from evenground.questions.data.measures.predictions.error_rates import RATES
from evenground.questions.data.measures.predictions.fairness_conflicts import CONFLICTS, CRITERIA
from evenground.questions.data.measures.space.readings import FAULTS
from evenground.questions.data.measures.watched.watching import BEYOND, NOT_STATED, WITHIN
from evenground.questions.data.purposes.model import Known, MeasureKind
from evenground.questions.data.tests.planted import PLANTED, TODAY
from evenground.questions.data.tests.said_apart import HEADS, NOT_YET
from evenground.workspace.auditing.results import audit_data, dqv_text
from evenground.workspace.auditing.running import audit
from evenground.workspace.auditing.telling import told_audit
from evenground.workspace.telling import Teller

ENGLISH = language("en")
SOURCES = Path(__file__).parents[3]
VALUES: Mapping[str, tuple[str, ...]] = {
    "rate": RATES,
    "criterion": CRITERIA,
    "unless": tuple(dict.fromkeys(one.unless for one in CONFLICTS)),
    "told": ("more", "less", "cannot_tell"),
    "creep": (BEYOND, WITHIN, NOT_STATED),
    "watches_people": ("yes", "no", "cannot_tell"),
    "conversion": tuple(one.name for one in conversions()),
    "date": (*(one.name for one in placeholders()), "too_early", "too_late", "no_such_day"),
    "fault": (*FAULTS, "several", "counted", "more"),
    "weekday": WEEKDAYS,
}
"""Values that measures hand to whoever uses them alone, each with its words."""
ENDS = re.compile(r"[.?!…”]$")
UNSAID = re.compile(r"[{}]|\bNone\b|\bnan\b|\binf\b|an unknown (number|share)")


def messages(value: object) -> Iterator[Message]:
    """Yield every message in a value, however deep it lies."""
    if isinstance(value, Message):
        yield value
        yield from messages(value.parameters)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from messages(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from messages(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from messages(getattr(value, one.name))


@cache
def audited(name):
    """Return the audit of a planted table, with the rows behind each count."""
    one = PLANTED[name]()
    city = one.town.opened()[1] if one.town else None
    return audit(
        one.table, one.sheet, city=city, reference=one.reference, today=TODAY, flags=True,
        title=name.capitalize(), **one.terms,
    )  # fmt: skip


class Listening(Teller):
    """Says what it is asked and keeps the codes; those without words are listed."""

    def __init__(self):
        super().__init__(QUESTION.wording, ENGLISH)
        self.codes: set[str] = set()
        self.missing: set[str] = set()

    def say(self, code, parameters):
        self.codes.add(code)
        if not self.knows(code):
            self.missing.add(code)
            return code
        try:
            return super().say(code, parameters)
        except KeyError as lacking:
            self.missing.add(f"{code}: {lacking}")
            return code


@cache
def everything_said():
    """Return a teller that said all that every audit holds."""
    teller = Listening()
    for name in PLANTED:
        one = audited(name)
        for message in messages(one):
            teller.message(message)
        for check in one.checks.values():
            teller.say(f"check.{check.name}", {})
            teller.message(counted(check))
        for measure in one.measures:
            teller.say(f"measure.{measure}", {})
            teller.say(f"measure.{measure}.meaning", {})
        for verdict in one.verdicts.values():
            teller.say(f"can_carry.{verdict.verdict.value}", {})
            for cell in verdict.cells:
                if cell.aspect:
                    teller.say(f"aspect.{cell.measure}.{cell.aspect}", {})
        for figure in one.figures:
            teller.figure(figure, {})
    return teller


def test_no_code_is_without_words_and_no_word_without_its_value():
    assert sorted(everything_said().missing) == []


@pytest.mark.parametrize("name", PLANTED)
def test_an_audit_is_told_whole(name):
    """On its page, as data in words, and in the vocabulary of data quality."""
    one = audited(name)
    told = told_audit(one, ENGLISH)
    assert {check.name for check in told.checks} == set(one.checks)
    for check in told.checks:
        for text in (check.definition, check.reason):
            assert not text or ENDS.search(text), (check.name, text)
            assert not UNSAID.search(text), (check.name, text)
        assert not ENDS.search(check.label), check.label
        assert check.definition
    for measure in told.measures:
        for text in (measure.method, measure.reason, measure.meaning):
            assert not text or ENDS.search(text), (measure.name, text)
        assert not UNSAID.search(f"{measure.known} {measure.method} {measure.reason}")
    for verdict in told.verdicts:
        assert verdict.because
        for text in (*verdict.because, *verdict.would_change, *verdict.notes):
            assert ENDS.search(text), (verdict.purpose, text)
            assert not UNSAID.search(text), (verdict.purpose, text)
    words = audit_data(one, ENGLISH)
    assert not UNSAID.search(" ".join(words["guessed"].values()))
    assert dqv_text(one, ENGLISH, day=TODAY)


def test_a_cell_says_values_in_every_unit():
    teller = Teller(QUESTION.wording, ENGLISH)
    words = {
        unit: [
            teller.message(said(value, unit)).replace("\N{NO-BREAK SPACE}", " ")
            for value in values
        ]
        for unit, values in {
            "share": (0.9, 0.805), "m": (250.0,), "people": (1, 1_200), "points": (1, 221),
            "rows": (1, 30), "s": (1, 47, 60, 300, 3_600, 7_200, 86_400, 172_800),
        }.items()
    }  # fmt: skip
    assert words["people"][0] == "1 person"
    assert words["points"] == ["1 point", "221 points"]
    assert words["rows"] == ["1 row", "30 rows"]
    assert words["s"] == ["1 s", "47 s", "1 min", "5 min", "1 h", "2 h", "24 h", "2 days"]
    assert teller.message(said(None, "m")) == "no limit"


def test_a_cell_says_how_something_is_known():
    teller = Teller(QUESTION.wording, ENGLISH)

    def cell(**given):
        return teller.message(found(Known(**given))).replace("\N{NO-BREAK SPACE}", " ")

    stated = {"unit": "declared", "kind": MeasureKind.DECLARED}
    by = {"by": "Ada Berg", "on": "2026-02-20"}
    assert teller.message(found(None)) == "not established"
    assert cell(unit="share", value=0.5, low=0.5, high=0.5) == "50 %"
    assert cell(unit="share", value=0.5, low=0.4, high=0.6) == "50 % (40 % to 60 %)"
    assert cell(unit="share", low=0.4, high=0.6, kind=MeasureKind.BOUND) == "40 % to 60 %"
    assert cell(**stated, value=1.0, evidence=by) == "Ada Berg says so (2026-02-20)"
    assert cell(**stated, value=0.0, evidence=by) == "Ada Berg says it is not so (2026-02-20)"
    assert cell(**stated, value=1.0) == "stated, by nobody named"
    assert cell(**stated, value=0.0) == "stated not to be so, by nobody named"
    assert cell(unit="declared", low=0.0, high=1.0, kind=MeasureKind.BOUND) == (
        "stated, and still open"
    )


def test_counts_are_said_in_what_is_counted():
    teller = Teller(QUESTION.wording, ENGLISH)
    definition = Message(code="definition.nulls")
    for unit in sorted(COUNTED):
        one, several = (
            teller.message(counted(Check.counted("nulls", n, unit=unit, definition=definition)))
            for n in (1, 3)
        )
        assert several.replace("\N{NO-BREAK SPACE}", " ").split()[:2] == ["3", unit]
        assert one.startswith("1")
        assert one[1:] != several[1:]
    odd = Check.counted("nulls", 1, unit="whatnots", definition=definition)
    assert teller.message(counted(odd)).replace("\N{NO-BREAK SPACE}", " ") == "1 time"


def test_each_code_has_words_once():
    """Words of one part of Data would be overwritten by those of another."""
    parts = [
        part
        for name, part in vars(wording).items()
        if name.isupper() and name != "WORDING" and isinstance(part, Mapping)
    ]
    times = Counter(code for part in parts for code in part)
    assert len(parts) > 5
    assert [code for code, n in times.items() if n > 1] == []


@cache
def written():
    """Return the texts that sources write, and patterns of those that they put together."""
    texts: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for path in SOURCES.rglob("*.py"):
        inside = path.relative_to(SOURCES).parts
        if "tests" in inside or "wording" in {part.removesuffix(".py") for part in inside}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value.removeprefix("wording:")
                texts |= {text, *text.split(".")}
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)"
                    for part in node.values
                ]
                text = "".join(parts).removeprefix("wording:")
                if re.search(r"[a-z_]+\\\.|\\\.[a-z_]+", text):
                    patterns.append(re.compile(text))
    return texts, patterns


def is_written(code):
    """Tell whether a source writes a code, whole or put together of words that it writes."""
    texts, patterns = written()
    if code in texts:
        return True
    head, _, rest = code.partition(".")
    if head in VALUES:
        return rest in VALUES[head]
    return any(
        all(one in texts or set(one.split(".")) <= texts for one in match.groups())
        for pattern in patterns
        if (match := pattern.fullmatch(code))
    )


def dead():
    """Return the codes told apart that nothing said here, and that no source writes."""
    said_here = everything_said().codes
    apart = [code for code in QUESTION.wording if code.split(".", 1)[0] in HEADS]
    assert len(apart) > 200
    return {code for code in apart if code not in said_here and not is_written(code)}


def test_no_word_is_kept_that_nothing_says():
    assert sorted(dead() - set(NOT_YET)) == []


def test_words_that_nothing_says_yet_are_listed_until_something_does():
    listed = set(NOT_YET)
    assert sorted(listed - set(QUESTION.wording)) == []
    assert sorted(listed & everything_said().codes) == []
    assert sorted({code for code in listed if code.split(".", 1)[0] in HEADS} - dead()) == []


@pytest.mark.parametrize("head", VALUES)
def test_each_value_that_measures_hand_out_has_words_and_each_word_a_value(head):
    words = {code.partition(".")[2] for code in QUESTION.wording if code.startswith(f"{head}.")}
    assert words == set(VALUES[head])


def test_the_tables_are_many_kinds():
    """Rows of every form, with and without datasheet, city, reference; found and not."""
    made = {name: make() for name, make in PLANTED.items()}
    for given in ("sheet", "town", "reference"):
        assert {getattr(one, given) is None for one in made.values()} == {True, False}
    assert all(isinstance(one.table, pa.Table) for one in made.values())
    forms = {audited(name).roles.form.value for name in PLANTED}
    assert forms == {"stream", "events", "places", "counts", "rows"}
    outcomes = {
        (purpose, verdict.verdict.value)
        for name in PLANTED
        for purpose, verdict in audited(name).verdicts.items()
    }
    assert {purpose for purpose, _ in outcomes} == {"operate", "decide", "official_statistics"}
    assert {verdict for _, verdict in outcomes} >= {"no", "cannot_tell"}
