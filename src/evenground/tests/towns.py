"""Saltmarsh, a made-up town on a grid: rows that tests change, opened without a file or written.

Squares of a kilometre in rows from south to north. People, need and a share of poverty grow to the
north; each test says what else it needs by changing rows, the city or the initiative.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from evenground.city import (
    CITY_SETTINGS,
    CITY_TABLES,
    AreaLevel,
    BaselineChoice,
    City,
    Group,
    GroupKind,
)
from evenground.dossier import Audience, Dossier
from evenground.evidence import Source
from evenground.initiative import INITIATIVE_TABLES, Initiative, Option, OptionKind, Stage
from evenground.protocol import Answer, Case, DatasetCard, Question
from evenground.questions import discover
from evenground.record import SealStatus
from evenground.record.short_code import short_code
from evenground.schema import Settings
from evenground.stores.duckdb import collect
from evenground.stores.table import arrow_schema
from evenground.workspace.appraising import Terms, appraise
from evenground.workspace.assembling import frame
from evenground.workspace.auditing.in_dossier import open_datasets
from evenground.workspace.opening import DatasetAtHand, OpenCity, OpenInitiative
from evenground.workspace.sealing import SealTerms

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, Any]
CRS = "EPSG:25832"
WEST, SOUTH = 500_000.0, 5_500_000.0
SIDE = 1_000.0
TODAY = date(2026, 3, 1)
SEALED_ON = date(2025, 5, 6)
HEAD = "5ea1ed" + "0" * 58
_BROUGHT = tuple(table for question in discover() for table in question.tables)
CITY_NAMES = frozenset(schema.name for schema in (*CITY_TABLES, *_BROUGHT))
SCHEMAS = {schema.name: schema for schema in (*CITY_TABLES, *INITIATIVE_TABLES, *_BROUGHT)}

POVERTY = Group(
    key="poverty",
    name="Poverty",
    kind=GroupKind.CLASSES,
    indicator="poverty",
    labels=("low-poverty areas", "middle areas", "high-poverty areas"),
    compare=("high-poverty areas", "low-poverty areas"),
)
AGE = Group(
    key="age",
    name="Age",
    kind=GroupKind.COUNTS,
    members=("young", "old"),
    names={"young": "children", "old": "older people"},
)
PEOPLE = BaselineChoice(
    key="people",
    name="residents",
    kind="people",
    unit="residents",
    lead=True,
    reason="it is for everyone",
    chosen_by="the council",
    chosen_on=date(2025, 11, 5),
)
NEED = BaselineChoice(
    key="need", name="households without a car", kind="need", group="no_car", unit="households"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(OpenInitiative):
    """An initiative whose places already are where the city's are."""

    def in_city(self, city: OpenCity) -> OpenInitiative:
        """Return itself: nothing is left to project."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A city and an initiative as rows by table; ``geometry`` in a row is a shape.

    ``notes`` are what readers noticed of a table; ``seal`` is the state of the sealed promises.
    """

    city: City
    initiative: Initiative
    rows: Mapping[str, tuple[Row, ...]]
    published: bool = True
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    datasets: Mapping[str, DatasetAtHand] = field(default_factory=dict)
    terms: Terms = field(default_factory=lambda: Terms(today=TODAY))
    seal: SealStatus = field(default_factory=SealStatus)

    def having(self, **rows: Iterable[Row]) -> Town:
        """Return the town with other rows in some tables."""
        return replace(self, rows={**self.rows, **{name: tuple(r) for name, r in rows.items()}})

    def without(self, *names: str) -> Town:
        """Return the town with some tables missing."""
        left = {name: rows for name, rows in self.rows.items() if name not in names}
        return replace(self, rows=left)

    def city_with(self, **changes: Any) -> Town:
        """Return the town with another ``city.toml``."""
        return replace(self, city=replace(self.city, **changes))

    def initiative_with(self, **changes: Any) -> Town:
        """Return the town with another ``initiative.toml``."""
        return replace(self, initiative=replace(self.initiative, **changes))

    def setting(self, **overrides: Any) -> Town:
        """Return the town with other settings."""
        return self.city_with(overrides={**self.city.overrides, **overrides})

    def sealed(self, **changes: Any) -> Town:
        """Return the town with its promises sealed, nothing changed since, but for ``changes``."""
        plain = SealStatus(
            sealed=True, sequence=1, sealed_on=SEALED_ON, first_sealed_on=SEALED_ON, n_entries=1,
            head=HEAD, code=short_code(HEAD), withheld=True, differs=(),
        )  # fmt: skip
        return replace(self, seal=replace(plain, **changes))

    def unsealed(self) -> Town:
        """Return the town where promises are held against what came whether sealed or not."""
        return replace(self, terms=replace(self.terms, sealing=SealTerms(unsealed=True)))

    @property
    def n_areas(self) -> int:
        """How many areas there are."""
        return len(self.rows.get("areas", ()))

    def tables(self) -> dict[str, pa.Table]:
        """Return the tables as readers hand them over."""
        return {name: table(name, rows) for name, rows in self.rows.items()}

    def places(self) -> dict[str, Any]:
        """Return the tables with shapes as frames."""
        return {
            name: places(name, rows)
            for name, rows in self.rows.items()
            if SCHEMAS[name].geometry and any("geometry" in row for row in rows)
        }

    def sources(self) -> dict[str, tuple[Source, ...]]:
        """Return a source for each table."""
        return {
            name: (
                Source(
                    table=name, file=f"{name}.csv", sha256=f"{sum(name.encode()):064x}",
                    rows_read=len(rows), rows_used=len(rows),
                ),
            )
            for name, rows in self.rows.items()
        }  # fmt: skip

    def opened(self) -> tuple[OpenInitiative, OpenCity]:
        """Return both as if they had been opened from folders."""
        tables, shapes, sources = self.tables(), self.places(), self.sources()

        def part(given: Mapping[str, Any], *, of_city: bool) -> dict[str, Any]:
            return {k: v for k, v in given.items() if (k in CITY_NAMES) is of_city}

        flags = dict.fromkeys(tables, self.published)
        city = OpenCity(
            city=self.city,
            tables=part(tables, of_city=True),
            places=part(shapes, of_city=True),
            sources=part(sources, of_city=True),
            published=part(flags, of_city=True),
            notes=self.notes,
        )
        initiative = Settled(
            initiative=self.initiative,
            tables=part(tables, of_city=False),
            places=part(shapes, of_city=False),
            sources=part(sources, of_city=False),
            datasets=self.datasets,
        )
        return initiative, city

    def appraised(self, *questions: Question, audience: Audience = Audience.PUBLIC) -> Dossier:
        """Return the dossier; of every question unless some are named."""
        terms = replace(self.terms, questions=questions or None, audience=audience)
        return appraise(*self.opened(), terms=terms)

    def case(self, question: Question, datasets: Mapping[str, DatasetCard] | None = None) -> Case:
        """Return what a question is asked with, beside its tables."""
        declared = [*CITY_SETTINGS, *question.settings]

        def rng(code: str) -> np.random.Generator:
            return np.random.default_rng([11, *code.encode()])

        return Case(
            initiative=self.initiative,
            city=self.city,
            settings=Settings({one.key: one for one in declared}, self.city.overrides),
            today=self.terms.today or TODAY,
            places=self.places(),
            rng=rng,
            progress=lambda done, what: None,
            sources=self.sources(),
            notes=self.notes,
            datasets=datasets or {},
            seal=self.seal,
            unsealed=self.terms.sealing.unsealed,
        )

    def asked(self, question: Question) -> tuple[dict[str, pa.Table], Case]:
        """Return tables and case as a question is asked; only datasets go through a store."""
        if not any(need.each for need in question.needs):
            return self.tables(), self.case(question)
        with open_datasets(*self.opened(), today=self.terms.today or TODAY) as opened:
            case = self.case(question, opened.cards)
            given = {**self.tables(), **opened.tables}
            assert question.prepare is not None
            worked_out = collect(given, question.prepare, case)
        found = {k: v for k, v in worked_out.items() if k.startswith("datasets/")}
        return {**self.tables(), **found}, case

    def answered(self, question: Question) -> Answer:
        """Return the answer of one question, its own tables unprepared."""
        assert question.answer is not None
        return question.answer(*self.asked(question))


