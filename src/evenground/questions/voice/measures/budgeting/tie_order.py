"""In which order projects win a tie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.budgeting.election import Election

TieOrder = Literal["listed", "name", "votes", "cheapest", "dearest"]
TIE_ORDERS: tuple[TieOrder, ...] = ("listed", "name", "votes", "cheapest", "dearest")


def tie_order(election: Election, by: TieOrder = "listed") -> tuple[int, ...]:
    """Return all places, the one that wins ties first.

    Parameters
    ----------
    election
        Its projects.
    by
        ``"listed"``: as in the file; ``"name"``: by the code points of their names, as pabutools
        does by default; ``"votes"``: most voters first; ``"cheapest"``, ``"dearest"``: by cost.
        What is still equal is as listed.

    Raises
    ------
    UsageError
        If ``by`` is none of these.
    """
    places = range(election.n_projects)
    if by == "listed":
        return tuple(places)
    if by == "name":
        return tuple(sorted(places, key=lambda place: election.projects[place]))
    if by == "votes":
        votes = election.votes.tolist()
        return tuple(sorted(places, key=lambda place: -votes[place]))
    costs = election.costs.tolist()
    if by == "cheapest":
        return tuple(sorted(places, key=lambda place: costs[place]))
    if by == "dearest":
        return tuple(sorted(places, key=lambda place: -costs[place]))
    raise wrong(
        "tie_order_unknown",
        N_("the order of ties is {found}; it is to be one of {known}"),
        found=by,
        known=", ".join(TIE_ORDERS),
    )


def checked_order(election: Election, order: Iterable[int] | None) -> tuple[int, ...]:
    """Return an order of ties over all places; as listed for ``None``.

    Raises
    ------
    UsageError
        If a place is missing, comes twice or is not one of the election's.
    """
    if order is None:
        return tuple(range(election.n_projects))
    places = tuple(int(place) for place in order)
    if sorted(places) != list(range(election.n_projects)):
        raise wrong(
            "tie_order_places",
            N_("the order of ties is to name each of the {n} projects once"),
            n=election.n_projects,
        )
    return places


def ordered_places(election: Election, ties: TieOrder | Iterable[int]) -> tuple[int, ...]:
    """Return all places, the one that wins ties first, from the name of an order or as given.

    Raises
    ------
    UsageError
        If the name is unknown, or a place is missing, comes twice or is none of the election's.
    """
    return tie_order(election, ties) if isinstance(ties, str) else checked_order(election, ties)
