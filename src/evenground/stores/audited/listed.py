"""Problems as they are met, each kind listed up to a number and counted beyond it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from evenground.errors import Problem
from evenground.stores import table_messages
from evenground.stores.audited.messages import PLAIN_WAYS
from evenground.stores.listing import LISTED


def in_plain_words(problem: Problem) -> Problem:
    """Return a reader's problem with a way out for somebody who has no city folder."""
    if problem.code not in PLAIN_WAYS:
        return problem
    rule, way_out = PLAIN_WAYS[problem.code]
    return replace(problem, rule=rule, way_out=way_out)


@dataclass(slots=True, kw_only=True)
class Listed:
    """Problems by kind: the first ``LISTED`` of each as they are, the others counted."""

    _first: dict[str, list[Problem]] = field(default_factory=dict[str, list[Problem]])
    _next: dict[str, Problem] = field(default_factory=dict[str, Problem])
    _beyond: dict[str, int] = field(default_factory=dict[str, int])

    def full(self, code: str) -> bool:
        """Whether further problems of this kind are only counted."""
        return code in self._next

    def add(self, problem: Problem) -> None:
        """Take one problem."""
        first = self._first.setdefault(problem.code, [])
        if len(first) < LISTED:
            first.append(problem)
            return
        self._next.setdefault(problem.code, problem)
        self.count(problem.code, problem.n_rows)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take several problems."""
        for problem in problems:
            self.add(problem)

    def count(self, code: str, n_rows: int = 1) -> None:
        """Count a problem of a kind that is ``full``."""
        self._beyond[code] = self._beyond.get(code, 0) + n_rows

    def problems(self) -> tuple[Problem, ...]:
        """Return everything, in the order in which each kind was first met."""
        found: list[Problem] = []
        for code, first in self._first.items():
            found += first
            if code in self._next:
                found.append(self._rest(code))
        return tuple(found)

    def _rest(self, code: str) -> Problem:
        after = self._next[code]
        more = table_messages.MORE_OF_THE_SAME.at(
            after.place, value=after.value, n_rows=self._beyond[code], n_listed=LISTED, same_as=code
        )
        return replace(more, severity=after.severity)
