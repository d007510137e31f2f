"""What a question declares fits the data model, the city's settings and its own wording."""

from __future__ import annotations

import ast
import importlib
import re
import string
from pathlib import Path

import pytest

from evenground.city import CITY_SETTINGS, CITY_TABLES
from evenground.initiative import INITIATIVE_TABLES
from evenground.phrasing import PHRASES
from evenground.questions import discover
from evenground.workspace.wording import SHARED

QUESTIONS = discover()
BUILT = [question for question in QUESTIONS if question.answer is not None]
each = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
built = pytest.mark.parametrize("question", BUILT, ids=lambda question: question.key)
SAID = {"Message", "Caveat", "Finding", "replace"}
"""What has a code that is said: messages, findings, and findings made from others."""
HOLE = "\0"
"""Stands for what an f-string fills in."""


def forms(wording) -> tuple[str, ...]:
    """Return the singular and the plural of a wording, or the one form that it has."""
    return (wording,) if isinstance(wording, str) else wording


@each
def test_titles_and_orders_tell_questions_apart(question):
    others = [other for other in QUESTIONS if other is not question]
    assert question.title
    assert question.asks.endswith("?")
    assert question.title not in {other.title for other in others}
    assert question.order not in {other.order for other in others}


@each
def test_every_need_is_a_table_with_those_columns(question):
    known = {table.name: table for table in (*CITY_TABLES, *INITIATIVE_TABLES)}
    for other in QUESTIONS:
        known |= {table.name: table for table in other.tables}
    for need in question.needs:
        assert need.table in known
        assert set(need.columns) <= set(known[need.table].names)
    assert len({need.table for need in question.needs}) == len(question.needs)


@each
def test_tables_that_it_brings_have_names_of_their_own(question):
    taken = {table.name for table in (*CITY_TABLES, *INITIATIVE_TABLES)}
    taken |= {t.name for other in QUESTIONS if other is not question for t in other.tables}
    assert taken.isdisjoint(table.name for table in question.tables)


@each
def test_settings_have_names_of_their_own_and_admissible_defaults(question):
    taken = {one.key for one in CITY_SETTINGS}
    taken |= {s.key for other in QUESTIONS if other is not question for s in other.settings}
    for one in question.settings:
        assert one.key not in taken
        assert one.meaning
        assert one.low is None or one.low <= one.default
        assert one.high is None or one.default <= one.high
        assert not one.choices or one.default in one.choices


@each
def test_templates_name_fields_by_name_and_known_phrases(question):
    for code, wording in question.wording.items():
        for form in forms(wording):
            for _, field, phrase, conversion in string.Formatter().parse(form):
                if field is None:
                    continue
                assert re.fullmatch(r"[a-z][a-z0-9_]*", field), f"{code}: {{{field}}}"
                assert not phrase or phrase in PHRASES, f"{code}: {{{field}:{phrase}}}"
                assert conversion is None, code


@each
def test_singular_and_plural_both_say_the_number_that_chooses(question):
    for code, wording in question.wording.items():
        if not isinstance(wording, str):
            for form in wording:
                fields = {part[1] for part in string.Formatter().parse(form)}
                assert "n" in fields, code


@each
def test_a_question_does_not_reword_what_all_share(question):
    assert set(question.wording).isdisjoint(SHARED)


@each
def test_verdicts_belong_to_their_question(question):
    """No word of a verdict is another question's: there is no scale that questions share."""

    def verdicts(wording) -> set[str]:
        return {
            form.casefold()
            for code, told in wording.items()
            if code.startswith("verdict.")
            for form in forms(told)
        }

    own = verdicts(question.wording)
    assert own.isdisjoint(verdicts(SHARED))
    for other in QUESTIONS:
        assert other is question or own.isdisjoint(verdicts(other.wording))


def codes_in(folder: Path) -> set[str]:
    """Return every ``code=...`` that a question's modules write, holes where they fill in."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        if "tests" in path.relative_to(folder).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAID:
                for keyword in node.keywords:
                    found |= literal(keyword.value) if keyword.arg == "code" else set()
    return found


def literal(node: ast.expr) -> set[str]:
    """Return the texts that an expression may be; nothing where it is not written out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return literal(node.body) | literal(node.orelse)
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else HOLE for part in node.values]
        return {"".join(parts)}
    return set()


@built
def test_every_code_that_is_written_has_a_wording(question):
    module = importlib.import_module(question.answer.__module__)
    folder = Path(module.__file__).parent
    while folder.name != question.key:
        folder = folder.parent
    codes = codes_in(folder)
    known = "\n".join([*question.wording, *SHARED])
    assert codes
    for code in codes:
        pattern = re.escape(code).replace(re.escape(HOLE), ".+")
        assert re.search(rf"^{pattern}$", known, re.MULTILINE), code.replace(HOLE, "{…}")
