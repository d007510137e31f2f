"""How the roll-out went: units and rates by group at every date that a list was given for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evenground.evidence import Estimate, Figure, Finding, Message, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.naming import headed, pair_names
from evenground.frame.unit_sets import Placed
from evenground.questions.reach.comparison import Comparison
from evenground.questions.reach.context import Context
from evenground.questions.reach.figures.time_lines import Line, TimeLines, time_lines
from evenground.questions.reach.findings import cells

MOST_LINES = 4
MOST_COLUMNS = 12
"""A table of dates with more groups than this shows only the two that the sentence speaks of."""


def by_date(context: Context, compared: Sequence[Comparison]) -> list[Finding]:
    """Describe the dates, oldest first; with people as they were counted once, said so."""
    groupings, lead = context.frame.groupings, context.frame.lead
    if context.history is None or not groupings or lead is None:
        return []
    dated = [step.stock for step in context.history.steps]
    grouping, pair = groupings[0], groupings[0].pairs[0]
    compared = list(compared)
    if any(one.rates is None for one in compared):
        return []
    few = len(grouping.names) <= MOST_LINES
    shown = list(range(len(grouping.names))) if few else sorted(pair)
    known = _known(context, grouping, (dated, compared))
    return [
        Finding(
            code="by_date",
            verdict=Verdict.DESCRIBED,
            parameters=known,
            estimates=tuple(_units_then(one) for one in dated),
            tables=(_table(grouping, (dated, compared), known=known),),
            figures=(_figure(grouping, (dated, compared), shown=shown, known=known),),
            caveats=(
                Message(
                    code=f"caveat.described{'' if lead.vintage else '.undated'}",
                    parameters={"vintage": lead.vintage},
                ),
                *(
                    (Message(code="caveat.lists", parameters=known),)
                    if context.history.by_lists
                    else (Message(code="caveat.installed", parameters=known),)
                ),
            ),
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
        same=context.case.settings.number("same_place_metres"),
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
        columns=("date", "units", *(headed(grouping.names[row]) for row in shown)),
        rows=rows,
        title=Message(code="table.dates", parameters=known),
    )


def _figure(grouping: Grouping, found: Dated, *, shown: list[int], known: dict[str, Any]) -> Figure:
    """Draw a line of rates for each group, over dates."""
    lines = [
        Line(
            name=grouping.names[row],
            values=tuple(
                float(compared.rates.rate[row]) if compared.rates else 0.0 for compared in found[1]
            ),
        )
        for row in shown
    ]
    days = tuple(one.set.observed for one in found[0] if one.set.observed)
    return time_lines(
        TimeLines(days=days, lines=tuple(lines)), key="dates", code="dates", known=known
    )
