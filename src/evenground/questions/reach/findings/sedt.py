"""The comparison that the Urban Institute's tool makes, and what a correct test changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Baseline, Grouping
from evenground.language import N_
from evenground.methods.margins_of_error import UncertainCounts, margin_of_share
from evenground.questions.reach.context import Context
from evenground.questions.reach.measures.sedt_compatible import SedtDemographic, sedt_demographic

METHOD = Method(
    name=N_("Demographic disparity score of the Spatial Equity Data Tool, tested correctly"),
    formula=N_("difference = unit-weighted percentage of the areas − the city's percentage"),
    literature=("Urban Institute, Spatial Equity Data Tool, technical appendix",),
)
FACTOR_90 = 1.645


def sedt(context: Context) -> list[Finding]:
    """Return a finding per counted grouping, where the city switched the comparison on."""
    people = context.frame.people
    if not context.case.settings["sedt_compatible"] or people is None:
        return []
    if not context.lead.by_area.any():
        return []
    return [
        _finding(context, grouping, people) for grouping in context.frame.groupings if grouping.rows
    ]


def _finding(context: Context, grouping: Grouping, people: Baseline) -> Finding:
    scores = _scores(context, grouping, people)
    rows = tuple(_row(name, scores, row) for row, name in enumerate(grouping.names))
    n_changed = int(scores.verdict_changes.sum())
    return Finding(
        code="sedt.changes" if n_changed else "sedt.same",
        verdict=Verdict.DESCRIBED,
        parameters=context.known(n=n_changed, group=grouping.group.name),
        tables=(
            Table(
                key="sedt",
                columns=(
                    "group",
                    "data_implied",
                    "city",
                    "difference",
                    "tool_says",
                    "correct_says",
                ),
                rows=rows,
                title=Message(code="table.sedt"),
            ),
        ),
        sources=context.sources("sites", "areas", "population"),
        method=METHOD,
        claims=("M24",),
    )


def _row(name: str, scores: SedtDemographic, row: int) -> tuple[object, ...]:
    def says(significant: bool) -> Message:  # noqa: FBT001 - one of two words
        return Message(code="sedt.significant" if significant else "sedt.not_significant")

    return (
        name,
        Estimate.exact("percentage", float(scores.data_implied[row]), unit="%"),
        Estimate.exact("percentage", float(scores.city[row]), unit="%"),
        Estimate.exact("difference", float(scores.difference[row]), unit="percentage points"),
        says(bool(scores.significant_tool[row])),
        says(bool(scores.significant_correct[row])),
    )


def _scores(context: Context, grouping: Grouping, people: Baseline) -> SedtDemographic:
    """Turn counts into percentages with 90 % margins, by area and for the city."""
    parts = np.vstack([_margins(row, people.counts) for row in grouping.rows])
    whole = UncertainCounts(
        value=np.array([people.counts.value.sum()]),
        standard_error=np.sqrt([np.square(people.counts.standard_error).sum()]),
        rounding=np.zeros(1),
    )
    totals = grouping.totals or whole
    city = [
        100
        * margin_of_share(
            float(value),
            float(whole.value[0]),
            margins=(FACTOR_90 * float(error), FACTOR_90 * float(whole.standard_error[0])),
        )
        for value, error in zip(totals.value, totals.standard_error, strict=True)
    ]
    return sedt_demographic(
        context.lead.by_area,
        100 * grouping.membership.share,
        100 * parts,
        100 * totals.value / whole.value[0],
        np.array(city),
    )


def _margins(part: UncertainCounts, whole: UncertainCounts) -> NDArray[np.float64]:
    """Return the 90 % margin of a group's share in each area; 0 where nobody lives."""
    return np.array(
        [
            margin_of_share(value, people, margins=(FACTOR_90 * error, FACTOR_90 * other))
            if people > 0
            else 0.0
            for value, people, error, other in zip(
                part.value, whole.value, part.standard_error, whole.standard_error, strict=True
            )
        ]
    )
