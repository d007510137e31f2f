"""Single areas with fewer or more units than chance explains, or that there are too few to tell."""

from __future__ import annotations

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Baseline
from evenground.frame.maps import adjacency
from evenground.language import N_
from evenground.methods.null_allocation import FairDraw
from evenground.questions.reach.context import Context
from evenground.questions.reach.findings.grounds import carried_over, drawn_from
from evenground.questions.reach.measures.area_flags import AreaFlags, flag_areas
from evenground.questions.reach.measures.zone_merging import merge_until_attainable, zone_draw

METHOD = Method(
    name=N_("Benjamini–Hochberg on mid-p-values, fewer and more apart"),
    formula=N_(
        "mid-p = P(X < x) + ½ P(X = x), X under chance placement; each side at half the rate"
    ),
    literature=(
        "Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57, 289–300",
    ),
)
CLAIMS = ("M18", "M32")


def flags(context: Context, baseline: Baseline, fair: FairDraw) -> list[Finding]:
    """Return the finding on single areas or, where these are too small, on zones of several."""
    rate = context.case.settings.number("false_discovery_rate")
    by_area = context.by_area(context.lead, baseline)
    found = flag_areas(by_area, fair, false_discovery_rate=rate)
    if found.attainable.can_flag_fewer or found.fewer.any() or found.more.any():
        return [
            _flagged(context, baseline, found, code="flags.areas", n=len(context.frame.area_ids))
        ]
    pairs = adjacency(context.frame)
    zones = merge_until_attainable(fair, pairs, false_discovery_rate=rate) if len(pairs) else None
    if zones is None or not zones.enough:
        return [_too_few(context, baseline, found)]
    units = np.bincount(zones.zone, weights=by_area, minlength=zones.n_zones)
    merged = flag_areas(units, zone_draw(fair, zones.zone), false_discovery_rate=rate)
    return [_flagged(context, baseline, merged, code="flags.zones", n=zones.n_zones)]


def _flagged(
    context: Context, baseline: Baseline, found: AreaFlags, *, code: str, n: int
) -> Finding:
    fewer, more = int(found.fewer.sum()), int(found.more.sum())
    some = {(0, 0): "none", (1, 0): "fewer", (0, 1): "more"}.get(
        (min(fewer, 1), min(more, 1)), "both"
    )
    # Zones are merged until an empty one would be flagged; single areas may be too small for that.
    blind = f"{code}.{some}" == "flags.areas.more" and not found.attainable.can_flag_fewer
    return Finding(
        code=f"{code}.{some}.blind" if blind else f"{code}.{some}",
        verdict=Verdict("none_stands_out" if some == "none" else some),
        parameters=context.known(
            fewer=fewer,
            more=more,
            n_parts=n,
            without=int((context.lead.by_area == 0).sum()),
            baseline=baseline.choice.name,
            empty=found.attainable.empty_probability,
        ),
        estimates=(
            Estimate.exact("flagged_fewer", fewer, unit="areas"),
            Estimate.exact("flagged_more", more, unit="areas"),
            Estimate.exact("false_discovery_rate", found.attainable.rate, unit="share"),
        ),
        tables=(_table(context, found),) if code == "flags.areas" and some != "none" else (),
        caveats=(Message(code="caveat.not_worth"), *carried_over(context), *drawn_from(context)),
        sources=context.sources("sites", "areas", "population"),
        method=METHOD,
        claims=CLAIMS,
        bears_on=context.bears_on,
    )


def _table(context: Context, found: AreaFlags) -> Table:
    """List the areas outside what chance explains, by their code."""
    rows = tuple(
        (
            context.frame.area_ids[row],
            round(float(context.lead.by_area[row]), 2),
            round(float(found.expected[row]), 2),
            Message(code="flag.fewer" if found.fewer[row] else "flag.more"),
        )
        for row in np.flatnonzero(found.fewer | found.more)
    )
    return Table(
        key="flags",
        columns=("area", "units", "expected", "flag"),
        rows=rows,
        title=Message(code="table.flags"),
    )


def _too_few(context: Context, baseline: Baseline, found: AreaFlags) -> Finding:
    return Finding(
        code="flags.too_few",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(
            empty=found.attainable.empty_probability, baseline=baseline.choice.name
        ),
        estimates=(
            Estimate.exact("empty_probability", found.attainable.empty_probability, unit="share"),
        ),
        sources=context.sources("sites", "areas", "population"),
        method=METHOD,
        claims=CLAIMS,
    )
