"""Who gains and who loses against today, by group and place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.accessibility.decay import Decay
from evenground.methods.validation import Flags, Vector, Whole

_SAME = 1e-9
"""Costs nearer than this, relative to the larger, are the same: means are rounded at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a group has with some sites.

    Attributes
    ----------
    mean
        Mean cost; infinite if some have nothing in reach, missing (NaN) without people.
    covered
        Share who count as covered, 0-1; ``None`` if nothing says who is.
    unreached
        People with nothing in reach.
    """

    mean: float
    covered: float | None
    unreached: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What changes for one group.

    ``before`` is ``None`` if nobody says what stands today; ``gaining``, ``losing`` and ``same``
    are people whose cost falls, rises and stays, and ``None`` then as well.
    """

    people: float
    before: State | None
    after: State
    gaining: float | None = None
    losing: float | None = None
    same: float | None = None


def effects(
    people: Vector, *, before: Vector | None, after: Vector, coverage: Decay | None
) -> tuple[Effect, ...]:
    """Return what changes for each group.

    Parameters
    ----------
    people, shape (n_groups, n)
        People of each group at each place.
    before, after, shape (n,)
        Cost at each place; infinite out of reach.
    coverage
        How much people count as covered at a cost.
    """
    found: list[Effect] = []
    for row in people:
        here = row > 0
        own = row[here]
        now = _state(own, after[here], coverage)
        if before is None:
            found.append(Effect(people=float(own.sum()), before=None, after=now))
            continue
        turn = direction(before[here], after[here])
        sums = [float(own[turn == way].sum()) for way in (-1, 1, 0)]
        found.append(
            Effect(
                people=float(own.sum()), before=_state(own, before[here], coverage), after=now,
                gaining=sums[0], losing=sums[1], same=sums[2],
            )
        )  # fmt: skip
    return tuple(found)


def direction(before: Vector, after: Vector) -> Whole:
    """Return -1 where a cost falls, 1 where it rises, 0 where it stays."""
    same = np.isclose(before, after, rtol=_SAME, atol=0.0)
    return np.where(same, 0, np.where(after < before, -1, 1)).astype(np.int64)


def worse_off(before: Vector, after: Vector, people: Vector) -> Flags:
    """Return the places where somebody lives and the cost rises, shape (n,)."""
    return (direction(before, after) > 0) & (people > 0)


def better_off(before: Vector, after: Vector, people: Vector) -> Flags:
    """Return the places where somebody lives and the cost falls, shape (n,)."""
    return (direction(before, after) < 0) & (people > 0)


def _state(people: Vector, cost: Vector, coverage: Decay | None) -> State:
    total = float(people.sum())
    reached = np.isfinite(cost)
    unreached = float(people[~reached].sum())
    covered = None
    if coverage is not None:
        counted = float((people[reached] * coverage(cost[reached])).sum())
        covered = counted / total if total > 0 else np.nan
    paid = float((people[reached] * cost[reached]).sum())
    mean = np.inf if unreached else paid / total if total > 0 else np.nan
    return State(mean=mean, covered=covered, unreached=unreached)
