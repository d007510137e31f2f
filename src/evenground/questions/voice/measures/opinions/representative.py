"""Which statements tell a group from the others, as Polis selects them.

Sources: Small and others (2021), Recerca 26(2), "representative comments"; polismath, ``repness``
and ``stats``: shares with one pseudo-vote on either side, and z values of one and of two shares
with one added to every count, compared with 1.2816 (one-sided 90 %).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix

SIGNIFICANT = 1.2816
MOST_STATEMENTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStatistics:
    """Counts, shares and tests by group and statement, each of shape (n_groups, n_statements).

    Attributes
    ----------
    agreed, disagreed, seen
        Members who agreed, disagreed, voted at all.
    share_agreed, share_disagreed
        With pseudo-votes, 0-1.
    test_agreed, test_disagreed
        z of the share against one half.
    ratio_agreed, ratio_disagreed
        Share over the share among all others, above 0.
    against_agreed, against_disagreed
        z of the share against that of all others.
    """

    agreed: Whole
    disagreed: Whole
    seen: Whole
    share_agreed: Vector
    share_disagreed: Vector
    test_agreed: Vector
    test_disagreed: Vector
    ratio_agreed: Vector
    ratio_disagreed: Vector
    against_agreed: Vector
    against_disagreed: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """A statement that stands for a group.

    Attributes
    ----------
    statement
        Its column.
    agree
        Whether the group agrees with it, or disagrees.
    """

    statement: int
    agree: bool


def share_test(count: ArrayLike, n: ArrayLike) -> Vector:
    """Return z of a share against one half, with one added to count and number."""
    x, size = np.asarray(count, np.float64) + 1, np.asarray(n, np.float64) + 1
    return 2 * np.sqrt(size) * (x / size - 0.5)


def two_share_test(count: ArrayLike, other: ArrayLike, n: ArrayLike, n_other: ArrayLike) -> Vector:
    """Return z of one share against another, with one added to every count and number.

    It is 0 where both shares are 1: nothing is left to compare.
    """
    x, y, n_x, n_y = (np.asarray(one, np.float64) + 1 for one in (count, other, n, n_other))
    pooled = (x + y) / (n_x + n_y)
    spread = np.sqrt(np.maximum(pooled * (1 - pooled) * (1 / n_x + 1 / n_y), 0.0))
    apart = x / n_x - y / n_y
    return np.divide(apart, spread, out=np.zeros_like(spread), where=spread > 0)


def group_statistics(votes: VoteMatrix, labels: Whole) -> GroupStatistics:
    """Return counts, shares and tests by group.

    Parameters
    ----------
    votes
        Of those in the groups.
    labels, shape (n_participants,)
        Group of each, 0 to k - 1.
    """
    counted = [votes.counts(labels == group) for group in range(int(labels.max()) + 1)]
    agreed, disagreed, seen = (np.stack(one) for one in zip(*counted, strict=True))
    others = [one.sum(axis=0) - one for one in (agreed, disagreed, seen)]
    share = [(one + 1) / (seen + 2) for one in (agreed, disagreed)]
    elsewhere = [(one + 1) / (others[2] + 2) for one in others[:2]]
    return GroupStatistics(
        agreed=agreed,
        disagreed=disagreed,
        seen=seen,
        share_agreed=share[0],
        share_disagreed=share[1],
        test_agreed=share_test(agreed, seen),
        test_disagreed=share_test(disagreed, seen),
        ratio_agreed=share[0] / elsewhere[0],
        ratio_disagreed=share[1] / elsewhere[1],
        against_agreed=two_share_test(agreed, others[0], seen, others[2]),
        against_disagreed=two_share_test(disagreed, others[1], seen, others[2]),
    )


def representative_statements(
    found: GroupStatistics, group: int, *, stands: Flags | None = None
) -> tuple[Representative, ...]:
    """Return up to five statements that stand for a group, those it agrees with first.

    Both tests must pass; the statement that the group agrees with most markedly comes first even
    where they do not, and where nothing passes, the one least unlike is taken.

    Parameters
    ----------
    found
        Counts, shares and tests.
    group
        Row.
    stands, shape (n_statements,)
        Statements that moderation left; ``None`` for all.
    """
    row = _Row(found, group)
    columns = range(found.seen.shape[1]) if stands is None else np.flatnonzero(stands).tolist()
    passing = [at for at in columns if row.passes(at)]
    best_agreed = row.best_agreed(columns)
    if not passing:
        if best_agreed is not None:
            return (row.told(best_agreed),)
        best = max(columns, key=row.against, default=None)
        return () if best is None else (row.told(best),)
    rest = sorted((at for at in passing if at != best_agreed), key=row.metric, reverse=True)
    chosen = rest if best_agreed is None else [best_agreed, *rest]
    told = [row.told(at) for at in chosen[:MOST_STATEMENTS]]
    return tuple(sorted(told, key=lambda one: not one.agree))


class _Row:
    """Statistics of one group by statement."""

    def __init__(self, found: GroupStatistics, group: int) -> None:
        self.found, self.group = found, group

    def told(self, at: int) -> Representative:
        return Representative(statement=int(at), agree=self.agrees(at))

    def agrees(self, at: int) -> bool:
        one, g = self.found, self.group
        return bool(one.against_agreed[g, at] > one.against_disagreed[g, at])

    def against(self, at: int) -> float:
        one, g = self.found, self.group
        return float(max(one.against_agreed[g, at], one.against_disagreed[g, at]))

    def passes(self, at: int) -> bool:
        one, g = self.found, self.group
        return bool(
            min(one.against_agreed[g, at], one.test_agreed[g, at]) > SIGNIFICANT
            or min(one.against_disagreed[g, at], one.test_disagreed[g, at]) > SIGNIFICANT
        )

    def metric(self, at: int) -> float:
        one, g = self.found, self.group
        if self.agrees(at):
            return self._agreed(at) * self._plainly(at)
        return float(
            one.ratio_disagreed[g, at]
            * one.against_disagreed[g, at]
            * one.share_disagreed[g, at]
            * one.test_disagreed[g, at]
        )

    def best_agreed(self, columns: range | list[int]) -> int | None:
        """Return the statement that the group agrees with most markedly, in the order given."""
        one, g, best = self.found, self.group, None
        for at in columns:
            if one.agreed[g, at] == 0 and one.disagreed[g, at] == 0:
                continue
            if best is None:
                more = one.ratio_agreed[g, at] > 1 and one.share_agreed[g, at] > 0.5  # noqa: PLR2004 - half
                better = one.test_agreed[g, at] > SIGNIFICANT or more
            elif one.ratio_agreed[g, best] > 1:
                here = self._agreed(at) * self._plainly(at)
                better = here > self._agreed(best) * self._plainly(best)
            else:
                better = self._plainly(at) > self._plainly(best)
            best = int(at) if better else best
        return best

    def _agreed(self, at: int) -> float:
        one, g = self.found, self.group
        return float(one.ratio_agreed[g, at] * one.against_agreed[g, at])

    def _plainly(self, at: int) -> float:
        one, g = self.found, self.group
        return float(one.share_agreed[g, at] * one.test_agreed[g, at])
