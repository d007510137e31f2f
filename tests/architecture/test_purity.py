"""The core is pure: it is handed files' rows, the day and its random numbers, and asks for none."""

from __future__ import annotations

import ast

PURE = {
    "questions",
    "methods",
    "dossier",
    "city",
    "initiative",
    "protocol.py",
    "evidence.py",
    "schema.py",
}
CLOCK = {
    "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.monotonic",
    "time.perf_counter", "time.time",
}  # fmt: skip
GLOBAL_RANDOMNESS = ("np.random.", "numpy.random.", "random.")
OF_THE_CALLER = {"np.random.Generator", "numpy.random.Generator"}  # a type, handed in
FILES = {"open", "read_bytes", "read_text", "write_bytes", "write_text", "unlink", "mkdir"}


def dotted(node: ast.expr) -> str:
    """Return ``a.b.c`` for a name or a chain of attributes, and the last name for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def offence(call: ast.Call) -> str | None:
    """Say what a call does that pure code does not do."""
    name = dotted(call.func)
    last_two = ".".join(name.split(".")[-2:])
    if last_two in CLOCK:
        return f"reads the clock: {name}"
    if name.endswith("default_rng") and (call.args or call.keywords):
        return None  # a stated seed: the same numbers always, whatever else was drawn
    if name.startswith(GLOBAL_RANDOMNESS) and name not in OF_THE_CALLER:
        return f"makes its own random numbers: {name}"
    if name.split(".")[-1] in FILES:
        return f"touches a file: {name}"
    return None


def test_the_core_is_pure(modules):
    found = {}
    pure = [module for module in modules if module.inside[0] in PURE]
    assert pure
    for module in pure:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and (what := offence(node)):
                found[f"{module.path}:{node.lineno}"] = what
    assert found == {}


def test_each_offence_is_seen():
    offending = (
        "date.today()", "datetime.datetime.now(tz)", "np.random.default_rng()", "np.random.seed(1)",
        "random.random()", "open('x')", "path.read_text()",
    )  # fmt: skip
    harmless = (
        "rng.random()",
        "np.median(x)",
        "case.today",
        "case.rng('code')",
        "date(2024, 1, 2)",
    )
    calls = [ast.parse(text, mode="eval").body for text in (*offending, *harmless)]
    seen = [isinstance(call, ast.Call) and offence(call) is not None for call in calls]
    assert seen == [True] * len(offending) + [False] * len(harmless)
