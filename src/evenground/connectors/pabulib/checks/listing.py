"""All that is wrong with a ``.pb`` file, at once and in order of its lines."""

from __future__ import annotations

from evenground.connectors.pabulib.checks.ballots import ballot_problems
from evenground.connectors.pabulib.checks.cells import field_problems
from evenground.connectors.pabulib.checks.countable import hindrances
from evenground.connectors.pabulib.checks.labels import label_problems
from evenground.connectors.pabulib.checks.meta import meta_problems
from evenground.connectors.pabulib.checks.money import money_problems
from evenground.connectors.pabulib.checks.selection import selection_problems
from evenground.connectors.pabulib.checks.totals import total_problems
from evenground.connectors.pabulib.document import PabulibFile
from evenground.connectors.pabulib.parsed import parsed
from evenground.errors import Problem

_SAID_BY_COUNT = {"pb_no_number": "pb_not_a_number", "pb_field_missing": "pb_column_missing"}
"""Of two problems at one place the one that stands in the way of counting is kept."""


def pabulib_problems(file: PabulibFile) -> tuple[Problem, ...]:
    """Return every problem of a file, each with line, section, field, value, rule and way out.

    Errors are what Pabulib's own checker (github.com/pabulib/checker, 1.0.8) refuses, and what
    stands in the way of counting; warnings are what should be looked at. Of one kind of wrong
    ballots the first twenty are listed; the last of them says for how many it stands. Where a
    section is missing, only that is told, and what else was noticed while reading.
    """
    if file.lacks_sections:
        return file.problems
    data = parsed(file)
    found = [
        *file.problems,
        *(problem for problem in hindrances(data) if problem not in file.problems),
        *field_problems(file),
        *meta_problems(file),
        *label_problems(file),
        *money_problems(data),
        *ballot_problems(data),
        *total_problems(data),
        *selection_problems(data),
    ]
    said = {(problem.code, problem.place) for problem in found}
    kept = [
        problem
        for problem in found
        if (_SAID_BY_COUNT.get(problem.code, ""), problem.place) not in said
    ]
    return tuple(sorted(kept, key=lambda problem: problem.place.row or 0))
