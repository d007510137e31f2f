"""Projects and ballots of a platform as the rows of a Pabulib file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evenground.connectors.pabulib.document import PabulibFile, pabulib_file
from evenground.connectors.pabulib.rows import Lines
from evenground.connectors.platforms.terms import VoteTerms
from evenground.errors import Problem

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class OneProject:
    """A project of an export; ``selected`` is ``None`` where the export does not say."""

    key: str
    row: int
    cost: str
    votes: str = ""
    name: str = ""
    category: str = ""
    neighbourhood: str = ""
    selected: str | None = None
    latitude: str = ""
    longitude: str = ""


def vote_of(
    projects: Sequence[OneProject],
    ballots: Mapping[str, tuple[int, list[str]]],
    *,
    days: Sequence[str],
    terms: VoteTerms,
    problems: Sequence[Problem],
) -> PabulibFile:
    """Return the rows of a Pabulib file, with the rows of the export as its lines.

    Parameters
    ----------
    projects
        In the order of the export.
    ballots
        Id of each ballot to its row and its projects.
    days
        When ballots were handed in, as ISO dates; may be empty.
    terms
        What the export does not say.
    problems
        What was noticed while reading.
    """
    columns = {
        "project_id": [project.key for project in projects],
        "cost": [project.cost for project in projects],
        "votes": [project.votes for project in projects],
        "name": [_plain(project.name) for project in projects],
        "category": [_plain(project.category) for project in projects],
        "selected": [project.selected or "" for project in projects],
        "neighborhood": [_plain(project.neighbourhood) for project in projects],
        "latitude": [project.latitude for project in projects],
        "longitude": [project.longitude for project in projects],
    }
    always = ("project_id", "cost")
    found = sorted(day for text in days if (day := _day(text)))
    file = pabulib_file(
        terms.meta(
            n_projects=len(projects),
            n_votes=len(ballots),
            days=(_written(found[0]), _written(found[-1])) if found else ("", ""),
        ),
        {name: texts for name, texts in columns.items() if name in always or any(texts)},
        {"voter_id": list(ballots), "vote": [",".join(chosen) for _, chosen in ballots.values()]},
        file=terms.title or "export",
    )
    return replace(
        file,
        projects=replace(file.projects, lines=_lines([project.row for project in projects])),
        votes=replace(file.votes, lines=_lines([row for row, _ in ballots.values()])),
        problems=tuple(problems),
    )


def _lines(rows: Sequence[int]) -> Lines:
    import numpy as np

    return np.array(rows, dtype=np.int64)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _day(text: str) -> str:
    found = _DAY.match(text)
    return found[0] if found else ""


def _written(day: str) -> str:
    year, month, date = day.split("-")
    return f"{date}.{month}.{year}"
