"""The datasets of an initiative, opened for the question that audits them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.errors import EvengroundError, Problem
from evenground.protocol import DatasetCard
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.datasheet.writing import as_mapping
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.plan import RAW
from evenground.stores.entries import TableEntry
from evenground.stores.folder import DataFolder
from evenground.workspace.auditing.datasheets import read_datasheet
from evenground.workspace.auditing.opening import Named, area_codes, opened
from evenground.workspace.auditing.references import with_reference
from evenground.workspace.opening import DatasetAtHand, OpenCity, OpenInitiative

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

LISTED, KNOWN, SITES = "initiative_datasets", "datasets", "sites"
"""Tables: datasets of the initiative, datasets that the city knows, places of the units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDatasets:
    """Datasets as a question is handed them: lazy tables and small ones by name, cards by key."""

    tables: Mapping[str, pa.Table | ibis.Table] = field(
        default_factory=dict[str, "pa.Table | ibis.Table"]
    )
    cards: Mapping[str, DatasetCard] = field(default_factory=dict[str, DatasetCard])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One dataset to open: its row in the list, where its files may lie, its rows if at hand."""

    key: str
    row: Mapping[str, Any]
    folders: tuple[DataFolder, ...]
    at_hand: DatasetAtHand | None = None
    area_codes: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def source(self, column: str) -> Any:
        """Return a file of the row (``file``, ``datasheet``, ``reference``), or what is at hand."""
        if self.at_hand is None:
            return self.path(column)
        name = {"file": "rows"}.get(column, column)
        return getattr(self.at_hand, name)

    def path(self, column: str) -> Path | None:
        """Return the path of a file that the row names; ``None`` if it names none.

        Raises
        ------
        EvengroundError
            If there is no such file in any of the folders, or it lies outside.
        """
        name = str(self.row.get(column) or "").strip()
        if not name:
            return None
        entry = TableEntry(table=LISTED, file=name)
        failed: EvengroundError | None = None
        for folder in self.folders:
            try:
                return folder.find(entry).path
            except EvengroundError as error:
                failed = failed or error
        if failed is not None:
            raise failed
        return None


@contextmanager
def open_datasets(
    initiative: OpenInitiative, city: OpenCity, *, today: date
) -> Generator[OpenDatasets]:
    """Open every dataset that the initiative lists, or else the list of its own sites.

    What cannot be opened is known by its title, with the reason among its problems.
    """
    with ExitStack() as stack:
        tables: dict[str, Any] = {}
        cards: dict[str, DatasetCard] = {}
        codes = area_codes(city.tables)
        for one in wanted(initiative, city):
            found, card = _opened(replace(one, area_codes=codes), stack, today)
            tables |= found
            cards[one.key] = card
        yield OpenDatasets(tables=tables, cards=cards)


def wanted(initiative: OpenInitiative, city: OpenCity) -> list[Wanted]:
    """Return the datasets to open, in the order in which they are listed."""
    folders = tuple(f for f in (initiative.folder, city.folder) if f is not None)
    known = {row["dataset_id"]: row for row in _rows(city.tables.get(KNOWN))}
    listed = [
        Wanted(
            key=row["dataset_id"],
            row={**_filled(known.get(row["dataset_id"], {})), **_filled(row)},
            folders=folders,
            at_hand=initiative.datasets.get(row["dataset_id"]),
        )
        for row in _rows(initiative.tables.get(LISTED))
    ]
    listed = list({one.key: one for one in listed}.values())
    return listed or _own_list(initiative, folders)


def _own_list(initiative: OpenInitiative, folders: tuple[DataFolder, ...]) -> list[Wanted]:
    """Return the initiative's list of its sites: with nothing else listed, it rests on that."""
    files = dict.fromkeys(
        (source.file, source.title) for source in initiative.sources.get(SITES, ())
    )
    return [
        Wanted(
            key=f"{SITES}_{number}" if number > 1 else SITES,
            row={"title": title or file, "file": file, "roles": Roles(form=Form.PLACES)},
            folders=folders,
        )
        for number, (file, title) in enumerate(files, start=1)
        if file and folders
    ]


def _opened(one: Wanted, stack: ExitStack, today: date) -> tuple[dict[str, Any], DatasetCard]:
    title = str(one.row.get("title") or one.key)
    informs = str(one.row.get("informs") or "")
    try:
        sheet, problems = read_datasheet(one.source("datasheet"), today=today)
        sheet = _with_list(sheet, one.row)
        source = one.source("file")
        if source is None:
            return {}, _absent(title, informs, sheet, problems)
        named = Named(
            key=one.key, title=title, informs=informs, sheet=sheet, area_codes=one.area_codes
        )
        held = stack.enter_context(opened(source, named, sheet=str(one.row.get("sheet") or "")))
        tables: dict[str, Any] = {
            f"datasets/{one.key}": held.table,
            f"datasets/{one.key}/{RAW}": held.raw,
        }
        reference = one.source("reference")
        if reference is not None:
            tables |= with_reference(held, reference)
    except EvengroundError as error:
        return {}, _absent(title, informs, None, error.problems)
    return tables, replace(held.card, problems=(*problems, *held.card.problems))


def _with_list(sheet: Datasheet | None, row: Mapping[str, Any]) -> Datasheet | None:
    """Fill what the datasheet leaves empty with what the city's list of datasets says."""
    said = {
        "producer": row.get("producer"),
        "made_for": row.get("purpose"),
        "not_in_it": row.get("not_in_it"),
        "conditions": row.get("conditions"),
    }
    told = {name: str(value) for name, value in said.items() if value}
    roles = row.get("roles")
    if sheet is None and not told:
        return None
    known = sheet or Datasheet(roles=roles if isinstance(roles, Roles) else Roles())
    return replace(known, **{name: v for name, v in told.items() if not getattr(known, name)})


def _absent(
    title: str, informs: str, sheet: Datasheet | None, problems: Iterable[Problem]
) -> DatasetCard:
    return DatasetCard(
        title=title,
        informs=informs,
        stated=as_mapping(sheet or Datasheet()),
        has_datasheet=sheet is not None,
        problems=tuple(problems),
    )


def _rows(table: pa.Table | None) -> list[dict[str, Any]]:
    return [] if table is None else table.to_pylist()


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "")}
