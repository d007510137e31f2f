"""How the roll-out went: units and rates by group at every date that a list was given for."""

from __future__ import annotations

from typing import Any

from evenground.evidence import Estimate, Finding, Message, Table, Verdict
from evenground.questions.reach.comparison import Comparison
from evenground.questions.reach.context import Context, pair_names
from evenground.questions.reach.findings import cells
from evenground.questions.reach.frame import Grouping
from evenground.questions.reach.unit_sets import Placed

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
    known = _known(context, grouping, (dated, compared))
    vintage = lead.vintage or Message(code="vintage.unknown")
    return [
        Finding(
            code="by_date",
            verdict=Verdict.DESCRIBED,
            parameters=known,
            estimates=tuple(_units_then(one) for one in dated),
            tables=(_table(grouping, (dated, compared), known=known),),
            caveats=(Message(code="caveat.described", parameters={"vintage": vintage}),),
            sources=context.sources("sites", "population"),
            claims=("M5", "M16"),
        )
    ]


Dated = tuple[list[Placed], list[Comparison]]


def _known(context: Context, grouping: Grouping, found: Dated) -> dict[str, Any]:
    """Return what the sentence names: the first and the last date, counts and rates."""
    dated, compared = found
    focus, reference = grouping.pairs[0]
    return context.known(
        first=dated[0].set.observed,
        last=dated[-1].set.observed,
        n_first=round(dated[0].set.n),
        n_last=round(dated[-1].set.n),
        **pair_names(grouping, grouping.pairs[0]),
        focus_first=cells.counted_rate(compared[0], focus),
        focus_last=cells.counted_rate(compared[-1], focus),
        reference_first=cells.counted_rate(compared[0], reference),
        reference_last=cells.counted_rate(compared[-1], reference),
        rate_unit=cells.rate_unit(compared[0]),
    )


def _units_then(one: Placed) -> Estimate:
    day = str(one.set.observed)
    return Estimate.exact("units_then", round(one.set.n), unit="units", about=day)


def _table(grouping: Grouping, found: Dated, *, known: dict[str, Any]) -> Table:
    few = len(grouping.names) <= MOST_COLUMNS
    shown = range(len(grouping.names)) if few else sorted(grouping.pairs[0])
    rows = tuple(
        (
            one.set.observed,
            round(one.set.n),
            *(cells.counted_rate(compared, row) for row in shown),
        )
        for one, compared in zip(*found, strict=True)
    )
    return Table(
        key="dates",
        columns=("date", "units", *(cells.headed(grouping.names[row]) for row in shown)),
        rows=rows,
        title=Message(code="table.dates", parameters=known),
    )
