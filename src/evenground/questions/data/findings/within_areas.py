"""What areas leave open about people in data: how many of a group are in them, at least, at most.

Rows name areas, and areas count groups. Which of an area's people a row is about, nobody can see.
"""

from __future__ import annotations

import numpy as np

from evenground.evidence import Estimate, Finding, Method, Verdict
from evenground.frame.areas import Frame, Grouping
from evenground.frame.maps import adjacency
from evenground.language import N_
from evenground.methods.area_statement import AreaStatement, area_statement
from evenground.methods.areal_scales import ZoningPlan
from evenground.methods.ecological import Bounds
from evenground.methods.ecological_margins import AreaCounts
from evenground.methods.margins_of_error import UncertainCounts
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.rows_by_area import area_rows

METHOD = Method(
    name=N_("Method of bounds, widened by margins of error, with Goodman’s line as an alarm"),
    formula=N_("max(0, a + b − 1) ≤ both ≤ min(a, b), a: share in the data, b: share in the group"),
    literature=(
        "Duncan & Davis 1953, American Sociological Review 18, 665–666",
        "Goodman 1953, American Sociological Review 18, 663–664",
        "Openshaw 1984, The Modifiable Areal Unit Problem, CATMOG 38",
    ),
)
PLACES = 9
OPEN, SETTLED = Verdict("areas_leave_people_open"), Verdict("areas_settle_people")


def within_areas(context: Context) -> list[Finding]:
    """Return a finding for each dataset about people whose rows name areas that count a group."""
    frame = context.frame
    if frame is None or frame.people is None or not frame.has_shapes:
        return []
    grouping = next((one for one in frame.groupings if one.rows and one.pairs), None)
    if grouping is None:
        return []
    focus = grouping.names[grouping.pairs[0][0]]
    found: list[Finding] = []
    for audit in context.audits:
        counted = area_rows(context, audit) if audit.datasheet.about_people else None
        counts = _counts(frame, grouping, counted.n) if counted is not None else None
        if counts is not None:
            found.append(_finding(context, audit, focus, told=_told(context, audit, frame, counts)))
    return found


def _counts(frame: Frame, grouping: Grouping, rows: np.ndarray) -> AreaCounts | None:
    """Return people in the data, not in them, and in the group; ``None`` if rows outnumber them."""
    people = frame.people
    if people is None:
        return None
    group = grouping.rows[grouping.pairs[0][0]]
    known = people.known & np.isfinite(people.counts.value) & np.isfinite(group.value)
    everybody = _of(people.counts, known)
    within = np.where(known, rows, 0.0)
    if not within.any() or (within > everybody.value).any():
        return None
    nothing = np.zeros_like(within)
    return AreaCounts(
        with_it=UncertainCounts(value=within, standard_error=nothing, rounding=nothing),
        without=UncertainCounts(
            value=everybody.value - within,
            standard_error=everybody.standard_error,
            rounding=everybody.rounding,
        ),
        in_group=_of(group, known),
    )


def _of(counts: UncertainCounts, known: np.ndarray) -> UncertainCounts:
    value, error, rounding = (
        np.where(known, np.nan_to_num(one), 0.0)
        for one in (counts.value, counts.standard_error, counts.rounding)
    )
    return UncertainCounts(value=value, standard_error=error, rounding=rounding)


def _told(context: Context, audit: DatasetAudit, frame: Frame, counts: AreaCounts) -> AreaStatement:
    return area_statement(
        counts,
        adjacency=adjacency(frame),
        rng=context.case.rng(f"within areas:{audit.key}"),
        plan=ZoningPlan(n_zonings=context.case.settings.whole("audit_zonings")),
        confidence=context.confidence,
    )


def _finding(context: Context, audit: DatasetAudit, focus: str, *, told: AreaStatement) -> Finding:
    verdict = SETTLED if told.tells_of_people else OPEN
    own, others = _ends(told.bounds.overall), _ends(told.bounds.others)
    return Finding(
        code=f"within.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            title=audit.title, focus=focus,
            low=own[0], high=own[1], low_others=others[0], high_others=others[1],
        ),
        estimates=(_bound("in_data", own), _bound("others_in_data", others)),
        caveats=told.caveats,
        sources=(*audit.sources, *context.sources("areas", "population")),
        method=METHOD,
        claims=("M18", "M23"),
    )  # fmt: skip


def _ends(bounds: Bounds) -> tuple[float, float]:
    """Return both ends, without what is left of sums that should be 0 or 1."""
    return round(float(bounds.low[0]), PLACES), round(float(bounds.high[0]), PLACES)


def _bound(name: str, ends: tuple[float, float]) -> Estimate:
    return Estimate.bound(name, None, bounds=ends, unit="share")
