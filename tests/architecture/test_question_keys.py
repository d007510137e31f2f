"""No question is named outside its folder, so that an eighth one touches one folder only."""

from __future__ import annotations

import ast
import re

from evenground.questions import discover

# Question keys that are ordinary words too: (file below src/evenground, key) and why it is not the
# question that is meant. An entry that is no longer needed fails the test.
ORDINARY_WORDS: dict[tuple[str, str], str] = {}


def named(text: str, keys: frozenset[str]) -> str | None:
    """Return the question that a string names: its key, ``key.code`` or its package."""
    for key in keys:
        if text == key or text.startswith(f"{key}."):
            return key
        if f"evenground.questions.{key}" in text or f"questions/{key}" in text:
            return key
    return None


def test_no_literal_names_a_question(modules):
    keys = frozenset(question.key for question in discover())
    assert keys
    found: dict[tuple[str, str], int] = {}
    for module in modules:
        if module.inside[0] == "questions":
            home = module.inside[1] if len(module.inside) > 2 else ""
            foreign = keys - {home}
        else:
            foreign = keys
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                key = named(node.value, foreign)
                if key is not None:
                    found.setdefault(("/".join(module.inside), key), node.lineno)
    surprising = {
        f"{path}:{line}": key
        for (path, key), line in found.items()
        if (path, key) not in ORDINARY_WORDS
    }
    assert surprising == {}, "ask discover(), or say in ORDINARY_WORDS what else the word means"
    assert set(ORDINARY_WORDS) - set(found) == set(), "these exceptions are no longer needed"


def test_no_template_or_style_names_a_question(root):
    keys = "|".join(question.key for question in discover())
    quoted = re.compile(rf"""["'#.](?:{keys})["'\s{{,]""")
    naming = []
    for path in (root / "src" / "evenground").rglob("*"):
        if path.suffix in {".jinja", ".html", ".css", ".xml", ".svg"}:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if quoted.search(line):
                    naming.append(f"{path.relative_to(root)}:{number} {line.strip()}")
    assert naming == []


def test_a_name_is_seen_in_each_of_its_forms():
    keys = frozenset({"reach"})
    assert [named(text, keys) for text in ("reach", "reach.evenness", "questions/reach")] == [
        "reach"
    ] * 3
    assert [named(text, keys) for text in ("reached", "out of reach", "Reach")] == [None] * 3
