"""An election of projects: their costs, the budget, and the ballots grouped into distinct rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Whole, wrong
from evenground.questions.voice.measures.budgeting.checked_ballots import (
    Ballots,
    checked_rows,
    refuse_large,
    starts,
    whole,
)
from evenground.questions.voice.measures.budgeting.distinct_ballots import distinct_ballots

__all__ = ["Ballots", "Election", "Supporters", "grouped"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Supporters:
    """The same ballots by project.

    Attributes
    ----------
    indptr, shape (m + 1,); ballots, points, shape (nnz,)
        Project ``j`` is on the ballots (rows of the election) ``ballots[indptr[j]:indptr[j + 1]]``,
        in rising order, with these points.
    """

    indptr: Whole
    ballots: Whole
    points: Whole


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Election:
    """Projects, money and distinct ballots; ``grouped`` makes one and checks what it is handed.

    Attributes
    ----------
    projects, length m
        Their names, in the order of the file; all different.
    costs, shape (m,)
        Whole units of money, above 0.
    budget
        Whole units of money, 0 or more.
    scale
        Units per unit of currency: 100 where costs are counted in cents.
    indptr, shape (g + 1,); indices, points, shape (nnz,)
        Distinct ballots, one after another: ballot ``i`` names the projects
        ``indices[indptr[i]:indptr[i + 1]]``. Points are whole, above 0; 1 for approvals and ranks.
    points_scale
        Units per point: 10 where tenths of points were given.
    weights, shape (g,)
        Voters with each ballot, 1 or more.
    ballot_of, shape (n_voters,)
        The ballot of each voter, 0 to g - 1, in the order of the file.
    ordered
        Whether the order of ``indices`` within a ballot is the voter's ranking, the best first;
        otherwise they rise.
    """

    projects: tuple[str, ...]
    costs: Whole
    budget: int
    scale: int = 1
    indptr: Whole
    indices: Whole
    points: Whole
    points_scale: int = 1
    weights: Whole
    ballot_of: Whole
    ordered: bool = False

    @property
    def n_projects(self) -> int:
        """How many projects there are."""
        return len(self.projects)

    @property
    def n_ballots(self) -> int:
        """How many distinct ballots there are."""
        return self.weights.size

    @property
    def n_voters(self) -> int:
        """How many voters there are, those included who chose nothing."""
        return self.ballot_of.size

    @property
    def rows(self) -> Whole:
        """The ballot of each entry, shape (nnz,)."""
        return np.repeat(np.arange(self.n_ballots, dtype=np.int64), np.diff(self.indptr))

    @property
    def votes(self) -> Whole:
        """Voters who named each project, shape (m,)."""
        return self._summed(self.weights[self.rows])

    @property
    def scores(self) -> Whole:
        """Points that each project got from all voters, shape (m,), in units of points."""
        return self._summed(self.weights[self.rows] * self.points)

    @property
    def transposed(self) -> Supporters:
        """The same ballots by project."""
        order = np.argsort(self.indices, kind="stable")
        counts = np.bincount(self.indices, minlength=self.n_projects)
        return Supporters(
            indptr=starts(counts), ballots=self.rows[order], points=self.points[order]
        )

    def places(self, projects: Iterable[str]) -> tuple[int, ...]:
        """Return where projects stand in ``projects``, in the order asked for.

        Raises
        ------
        UsageError
            If the election has no project of that name.
        """
        at = {name: place for place, name in enumerate(self.projects)}
        found: list[int] = []
        for name in projects:
            if name not in at:
                raise wrong("no_such_project", N_("there is no project {name}"), name=name)
            found.append(at[name])
        return tuple(found)

    def subset(self, projects: Iterable[str]) -> Election:
        """Return the election among some of the projects, in the same order; every voter stays.

        Raises
        ------
        UsageError
            If the election has no project of that name.
        """
        kept = np.zeros(self.n_projects, dtype=np.bool_)
        kept[list(self.places(projects))] = True
        stays = kept[self.indices]
        lengths = np.bincount(self.rows[stays], minlength=self.n_ballots)
        new = np.cumsum(kept) - 1
        found = distinct_ballots(
            starts(lengths), new[self.indices[stays]].astype(np.int64), self.points[stays]
        )
        ballot_of = found.ballot_of[self.ballot_of]
        return replace(
            self,
            projects=tuple(name for name, stay in zip(self.projects, kept, strict=True) if stay),
            costs=self.costs[kept],
            indptr=found.indptr,
            indices=found.indices,
            points=found.points,
            weights=_weights(ballot_of, found.indptr.size - 1),
            ballot_of=ballot_of,
        )

    def of_voters(self, kept: Flags) -> Election:
        """Return the election among some of the voters; every project stays.

        Parameters
        ----------
        kept, shape (n_voters,)
            Whose ballots are counted, in the order of the file.

        Raises
        ------
        UsageError
            If there is not one flag for each voter.
        """
        flags = np.asarray(kept, dtype=np.bool_)
        if flags.shape != self.ballot_of.shape:
            raise wrong(
                "array_shape",
                N_("{name} has shape {shape}, expected ({size},)"),
                name="kept",
                shape=flags.shape,
                size=self.n_voters,
            )
        weights = _weights(self.ballot_of[flags], self.n_ballots)
        used = weights > 0
        stays = used[self.rows]
        new = (np.cumsum(used) - 1).astype(np.int64)
        return replace(
            self,
            indptr=starts(np.diff(self.indptr)[used]),
            indices=self.indices[stays],
            points=self.points[stays],
            weights=weights[used],
            ballot_of=new[self.ballot_of[flags]],
        )

    def _summed(self, values: Whole) -> Whole:
        sums = np.zeros(self.n_projects, dtype=np.int64)
        np.add.at(sums, self.indices, values)
        return sums


def grouped(
    projects: Sequence[str],
    costs: ArrayLike,
    *,
    budget: int,
    ballots: Ballots,
    scale: int = 1,
) -> Election:
    """Return the election with equal ballots put together.

    Parameters
    ----------
    projects, length m
        Names, all different, in the order that decides ties unless another one is given.
    costs, shape (m,)
        Whole units of money, above 0.
    budget
        Whole units of money, 0 or more.
    ballots
        A row per voter.
    scale
        Units per unit of currency.

    Raises
    ------
    UsageError
        If a name comes twice, a cost is not above 0, a number is not whole, a ballot names a
        project that is not there or one twice, points are below 0, or sums would run over 64 bits.
    """
    names = _names(projects)
    prices = whole("costs", costs, size=len(names))
    if (prices <= 0).any():
        at = int(np.argmax(prices <= 0))
        raise wrong(
            "cost_not_positive",
            N_("project {name} costs {cost}; every cost is to be above 0"),
            name=names[at],
            cost=int(prices[at]),
        )
    if budget < 0:
        raise wrong("budget_negative", N_("the budget is {budget}, below 0"), budget=budget)
    refuse_large("the costs", sum(prices.tolist()))
    refuse_large("the budget", budget)
    if min(scale, ballots.points_scale) < 1:
        raise wrong("scale_range", N_("a scale is a whole number of 1 or more"))
    indptr, indices, points = checked_rows(names, ballots)
    found = distinct_ballots(indptr, indices, points)
    return Election(
        projects=names,
        costs=prices,
        budget=int(budget),
        scale=scale,
        indptr=found.indptr,
        indices=found.indices,
        points=found.points,
        points_scale=ballots.points_scale,
        weights=_weights(found.ballot_of, found.indptr.size - 1),
        ballot_of=found.ballot_of,
        ordered=ballots.ordered,
    )


def _names(projects: Sequence[str]) -> tuple[str, ...]:
    names = tuple(projects)
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise wrong("project_twice", N_("project {name} is listed twice"), name=name)
        seen.add(name)
    return names


def _weights(ballot_of: Whole, n_ballots: int) -> Whole:
    return np.bincount(ballot_of, minlength=n_ballots).astype(np.int64)
