"""What fits in the head: modules, functions and their parameters stay small."""

from __future__ import annotations

import ast
from itertools import pairwise
from statistics import median

import pytest

MODULE_LINES = 400
MODULE_LINES_MEDIAN = 150
FUNCTION_LINES = 60
FUNCTION_LINES_MOSTLY = 30
MOSTLY = 0.95
PARAMETERS = 5


def lines_of(function) -> int:
    """Count a function's lines, its decorators and its docstring left out."""
    first = function.lineno
    if ast.get_docstring(function, clean=False) is None:
        return function.end_lineno - first + 1
    docstring = function.body[0]
    return function.end_lineno - first + 1 - (docstring.end_lineno - docstring.lineno + 1)


@pytest.fixture(scope="module")
def functions(modules):
    """Return ``(place, function)`` for every function and method of the library."""
    return [
        (f"{module.path}:{node.lineno} {node.name}", node)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_module_is_too_long(modules):
    lengths = {module.path: len(module.text.splitlines()) for module in modules}
    assert {path: n for path, n in lengths.items() if n > MODULE_LINES} == {}


def test_half_of_the_modules_are_short(modules):
    assert median(len(module.text.splitlines()) for module in modules) <= MODULE_LINES_MEDIAN


def test_no_function_is_too_long(functions):
    lengths = {place: lines_of(function) for place, function in functions}
    assert {place: n for place, n in lengths.items() if n > FUNCTION_LINES} == {}


def test_nearly_all_functions_are_short(functions):
    short = [lines_of(function) <= FUNCTION_LINES_MOSTLY for _, function in functions]
    assert sum(short) / len(short) >= MOSTLY


def test_functions_take_few_parameters(functions):
    """A command is left out: its parameters are its options."""
    counts = {}
    for place, function in functions:
        if "src/evenground/cli/" not in place:
            named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            counts[place] = sum(argument.arg not in {"self", "cls"} for argument in named)
    assert {place: n for place, n in counts.items() if n > PARAMETERS} == {}


def test_the_count_leaves_the_docstring_out():
    source = 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'
    bare = "def f():\n    return 1\n"
    counted = [lines_of(ast.parse(text).body[0]) for text in (source, bare)]
    assert all(one == other for one, other in pairwise(counted))
