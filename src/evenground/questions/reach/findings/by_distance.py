"""How far it is to the nearest unit, for whom: means and the whole curve, in a straight line."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.naming import pair_names
from evenground.frame.origins import Origins, origins_of, reaches_all
from evenground.language import N_
from evenground.methods.group_attribution import Membership
from evenground.methods.margins_of_error import UncertainCounts
from evenground.questions.reach.context import Context
from evenground.questions.reach.figures.curve import distance_curve
from evenground.questions.reach.findings.grounds import carried_over, partly_counted
from evenground.questions.reach.measures.nearest_distance import (
    GroupDistance,
    group_distance,
    nearest_distance,
)
from evenground.questions.reach.measures.threshold_curve import ThresholdCurve, threshold_curve

METHOD = Method(
    name=N_("Distance to the nearest unit, in a straight line, averaged over people"),
    formula=N_("mean_g = Σ people_gi · distance_i / Σ people_gi over origins i"),
    literature=("Talen & Anselin 1998, Environment and Planning A 30, 595–613",),
)
N_DRAWS = 1_000
N_THRESHOLDS = 40
MOST_LINES = 4


def by_distance(context: Context) -> list[Finding]:
    """Return a finding per grouping, from the finest points that the city gives."""
    places = [place for place in context.lead.set.places if place is not None]
    if not places:
        return []
    origins = origins_of(context.case, context.frame)
    if not len(origins.points):
        return []
    metres = nearest_distance(origins.points, np.array(places, dtype=object)).metres
    return [
        _finding(context, grouping, origins, metres)
        for grouping in context.frame.groupings
        if reaches_all(origins, grouping)
    ]


def _finding(
    context: Context, grouping: Grouping, origins: Origins, metres: NDArray[np.float64]
) -> Finding:
    within = Membership(
        share=grouping.membership.share[:, origins.area], ecological=grouping.membership.ecological
    )
    rng = context.case.rng(f"distance:{grouping.group.key}")
    found = group_distance(
        metres,
        within,
        weights=origins.people,
        draws=(rng, N_DRAWS),
        confidence=context.terms.confidence,
    )
    focus, reference = grouping.pairs[0]
    known = context.known(
        **pair_names(grouping, grouping.pairs[0]),
        metres_focus=_mean(found, focus),
        metres_reference=_mean(found, reference),
        median_focus=float(found.median[focus]),
        median_reference=float(found.median[reference]),
        alike=context.case.settings.number("distance_alike"),
        origins=Message(code=f"origins.{origins.kind}", parameters=context.known()),
        who=Message(
            code="who.people" if origins.people else "who.areas", parameters=context.known()
        ),
    )
    order = _order(found, (focus, reference), context.case.settings.number("distance_alike"))
    return Finding(
        code=f"by_distance.{order}",
        verdict=Verdict(order),
        parameters=known,
        estimates=tuple(_mean(found, row, about=name) for row, name in enumerate(grouping.names)),
        tables=(_table(grouping, found, by_people=origins.people is not None),),
        figures=(_figure(context, grouping, (metres, within, origins.people), known=known),),
        caveats=(
            Message(code="caveat.straight_line"),
            *((Message(code="caveat.alike", parameters=known),) if order == "as_far" else ()),
            *((Message(code="caveat.only_these", parameters=known),) if context.others else ()),
            Message(code="caveat.points", parameters=known),
            *partly_counted(context, grouping),
            *carried_over(context, grouping),
        ),
        sources=context.sources(
            "sites", "points" if origins.kind == "points" else "areas", "population", "indicators"
        ),
        method=METHOD,
        claims=("M18", "M32"),
        bears_on=context.bears_on,
    )


def _order(found: GroupDistance, pair: tuple[int, int], alike: float) -> str:
    """Say whether the focus is farther, nearer or alike: within margins, or hardly different."""
    here, there = (float(found.mean[row]) for row in pair)
    overlap = min(found.high[list(pair)]) - max(found.low[list(pair)])
    if overlap > 0 or abs(here - there) <= alike * there:
        return "as_far"
    return "farther" if here > there else "nearer"


def _mean(found: GroupDistance, row: int, *, about: str = "") -> Estimate:
    """Return a group's mean distance: exact where nothing that it rests on has a margin."""
    value, low, high = (float(part[row]) for part in (found.mean, found.low, found.high))
    if not low < high:
        return Estimate.exact("distance", value, unit="m", about=about)
    return Estimate.estimated(
        "distance", value, interval=(low, high, found.confidence), unit="m", about=about
    )


def _table(grouping: Grouping, found: GroupDistance, *, by_people: bool) -> Table:
    rows = tuple(
        (
            name,
            _mean(found, row),
            Estimate.exact("median", round(float(found.median[row]), 1), unit="m"),
            round(float(found.weight[row])),
        )
        for row, name in enumerate(grouping.names)
    )
    weight = "people" if by_people else "n_areas"
    return Table(
        key="distance",
        columns=("group", "distance", "median", weight),
        rows=rows,
        title=Message(code="table.distance"),
    )


def _figure(
    context: Context,
    grouping: Grouping,
    distances: tuple[NDArray[np.float64], Membership, UncertainCounts | None],
    *,
    known: dict[str, Any],
) -> Any:
    metres, within, people = distances
    rng = context.case.rng(f"curve:{grouping.group.key}")
    farthest = context.case.settings.number("farthest_metres")
    thresholds = np.linspace(0, farthest, N_THRESHOLDS + 1)
    curve = threshold_curve(metres, thresholds, within, weights=people, draws=(rng, N_DRAWS))
    rows = _shown(grouping)
    shown = ThresholdCurve(
        metres=curve.metres,
        share=curve.share[rows],
        low=curve.low[rows],
        high=curve.high[rows],
        confidence=curve.confidence,
    )
    return distance_curve(
        shown, tuple(grouping.names[row] for row in rows), key=grouping.group.key, known=known
    )


def _shown(grouping: Grouping) -> list[int]:
    """Return which groups get a line: all of up to four, else the pair that sentences speak of."""
    if len(grouping.names) <= MOST_LINES:
        return list(range(len(grouping.names)))
    return sorted(grouping.pairs[0])
