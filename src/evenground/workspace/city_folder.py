"""Read a city folder step by step: declaration, files, places, areas, boundaries, agreement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from evenground.city import CITY_SETTINGS, CITY_TABLES, City
from evenground.city.parsing import Known, parse_city
from evenground.language import language
from evenground.protocol import Question
from evenground.questions import discover
from evenground.schema import TableSchema
from evenground.stores.table import ReadTable
from evenground.workspace import carrying, nesting
from evenground.workspace.agreement import disagreements
from evenground.workspace.area_codes import (
    AreaCodes,
    area_codes,
    placed_by_code,
    repaired,
    without_totals,
)
from evenground.workspace.area_references import checked_references
from evenground.workspace.areas import Chosen, choose, in_force, with_defaults, zeros_lost
from evenground.workspace.assembling import Assembled, assemble
from evenground.workspace.coordinates import home_of, settle
from evenground.workspace.declarations import Loaded, load
from evenground.workspace.locale import locale_of
from evenground.workspace.locating import far_outside, located
from evenground.workspace.metric_system import degrees_of, metric_system
from evenground.workspace.opening import OpenCity
from evenground.workspace.plausibility import implausible
from evenground.workspace.repeats import without_repeats
from evenground.workspace.sources import Readings, read_sources
from evenground.workspace.telling_problems import reports

if TYPE_CHECKING:
    import geopandas as gpd

BY_AREA = ("population", "indicators")
"""Tables whose rows are about areas and nothing else: a row without its area says nothing."""


@dataclass(slots=True, kw_only=True)
class _Opening:
    """A city on its way: what is known so far."""

    loaded: Loaded
    city: City
    readings: Readings
    codes: AreaCodes | None = None
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])

    def change(self, tables: Sequence[str], step: Callable[[ReadTable], ReadTable]) -> None:
        """Take every file of some tables one step further."""
        for table in tables:
            if table in self.readings:
                self.readings[table] = [step(read) for read in self.readings[table]]


def read_city(path: Path, *, within: Path | None = None) -> OpenCity:
    """Read a city folder; see ``open_city``."""
    questions = discover()
    schemas = city_tables(questions)
    loaded = load(path, "city", tables=tuple(schemas), within=within)
    city = parse_city(loaded.declared, known(questions)).city
    readings = read_sources(loaded, schemas, locale_of(city))
    opening = _Opening(loaded=loaded, city=city, readings=readings)
    _place(opening)
    some = any(read.table.num_rows for read in readings.get("areas", ()))
    assembled = _agree(opening) if some else _assembled(opening)
    return _opened(opening, assembled)


def known(questions: Sequence[Question]) -> Known:
    """Return the settings and questions that ``city.toml`` may name."""
    declared = [*CITY_SETTINGS, *(one for question in questions for one in question.settings)]
    return Known(
        settings={one.key: one for one in declared},
        questions=tuple(question.key for question in questions),
    )


def city_tables(questions: Sequence[Question]) -> dict[str, TableSchema]:
    """Return the tables of a city, and those that questions bring."""
    brought = [table for question in questions for table in question.tables]
    return {table.name: table for table in (*CITY_TABLES, *brought)}


def _place(opening: _Opening) -> None:
    """Bring all shapes into the city's system, or one that fits where the city's does not serve."""
    parts = opening.readings.get("areas") or list(chain.from_iterable(opening.readings.values()))
    degrees = np.concatenate([np.zeros((0, 2)), *(degrees_of(read) for read in parts)])
    system = metric_system(opening.city.crs, degrees)
    declared = opening.loaded.declared
    if system.kind is not None:
        declared.add(system.kind, "crs", value=opening.city.crs, crs=system.crs)
    home = home_of(system.crs)
    opening.city = replace(opening.city, crs=system.crs)
    opening.change(tuple(opening.readings), lambda read: settle(read, home))


def _agree(opening: _Opening) -> Assembled:
    """Make every table speak of the areas in force."""
    city, readings = opening.city, opening.readings
    readings["areas"] = without_repeats(with_defaults(readings["areas"], city))
    chosen = choose(readings["areas"], city, opening.loaded.declared)
    opening.city = replace(city, level=chosen.level, edition=chosen.edition)
    opening.change(("areas",), lambda read: read.saying(*zeros_lost(read, chosen)))
    _check_nesting(opening)
    areas = assemble({"areas": readings["areas"]}, opening.city.crs)
    codes = area_codes(areas.tables["areas"], chosen.level, chosen.edition)
    opening.codes = codes = _with_crosswalk(opening, codes)
    opening.change(BY_AREA, lambda read: repaired(read, "area_id", codes.known))
    opening.change(BY_AREA, lambda read: without_totals(read, codes))
    for name, parts in opening.readings.items():
        opening.readings[name] = implausible(without_repeats(parts))
    _check_sums(opening)
    _carry_over(opening, areas, codes)
    opening.change(BY_AREA, lambda read: placed_by_code(read, codes))
    return _settled(opening, chosen, codes)


def _check_nesting(opening: _Opening) -> None:
    parts = opening.readings["areas"]
    known_codes = {code for part in parts for code in part.texts("area_id")}
    parts = [repaired(part, "parent_id", known_codes) for part in parts]
    found = nesting.nesting_problems(parts)
    opening.readings["areas"] = [
        part.saying(*problems) for part, problems in zip(parts, found, strict=True)
    ]


def _with_crosswalk(opening: _Opening, codes: AreaCodes) -> AreaCodes:
    """Let the crosswalk's old codes count as codes of their edition."""
    opening.change(("crosswalk",), lambda read: read.saying(*carrying.crosswalk_problems(read)))
    editions = {edition: set(known) for edition, known in codes.editions.items()}
    for read in opening.readings.get("crosswalk", []):
        for edition, code in zip(read.texts("from_edition"), read.texts("from_area"), strict=True):
            if edition != codes.edition:
                editions.setdefault(edition, set()).add(code)
    return replace(codes, editions={name: frozenset(held) for name, held in editions.items()})


