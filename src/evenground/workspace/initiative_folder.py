"""Read an initiative folder step by step, and settle it in a city."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

from evenground.city import City
from evenground.initiative import INITIATIVE_TABLES
from evenground.initiative.parsing import parse_initiative
from evenground.language import language
from evenground.questions import discover
from evenground.stores.draft import Locale
from evenground.stores.table import ReadTable
from evenground.workspace.assembling import assemble
from evenground.workspace.coordinates import home_of
from evenground.workspace.coordinates import settle as settle_places
from evenground.workspace.declarations import load
from evenground.workspace.locale import locale_of
from evenground.workspace.opening import OpenCity, OpenInitiative, nameless_city
from evenground.workspace.sources import read_sources
from evenground.workspace.telling_problems import reports


def read_initiative(
    path: Path, *, within: Path | None = None, city: City | None = None
) -> OpenInitiative:
    """Read an initiative folder; see ``open_initiative``."""
    loaded = load(path, "initiative", within=within)
    parsed = parse_initiative(loaded.declared)
    brought = [table for question in discover() for table in question.tables]
    schemas = {table.name: table for table in (*INITIATIVE_TABLES, *brought)}
    locale = locale_of(city or nameless_city()) if city else Locale()
    readings = read_sources(loaded, schemas, locale)
    everything = tuple(chain.from_iterable(readings.values()))
    assembled = assemble(readings, "")
    speaks = language(loaded.declared.text("language", city.language if city else "en"))
    return OpenInitiative(
        initiative=parsed.initiative,
        tables=assembled.tables,
        places={},
        reports=reports(everything, speaks),
        problems=(*parsed.problems, *chain.from_iterable(r.problems for r in everything)),
        sources=assembled.sources,
        published=assembled.published,
        readings=everything,
        workbook=loaded.workbook,
    )


def settle(initiative: OpenInitiative, city: OpenCity) -> OpenInitiative:
    """Return the initiative with its places in the city's coordinate system."""
    crs = city.city.crs
    home = home_of(crs)
    readings = tuple(settle_places(read, home) for read in initiative.readings)
    by_table: dict[str, list[ReadTable]] = {}
    for read in readings:
        by_table.setdefault(read.schema.name, []).append(read)
    assembled = assemble(by_table, crs)
    return replace(
        initiative,
        tables=assembled.tables,
        places=assembled.places,
        readings=readings,
        reports=reports(readings, language(city.city.language, currency=city.city.currency)),
        settled_in=crs,
    )
