"""The same comparison for every other option that has sites, and for what stands today."""

from __future__ import annotations

from evenground.evidence import Finding
from evenground.frame.naming import pair_names
from evenground.questions.reach.context import Context
from evenground.questions.reach.findings import cells


def by_option(context: Context) -> list[Finding]:
    """Return one finding per further unit set."""
    groupings, lead = context.frame.groupings, context.frame.lead
    if not groupings or lead is None:
        return []
    found: list[Finding] = []
    for placed in context.others:
        compared = context.compared(placed, groupings[0], lead, pair=groupings[0].pairs[0])
        if compared.rates is None:
            continue
        focus, reference = groupings[0].pairs[0]
        ratio = cells.ratio(compared)
        found.append(
            Finding(
                code="by_option" if placed.set.option else "by_option.today",
                verdict=compared.verdict,
                parameters=context.known(
                    name=placed.set.name,
                    n_option=round(placed.set.n),
                    **pair_names(groupings[0], (focus, reference)),
                    rate_focus=cells.counted_rate(compared, focus),
                    rate_reference=cells.counted_rate(compared, reference),
                    baseline=lead.choice.name,
                    rate_unit=cells.rate_unit(compared),
                ),
                estimates=(
                    cells.rate(compared, focus, about=groupings[0].names[focus]),
                    cells.rate(compared, reference, about=groupings[0].names[reference]),
                    *((ratio,) if ratio else ()),
                ),
                tables=(cells.group_rows(groupings[0], compared),),
                sources=context.sources("sites", "areas", "population"),
                claims=("M5", "M18"),
                bears_on=(placed.set.option,) if placed.set.option else (),
            )
        )
    return found
