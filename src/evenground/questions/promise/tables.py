"""What Promise reads: promises and how they are judged, what came, what it costs, what came before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from evenground.initiative.tables import INITIATIVE_TABLES
from evenground.protocol import Case, Fold, Need
from evenground.questions.promise.schemas import TABLES

if TYPE_CHECKING:
    import ibis

NEEDS: tuple[Need, ...] = (
    Need(table="promises", columns=("promise_id", "words")),
    Need(table="evaluation", columns=("promise_id",), optional=True),
    Need(table="harms", columns=("harm_id", "indicator"), optional=True),
    Need(table="responses", columns=("promise_id", "result"), optional=True),
    Need(table="outcomes", columns=("indicator", "unit_id", "period", "value"), optional=True),
    Need(table="rollout", columns=("unit_id",), optional=True),
    Need(table="decisions", columns=("date", "decided"), optional=True),
    Need(table="events", columns=("date", "kind"), optional=True),
    Need(table="cost_lines", columns=("option", "year", "kind"), optional=True),
    Need(table="exit_terms", columns=("option", "about", "words"), optional=True),
    Need(table="benefit_values", columns=("promise_id", "amount"), optional=True),
    Need(table="initiative_datasets", columns=("dataset_id",), optional=True),
    Need(table="initiative_accounts", columns=("text", "role"), optional=True),
    Need(table="past_promises", columns=("initiative_id", "promise_id"), optional=True),
    Need(table="past_initiatives", columns=("initiative_id", "title"), optional=True),
    Need(table="agency_indicators", columns=("agency", "year", "measure"), optional=True),
    Need(table="borrowed", columns=("promise_id", "from_city"), optional=True),
    Need(table="context_profile", columns=("city", "dimension"), optional=True),
)
SCHEMAS = {schema.name: schema for schema in (*INITIATIVE_TABLES, *TABLES)}


def prepare(tables: Mapping[str, ibis.Table], _case: Case) -> Mapping[str, ibis.Table | Fold]:
    """Select the rows that are read, lazily: of the outcomes those that a promise or harm names."""
    wanted: dict[str, ibis.Table | Fold] = {
        need.table: _known(tables[need.table], need.table)
        for need in NEEDS
        if need.table in tables and need.table != "outcomes"
    }
    if "outcomes" in tables:
        wanted["outcomes"] = _outcomes(tables)
    return wanted


def _known(table: ibis.Table, name: str) -> ibis.Table:
    """Return the columns that the data model knows."""
    schema = SCHEMAS.get(name)
    if schema is None:
        return table
    return table.select(*(c.name for c in schema.columns if c.name in table.columns))


def _outcomes(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    """Return outcomes of indicators that a promise or a harm names."""
    outcomes = _known(tables["outcomes"], "outcomes")
    named = [tables[name].select("indicator") for name in ("promises", "harms") if name in tables]
    if not named:
        return outcomes.limit(0)
    indicators = named[0] if len(named) == 1 else named[0].union(named[1])
    return outcomes.semi_join(indicators.filter(indicators.indicator.notnull()), "indicator")
