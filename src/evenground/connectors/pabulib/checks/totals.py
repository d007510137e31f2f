"""Checks of announced totals against the ballots: projects, voters, votes and scores."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from evenground.connectors.pabulib.amounts import amount
from evenground.connectors.pabulib.checks import count_messages as say
from evenground.connectors.pabulib.entries import NO_NUMBER, UNKNOWN
from evenground.connectors.pabulib.parsed import Parsed
from evenground.errors import Problem


def total_problems(data: Parsed) -> Iterator[Problem]:
    """Yield totals that differ from what the rows add up to."""
    for key, kind, found in (
        ("num_projects", say.N_PROJECTS, len(data.ids)),
        ("num_votes", say.N_VOTES, data.file.votes.n_rows),
    ):
        stated = data.number(key)
        if stated is not None and stated != found:
            at = data.file.place("META", data.file.meta_line(key), key)
            yield kind.at(at, value=stated, found=found)
    projects = data.file.projects
    if not projects.has("votes") and not projects.has("score"):
        yield say.NO_TOTALS.at(data.file.place("PROJECTS", None, "votes"))
    if projects.has("votes"):
        yield from _votes(data)
    scores = counted_scores(data)
    if projects.has("score") and scores is not None:
        for line, key, text, found in zip(
            projects.lines.tolist(), data.ids, projects.texts("score"), scores, strict=True
        ):
            stated = amount(text or "0")
            if stated is not None and stated != found:
                at = data.file.place("PROJECTS", line, "score")
                yield say.SCORES_DIFFER.at(at, value=text, found=found, project=key)


def _votes(data: Parsed) -> Iterator[Problem]:
    projects = data.file.projects
    for line, key, text, found in zip(
        projects.lines.tolist(),
        data.ids,
        projects.texts("votes"),
        counted_votes(data),
        strict=True,
    ):
        stated = amount(text or "0")
        at = data.file.place("PROJECTS", line, "votes")
        if stated == 0:
            yield say.NO_VOTES.at(at, value=key)
        if stated is not None and stated != found:
            yield say.VOTES_DIFFER.at(at, value=text, found=found, project=key)


def counted_votes(data: Parsed) -> list[int]:
    """Return how many ballots name each project."""
    named = data.at[data.at != UNKNOWN]
    return np.bincount(named, minlength=len(data.ids)).tolist()


def counted_scores(data: Parsed) -> list[Decimal] | None:
    """Return the points of each project; for rankings, as many for the first as are ranked.

    ``None`` where points and projects on a ballot do not match.
    """
    known = data.at != UNKNOWN
    if data.points is not None and data.marks is not None:
        if not np.array_equal(np.diff(data.marks.starts), data.lengths):
            return None
        values, scale = data.points.values, data.points.scale
        known &= values != NO_NUMBER
    else:
        ends = np.repeat(data.votes.starts[1:], data.lengths)
        values, scale = ends - np.arange(data.at.size, dtype=np.int64), 1
    sums = np.zeros(len(data.ids), dtype=np.int64)
    np.add.at(sums, data.at[known], values[known])
    return [Decimal(total) / scale for total in sums.tolist()]
