"""How well each ballot fares with a set of funded projects, under stated utilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Whole, wrong
from evenground.questions.voice.measures.budgeting.election import Election

Satisfaction = Literal["cost", "cardinality"]
"""A funded project that a voter approved is worth its cost to her, or 1."""
SATISFACTIONS: tuple[Satisfaction, ...] = ("cost", "cardinality")


def is_approval(election: Election) -> bool:
    """Return whether every ballot only says which projects it approves: no points, no ranks."""
    return not election.ordered and bool((election.points == election.points_scale).all())


def support_in_words(election: Election) -> str:
    """Return what counts as support where points and ranks are not looked at, for a record."""
    if election.ordered:
        return "named; ranks are not looked at"
    return "approved" if is_approval(election) else "given points; how many is not looked at"


def project_worth(election: Election, satisfaction: Satisfaction) -> Whole:
    """Return what each project is worth to a voter who approved it, shape (m,).

    Whole units of money under ``cost`` and 1 under ``cardinality``; Brill, Forster, Lackner, Maly
    and Peters (2023), Proportionality in approval-based participatory budgeting, AAAI 37.

    Raises
    ------
    UsageError
        If ``satisfaction`` is neither.
    """
    if satisfaction not in SATISFACTIONS:
        raise wrong(
            "satisfaction_unknown",
            N_("satisfaction is {found}; it is to be one of {known}"),
            found=satisfaction,
            known=", ".join(SATISFACTIONS),
        )
    return election.costs if satisfaction == "cost" else np.ones_like(election.costs)


def funded_satisfaction(
    election: Election, funded: Sequence[int], *, satisfaction: Satisfaction
) -> Whole:
    """Return what the funded projects of each ballot are worth to it, shape (g,).

    Parameters
    ----------
    election
        Approval ballots; points are not looked at.
    funded
        Places of the funded projects, 0 to m - 1.
    satisfaction
        What a funded project is worth.

    Raises
    ------
    UsageError
        If a place is not one of the election's or comes twice, or ``satisfaction`` is unknown.
    """
    worth = np.zeros(election.n_projects, dtype=np.int64)
    places = list(checked_funded(election, funded))
    worth[places] = project_worth(election, satisfaction)[places]
    sums = np.zeros(election.indices.size + 1, dtype=np.int64)
    np.cumsum(worth[election.indices], out=sums[1:])  # may wrap around; the differences do not
    return sums[election.indptr[1:]] - sums[election.indptr[:-1]]


def checked_funded(election: Election, funded: Sequence[int]) -> tuple[int, ...]:
    """Return the places of the funded projects.

    Raises
    ------
    UsageError
        If a place is not one of the election's, or comes twice.
    """
    places = tuple(int(place) for place in funded)
    for number, place in enumerate(places):
        if not 0 <= place < election.n_projects or place in places[:number]:
            raise wrong(
                "funded_place",
                N_("{place} is no place of {n} projects, or it comes twice"),
                place=place,
                n=election.n_projects,
            )
    return places