def _check_sums(opening: _Opening) -> None:
    parts = opening.readings.get("population")
    if not parts:
        return
    areas = assemble({"areas": opening.readings["areas"]}, "").tables["areas"]
    found = nesting.sum_problems(parts, areas)
    opening.readings["population"] = [
        part.saying(*problems) for part, problems in zip(parts, found, strict=True)
    ]


def _carry_over(opening: _Opening, areas: Assembled, codes: AreaCodes) -> None:
    crosswalk = opening.readings.get("crosswalk")
    carrier = carrying.Carrier(
        areas=codes,
        places=areas.places.get("areas"),
        crosswalk=assemble({"crosswalk": crosswalk}, "").tables["crosswalk"] if crosswalk else None,
        people=carrying.people_by_edition(opening.readings.get("population", []), codes),
    )
    opening.change(BY_AREA, carrier.carry)
    opening.notes.update(carrier.notes)


def _settled(opening: _Opening, chosen: Chosen, codes: AreaCodes) -> Assembled:
    """Check what else names areas, and put the tables together."""
    readings = opening.readings
    areas = assemble({"areas": readings["areas"]}, opening.city.crs)
    in_force(areas, chosen, opening.city.crs)
    places: gpd.GeoDataFrame | None = areas.places.get("areas")
    for name, parts in readings.items():
        if name == "areas":
            continue
        checked = [checked_references(read, codes) for read in parts]
        if places is not None and name not in BY_AREA:
            checked = [read.saying(*far_outside(read, places)) for read in checked]
            if "area_id" in parts[0].table.column_names:
                checked = [located(read, places) for read in checked]
        readings[name] = without_repeats(checked) if name in BY_AREA else checked
    assembled = _assembled(opening)
    assembled.tables.update(areas.tables)
    assembled.places.update(areas.places)
    return assembled


def _assembled(opening: _Opening) -> Assembled:
    return assemble(opening.readings, opening.city.crs)


def _opened(opening: _Opening, assembled: Assembled) -> OpenCity:
    declared, city = opening.loaded.declared, opening.city
    declared.problems.extend(disagreements(declared, city, assembled.tables))
    everything = tuple(chain.from_iterable(opening.readings.values()))
    return OpenCity(
        city=city,
        tables=assembled.tables,
        places=assembled.places,
        reports=reports(everything, language(city.language, currency=city.currency)),
        problems=(*declared.problems, *chain.from_iterable(read.problems for read in everything)),
        sources=assembled.sources,
        notes=opening.notes,
        published=assembled.published,
        readings=everything,
        folder=opening.loaded.folder,
    )
