"""What commands print: plain lines for people, one JSON object for programs."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evenground.errors import EvengroundError, Problem

PROGRAM = "evenground"


def say(text: str = "") -> None:
    """Print a line for people."""
    sys.stdout.write(f"{text}\n")


def say_json(value: Any) -> None:
    """Print one JSON value for programs."""
    sys.stdout.write(f"{json.dumps(value, ensure_ascii=False, indent=2, default=str)}\n")


def say_either(lines: Iterable[str], data: Mapping[str, Any], *, as_json: bool) -> None:
    """Print lines for people, or the same as one JSON value for programs."""
    if as_json:
        say_json(data)
        return
    for line in lines:
        say(line)


@contextmanager
def progress() -> Generator[Callable[[float | None, str], None]]:
    """Show on a terminal what is being done; print nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _done, _what: None
        return
    from rich.console import Console

    with Console(stderr=True).status("…") as status:
        yield lambda _done, what: status.update(what)


def command_name() -> str:
    """Return how the reader can call this program from where they are: by name, or by its path."""
    called = Path(sys.argv[0])
    found = shutil.which(called.name)
    if called.name != PROGRAM or (found and Path(found).resolve() == called.resolve()):
        return PROGRAM
    here = Path.cwd()
    path = called.absolute()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def fail(error: EvengroundError, *, as_json: bool) -> None:
    """Print what went wrong, where, and the way out, to the error stream."""
    if as_json:
        body = {"error": type(error).__name__, "problems": [_as_data(p) for p in error.problems]}
        sys.stderr.write(f"{json.dumps(body, ensure_ascii=False, indent=2, default=str)}\n")
        return
    for problem in error.problems:
        sys.stderr.write("\n".join(_lines(problem)) + "\n")


def _lines(problem: Problem) -> list[str]:
    """Say a problem in up to four lines: place and what, rule, way out, code."""
    from evenground.language import language
    from evenground.workspace.telling_problems import tell

    told = tell(problem, language("en"))
    place = ", ".join(
        part
        for part in (
            problem.place.file,
            f"sheet {problem.place.sheet}" if problem.place.sheet else "",
            f"row {problem.place.row}" if problem.place.row else "",
            f"column {problem.place.column}" if problem.place.column else "",
        )
        if part
    )
    first = f"{place}: {told.what}" if place else told.what
    return [
        first,
        *(f"  {line}" for line in (told.rule, told.way_out) if line),
        f"  [{problem.code}]",
    ]


def _as_data(problem: Problem) -> dict[str, Any]:
    from evenground.language import language
    from evenground.workspace.telling_problems import tell

    told = tell(problem, language("en"))
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.place.file,
        "sheet": problem.place.sheet,
        "row": problem.place.row,
        "column": problem.place.column,
        "value": problem.value,
        "nearest": problem.nearest,
        "n_rows": problem.n_rows,
        "parameters": dict(problem.parameters),
        "what": told.what,
        "rule": told.rule,
        "way_out": told.way_out,
    }
