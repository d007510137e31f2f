"""What counts as a project's score under rules that add up ballots: votes, points or ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Whole, wrong
from evenground.questions.voice.measures.budgeting.election import Election

ScoredBy = Literal["votes", "points", "ranks", "borda"]
SCORED_BY: tuple[ScoredBy, ...] = ("votes", "points", "ranks", "borda")


RANKS_COUNT: dict[ScoredBy, str] = {
    "ranks": "as many points for the first as the longest ballot has ranks, one fewer each next",
    "borda": "one point fewer than there are projects for the first, one fewer each next",
}
"""What a rank is worth; for the record of a count."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """What each project got.

    Attributes
    ----------
    values, shape (m,)
        Whole units, 0 or more.
    scale
        Units per vote or point.
    by
        What was added up.
    """

    values: Whole
    scale: int
    by: ScoredBy

    @property
    def of_ranks(self) -> dict[str, str]:
        """What a rank is worth, for the record of a count; empty where no ranks are added up."""
        return {"ranks_count": RANKS_COUNT[self.by]} if self.by in RANKS_COUNT else {}


def usual_scoring(election: Election) -> ScoredBy:
    """Return what cities add up: ranks of ordinal ballots, points where they differ, else votes."""
    if election.ordered:
        return "ranks"
    return "votes" if (election.points == election.points_scale).all() else "points"


def project_scores(election: Election, by: ScoredBy | None = None) -> Scores:
    """Return what each project got from all voters.

    Parameters
    ----------
    election
        Ballots.
    by
        ``"votes"``: voters who named it; ``"points"``: the points that they gave; ``"ranks"``: with
        ballots of at most L ranks L points for the first, L - 1 for the second …, as Kraków counts
        (2025: three ranks, 3-2-1); ``"borda"``: with m projects m - 1 points for the first and so
        on, and 0 for those that a ballot does not name (Borda 1781). ``None`` as cities do.

    Raises
    ------
    UsageError
        If ranks are asked of ballots that have none, or ``by`` is unknown.
    """
    chosen = by or usual_scoring(election)
    if chosen == "votes":
        return Scores(values=election.votes, scale=1, by=chosen)
    if chosen == "points":
        return Scores(values=election.scores, scale=election.points_scale, by=chosen)
    if chosen not in SCORED_BY:
        raise wrong(
            "scoring_unknown",
            N_("scores are to be of {found}; it is to be one of {known}"),
            found=chosen,
            known=", ".join(SCORED_BY),
        )
    if not election.ordered:
        raise wrong("no_ranks", N_("ballots without an order have no ranks to add up"))
    return Scores(values=_ranked(election, chosen), scale=1, by=chosen)


def _ranked(election: Election, by: ScoredBy) -> Whole:
    lengths = np.diff(election.indptr)
    longest = int(lengths.max(initial=0)) if by == "ranks" else election.n_projects - 1
    rank = np.arange(election.indices.size) - np.repeat(election.indptr[:-1], lengths)
    sums = np.zeros(election.n_projects, dtype=np.int64)
    np.add.at(sums, election.indices, election.weights[election.rows] * (longest - rank))
    return sums
