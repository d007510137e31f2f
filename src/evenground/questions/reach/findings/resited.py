"""Same units, elsewhere: how near they could be, for all and for those who have farthest to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.origins import Origins
from evenground.frame.service_points import standing
from evenground.language import N_
from evenground.methods.siting import (
    Effort,
    GainsAndLosses,
    Siting,
    SitingProblem,
    gains_and_losses,
    maximin_groups,
    p_median,
    price_of_equity,
)
from evenground.methods.validation import Vector
from evenground.questions.reach.access import sites_of
from evenground.questions.reach.context import Context
from evenground.questions.reach.figures.siting_dots import Dots, siting_dots
from evenground.questions.reach.findings.doubts import ecological

METHOD = Method(
    name=N_("p-median and maximin over groups, solved with a bound on what any choice could reach"),
    formula=N_("p-median: min Σ people_i · distance_i; maximin: min of the largest group mean"),
    literature=(
        "Hakimi 1964, Operations Research 12, 450–459",
        "Marsh & Schilling 1994, European J. Operational Research 74, 1–17",
        "Bertsimas, Farias & Trichakis 2011, Operations Research 59, 17–31",
        "Duran-Mateluna, Ales & Elloumi 2023, European J. Operational Research 304, 84–98",
    ),
)
NEARER, NEARER_FOR_SOME, NEAR = (
    Verdict("could_be_nearer"), Verdict("could_be_nearer_for_some"), Verdict("near_already"),
)  # fmt: skip
NEAR_ENOUGH = 0.01
"""A search may stop once no choice is nearer by more than this part."""
NOTHING_KNOWN = 1.0
"""A bound that leaves open that all distance could be saved says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One choice of places: what it is called, what it reaches, and who gains and loses by it."""

    key: str
    found: Siting
    change: GainsAndLosses
    price: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Today's places beside others: demand, who is in which group, and the plans."""

    problem: SitingProblem
    grouping: Grouping
    rows: tuple[int, ...]
    n_today: int
    n_candidates: int
    plans: tuple[Plan, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the groups that somebody is in."""
        return tuple(self.grouping.names[row] for row in self.rows)


def resited(context: Context, origins: Origins) -> list[Finding]:
    """Return how near as many places could be, and fifty more; nothing without other places."""
    problem, grouping, rows, n_today = _problem(context, origins)
    if problem is None or grouping is None:
        return []
    n_candidates = np.asarray(problem.costs).shape[1]
    if n_candidates <= n_today:
        return []
    if np.asarray(problem.costs).size > context.case.settings.whole("most_siting_cells"):
        return [_too_many(context)]
    today = np.arange(n_today)
    more = min(context.case.settings.whole("new_sites"), n_candidates - n_today)
    kept = np.zeros(n_candidates, dtype=np.bool_)
    kept[today] = True
    added = replace(problem, n_units=n_today + more, forced=kept)
    effort = Effort(work_limit=context.case.settings.whole("siting_work"), gap=NEAR_ENOUGH)
    plans = (
        *_plans("same", problem, today, effort=effort),
        *_plans("more", added, today, effort=effort),
    )
    found = Compared(
        problem=problem,
        grouping=grouping,
        rows=rows,
        n_today=n_today,
        n_candidates=n_candidates,
        plans=plans,
    )
    return [_finding(context, found, more=more)]


def _problem(
    context: Context, origins: Origins
) -> tuple[SitingProblem | None, Grouping | None, tuple[int, ...], int]:
    """Return demand and candidates: today's places first, then every point of a service."""
    nothing = (None, None, (), 0)
    services = context.case.places.get("services")
    groupings = context.frame.groupings
    if services is None or origins.people is None or not groupings:
        return nothing
    import shapely

    lead = np.unique(sites_of(context.frame, context.lead.set).at.round(1), axis=0)
    points = standing(services, context.case.today)
    points = points[shapely.get_dimensions(points) != 1]  # no unit stands along a whole road
    others = shapely.get_coordinates(shapely.centroid(points)).round(1)
    _, first = np.unique(np.vstack([lead, others]), axis=0, return_index=True)
    new = np.vstack([lead, others])[np.sort(first[first >= len(lead)])]
    people = origins.people.value
    grouping = groupings[0]
    members = grouping.membership.share[:, origins.area] * people
    rows = tuple(np.flatnonzero(members.sum(axis=1) > 0).tolist())
    lived = people > 0
    if not len(lead) or not lived.any() or len(rows) < 2:  # noqa: PLR2004 - a comparison
        return nothing
    start = shapely.get_coordinates(origins.points[lived])
    goal = np.vstack([lead, new])
    problem = SitingProblem(
        weights=people[lived],
        costs=np.hypot(*(start[:, None, :] - goal[None, :, :]).transpose(2, 0, 1)),
        n_units=len(lead),
        groups=members[list(rows)][:, lived],
    )
    return problem, grouping, rows, len(lead)


def _plans(key: str, problem: SitingProblem, today: Any, *, effort: Effort) -> tuple[Plan, Plan]:
    """Return the most efficient choice, and the one that is best for the group worst off."""
    efficient = p_median(problem, effort=effort)
    fair = maximin_groups(problem, effort=effort)
    price = price_of_equity(problem, chosen=fair, efficient=efficient)
    return (
        _plan(f"{key}.efficient", problem, efficient, today=today, price=None),
        _plan(
            f"{key}.fair", problem, fair, today=today, price=(price.value, price.low, price.high)
        ),
    )


def _plan(
    key: str,
    problem: SitingProblem,
    found: Siting,
    *,
    today: Any,
    price: tuple[float, float, float] | None,
) -> Plan:
    change = gains_and_losses(problem, today=today, proposed=found.sites)
    return Plan(key=key, found=found, change=change, price=price)


def _too_many(context: Context) -> Finding:
    return Finding(
        code="resited.too_many",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(),
        sources=context.sources("sites", "services", "population"),
        claims=("M13",),
        bears_on=context.bears_on,
    )


def _finding(context: Context, found: Compared, *, more: int) -> Finding:
    efficient, fair = found.plans[0], found.plans[1]
    before = efficient.change.mean_before
    worst = int(np.argmax(before[:-1]))
    alike = context.case.settings.number("distance_alike")
    verdict = _verdict(before, fair, efficient, alike=alike)
    kind = "classes" if found.grouping.classes is not None else "people"
    known = context.known(
        n=found.n_today,
        n_candidates=found.n_candidates,
        more=more,
        now=float(before[-1]),
        could=float(efficient.change.mean_after[-1]),
        at_worst=Message(code=f"in.{kind}", parameters={"name": found.names[worst]}),
        worst=found.names[worst],
        worst_now=float(before[worst]),
        worst_could=float(fair.change.mean_after[worst]),
        losing=round(float(efficient.change.losing[-1])),
        gaining=round(float(efficient.change.gaining[-1])),
    )
    return Finding(
        code=f"resited.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=_estimates(found),
        tables=(_distances(found), _who(found)),
        figures=(_figure(found, known),),
        caveats=(
            Message(code="caveat.candidate_places", parameters=known),
            Message(code="caveat.straight_line"),
            *_gaps(found),
            Message(code="caveat.siting_is_no_plan"),
            ecological(found.grouping),
        ),
        sources=context.sources("sites", "services", "areas", "points", "population", "indicators"),
        method=METHOD,
        claims=("M13", "M16", "M18", "M33"),
        bears_on=context.bears_on,
    )


def _verdict(before: Vector, fair: Plan, efficient: Plan, *, alike: float) -> Verdict:
    """Say whether all groups could have it nearer, some could, or it is about as near as can be."""
    saved = 1 - fair.change.mean_after[:-1] / before[:-1]
    if (saved > alike).all():
        return NEARER
    if (saved > alike).any() or 1 - efficient.change.mean_after[-1] / before[-1] > alike:
        return NEARER_FOR_SOME
    return NEAR


def _bounded(name: str, plan: Plan, value: float, *, people: float) -> Estimate:
    """Return what a plan reaches: proven, or with what no choice can beat."""
    bound = plan.found.bound / people if plan.key.endswith("efficient") else plan.found.bound
    low = max(min(bound, value), 0.0) if np.isfinite(bound) else 0.0
    return Estimate.bound(
        name, value, bounds=(low, value), unit="m", about=f"wording:plan.{plan.key}"
    )


def _estimates(found: Compared) -> tuple[Estimate, ...]:
    people = float(np.asarray(found.problem.weights).sum())
    before = found.plans[0].change.mean_before
    mean = (
        _bounded("mean_distance", plan, float(plan.change.mean_after[-1]), people=people)
        for plan in found.plans
        if plan.key.endswith("efficient")
    )
    worst = (
        _bounded("worst_distance", plan, float(plan.change.mean_after[:-1].max()), people=people)
        for plan in found.plans
        if plan.key.endswith("fair")
    )
    as_now = "wording:plan.today"
    worst_now = float(before[:-1].max())
    return (
        Estimate.exact("mean_distance", float(before[-1]), unit="m", about=as_now),
        *mean,
        Estimate.exact("worst_distance", worst_now, unit="m", about=as_now),
        *worst,
    )


def _distances(found: Compared) -> Table:
    """Set every group's mean distance by every plan beside today's."""
    before = found.plans[0].change.mean_before
    none: Any = Message(code="plan.no_price")
    rows = [(Message(code="plan.today"), *map(_metres, before), none)]
    for plan in found.plans:
        price = none
        if plan.price is not None:
            value, low, high = plan.price
            price = Estimate.bound("price_of_equity", value, bounds=(low, high), unit="share")
        reached = map(_metres, plan.change.mean_after)
        rows.append((Message(code=f"plan.{plan.key}"), *reached, price))
    return Table(
        key="resited",
        columns=("plan", *(f"named|name={name}" for name in found.names), "everybody", "price"),
        rows=tuple(rows),
        title=Message(code="table.resited"),
    )


def _metres(value: float) -> float:
    return round(float(value))


def _who(found: Compared) -> Table:
    """Say how many of each group would have it nearer and farther, by every plan."""
    names = (*found.names, Message(code="everybody"))
    rows = tuple(
        (
            Message(code=f"plan.{plan.key}"),
            name,
            round(float(plan.change.gaining[row])),
            round(float(plan.change.losing[row])),
        )
        for plan in found.plans
        for row, name in enumerate(names)
    )
    return Table(
        key="who_moves",
        columns=("plan", "group", "nearer", "farther"),
        rows=rows,
        title=Message(code="table.who_moves"),
    )


def _gaps(found: Compared) -> tuple[Message, ...]:
    """Say of each plan that is not proven how far from the best it may be."""
    open_ = [plan for plan in found.plans if plan.found.gap > NEAR_ENOUGH]
    said = tuple(
        Message(
            code="caveat.gap",
            parameters={
                "plan": Message(code=f"plan.{plan.key}"),
                "gap": min(float(plan.found.gap), NOTHING_KNOWN),
            },
        )
        for plan in open_
    )
    return said or (Message(code="caveat.proven", parameters={"gap": NEAR_ENOUGH}),)


def _figure(found: Compared, known: dict[str, Any]) -> Figure:
    series: Sequence[tuple[str, Vector]] = (
        ("wording:plan.today", found.plans[0].change.mean_before),
        ("wording:legend.efficient", found.plans[0].change.mean_after),
        ("wording:legend.fair", found.plans[1].change.mean_after),
    )
    dots = [
        Dots(series=name, group=group, metres=float(values[row]))
        for name, values in series
        for row, group in enumerate(found.names)
    ]
    return siting_dots(dots, known=known)
