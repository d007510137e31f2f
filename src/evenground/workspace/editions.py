"""Editions of a dossier: what the public one must not hold is taken out before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.dossier import Audience
from evenground.evidence import Message
from evenground.schema import Settings

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
    audience: Audience, initiative: OpenInitiative, city: OpenCity, *, settings: Settings
) -> Edition:
    """Return what the audience's edition is computed from."""
    return Edition(
        tables={**city.tables, **initiative.tables},
        places={**city.places, **initiative.places},
        settings=settings,
        suppressed={},
        left_out=(),
    )
