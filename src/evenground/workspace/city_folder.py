"""Read a city folder step by step."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

from evenground.city import CITY_SETTINGS, CITY_TABLES
from evenground.city.parsing import Known, parse_city
from evenground.language import language
from evenground.protocol import Question
from evenground.questions import discover
from evenground.schema import TableSchema
from evenground.stores.table import ReadTable
from evenground.workspace.areas import choose, in_force
from evenground.workspace.assembling import assemble
from evenground.workspace.declarations import load
from evenground.workspace.locale import locale_of
from evenground.workspace.opening import OpenCity
from evenground.workspace.projecting import project
from evenground.workspace.sources import Readings, read_sources
from evenground.workspace.telling_problems import reports


def read_city(path: Path, *, within: Path | None = None) -> OpenCity:
    """Read a city folder; see ``open_city``."""
    loaded = load(path, "city", within=within)
    questions = discover()
    parsed = parse_city(loaded.declared, known(questions))
    city = parsed.city
    readings = read_sources(loaded, city_tables(questions), locale_of(city))
    readings = {
        name: [project(read, city.crs) for read in parts] for name, parts in readings.items()
    }
    assembled = assemble(readings, city.crs)
    if "areas" in assembled.tables:
        chosen = choose(assembled.tables["areas"], city)
        in_force(assembled, chosen, city.crs)
        city = replace(city, level=chosen.level, edition=chosen.edition)
    return OpenCity(
        city=city,
        tables=assembled.tables,
        places=assembled.places,
        reports=reports(_all(readings), language(city.language, currency=city.currency)),
        problems=(
            *loaded.declared.problems,
            *chain.from_iterable(r.problems for r in _all(readings)),
        ),
        sources=assembled.sources,
        published=assembled.published,
        readings=tuple(_all(readings)),
    )


def _all(readings: Readings) -> list[ReadTable]:
    return [read for parts in readings.values() for read in parts]


def known(questions: tuple[Question, ...]) -> Known:
    """Return the settings and questions that ``city.toml`` may name."""
    declared = [*CITY_SETTINGS, *(one for question in questions for one in question.settings)]
    return Known(
        settings={one.key: one for one in declared},
        questions=tuple(question.key for question in questions),
    )


def city_tables(questions: tuple[Question, ...]) -> dict[str, TableSchema]:
    """Return the tables of a city, and those that questions bring."""
    brought = [table for question in questions for table in question.tables]
    return {table.name: table for table in (*CITY_TABLES, *brought)}
