"""The same thing counted by several: counts beside each other, and what each says of a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictingCounts:
    """Counts of one thing from several sources, in the order given.

    Attributes
    ----------
    sources
        Who counted.
    counts, shape (n_sources,)
        What they counted, 0 or more.
    of_target, shape (n_sources,)
        Each as a share of the target, 0 or more; NaN without a target.
    apart
        Largest count less the smallest, in the counts' unit.
    apart_share
        ``apart`` as a share of the largest, 0-1; 0 where all are 0.
    agree
        Whether all are within ``tolerance`` of the largest.
    reached
        Whether the target is reached by every source; ``None`` without a target, or where it
        depends on whom one asks.
    depends_on_source
        Whether some say that it is reached and others that it is not.
    """

    sources: tuple[str, ...]
    counts: Vector
    of_target: Vector
    apart: float
    apart_share: float
    agree: bool
    reached: bool | None
    depends_on_source: bool


def conflicting_counts(
    counts: ArrayLike,
    sources: Sequence[str],
    *,
    target: float | None = None,
    tolerance: float = 0.0,
) -> ConflictingCounts:
    """Return counts of one thing beside each other.

    No count is preferred and none is averaged: which is right is to be asked of who counted.

    Parameters
    ----------
    counts, shape (n_sources,)
        0 or more, all of the same thing at about the same time.
    sources
        Who counted, as many.
    target
        What was promised, above 0, where more is better.
    tolerance
        Share of the largest by which counts may differ and still agree, 0-1.

    Raises
    ------
    UsageError
        If shapes do not fit, there is no count, a count is negative, the target is not above 0, or
        ``tolerance`` is not 0-1.
    """
    known = vector("counts", counts, size=len(sources))
    if not known.size:
        raise wrong("no_counts", N_("there is no count"))
    if target is not None and not 0 < target < np.inf:
        raise wrong("count_target", N_("target is {found}, not above 0"), found=target)
    if not 0 <= tolerance <= 1:
        raise wrong("count_tolerance", N_("tolerance is {found}, not 0-1"), found=tolerance)
    most, least = float(known.max()), float(known.min())
    reached = None if target is None else known >= target
    mixed = reached is not None and bool(reached.any() and not reached.all())
    return ConflictingCounts(
        sources=tuple(sources),
        counts=known,
        of_target=np.full(known.size, np.nan) if target is None else known / target,
        apart=most - least,
        apart_share=(most - least) / most if most else 0.0,
        agree=most - least <= tolerance * most,
        reached=None if reached is None or mixed else bool(reached.all()),
        depends_on_source=mixed,
    )
