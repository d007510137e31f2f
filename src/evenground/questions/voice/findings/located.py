"""Located comments per 1,000 residents by class of area, each counted once; nobody is inferred."""

from __future__ import annotations

import numpy as np
import shapely

from evenground.evidence import Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.language import N_
from evenground.methods.boundary_assignment import assign_points
from evenground.questions.voice.context import Context
from evenground.questions.voice.measures.taking_part.located_rates import (
    LocatedRates,
    located_rates,
)

RATES = Method(
    name=N_("Located comments per thousand residents, each counted once"),
    formula=N_("1,000 · comments / residents, with the range over all areas on a boundary"),
    literature=(
        "Garwood 1936, Biometrika 28, 437–442",
        "Robinson 1950, American Sociological Review 15, 351–357",
    ),
)
UNEVEN, NOT_TOLD = Verdict("comments_uneven"), Verdict("comments_not_told_uneven")


def located(context: Context) -> list[Finding]:
    """Return where comments point to; nothing where there are none, or no classes of areas."""
    frame = context.frame
    places = context.case.places.get("located_comments")
    if frame is None or frame.people is None or places is None or not frame.has_shapes:
        return []
    grouping = next((one for one in frame.groupings if one.classes is not None), None)
    points = places.geometry.to_numpy()
    there = ~(shapely.is_missing(points) | shapely.is_empty(points))
    if grouping is None or grouping.classes is None or not there.any():
        return []
    people = frame.people
    classes = np.where(people.known, grouping.classes, -1)
    residents = np.where(people.known, people.counts.value, 0.0)
    if (classes < 0).all() or not residents.sum():
        return []
    assigned = assign_points(
        shapely.point_on_surface(points[there]),
        frame.outlines,
        tolerance_metres=context.case.settings.number("tolerance_metres"),
    )
    found = located_rates(assigned, residents, classes, confidence=context.confidence)
    least = context.case.settings.whole("disclosure_threshold")
    small = (found.comments > 0) & (found.comments < least)
    if small.any() or not np.isfinite(found.rate).all():
        return [_withheld(context, found)]
    return [_finding(context, grouping, found, n_nowhere=int((~there).sum()))]


def _withheld(context: Context, found: LocatedRates) -> Finding:
    return Finding(
        code="located.cannot_tell",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(n=found.n),
        sources=context.sources("located_comments", "areas", "population"),
        method=RATES,
        claims=("M28", "M32"),
    )


def _finding(
    context: Context, grouping: Grouping, found: LocatedRates, *, n_nowhere: int
) -> Finding:
    low, high = int(np.argmin(found.rate)), int(np.argmax(found.rate))
    apart = found.most[low] < found.least[high] and found.high[low] < found.low[high]
    verdict = UNEVEN if apart else NOT_TOLD
    return Finding(
        code=f"located.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            n=found.n,
            group=grouping.group.name,
            fewest=grouping.names[low],
            most=grouping.names[high],
            fewest_rate=round(float(found.rate[low]), 4),
            most_rate=round(float(found.rate[high]), 4),
        ),
        estimates=tuple(_estimates(grouping, found)),
        tables=(_table(grouping, found),),
        caveats=tuple(_caveats(context, found, n_nowhere)),
        sources=context.sources("located_comments", "areas", "population", "indicators"),
        method=RATES,
        claims=("M28", "M32"),
    )


def _estimates(grouping: Grouping, found: LocatedRates) -> list[Estimate]:
    return [
        Estimate.bound(
            "comments_per_1000",
            float(found.rate[row]),
            bounds=(
                float(min(found.least[row], found.rate[row])),
                float(max(found.most[row], found.rate[row])),
            ),
            unit="per 1,000 residents",
            about=name,
        )
        for row, name in enumerate(grouping.names)
    ]  # fmt: skip


def _table(grouping: Grouping, found: LocatedRates) -> Table:
    rows: list[tuple[Parameter, ...]] = [
        (
            _class(name, float(found.comments[row]), float(found.residents[row])),
            round(float(found.rate[row]), 2),
            _ends(found.least[row], found.most[row]),
            _ends(found.low[row], found.high[row]),
        )
        for row, name in enumerate(grouping.names)
    ]
    return Table(
        key="located",
        columns=("class", "per_1000", "if_on_boundary", "limits"),
        rows=tuple(rows),
        title=Message(code="table.located"),
    )


def _class(name: str, comments: float, residents: float) -> Message:
    told = {"name": name, "comments": round(comments, 1), "residents": round(residents)}
    return Message(code="class_of", parameters=told)


def _ends(low: float, high: float) -> Message:
    ends = {"low": round(float(low), 4), "high": round(float(high), 4)}
    return Message(code="from_to", parameters=ends)


def _caveats(context: Context, found: LocatedRates, n_nowhere: int) -> list[Message]:
    said = [Message(code="caveat.places_not_people")]
    if found.n_on_boundary:
        said.append(Message(code="caveat.on_boundary", parameters={"n": found.n_on_boundary}))
    unclassed = round(found.n_in_no_class)
    if unclassed:
        said.append(Message(code="caveat.in_no_class", parameters={"n": unclassed}))
    outside = found.n_outside + n_nowhere
    if outside:
        said.append(Message(code="caveat.outside", parameters={"n": outside}))
    table = context.tables.get("located_comments")
    if table is not None and "assigned_to" in table.column_names:
        named = [one for one in table["assigned_to"].to_pylist() if one]
        if table.num_rows and not named:
            said.append(Message(code="caveat.not_one_assigned", parameters={"n": table.num_rows}))
    return said
