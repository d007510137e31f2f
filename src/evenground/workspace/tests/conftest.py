"""An invented city of 30 areas in metres (EPSG:3006), clean to the last cell, made by code."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyproj import Transformer

SIDE = 500
WEST, SOUTH = 674_000, 6_580_000
CITY = """\
format = 1
name = "Mörtnäs"
language = "en"
currency = "SEK"
crs = "EPSG:3006"
time_zone = "Europe/Stockholm"
level = "area"
edition = "2024"
questions = ["reach"]
made_by = "A test"

[levels.area]
name = "area"

[levels.district]
name = "district"

[settings]
disclosure_threshold = 5

[[groups]]
key = "income"
name = "Income"
kind = "classes"
indicator = "low_income_pct"
classes = 3
labels = ["higher-income", "middle-income", "lower-income"]
compare = ["lower-income", "higher-income"]

[[groups]]
key = "age"
name = "Age"
kind = "counts"
members = ["under_18", "over_64"]
names = {under_18 = "children", over_64 = "older people"}

[[baselines]]
key = "people"
name = "residents"
kind = "people"
lead = true
reason = "All count alike"
chosen_by = "The committee"
chosen_on = 2025-01-15

[[baselines]]
key = "missed"
name = "missed collections"
kind = "need"
indicator = "missed_collections"

[tables.areas]
file = "areas.geojson"
values = {edition = "2024"}

[tables.population]
file = "population.csv"
published = true
values = {edition = "2024"}

[tables.indicators]
file = "indicators.csv"
wide = {low_income_pct = "low income", missed_collections = "missed"}
wide_margin = "{column} ±"
values = {period = "2024", unit = {low_income_pct = "%", missed_collections = "collections"}}

[tables.services]
file = "services.csv"
crs = "EPSG:3006"

[tables.spending]
file = "spending.csv"

[tables.accounts]
file = "accounts.csv"
"""
INITIATIVE = """\
format = 1
title = "Closed bins"
stage = "proposed"
domain = "waste"
offered_by = "A vendor"
offered_on = 2025-03-01
summary = "Bins that close"
unit = "bin"
unit_plural = "bins"
counts = "row"

[[problems]]
by = "city"
words = "Bins overflow in Norra"
source = "Committee paper 4"
when = 2025-01-10
indicator = "missed_collections"

[decision]
body = "Technical committee"
date = 2025-06-10
open = ["whether", "where"]
to_be_heard = "Letter"
heard_until = 2025-05-20

[[options]]
key = "as_today"
name = "As today"
kind = "as_today"
cost = {2026 = 120000, 2027 = 120000}
price_year = 2026

[[options]]
key = "evening_round"
name = "An evening round"
kind = "without_new_technology"

[[options]]
key = "all"
name = "All bins"
kind = "full"
n_sites = 6

[made_by]
name = "N. N."
role = "planner"
interest = "none"
payer = "the city"

[tables.sites]
file = "sites.csv"

