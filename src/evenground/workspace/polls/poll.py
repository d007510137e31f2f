"""A vote that was held: its election, what the city announced, and who the voters are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenground.errors import Problem
from evenground.questions.voice.measures.budgeting.election import Election


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotLimits:
    """What a ballot had to keep to; ``None`` where nothing was set.

    Attributes
    ----------
    min_length, max_length
        Projects on a ballot.
    min_cost, max_cost
        Their cost together, in units of money of the election.
    min_points, max_points
        Points for one project, in units of points of the election.
    min_total, max_total
        Points on a ballot, in the same units.
    """

    min_length: int | None = None
    max_length: int | None = None
    min_cost: int | None = None
    max_cost: int | None = None
    min_points: int | None = None
    max_points: int | None = None
    min_total: int | None = None
    max_total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCap:
    """The most, in units of money, that projects of a category or neighbourhood may cost."""

    name: str
    members: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Poll:
    """Everything of a vote that a count, its reasons and its fairness may need.

    Attributes
    ----------
    file
        Where it was read from.
    election
        All projects of the file, in its order; withdrawn ones too.
    vote_type
        "approval", "choose-1", "cumulative", "ordinal" or "scoring".
    rule
        The city's rule as the file states it; empty where it does not.
    titles, length m
        Names of the projects for people.
    categories, beneficiaries, length m
        Lists of labels.
    neighbourhoods, districts, length m
        Labels; empty where there are none.
    selected, length m
        1 funded, 0 not, 2 or 3 funded with money from outside the pool; ``None`` where not said.
    withdrawn
        Places of projects that were withdrawn after the vote (their cost is 999999999): a count
        leaves them out.
    threshold
        The least votes or points with which a project may be funded; ``None`` if there is none.
    fully_funded
        Whether the file says that there was money for all.
    caps
        Caps on categories and neighbourhoods.
    leftover
        What the file says about money that is left.
    ballot_limits
        What each ballot had to keep to.
    voters
        What is known of each voter by name ("age", "sex", "voting_method", "neighborhood" …): one
        entry per voter, ``None`` where it is not known.
    voter_ids
        Ids of the voters, in the order of the file.
    meta
        Every other field of the file.
    lacks
        What the source does not say, and what was left out in reading it, as notes.
    warnings
        What is wrong with the source without standing in the way of a count.
    sha256
        Of the bytes of the file of ballots.
    """

    file: str
    election: Election
    vote_type: str
    rule: str
    titles: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    beneficiaries: tuple[tuple[str, ...], ...]
    neighbourhoods: tuple[str, ...]
    districts: tuple[str, ...]
    selected: tuple[int | None, ...]
    withdrawn: tuple[int, ...]
    threshold: int | None
    fully_funded: bool
    caps: tuple[PlannedCap, ...]
    leftover: str
    ballot_limits: BallotLimits
    voters: Mapping[str, tuple[str | None, ...]]
    voter_ids: tuple[str, ...]
    meta: Mapping[str, str]
    lacks: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    sha256: str = ""

    @property
    def outside_pool(self) -> tuple[int, ...]:
        """Places of projects that were funded with money from outside the pool."""
        return tuple(at for at, value in enumerate(self.selected) if value in {2, 3})

    @property
    def announced(self) -> tuple[int, ...] | None:
        """Places of projects that the city funded from the pool; ``None`` where it does not say."""
        if all(value is None for value in self.selected):
            return None
        return tuple(at for at, value in enumerate(self.selected) if value == 1)
