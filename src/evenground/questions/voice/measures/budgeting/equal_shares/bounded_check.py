"""Whether a path is the rule's, proven in floats with bounds on all rounding.

Completions count for hundreds of endowments, and nearly always the path is the one before. Here it
is proven for one endowment, or for all from one to another, where no comparison is close; the exact
replay settles the others. All prices are enclosed; the error of a balance grows by the width of the
price that was taken from it.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

import numpy as np

from evenground.methods.validation import Whole
from evenground.questions.voice.measures.budgeting.equal_shares.loops import (
    EPS,
    Bids,
    HoldsLoop,
    Money,
    Proof,
    Votes,
    compiler,
    holds_loop,
)


class Holds(Protocol):
    """A check of paths."""

    def __call__(
        self, votes: Votes, n_ballots: int, path: Whole, least: float, largest: float | None = None
    ) -> bool:
        """Return whether a path is proven from the least to the largest endowment, or for one."""
        ...


def holds_with(loop: HoldsLoop) -> Holds:
    """Return the check by a loop, as it stands or compiled."""

    def holds(
        votes: Votes, n_ballots: int, path: Whole, least: float, largest: float | None = None
    ) -> bool:
        proof = Proof(
            least=Money(np.empty(n_ballots), np.empty(n_ballots)),
            largest=Money(np.empty(n_ballots), np.empty(n_ballots)),
            bids=Bids(
                still=votes.open.copy(),
                at=np.ones(votes.costs.size),
                most=votes.worth * votes.units * (1 + 8 * EPS),
                money=np.full(votes.costs.size, np.inf),
            ),
            used=np.zeros(votes.groups.most.size, dtype=np.int64),
        )
        return bool(loop(votes, proof, path, least, least if largest is None else largest))

    return holds


@cache
def compiled_holds() -> Holds | None:
    """Return the check compiled; ``None`` without numba: exact replays take its place."""
    made = compiler()
    return None if made is None else holds_with(made(holds_loop))
