"""The few rows that Reach needs: counts of the groups and indicators that the city names."""

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

NEEDS: tuple[Need, ...] = (
    Need(table="sites"),
    Need(table="areas", columns=("area_id",)),
    Need(table="population", columns=("area_id", "group", "count", "margin", "rounded_to")),
    Need(table="indicators", columns=("area_id", "indicator", "value"), optional=True),
    Need(table="points", columns=("area_id", "count"), optional=True),
    Need(table="uncounted_groups", columns=("group",), optional=True),
    Need(table="initiative_accounts", columns=("role",), optional=True),
    Need(table="streets", optional=True),
    Need(table="services", columns=("kind",), optional=True),
    Need(table="spending", columns=("area_id", "year", "amount", "payer"), optional=True),
)


def prepare(tables: Mapping[str, ibis.Table], case: Case) -> Mapping[str, ibis.Table | Fold]:
    """Select the population groups and indicators that groupings and baselines name, lazily."""
    wanted: dict[str, ibis.Table | Fold] = {}
    if "sites" in tables:
        wanted["sites"] = tables["sites"].select(*SITE_COLUMNS)
    if "population" in tables:
        wanted["population"] = population_rows(
            tables["population"], sorted(named_groups(case.city))
        )
    if "indicators" in tables:
        wanted["indicators"] = indicator_rows(tables["indicators"], named_indicators(case.city))
    if "uncounted_groups" in tables:
        uncounted = tables["uncounted_groups"]
        wanted["uncounted_groups"] = uncounted.select("group", "who_knows")
    if "initiative_accounts" in tables:
        wanted["initiative_accounts"] = tables["initiative_accounts"].select("role")
    if "services" in tables:
        wanted["services"] = tables["services"].select("kind", "opened", "closed")
    if "streets" in tables:
        wanted["streets"] = tables["streets"].select("street_id")
    if "spending" in tables:
        wanted["spending"] = tables["spending"].select(*SPENDING_COLUMNS)
    return wanted
