"""What stands in the way of counting a file: without it, there is no telling who won."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evenground.connectors.pabulib.checks import messages as say
from evenground.connectors.pabulib.checks.several import several
from evenground.connectors.pabulib.entries import NO_NUMBER, UNKNOWN
from evenground.connectors.pabulib.parsed import VOTE_TYPES, WITH_POINTS, Parsed
from evenground.errors import Problem, nearest_name

_STRUCTURE = (
    "pb_section_missing",
    "pb_header_missing",
    "pb_first_column",
    "pb_unreadable",
    "export_column",
    "export_several",
    "export_no_such_part",
    "export_budget",
)
_NEEDED = {"PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}


def hindrances(data: Parsed) -> Iterator[Problem]:
    """Yield every problem that makes a count impossible or doubtful, in order of the file.

    Where a section is missing, it alone is told: all else would follow from that.
    """
    yield from (found for found in data.file.problems if found.code in _STRUCTURE)
    if data.file.lacks_sections:
        return
    yield from _columns(data)
    yield from _budget(data)
    yield from _vote_type(data)
    yield from project_ids(data)
    yield from costs(data)
    yield from named_projects(data)
    if data.vote_type in WITH_POINTS:
        yield from points(data)


def _columns(data: Parsed) -> Iterator[Problem]:
    for section, names in _NEEDED.items():
        rows = data.file.projects if section == "PROJECTS" else data.file.votes
        for name in names:
            if not rows.has(name):
                yield say.COLUMN_MISSING.at(
                    data.file.place(section, None, name),
                    value=name,
                    nearest=nearest_name(name, rows.fields),
                )


def _budget(data: Parsed) -> Iterator[Problem]:
    at = data.file.place("META", data.file.meta_line("budget"), "budget")
    if not data.file.value("budget"):
        yield say.BUDGET_MISSING.at(at)
    elif data.budget is None:
        yield say.NOT_A_NUMBER.at(at, value=data.file.value("budget"))
    elif data.budget < 0:
        yield say.BELOW_ZERO.at(at, value=data.budget)


def _vote_type(data: Parsed) -> Iterator[Problem]:
    if data.vote_type not in VOTE_TYPES:
        yield say.VOTE_TYPE.at(
            data.file.place("META", data.file.meta_line("vote_type"), "vote_type"),
            value=data.vote_type,
            nearest=nearest_name(data.vote_type, VOTE_TYPES),
            known=", ".join(VOTE_TYPES),
        )


def project_ids(data: Parsed) -> Iterator[Problem]:
    """Yield projects without an id, or with one that another project has."""
    first: dict[str, int] = {}
    for line, key in zip(data.file.projects.lines.tolist(), data.ids, strict=True):
        at = data.file.place("PROJECTS", line, "project_id")
        if not key:
            yield say.ID_EMPTY.at(at)
        elif key in first:
            yield say.PROJECT_TWICE.at(at, value=key, first=first[key])
        first.setdefault(key, line)


def costs(data: Parsed) -> Iterator[Problem]:
    """Yield costs that are no number, or not above 0."""
    texts = data.file.projects.texts("cost")
    lines = data.file.projects.lines.tolist()
    if not data.file.projects.has("cost"):
        return
    for key, line, text, cost in zip(data.ids, lines, texts, data.costs, strict=True):
        at = data.file.place("PROJECTS", line, "cost")
        if cost is None:
            yield say.NOT_A_NUMBER.at(at, value=text)
        elif cost <= 0:
            yield say.COST_ZERO.at(at, value=text, project=key)


def named_projects(data: Parsed) -> Iterator[Problem]:
    """Yield ballots that name a project which is not there, or one project twice."""
    lines, voters = data.file.votes.lines, data.voters

    def unknown(entry: int, n_rows: int) -> Problem:
        name = data.votes.items[entry].as_py()
        return say.PROJECT_UNKNOWN.at(
            data.file.place("VOTES", int(lines[voters[entry]]), "vote"),
            value=name,
            nearest=nearest_name(name, data.ids),
            n_rows=n_rows,
        )

    def twice(entry: int, n_rows: int) -> Problem:
        at = data.file.place("VOTES", int(lines[voters[entry]]), "vote")
        return say.VOTED_TWICE.at(at, value=data.ids[data.at[entry]], n_rows=n_rows)

    yield from several(data.at == UNKNOWN, unknown)
    order = np.lexsort((data.at, voters))
    same = (np.diff(voters[order]) == 0) & (np.diff(data.at[order]) == 0)
    again = order[1:][same & (data.at[order[1:]] != UNKNOWN)]
    yield from several(np.sort(again), twice)


def points(data: Parsed) -> Iterator[Problem]:
    """Yield ballots whose points are missing, no number, below 0, or not one for each project."""
    if data.marks is None or data.points is None:
        if data.file.votes.n_rows:
            at = data.file.place("VOTES", None, "points")
            yield say.POINTS_MISSING.at(at, vote_type=data.vote_type)
        return
    lines = data.file.votes.lines
    given = np.diff(data.marks.starts)

    def unequal(row: int, n_rows: int) -> Problem:
        at = data.file.place("VOTES", int(lines[row]), "points")
        return say.POINTS_UNEQUAL.at(
            at, value=int(given[row]), n_projects=int(data.lengths[row]), n_rows=n_rows
        )

    yield from several(given != data.lengths, unequal)
    owners = np.repeat(np.arange(given.size, dtype=np.int64), given)
    values, marks = data.points.values, data.marks
    for flags, kind in (
        (values == NO_NUMBER, say.NOT_A_NUMBER),
        ((values < 0) & (values != NO_NUMBER), say.POINTS_BELOW_ZERO),
    ):

        def wrong(entry: int, n_rows: int, kind: say.ProblemKind = kind) -> Problem:
            at = data.file.place("VOTES", int(lines[owners[entry]]), "points")
            return kind.at(at, value=marks.items[entry].as_py(), n_rows=n_rows)

        yield from several(flags, wrong)
