"""Do the units stand where the need is greatest, more or less than lots would put them there?"""

from __future__ import annotations

from typing import Any

import numpy as np

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Verdict
from evenground.frame.columns import Vector
from evenground.frame.maps import Shading
from evenground.frame.unit_sets import Placed, units_where_known
from evenground.language import N_
from evenground.methods.null_allocation import FairDraw, fair_draw
from evenground.methods.validation import Flags
from evenground.questions.problem.context import Context
from evenground.questions.problem.figures.fit_map import fit_map
from evenground.questions.problem.findings.combined import TopNeed
from evenground.questions.problem.measures.top_need_fit import TopNeedFit, top_need_fit

METHOD = Method(
    name=N_("Units in the areas of greatest need, beside as many places drawn by lot among people"),
    formula=N_("share = units in those areas / all units; lots: places fall to areas as people do"),
    literature=(
        "Lancaster 1961, J. American Statistical Association 56, 223–234",
        "Halegoua 2020, The Digital City",
    ),
)
MORE, FEWER, AS_LOTS = (
    Verdict("follows_need"), Verdict("misses_need"), Verdict("as_lots"),
)  # fmt: skip


def fit_of(context: Context, top: TopNeed | None) -> TopNeedFit | None:
    """Return the share of the units that stand where the need is surely greatest."""
    if top is None or context.lead is None or not top.surely.any():
        return None
    fair = _fair(context, context.lead, top)
    if fair is None:
        return None
    units = np.where(_at(context, top), context.lead.by_area, 0.0)
    if units.sum() <= 0:
        return None
    return top_need_fit(units, fair, top=top.surely, level=context.confidence)


def fit(context: Context, top: TopNeed | None, found: TopNeedFit | None) -> list[Finding]:
    """Return where the units stand, against the need; nothing where there are none."""
    if top is None or context.lead is None or context.lead.by_area.sum() <= 0:
        return []
    if found is None:
        return [_cannot_tell(context, top)]
    verdict = verdict_of(found)
    known = parameters(context, top, found)
    return [
        Finding(
            code=f"fit.{verdict.code}",
            verdict=verdict,
            parameters=known,
            estimates=_estimates(context, top, found),
            figures=_figure(context, top, known),
            caveats=_caveats(context, top, (found, known)),
            sources=context.sources("sites", "areas", "indicators", "needs", "population"),
            method=METHOD,
            claims=("M18", "M27"),
            bears_on=context.bears_on,
        )
    ]


def _caveats(
    context: Context, top: TopNeed, told: tuple[TopNeedFit, dict[str, Any]]
) -> tuple[Message, ...]:
    found, known = told
    said = [Message(code="caveat.greatest", parameters=known)]
    if not any(one.error.any() for one in top.by):  # "surely" is no more than what is printed
        said.append(Message(code="caveat.no_need_margins"))
    every = context.lead.set.n if context.lead else 0.0
    left = round(every - found.n_units)
    if left:
        said.append(Message(code="caveat.units_left", parameters={**known, "n": left}))
    return (*said, Message(code="caveat.need_is_elsewhere_too"))


def verdict_of(found: TopNeedFit) -> Verdict:
    """Say whether the units follow the need, miss it, or stand as lots would put them."""
    if found.band.looks_like_chance:
        return AS_LOTS
    return MORE if found.band.observed > found.expected else FEWER


def parameters(context: Context, top: TopNeed, found: TopNeedFit) -> dict[str, Any]:
    """Return what sentences on the fit name."""
    return context.known(
        need=need_words(top),
        unit_share=found.band.observed,
        lot_low=found.band.low,
        lot_high=found.band.high,
        people_share=found.people_share,
        n_units=round(found.n_units),
        n_areas_top=found.n_areas_top,
        there=Message(code=f"there.{_when(context)}"),
        part=context.case.settings.number("greatest_need"),
        stable_in=top.plan.stable_share,
        draws=top.found.n_draws,
    )


def need_words(top: TopNeed) -> Message:
    """Return what the need is called: one indicator, or several put together."""
    if len(top.by) == 1:
        return Message(code="need_by.one", parameters={"name": top.by[0].name})
    return Message(code="need_by.several", parameters={"n": len(top.by)})


def _when(context: Context) -> str:
    return "planned" if context.case.initiative.stage.is_ahead else "now"


def _fair(context: Context, placed: Placed, top: TopNeed) -> FairDraw | None:
    """Return as many places drawn by lot, each area's chance going with its people."""
    areas = context.frame
    if areas is None or areas.people is None:
        return None
    known = _at(context, top)
    units = units_where_known(placed, known)
    counts = areas.people.counts
    living = type(counts)(
        value=counts.value * known,
        standard_error=counts.standard_error * known,
        rounding=counts.rounding * known,
    )
    if not (units > 0).any() or living.value.sum() <= 0:
        return None
    return fair_draw(units[units > 0], living)


def _at(context: Context, top: TopNeed) -> Flags:
    """Flag areas where both the need and how many live there are known."""
    areas = context.frame
    if areas is None or areas.people is None:
        return np.zeros(top.known.size, dtype=np.bool_)
    return top.known & areas.people.known


def _share(context: Context, values: Vector, top: TopNeed, name: str) -> Estimate:
    """Return the share that lies where the need is surely greatest, with the error of the draws."""
    there = np.where(_at(context, top), values, 0.0)
    share, low, high = (
        float(there[flags].sum()) / float(there.sum())
        for flags in (top.surely, top.at_least, top.at_most)
    )
    return Estimate.estimated(name, share, interval=(low, high, 0.95), unit="share")


def _estimates(context: Context, top: TopNeed, found: TopNeedFit) -> tuple[Estimate, ...]:
    band = found.band
    units = context.lead.by_area if context.lead else np.zeros(top.known.size)
    return (
        _share(context, units, top, "unit_share"),
        Estimate.estimated(
            "lot_share", band.median, interval=(band.low, band.high, band.level), unit="share"
        ),
        _share(context, context.people, top, "people_share"),
    )


def _cannot_tell(context: Context, top: TopNeed) -> Finding:
    return Finding(
        code="fit.cannot_tell" if not top.surely.any() else "fit.outside",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(
            need=need_words(top), stable_in=top.plan.stable_share, draws=top.found.n_draws
        ),
        sources=context.sources("sites", "areas", "indicators", "needs"),
        method=METHOD,
        claims=("M18", "M27"),
        bears_on=context.bears_on,
    )


def _figure(context: Context, top: TopNeed, known: dict[str, Any]) -> tuple[Figure, ...]:
    areas, lead = context.frame, context.lead
    if areas is None or lead is None or not areas.has_shapes:
        return ()
    classes = np.where(top.surely, 2, np.where(top.perhaps, 1, 0))
    classes[~top.known] = -1
    names = tuple(Message(code=f"class.{row}", parameters=known) for row in range(3))
    shading = Shading(classes=classes, names=names, title=Message(code="legend.shading"))
    return (fit_map(lead, areas, shading=shading, known=known),)
