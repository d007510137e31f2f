"""All assignments that a scheme can give, listed where they are few and drawn where they are many.

Source: Fisher (1935), The Design of Experiments, section 21 (the reference set of a test is what
the lots could have given); Phipson and Smyth (2010), Statistical Applications in Genetics and
Molecular Biology 9, 39 (drawn ones are counted together with the one that came).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Flags, Whole, wrong
from evenground.questions.promise.measures.randomised.scheme import Scheme

MOST_LISTED = 10_000
"""Assignments are listed, without any chance, up to this many."""
N_DRAWS = 9_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignments:
    """What the lots could give.

    Attributes
    ----------
    labels, shape (n_assignments, n_units)
        A label for each unit.
    exact
        Whether they are all there are; otherwise they were drawn.
    scheme
        Where they come from.
    accepts
        Which of assignments, shape (n, n_units), a rule of balance accepts; ``None`` without one.
    """

    labels: Whole
    exact: bool
    scheme: Scheme
    accepts: Callable[[Whole], Flags] | None = None

    @property
    def n(self) -> int:
        """How many are held."""
        return self.labels.shape[0]


def listed_assignments(scheme: Scheme) -> Assignments:
    """Return every assignment of a scheme.

    Raises
    ------
    UsageError
        If there are more than ``MOST_LISTED``: draw then.
    """
    total = scheme.n_assignments
    if total > MOST_LISTED:
        raise wrong(
            "too_many_to_list",
            N_("{n} assignments are possible; up to {most} are listed, others are drawn"),
            n=total,
            most=MOST_LISTED,
        )
    parts = [np.array(list(_orders(row)), dtype=np.int64) for row in scheme.counts]
    some = [at for at, part in enumerate(parts) if len(part) > 1]
    index = np.unravel_index(np.arange(total), [len(parts[at]) for at in some])
    which = dict(zip(some, index, strict=True))
    return _laid_out(
        scheme, [part[which.get(at, np.zeros(total, np.int64))] for at, part in enumerate(parts)]
    )


def drawn_assignments(scheme: Scheme, *, rng: np.random.Generator, n_draws: int) -> Assignments:
    """Return ``n_draws`` assignments of a scheme, each drawn anew.

    Raises
    ------
    UsageError
        If no draw is asked for.
    """
    if n_draws < 1:
        raise wrong("nothing_to_draw", N_("{n_draws} draws; at least 1 is needed"), n_draws=n_draws)
    dealt = [
        rng.permuted(np.tile(np.repeat(np.arange(len(row)), row), (n_draws, 1)), axis=1)
        for row in scheme.counts
    ]
    return _laid_out(scheme, dealt, exact=False)


def assignments_of(
    scheme: Scheme, *, rng: np.random.Generator | None = None, n_draws: int = N_DRAWS
) -> Assignments:
    """Return all assignments where there are few enough to list, and drawn ones otherwise.

    Parameters
    ----------
    scheme
        How lots are drawn.
    rng, n_draws
        Used only where there are more than ``MOST_LISTED``.

    Raises
    ------
    UsageError
        If they must be drawn and no source of chance is given.
    """
    if scheme.n_assignments <= MOST_LISTED:
        return listed_assignments(scheme)
    if rng is None:
        raise wrong(
            "chance_needed",
            N_("{n} assignments are possible, too many to list; give rng to draw from them"),
            n=scheme.n_assignments,
        )
    return drawn_assignments(scheme, rng=rng, n_draws=n_draws)


def _laid_out(scheme: Scheme, dealt: Sequence[Whole], *, exact: bool = True) -> Assignments:
    """Bring labels dealt to the clusters of each stratum to the units."""
    clusters = np.array(scheme.clusters, dtype=np.int64)
    labels = np.empty((len(dealt[0]), scheme.n_units), dtype=np.int64)
    for stratum, part in enumerate(dealt):
        inside = scheme.clusters_of(stratum)
        units = np.flatnonzero(np.isin(clusters, inside))
        labels[:, units] = part[:, np.searchsorted(inside, clusters[units])]
    return Assignments(labels=labels, exact=exact, scheme=scheme)


def _orders(counts: Sequence[int]) -> Iterator[list[int]]:
    """Yield every distinct order of so many of each label."""
    size = sum(counts)
    free = tuple(range(size))
    yield from _placed([0] * size, free, list(enumerate(counts)))


def _placed(
    labels: list[int], free: tuple[int, ...], left: list[tuple[int, int]]
) -> Iterator[list[int]]:
    if not left:
        yield labels.copy()
        return
    (label, n), rest = left[0], left[1:]
    for chosen in combinations(free, n):
        for at in chosen:
            labels[at] = label
        yield from _placed(labels, tuple(at for at in free if at not in chosen), rest)
