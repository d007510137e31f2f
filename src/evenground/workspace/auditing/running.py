"""Audit one dataset: open it, work out where it lies what is asked of it, judge it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack
from zoneinfo import ZoneInfo

import numpy as np

from evenground.city import CITY_SETTINGS
from evenground.initiative import Initiative, Stage
from evenground.protocol import Case, Fold
from evenground.questions.data import QUESTION
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.auditing import Around, around_of, audit_of
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.findings.covered import coverage_figures
from evenground.questions.data.plan import Rows, plan
from evenground.questions.data.purposes.model import PURPOSES
from evenground.schema import Settings
from evenground.stores.engines.running import run_fold
from evenground.stores.engines.streaming import collected
from evenground.workspace.auditing.datasheets import read_datasheet
from evenground.workspace.auditing.opening import Named, Opened, opened
from evenground.workspace.auditing.references import with_reference
from evenground.workspace.opening import OpenCity, nameless_city, open_city

if TYPE_CHECKING:
    import ibis
    import pandas as pd
    import pyarrow as pa

Progress = Callable[[float | None, str], None]
DEFAULT_SEED = 2021
KEY = "data"


class AuditTerms(TypedDict, total=False):
    """On what terms an audit is made; every one may be left out.

    ``purposes`` that are asked about; the day (``today``) and the ``seed`` of random draws; what
    the data are called (``title``), the ``sheet`` or layer; ``roles`` that override guesses;
    whether the rows behind each count are wanted (``flags``); who is told how far things are
    (``progress``).
    """

    purposes: Sequence[str]
    today: date
    seed: int
    title: str
    sheet: str
    roles: Mapping[str, Any]
    flags: bool
    progress: Progress


def audit(
    table: Path | str | pa.Table | pd.DataFrame | ibis.Table,
    datasheet: Datasheet | Mapping[str, Any] | Path | str | None = None,
    *,
    city: OpenCity | Path | str | None = None,
    reference: Path | str | pa.Table | pd.DataFrame | None = None,
    **terms: Unpack[AuditTerms],
) -> DatasetAudit:
    """Return what is wrong with data, what stays open, and what they can carry.

    Parameters
    ----------
    table
        A file, a folder of files of one kind, the address of a table in PostgreSQL, an Arrow
        table, a data frame or a lazy Ibis table.
    datasheet
        What people say about the data: a value, a mapping, or the path of a TOML or JSON file;
        also a Frictionless Table Schema, CSVW metadata or a DCAT record.
    city
        An open city or its folder: areas, residents, streets, what its purposes ask.
    reference
        Measurements or counts to hold the data against.
    terms
        See ``AuditTerms``.

    Raises
    ------
    EvengroundError
        If something cannot be read at all, or an option is wrong.
    """
    place = _city(city)
    today = terms.get("today") or today_in(place)
    sheet, problems = read_datasheet(datasheet, today=today)
    named = Named(key=KEY, title=terms.get("title", ""), sheet=sheet, roles=terms.get("roles", {}))
    progress = terms.get("progress", _quiet)
    with opened(table, named, sheet=terms.get("sheet", ""), progress=progress) as one:
        held = {} if reference is None else with_reference(one, reference)
        card = replace(one.card, problems=(*one.card.problems, *problems))
        ready = replace(one, card=card, beside=held)
        return audit_opened(ready, place, today=today, terms=terms)


def audit_opened(one: Opened, place: OpenCity, *, today: date, terms: AuditTerms) -> DatasetAudit:
    """Return the audit of what was opened."""
    card = one.card
    case = case_of(place, today=today, seed=terms.get("seed", DEFAULT_SEED))
    tables = city_rows(place, case)
    rows = Rows(
        read=one.table,
        raw=one.raw,
        today=today,
        zone=place.city.time_zone,
        cut=one.audited.cut,
        flags=terms.get("flags", False),
    )
    asked = plan(f"datasets/{KEY}", rows, card)
    progress = terms.get("progress", _quiet)
    tables |= {name: worked_out(part, progress) for name, part in asked.items()}
    tables |= one.beside
    around = around_of(tables, case, terms.get("purposes", PURPOSES))
    return _with_map(audit_of(KEY, tables, card, around), around)


def _with_map(found: DatasetAudit, around: Around) -> DatasetAudit:
    """Add the map of who is in reach; in a dossier it stands with the finding on that."""
    if found.reached is None:
        return found
    known: dict[str, Any] = {"metres": around.case.settings.number("sensor_reach_metres")}
    maps = coverage_figures(around.frame, found.reached, known)
    return replace(found, figures=(*found.figures, *maps))


def worked_out(part: ibis.Table | Fold, progress: Progress) -> pa.Table:
    """Return what a lazy table or a fold gives, worked out where its rows are."""
    import ibis

    if isinstance(part, ibis.Table):
        return collected(part)
    return run_fold(part, progress=progress)


def city_rows(place: OpenCity, case: Case) -> dict[str, pa.Table]:
    """Return the rows of the city that an audit needs."""
    from evenground.stores.duckdb import collect

    if QUESTION.prepare is None:
        return {}
    return dict(collect(place.tables, QUESTION.prepare, case))


def case_of(place: OpenCity, *, today: date, seed: int) -> Case:
    """Return the case of an audit that belongs to no initiative."""
    declared = [*CITY_SETTINGS, *QUESTION.settings]

    def rng(code: str) -> np.random.Generator:
        name = hashlib.sha256(f"{QUESTION.key}:{code}".encode()).digest()
        return np.random.default_rng([seed, int.from_bytes(name[:8], "big")])

    return Case(
        initiative=Initiative(title="", stage=Stage.IDEA),
        city=place.city,
        settings=Settings({one.key: one for one in declared}, place.city.overrides),
        today=today,
        places=place.places,
        rng=rng,
        progress=_quiet,
        sources=place.sources,
    )


def _city(city: OpenCity | Path | str | None) -> OpenCity:
    if isinstance(city, OpenCity):
        return city
    if city is not None:
        return open_city(city)
    return OpenCity(city=nameless_city(), tables={}, places={})


def today_in(place: OpenCity | None) -> date:
    """Return today's date where the city is; in UTC where nobody says where."""
    zone = place.city.time_zone if place else ""
    return datetime.now(ZoneInfo(zone) if zone else UTC).date()


def _quiet(_: float | None, __: str) -> None:
    """Say nothing."""
