"""What a class says of the next promise: P50, P80, and the chance of more than half.

Source: reference class forecasting, Flyvbjerg (2008), European Planning Studies 16, 3-21: the new
case is placed in the distribution of those before it. P80 is what four in five did not exceed.
"""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from evenground.questions.promise.measures.reference_class.shrunk_distribution import (
    PublishedClass,
    ShrunkDistribution,
    quantile,
    share_above,
    shrunk_distribution,
)
from evenground.questions.promise.measures.worth.ranged import Ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrinking:
    """How a class is put together.

    Attributes
    ----------
    published
        Class to shrink to; ``None`` where there is none.
    prior_weight
        How many own outcomes it counts for, 0 or more.
    """

    published: PublishedClass | None = None
    prior_weight: float = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassForecast:
    """What can be expected of the next one. There is no mean on purpose.

    Attributes
    ----------
    p20, p50, p80
        Values that one in five, half, and four in five did not exceed, with intervals.
    above
        Share above ``threshold``, 0-1, with its interval.
    n_own, prior_weight, conflict
        As of ``ShrunkDistribution``.
    """

    p20: Ranged
    p50: Ranged
    p80: Ranged
    above: Ranged
    threshold: float
    n_own: int
    prior_weight: float
    conflict: bool


def class_forecast(
    own: ArrayLike,
    *,
    shrinking: Shrinking | None = None,
    threshold: float = 0.5,
    confidence: float = 0.95,
) -> ClassForecast:
    """Return what the class of past outcomes says of the next.

    Parameters
    ----------
    own, shape (n,)
        Own past outcomes (see ``class_members`` for who belongs to them); may be none.
    shrinking
        Published class and its weight, if there is one.
    threshold
        For the share above it: 0.5 for "more than half of what was promised", 1 for "over plan".
    confidence
        Of every interval, 0-1.

    Raises
    ------
    UsageError
        If an outcome is missing, or a setting is out of range.
    """
    how = shrinking or Shrinking()
    found: ShrunkDistribution = shrunk_distribution(
        own, how.published, prior_weight=how.prior_weight, confidence=confidence
    )
    p20, p50, p80 = (quantile(found, level, confidence=confidence) for level in (0.2, 0.5, 0.8))
    return ClassForecast(
        p20=p20,
        p50=p50,
        p80=p80,
        above=share_above(found, threshold, confidence=confidence),
        threshold=threshold,
        n_own=found.n_own,
        prior_weight=found.prior_weight,
        conflict=found.conflict,
    )
