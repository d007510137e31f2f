"""Who gains from the initiative as it is, beside who would gain from the same money elsewhere.

Source: as ``catchment_overlap`` and ``same_money``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, wrong
from evenground.questions.problem.measures.catchment_overlap import CatchmentOverlap
from evenground.questions.problem.measures.same_money import SameMoney


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoGains:
    """People who gain, in all and by group.

    Attributes
    ----------
    now
        People newly in reach of the initiative's units: none was in reach before.
    elsewhere, elsewhere_low, elsewhere_high
        People newly covered by the basic service that their area lacks most.
    now_by_group, elsewhere_by_group, elsewhere_by_group_low, elsewhere_by_group_high
        The same by group, each of shape (n_groups,).
    """

    now: float
    elsewhere: float
    elsewhere_low: float
    elsewhere_high: float
    now_by_group: Vector
    elsewhere_by_group: Vector
    elsewhere_by_group_low: Vector
    elsewhere_by_group_high: Vector

    @property
    def now_share(self) -> Vector:
        """The share of those who gain now that belongs to each group, 0-1, shape (n_groups,)."""
        return _share(self.now_by_group, self.now)

    @property
    def elsewhere_share(self) -> Vector:
        """The same for the same money elsewhere."""
        return _share(self.elsewhere_by_group, self.elsewhere)


def who_gains(now: CatchmentOverlap, elsewhere: SameMoney) -> WhoGains:
    """Return who gains either way. A gain is another thing in each: it is told, not weighed.

    Raises
    ------
    UsageError
        If groups differ.
    """
    if len(now.by_group) != elsewhere.by_group.size:
        raise wrong(
            "groups_differ",
            N_("{first} groups now, {second} elsewhere"),
            first=len(now.by_group),
            second=elsewhere.by_group.size,
        )
    return WhoGains(
        now=now.new_only,
        elsewhere=elsewhere.people,
        elsewhere_low=elsewhere.people_low,
        elsewhere_high=elsewhere.people_high,
        now_by_group=now.newly_served_by_group,
        elsewhere_by_group=elsewhere.by_group,
        elsewhere_by_group_low=elsewhere.by_group_low,
        elsewhere_by_group_high=elsewhere.by_group_high,
    )


def _share(part: Vector, whole: float) -> Vector:
    return part / whole if whole > 0 else np.full_like(part, np.nan)
