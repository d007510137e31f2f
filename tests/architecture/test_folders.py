"""The tree tells the product: no drawer where anything goes, and one shape for every question."""

from __future__ import annotations

import ast
import inspect

import pytest

from evenground.questions import discover

DRAWERS = {"utils", "helpers", "core", "common", "base", "services", "manager", "misc"}
# A part that outgrows its file becomes a folder of the same name.
BUILT = ("tables", "findings", "wording", "README.md", "measures", "tests")


def test_no_folder_is_a_drawer(modules):
    names = {part.removesuffix(".py") for module in modules for part in module.inside}
    assert names.isdisjoint(DRAWERS), sorted(names & DRAWERS)


def test_every_question_is_a_folder_named_by_its_key(root):
    folder = root / "src" / "evenground" / "questions"
    folders = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert folders
    assert folders == {question.key for question in discover()}


@pytest.mark.parametrize("question", discover(), ids=lambda question: question.key)
def test_a_built_question_has_the_one_shape(question, root):
    folder = root / "src" / "evenground" / "questions" / question.key
    if question.answer is None:
        pytest.skip(f"{question.key} is not asked yet")
    missing = [
        name
        for name in BUILT
        if not (folder / name).exists() and not (folder / f"{name}.py").exists()
    ]
    assert missing == []
    assert list((folder / "tests").rglob("test_*.py"))


def test_public_measures_and_methods_say_what_they_do(modules):
    """A reader of a number must find its definition where it is computed."""
    undocumented, seen = [], 0
    for module in modules:
        if "measures" not in module.inside and module.inside[0] != "methods":
            continue
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                seen += 1
                if len(inspect.cleandoc(ast.get_docstring(node) or "")) == 0:
                    undocumented.append(f"{module.path}:{node.lineno} {node.name}")
    assert seen > 0
    assert undocumented == []
