"""No sites given: what even by person and even by need would mean for so many units."""

from __future__ import annotations

from evenground.evidence import Estimate, Finding, Message, Table, Verdict, sources_of
from evenground.frame.areas import Frame, Grouping
from evenground.frame.naming import headed
from evenground.methods.margins_of_error import group_totals
from evenground.protocol import Case
from evenground.questions.reach.context import common
from evenground.questions.reach.measures.least_attainable import largest_remainder


def without_sites(areas: Frame | None, case: Case) -> list[Finding]:
    """Return, for each grouping, how many units each group would get on every baseline."""
    n = max((option.n_sites or 0 for option in case.initiative.options), default=0)
    if areas is None or not areas.baselines or n == 0:
        return []
    return [_finding(areas, grouping, case, n=n) for grouping in areas.groupings]


def _finding(areas: Frame, grouping: Grouping, case: Case, *, n: int) -> Finding:
    shares = []
    for baseline in areas.baselines:
        totals = group_totals(baseline.counts, grouping.membership.share * baseline.known).value
        shares.append(largest_remainder(n, totals) if totals.sum() > 0 else totals)
    rows = tuple(
        (name, *(Estimate.exact("units", int(share[row]), unit="units") for share in shares))
        for row, name in enumerate(grouping.names)
    )
    known = {**common(case, None), "n": n, "group": grouping.group.name}
    return Finding(
        code="without_sites",
        verdict=Verdict.DESCRIBED,
        parameters=known,
        tables=(
            Table(
                key="even",
                columns=("group", *(headed(one.choice.name) for one in areas.baselines)),
                rows=rows,
                title=Message(code="table.even", parameters=known),
            ),
        ),
        caveats=(Message(code="caveat.even_is_no_plan"),),
        sources=sources_of(("areas", "population", "indicators"), case.sources),
        claims=("M29", "M34"),
    )
