"""The same question asked again, voter by voter and in fractions: what a claim of EJR+ rests on.

Shares nothing with ``ejr_plus``: ballots are read into plain sets, worth is added up in fractions,
and each project's supporters are counted at every level of what they have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from evenground.questions.voice.measures.budgeting.ejr_plus import EjrPlus
from evenground.questions.voice.measures.budgeting.election import Election

Ballots = Counter[frozenset[int]]


def ejr_plus_is_right(election: Election, funded: Sequence[int], found: EjrPlus) -> bool:
    """Return whether a claim on EJR+ holds: each group is entitled, and no other project is owed.

    Parameters
    ----------
    election
        Approval ballots.
    funded
        Places of the funded projects, 0 to m - 1.
    found
        The claim; one that is not defined claims nothing.
    """
    if not found.defined:
        return True
    ballots = _read(election)
    owed = set(_owed(election, ballots, set(funded), by_cost=found.satisfaction == "cost"))
    named = {group.project for group in found.groups}
    return owed == named and all(
        _is_entitled(
            election,
            group.project,
            _members(election, group.ballots.tolist()),
            funded=set(funded),
            by_cost=found.satisfaction == "cost",
        )
        for group in found.groups
    )


def _read(election: Election) -> Ballots:
    """Return how many voters cast each set of approvals, read voter by voter."""
    starts, entries = election.indptr.tolist(), election.indices.tolist()
    sets = [frozenset(entries[a:b]) for a, b in pairwise(starts)]
    return Counter(sets[ballot] for ballot in election.ballot_of.tolist())


def _members(election: Election, rows: Iterable[int]) -> Ballots:
    """Return the ballots of some rows of the election, with the voters who cast them."""
    starts, entries = election.indptr.tolist(), election.indices.tolist()
    cast = Counter(election.ballot_of.tolist())
    members: Ballots = Counter()
    for row in rows:
        members[frozenset(entries[starts[row] : starts[row + 1]])] += cast[row]
    return members


def _worth(election: Election, projects: Iterable[int], *, by_cost: bool) -> int:
    costs = election.costs
    return sum(int(costs[project]) if by_cost else 1 for project in projects)


def _owed(
    election: Election, ballots: Ballots, funded: set[int], *, by_cost: bool
) -> Iterable[int]:
    """Yield projects for which all who have at most some level would be an entitled group."""
    level_of = {one: _worth(election, one & funded, by_cost=by_cost) for one in ballots}
    at_level: dict[int, Counter[int]] = {}
    for one, voters in ballots.items():
        for project in one - funded:
            at_level.setdefault(project, Counter())[level_of[one]] += voters
    for project, levels in at_level.items():
        size = 0
        for level in sorted(levels):
            size += levels[level]
            if _falls_short(election, project, size, most=level, by_cost=by_cost):
                yield project
                break


def _is_entitled(
    election: Election, project: int, members: Ballots, *, funded: set[int], by_cost: bool
) -> bool:
    if not members or any(project not in one for one in members):
        return False
    most = max(_worth(election, one & funded, by_cost=by_cost) for one in members)
    return _falls_short(election, project, members.total(), most=most, by_cost=by_cost)


def _falls_short(election: Election, project: int, size: int, *, most: int, by_cost: bool) -> bool:
    """Return whether the project on top gives no more than the share is worth at its price."""
    worth = _worth(election, [project], by_cost=by_cost)
    share = Fraction(election.budget * size, election.n_voters)
    return most + worth <= share * worth / int(election.costs[project])
