"""A ``.pb`` file as data: META in order, PROJECTS and VOTES as columns, and what was noticed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evenground.connectors.pabulib.messages import SECTION_MISSING
from evenground.connectors.pabulib.rows import Rows, rows_of
from evenground.connectors.pabulib.text import Layout
from evenground.errors import Place, Problem

WITHDRAWN_COST = 999_999_999
"""What Pabulib gives as the cost of a project that was withdrawn after the vote."""
OUTSIDE_POOL = (2, 3)
"""Values of ``selected`` for projects that were funded with money from outside the pool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaLine:
    """One line of META: key and value as written, further cells, and the line of the file."""

    key: str
    value: str | None = ""
    surplus: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PabulibFile:
    """What a ``.pb`` file holds; nothing is left out, so that it can be written again.

    Attributes
    ----------
    file
        Its name, for messages.
    meta
        Lines of META in order.
    projects, votes
        The two tables.
    layout
        Encoding and line ends.
    problems
        What is wrong with its structure; ``checks`` finds the rest.
    """

    file: str
    meta: tuple[MetaLine, ...]
    projects: Rows
    votes: Rows
    layout: Layout = field(default_factory=Layout)
    problems: tuple[Problem, ...] = ()

    @property
    def lacks_sections(self) -> bool:
        """Whether META, PROJECTS or VOTES is missing."""
        return any(problem.code == SECTION_MISSING.code for problem in self.problems)

    def value(self, key: str) -> str:
        """Return the value of a META key without spaces around it, empty if it has none."""
        return next(
            ((line.value or "").strip() for line in self.meta if line.key.strip() == key), ""
        )

    def meta_line(self, key: str) -> int | None:
        """Return the line on which a META key stands."""
        return next((line.line for line in self.meta if line.key.strip() == key), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of META, in order."""
        return tuple(line.key.strip() for line in self.meta)

    def place(self, section: str, line: int | None = None, column: str = "") -> Place:
        """Return the place of a defect; the row is the line of the file."""
        return Place(file=self.file, sheet=section, row=line, column=column)


def pabulib_file(
    meta: Mapping[str, str],
    projects: Mapping[str, Sequence[str]],
    votes: Mapping[str, Sequence[str]],
    *,
    file: str = "",
) -> PabulibFile:
    """Return a file made of columns of text, as it would be read after being written.

    Parameters
    ----------
    meta
        Keys with their values, in order.
    projects, votes
        Columns of equal length by name, in order.
    file
        Its name, for messages.
    """
    n_projects = _length(projects.values())
    return PabulibFile(
        file=file,
        meta=tuple(
            MetaLine(key=key, value=value, line=line)
            for line, (key, value) in enumerate(meta.items(), start=3)
        ),
        projects=_table(projects, len(meta) + 5),
        votes=_table(votes, len(meta) + n_projects + 7),
    )


def _length(columns: Iterable[Sequence[str]]) -> int:
    return len(next(iter(columns), ()))


def _table(columns: Mapping[str, Sequence[str]], line: int) -> Rows:
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return rows_of(tuple(columns), rows, list(range(line, line + len(rows))))
