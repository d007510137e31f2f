"""The same money, elsewhere: who would gain if it bought the basic service that areas lack most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.initiative import Option, OptionKind
from evenground.language import N_
from evenground.questions.problem.basic_services import BasicService
from evenground.questions.problem.context import Context
from evenground.questions.problem.findings.served import Served, coordinates, points_of
from evenground.questions.problem.measures.catchment_overlap import (
    CatchmentOverlap,
    catchment_overlap,
)
from evenground.questions.problem.measures.lacks_most import lacks_most
from evenground.questions.problem.measures.same_money import SameMoney, same_money, unit_offers
from evenground.questions.problem.measures.who_gains import who_gains

METHOD = Method(
    name=N_("The initiative's cost spent on the basic service that each area lacks most"),
    formula=N_("whole units in the order of people newly covered per money, until it is spent"),
    literature=(
        "Dantzig 1957, Operations Research 5, 266–288",
        "Söderström 2021, in Smart Cities for City Officials",
    ),
)
NOTHING_NEW = (OptionKind.AS_TODAY, OptionKind.WITHOUT_NEW_TECHNOLOGY)
HANGS = Verdict("hangs_on_cost")
MORE_PEOPLE, FEWER_PEOPLE, EITHER_WAY = (
    Verdict("more_would_gain"), Verdict("fewer_would_gain"), Verdict("either_way"),
)  # fmt: skip


def money(
    context: Context, services: Sequence[BasicService], served: Served | None
) -> list[Finding]:
    """Return who would gain elsewhere, against who gains now."""
    option = _option(context)
    priced = [one for one in services if one.cost and one.people_per_unit]
    if option is None or not priced:
        return []
    budget = _budget(context, option)
    if budget <= 0:
        return []
    grouping = context.grouping
    found = same_money(
        budget,
        unit_offers(
            [one.cost or 0.0 for one in priced],
            [one.people_per_unit or 0.0 for one in priced],
            cost_high=[max(one.cost_high or 0, one.cost or 0) for one in priced],
        ),
        lacking=lacks_most([one.coverage for one in priced]),
        membership=grouping.membership.share if grouping else None,
    )
    finding = _finding(context, (option, budget), (priced, found), served)
    return [replace(finding, caveats=(*finding.caveats, *_not_priced(services, priced)))]


def _option(context: Context) -> Option | None:
    """Return the option that the units belong to, else the dearest one with something new."""
    new = [
        one
        for one in context.case.initiative.options
        if one.kind not in NOTHING_NEW and one.whole_life_cost
    ]
    for one in new:
        if one.key in context.bears_on:
            return one
    return max(new, key=lambda one: one.whole_life_cost or 0.0, default=None)


def _budget(context: Context, option: Option) -> float:
    """Return what the option costs beyond going on as today over the same years, if known."""
    base = _as_today(context)
    return float(sum(amount - base.get(year, 0.0) for year, amount in option.cost.items()))


def _as_today(context: Context) -> Mapping[int, float]:
    """Return what going on as today costs, year by year, as far as it is said."""
    today = context.case.initiative.options_of(OptionKind.AS_TODAY)
    return today[0].cost if today else {}


def _now(context: Context, served: Served | None) -> CatchmentOverlap | None:
    """Return whom the initiative's own units newly reach."""
    if served is None:
        return None
    before = np.zeros(len(served.people), dtype=np.bool_)
    if context.today is not None:
        points = points_of(context.today.set)
        start = coordinates(served.origins.points)
        limit = context.case.settings.number("served_metres")
        near = context.ways.pairs(start, points, limit=limit)
        before = np.bincount(near.origin, minlength=near.n_origins) > 0
    grouping = context.grouping
    share = grouping.membership.share[:, served.origins.area] if grouping else None
    return catchment_overlap(served.people, before, served.pairs, membership=share)


