"""Unicity of traces: how many people a few known points of their movements single out.

Source: de Montjoye, Hidalgo, Verleysen and Blondel (2013), "Unique in the Crowd: the privacy bounds
of human mobility", Scientific Reports 3, 1376: the share of traces that are unique given p points
drawn at random from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.exact_limits import share_limits
from evenground.methods.validation import Whole, wrong

if TYPE_CHECKING:
    import ibis

DEFAULT_POINTS = 4
DEFAULT_DRAWS = 2000
MOST_ENUMERATED = 100_000
"""Up to so many sets of points are gone through one by one; beyond, sets are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unicity:
    """How many traces a few points single out.

    Attributes
    ----------
    share
        Share of traces that are the only one with all points of a set drawn from them, averaged
        over traces and sets, 0-1.
    low, high, confidence
        Interval where sets were drawn; all ``None`` where each was gone through.
    n_points
        Points known of each person.
    n_traces, n_short
        People, and those with fewer points than that, of whom all points are taken as known.
    n_sets
        Sets gone through or drawn.
    """

    share: float
    low: float | None
    high: float | None
    confidence: float | None
    n_points: int
    n_traces: int
    n_short: int
    n_sets: int

    @property
    def definition(self) -> Message:
        """What was counted: every set of points, or sets drawn by lot."""
        way = "every" if self.low is None else "drawn"
        parameters = {"n_points": self.n_points, "n_sets": self.n_sets}
        return Message(code=f"definition.unicity.{way}", parameters=parameters)


def distinct_points(table: ibis.Table, person: str, columns: Sequence[str]) -> ibis.Table:
    """Return an expression of each person's distinct points: ``person`` and the ``columns``.

    Rows without a person are left out. Round places and times before: as finely as they are known
    to others.
    """
    return table.filter(table[person].notnull()).select(person, *columns).distinct()


def unicity(
    person: ArrayLike,
    point: ArrayLike,
    *,
    n_points: int = DEFAULT_POINTS,
    rng: np.random.Generator | None = None,
    n_draws: int = DEFAULT_DRAWS,
) -> Unicity | None:
    """Return the unicity of traces; ``None`` without a row.

    Parameters
    ----------
    person, shape (n,)
        Whose trace each row belongs to.
    point, shape (n,)
        Code of the place and time of each row (``class_codes`` makes one from columns).
    n_points
        Points known of each person, at least 1.
    rng, n_draws
        Source of chance and number of draws where there are too many sets to go through: each draws
        one trace and one set of its points. The interval is Clopper and Pearson's at 95 %.

    Raises
    ------
    UsageError
        If lengths differ, ``n_points`` or ``n_draws`` is below 1, or chance is needed and none is
        given.
    """
    traces = _traces(person, point)
    if n_points < 1 or n_draws < 1:
        raise wrong("n_points", N_("n_points is {n}, n_draws {draws}"), n=n_points, draws=n_draws)
    if not traces.of_person:
        return None
    sizes = [len(one) for one in traces.of_person]
    n_sets = sum(comb(size, min(n_points, size)) for size in sizes)
    found = {
        "n_points": n_points,
        "n_traces": len(sizes),
        "n_short": sum(size < n_points for size in sizes),
    }
    if n_sets <= MOST_ENUMERATED:
        shares = [traces.unique_share(one, n_points) for one in range(len(sizes))]
        return Unicity(
            share=float(np.mean(shares)), low=None, high=None, confidence=None, n_sets=n_sets,
            **found,
        )  # fmt: skip
    if rng is None:
        raise wrong("no_chance", N_("{n} sets of points are too many to go through"), n=n_sets)
    hits = sum(
        traces.is_unique(rng.choice(trace, size=min(n_points, len(trace)), replace=False))
        for trace in (traces.of_person[one] for one in rng.integers(len(sizes), size=n_draws))
    )
    low, high = share_limits(hits, n_draws)
    return Unicity(
        share=hits / n_draws, low=float(low), high=float(high), confidence=0.95, n_sets=n_draws,
        **found,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Traces:
    """Points of each person and persons at each point, both sorted."""

    of_person: list[Whole]
    at_point: list[Whole]

    def is_unique(self, points: Whole) -> bool:
        """Whether one trace only has all these points."""
        crowds = sorted((self.at_point[one] for one in points), key=len)
        left = crowds[0]
        for crowd in crowds[1:]:
            if left.size == 1:
                break
            left = np.intersect1d(left, crowd, assume_unique=True)
        return left.size == 1

    def unique_share(self, person: int, n_points: int) -> float:
        """Return the share of sets of the person's points that nobody else has."""
        mine = self.of_person[person]
        place = {int(one): bit for bit, one in enumerate(mine)}
        masks: dict[int, int] = {}
        for one in mine:
            for other in self.at_point[one]:
                masks[int(other)] = masks.get(int(other), 0) | 1 << place[int(one)]
        masks.pop(person)
        size = min(n_points, len(mine))
        others = {mask for mask in masks.values() if mask.bit_count() >= size}
        if not others:
            return 1.0
        sets = [sum(1 << bit for bit in bits) for bits in combinations(range(len(mine)), size)]
        return sum(all(one & ~mask for mask in others) for one in sets) / len(sets)


def _traces(person: ArrayLike, point: ArrayLike) -> _Traces:
    who, where = np.asarray(person), np.asarray(point)
    if who.shape != where.shape or who.ndim != 1:
        raise wrong(
            "trace_shape",
            N_("persons have shape {persons}, points {points}"),
            persons=who.shape, points=where.shape,
        )  # fmt: skip
    codes = [np.unique(array, return_inverse=True)[1].reshape(-1) for array in (who, where)]
    pairs = np.unique(np.column_stack(codes), axis=0).astype(np.int64).reshape(-1, 2)
    by_point = pairs[np.lexsort((pairs[:, 0], pairs[:, 1]))]
    return _Traces(_split(pairs[:, 0], pairs[:, 1]), _split(by_point[:, 1], by_point[:, 0]))


def _split(key: Whole, values: Whole) -> list[Whole]:
    if not key.size:
        return []
    return np.split(values, np.flatnonzero(np.diff(key)) + 1)
