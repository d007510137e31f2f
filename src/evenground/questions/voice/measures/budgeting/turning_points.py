"""What it would have taken: the price or the further votes at which a project would have won.

Found by counting again with one thing changed, so that every rule and every variant is taken as it
is. Both are local: one unit more, or one vote fewer, and the project does not win; where a rule is
not monotone, it may win again further off.

Source: Boehmer, Faliszewski, Janeczko, Peters, Pierczyński, Schierreich, Skowron and Szufa (2024),
Evaluation of project performance in participatory budgeting, IJCAI 33 (cost reduction; votes by new
voters who name the project alone, "singleton").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from evenground.methods.validation import Whole
from evenground.questions.voice.measures.budgeting.election import Ballots, Election, grouped
from evenground.questions.voice.measures.budgeting.outcome import Outcome

Count = Callable[[Election], Outcome]
"""A counting rule with all its variants fixed."""
MOST_COUNTS = 200
"""Enough to halve any number of 64 bits, after steps that double."""
_PARTS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPoint:
    """Where a project begins to win.

    Attributes
    ----------
    at
        The highest price around the first guess, in units of money, or the fewest further votes;
        ``None`` where no price of one unit or more, or no number of votes looked at, would do.
    n_counts
        How many times it was counted.
    settled
        Whether the search came to an end within the counts that were allowed.
    """

    at: int | None
    n_counts: int
    settled: bool = True


def winning_price(
    election: Election,
    project: int,
    *,
    count: Count,
    guess: int | None = None,
    most_counts: int = MOST_COUNTS,
) -> TurningPoint:
    """Return the price at which a project that was not funded would have been.

    Parameters
    ----------
    election, count
        The election and the rule.
    project
        Its place, 0 to m - 1.
    guess
        Where to look first, in units of money.
    most_counts
        After how many counts to give up.

    Returns
    -------
    TurningPoint
        At this price it wins and at one unit more it does not, all else being equal.
    """

    def wins(saving: int) -> bool:
        costs = election.costs.copy()
        costs[project] = cost - saving
        return project in count(replace(election, costs=costs)).funded

    cost = int(election.costs[project])
    first = 1 if guess is None else min(max(cost - guess, 1), cost - 1)
    found = _least(wins, first=first, most=cost - 1, most_counts=most_counts)
    return replace(found, at=None if found.at is None else cost - found.at)


def further_votes(
    election: Election,
    project: int,
    *,
    count: Count,
    guess: int | None = None,
    most_counts: int = MOST_COUNTS,
) -> TurningPoint:
    """Return how many new voters, naming a project alone, would have made it win.

    Parameters
    ----------
    election
        Approval ballots.
    count
        The rule.
    project
        Its place, 0 to m - 1.
    guess
        Where to look first.
    most_counts
        After how many counts to give up.

    Returns
    -------
    TurningPoint
        With so many it wins and with one fewer it does not; up to as many as have voted, and at
        least 16, were looked at.
    """

    def wins(votes: int) -> bool:
        return project in count(with_votes(election, project, votes)).funded

    most = max(election.n_voters, 16)
    first = min(max(guess or 1, 1), most)
    return _least(wins, first=first, most=most, most_counts=most_counts)


def with_votes(election: Election, project: int, votes: int) -> Election:
    """Return the election with new voters who name one project alone, after all others."""
    alone = np.diff(election.indptr) == 1
    rows = np.flatnonzero(alone)
    same = rows[election.indices[election.indptr[:-1][alone]] == project]
    if same.size:
        weights = election.weights.copy()
        weights[same[0]] += votes
        return replace(
            election,
            weights=weights,
            ballot_of=np.append(election.ballot_of, np.full(votes, same[0], dtype=np.int64)),
        )
    new = np.full(votes, election.n_ballots, dtype=np.int64)
    return replace(
        election,
        indptr=np.append(election.indptr, election.indices.size + 1),
        indices=np.append(election.indices, project),
        points=np.append(election.points, election.points_scale),
        weights=np.append(election.weights, votes),
        ballot_of=np.append(election.ballot_of, new),
    )


def votes_of(
    election: Election,
    project: int,
    voters: Whole,
    *,
    count: Count,
    most_counts: int = MOST_COUNTS,
) -> TurningPoint:
    """Return how many voters, in a given order, would have had to name a project too.

    Parameters
    ----------
    election
        Approval ballots.
    project
        Its place, 0 to m - 1.
    voters, shape (k,)
        Voters who did not name it, 0 to n_voters - 1, in the order in which they are asked.
    count
        The rule.
    most_counts
        After how many counts to give up.

    Returns
    -------
    TurningPoint
        With the first so many it wins and with one fewer it does not.
    """

    def wins(votes: int) -> bool:
        return project in count(named_by(election, project, voters[:votes])).funded

    return _least(wins, first=1, most=voters.size, most_counts=most_counts)


def named_by(election: Election, project: int, voters: Whole) -> Election:
    """Return the election with some voters, who did not name it, naming a project too."""
    lengths = np.diff(election.indptr)[election.ballot_of]
    ends = np.cumsum(lengths)
    shift = np.repeat(election.indptr[election.ballot_of] - (ends - lengths), lengths)
    indices = election.indices[np.arange(int(lengths.sum())) + shift]
    lengths[voters] += 1
    return grouped(
        election.projects,
        election.costs,
        budget=election.budget,
        scale=election.scale,
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            indices=np.insert(indices, ends[voters], project),
        ),
    )


class _GaveUpError(Exception):
    """More counts were asked for than are allowed."""


def _least(wins: Callable[[int], bool], *, first: int, most: int, most_counts: int) -> TurningPoint:
    """Return a number at which it wins while it does not at one less; it does not at 0.

    Goes from ``first`` by one step, then in long ones that double, then halves what is between.
    """
    tried = {0: False}

    def asked(number: int) -> bool:
        if number not in tried:
            if len(tried) > most_counts:
                raise _GaveUpError
            tried[number] = wins(number)
        return tried[number]

    if most < 1:
        return TurningPoint(at=None, n_counts=0)
    try:
        at = _searched(asked, first=first, most=most)
    except _GaveUpError:
        return TurningPoint(at=None, n_counts=len(tried) - 1, settled=False)
    return TurningPoint(at=at, n_counts=len(tried) - 1)


def _searched(asked: Callable[[int], bool], *, first: int, most: int) -> int | None:
    high, step = first, 1
    if asked(high):
        while asked(max(high - step, 0)):
            high, step = max(high - step, 0), _longer(step, most)
        low = max(high - step, 0)
    else:
        low = high
        while not asked(min(low + step, most)):
            if low + step >= most:
                return None
            low, step = low + step, _longer(step, most)
        high = min(low + step, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if asked(middle) else (middle, high)
    return high


def _longer(step: int, most: int) -> int:
    """Return the next step: doubled, and at once long enough to come to the end in a few."""
    return max(2 * step, most // _PARTS)