def _finding(
    context: Context,
    cost: tuple[Option, float],
    bought: tuple[Sequence[BasicService], SameMoney],
    served: Served | None,
) -> Finding:
    option, budget = cost
    priced, found = bought
    now = _now(context, served)
    verdict = _verdict(found, now)
    units = found.units.sum(axis=1)
    known = context.known(
        option=option.name,
        budget=budget,
        people=round(found.people),
        people_low=round(found.people_low),
        people_high=round(found.people_high),
        gets=Message(
            code=f"gets.{'planned' if context.case.initiative.stage.is_ahead else 'now'}",
            parameters=context.known(metres=context.case.settings.number("served_metres")),
        ),
        now=round(now.new_only) if now else 0,
        buys=_buys(priced, units),
        metres=context.case.settings.number("served_metres"),
    )
    return Finding(
        code=f"money.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=(
            Estimate.bound(
                "gain_elsewhere",
                round(found.people),
                bounds=(round(found.people_low), round(found.people_high)),
                unit="people",
            ),
            *((Estimate.exact("gain_now", round(now.new_only), unit="people"),) if now else ()),
            Estimate.exact("most_possible", round(found.most_possible), unit="people"),
            Estimate.exact("budget", budget, unit=context.case.city.currency or "money"),
        ),
        tables=(_bought(context, priced, units), *_groups(context, found, now)),
        caveats=_caveats(context, option, priced, known),
        sources=context.sources("services", "basic_services", "population", "sites"),
        method=METHOD,
        claims=("M13", "M16"),
        bears_on=(option.key,),
    )


def _verdict(found: SameMoney, now: CatchmentOverlap | None) -> Verdict:
    if now is None:
        return Verdict.DESCRIBED
    low, high, reached = (round(one) for one in (found.people_low, found.people_high, now.new_only))
    if low > reached:
        return MORE_PEOPLE
    if high < reached:
        return FEWER_PEOPLE
    return HANGS if low < high else EITHER_WAY


def _buys(priced: Sequence[BasicService], units: Any) -> list[Message]:
    """Say what is bought, service by service."""
    bought = [
        Message(code="bought", parameters={"n": int(n), "name": one.name})
        for one, n in zip(priced, units.tolist(), strict=True)
        if n
    ]
    return bought or [Message(code="bought.nothing")]


def _bought(context: Context, priced: Sequence[BasicService], units: Any) -> Table:
    currency = context.case.city.currency or "money"
    rows = tuple(
        (
            one.name,
            int(n),
            Estimate.exact("unit_cost", float(one.cost or 0), unit=currency),
            Estimate.exact("spent", float((one.cost or 0) * n), unit=currency),
        )
        for one, n in zip(priced, units.tolist(), strict=True)
    )
    return Table(
        key="bought",
        columns=("service", "n_bought", "unit_cost", "spent"),
        rows=rows,
        title=Message(code="table.bought"),
    )


def _groups(context: Context, found: SameMoney, now: CatchmentOverlap | None) -> tuple[Table, ...]:
    grouping = context.grouping
    if grouping is None or now is None:
        return ()
    gains = who_gains(now, found)
    rows = tuple(
        (
            name,
            round(float(gains.now_by_group[row])),
            Estimate.bound(
                "gain_elsewhere",
                round(float(gains.elsewhere_by_group[row])),
                bounds=(
                    round(float(gains.elsewhere_by_group_low[row])),
                    round(float(gains.elsewhere_by_group_high[row])),
                ),
                unit="people",
            ),
        )
        for row, name in enumerate(grouping.names)
    )
    return (
        Table(
            key="gains_by_group",
            columns=("group", "gain_now", "gain_elsewhere"),
            rows=rows,
            title=Message(code="table.gains_by_group"),
        ),
    )


def _caveats(
    context: Context, option: Option, priced: Sequence[BasicService], known: dict[str, Any]
) -> tuple[Message, ...]:
    said = [
        Message(code="caveat.gain_is_another"),
        _taken_off(option, _as_today(context), known),
        Message(code="caveat.by_group_within"),
    ]
    years = {one.price_year for one in (option, *priced) if one.price_year}
    if len(years) > 1:
        prices = {"years": sorted(str(year) for year in years)}
        said.append(Message(code="caveat.price_years", parameters=prices))
    return tuple(said)


def _taken_off(option: Option, base: Mapping[int, float], known: dict[str, Any]) -> Message:
    """Say of which years what going on as today costs was taken off."""
    left = sorted(set(option.cost) - set(base))
    part = "beyond" if not left else "partly" if len(left) < len(option.cost) else "whole"
    years = {"years": [str(year) for year in left]}
    return Message(code=f"caveat.budget.{part}", parameters={**known, **years})


def _not_priced(
    services: Sequence[BasicService], priced: Sequence[BasicService]
) -> tuple[Message, ...]:
    """Name the services that could not be bought, since nobody says for how much."""
    names = [one.name for one in services if one not in priced]
    return (Message(code="caveat.not_priced", parameters={"names": names}),) if names else ()
