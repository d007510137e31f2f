"""Open a city folder or an initiative folder: tables, places, and everything that was noticed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.city import City
from evenground.errors import Problem
from evenground.evidence import Source
from evenground.initiative import Initiative

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa

    from evenground.dossier import InputReport
    from evenground.stores.folder import DataFolder
    from evenground.stores.table import ReadTable


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCity:
    """A city folder as opened.

    Attributes
    ----------
    city
        What ``city.toml`` says that is not a table.
    tables
        Tables of the model by name, only those that were given: the model's columns in its order,
        geometry left out, nulls where there is no value. ``areas`` holds the level and edition in
        force, sorted by ``area_id``; ``areas_all`` every level and edition.
    places
        Tables with shapes as GeoDataFrames in the city's coordinate system, the same rows in the
        same order as in ``tables``, indexed from 0.
    reports
        What became of each file, told in the city's language.
    problems
        Every defect found, errors and warnings.
    sources
        For each table the files that its rows came from.
    notes
        For each table codes of what a finding may have to say (``interpolated``, ``crosswalk``).
    published
        For each table whether its counts are published ones, exempt from disclosure control.
    readings
        The tables as read, before they were put together.
    folder
        Where its files lie; ``None`` for a city that was not opened from any.
    """

    city: City
    tables: Mapping[str, pa.Table]
    places: Mapping[str, gpd.GeoDataFrame]
    reports: tuple[InputReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict[str, tuple[Source, ...]])
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    published: Mapping[str, bool] = field(default_factory=dict[str, bool])
    readings: tuple[ReadTable, ...] = ()
    folder: DataFolder | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetAtHand:
    """A dataset that lies in no file: its rows, what is said of it, what to hold it against.

    ``rows`` and ``reference`` are Arrow tables or data frames; ``datasheet`` is a mapping with the
    keys of a datasheet.
    """

    rows: Any
    datasheet: Mapping[str, Any] | None = None
    reference: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInitiative:
    """An initiative folder as opened; attributes as in ``OpenCity``.

    Its places are known once it was settled in a city (``in_city``): only then is there a
    coordinate system. ``declaration_problems`` are those problems that are about no table;
    ``workbook`` is the path of the workbook that it was opened from, which may hold a city too.
    ``datasets`` are those that lie in no file, by their short code.
    """

    initiative: Initiative
    tables: Mapping[str, pa.Table]
    places: Mapping[str, gpd.GeoDataFrame]
    reports: tuple[InputReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict[str, tuple[Source, ...]])
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    published: Mapping[str, bool] = field(default_factory=dict[str, bool])
    readings: tuple[ReadTable, ...] = ()
    declaration_problems: tuple[Problem, ...] = ()
    workbook: Path | None = None
    datasets: Mapping[str, DatasetAtHand] = field(
        default_factory=dict[str, DatasetAtHand], repr=False, compare=False
    )
    folder: DataFolder | None = field(default=None, repr=False, compare=False)
    settled_in: OpenCity | None = field(default=None, repr=False, compare=False)

    def own_city(self) -> OpenCity:
        """Return the city that the initiative's workbook describes, else a city without tables."""
        from evenground.workspace.declarations import workbook_holds

        if self.workbook is not None and workbook_holds(self.workbook, "city"):
            return open_city(self.workbook)
        return OpenCity(city=nameless_city(), tables={}, places={})

    def in_city(self, city: OpenCity) -> OpenInitiative:
        """Return the initiative with its places and area codes as those of ``city``.

        Settling twice in the same open city changes nothing.
        """
        from evenground.workspace.initiative_folder import settle

        return settle(self, city)


def nameless_city() -> City:
    """Return a city of which nothing is known."""
    return City(name="", language="en", currency="", crs="", time_zone="")


def open_city(path: Path | str, *, within: Path | None = None) -> OpenCity:
    """Open a city folder (or a workbook that holds one).

    Parameters
    ----------
    path
        The folder with ``city.toml``, or a workbook with a sheet ``city``.
    within
        If given, nothing outside this folder is read, whatever ``data`` in ``city.toml`` says.

    Returns
    -------
    OpenCity
        What was read, with every problem listed. A defect in a table leaves out what it touches
        and never stops the rest.

    Raises
    ------
    NotFoundError
        If there is no such folder, or no ``city.toml`` in it.
    FormatError
        If ``city.toml`` or the workbook cannot be read at all.
    UntrustedInputError
        If it exceeds a reading limit.
    VersionError
        If it is written in another format version.
    """
    from evenground.workspace.city_folder import read_city

    return read_city(Path(path), within=within)


def open_initiative(
    path: Path | str, *, city: OpenCity | None = None, within: Path | None = None
) -> OpenInitiative:
    """Open an initiative folder (or a workbook).

    Parameters
    ----------
    path
        The folder with ``initiative.toml``, or a workbook with a sheet ``initiative``.
    city
        If given, the initiative is settled in it at once, as ``in_city`` does.
    within
        If given, nothing outside this folder is read.

    Returns
    -------
    OpenInitiative
        What was read, with every problem listed.

    Raises
    ------
    NotFoundError, FormatError, UntrustedInputError, VersionError
        As ``open_city``.
    """
    from evenground.workspace.initiative_folder import read_initiative

    opened = read_initiative(Path(path), within=within, city=None if city is None else city.city)
    return opened if city is None else opened.in_city(city)