[tables.events]
file = "events.csv"
"""


@dataclass(frozen=True)
class Folder:
    """Text files whose cells a test may change; rows count from 1, as spreadsheets do."""

    path: Path

    def corner(self, number: int) -> tuple[float, float]:
        return corner(number)

    def text(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        (self.path / file).write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> int:
        """Replace the one place where ``old`` stands; return its row."""
        text = self.text(file)
        assert text.count(old) == 1, (file, old, text.count(old))
        self.write(file, text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1

    def rows(self, file: str) -> list[list[str]]:
        with (self.path / file).open(encoding="utf-8", newline="") as opened:
            return list(csv.reader(opened))

    def write_rows(self, file: str, rows: list[list[str]], *, delimiter: str = ",") -> None:
        with (self.path / file).open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, delimiter=delimiter).writerows(rows)

    def put(self, file: str, row: int, column: str, value: str) -> None:
        """Put a value into one cell of a CSV file."""
        rows = self.rows(file)
        rows[row - 1][rows[0].index(column)] = value
        self.write_rows(file, rows)

    def feature(self, number: int) -> dict:
        return json.loads(self.text("areas.geojson"))["features"][number]

    def put_feature(self, number: int, feature: dict) -> None:
        held = json.loads(self.text("areas.geojson"))
        held["features"][number] = feature
        self.write("areas.geojson", json.dumps(held))


def codes() -> list[str]:
    """Return 30 codes with leading zeros: three districts of ten areas."""
    return [f"0{district}0{area:02d}" for district in (1, 2, 3) for area in range(1, 11)]


def corner(number: int) -> tuple[float, float]:
    """Return the south-west corner of an area: ten columns, three rows (one a district)."""
    return WEST + SIDE * (number % 10), SOUTH + SIDE * (number // 10)


def box(west: float, south: float, east: float, north: float) -> list[list[tuple[float, float]]]:
    return [[(west, south), (east, south), (east, north), (west, north), (west, south)]]


def areas() -> dict:
    """Return districts and areas as GeoJSON in degrees."""
    move = Transformer.from_crs("EPSG:3006", "EPSG:4326", always_xy=True)

    def feature(ring: list, **properties: object) -> dict:
        degrees = [[list(move.transform(x, y)) for x, y in part] for part in ring]
        shape = {"type": "Polygon", "coordinates": degrees}
        return {"type": "Feature", "properties": properties, "geometry": shape}

    features = []
    for district in (1, 2, 3):
        south = SOUTH + SIDE * (district - 1)
        ring = box(WEST, south, WEST + 10 * SIDE, south + SIDE)
        features.append(feature(ring, area_id=f"0{district}", level="district", name="D"))
    for number, code in enumerate(codes()):
        west, south = corner(number)
        ring = box(west, south, west + SIDE, south + SIDE)
        properties = {
            "area_id": code,
            "level": "area",
            "name": f"Area {code}",
            "parent_id": code[:2],
        }
        features.append(feature(ring, **properties))
    return {"type": "FeatureCollection", "features": features}


def population() -> list[list[str]]:
    rows = [["area_id", "group", "count", "margin", "vintage"]]
    for number, code in enumerate(codes()):
        total = 1001 + 37 * number
        parts = {"total": total, "under_18": total // 5 + 1, "over_64": total // 7 + 2}
        rows += [[code, group, str(n), str(10 + n // 50), "2024"] for group, n in parts.items()]
    return rows


def indicators() -> list[list[str]]:
    rows = [["area_id", "low income", "low income ±", "missed", "missed ±"]]
    return rows + [
        [code, f"{5 + number * 0.7:.1f}", "1.3", str(3 * number + 1), ""]
        for number, code in enumerate(codes())
    ]


def services() -> list[list[str]]:
    rows = [["service_id", "kind", "name", "provider", "capacity", "opened", "closed", "x", "y"]]
    for number in range(12):
        x, y = corner(number * 2)
        rows.append(
            [f"S{number}", "library" if number % 2 else "school", f"Service {number}", "city",
             str(100 + number), "2001-04-13", "", str(x + 250), str(y + 250)]
        )  # fmt: skip
    return rows


def write_city(path: Path) -> Folder:
    path.mkdir(parents=True, exist_ok=True)
    folder = Folder(path)
    folder.write("city.toml", CITY)
    folder.write("areas.geojson", json.dumps(areas()))
    folder.write_rows("population.csv", population())
    folder.write_rows("indicators.csv", indicators())
    folder.write_rows("services.csv", services())
    spending = [["area_id", "year", "amount", "programme", "payer"]]
    spending += [
        [code, "2023", f"{1000.5 + n:.2f}", "parks", "public"] for n, code in enumerate(codes())
    ]
    folder.write_rows("spending.csv", spending)
    accounts = [
        ["account_id", "text", "role", "date", "area_id", "consent"],
        ["a1", "The bin is always full", "resident", "2025-02-03", "01001", "public"],
        [
            "a2",
            "We could take a second round",
            "collection crew",
            "2025-02-04",
            "02005",
            "internal",
        ],
    ]
    folder.write_rows("accounts.csv", accounts)
    return folder


def write_initiative(path: Path) -> Folder:
    path.mkdir(parents=True, exist_ok=True)
    folder = Folder(path)
    folder.write("initiative.toml", INITIATIVE)
    sites = [["site_id", "option", "x", "y", "units", "installed", "removed"]]
    for number in range(6):
        x, y = corner(5 * number)
        sites.append([f"b{number}", "all", str(x + 100), str(y + 90), "1", "2025-09-01", ""])
    folder.write_rows("sites.csv", sites)
    events = [
        ["date", "kind", "text", "option"],
        ["2025-01-10", "need stated", "Committee", ""],
        ["2025-03-01", "offer", "The vendor offers bins", "all"],
    ]
    folder.write_rows("events.csv", events)
    return folder


@pytest.fixture
def city_folder(tmp_path: Path) -> Folder:
    return write_city(tmp_path / "city")


@pytest.fixture
def initiative_folder(tmp_path: Path) -> Folder:
    return write_initiative(tmp_path / "initiative")
