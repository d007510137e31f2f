"""All that is wrong with a file of ballots, the announced result included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evenground.connectors.pabulib.checks import count_messages as say
from evenground.connectors.pabulib.checks.listing import pabulib_problems
from evenground.connectors.pabulib.document import PabulibFile
from evenground.errors import InvalidInputError, Problem, Severity
from evenground.questions.voice.measures.budgeting.named_rules import counted
from evenground.workspace.polls.opening import open_pabulib
from evenground.workspace.polls.pabulib_poll import pabulib_poll
from evenground.workspace.polls.recounting import stated_counting


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedBallots:
    """What a check found.

    Attributes
    ----------
    n_projects, n_voters
        Rows of the two tables.
    problems
        In order of their lines.
    """

    n_projects: int
    n_voters: int
    problems: tuple[Problem, ...]

    def count(self, severity: Severity) -> int:
        """Return how many problems there are of one severity."""
        return sum(problem.severity is severity for problem in self.problems)

    @property
    def exit_code(self) -> int:
        """0 where there is nothing to repair."""
        return InvalidInputError.exit_code if self.count(Severity.ERROR) else 0


def checked_ballots(path: Path) -> CheckedBallots:
    """Return every problem of a ``.pb`` file: structure, fields, ballots, money and result.

    Raises
    ------
    EvengroundError
        If there is no such file, it cannot be opened, or it is too large.
    """
    file = open_pabulib(path)
    problems = [*pabulib_problems(file), *_by_equal_shares(file)]
    return CheckedBallots(
        n_projects=file.projects.n_rows,
        n_voters=file.votes.n_rows,
        problems=tuple(sorted(problems, key=lambda problem: problem.place.row or 0)),
    )


def _by_equal_shares(file: PabulibFile) -> Iterator[Problem]:
    """Yield where equal shares, which the file names as its rule, give other winners.

    With a comparison at the end (``-comparison``) the city may have taken the greedy outcome, which
    the file does not say: then it is a thing to look at.
    """
    if not file.value("rule").startswith("equalshares"):
        return
    try:
        poll = pabulib_poll(file)
    except InvalidInputError:
        return  # what stands in the way of counting was told already
    how = stated_counting(poll)
    if how is None or poll.announced is None:
        return
    winners, announced = set(counted(poll.election, how).funded), set(poll.announced)
    if winners == announced:
        return
    names = poll.election.projects
    kind = say.RULE_DOUBTFUL if poll.rule.endswith("-comparison") else say.RULE_BROKEN
    yield kind.at(
        file.place("META", file.meta_line("rule"), "rule"),
        value=", ".join(sorted(names[at] for at in announced - winners)) or "—",
        instead=", ".join(sorted(names[at] for at in winners - announced)) or "—",
        counted_by=poll.rule,
    )
