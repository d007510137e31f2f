"""List problems of one kind, and count those beyond what anybody reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from evenground.errors import Problem
from evenground.stores import table_messages as say

LISTED = 50
"""Problems of one kind in one column listed one by one; the rest is counted in one more."""


def capped(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first ``LISTED`` problems of one kind, and one that counts the rest."""
    found = list(problems)
    rest = found[LISTED:]
    if not rest:
        return found
    n_rows = sum(problem.n_rows for problem in rest)
    first = rest[0]
    more = say.MORE_OF_THE_SAME.at(
        first.place, value=first.value, n_rows=n_rows, n_listed=LISTED, same_as=first.code
    )
    return [*found[:LISTED], replace(more, severity=first.severity)]
