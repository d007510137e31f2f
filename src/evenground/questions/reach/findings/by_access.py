"""What residents can get at: units shared among those who live near them, by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.naming import pair_names, per_unit
from evenground.frame.ways import street_tables, ways_caveat
from evenground.language import N_
from evenground.methods.accessibility.enhanced_two_step import enhanced_two_step_access
from evenground.methods.accessibility.group_access import group_access_draws
from evenground.methods.margins_of_error import draw_counts, total_error
from evenground.methods.validation import Vector
from evenground.questions.reach.access import (
    COST,
    LEAD,
    PER_PERSON,
    WIDEST,
    Access,
    group_means,
    zoned,
)
from evenground.questions.reach.context import Context
from evenground.questions.reach.figures.access_map import access_map
from evenground.questions.reach.findings.grounds import carried_over, partly_counted

METHOD = Method(
    name=N_("Enhanced two-step floating catchment area, averaged over people"),
    formula=N_(
        "A_i = Σ_j S_j f(d_ij) / Σ_k P_k f(d_kj); f falls in three steps over the catchment"
    ),
    literature=(
        "Luo & Wang 2003, Environment and Planning B 30, 865–884",
        "Luo & Qi 2009, Health & Place 15, 1100–1107",
        "Delamater 2013, Spatial and Spatio-temporal Epidemiology 6, 13–24",
        "Wan, Zou & Sternberg 2012, Int. J. Geographical Information Science 26, 1073–1089",
    ),
)
N_DRAWS = 1_000
MANY_ORIGINS, FEWER_DRAWS = 5_000, 200
"""With so many points fewer draws tell as much, since their margins even out."""
_CELLS_AT_ONCE = 2_000_000
WIDTHS = (0.5, WIDEST)
"""Catchments so many times as wide, beside the one that the city set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAccess:
    """Mean access by group, with how far margins of error of the counts carry it."""

    mean: Vector
    low: Vector
    high: Vector
    confidence: float
    draws: Vector | None = None

    def may_be_equal(self, pair: tuple[int, int]) -> bool:
        """Tell whether margins alone could make two groups equal; both see the same draws."""
        if self.draws is None:
            return False
        apart = self.draws[:, pair[0]] - self.draws[:, pair[1]]
        tail = (1 - self.confidence) / 2
        low, high = np.nanquantile(apart, [tail, 1 - tail])
        return bool(low <= 0 <= high)


def by_access(context: Context, found: Access | None) -> list[Finding]:
    """Return the finding on access of the first grouping."""
    if found is None or not context.frame.groupings:
        return []
    grouping = context.frame.groupings[0]
    share = grouping.membership.share[:, found.origins.area]
    if not ((share * found.people).sum(axis=1) > 0).all():
        return []
    if not found.lead.any():
        return [_nobody_near(context, found)]
    access = _with_margins(context, found, share)
    return [_finding(context, grouping, (found, access))]


def _nobody_near(context: Context, found: Access) -> Finding:
    return Finding(
        code="by_access.nobody_near",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(metres=found.catchment),
        sources=_sources(context, found),
        claims=("M18", "M32"),
        bears_on=context.bears_on,
    )


def _finding(context: Context, grouping: Grouping, both: tuple[Access, GroupAccess]) -> Finding:
    found, access = both
    focus, reference = grouping.pairs[0]
    alike = context.case.settings.number("distance_alike")
    order = _order(access, grouping.pairs[0], alike)
    rows = _by_method(context, grouping, found)
    known = context.known(
        **pair_names(grouping, grouping.pairs[0]),
        access_focus=_estimate(context, access, focus),
        access_reference=_estimate(context, access, reference),
        access_unit=per_unit(context.terms.per, context.residents),
        metres=found.catchment,
        near=context.case.settings.number("near_metres"),
        alike=alike,
        offered=Message(code=f"offered.{_offered(context)}", parameters=context.known()),
        origins=Message(code=f"origins.{found.origins.kind}", parameters=context.known()),
    )
    return Finding(
        code=f"by_access.{order}",
        verdict=Verdict(order),
        parameters=known,
        estimates=(
            *(
                _estimate(context, access, row, about=name)
                for row, name in enumerate(grouping.names)
            ),
            Estimate.exact("out_of_reach", _out_of_reach(found), unit="share"),
        ),
        tables=(_table(rows, known),),
        figures=_figures(context, found, known),
        caveats=_caveats(context, grouping, (found, known), alike=order == "access_alike"),
        sources=_sources(context, found),
        method=METHOD,
        claims=("M12", "M18", "M32"),
        bears_on=context.bears_on,
        would_change=_turning(rows, alike, names=known),
    )


