"""Readiness to count one election many times by equal shares: loops are compiled beforehand."""

from __future__ import annotations

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares.bounded_check import (
    compiled_holds,
)
from evenground.questions.voice.measures.budgeting.equal_shares.fast_count import compiled_count

_MANY_BALLOTS = 500


def compile_for_many_counts(election: Election) -> None:
    """Compile the loops of equal shares if the election is large; every outcome stays the same.

    A single count does so only where it pays for itself; counts with one thing changed, dozens of
    them, each stay below that.

    Parameters
    ----------
    election
        What will be counted again and again.
    """
    if election.n_ballots >= _MANY_BALLOTS:
        compiled_count()
        compiled_holds()
