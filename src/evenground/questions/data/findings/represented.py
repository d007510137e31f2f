"""Who is in data about people, beside who lives in the city, and what the data's size is worth."""

from __future__ import annotations

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.language import N_
from evenground.methods.margins_of_error import counts_without_margins, group_totals
from evenground.methods.representation import (
    InData,
    Representation,
    representation,
)
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.measures.people.data_defect import effective_sample_size
from evenground.questions.data.measures.people.r_indicator import RIndicator, r_indicator
from evenground.questions.data.measures.people.weighting import kish_design_effect
from evenground.questions.data.rows_by_area import AreaRows, area_rows

METHOD = Method(
    name=N_("Rows by class of areas beside residents, with exact limits"),
    formula=N_(
        "R = 1 - 2 S(chance to be in the data); design effect of weights = n Σw² / (Σw)²; "
        "effective size = f / (1 - f) / ρ² for a data defect correlation ρ"
    ),
    literature=(
        "Schouten, Cobben & Bethlehem 2009, Survey Methodology 35(1), 101–113",
        "Kish 1965, Survey Sampling, ch. 8",
        "Meng 2018, Annals of Applied Statistics 12(2), 685–726",
    ),
)
UNLIKE, ALIKE = Verdict("unlike_residents"), Verdict("not_told_unlike")
POINTS = 100
"""Percentage points of a share."""
SLIGHT = 0.005
"""A data defect correlation of the size that large polls had in 2016 (Meng 2018)."""


def represented(context: Context) -> list[Finding]:
    """Return a finding for each dataset that is said to be about people."""
    grouping = _classes(context)
    if grouping is None or context.frame is None or context.frame.people is None:
        return []
    found: list[Finding] = []
    for audit in context.audits:
        counted = area_rows(context, audit) if audit.datasheet.about_people else None
        if counted is not None:
            found.extend(_finding(context, audit, grouping, counted))
    return found


def _classes(context: Context) -> Grouping | None:
    groupings = context.frame.groupings if context.frame else ()
    return next((one for one in groupings if one.classes is not None and one.pairs), None)


def _finding(
    context: Context, audit: DatasetAudit, grouping: Grouping, counted: AreaRows
) -> list[Finding]:
    frame = context.frame
    if frame is None or frame.people is None:
        return []
    known = frame.people.known & (grouping.membership.share.sum(axis=0) > 0)
    share = grouping.membership.share * known
    population = group_totals(frame.people.counts, share)
    rows = np.rint(share @ counted.n)
    missing = round(float(counted.n.sum() - rows.sum())) + counted.n_nowhere
    if rows.sum() == 0 or (population.value <= 0).any():
        return []
    beside = representation(
        InData(counts=rows, n_missing=max(missing, 0)), population, confidence=context.confidence
    )
    focus = grouping.pairs[0][0]
    apart = beside.difference.low[focus] > 0 or beside.difference.high[focus] < 0
    verdict = UNLIKE if apart else ALIKE
    people = round(float(population.value.sum()))
    n = int(rows.sum())
    parameters = context.known(
        title=audit.title,
        focus=grouping.names[focus],
        here=float(beside.share_in_data.value[focus]),
        there=float(beside.share_in_population.value[focus]),
        n=n,
    )
    return [
        Finding(
            code=f"represented.{verdict.code}",
            verdict=verdict,
            parameters=parameters,
            estimates=tuple(_estimates(beside, grouping, n=n, people=people)),
            tables=(_table(audit, grouping, beside),),
            caveats=tuple(_caveats(rows, population.value, n=n, people=people)),
            sources=(*audit.sources, *context.sources("areas", "population", "indicators")),
            method=METHOD,
            claims=("M14", "M18", "M32"),
        )
    ]


def _estimates(
    beside: Representation, grouping: Grouping, *, n: int, people: int
) -> list[Estimate]:
    level = beside.confidence
    found = [
        Estimate.estimated(
            "difference",
            float(beside.difference.value[row]) * POINTS,
            interval=(
                float(beside.difference.low[row]) * POINTS,
                float(beside.difference.high[row]) * POINTS,
                level,
            ),
            unit="percentage points",
            about=name,
        )
        for row, name in enumerate(grouping.names)
    ]  # fmt: skip
    weight = beside.share_in_population.value / np.maximum(beside.share_in_data.value, 1e-12)
    if (beside.n_in_data > 0).all():
        effect = kish_design_effect(np.repeat(weight, beside.n_in_data.astype(np.int64)))
        found.append(Estimate.exact("design_effect", round(float(effect), 9), unit="times"))
    if n < people:
        worth = float(effective_sample_size(SLIGHT, n=n, population=people))
        found.append(Estimate.exact("worth", round(worth), unit="people drawn by lot"))
    return found


def _caveats(rows: np.ndarray, population: np.ndarray, *, n: int, people: int) -> list[Message]:
    said = [Message(code="caveat.areas_not_people"), Message(code="caveat.rows_not_persons")]
    if n < people:
        worth = float(effective_sample_size(SLIGHT, n=n, population=people))
        known = {"n": n, "worth": round(worth), "rho": SLIGHT}
        said.append(Message(code="caveat.worth", parameters=known))
    found = r_indicator(rows, counts_without_margins(population), [np.arange(rows.size)])
    if isinstance(found, RIndicator):
        ends = {"r": round(found.r, 2), "variation": round(found.variation, 2)}
        said.append(Message(code="caveat.r_indicator", parameters=ends))
    else:
        said.append(Message(code="caveat.r_unknown", parameters={"reason": found.reason}))
    return said


def _table(audit: DatasetAudit, grouping: Grouping, beside: Representation) -> Table:
    rows = tuple(
        (
            name,
            round(float(beside.n_in_data[row])),
            round(float(beside.share_in_data.value[row]), 4),
            round(float(beside.share_in_population.value[row]), 4),
            Estimate.estimated(
                "ratio_to_residents",
                float(beside.ratio.value[row]),
                interval=(
                    float(beside.ratio.low[row]), float(beside.ratio.high[row]), beside.confidence,
                ),
                unit="times",
            ),
        )
        for row, name in enumerate(grouping.names)
    )  # fmt: skip
    return Table(
        key=f"represented_{audit.key}",
        columns=("class", "rows", "share_in_data", "share_of_residents", "ratio_to_residents"),
        rows=rows,
        title=Message(code="table.represented", parameters={"title": audit.title}),
    )