def table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Return rows as a table of the data model."""
    import pyarrow as pa

    schema = arrow_schema(SCHEMAS[name])
    unknown = {key for row in rows for key in row} - set(schema.names) - {"geometry"}
    assert not unknown, f"{name} has no column {sorted(unknown)}"
    return pa.table(
        {column.name: pa.array([row.get(column.name) for row in rows], column.type)
         for column in schema},
        schema=schema,
    )  # fmt: skip


def places(name: str, rows: Sequence[Row]) -> Any:
    """Return rows with their shapes as a frame."""
    shapes = np.empty(len(rows), dtype=object)
    shapes[:] = [row.get("geometry") for row in rows]
    return frame(table(name, rows), shapes, CRS)


def square(column: int, row: int, *, side: float = SIDE) -> shapely.Polygon:
    """Return one square of the grid."""
    west, south = WEST + column * side, SOUTH + row * side
    return shapely.box(west, south, west + side, south + side)


def at(column: float, row: float) -> shapely.Point:
    """Return a point by where it lies on the grid, in squares from the south-west corner."""
    return shapely.Point(WEST + column * SIDE, SOUTH + row * SIDE)


def area_id(column: int, row: int) -> str:
    """Return the code of a square."""
    return f"A{row:02d}{column:02d}"


def grid(across: int = 5, up: int = 6) -> list[Row]:
    """Return rows of areas: squares, those of a row one after the other."""
    return [
        {"area_id": area_id(c, r), "level": "quarter", "geometry": square(c, r)}
        for r in range(up)
        for c in range(across)
    ]


def counted(
    rows: Iterable[Row], group: str, counts: Iterable[float | None], **more: Any
) -> list[Row]:
    """Return rows of population: a count for each area."""
    return [
        {"area_id": area["area_id"], "group": group, "count": count, "vintage": "2024", **more}
        for area, count in zip(rows, counts, strict=True)
    ]


def measured(rows: Iterable[Row], indicator: str, values: Iterable[float | None]) -> list[Row]:
    """Return rows of indicators: a value for each area."""
    return [
        {"area_id": area["area_id"], "indicator": indicator, "period": "2024", "value": value}
        for area, value in zip(rows, values, strict=True)
    ]


def spread(counts: Sequence[int], areas: Sequence[Row], *, seed: int = 3, **more: Any) -> list[Row]:
    """Return rows of sites: so many points inside each area, none on a boundary."""
    rng = np.random.default_rng(seed)
    found: list[Row] = []
    for n, area in zip(counts, areas, strict=True):
        west, south, east, north = area["geometry"].bounds
        for x, y in rng.uniform(0.1, 0.9, size=(n, 2)):
            point = shapely.Point(west + x * (east - west), south + y * (north - south))
            found.append({"geometry": point, **more})
    return found


def northward(areas: Sequence[Row], south: int, north: int) -> list[int]:
    """Return units for each area: from ``south`` to ``north``, in even steps from row to row."""
    rows = np.array([round((area["geometry"].bounds[1] - SOUTH) / SIDE) for area in areas])
    return np.rint(south + (north - south) * rows / max(rows.max(), 1)).astype(int).tolist()


def saltmarsh(
    *, across: int = 4, up: int = 4, units: tuple[int, int] = (9, 1), **rows: Any
) -> Town:
    """Return the town with bins that get fewer to the north, where people are poorer.

    ``units`` stand in each square of the southernmost and of the northernmost row; ``rows`` replace
    whole tables.
    """
    areas = grid(across, up)
    n = np.arange(len(areas))
    total = 900 + 400 * n // len(areas)
    young = np.rint(total * (0.18 + 0.04 * np.sin(n))).astype(int)
    old = np.rint(total * (0.25 - 0.12 * n / len(areas))).astype(int)
    population = [
        *counted(areas, "total", total.tolist(), margin=60.0),
        *counted(areas, "young", young.tolist(), margin=30.0),
        *counted(areas, "old", old.tolist(), margin=25.0),
        *counted(areas, "no_car", (200 + 15 * n).tolist(), margin=20.0),
    ]
    tables: dict[str, tuple[Row, ...]] = {
        "areas": tuple(areas),
        "population": tuple(population),
        "indicators": tuple(measured(areas, "poverty", (5.0 + n).tolist())),
        "sites": tuple(spread(northward(areas, *units), areas)),
    }
    return Town(city=_city(), initiative=_initiative(), rows=tables).having(**rows)


def _city() -> City:
    return City(
        name="Saltmarsh",
        language="en",
        currency="EUR",
        crs=CRS,
        time_zone="Europe/Berlin",
        level="quarter",
        levels=(AreaLevel(key="quarter", name="quarter", plural="quarters"),),
        groups=(POVERTY, AGE),
        baselines=(PEOPLE, NEED),
    )


def _initiative() -> Initiative:
    return Initiative(
        title="Sensor bins",
        stage=Stage.RUNNING,
        domain="waste",
        unit="bin",
        unit_plural="bins",
        counts="row",
        options=(
            Option(key="as_today", name="As today", kind=OptionKind.AS_TODAY),
            Option(key="all", name="All bins", kind=OptionKind.FULL, n_sites=60),
        ),
    )


def write(town: Town, folder: Path) -> tuple[Path, Path]:
    """Write the town's tables into a city folder and an initiative folder; return both.

    ``city.toml`` and ``initiative.toml`` are for the test to write.
    """
    city, initiative = folder / "city", folder / "initiative"
    for home in (city, initiative):
        home.mkdir(parents=True, exist_ok=True)
    for name, rows in town.rows.items():
        home = city if name in CITY_NAMES else initiative
        if any("geometry" in row for row in rows):
            text = json.dumps(_features(rows), sort_keys=True)
            (home / f"{name}.geojson").write_text(text, encoding="utf-8")
        else:
            (home / f"{name}.csv").write_text(_delimited(name, rows), encoding="utf-8")
    return city, initiative


def _features(rows: Sequence[Row]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {key: _plain(v) for key, v in row.items() if key != "geometry"},
            "geometry": json.loads(shapely.to_geojson(row["geometry"]))
            if "geometry" in row
            else None,
        }
        for row in rows
    ]
    name = f"urn:ogc:def:crs:EPSG::{CRS.removeprefix('EPSG:')}"
    crs = {"type": "name", "properties": {"name": name}}
    return {"type": "FeatureCollection", "crs": crs, "features": features}


def _delimited(name: str, rows: Sequence[Row]) -> str:
    given = {key for row in rows for key in row}
    columns = [one.name for one in SCHEMAS[name].columns if one.name in given]
    lines = [",".join(columns)]
    lines += [",".join(_cell(row.get(column)) for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
