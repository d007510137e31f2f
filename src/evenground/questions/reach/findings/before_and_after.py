"""Before and after: what these units do to the inequality of access among residents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.naming import pair_names, per_unit
from evenground.frame.origins import Origins
from evenground.frame.unit_sets import UnitSet, is_today
from evenground.frame.ways import ways_of
from evenground.language import N_
from evenground.methods.accessibility.enhanced_two_step import enhanced_two_step_access
from evenground.methods.inequality.gini import gini_rows
from evenground.methods.inequality.interval import Resampling
from evenground.methods.validation import Vector
from evenground.questions.reach.access import group_means, sites_of, states_capacity, zoned
from evenground.questions.reach.context import Context
from evenground.questions.reach.findings.grounds import carried_over
from evenground.questions.reach.measures.before_after import BeforeAfter, before_after

METHOD = Method(
    name=N_("Gini index of access before and after, areas resampled in pairs"),
    formula=N_("change = G(after) − G(before), G over residents of what they can get at"),
    literature=(
        "Gini 1912, Variabilità e mutabilità",
        "Mills & Zandvakili 1997, Journal of Applied Econometrics 12, 133–150",
        "Luo & Qi 2009, Health & Place 15, 1100–1107",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sets:
    """Unit sets before and after; ``planned``: what is added is still to come."""

    before: tuple[UnitSet, ...]
    after: tuple[UnitSet, ...]
    planned: bool


def before_and_after(context: Context, origins: Origins) -> list[Finding]:
    """Compare today's units with those and a plan, or the first list with the last."""
    sets = _sets(context)
    if sets is None or origins.people is None or not context.frame.groupings:
        return []
    share = context.frame.groupings[0].membership.share[:, origins.area]
    if not ((share * origins.people.value).sum(axis=1) > 0).all():
        return []
    capacity = states_capacity(*sets.before, *sets.after)
    before, after = (
        _access(context, origins, one, by_capacity=capacity) for one in (sets.before, sets.after)
    )
    if before is None or after is None or not (before.any() and after.any()):
        return []
    found = before_after(
        np.vstack([before, after]),
        origins.people.value,
        index_rows=gini_rows,
        rng=context.case.rng("before_and_after"),
        resampling=Resampling(
            n_draws=context.case.settings.whole("bootstrap_draws"),
            confidence=context.terms.confidence,
            area=origins.area,
        ),
    )
    return [_finding(context, origins, (sets, found), (before, after))]


def _sets(context: Context) -> _Sets | None:
    """Return the unit sets before and after; ``None`` where there is only one of them."""
    initiative = context.case.initiative
    if initiative.stage.is_ahead and not is_today(context.lead.set, initiative):
        standing = [one.set for one in context.others if is_today(one.set, initiative)]
        # Where both an option and rows without one tell what stands today, it is told twice.
        today = tuple(sorted(standing, key=lambda one: not one.option)[:1])
        after = (*today, context.lead.set)
        return _Sets(before=today, after=after, planned=True) if today else None
    if context.history is None:
        return None
    first, *_, last = context.history.steps
    return _Sets(before=(first.stock.set,), after=(last.stock.set,), planned=False)


def _access(
    context: Context, origins: Origins, sets: tuple[UnitSet, ...], *, by_capacity: bool
) -> Vector | None:
    import shapely

    sites = sites_of(context.frame, *sets, by_capacity=by_capacity)
    if origins.people is None or not sites.supply.any():
        return None
    catchment = context.case.settings.number("catchment_metres")
    start = shapely.get_coordinates(origins.points)
    pairs = ways_of(context.case).pairs(start, sites.at, limit=catchment)
    people = origins.people.value
    found = enhanced_two_step_access(zoned(pairs, catchment), supply=sites.supply, demand=people)
    return context.terms.per * found.access


def _finding(
    context: Context, origins: Origins, of: tuple[_Sets, BeforeAfter], both: tuple[Vector, Vector]
) -> Finding:
    sets, found = of
    grouping = context.frame.groupings[0]
    people = origins.people.value if origins.people else np.zeros(0)
    share = grouping.membership.share[:, origins.area]
    means = np.array([group_means(one, people, share) for one in both])
    known = context.known(
        **pair_names(grouping, grouping.pairs[0]),
        gini=_course("gini", round(found.before, 2), round(found.after, 2)),
        ratio=_ratio(context, means),
        when=_when(context, planned=sets.planned),
        metres=context.case.settings.number("catchment_metres"),
        draws=context.case.settings.whole("bootstrap_draws"),
        areas_word=context.known()["areas"],
    )
    told = Verdict.CANNOT_TELL if found.verdict == "cannot_tell" else Verdict(found.verdict)
    return Finding(
        code=f"before_after.{found.verdict}",
        verdict=told,
        parameters=known,
        estimates=_estimates(found),
        tables=(_table(context, means, known),),
        caveats=(
            Message(code="caveat.people_once", parameters=known),
            *(
                (Message(code="caveat.resampled", parameters=known),)
                if found.verdict != "cannot_tell"
                else ()
            ),
            *carried_over(context, grouping),
        ),
        sources=context.sources("sites", "areas", "points", "population", "indicators"),
        method=METHOD,
        claims=("M16", "M33"),
        bears_on=context.bears_on,
    )


def _when(context: Context, *, planned: bool) -> Message:
    """Say what stands before and after: today and a plan, or the first and the last date."""
    history = context.history
    if planned or history is None:
        return Message(code="when.planned", parameters=context.known())
    ends = {"first": history.days[0], "last": history.days[-1]}
    return Message(code="when.dated", parameters=ends)


def _course(code: str, before: float, after: float) -> Message:
    """Say that something goes from one value to another, or stays."""
    ends = {"before": before, "after": after}
    return Message(code=f"{code}.{'stays' if before == after else 'goes'}", parameters=ends)


def _ratio(context: Context, means: Vector) -> Message:
    """Say how the focus' access to the reference's changes, as a ratio."""
    grouping = context.frame.groupings[0]
    focus, reference = grouping.pairs[0]
    if not (means[:, reference] > 0).all():
        return Message(code="ratio.none")
    before, after = (round(float(one[focus] / one[reference]), 2) for one in means)
    course = _course("ratio", before, after)
    names = pair_names(grouping, grouping.pairs[0])
    return Message(code=course.code, parameters={**course.parameters, **names})


def _estimates(found: BeforeAfter) -> tuple[Estimate, ...]:
    counted = (
        Estimate.exact("gini_before", found.before, unit="number"),
        Estimate.exact("gini_after", found.after, unit="number"),
    )
    if not np.isfinite([found.low, found.high]).all():
        return counted
    low, high = min(found.low, found.change), max(found.high, found.change)
    change = Estimate.estimated(
        "gini_change", found.change, interval=(low, high, found.confidence), unit="number"
    )
    return (*counted, change)


def _table(context: Context, means: Vector, known: Mapping[str, Any]) -> Table:
    grouping = context.frame.groupings[0]
    unit = per_unit(context.terms.per, context.residents)
    rows = tuple(
        (name, *(Estimate.exact("access", float(one[row]), unit=unit) for one in means))
        for row, name in enumerate(grouping.names)
    )
    return Table(
        key="before_after",
        columns=("group", "before", "after"),
        rows=rows,
        title=Message(code="table.before_after", parameters={**known, "rate_unit": unit}),
    )
