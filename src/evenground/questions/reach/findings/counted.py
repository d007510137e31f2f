"""What is counted, and where units lie: rows, units, places; boundaries; outside."""

from __future__ import annotations

import numpy as np

from evenground.city import Group
from evenground.evidence import Estimate, Finding, Message, Verdict
from evenground.questions.reach.context import Context
from evenground.questions.reach.measures.areas_served import areas_served_range


def counted(context: Context) -> Finding:
    """State the three counts, which of them the findings use, and how places meet areas."""
    units, assignment = context.lead.set, context.lead.assignment
    caveats = [Message(code="counted.unlocated", parameters={"n": units.n_unlocated})]
    caveats = caveats if units.n_unlocated else []
    if context.frame.n_unplaced:
        known = context.known(n=context.frame.n_unplaced)
        caveats.append(Message(code="counted.unplaced", parameters=known))
    caveats += [_unmade(context, group) for group in context.frame.unmade]
    if assignment.n_ambiguous:
        caveats.append(
            Message(
                code="counted.boundary",
                parameters={"n": assignment.n_ambiguous, "areas": context.known()["areas"]},
            )
        )
    n_outside = assignment.n_outside if context.frame.has_shapes else 0
    if n_outside:
        farthest = float(np.max(assignment.outside_metres))
        caveats.append(
            Message(
                code="counted.outside",
                parameters={**context.known(), "n": n_outside, "metres": farthest},
            )
        )
    observed = {"observed": units.observed} if units.observed else {}
    return Finding(
        code="counted.on" if units.observed else "counted",
        verdict=Verdict.DESCRIBED,
        parameters=context.known(
            rows=units.n_rows,
            units_total=units.n_units,
            n_places=units.n_places,
            what=Message(code=f"counts.{units.counted}"),
            **observed,
        ),
        estimates=(
            Estimate.exact("rows", units.n_rows, unit="rows"),
            Estimate.exact("units_total", units.n_units, unit="units"),
            Estimate.exact("places", units.n_places, unit="places"),
            Estimate.exact("on_boundary", assignment.n_ambiguous, unit="places"),
            Estimate.exact("outside", n_outside, unit="places"),
            _areas_with(context),
            Estimate.exact("areas_all", len(context.frame.area_ids), unit="areas"),
        ),
        caveats=tuple(caveats),
        sources=context.sources("sites", "areas"),
        claims=("M23",),
        bears_on=context.bears_on,
    )


def _unmade(context: Context, group: Group) -> Message:
    """Say why a grouping that the city asks for is not among the findings."""
    return Message(
        code="counted.unmade", parameters=context.known(group=group.name, classes=group.classes)
    )


def _areas_with(context: Context) -> Estimate:
    """Count the areas that hold any of a unit, with the range over units on boundaries."""
    found = areas_served_range(context.lead.assignment, context.lead.set.units)
    assigned = int(found.assigned)
    if not found.n_ambiguous:
        return Estimate.exact("areas_with", assigned, unit="areas")
    # A unit that its boundary splits evenly is in both areas, which no whole assignment is.
    bounds = (min(int(found.low), assigned), max(int(found.high), assigned))
    return Estimate.bound("areas_with", assigned, bounds=bounds, unit="areas")
