"""Open one dataset and make it ready to be asked: columns profiled, roles taken, cells read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from evenground.evidence import Message, Source
from evenground.protocol import DatasetCard
from evenground.questions.data.datasheet.model import ColumnSheet, Datasheet
from evenground.questions.data.datasheet.writing import as_mapping
from evenground.questions.data.measures.columns.column_profile import ColumnProfile
from evenground.questions.data.measures.columns.facts import Facts, FileColumns
from evenground.questions.data.measures.columns.guess_roles import guess_roles
from evenground.questions.data.measures.columns.profile import columns_of, profile
from evenground.questions.data.measures.columns.readings import Reading, readings_of
from evenground.questions.data.measures.columns.typing import typed
from evenground.questions.data.measures.roles import Form, Roles
from evenground.stores.audited.engine import reading
from evenground.stores.audited.opened import Audited
from evenground.stores.engines.streaming import collected
from evenground.workspace.auditing.stated_roles import sound_roles

if TYPE_CHECKING:
    import ibis
    import pandas as pd
    import pyarrow as pa

Progress = Callable[[float | None, str], None]
EXACT_DISTINCT = 5_000_000
"""Distinct values are counted exactly up to so many rows; beyond, an estimate guides guesses."""


def _quiet(_: float | None, __: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A dataset that is ready to be asked; a context manager that closes its engine.

    Attributes
    ----------
    key
        Its short code.
    raw, table
        Its rows as stored; and with numbers and times read, which the plan is asked of.
    card
        What is known of it beside its rows.
    readings
        How each column with a role is read.
    audited
        What was opened.
    beside
        Small tables that stand beside its rows, such as pairs with a reference.
    """

    key: str
    raw: ibis.Table
    table: ibis.Table
    card: DatasetCard
    readings: Mapping[str, Reading]
    audited: Audited
    beside: Mapping[str, pa.Table] = field(default_factory=dict[str, "pa.Table"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.audited.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a dataset is called, what is said of it, and what overrides guesses.

    ``sheet`` is ``None`` where nobody wrote a datasheet. ``roles`` win over it and over guesses.
    ``area_codes`` are the city's codes of areas by edition, the present one first.
    """

    key: str = "data"
    title: str = ""
    informs: str = ""
    sheet: Datasheet | None = None
    roles: Mapping[str, Any] = field(default_factory=dict[str, Any])
    licence: str = ""
    area_codes: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])


def opened(
    source: Path | str | pa.Table | pd.DataFrame | ibis.Table | Audited,
    named: Named | None = None,
    *,
    sheet: str = "",
    progress: Progress = _quiet,
) -> Opened:
    """Open a dataset.

    Parameters
    ----------
    source
        A file, a folder of files, the address of a table in PostgreSQL; an Arrow table, a data
        frame or a lazy table; or what was opened already.
    named
        What it is called, and what is known of it.
    sheet
        Sheet or layer of a file.
    progress
        Told how far things are.

    Raises
    ------
    EvengroundError
        If it cannot be read at all.
    """
    known = named or Named()
    audited = source if isinstance(source, Audited) else _audited(source, sheet, progress)
    try:
        return _ready(audited, known)
    except BaseException:
        audited.close()
        raise


def _audited(source: Any, sheet: str, progress: Progress) -> Audited:
    if isinstance(source, (str, Path)):
        from evenground.stores.audited.opening import open_audited

        return open_audited(source, sheet=sheet, progress=progress)
    from evenground.stores.audited.in_memory import audited_in_memory

    return audited_in_memory(source)


def _ready(audited: Audited, named: Named) -> Opened:
    n_rows = sum(file.n_rows for file in audited.files)
    exact = n_rows <= EXACT_DISTINCT
    wanted = profile(audited.table, exact_distinct=exact, narrow=audited.cut)
    with reading(audited.name):  # every cell is looked at here, so what is damaged shows
        columns = columns_of(wanted, [collected(one) for one in wanted.tables])
    stated = named.sheet or Datasheet()
    sound, wrong = sound_roles(stated.roles, columns, said=named.roles)
    stated = replace(stated, roles=sound)
    roles, guessed = _roles(columns, audited, stated, named.roles)
    declared = _declared(stated.columns, columns)
    readings = readings_of(columns, roles, declared)
    table = typed(audited.table, columns, readings, joined=roles.time)
    title = named.title or stated.title or audited.name
    sheet = replace(stated, title=title, roles=roles, zone=roles.zone, crs=roles.crs)
    return Opened(
        key=named.key,
        raw=audited.table,
        table=table,
        readings=readings,
        audited=audited,
        card=DatasetCard(
            title=sheet.title,
            informs=named.informs,
            stated=as_mapping(sheet),
            has_datasheet=named.sheet is not None,
            guessed=guessed,
            columns=columns,
            facts=Facts(
                profiles=columns,
                roles=roles,
                files=tuple(
                    FileColumns(name=file.name, columns=file.columns, n_rows=file.n_rows)
                    for file in audited.files
                ),
                has_row=audited.has_row,
                area_codes=named.area_codes,
            ),
            n_rows=n_rows,
            sources=tuple(_sources(audited, named)),
            problems=(*audited.problems, *wrong),
        ),
    )


def _roles(
    columns: tuple[ColumnProfile, ...],
    audited: Audited,
    sheet: Datasheet,
    overrides: Mapping[str, Any],
) -> tuple[Roles, dict[str, Message]]:
    """Put roles together: what was asked for, else what the datasheet says, else guesses."""
    shapes = (audited.x, audited.y, audited.crs) if audited.x else None
    guess = guess_roles(columns, coordinates=shapes)
    stated, found = sheet.roles, guess.roles
    kept: dict[str, Any] = {}
    reasons: dict[str, Message] = {}
    has_form = stated.form is not Form.ROWS
    for one in fields(Roles):
        name = one.name
        said = getattr(stated, name)
        if overrides.get(name):
            kept[name] = overrides[name]
        elif said and (name != "form" or has_form):
            kept[name] = said
        else:
            kept[name] = getattr(found, name)
            if kept[name] and name in guess.reasons:
                reasons[name] = guess.reasons[name]
    return Roles(**kept), reasons


def _declared(
    sheets: Mapping[str, ColumnSheet], columns: Sequence[ColumnProfile]
) -> dict[str, Reading]:
    """Return how columns are read whose kind somebody declared."""
    from evenground.questions.data.measures.columns.readings import number_reading, time_reading

    found: dict[str, Reading] = {}
    for column in columns:
        kind = sheets[column.name].kind if column.name in sheets else ""
        reading = None
        if kind in {"integer", "number"}:
            reading = number_reading(column)
        elif kind in {"date", "datetime"}:
            reading = time_reading(column)
        if reading is not None:
            found[column.name] = reading
    return found


def _sources(audited: Audited, named: Named) -> list[Source]:
    return [
        Source(
            table=f"datasets/{named.key}",
            file=file.name,
            sha256=file.sha256,
            rows_read=file.n_rows,
            rows_used=file.n_rows,
            title=named.title,
            licence=named.licence,
        )
        for file in audited.files
    ]


def area_codes(tables: Mapping[str, pa.Table]) -> dict[str, frozenset[str]]:
    """Return a city's codes of areas by edition, those in force first."""
    if "areas" not in tables or "areas_all" not in tables:
        return {}
    in_force = frozenset(str(code) for code in tables["areas"]["area_id"].to_pylist())
    found = {"": in_force}
    every = tables["areas_all"]
    editions = every["edition"].to_pylist() if "edition" in every.column_names else []
    for edition, code in zip(editions, every["area_id"].to_pylist(), strict=False):
        if edition and str(code) not in in_force:
            found[str(edition)] = found.get(str(edition), frozenset()) | {str(code)}
    return found