def _caveats(
    context: Context,
    grouping: Grouping,
    both: tuple[Access, Mapping[str, Any]],
    *,
    alike: bool,
) -> tuple[Message, ...]:
    found, known = both
    n_outside = context.lead.assignment.n_outside if context.frame.has_shapes else 0
    return (
        ways_caveat(found.ways, **known),
        Message(code="caveat.shared", parameters=known),
        *_by_code(context),
        *((Message(code="caveat.alike_access", parameters=known),) if alike else ()),
        *((Message(code="caveat.only_these", parameters=known),) if context.others else ()),
        *(
            (Message(code="caveat.outside_shared", parameters=context.known(n=n_outside)),)
            if n_outside
            else ()
        ),
        *(
            (Message(code="caveat.unreached", parameters={**known, "left": found.unreached}),)
            if found.unreached > 0
            else ()
        ),
        Message(code="caveat.points", parameters=known),
        *partly_counted(context, grouping),
        *carried_over(context, grouping),
    )


def _by_code(context: Context) -> tuple[Message, ...]:
    """Say how many places only name their area."""
    n = sum(shape is None for shape in context.lead.set.places)
    return (Message(code="caveat.by_code", parameters=context.known(n=n)),) if n else ()


def _offered(context: Context) -> str:
    return "units" if context.lead.set.capacity is None else "capacity"


def _sources(context: Context, found: Access) -> Any:
    where = "points" if found.origins.kind == "points" else "areas"
    return context.sources("sites", where, "population", "indicators", *street_tables(found.ways))


def _out_of_reach(found: Access) -> float:
    """Return the share of people who have nothing within the catchment."""
    return float(found.people[found.lead <= 0].sum() / found.people.sum())


