"""The questions: one folder each, found by looking, plus what outside packages register."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evenground.protocol import Question

GROUP = "evenground.questions"


def discover() -> tuple[Question, ...]:
    """Return every question, ordered: folders of this package, then the entry-point group.

    Raises
    ------
    ValueError
        If two questions share a key.
    """
    here = [
        import_module(f"{__name__}.{found.name}").QUESTION
        for found in iter_modules(__path__)
        if found.ispkg
    ]
    outside = [entry.load() for entry in entry_points(group=GROUP)]
    found: dict[str, Question] = {}
    for question in sorted([*here, *outside], key=lambda one: (one.order, one.key)):
        if question.key in found:
            msg = f"two questions are called {question.key!r}"
            raise ValueError(msg)
        found[question.key] = question
    return tuple(found.values())
