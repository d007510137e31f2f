"""The few rows that Problem needs: indicators of need, services, what was spent and tried before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from evenground.frame.selecting import (
    indicator_rows,
    named_groups,
    named_indicators,
    population_rows,
)
from evenground.frame.sites import COLUMNS as SITE_COLUMNS
from evenground.frame.spending import COLUMNS as SPENDING_COLUMNS
from evenground.protocol import Case, Fold, Need

if TYPE_CHECKING:
    import ibis

NEED_COLUMNS = (
    "indicator", "name", "domain", "period", "worse_when", "per", "share_of", "measured_by", "weight",
    "signed_by", "signed_on",
)  # fmt: skip
SERVICE_COLUMNS = (
    "service", "name", "within_metres", "people_per_unit", "unit_cost", "unit_cost_high", "price_year", "set_by",
)  # fmt: skip
PAST_COLUMNS = (
    "initiative_id", "title", "domain", "stage", "started", "ended", "cost", "promised", "came",
)  # fmt: skip
LINK_COLUMNS = ("from", "to", "sign", "delay_months", "source")
VALUE_COLUMNS = (
    "area_id", "indicator", "period", "value", "margin", "unit",
)  # fmt: skip
ACCOUNT_COLUMNS = ("text", "role", "date", "place", "area_id", "source", "consent")
OWN_ACCOUNT_COLUMNS = ("text", "role", "date", "place", "source", "consent", "about")

NEEDS: tuple[Need, ...] = (
    Need(table="areas", columns=("area_id",)),
    Need(table="population", columns=("area_id", "group", "count", "margin", "rounded_to")),
    Need(table="indicators", columns=("area_id", "indicator", "value")),
    Need(table="needs", columns=("indicator",), optional=True),
    Need(table="sites", optional=True),
    Need(table="points", columns=("area_id", "count"), optional=True),
    Need(table="services", columns=("kind",), optional=True),
    Need(table="streets", optional=True),
    Need(table="basic_services", columns=("service",), optional=True),
    Need(table="spending", columns=("area_id", "year", "amount"), optional=True),
    Need(table="past_initiatives", columns=("title",), optional=True),
    Need(table="links", columns=("from", "to", "sign"), optional=True),
    Need(table="accounts", columns=("text", "role"), optional=True),
    Need(table="initiative_accounts", columns=("text", "role"), optional=True),
)
_AS_THEY_ARE: Mapping[str, tuple[str, ...]] = {
    "needs": NEED_COLUMNS,
    "sites": SITE_COLUMNS,
    "services": ("kind", "opened", "closed"),
    "streets": ("street_id",),
    "basic_services": SERVICE_COLUMNS,
    "spending": SPENDING_COLUMNS,
    "past_initiatives": PAST_COLUMNS,
    "links": LINK_COLUMNS,
    "accounts": ACCOUNT_COLUMNS,
    "initiative_accounts": OWN_ACCOUNT_COLUMNS,
}
FOR_NEED = "for_need"
"""Column that tells values of a need from those that sort areas into groups."""


def prepare(tables: Mapping[str, ibis.Table], case: Case) -> Mapping[str, ibis.Table | Fold]:
    """Select the rows and columns that are read, lazily."""
    wanted: dict[str, ibis.Table | Fold] = {
        name: tables[name].select(*columns)
        for name, columns in _AS_THEY_ARE.items()
        if name in tables
    }
    if "population" in tables:
        wanted["population"] = _population(tables, case)
    if "indicators" in tables:
        wanted["indicators"] = _indicators(tables, case)
    return wanted


def _population(tables: Mapping[str, ibis.Table], case: Case) -> ibis.Table:
    """Select the groups that the city names, and those that a need is a share of or is divided by.

    Which needs there are stands in a table, so what they name is joined and not listed.
    """
    named = population_rows(tables["population"], sorted(named_groups(case.city)))
    if "needs" not in tables:
        return named
    needs = tables["needs"]
    wanted = needs.select(group=needs.per).union(needs.select(group=needs.share_of)).distinct()
    more = tables["population"].semi_join(wanted.filter(wanted.group.notnull()), "group")
    rows = more.filter(more["count"].notnull())
    return named.union(_latest(rows, "group", "vintage").select(*named.columns), distinct=True)


def _indicators(tables: Mapping[str, ibis.Table], case: Case) -> ibis.Table:
    """Select what sorts areas into groups, and beside it the values of every need."""
    import ibis

    table = tables["indicators"]
    groups = indicator_rows(table, named_indicators(case.city))
    groups = groups.mutate(
        unit=ibis.null("string"),
    ).select(*VALUE_COLUMNS)
    known = table.filter(table.value.notnull())
    stated = sorted({one.indicator for one in case.initiative.problems if one.indicator})
    wanted = known.filter(known.indicator.isin([ibis.literal(name) for name in stated or [""]]))
    if "needs" in tables:  # those that are listed too are read in the period that is listed
        wanted = wanted.anti_join(tables["needs"], "indicator")
    latest = _latest(wanted, "indicator", "period")
    if "needs" in tables:
        latest = latest.union(_of_needs(known, tables["needs"]))
    needs = latest.select(*VALUE_COLUMNS).mutate(**{FOR_NEED: ibis.literal(value=True)})
    return groups.mutate(**{FOR_NEED: ibis.literal(value=False)}).union(needs)


def _of_needs(known: ibis.Table, needs: ibis.Table) -> ibis.Table:
    """Return values in the period that a need names, else in the latest."""
    import ibis

    empty = ibis.literal("")
    dated = needs.filter(needs.period.fill_null(empty) != "").select("indicator", "period")
    undated = needs.filter(needs.period.fill_null(empty) == "").select("indicator")
    latest = _latest(known.semi_join(undated, "indicator"), "indicator", "period")
    return known.semi_join(dated, ["indicator", "period"]).union(latest)


def _latest(rows: ibis.Table, of: str, by: str) -> ibis.Table:
    """Return the rows of the latest date of each kind of thing."""
    import ibis

    day = rows[by].fill_null(ibis.literal(""))
    last = rows.group_by(rows[of]).agg(latest=day.max())
    joined = rows.join(last, of)
    return joined.filter(joined[by].fill_null(ibis.literal("")) == joined.latest).drop("latest")
