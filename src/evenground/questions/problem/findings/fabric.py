"""Are basic services there at all, for whom, and how broken up is the area that has them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Frame
from evenground.frame.maps import borders
from evenground.frame.ways import street_tables, ways_caveat
from evenground.language import N_
from evenground.methods.chance_band import ChanceBand
from evenground.questions.problem.basic_services import BasicService, not_recorded
from evenground.questions.problem.context import Context
from evenground.questions.problem.figures.coverage_bars import Covered, coverage_bars
from evenground.questions.problem.measures.archipelago import (
    Archipelago,
    PatchMap,
    archipelago,
    patch_map,
)
from evenground.questions.problem.measures.archipelago_null import (
    ArchipelagoBands,
    archipelago_null,
)

COVERAGE = Method(
    name=N_("People within the standard of each basic service, and by how much others miss it"),
    formula=N_("FGT_α = Σ people_i · (1 − part of the standard that i has)^α / Σ people_i"),
    literature=(
        "Foster, Greer & Thorbecke 1984, Econometrica 52, 761–766",
        "Söderström 2021, in Smart Cities for City Officials",
    ),
)
PATCHES = Method(
    name=N_("Patches of served areas, beside served areas relabelled at random"),
    formula=N_("effective mesh size = Σ p² / Σ p over patches p, in people"),
    literature=(
        "Jaeger 2000, Landscape Ecology 15, 115–130",
        "Besag & Diggle 1977, Applied Statistics 26, 327–333",
    ),
)
MOST_HAVE, MANY_HAVE, FEW_HAVE = (
    Verdict("covers_most"), Verdict("covers_many"), Verdict("covers_few"),
)  # fmt: skip
MOST = 0.9
MANY = 0.5
SERVED_FROM = 0.5
"""An area counts as served from this share of its residents on."""
BROKEN, WHOLE, LIKE_CHANCE = (
    Verdict("more_broken"), Verdict("more_whole"), Verdict("as_relabelled"),
)  # fmt: skip


def fabric(context: Context, services: Sequence[BasicService]) -> list[Finding]:
    """Return who has the basic services, and how broken up the served areas are."""
    if not services:
        return []
    return [_coverage(context, services), *_archipelago(context, services)]


def thinnest(services: Sequence[BasicService]) -> BasicService:
    """Return the service that the smallest share of people has."""
    return min(services, key=lambda one: one.coverage.share_covered)


def _coverage(context: Context, services: Sequence[BasicService]) -> Finding:
    least = thinnest(services)
    share = least.coverage.share_covered
    verdict = MOST_HAVE if share >= MOST else MANY_HAVE if share >= MANY else FEW_HAVE
    known = context.known(
        service=least.name,
        metres=least.metres,
        share=share,
        names=[one.name for one in services],
        n=len(services),
        group=context.grouping.group.name if context.grouping else "",
    )
    return Finding(
        code=f"fabric.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=tuple(
            Estimate.exact("covered", one.coverage.share_covered, unit="share", about=one.name)
            for one in services
        ),
        tables=(_table(services), *_by_group(context, services)),
        figures=_figure(context, services, known),
        caveats=(
            _standards(services),
            *_not_recorded(context),
            ways_caveat(context.ways),
            Message(code="caveat.own_provision"),
        ),
        sources=context.sources(
            "services", "basic_services", "population", "points", *street_tables(context.ways)
        ),
        method=COVERAGE,
        claims=("M12", "M13", "M32"),
    )


def _standards(services: Sequence[BasicService]) -> Message:
    """Say who set the standards."""
    by = list(dict.fromkeys(one.set_by for one in services if one.set_by))
    if not by:
        return Message(code="caveat.standard.unknown")
    return Message(code="caveat.standard", parameters={"by": by})


def _not_recorded(context: Context) -> tuple[Message, ...]:
    """Name the services of which the table has none: nobody can tell whether there is one."""
    names = not_recorded(context)
    if not names:
        return ()
    return (Message(code="caveat.not_recorded", parameters={"names": names}),)


def _table(services: Sequence[BasicService]) -> Table:
    rows = tuple(
        (
            one.name,
            one.n,
            Estimate.exact("standard", one.metres, unit="m"),
            Estimate.exact("covered", one.coverage.share_covered, unit="share"),
            Estimate.exact("shortfall", float(one.coverage.shortfall[1]), unit="share"),
            Estimate.exact("severity", float(one.coverage.shortfall[2]), unit="share"),
        )
        for one in services
    )
    return Table(
        key="services",
        columns=("service", "n_there", "standard", "covered", "shortfall", "severity"),
        rows=rows,
        title=Message(code="table.basic"),
    )


def _by_group(context: Context, services: Sequence[BasicService]) -> tuple[Table, ...]:
    grouping = context.grouping
    if grouping is None:
        return ()
    rows = [
        (
            one.name,
            name,
            Estimate.exact("covered", float(one.coverage.share_by_group[row]), unit="share"),
            round(float(one.coverage.people_by_group[row] - one.coverage.covered_by_group[row])),
        )
        for one in services
        for row, name in enumerate(grouping.names)
        if one.coverage.people_by_group[row] > 0
    ]
    return (
        Table(
            key="services_by_group",
            columns=("service", "group", "covered", "without"),
            rows=tuple(rows),
            title=Message(code="table.services_by_group"),
        ),
    )


def _figure(
    context: Context, services: Sequence[BasicService], known: dict[str, Any]
) -> tuple[Figure, ...]:
    grouping = context.grouping
    if grouping is None:
        return ()
    focus, reference = grouping.pairs[0]
    rows = [
        Covered(service=one.name, group=grouping.names[row], share=float(share))
        for one in services
        for row in sorted({focus, reference})
        if np.isfinite(share := one.coverage.share_by_group[row])
    ]
    return (coverage_bars(rows, known=known),) if rows else ()


def _archipelago(context: Context, services: Sequence[BasicService]) -> list[Finding]:
    """Return how broken up the area is that has the thinnest service, the others beside it."""
    areas = context.frame
    if areas is None or not areas.has_shapes or areas.people is None:
        return []
    on = _patch_map(context, areas)
    found = [(one, archipelago(_is_served(one), on), _bands(context, one, on)) for one in services]
    told = [(one, are, bands) for one, are, bands in found if bands is not None]
    if not told:
        return []
    least = thinnest([one for one, _, _ in told])
    first, are, bands = next(part for part in told if part[0] is least)
    verdict = _verdict(bands.coherence)
    known = context.known(
        service=first.name,
        metres=first.metres,
        n=are.n_patches,
        n_patches=are.n_patches,
        island_share=are.island_share,
        island_low=bands.island_share.low,
        island_high=bands.island_share.high,
        coherence=are.coherence,
        away=are.distance_metres,
        served_from=SERVED_FROM,
    )
    return [
        Finding(
            code=f"archipelago.{verdict.code}",
            verdict=verdict,
            parameters=known,
            estimates=_estimates(are, bands),
            tables=(_patches(told),),
            caveats=(
                Message(code="caveat.patch", parameters=known),
                Message(code="caveat.relabelled", parameters=known),
            ),
            sources=context.sources("services", "basic_services", "areas", "population"),
            method=PATCHES,
            claims=("M12",),
        )
    ]


def _is_served(service: BasicService) -> Any:
    return np.nan_to_num(service.coverage.share_by_area) >= SERVED_FROM


def _bands(context: Context, service: BasicService, on: PatchMap) -> ArchipelagoBands | None:
    return archipelago_null(
        _is_served(service),
        on,
        rng=context.case.rng(f"archipelago:{service.key}"),
        n_draws=context.case.settings.whole("relabellings"),
        level=context.confidence,
    )


def _patch_map(context: Context, areas: Frame) -> PatchMap:
    import shapely

    return patch_map(
        context.people,
        borders(areas),
        centroids=shapely.get_coordinates(shapely.centroid(areas.outlines)),
        small=float(context.people.sum()) / 100,
    )


def _verdict(coherence: ChanceBand) -> Verdict:
    if coherence.looks_like_chance:
        return LIKE_CHANCE
    return BROKEN if coherence.observed < coherence.low else WHOLE


def _estimates(are: Archipelago, bands: ArchipelagoBands) -> tuple[Estimate, ...]:
    return (
        Estimate.exact("n_patches", are.n_patches, unit="patches"),
        Estimate.exact("island_share", are.island_share, unit="share"),
        Estimate.exact("coherence", are.coherence, unit="share"),
        Estimate.estimated(
            "coherence_relabelled",
            bands.coherence.median,
            interval=(bands.coherence.low, bands.coherence.high, bands.coherence.level),
            unit="share",
        ),
        Estimate.exact("distance_to_patch", are.distance_metres, unit="m"),
    )


def _patches(told: Sequence[tuple[BasicService, Archipelago, ArchipelagoBands]]) -> Table:
    rows = tuple(
        (
            one.name,
            are.n_patches,
            Estimate.exact("island_share", are.island_share, unit="share"),
            Estimate.exact("coherence", are.coherence, unit="share"),
            Estimate.bound(
                "coherence_relabelled",
                None,
                bounds=(bands.coherence.low, bands.coherence.high),
                unit="share",
            ),
            Estimate.exact("distance_to_patch", are.distance_metres, unit="m"),
        )
        for one, are, bands in told
    )
    return Table(
        key="patches",
        columns=(
            "service", "n_patches", "island_share", "coherence", "relabelled", "distance_to_patch",
        ),
        rows=rows,
        title=Message(code="table.patches"),
    )  # fmt: skip
