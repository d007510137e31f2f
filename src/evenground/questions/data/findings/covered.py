"""Who lives within reach of a sensor that works, by group, and where."""

from __future__ import annotations

import numpy as np

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Frame, Grouping
from evenground.frame.ways import street_tables, ways_caveat
from evenground.language import N_
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.covering import Reached
from evenground.questions.data.figures.coverage_map import CoverageByArea, coverage_map
from evenground.questions.data.figures.named import named
from evenground.questions.data.measures.people.coverage import Covered

METHOD = Method(
    name=N_("Residents within reach of at least one working sensor, weighted by uptime"),
    formula=N_(
        "1 - Π (1 - uptime) over the sensors within reach, if they fail independently; however "
        "they fail together, between the largest uptime and the sum of them"
    ),
    literature=(
        "Fréchet 1935, Fundamenta Mathematicae 25, 379–387",
        "Duncan & Davis 1953, American Sociological Review 18, 665–666",
    ),
)
COVERED = Verdict("reach_counted")


def covered(context: Context) -> list[Finding]:
    """Return a finding for each dataset whose sensors stand somewhere."""
    return [
        _finding(context, audit, audit.reached)
        for audit in context.audits
        if audit.reached is not None
    ]


def _finding(context: Context, audit: DatasetAudit, found: Reached) -> Finding:
    everyone = found.everybody
    uptime_known = not np.isnan(found.uptime).any()
    known = context.known(
        title=audit.title,
        metres=context.case.settings.number("sensor_reach_metres"),
        share=float(everyone.if_all_worked[0]),
        working=_share(everyone, 0),
        n_sensors=len(found.points),
    )
    return Finding(
        code="covered.working" if uptime_known else "covered.standing",
        verdict=COVERED,
        parameters=known,
        estimates=(
            _share(everyone, 0),
            Estimate.exact("if_all_worked", float(everyone.if_all_worked[0]), unit="share"),
        ),
        tables=_tables(context, audit, found),
        figures=tuple(
            named(one, audit.key) for one in coverage_figures(context.frame, found, known)
        ),
        caveats=(
            *_of_uptime(found, known=uptime_known),
            Message(code="caveat.reach_is_not_data", parameters=known),
            ways_caveat(found.ways),
        ),
        sources=(
            *audit.sources,
            *context.sources("areas", "population", "points", *street_tables(found.ways)),
        ),
        method=METHOD,
        claims=("M14", "M18", "M32"),
    )


def _of_uptime(found: Reached, *, known: bool) -> tuple[Message, ...]:
    """Say what is not known of how sensors work, or what was taken for granted of it."""
    if not known:
        return (Message(code="caveat.uptime_unknown"),)
    several = len(found.points) > 1
    return (Message(code="caveat.independent_breakdowns"),) if several else ()


def _share(found: Covered, row: int, *, about: str = "") -> Estimate:
    value = _rounded(found.expected[row])
    return Estimate.bound(
        "covered",
        None if np.isnan(value) else value,
        bounds=(_rounded(found.least[row]), _rounded(found.most[row])),
        unit="share",
        about=about,
    )


def _rounded(share: float) -> float:
    """Return a share without what sums of many floats leave behind."""
    return round(float(share), 9)


def _tables(context: Context, audit: DatasetAudit, found: Reached) -> tuple[Table, ...]:
    frame = context.frame
    if frame is None or frame.people is None:
        return ()
    return tuple(_table(audit, found, frame, grouping) for grouping in frame.groupings)


def _table(audit: DatasetAudit, found: Reached, frame: Frame, grouping: Grouping) -> Table:
    assert frame.people is not None  # noqa: S101 - asked by the caller
    everybody = np.nan_to_num(frame.people.counts.value * frame.people.known)
    counts = np.nan_to_num(grouping.membership.share * everybody)
    groups = found.by_group(counts, everybody)
    rows = tuple(
        (
            name,
            round(float(groups.people[row])),
            _share(groups, row),
            Estimate.exact("if_all_worked", _rounded(groups.if_all_worked[row]), unit="share"),
        )
        for row, name in enumerate(grouping.names)
        if groups.people[row] > 0
    )
    return Table(
        key=f"covered_{audit.key}_{grouping.group.key}",
        columns=("group", "residents", "covered", "if_all_worked"),
        rows=rows,
        title=Message(code="table.covered", parameters={"title": audit.title}),
    )


def coverage_figures(
    frame: Frame | None, found: Reached, known: dict[str, object]
) -> tuple[Figure, ...]:
    """Return the map of who is in reach, where areas have shapes; ``known`` fills its title."""
    if frame is None or not frame.has_shapes:
        return ()
    share = found.by_area.expected
    drawn = CoverageByArea(
        area_ids=frame.area_ids,
        outlines=frame.outlines,
        share=np.where(np.isnan(share), found.by_area.if_all_worked, share),
        residents=found.by_area.people,
        places=found.points,
        uptime=np.where(np.isnan(found.uptime), 1.0, found.uptime),
    )
    shown = _share(found.everybody, 0)
    value = float(found.everybody.if_all_worked[0]) if shown.value is None else shown.value
    return (coverage_map(drawn, known={**known, "share": value}),)
