"""Who supports which project by how much, as the Method of Equal Shares sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.voice.measures.budgeting.checked_ballots import starts
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares.groups import (
    Groups,
    groups_of,
    open_at_first,
)
from evenground.questions.voice.measures.budgeting.limits import Limits

Satisfaction = Literal["cost", "cardinality", "points", "borda"]
SATISFACTIONS: tuple[Satisfaction, ...] = ("cost", "cardinality", "points", "borda")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Support:
    """Additive satisfaction: project ``j`` is worth ``points * worth[j]`` to a voter.

    Attributes
    ----------
    indptr, shape (m + 1,); ballots, points, shape (nnz,)
        Supporters of project ``j``: the ballots ``ballots[indptr[j]:indptr[j + 1]]`` with their
        points, whole, above 0.
    voters, shape (nnz,)
        Voters with the ballot of each entry.
    costs, worth, shape (m,)
        Whole units of money; satisfaction per point.
    weights, shape (g,)
        Voters with each ballot.
    starts, shape (g + 1,); place, shape (nnz,)
        The same entries by ballot: entry ``e`` stands at ``place[e]`` there, and ballot ``i`` has
        the places ``starts[i]`` to ``starts[i + 1] - 1``.
    open, shape (m,)
        Whether a project takes part and has support.
    groups
        Caps and exclusions.
    n_voters, budget, scale
        As in the election.
    """

    indptr: Whole
    ballots: Whole
    points: Whole
    voters: Whole
    costs: Whole
    worth: Whole
    weights: Whole
    starts: Whole
    place: Whole
    open: Flags
    groups: Groups
    n_voters: int
    budget: int
    scale: int

    @property
    def n_projects(self) -> int:
        """How many projects there are."""
        return self.costs.size

    @property
    def units(self) -> Vector:
        """Points of all supporters of each project, shape (m,)."""
        return self._summed(self.voters * self.points)

    @property
    def size(self) -> Vector:
        """Supporters of each project, shape (m,)."""
        return self._summed(self.voters)

    def _summed(self, entries: Whole) -> Vector:
        sums = np.concatenate([[0], np.cumsum(entries)])
        return (sums[self.indptr[1:]] - sums[self.indptr[:-1]]).astype(np.float64)


def support_of(
    election: Election, satisfaction: Satisfaction, *, limits: Limits | None = None
) -> Support:
    """Return the support for each project under a measure of satisfaction.

    Parameters
    ----------
    election
        Ballots of any kind.
    satisfaction
        ``"cost"``: a funded project is worth its cost to everyone who named it, whatever the
        points; ``"cardinality"``: it is worth 1; ``"points"``: what the ballot gives it (scoring
        and cumulative ballots); ``"borda"``: how many projects the ballot ranks below it, so that
        the last one has no support (ordinal ballots). As pabutools has them under the names
        Cost_Sat, Cardinality_Sat, Additive_Cardinal_Sat and Additive_Borda_Sat.
    limits
        Who takes no part, caps and exclusions.

    Raises
    ------
    UsageError
        If ``satisfaction`` is unknown, or is ``"borda"`` and ballots are not ranked, or the limits
        do not go with the election.
    """
    if satisfaction not in SATISFACTIONS:
        raise wrong(
            "satisfaction_unknown",
            N_("satisfaction is {found}; it is to be one of {known}"),
            found=satisfaction,
            known=", ".join(SATISFACTIONS),
        )
    kept = Limits() if limits is None else limits
    groups = groups_of(election, kept)
    points = _points(election, satisfaction)
    rows, some = election.rows, points > 0
    ballots, projects, points = rows[some], election.indices[some], points[some]
    order = np.argsort(projects, kind="stable")
    counts = np.bincount(projects, minlength=election.n_projects)
    lengths = np.bincount(ballots, minlength=election.n_ballots)
    worth = election.costs if satisfaction == "cost" else np.ones_like(election.costs)
    return Support(
        indptr=starts(counts),
        ballots=ballots[order],
        points=points[order],
        voters=election.weights[ballots[order]],
        costs=election.costs,
        worth=worth,
        weights=election.weights,
        starts=starts(lengths),
        place=order.astype(np.int64),
        open=open_at_first(election, kept, groups) & (counts > 0),
        groups=groups,
        n_voters=election.n_voters,
        budget=election.budget,
        scale=election.scale,
    )


def _points(election: Election, satisfaction: Satisfaction) -> Whole:
    if satisfaction == "points":
        return election.points
    if satisfaction in {"cost", "cardinality"}:
        return np.ones_like(election.points)
    if not election.ordered:
        raise wrong(
            "satisfaction_unranked",
            N_("satisfaction by Borda's count needs ranked ballots; these are not"),
        )
    ends = election.indptr[1:][election.rows]
    return ends - 1 - np.arange(election.indices.size, dtype=np.int64)
