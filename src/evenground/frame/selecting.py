"""The rows of population and indicators that a city names, picked lazily where the data live."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from evenground.city import City, GroupKind
from evenground.frame.areas import TOTAL

if TYPE_CHECKING:
    import ibis


def named_groups(city: City) -> set[str]:
    """Return the population groups that baselines and groupings name, and all residents."""
    named: set[str] = {TOTAL}
    for baseline in city.baselines:
        named.add(baseline.group)
    for group in city.groups:
        named.update(group.members)
        named.add(group.against or TOTAL)
    return named - {""}


def named_indicators(city: City) -> list[tuple[str, str]]:
    """Return the (indicator, period) pairs that the city names; an empty period is the latest."""
    pairs = [(g.indicator, g.period) for g in city.groups if g.kind is GroupKind.CLASSES]
    pairs += [(b.indicator, b.period) for b in city.baselines if b.indicator]
    return sorted(set(pairs))


def population_rows(population: ibis.Table, groups: Iterable[str]) -> ibis.Table:
    """Return the latest counts of some groups."""
    import ibis

    named = population.group.isin([ibis.literal(group) for group in groups])
    return latest_counts(population.filter(named))


def latest_counts(population: ibis.Table) -> ibis.Table:
    """Return the counts that are known, of each group those of its latest vintage."""
    import ibis

    rows = population.filter(population["count"].notnull())
    latest = rows.group_by(rows.group).agg(latest=rows.vintage.fill_null(ibis.literal("")).max())
    joined = rows.join(latest, "group")
    chosen = joined.filter(joined.vintage.fill_null(ibis.literal("")) == joined.latest)
    return chosen.select("area_id", "group", "count", "margin", "rounded_to", "vintage")


def indicator_rows(indicators: ibis.Table, pairs: Iterable[tuple[str, str]]) -> ibis.Table:
    """Return the values of some indicators, each in its period or, if none is named, the latest."""
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
