"""Everything that a question finds can be said: whole sentences, no ranking, nothing left blank."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from evenground.dossier.labels import LABELS
from evenground.questions import discover
from evenground.tests.dossiers import (
    appraised,
    first_screen_sentences,
    sayings,
    section_of,
    sentences,
    texts,
    told,
)
from evenground.tests.scenarios import SCENARIOS
from evenground.workspace.wording import SHARED

KEYS = [question.key for question in discover() if question.answer is not None]
ODD = "names like codes"
"""The scenario whose names look like templates: what they say is theirs."""
scenarios = pytest.mark.parametrize("name", [name for name in SCENARIOS if name != ODD])
RANKING = re.compile(
    r"\b(best|worst|rank(s|ed|ing|ings)?|score[ds]?|scoring|league|top|bottom|grade[ds]?|winner|"
    r"loser|deserv\w*|undeserv\w*|fail(s|ed|ing|ure|ures)?|pass(es|ed)?|index of|overall)\b",
    re.IGNORECASE,
)
WORDINGS = {
    "shared": SHARED,
    "page": LABELS,
    **{question.key: question.wording for question in discover()},
}
BEGINS = re.compile(r"[“‘(]?[A-Z0-9]")
ENDS = re.compile(r"[.?!…](?:[”’)]|$)$|[.?!]$|”$")


@scenarios
def test_sentences_begin_and_end_as_sentences_do(name):
    dossier = appraised(name)
    found = [sentence for key in KEYS for sentence in sentences(section_of(dossier, key))]
    found += first_screen_sentences(dossier)
    assert len(found) > len(KEYS)
    for sentence in found:
        assert BEGINS.match(sentence), sentence
        assert ENDS.search(sentence), sentence


@scenarios
def test_nothing_is_left_unsaid(name):
    """No code, template field or empty sentence reaches a reader."""
    dossier = appraised(name)
    for key in KEYS:
        section = section_of(dossier, key)
        for text in texts(section):
            assert "wording:" not in text, text
            assert not re.search(
                r"[{}]|\bNone\b|\bnan\b|\binf\b|an unknown (number|share)", text
            ), text
        for finding in told(section):
            assert finding.sentence.strip()
            assert finding.verdict.strip()


@scenarios
def test_nobody_is_ranked(name):
    dossier = appraised(name)
    spoken = [text for key in KEYS for text in texts(section_of(dossier, key), drawn=False)]
    for text in (*spoken, *first_screen_sentences(dossier)):
        assert not RANKING.search(text), text


@scenarios
def test_sentences_are_typeset(name):
    dossier = appraised(name)
    for key in KEYS:
        for text in texts(section_of(dossier, key)):
            assert "  " not in text, text
            assert text == text.strip(), text
            assert not re.search(r" [,.;:!?](\s|$)|\.\.|,\.", text), text


def test_names_that_look_like_codes_are_said_as_they_are():
    told_of = [section_of(appraised(ODD), key) for key in KEYS]
    spoken = [section.headline.sentence for section in told_of]
    assert any("bins|x=1 in wording:x|y than in a|b=c" in sentence for sentence in spoken)
    assert any("wording:x|y" in text for section in told_of for text in texts(section))


def apart(question):
    """Return which codes tests of a question's own say, and which nothing says yet.

    A question whose wording is that of many small measures, too, says which in ``said_apart`` among
    its tests; they hold these codes against its sources.
    """
    name = f"evenground.questions.{question.key}.tests.said_apart"
    try:
        own = import_module(name)
    except ModuleNotFoundError:
        return (lambda code: False), frozenset()
    return own.is_apart, frozenset(own.NOT_YET)


@pytest.mark.parametrize("key", KEYS)
def test_every_wording_is_said_by_some_scenario(key):
    """A wording that no scenario says is dead, or its case is not tested."""
    question = next(one for one in discover() if one.key == key)
    is_apart, not_yet = apart(question)
    assert not_yet <= set(question.wording), "words that are no more"
    heard = [one[1:] for name in SCENARIOS for one in sayings(name) if one[0] == key]
    early = not_yet & {code for code, _ in heard}
    unsaid = {
        (code, number)
        for code, wording in question.wording.items()
        for number in (("",) if isinstance(wording, str) else ("singular", "plural"))
        if not is_apart(code)
    }.difference(heard, ((code, "") for code, _ in heard))
    assert ", ".join(f"{code} {number}".strip() for code, number in sorted(unsaid)) == ""
    assert early == set(), "said by now: take it off the list"


@pytest.mark.parametrize("wording", [*WORDINGS], ids=[*WORDINGS])
def test_no_wording_ranks(wording):
    for code, forms in WORDINGS[wording].items():
        for form in (forms,) if isinstance(forms, str) else forms:
            assert not RANKING.search(form), code


def test_a_ranking_and_a_fragment_are_seen():
    for text in ("The best area", "ranked third", "a high score", "it fails", "Overall, fine"):
        assert RANKING.search(text)
    for text in ("scored", "Bins reach everyone", "stopped", "high-poverty areas"):
        assert bool(RANKING.search(text)) is (text == "scored")
    assert not BEGINS.match("bins are thinner.")
    assert not ENDS.search("Bins are thinner")
    assert ENDS.search("Made by whom?")
