"""Who gains: counted groups with their rates, and groups that nobody counts by area."""

from __future__ import annotations

from evenground.evidence import Finding, Message, Parameter, Table, Verdict
from evenground.questions.reach.context import Context, Uncounted
from evenground.questions.reach.findings import cells


def who_gains(context: Context) -> list[Finding]:
    """Return one table of all groups; uncounted ones stand in it with who could be asked."""
    rows: list[tuple[Parameter, ...]] = []
    unit = ""
    lead = context.frame.lead
    if lead is not None:
        for grouping in context.frame.groupings:
            compared = context.compared(context.lead, grouping, lead, pair=grouping.pairs[0])
            if compared.rates is not None:
                unit = cells.rate_unit(compared)
                rows += [
                    (grouping.group.name, name, cells.counted_rate(compared, row))
                    for row, name in enumerate(grouping.names)
                ]
    rows += [_uncounted(group) for group in context.uncounted]
    if not rows:
        return []
    table = Table(
        key="who_gains",
        columns=("grouping", "group", "rate_counted"),
        rows=tuple(rows),
        title=Message(code="table.who_gains"),
    )
    return [
        Finding(
            code="who_gains.uncounted" if context.uncounted else "who_gains",
            verdict=Verdict.DESCRIBED,
            parameters=context.known(n_uncounted=len(context.uncounted), rate_unit=unit),
            tables=(table,),
            sources=context.sources("population", "indicators", "uncounted_groups"),
            claims=("M18", "M32"),
        )
    ]


def _uncounted(group: Uncounted) -> tuple[Parameter, ...]:
    """Say what stands in for a rate: accounts of the group, whom to ask, or that nobody asked."""
    if group.n_accounts:
        heard = Message(code="uncounted.accounts", parameters={"n": group.n_accounts})
    elif group.who_knows:
        heard = Message(code="uncounted.ask", parameters={"who": group.who_knows})
    else:
        heard = Message(code="uncounted.nobody")
    return Message(code="uncounted"), group.name, heard
