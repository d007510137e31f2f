"""What a statement about people that is drawn from areas may say: bounds first, then doubts.

Three things in one, so that none is left out: the bounds that hold whatever is not seen, widened by
the margins of error; Goodman's line as an alarm; and the difference that is seen between people of
areas, over other zonings of the same map. A share without bounds is not among them.
Source: Duncan and Davis (1953), American Sociological Review 18, 665-666; Goodman (1953), the same
18, 663-664; Freedman, Klein, Sacks, Smyth and Everett (1991), Ecological regression and voting
rights, Evaluation Review 15, 673-711 (the figure if all were alike within areas); Openshaw (1984),
The Modifiable Areal Unit Problem, CATMOG 38.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.methods.areal_scales import ZoningInterval, ZoningPlan, zoning_interval
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.ecological_margins import (
    AreaCounts,
    WidenedBounds,
    duncan_davis_with_margins,
)
from evenground.methods.ecological_regression import GoodmanDiagnostic, goodman_diagnostic
from evenground.methods.validation import Flags, Vector, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaStatement:
    """What areas tell of the share of a group that has a property.

    Attributes
    ----------
    bounds
        First and always: the share of the group, of everybody else, and their difference, with and
        without the margins of error.
    goodman
        The alarm, or why there is no line to lay.
    zonings
        The difference if within every area all were alike, over other zonings; or why there are
        none.
    n_areas, n_left_out
        Areas with people that were counted, and areas without anybody.
    """

    bounds: WidenedBounds
    goodman: GoodmanDiagnostic | CannotTell
    zonings: ZoningInterval | CannotTell
    n_areas: int
    n_left_out: int

    @property
    def tells_of_people(self) -> bool:
        """Whether the areas settle the sign of the difference between persons, margins included."""
        return bool(self.bounds.gap.low[0] > 0 or self.bounds.gap.high[0] < 0)

    @property
    def caveats(self) -> tuple[Message, ...]:
        """What has to be said beside the bounds, in order."""
        gap = self.bounds.gap
        known = {"low": float(gap.low[0]), "high": float(gap.high[0])}
        found = [] if self.tells_of_people else [Message(code="caveat.area.open", parameters=known)]
        if isinstance(self.goodman, GoodmanDiagnostic) and self.goodman.alarm:
            ends = {"in_group": self.goodman.in_group, "others": self.goodman.others}
            found.append(Message(code="caveat.area.goodman", parameters=ends))
        if isinstance(self.zonings, ZoningInterval):
            code = "caveat.area.turns" if self.zonings.turns else "caveat.area.keeps"
            found.append(Message(code=code, parameters=_said(self.zonings)))
        else:
            found.append(self.zonings.reason)
        return tuple(found)


def _said(zonings: ZoningInterval) -> dict[str, float]:
    return {
        "at_areas": zonings.at_areas,
        "low": zonings.low,
        "high": zonings.high,
        "same_sign": zonings.same_sign,
        "n_zonings": zonings.n_zonings * len(zonings.scales),
    }


def area_statement(
    counts: AreaCounts,
    *,
    adjacency: ArrayLike,
    rng: np.random.Generator,
    plan: ZoningPlan | None = None,
    confidence: float = 0.95,
) -> AreaStatement:
    """Return everything that a statement about people of a group needs when it rests on areas.

    Parameters
    ----------
    counts
        People with and without the property and in the group, by area, with their errors.
    adjacency, shape (n_pairs, 2)
        Pairs of neighbouring areas, positions in ``counts``.
    rng, plan
        For other zonings; see ``zoning_interval``.
    confidence
        Of the limits, 0-1.

    Raises
    ------
    UsageError
        If the counts are of different lengths, a pair names an area that is not there, or
        ``confidence`` is not inside 0-1.
    """
    people = counts.people
    lived = people > 0
    bounds = duncan_davis_with_margins(counts, confidence=confidence)
    share = np.divide(counts.with_it.value, people, out=np.zeros_like(people), where=lived)
    in_group = np.divide(counts.in_group.value, people, out=np.zeros_like(people), where=lived)
    in_group = np.minimum(in_group, 1.0)
    return AreaStatement(
        bounds=bounds,
        goodman=goodman_diagnostic(share, in_group, people=people, confidence=confidence),
        zonings=zoning_interval(
            difference_if_alike,
            np.vstack([counts.with_it.value, in_group * people, people])[:, lived],
            adjacency=_among(adjacency, lived),
            rng=rng,
            plan=plan,
        ),
        n_areas=int(lived.sum()),
        n_left_out=int((~lived).sum()),
    )


def difference_if_alike(sums: Vector) -> Vector:
    """Return the group's share minus everybody else's, if within every zone all were alike.

    Parameters
    ----------
    sums, shape (n_zonings, 3, n_zones)
        People with the property, people of the group, and people.

    Returns
    -------
    array, shape (n_zonings,)
        -1 to 1; NaN where the group, or everybody else, is empty.
    """
    having, group, people = sums[:, 0], sums[:, 1], sums[:, 2]
    share = np.divide(having, people, out=np.zeros_like(having), where=people > 0)
    rest = people - group
    shares = [
        np.divide(
            (share * part).sum(axis=1),
            part.sum(axis=1),
            out=np.full(len(sums), np.nan),
            where=part.sum(axis=1) > 0,
        )
        for part in (group, rest)
    ]
    return shares[0] - shares[1]


def _among(adjacency: ArrayLike, kept: Flags) -> Whole:
    """Return the pairs of which both areas are kept, renumbered; unknown ones stay as they are."""
    pairs = np.asarray(adjacency, dtype=np.int64).reshape(-1, 2)
    if kept.all() or not pairs.size or not 0 <= pairs.min() <= pairs.max() < kept.size:
        return pairs
    place = np.cumsum(kept).astype(np.int64) - 1
    return place[pairs[kept[pairs].all(axis=1)]]
