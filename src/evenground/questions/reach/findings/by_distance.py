"""How far it is to the nearest unit, for whom: means and the whole curve, in a straight line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.naming import pair_names
from evenground.frame.origins import Origins, origins_of, reaches_all
from evenground.frame.ways import Ways, street_tables, ways_caveat, ways_of
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
ALONG = Method(
    name=N_("Distance to the nearest unit along streets, averaged over people"),
    formula=METHOD.formula,
    literature=(
        *METHOD.literature,
        "Dijkstra 1959, Numerische Mathematik 1, 269–271",
        "Giacomin & Levinson 2015, Environment and Planning B 42, 1040–1053",
    ),
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
    shapes = np.array(places, dtype=object)
    straight = nearest_distance(origins.points, shapes).metres
    ways = ways_of(context.case)
    metres, n_cut_off = straight, 0
    if ways.network is not None:
        metres, n_cut_off = ways.nearest(_middle(origins.points), _middle(shapes))
    measured = Measured(ways=ways, metres=metres, straight=straight, n_cut_off=n_cut_off)
    return [
        _finding(context, grouping, origins, measured)
        for grouping in context.frame.groupings
        if reaches_all(origins, grouping)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Metres from each point to the nearest unit by the ways there are, and in a straight line.

    From ``n_cut_off`` points streets lead to none; those have the straight line.
    """

    ways: Ways
    metres: NDArray[np.float64]
    straight: NDArray[np.float64]
    n_cut_off: int


def _middle(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    import shapely

    return shapely.get_coordinates(shapely.centroid(shapes))


def _finding(context: Context, grouping: Grouping, origins: Origins, measured: Measured) -> Finding:
    metres = measured.metres
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
            *_ways(measured, origins, context.known()),
            *((Message(code="caveat.alike", parameters=known),) if order == "as_far" else ()),
            *((Message(code="caveat.only_these", parameters=known),) if context.others else ()),
            Message(code="caveat.points", parameters=known),
            *partly_counted(context, grouping),
            *carried_over(context, grouping),
        ),
        sources=context.sources(
            "sites",
            "points" if origins.kind == "points" else "areas",
            "population",
            "indicators",
            *street_tables(measured.ways),
        ),
        method=METHOD if measured.ways.network is None else ALONG,
        claims=("M18", "M32"),
        bears_on=context.bears_on,
    )


def _ways(measured: Measured, origins: Origins, known: dict[str, Any]) -> tuple[Message, ...]:
    """Say how distances were measured, and what straight lines would have said."""
    if measured.ways.network is None:
        return (ways_caveat(measured.ways),)
    people = np.ones(len(origins.points)) if origins.people is None else origins.people.value
    weight = people.sum()
    along, straight = (
        float((people * metres).sum() / weight) for metres in (measured.metres, measured.straight)
    )
    said = {**known, "along": along, "straight": straight, "n": measured.n_cut_off}
    cut = (Message(code="caveat.cut_off", parameters=said),) if measured.n_cut_off else ()
    return (Message(code="caveat.streets_and_straight", parameters=said), *cut)


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
