"""Shares of the money by groups of voters and by districts, beside their shares of voters.

Source: money spent on voters in even parts, Maly, Rey, Endriss and Lackner (2023), Fairness in
participatory budgeting via equality of resources, AAMAS 22, definition 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.satisfaction import (
    checked_funded,
    funded_satisfaction,
)
from evenground.questions.voice.measures.budgeting.spread import money_by_ballot


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """One group of voters.

    Attributes
    ----------
    group
        Its name; ``None`` for voters of whom it is not known.
    n_voters
        Its voters.
    n_excluded
        Those of them who named projects, none of which was funded.
    money
        Money spent on them in even parts, in units of money.
    share_of_voters, share_of_money
        0-1; of money that was spent on anybody. ``None`` where there is none.
    """

    group: str | None
    n_voters: int
    n_excluded: int
    money: float
    share_of_voters: float | None
    share_of_money: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictShare:
    """One district: what projects there got, and who voted there.

    Attributes
    ----------
    district
        Its name; ``None`` for projects or voters without one.
    n_projects, n_funded
        Projects proposed there, and those of them that were funded.
    money
        Cost of the funded ones, in units of money.
    n_voters
        Voters from there; ``None`` where voters have no district.
    share_of_money, share_of_voters
        0-1; ``None`` where there is nothing to share.
    """

    district: str | None
    n_projects: int
    n_funded: int
    money: int
    n_voters: int | None
    share_of_money: float | None
    share_of_voters: float | None


def shares_by_group(
    election: Election, funded: Sequence[int], *, groups: Sequence[str | None]
) -> tuple[GroupShare, ...]:
    """Return what voters of each group got, groups in order of their names, unknown last.

    Parameters
    ----------
    election
        Ballots of any kind.
    funded
        Places of the funded projects, 0 to m - 1.
    groups, length n_voters
        The group of each voter, in the order of the file; ``None`` where it is not known. It is
        never made up.

    Raises
    ------
    UsageError
        If there is not one entry per voter, or a place is not one of the election's.
    """
    _refuse_other_length("groups", groups, election.n_voters)
    money = money_by_ballot(election, funded)[election.ballot_of]
    got = funded_satisfaction(election, funded, satisfaction="cardinality")
    out = ((got == 0) & (np.diff(election.indptr) > 0))[election.ballot_of]
    total = float(money.sum())
    names = _in_order(groups)
    at = _places(names, groups)
    sizes = np.bincount(at, minlength=len(names)).tolist()
    sums = np.bincount(at, money, minlength=len(names)).tolist()
    without = np.bincount(at, out, minlength=len(names)).tolist()
    return tuple(
        GroupShare(
            group=name,
            n_voters=size,
            n_excluded=int(excluded),
            money=spent,
            share_of_voters=_part(size, election.n_voters),
            share_of_money=_part(spent, total),
        )
        for name, size, spent, excluded in zip(names, sizes, sums, without, strict=True)
    )


def shares_by_district(
    election: Election,
    funded: Sequence[int],
    *,
    districts: Sequence[str | None],
    voters: Sequence[str | None] | None = None,
) -> tuple[DistrictShare, ...]:
    """Return what projects of each district got, districts in order of their names, none last.

    Parameters
    ----------
    election
        Ballots of any kind.
    funded
        Places of the funded projects, 0 to m - 1.
    districts, length m
        The district of each project; ``None`` for the whole city or where it is not known.
    voters, length n_voters
        The district of each voter, if voters have one.

    Raises
    ------
    UsageError
        If lengths differ, or a place is not one of the election's.
    """
    _refuse_other_length("districts", districts, election.n_projects)
    if voters is not None:
        _refuse_other_length("voters", voters, election.n_voters)
    won = set(checked_funded(election, funded))
    total = sum(int(election.costs[place]) for place in won)
    names = _in_order([*districts, *(voters or ())])
    of_voters = np.bincount(_places(names, voters or ()), minlength=len(names)).tolist()
    return tuple(
        _district(
            election,
            name,
            [place for place, district in enumerate(districts) if district == name],
            won=won,
            known=(total, size if voters is not None else None),
        )
        for name, size in zip(names, of_voters, strict=True)
    )


def _district(
    election: Election,
    name: str | None,
    there: Sequence[int],
    *,
    won: set[int],
    known: tuple[int, int | None],
) -> DistrictShare:
    total, n_voters = known
    money = sum(int(election.costs[place]) for place in there if place in won)
    return DistrictShare(
        district=name,
        n_projects=len(there),
        n_funded=sum(place in won for place in there),
        money=money,
        n_voters=n_voters,
        share_of_money=_part(money, total),
        share_of_voters=None if n_voters is None else _part(n_voters, election.n_voters),
    )


def _part(part: float, total: float) -> float | None:
    return part / total if total else None


def _in_order(groups: Sequence[str | None]) -> list[str | None]:
    known = set(groups)
    return [*sorted(name for name in known if name is not None), *([None] if None in known else [])]


def _places(names: Sequence[str | None], groups: Sequence[str | None]) -> np.ndarray:
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[name] for name in groups], dtype=np.int64)


def _refuse_other_length(name: str, values: Sequence[str | None], size: int) -> None:
    if len(values) != size:
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},)"),
            name=name,
            shape=(len(values),),
            size=size,
        )
