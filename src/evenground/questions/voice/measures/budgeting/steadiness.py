"""How steady the winners are: with some ballots left out, other ties, one way of voting alone.

Source: leaving out a share at random is subsampling, Politis, Romano and Wolf (1999), Subsampling.
It says what some ballots decide, not what other people would have voted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.exact_limits import share_limits
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.turning_points import Count

CountWithTies = Callable[[tuple[int, ...]], Outcome]
"""A counting rule on one election, given all places in the order in which they win ties."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steadiness:
    """In how many draws each project wins.

    Attributes
    ----------
    wins, shape (m,)
        Draws in which each project won.
    share, low, high, shape (m,)
        Of draws, 0-1, with exact limits of chance from the number of draws, 95 %.
    n_same
        Draws with just the winners of the full count.
    n_draws, n_left_out
        Draws, and ballots left out of each.
    """

    wins: Whole
    share: Vector
    low: Vector
    high: Vector
    n_same: int
    n_draws: int
    n_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TieEffect:
    """Whether ties occurred, and whether another order of ties would have changed the winners.

    Attributes
    ----------
    n_tied
        Steps in which projects were tied.
    tied
        Places of all projects that were tied in some step, rising.
    n_orders
        Other orders that were counted: each tied project first, and the reverse of the order used.
    gain, lose
        Places of projects that win, or no longer win, under some of these orders.
    """

    n_tied: int
    tied: tuple[int, ...]
    n_orders: int
    gain: tuple[int, ...]
    lose: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """What would be funded if only one group's ballots had been counted, with the whole budget.

    Attributes
    ----------
    group
        Its name, such as a way of voting.
    n_voters
        Its ballots.
    gain, lose
        Places of projects that win with them alone and not with all, and the other way round.
    """

    group: str
    n_voters: int
    gain: tuple[int, ...]
    lose: tuple[int, ...]


def with_ballots_left_out(
    election: Election,
    *,
    count: Count,
    rng: np.random.Generator,
    share: float = 0.01,
    n_draws: int = 100,
) -> Steadiness:
    """Return in how many draws each project wins when some ballots are left out at random.

    Parameters
    ----------
    election, count
        The election and the rule.
    rng
        Source of chance.
    share
        Of ballots left out of each draw, above 0 and below 1; rounded up to whole ballots.
    n_draws
        Draws, 1 or more.

    Raises
    ------
    UsageError
        If ``share`` or ``n_draws`` is out of range, or there are fewer than two voters.
    """
    n = election.n_voters
    if not 0 < share < 1 or n_draws < 1 or n < 2:  # noqa: PLR2004 - one out, one left
        raise wrong(
            "steadiness_input",
            N_("a share of {share} of {n} ballots in {n_draws} draws cannot be left out"),
            share=share,
            n=n,
            n_draws=n_draws,
        )
    n_out = min(int(np.ceil(share * n)), n - 1)
    winners = set(count(election).funded)
    wins = np.zeros(election.n_projects, dtype=np.int64)
    n_same = 0
    for _ in range(n_draws):
        kept = np.ones(n, dtype=np.bool_)
        kept[rng.choice(n, size=n_out, replace=False)] = False
        funded = count(election.of_voters(kept)).funded
        wins[list(funded)] += 1
        n_same += set(funded) == winners
    low, high = share_limits(wins, np.full(wins.size, n_draws))
    return Steadiness(
        wins=wins,
        share=wins / n_draws,
        low=low,
        high=high,
        n_same=n_same,
        n_draws=n_draws,
        n_left_out=n_out,
    )


def tie_effect(outcome: Outcome, *, order: Sequence[int], count: CountWithTies) -> TieEffect:
    """Return whether another order of ties would have changed the winners.

    Parameters
    ----------
    outcome
        The count; its steps name what was tied.
    order
        All places, the one that wins ties first, as used in it.
    count
        The same rule under another order.

    Returns
    -------
    TieEffect
        Where nothing was tied, no order can matter and none is counted.
    """
    tied = sorted({place for step in outcome.steps for place in (*step.tied,)})
    behind = [step for step in outcome.steps if step.tied]
    gain: set[int] = set()
    lose: set[int] = set()
    orders = [tuple(reversed(order))] if tied else []
    orders += [(place, *(other for other in order if other != place)) for place in tied]
    for other in orders:
        funded = set(count(other).funded)
        gain |= funded - set(outcome.funded)
        lose |= set(outcome.funded) - funded
    return TieEffect(
        n_tied=len(behind),
        tied=tuple(sorted({*tied, *(step.project for step in behind)})),
        n_orders=len(orders),
        gain=tuple(sorted(gain)),
        lose=tuple(sorted(lose)),
    )


def count_by_group(
    election: Election, *, count: Count, groups: Sequence[str | None]
) -> tuple[GroupCount, ...]:
    """Return what each group of voters alone would have funded, groups in order of their names.

    Parameters
    ----------
    election, count
        The election and the rule.
    groups, length n_voters
        The group of each voter, such as paper or internet; ``None`` where it is not known.

    Raises
    ------
    UsageError
        If there is not one entry per voter.
    """
    if len(groups) != election.n_voters:
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},)"),
            name="groups",
            shape=(len(groups),),
            size=election.n_voters,
        )
    winners = set(count(election).funded)
    found: list[GroupCount] = []
    for name in sorted({one for one in groups if one is not None}):
        kept = np.array([one == name for one in groups], dtype=np.bool_)
        funded = set(count(election.of_voters(kept)).funded)
        found.append(
            GroupCount(
                group=name,
                n_voters=int(kept.sum()),
                gain=tuple(sorted(funded - winners)),
                lose=tuple(sorted(winners - funded)),
            )
        )
    return tuple(found)
