"""The few rows that Reach needs: counts of the groups and indicators that the city names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from evenground.city import City, GroupKind
from evenground.protocol import Case, Fold, Need
from evenground.questions.reach.frame import TOTAL
from evenground.questions.reach.sites import COLUMNS as SITE_COLUMNS
from evenground.questions.reach.spending import COLUMNS as SPENDING_COLUMNS

if TYPE_CHECKING:
    import ibis

NEEDS: tuple[Need, ...] = (
    Need(table="sites"),
    Need(table="areas", columns=("area_id",)),
    Need(table="population", columns=("area_id", "group", "count", "margin", "rounded_to")),
    Need(table="indicators", columns=("area_id", "indicator", "value"), optional=True),
    Need(table="points", columns=("area_id", "count"), optional=True),
    Need(table="uncounted_groups", columns=("group",), optional=True),
    Need(table="initiative_accounts", columns=("role",), optional=True),
    Need(table="spending", columns=("area_id", "year", "amount", "payer"), optional=True),
)


def prepare(tables: Mapping[str, ibis.Table], case: Case) -> Mapping[str, ibis.Table | Fold]:
    """Select the population groups and indicators that groupings and baselines name, lazily."""
    wanted: dict[str, ibis.Table | Fold] = {}
    if "sites" in tables:
        wanted["sites"] = tables["sites"].select(*SITE_COLUMNS)
    if "population" in tables:
        wanted["population"] = _population(tables["population"], sorted(_groups(case.city)))
    if "indicators" in tables:
        wanted["indicators"] = _indicators(tables["indicators"], _periods(case.city))
    if "uncounted_groups" in tables:
        uncounted = tables["uncounted_groups"]
        wanted["uncounted_groups"] = uncounted.select("group", "who_knows")
    if "initiative_accounts" in tables:
        wanted["initiative_accounts"] = tables["initiative_accounts"].select("role")
    if "spending" in tables:
        wanted["spending"] = tables["spending"].select(*SPENDING_COLUMNS)
    return wanted


def _groups(city: City) -> set[str]:
    named: set[str] = {TOTAL}
    for baseline in city.baselines:
        named.add(baseline.group)
    for group in city.groups:
        named.update(group.members)
        named.add(group.against or TOTAL)
    return named - {""}


def _periods(city: City) -> list[tuple[str, str]]:
    """Return the (indicator, period) pairs that the city names; an empty period is the latest."""
    pairs = [(g.indicator, g.period) for g in city.groups if g.kind is GroupKind.CLASSES]
    pairs += [(b.indicator, b.period) for b in city.baselines if b.indicator]
    return sorted(set(pairs))


def _population(population: ibis.Table, groups: Iterable[str]) -> ibis.Table:
    import ibis

    named = population.group.isin([ibis.literal(group) for group in groups])
    rows = population.filter(named, population["count"].notnull())
    latest = rows.group_by(rows.group).agg(latest=rows.vintage.fill_null(ibis.literal("")).max())
    joined = rows.join(latest, "group")
    chosen = joined.filter(joined.vintage.fill_null(ibis.literal("")) == joined.latest)
    return chosen.select("area_id", "group", "count", "margin", "rounded_to", "vintage")


def _indicators(indicators: ibis.Table, pairs: Iterable[tuple[str, str]]) -> ibis.Table:
    known = indicators.filter(indicators.value.notnull())
    parts = [_one(known, indicator, period) for indicator, period in pairs]
    if not parts:
        return known.limit(0).select("area_id", "indicator", "period", "value", "margin")
    first, *others = parts
    return first.union(*others) if others else first


def _one(known: ibis.Table, indicator: str, period: str) -> ibis.Table:
    import ibis

    rows = known.filter(known.indicator == indicator)
    if period:
        rows = rows.filter(rows.period == period)
    else:
        latest = rows.aggregate(latest=rows.period.fill_null(ibis.literal("")).max())
        joined = rows.cross_join(latest)
        rows = joined.filter(joined.period.fill_null(ibis.literal("")) == joined.latest)
    return rows.select("area_id", "indicator", "period", "value", "margin")