def _with_margins(context: Context, found: Access, share: Vector) -> GroupAccess:
    """Work access out anew for draws of what the counts of people may truly be."""
    confidence = context.terms.confidence
    mean = group_means(found.lead, found.people, share)
    counts = found.origins.people
    if counts is None or not total_error(counts).any():
        return GroupAccess(mean=mean, low=mean, high=mean, confidence=confidence)
    rng = context.case.rng("by_access")
    living = found.people > 0
    step = max(1, _CELLS_AT_ONCE // found.people.size)
    means = []
    n_draws = N_DRAWS if found.people.size < MANY_ORIGINS else FEWER_DRAWS
    for start in range(0, n_draws, step):
        drawn = draw_counts(counts, rng=rng, n_draws=min(step, n_draws - start))
        times = np.divide(drawn, found.people, out=np.ones_like(drawn), where=living)
        times[~(times[:, living] > 0).any(axis=1)] = 1.0
        groups = group_access_draws(
            found.weights, found.sites.supply, people=share * found.people, draws=times,
            demand=found.people,
        )  # fmt: skip
        means.append(groups.draws)
    tail = (1 - confidence) / 2
    every = np.vstack(means)
    low, high = np.nanquantile(every, [tail, 1 - tail], axis=0)
    return GroupAccess(
        mean=mean,
        low=np.fmin(low, mean),
        high=np.fmax(high, mean),
        confidence=confidence,
        draws=every,
    )


def _estimate(context: Context, access: GroupAccess, row: int, *, about: str = "") -> Estimate:
    per = context.terms.per
    value, low, high = (per * float(one[row]) for one in (access.mean, access.low, access.high))
    unit = per_unit(per, context.residents)
    if not low < high:
        return Estimate.exact("access", value, unit=unit, about=about)
    return Estimate.estimated(
        "access", value, interval=(low, high, access.confidence), unit=unit, about=about
    )


def _order(access: GroupAccess, pair: tuple[int, int], alike: float) -> str:
    """Say whether the focus can get at less, at more, or at about as much."""
    here, there = (float(access.mean[row]) for row in pair)
    if access.may_be_equal(pair) or _is_alike(here, there, alike):
        return "access_alike"
    return "access_less" if here < there else "access_more"


def _is_alike(here: float, there: float, alike: float) -> bool:
    return abs(here - there) <= alike * there


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Focus and reference by one method; ``of_cost``: less is better."""

    method: Message
    here: float
    there: float
    of_cost: bool = False

    def answer(self, alike: float) -> str:
        """Say what this method would say."""
        if _is_alike(self.here, self.there, alike):
            return "access_alike"
        return "access_less" if (self.here < self.there) != self.of_cost else "access_more"


def _by_method(context: Context, grouping: Grouping, found: Access) -> tuple[Row, ...]:
    """Return focus and reference by every method, and for narrower and wider catchments."""
    share = grouping.membership.share[:, found.origins.area]
    pair = list(grouping.pairs[0])
    rows: list[Row] = []
    for key, scores in found.scores.items():
        per = context.terms.per if key in PER_PERSON else 1.0
        means = per * group_means(scores, found.people, share)[pair]
        method = _method(context, key, found.catchment)
        rows.append(
            Row(method=method, here=float(means[0]), there=float(means[1]), of_cost=key == COST)
        )
    for times in WIDTHS:
        metres = found.catchment * times
        weights = zoned(found.pairs.within(metres), metres)
        scores = enhanced_two_step_access(
            weights, supply=found.sites.supply, demand=found.people
        ).access
        means = context.terms.per * group_means(scores, found.people, share)[pair]
        method = _method(context, LEAD, metres)
        rows.append(Row(method=method, here=float(means[0]), there=float(means[1])))
    return tuple(rows)


def _method(context: Context, key: str, metres: float) -> Message:
    near = context.case.settings.number("near_metres")
    known = context.known(metres=near if key == "near" else metres)
    return Message(code=f"method.{key}", parameters=known)


def _table(rows: tuple[Row, ...], known: Mapping[str, Any]) -> Table:
    return Table(
        key="access",
        columns=("method", "rate_focus", "rate_reference", "ratio"),
        rows=tuple(
            (
                row.method,
                _short(row.here),
                _short(row.there),
                round(row.here / row.there, 2) if row.there > 0 else Message(code="no_ratio"),
            )
            for row in rows
        ),
        title=Message(code="table.access", parameters=known),
    )


def _short(value: float) -> float:
    return float(f"{value:.3g}")


def _turning(
    rows: tuple[Row, ...], alike: float, *, names: Mapping[str, Any]
) -> tuple[Message, ...]:
    """Say which other method would give another answer."""
    return tuple(
        Message(
            code="turns.method",
            parameters={
                "group": names["group"],
                "method": row.method,
                "answer": Message(code=f"verdict.{row.answer(alike)}", parameters=names),
            },
        )
        for row in rows[1:]
        if row.answer(alike) != rows[0].answer(alike)
    )


def _figures(context: Context, found: Access, known: Mapping[str, Any]) -> tuple[Figure, ...]:
    """Return the map of access by area, where areas have shapes."""
    if not context.frame.has_shapes:
        return ()
    n_areas = len(context.frame.area_ids)
    people = np.bincount(found.origins.area, weights=found.people, minlength=n_areas)
    total = np.bincount(found.origins.area, weights=found.people * found.lead, minlength=n_areas)
    rate = np.full(n_areas, np.nan)
    np.divide(context.terms.per * total, people, out=rate, where=people > 0)
    return (access_map(context.lead, context.frame, rate, known=known),)
