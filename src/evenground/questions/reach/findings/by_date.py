"""How the roll-out went: units and rates by group at every date that a list was given for."""

from __future__ import annotations

from evenground.evidence import Estimate, Finding, Message, Table, Verdict
from evenground.questions.reach.context import Context, pair_names
from evenground.questions.reach.findings import cells

MOST_COLUMNS = 12
"""A table of dates with more groups than this shows only the two that the sentence speaks of."""


def by_date(context: Context) -> list[Finding]:
    """Describe the dates, oldest first; with people as they were counted once, said so."""
    dated = [one for one in (*context.earlier, context.lead) if one.set.observed]
    groupings, lead = context.frame.groupings, context.frame.lead
    if len(dated) < 2 or not groupings or lead is None:  # noqa: PLR2004 - one date is no time line
        return []
    grouping, pair = groupings[0], groupings[0].pairs[0]
    compared = [context.compared(one, grouping, lead, pair=pair) for one in dated]
    if any(one.rates is None for one in compared):
        return []
    shown = range(len(grouping.names)) if len(grouping.names) <= MOST_COLUMNS else sorted(pair)
    rows = tuple(
        (
            one.set.observed,
            round(one.set.n),
            *(cells.counted_rate(found, row) for row in shown),
        )
        for one, found in zip(dated, compared, strict=True)
    )
    focus, reference = pair
    known = context.known(
        first=dated[0].set.observed,
        last=dated[-1].set.observed,
        n_first=round(dated[0].set.n),
        n_last=round(dated[-1].set.n),
        **pair_names(grouping, (focus, reference)),
        focus_first=cells.counted_rate(compared[0], focus),
        focus_last=cells.counted_rate(compared[-1], focus),
        reference_first=cells.counted_rate(compared[0], reference),
        reference_last=cells.counted_rate(compared[-1], reference),
        rate_unit=cells.rate_unit(compared[0]),
    )
    return [
        Finding(
            code="by_date",
            verdict=Verdict.DESCRIBED,
            parameters=known,
            estimates=tuple(
                Estimate.exact(
                    "units_then", round(one.set.n), unit="units", about=str(one.set.observed)
                )
                for one in dated
            ),
            tables=(
                Table(
                    key="dates",
                    columns=(
                        "date",
                        "units",
                        *(cells.headed(grouping.names[row]) for row in shown),
                    ),
                    rows=rows,
                    title=Message(code="table.dates", parameters=known),
                ),
            ),
            caveats=(
                Message(
                    code="caveat.described",
                    parameters={"vintage": lead.vintage or Message(code="vintage.unknown")},
                ),
            ),
            sources=context.sources("sites", "population"),
            claims=("M5", "M16"),
        )
    ]
