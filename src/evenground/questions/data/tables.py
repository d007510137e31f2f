"""What Data reads: the initiative's datasets, each in the passes that its audit needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from evenground.frame.selecting import (
    indicator_rows,
    named_groups,
    named_indicators,
    population_rows,
)
from evenground.protocol import Case, Fold, Need
from evenground.questions.data.plan import PAIRS, RAW, Rows, plan

if TYPE_CHECKING:
    import ibis

COMPONENT_COLUMNS = (
    "thing", "maker", "owner", "runs_on", "senses", "data_go_to", "kept", "purpose_now",
    "purpose_permitted", "purpose_possible",
)  # fmt: skip
RULE_COLUMNS = ("measure", "purpose", "aspect", "at_least", "at_most", "unit", "asked", "origin")
NEEDS: tuple[Need, ...] = (
    Need(table="initiative_datasets", columns=("dataset_id",), each=True),
    Need(table="components", columns=("thing",), optional=True),
    Need(table="areas", columns=("area_id",), optional=True),
    Need(table="population", columns=("area_id", "group", "count"), optional=True),
    Need(table="indicators", columns=("area_id", "indicator", "value"), optional=True),
    Need(table="points", columns=("area_id", "count"), optional=True),
    Need(table="streets", optional=True),
    Need(table="purpose_rules", columns=("measure", "purpose"), optional=True),
)
_AS_THEY_ARE: Mapping[str, tuple[str, ...]] = {
    "components": COMPONENT_COLUMNS,
    "purpose_rules": RULE_COLUMNS,
    "streets": ("street_id",),
}


def prepare(tables: Mapping[str, ibis.Table], case: Case) -> Mapping[str, ibis.Table | Fold]:
    """Select the rows that are read, lazily, and what is to be worked out where the data are."""
    wanted: dict[str, ibis.Table | Fold] = {
        name: tables[name].select(*columns)
        for name, columns in _AS_THEY_ARE.items()
        if name in tables
    }
    if "population" in tables:
        wanted["population"] = population_rows(
            tables["population"], sorted(named_groups(case.city))
        )
    if "indicators" in tables:
        wanted["indicators"] = indicator_rows(tables["indicators"], named_indicators(case.city))
    for key, card in case.datasets.items():
        name = f"datasets/{key}"
        pairs = f"{name}/{PAIRS}"
        if pairs in tables:
            wanted[pairs] = tables[pairs]
        if name in tables:
            rows = Rows(
                read=tables[name],
                raw=tables.get(f"{name}/{RAW}", tables[name]),
                today=case.today,
                zone=case.city.time_zone,
            )
            wanted |= plan(name, rows, card)
    return wanted
