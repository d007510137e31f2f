"""How evenly units lie over areas: beside whole units and chance, and areas that stand out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Baseline
from evenground.frame.unit_sets import units_where_known
from evenground.language import N_
from evenground.methods.boundary_assignment import units_by_area
from evenground.methods.chance_band import ChanceBand
from evenground.methods.null_allocation import FairDraw
from evenground.questions.reach.context import Context
from evenground.questions.reach.figures.map import unit_map
from evenground.questions.reach.findings import cells
from evenground.questions.reach.findings.flags import flags
from evenground.questions.reach.findings.grounds import carried_over, drawn_from
from evenground.questions.reach.findings.shading import enough_people, shading
from evenground.questions.reach.measures.boundary_range import dissimilarity_range
from evenground.questions.reach.measures.dissimilarity import dissimilarity_index
from evenground.questions.reach.measures.distribution import area_distribution
from evenground.questions.reach.measures.evenness_null import dissimilarity_null
from evenground.questions.reach.measures.least_attainable import least_attainable_dissimilarity

METHOD = Method(
    name=N_("Dissimilarity index, beside the least that whole units attain and chance placement"),
    formula=N_("D = ½ Σ |units_a/units − people_a/people| over areas a"),
    literature=(
        "Duncan & Duncan 1955, American Sociological Review 20, 210–217",
        "Carrington & Troske 1997, Journal of Business & Economic Statistics 15, 402–409",
    ),
)
UNEVEN = Verdict("uneven")
LIKE_CHANCE = Verdict("like_chance")
EVEN = Verdict("more_even")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evenness:
    """Observed dissimilarity with its yardsticks."""

    observed: float
    least: float
    location: tuple[float, float]
    chance: ChanceBand


def by_area(context: Context) -> list[Finding]:
    """Return the finding on evenness over areas, with the map, and that on single areas."""
    lead = context.frame.lead
    fair = context.fair(context.lead, lead) if lead else None
    if lead is None or fair is None or context.lead.by_area.sum() < 1:
        return []
    found = _evenness(context, lead, fair)
    known = context.known(
        baseline=lead.choice.name,
        people=lead.choice.name,
        moved=found.observed,
        low=found.chance.low,
        high=found.chance.high,
        least=found.least,
        areas_with=int((context.lead.by_area > 0).sum()),
        areas_all=len(context.frame.area_ids),
    )
    verdict = _verdict(found)
    finding = Finding(
        code=f"by_area.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=_estimates(found),
        tables=(_yardsticks(found),),
        figures=_figures(context, lead, known),
        caveats=(Message(code="caveat.plan"), *carried_over(context), *drawn_from(context)),
        sources=context.sources("sites", "areas", "population"),
        method=METHOD,
        claims=("M16", "M18"),
        bears_on=context.bears_on,
    )
    return [finding, *flags(context, lead, fair)]


def _evenness(context: Context, lead: Baseline, fair: FairDraw) -> Evenness:
    baseline = fair.baseline.value
    of_places = units_where_known(context.lead, lead.known)
    units = units_by_area(context.lead.assignment, of_places)
    reach = dissimilarity_range(context.lead.assignment, of_places, baseline)
    return Evenness(
        observed=float(dissimilarity_index(units, baseline)),
        least=least_attainable_dissimilarity(max(round(units.sum()), 1), baseline).dissimilarity,
        location=(reach.low, reach.high),
        chance=dissimilarity_null(
            units,
            fair,
            rng=context.case.rng("by_area"),
            n_draws=context.case.settings.whole("chance_draws"),
            level=context.terms.confidence,
        ),
    )


def _verdict(found: Evenness) -> Verdict:
    if cells.could_be_chance(found.chance):
        return LIKE_CHANCE
    return UNEVEN if found.observed > found.chance.high else EVEN


def _estimates(found: Evenness) -> tuple[Estimate, ...]:
    low, high = found.location
    return (
        Estimate.bound("dissimilarity", found.observed, bounds=(low, high), unit="share"),
        Estimate.exact("least_attainable", found.least, unit="share"),
        cells.band(found.chance, name="chance_dissimilarity"),
    )


def _yardsticks(found: Evenness) -> Table:
    observed, least, chance = _estimates(found)
    rows = (
        (Message(code="yardstick.observed"), observed),
        (Message(code="yardstick.least"), least),
        (Message(code="yardstick.chance"), chance),
    )
    return Table(
        key="yardsticks",
        columns=("yardstick", "dissimilarity"),
        rows=rows,
        title=Message(code="table.yardsticks"),
    )


def _figures(context: Context, lead: Baseline, known: dict[str, object]) -> tuple[Figure, ...]:
    if not context.frame.has_shapes:
        return ()
    shaded = shading(context)
    classes = {f"class_{i}": name for i, name in enumerate(shaded.names)}
    found = area_distribution(context.lead.by_area, np.where(lead.known, lead.counts.value, 0.0))
    return (
        unit_map(
            context.lead,
            context.frame,
            shading=shaded,
            quotient=np.where(enough_people(context, lead), found.location_quotient, np.nan),
            known={**known, **classes, "shading": shaded.title},
        ),
    )
