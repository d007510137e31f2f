"""A column in short: how often each value occurs, and the runs of equal readings that matter.

What tells stuck runs and zeros from chance needs no more than that. A series is written down again
that has the same runs, the same number of readings of each value and the same neighbours of its
zeros, and is given to the same functions as a whole series.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from evenground.questions.data.measures.series.audited import Floats, Whole
from evenground.questions.data.measures.series.runs import Clear, Runs


class Tally(NamedTuple):
    """Runs by value and length: how many there are, and how many follow another value."""

    value: Floats
    n: Whole
    n_runs: Whole
    n_new: Whole


class Kept(NamedTuple):
    """Runs kept whole, in time order, with the readings next to them (``nan`` for none).

    ``time_before`` and ``time_after`` are the least whole number where there is none.
    """

    value: Floats
    n: Whole
    first: Whole
    last: Whole
    before: Floats
    time_before: Whole
    after: Floats
    time_after: Whole

    def only(self, which: Any) -> Kept:
        """Return some of the runs, by their places."""
        fields: list[Any] = [field[which] for field in self]
        return Kept(*fields)


def equal_runs(tally: Tally, kept: Kept) -> tuple[Clear, Runs]:
    """Return a series that has these runs, for ``stuck_runs`` and ``longer_than``.

    The runs that were kept come first, with the time they last; the order of all others, and when
    they were, is of no matter.
    """
    several = kept.n > 1
    others = _others(tally, kept)
    values = np.concatenate((kept.value[several], others[0]))
    lengths = np.concatenate((kept.n[several], others[1]))
    ends = np.cumsum(lengths)
    single = tally.n == 1
    alone = np.repeat(tally.value[single], tally.n_runs[single])
    times = np.zeros(int(lengths.sum()) + alone.size, dtype=np.int64)
    times[ends[: int(several.sum())] - 1] = (kept.last - kept.first)[several]
    clear = Clear(times, np.concatenate((np.repeat(values, lengths), alone)))
    single_zeros = int(np.count_nonzero(alone == 0))
    return clear, Runs(ends - lengths, lengths, values, alone.size, single_zeros)


def _others(tally: Tally, kept: Kept) -> tuple[Floats, Whole]:
    """Return values and lengths of the runs of two and more readings that were not kept."""
    rest = np.where(tally.n > 1, tally.n_runs, 0)
    values = np.unique(tally.value)
    most = int(tally.n.max(initial=0)) + 1
    several = kept.only(kept.n > 1)
    # The tally comes in the order of values and lengths, and so do these.
    known, wanted = (np.searchsorted(values, of.value) * most + of.n for of in (tally, several))
    np.subtract.at(rest, np.searchsorted(known, wanted), 1)
    return np.repeat(tally.value, rest), np.repeat(tally.n, rest)


def zeros_between(tally: Tally, kept: Kept, *, first: int, last: int) -> tuple[Clear, Runs]:
    """Return a series that has these zeros, and the same readings next to them, for ``zero_runs``.

    It begins with the zeros before any other reading. Readings that lie next to no zero follow, in
    no order; then zeros and what lies next to them, as they came.

    Parameters
    ----------
    tally, kept
        The runs; all runs of zeros are among those kept.
    first, last
        Times of the first and of the last clear reading.
    """
    runs = kept.only(kept.value == 0)
    n_leading = _n_leading(runs.before)
    beside, beside_times = _beside(runs)
    plain = _without(tally, beside)
    leading = _laid_out(runs.only(slice(n_leading)))
    later = _laid_out(runs.only(slice(n_leading, None)))
    order = np.argsort(np.concatenate((later[1], beside_times)), kind="stable")
    rest = np.concatenate((later[0], beside))[order]
    rest_times = np.concatenate((later[1], beside_times))[order]
    values = np.concatenate((leading[0], plain, rest))
    times = np.concatenate((leading[1], np.full(plain.size, first), rest_times))
    times[:1], times[-1:] = first, last
    return Clear(times, values), _zero_runs(runs, values)


def _n_leading(before: Floats) -> int:
    """Return how many runs of zeros have no other reading before them."""
    begun = np.flatnonzero(~(np.isnan(before) | (before == 0)))
    return int(begun[0]) if begun.size else before.size


def _beside(runs: Kept) -> tuple[Floats, Whole]:
    """Return the readings next to zeros, each once, and their times."""
    values = np.concatenate((runs.before, runs.after))
    times = np.concatenate((runs.time_before, runs.time_after))
    other = ~np.isnan(values) & (values != 0)
    times, which = np.unique(times[other], return_index=True)
    return values[other][which], times


def _without(tally: Tally, beside: Floats) -> Floats:
    """Return all readings that are not zero, without some of them."""
    values, which = np.unique(tally.value, return_inverse=True)
    counts = np.zeros(values.size, dtype=np.int64)
    np.add.at(counts, which, tally.n * tally.n_runs)
    counts[values == 0] = 0
    np.subtract.at(counts, np.searchsorted(values, beside), 1)
    return np.repeat(values, counts)


def _laid_out(runs: Kept) -> tuple[Floats, Whole]:
    """Return the zeros of some runs one after another, and their times (of all but ends: any)."""
    times = np.repeat(runs.first, runs.n)
    times[np.cumsum(runs.n) - 1] = runs.last
    return np.zeros(times.size), times


def _zero_runs(runs: Kept, values: Floats) -> Runs:
    """Return where the runs of two and more zeros begin in the series that was laid out."""
    at = np.flatnonzero(values == 0)
    starts = at[np.cumsum(runs.n) - runs.n]
    several = runs.n > 1
    zeros = np.zeros(int(several.sum()))
    return Runs(starts[several], runs.n[several], zeros, 0, int(np.count_nonzero(~several)))
