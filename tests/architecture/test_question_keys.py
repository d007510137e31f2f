"""No question is named outside its folder, so that an eighth one touches one folder only."""

from __future__ import annotations

import ast
import re

from evenground.questions import discover

# Keys that are ordinary words too, and what else they mean. Such a word alone names a question only
# where it is set against one; every other key may not stand anywhere.
ORDINARY_WORDS = {
    "data": "rows of a figure (Vega-Lite's word), and a folder of tables",
    "problem": "what an initiative is to do something about",
}


def questions_named(text: str, keys: frozenset[str]) -> set[str]:
    """Return the questions that a string names: by key, ``key.code`` or package."""
    return {
        key
        for key in keys
        if text == key
        or text.startswith(f"{key}.")
        or f"evenground.questions.{key}" in text
        or f"questions/{key}" in text
    }


def speaks_of_questions(node: ast.AST) -> bool:
    """Say whether an expression has a name with ``question`` in it, or takes something's key."""
    for part in ast.walk(node):
        name = getattr(part, "id", "") or getattr(part, "attr", "")
        if "question" in name.lower() or (isinstance(part, ast.Attribute) and name == "key"):
            return True
    return False


def questions_meant(node: ast.AST) -> set[int]:
    """Return the literals that are set against a question: compared, looked up or passed."""
    match node:
        case ast.Compare():
            others, literals = [node.left, *node.comparators], [node.left, *node.comparators]
        case ast.Subscript():
            others, literals = [node.value], [node.slice]
        case ast.Call():
            others = [node.func]
            literals = [*node.args, *(one.value for one in node.keywords)]
        case _:
            return set()
    if not any(speaks_of_questions(one) for one in others):
        return set()
    return {id(part) for literal in literals for part in ast.walk(literal)}


def literals_that_name(tree: ast.Module, keys: frozenset[str]):
    """Yield ``(line, key)`` for each literal that names a question."""
    meant = {found for node in ast.walk(tree) for found in questions_meant(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for key in questions_named(node.value, keys):
                ordinary = node.value == key and key in ORDINARY_WORDS
                if not ordinary or id(node) in meant:
                    yield node.lineno, key


def test_no_literal_names_a_question(modules):
    keys = frozenset(question.key for question in discover())
    assert keys
    found = {}
    for module in modules:
        in_a_folder = module.inside[0] == "questions" and len(module.inside) > 2
        foreign = keys - {module.inside[1]} if in_a_folder else keys
        for line, key in literals_that_name(module.tree, foreign):
            found[f"{module.path}:{line}"] = key
    assert found == {}, "ask discover() instead"


def test_no_template_or_style_names_a_question(root):
    keys = "|".join(question.key for question in discover())
    quoted = re.compile(rf"""(?:["'](?:{keys})["']|[#.](?:{keys})[\s{{,])""")
    naming = []
    for path in (root / "src" / "evenground").rglob("*"):
        if path.suffix in {".jinja", ".html", ".css", ".xml", ".svg"}:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if quoted.search(line):
                    naming.append(f"{path.relative_to(root)}:{number} {line.strip()}")
    assert naming == []


def test_ordinary_words_are_keys():
    assert set(ORDINARY_WORDS) <= {question.key for question in discover()}


def seen(source: str) -> list[str]:
    keys = frozenset({"reach", "data"})
    return [key for _, key in literals_that_name(ast.parse(source), keys)]


def test_a_name_is_seen_in_each_of_its_forms():
    for text in ("reach", "reach.evenness", "questions/reach", "evenground.questions.reach"):
        assert seen(f"x = [{text!r}]") == ["reach"], text
    for text in ("reached", "out of reach", "Reach"):
        assert seen(f"x = [{text!r}]") == [], text


def test_an_ordinary_word_is_seen_where_questions_are_spoken_of():
    assert seen('figure = {"data": rows}') == []
    assert seen('if key == "data":\n    pass') == []
    assert seen('if one.key == "data":\n    pass') == ["data"]
    assert seen('answers = by_question["data"]') == ["data"]
    assert seen('answer = answer_of_question(city, "data")') == ["data"]
    assert seen('items(values, "data", Question)') == []
    assert seen('code = "data.coverage"') == ["data"]
