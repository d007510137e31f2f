"""What the Method of Equal Shares takes at one endowment after another, proven for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evenground.methods.validation import Whole
from evenground.questions.voice.measures.budgeting.equal_shares.bounded_check import (
    Holds,
    compiled_holds,
)
from evenground.questions.voice.measures.budgeting.equal_shares.exact_replay import (
    Replay,
    exact_replay,
    holds_between,
)
from evenground.questions.voice.measures.budgeting.equal_shares.fast_count import (
    PLAIN,
    Count,
    compiled_count,
    votes_of,
)
from evenground.questions.voice.measures.budgeting.equal_shares.loops import Votes
from evenground.questions.voice.measures.budgeting.equal_shares.support import Support

_COMPILING_PAYS = 1_500_000  # entries replayed until then: half as long as compiling takes
_ENTRIES_OF_OVERHEAD = 3_000


@dataclass(slots=True)
class _Work:
    """Entries replayed so far, by all counts of this process."""

    n_entries: int = 0


_DONE = _Work()


@dataclass(frozen=True, slots=True)
class Loops:
    """Compiled loops."""

    count: Count
    holds: Holds


class Paths:
    """Proven paths of one election, remembering the last one as the guess for the next.

    Parameters
    ----------
    support
        Who supports what by how much.
    ties
        All places, the one that wins ties first.
    compiled
        Whether loops are compiled; ``None`` once it pays and if numba is installed. The paths are
        the same.
    """

    def __init__(
        self, support: Support, ties: Sequence[int], *, compiled: bool | None = None
    ) -> None:
        self.support = support
        self.ties = tuple(ties)
        self.votes: Votes = votes_of(support, self.ties)
        self.n_by_bounds = 0
        self.n_by_replay = 0
        self.departed = False
        self._compiled = compiled
        self._last: Whole | None = None
        self._close = False  # whether bounds could not prove the last path

    def at(self, endowment: Fraction) -> tuple[int, ...]:
        """Return the path at an endowment: proven by bounds, or counted exactly."""
        loops = self._loops()
        if loops is None:
            return self.exactly(endowment).path
        size, money = self.support.weights.size, float(endowment)
        self._close = False
        if self._last is not None and loops.holds(self.votes, size, self._last, money):
            self.n_by_bounds += 1
            return tuple(self._last.tolist())
        self._last, _ = loops.count(self.votes, size, money)
        if loops.holds(self.votes, size, self._last, money):
            self.n_by_bounds += 1
            return tuple(self._last.tolist())
        self._close = True
        return self.exactly(endowment).path

    def steps_alike(self, first: Fraction, increment: int) -> int:
        """Return for how many increments, 0 or more, the path at ``first`` surely stays the same.

        The path is the last one that was asked for. Steps that double are proven at once, then
        halves of the step that could not be.
        """
        found, step = 0, 1
        while self._alike(first + found * increment, first + (found + step) * increment):
            found, step = found + step, step * 2
        while step := step // 2:
            if self._alike(first + found * increment, first + (found + step) * increment):
                found += step
        if self._loops() is None or self._close:
            self.n_by_replay += found
        else:
            self.n_by_bounds += found
        return found

    def _alike(self, low: Fraction, high: Fraction) -> bool:
        """Return whether the last path is proven from one endowment to another."""
        if self._last is None:
            return False
        loops = self._loops()
        if loops is not None and not self._close:
            size = self.support.weights.size
            return loops.holds(self.votes, size, self._last, float(low), float(high))
        self._note(2)
        return holds_between(self.support, self._last.tolist(), (low, high), ties=self.ties)

    def exactly(self, endowment: Fraction, *, guess: Sequence[int] | None = None) -> Replay:
        """Return the exact count at an endowment, with prices, from a guess at its path."""
        if guess is None and self._last is None:
            self._last, _ = PLAIN(self.votes, self.support.weights.size, float(endowment))
        if guess is None and self._last is not None:
            guess = tuple(self._last.tolist())
        replay = exact_replay(self.support, endowment, suggested=guess or (), ties=self.ties)
        self.n_by_replay += 1
        self._note(1)
        self.departed = replay.departs is not None
        self._last = np.array(replay.path, dtype=np.int64)
        return replay

    def _loops(self) -> Loops | None:
        if self._compiled is False:
            return None
        made = compiled_holds.cache_info().currsize > 0
        if self._compiled is None and not made and _DONE.n_entries < _COMPILING_PAYS:
            return None
        count, holds = compiled_count(), compiled_holds()
        return None if count is None or holds is None else Loops(count, holds)

    def _note(self, n_replays: int) -> None:
        _DONE.n_entries += n_replays * (self.support.ballots.size + _ENTRIES_OF_OVERHEAD)
