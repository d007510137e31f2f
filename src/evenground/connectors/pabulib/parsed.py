"""A ``.pb`` file with its numbers read: costs, budget, and ballots as positions of projects."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from evenground.connectors.pabulib.amounts import amount
from evenground.connectors.pabulib.document import PabulibFile
from evenground.connectors.pabulib.entries import (
    Listed,
    Points,
    Whole,
    listed,
    points_of,
    positions,
)

WITH_POINTS = ("cumulative", "scoring")
VOTE_TYPES = ("approval", "choose-1", "cumulative", "ordinal", "scoring")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parsed:
    """What checks and counts need of a file.

    Attributes
    ----------
    file
        As read.
    ids
        Project ids, in order of the file.
    costs
        One per project; ``None`` where the text is no number.
    budget
        ``None`` where the text is no number.
    votes
        What each voter listed.
    at, shape (nnz,)
        Where each listed item stands among ``ids``; -1 where it does not.
    marks
        The column of points, if there is one.
    points
        Its numbers.
    """

    file: PabulibFile
    ids: list[str]
    costs: list[Decimal | None]
    budget: Decimal | None
    votes: Listed
    at: Whole
    marks: Listed | None
    points: Points | None

    @property
    def vote_type(self) -> str:
        """How people voted, as META says."""
        return self.file.value("vote_type")

    @property
    def voters(self) -> Whole:
        """The voter of each listed item, shape (nnz,)."""
        lengths = np.diff(self.votes.starts)
        return np.repeat(np.arange(lengths.size, dtype=np.int64), lengths)

    @property
    def lengths(self) -> Whole:
        """How many projects each voter listed, shape (n_voters,)."""
        return np.diff(self.votes.starts)

    def number(self, key: str) -> Decimal | None:
        """Return a META value as a number; ``None`` where there is none."""
        return amount(self.file.value(key))


def parsed(file: PabulibFile) -> Parsed:
    """Return a file with its numbers read; what cannot be read is ``None`` or -1."""
    ids = file.projects.texts("project_id")
    votes = listed(file.votes, "vote")
    marks = listed(file.votes, "points") if file.votes.has("points") else None
    return Parsed(
        file=file,
        ids=ids,
        costs=[amount(text) for text in file.projects.texts("cost")],
        budget=amount(file.value("budget")),
        votes=votes,
        at=positions(votes.items, ids),
        marks=marks,
        points=None if marks is None else points_of(marks.items),
    )
