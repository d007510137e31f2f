"""Read an initiative folder step by step, and settle it in a city."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from evenground.city import City
from evenground.errors import Place, Problem, ProblemKind, Severity, nearest_name
from evenground.initiative import INITIATIVE_TABLES, Initiative
from evenground.initiative.parsing import parse_initiative
from evenground.language import N_, language
from evenground.questions import discover
from evenground.stores.draft import Locale
from evenground.stores.table import ReadTable
from evenground.workspace.area_codes import AreaCodes
from evenground.workspace.area_references import checked_references
from evenground.workspace.assembling import assemble
from evenground.workspace.coordinates import home_of
from evenground.workspace.coordinates import settle as settle_places
from evenground.workspace.declarations import load
from evenground.workspace.locale import locale_of
from evenground.workspace.locating import far_outside
from evenground.workspace.opening import OpenCity, OpenInitiative
from evenground.workspace.plausibility import implausible
from evenground.workspace.repeats import without_repeats
from evenground.workspace.sources import Readings, read_sources
from evenground.workspace.telling_problems import reports

OPTION = "options.key"
UNKNOWN_OPTION = ProblemKind(
    code="unknown_option",
    what=N_("{value} in {column} is not an option of the initiative (rows: {n_rows})."),
    rule=N_("Rows of an option that is not described belong to none; they were left without one."),
    way_out=N_("Describe it under [[options]], or use one of: {known}."),
    suggestion=N_("Write {nearest}. The options are: {known}."),
)
INDICATOR_NOT_THERE = ProblemKind(
    code="indicator_not_there",
    severity=Severity.WARNING,
    what=N_("The problem is measured by {value}, which the city's indicators do not have."),
    rule=N_("Whether there is a need, and where, is read from that indicator."),
    way_out=N_("Add it to the city's table of indicators, or use one of: {known}."),
    suggestion=N_("Write {nearest}. The city's indicators are: {known}."),
)


def read_initiative(
    path: Path, *, within: Path | None = None, city: City | None = None
) -> OpenInitiative:
    """Read an initiative folder; see ``open_initiative``."""
    brought = [table for question in discover() for table in question.tables]
    schemas = {table.name: table for table in (*INITIATIVE_TABLES, *brought)}
    loaded = load(path, "initiative", tables=tuple(schemas), within=within)
    initiative = parse_initiative(loaded.declared).initiative
    locale = Locale() if city is None else locale_of(city)
    readings = read_sources(loaded, schemas, locale)
    checked = [without_repeats(implausible(held)) for held in readings.values()]
    parts = [_with_options(read, initiative) for read in chain.from_iterable(checked)]
    spoken = loaded.declared.text("language", "en" if city is None else city.language)
    opened = OpenInitiative(
        initiative=initiative,
        tables={},
        places={},
        declaration_problems=tuple(loaded.declared.problems),
        workbook=loaded.workbook,
        folder=loaded.folder,
    )
    return _put_together(opened, parts, crs="", spoken=spoken, currency="")


def settle(initiative: OpenInitiative, city: OpenCity) -> OpenInitiative:
    """Return the initiative with its places in the city's system and its codes among the areas."""
    if initiative.settled_in is city:
        return initiative
    home, codes = home_of(city.city.crs), _codes(city)
    areas = city.places.get("areas")
    parts: list[ReadTable] = []
    for read in initiative.readings:
        settled = settle_places(read, home)
        if codes is not None:
            settled = checked_references(settled, codes)
        if areas is not None:
            settled = settled.saying(*far_outside(settled, areas))
        parts.append(settled)
    settled_one = replace(
        initiative,
        declaration_problems=(
            *initiative.declaration_problems,
            *_indicator_problems(initiative.initiative, city),
        ),
        settled_in=city,
    )
    spoken, currency = city.city.language, city.city.currency
    return _put_together(settled_one, parts, crs=city.city.crs, spoken=spoken, currency=currency)


def _put_together(
    initiative: OpenInitiative, parts: Sequence[ReadTable], *, crs: str, spoken: str, currency: str
) -> OpenInitiative:
    readings: Readings = {}
    for read in parts:
        readings.setdefault(read.schema.name, []).append(read)
    everything = tuple(chain.from_iterable(readings.values()))
    assembled = assemble(readings, crs)
    return replace(
        initiative,
        tables=assembled.tables,
        places=assembled.places if crs else {},
        reports=reports(everything, language(spoken, currency=currency)),
        problems=(*initiative.declaration_problems, *_problems(everything)),
        sources=assembled.sources,
        published=assembled.published,
        readings=everything,
    )


def _problems(readings: Iterable[ReadTable]) -> Iterable[Problem]:
    return chain.from_iterable(read.problems for read in readings)


def _codes(city: OpenCity) -> AreaCodes | None:
    if "areas" not in city.tables:
        return None
    known = frozenset(city.tables["areas_all"]["area_id"].to_pylist())
    in_force = frozenset(city.tables["areas"]["area_id"].to_pylist())
    return AreaCodes(in_force=in_force, editions={"": known})


def _with_options(read: ReadTable, initiative: Initiative) -> ReadTable:
    """Return the table with options that the initiative does not describe listed and taken out."""
    known = [option.key for option in initiative.options]
    for column in read.schema.columns:
        if column.refers_to != OPTION:
            continue
        rows: dict[str, list[int]] = {}
        for position, key in enumerate(read.texts(column.name)):
            if key and key not in known:
                rows.setdefault(key, []).append(position)
        problems = [
            UNKNOWN_OPTION.at(
                read.at(positions[0], column.name), value=key, n_rows=len(positions),
                nearest=nearest_name(key, known), known=", ".join(known),
            )
            for key, positions in rows.items()
        ]  # fmt: skip
        kept = [key if key in known else None for key in read.texts(column.name)]
        read = read.with_column(column.name, kept).saying(*problems) if problems else read
    return read


def _indicator_problems(initiative: Initiative, city: OpenCity) -> list[Problem]:
    table = city.tables.get("indicators")
    if table is None:
        return []
    known = sorted(set(table["indicator"].to_pylist()))
    return [
        INDICATOR_NOT_THERE.at(
            Place(file="initiative.toml", column="problems.indicator"), value=problem.indicator,
            nearest=nearest_name(problem.indicator, known), known=", ".join(known),
        )
        for problem in initiative.problems
        if problem.indicator and problem.indicator not in known
    ]  # fmt: skip
