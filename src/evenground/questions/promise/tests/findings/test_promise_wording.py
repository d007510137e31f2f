"""Whatever Promise finds can be said, and no word is kept that no case says."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Mapping
from pkgutil import iter_modules

import pytest

from evenground.evidence import Message
from evenground.questions.promise import QUESTION, wording
from evenground.questions.promise.measures.randomised import asymptotic_sequence, pair_betting
from evenground.questions.promise.tests.findings.cases import all_cases, said_of
from evenground.questions.promise.tests.said_apart import NOT_YET
from evenground.tests.listening import BEGINS, ENDS, UNSAID, Listening

RANKING = re.compile(
    r"\b(best|worst|rank(s|ed|ing|ings)?|score[ds]?|scoring|league|top|bottom|grade[ds]?|winner|"
    r"loser|deserv\w*|undeserv\w*|fail(s|ed|ing|ure|ures)?|pass(es|ed)?|index of|overall)\b",
    re.IGNORECASE,
)
each = pytest.mark.parametrize("name", [*all_cases()])


@each
def test_sentences_begin_and_end_as_sentences_do(name):
    for sentence in said_of(name).sentences():
        assert BEGINS.match(sentence), sentence
        assert ENDS.search(sentence), sentence


@each
def test_nothing_is_left_unsaid(name):
    for text in said_of(name).texts():
        assert text.strip(), name
        assert not UNSAID.search(text), text


@each
def test_nobody_is_ranked_and_all_is_typeset(name):
    for text in said_of(name).texts(drawn=False):
        assert not RANKING.search(text), text
        assert "  " not in text, text
        assert text == text.strip(), text
        assert not re.search(r" [,.;:!?](\s|$)|\.\.|,\.", text), text


@each
def test_every_finding_can_be_traced(name):
    """A number has a unit and a method; what cannot be told asks somebody for something."""
    for one in (told.finding for told in said_of(name).findings):
        assert one.claims, one.code
        assert one.method is not None or not one.estimates, one.code
        assert all(estimate.unit for estimate in one.estimates), one.code


LOTS = {"n_assignments": 6, "alpha": 0.05, "least": 1 / 3}
OF_METHODS = (
    *asymptotic_sequence.ASSUMES,
    *pair_betting.ASSUMES,
    Message(code="reason.lots.too_few", parameters=LOTS),
    Message(code="reason.lots.areas_few", parameters=LOTS),
    Message(code="history.nothing_to_compare"),
    Message(code="caveat.no_constant_effect"),
)
"""What methods say to whoever uses them alone, and no case of a dossier."""


def test_what_methods_say_alone_reads_as_a_sentence():
    teller = Listening(QUESTION.wording)
    for message in OF_METHODS:
        sentence = teller.message(message)
        assert BEGINS.match(sentence), sentence
        assert ENDS.search(sentence), sentence
        assert not UNSAID.search(sentence), sentence


def test_every_wording_is_said_by_some_case():
    """A wording that no case says is dead, or its case is not tested."""
    heard = {one for name in all_cases() for one in said_of(name).heard}
    heard |= {(message.code, "") for message in OF_METHODS}
    wanted = {
        (code, number)
        for code, forms in QUESTION.wording.items()
        for number in (("",) if isinstance(forms, str) else ("singular", "plural"))
        if code not in NOT_YET
    }
    unsaid = wanted - heard - {(code, "") for code, _ in heard}
    assert [f"{code} {number}".strip() for code, number in sorted(unsaid)] == []


def test_words_that_nothing_says_yet_are_listed_until_something_does():
    heard = {code for name in all_cases() for code, _ in said_of(name).heard}
    assert sorted(set(NOT_YET) - set(QUESTION.wording)) == []
    assert sorted(set(NOT_YET) & heard) == []


def test_each_code_has_words_once():
    """Words of one topic would be overwritten by those of another."""
    parts = {
        id(part): part
        for found in iter_modules(wording.__path__, f"{wording.__name__}.")
        for name, part in vars(importlib.import_module(found.name)).items()
        if name.isupper() and isinstance(part, Mapping)
    }
    times = Counter(code for part in parts.values() for code in part)
    assert [code for code, n in times.items() if n > 1] == []
    assert set(times) == set(QUESTION.wording)
