"""What areas leave open about groups within them: who has a unit near, at least and at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.naming import pair_names
from evenground.language import N_
from evenground.methods.ecological import GroupBounds, duncan_davis_bounds
from evenground.methods.validation import Vector
from evenground.questions.reach.access import Access
from evenground.questions.reach.context import Context
from evenground.questions.reach.findings.grounds import carried_over, partly_counted

METHOD = Method(
    name=N_("Method of bounds for groups counted by area"),
    formula=N_("max(0, a + b − 1) ≤ both ≤ min(a, b), a: share near a unit, b: share in the group"),
    literature=(
        "Duncan & Davis 1953, American Sociological Review 18, 665–666",
        "Robinson 1950, American Sociological Review 15, 351–357",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bounded:
    """Shares near a unit by group (n_groups,): if alike within areas, at least and at most."""

    if_alike: Vector
    low: Vector
    high: Vector
    exact: GroupBounds | None

    def gap(self, focus: int, reference: int) -> tuple[float, float]:
        """Return between which values the difference of two groups lies."""
        if self.exact is not None:
            return float(self.exact.gap.low[focus]), float(self.exact.gap.high[focus])
        return (
            float(self.low[focus] - self.high[reference]),
            float(self.high[focus] - self.low[reference]),
        )


def _bounded(share: Vector, grouping: Grouping, people: Vector) -> _Bounded:
    """Bound shares; of people whom no point places, none or all may be near."""
    groups = grouping.membership.share
    both = groups[list(grouping.pairs[0])].sum(axis=0)
    # The gap to everybody else is sharp; it is the pair's where nobody is in neither group.
    is_sharp = not (np.isnan(share) & (people > 0)).any() and np.allclose(both[people > 0], 1.0)
    none, every = (
        duncan_davis_bounds(np.where(np.isnan(share), fill, share), groups, people=people)
        for fill in (0.0, 1.0)
    )
    placed = np.where(np.isnan(share), 0.0, people)
    alike = duncan_davis_bounds(np.nan_to_num(share), groups, people=placed).if_alike
    return _Bounded(
        if_alike=np.where(np.isnan(alike), none.if_alike, alike),
        low=none.overall.low,
        high=every.overall.high,
        exact=none if is_sharp else None,
    )


def bounds(context: Context, access: Access | None) -> list[Finding]:
    """Return bounds for counted groups; the city's own points say who lives near a unit.

    ``share`` is NaN where no point says where the people of an area live. Where all of both groups
    are near a unit, or nobody is, there is nothing to bound.
    """
    if access is None or access.origins.kind != "points":
        return []
    n_areas = len(context.frame.area_ids)
    area = access.origins.area
    living = np.bincount(area, weights=access.people, minlength=n_areas)
    near = np.bincount(area, weights=access.people * (access.scores["near"] > 0), minlength=n_areas)
    share = np.divide(near, living, out=np.full(n_areas, np.nan), where=living > 0)
    people = context.frame.people
    if people is None:
        return []
    told = [
        (grouping, _bounded(np.minimum(share, 1.0), grouping, people.counts.value))
        for grouping in context.frame.groupings
        if grouping.rows
    ]
    open_ones = [(one, found) for one, found in told if found.gap(*one.pairs[0]) != (0.0, 0.0)]
    return [_finding(context, open_ones)] if open_ones else []


Told = Sequence[tuple[Grouping, _Bounded]]


def _finding(context: Context, told: Told) -> Finding:
    """Return the bounds of all groupings; the sentence speaks of the first one's pair."""
    grouping, found = told[0]
    focus, reference = grouping.pairs[0]
    low, high = found.gap(focus, reference)
    is_open = low <= 0 <= high
    known = context.known(
        **pair_names(grouping, grouping.pairs[0]),
        near=context.case.settings.number("near_metres"),
        alike_focus=_readable(found.if_alike[focus]),
        alike_reference=_readable(found.if_alike[reference]),
        low_focus=_readable(found.low[focus]),
        high_focus=_readable(found.high[focus]),
        low_reference=_readable(found.low[reference]),
        high_reference=_readable(found.high[reference]),
    )
    return Finding(
        code="bounds.open" if is_open else "bounds.settled",
        verdict=Verdict("areas_leave_open" if is_open else "areas_settle"),
        parameters=known,
        estimates=tuple(
            _estimate(found, row, about=name) for row, name in enumerate(grouping.names)
        ),
        tables=(_table(told, known),),
        caveats=(
            Message(code="caveat.bounds", parameters=known),
            *partly_counted(context, grouping),
            *carried_over(context, grouping),
        ),
        sources=context.sources("sites", "points", "population"),
        method=METHOD,
        claims=("M23", "M32"),
        bears_on=context.bears_on,
    )


def _readable(share: float) -> float:
    return round(float(share), 2)


def _estimate(found: _Bounded, row: int, *, about: str = "") -> Estimate:
    alike, low, high = (float(one[row]) for one in (found.if_alike, found.low, found.high))
    return Estimate.bound(
        "near_share", alike, bounds=(min(low, alike), max(high, alike)), unit="share", about=about
    )


def _table(told: Told, known: Mapping[str, Any]) -> Table:
    rows = tuple(
        (grouping.group.name, name, _estimate(found, row))
        for grouping, found in told
        for row, name in enumerate(grouping.names)
    )
    return Table(
        key="bounds",
        columns=("grouping", "group", "near_share"),
        rows=rows,
        title=Message(code="table.bounds", parameters=known),
    )
