"""Every problem can be said: the fields that its sentences name are given wherever it is made."""

import ast
from os.path import commonpath
from pathlib import Path
from string import Formatter

import pytest

from evenground.errors import Place, ProblemKind
from evenground.language import language
from evenground.workspace.telling_problems import tell

ROOT = Path(__file__).parents[2]
ALWAYS = {"value", "nearest", "n_rows", "file", "sheet", "row", "column"}
SENTENCES = ("what", "rule", "way_out", "suggestion")


def sources():
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(ROOT.rglob("*.py"))
        if "tests" not in path.parts
    }


def fields_in(call):
    """Return the fields that the sentences of a ``ProblemKind(…)`` call name."""
    found = set()
    for node in ast.walk(call):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "{" in node.value:
            found |= {name for _, name, _, _ in Formatter().parse(node.value) if name}
    return found


def kinds():
    """Return by file and name what each kind of problem needs beyond what every problem has."""
    found = {}
    for path, tree in sources().items():
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                called = getattr(node.value.func, "id", "")
                if called in {"ProblemKind", "_type_kind"}:
                    found[path, node.targets[0].id] = fields_in(node.value) - ALWAYS
    return found


def needs(found, path, name):
    """Return what a kind needs that is named in a file: the nearest of that name, its own first."""
    if (path, name) in found:
        return found[path, name]
    shared = {
        where: len(Path(commonpath([where, path])).parts) for where, other in found if other == name
    }
    nearest = [where for where, parts in shared.items() if parts == max(shared.values())]
    return set().union(*(found[where, name] for where in nearest))


def given(call, function):
    """Return the keywords of a call, those of a dictionary handed on with ``**`` included."""
    keywords = {word.arg for word in call.keywords if word.arg}
    spread = [w.value.id for w in call.keywords if not w.arg and isinstance(w.value, ast.Name)]
    for node in ast.walk(function):
        target = getattr(node, "target", None) or (getattr(node, "targets", None) or [None])[0]
        if getattr(target, "id", None) in spread and isinstance(node.value, ast.Dict):
            keywords |= {key.value for key in node.value.keys}
    return keywords


def named_in(node):
    """Return the kinds that an expression names: ``say.X``, ``X`` or ``X if … else Y``."""
    return {
        name
        for part in ast.walk(node)
        if (name := getattr(part, "attr", None) or getattr(part, "id", None)) and name.isupper()
    }


def chosen_in(function):
    """Return the kinds that a variable may hold: ``kind = say.X if … else say.Y``."""
    chosen = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(node.value, ast.Attribute | ast.Name | ast.IfExp | ast.Dict):
                chosen.setdefault(getattr(target, "id", ""), set()).update(named_in(node.value))
    return chosen


def kind_of(call):
    """Return the expression of the kind in ``KIND.at(…)`` or ``declared.add(KIND, …)``."""
    if not isinstance(call.func, ast.Attribute):
        return None
    if call.func.attr == "add" and call.args:
        return call.args[0]
    return call.func.value if call.func.attr == "at" else None


def uses():
    """Yield ``(path, line, kind, fields given)`` for every problem that is made."""
    for path, tree in sources().items():
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        for function in functions:
            chosen = chosen_in(function)
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                about = kind_of(call)
                if about is None:
                    continue
                extra = {"key"} if call.func.attr == "add" else set()
                for name in named_in(about) or chosen.get(getattr(about, "id", ""), set()):
                    yield path, call.lineno, name, given(call, function) | extra


@pytest.fixture(scope="module")
def needed():
    return kinds()


def test_every_kind_of_problem_gets_the_fields_that_its_sentences_name(needed):
    missing = {
        (path.name, line, name): sorted(lacking)
        for path, line, name, fields in uses()
        if (lacking := needs(needed, path, name) - fields)
    }
    assert missing == {}


def test_every_kind_of_problem_is_used_somewhere(needed):
    words = {
        getattr(node, "attr", None) or getattr(node, "id", None)
        for tree in sources().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    assert {name for _, name in needed} - words == set()


def test_a_problem_cannot_steer_the_terminal_that_it_is_printed_on():
    kind = ProblemKind(code="c", what="{value} in {column}", rule="", way_out="{nearest}")
    steering = "\x1b[2J\x1b]0;gone\x07\nnext"
    told = tell(kind.at(Place(column=steering), value=steering, nearest="a\rb"), language("en"))
    assert told.what.isprintable()
    assert told.way_out == "a b"
