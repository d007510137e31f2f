"""Statement by statement: who agreed, with exact limits, what divides and what bridges.

Limits of a share: Clopper and Pearson (1934), Biometrika 26, 404-413, each at 95 % by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.exact_limits import share_limits
from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.opinions.bridging_score import bridging_score
from evenground.questions.voice.measures.opinions.group_informed_consensus import (
    group_informed_consensus,
)
from evenground.questions.voice.measures.opinions.polis_groups import Groups
from evenground.questions.voice.measures.opinions.representative import (
    GroupStatistics,
    group_statistics,
)
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix

HALF = 0.5
_NOTHING = 1e-9
CONTESTED = 0.25
"""Share that both sides exceed for certain where a statement divides people, groups or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTable:
    """What became of each statement; arrays of shape (n_statements,).

    Attributes
    ----------
    agreed, disagreed, seen
        Who agreed, disagreed, and voted at all (passes included).
    share, low, high
        Share that agreed of those who voted, with its limits, 0-1; missing where nobody voted.
    bridging
        What is agreed with beyond sides, in votes, about -1 to 1.
    bridges
        Most agree for certain: in every group, or, without groups, among all and with a bridging
        score not below 0.
    divides
        For certain most of one group agree, and most of another do not; without groups, more than
        a quarter agree and more than a quarter disagree.
    by_group
        Counts and tests of groups; ``None`` without groups.
    group_low, group_high, shape (n_groups, n_statements)
        Limits of the share of each group that agreed, 0-1; ``None`` without groups.
    consensus
        Group-informed consensus; ``None`` without groups.
    """

    agreed: Whole
    disagreed: Whole
    seen: Whole
    share: Vector
    low: Vector
    high: Vector
    bridging: Vector
    bridges: Flags
    divides: Flags
    by_group: GroupStatistics | None
    group_low: Vector | None
    group_high: Vector | None
    consensus: Vector | None


def statement_table(votes: VoteMatrix, inside: Flags, groups: Groups | None) -> StatementTable:
    """Return what became of each statement.

    Parameters
    ----------
    votes
        Of all.
    inside, shape (n_participants,)
        Who was placed on the map.
    groups
        Of those inside; ``None`` where they are refused.
    """
    agreed, disagreed, seen = votes.counts()
    low, high = share_limits(agreed, seen)
    bridging = bridging_score(votes)
    found = consensus = least = most = None
    if groups is None:
        bridges = (low > HALF) & (bridging > -_NOTHING)
        against, _ = share_limits(disagreed, seen)
        divides = (low > CONTESTED) & (against > CONTESTED)
    else:
        found = group_statistics(votes.rows(inside), groups.labels)
        consensus = group_informed_consensus(found.agreed, found.seen)
        least, most = share_limits(found.agreed, found.seen)
        bridges = (least > HALF).all(axis=0)
        divides = (least > HALF).any(axis=0) & (most < HALF).any(axis=0)
    share = np.full(seen.shape, np.nan)
    return StatementTable(
        agreed=agreed,
        disagreed=disagreed,
        seen=seen,
        share=np.divide(agreed, seen, out=share, where=seen > 0),
        low=low,
        high=high,
        bridging=bridging,
        bridges=np.asarray(bridges, dtype=np.bool_),
        divides=np.asarray(divides, dtype=np.bool_),
        by_group=found,
        group_low=least,
        group_high=most,
        consensus=consensus,
    )
