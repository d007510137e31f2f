"""Editions of a dossier: what the public one must not hold goes before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.city import CITY_TABLES
from evenground.dossier import Audience
from evenground.evidence import Message
from evenground.initiative import INITIATIVE_TABLES
from evenground.methods.disclosure import Disclosed, Rules, disclose, places_for
from evenground.schema import Settings, TableSchema

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa

    from evenground.workspace.opening import OpenCity, OpenInitiative


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The tables and places that an edition is computed from, and what was taken out of them."""

    tables: Mapping[str, pa.Table]
    places: Mapping[str, gpd.GeoDataFrame]
    settings: Settings
    suppressed: Mapping[str, int]
    left_out: tuple[Message, ...]


def edition_for(
    audience: Audience,
    initiative: OpenInitiative,
    city: OpenCity,
    *,
    settings: Settings,
    brought: Iterable[TableSchema] = (),
) -> Edition:
    """Return what an edition is computed from; ``brought`` are the questions' own tables."""
    threshold = settings.whole("disclosure_threshold")
    schemas = (*CITY_TABLES, *INITIATIVE_TABLES, *brought)
    disclosed = disclose(
        {**city.tables, **initiative.tables},
        audience=audience.value,
        rules=Rules(threshold=threshold),
        published={**city.published, **initiative.published},
        schemas=schemas,
    )
    places = places_for(audience.value, {**city.places, **initiative.places}, disclosed)
    return Edition(
        tables=disclosed.tables,
        places=places,
        settings=settings,
        suppressed=disclosed.suppressed,
        left_out=tuple(_left_out(disclosed, threshold, {one.name: one for one in schemas})),
    )


def _left_out(
    disclosed: Disclosed, threshold: int, schemas: Mapping[str, TableSchema]
) -> Iterable[Message]:
    for table, n in sorted(disclosed.suppressed.items()):
        title = Message(code=f"table.{table}")
        yield Message(
            code="left_out.cells", parameters={"n": n, "threshold": threshold, "table": title}
        )
    for table, n in sorted(disclosed.left_out.items()):
        if n and table in schemas:
            yield Message(code="left_out.accounts", parameters={"n": n})
