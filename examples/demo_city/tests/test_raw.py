"""Every flaw that the truth lists really is in the raw files: one check for each, by its key."""

from __future__ import annotations

import re
import zipfile

import geopandas as gpd
import pandas as pd
import pytest
from evenground_demo.raw import boundaries, crews, register, stops, survey, words
from openpyxl import load_workbook


class Raw:
    """The raw files as they lie there."""

    def __init__(self, folder):
        self.folder = folder

    def rows(self, name, sheet):
        """Return the rows of one sheet as plain values."""
        cells = load_workbook(self.folder / name)[sheet].iter_rows(values_only=True)
        return [list(row) for row in cells]

    def register(self):
        """Return the register's sheet."""
        return self.rows(register.FILE, register.SHEET)

    def codes(self):
        """Return the register's code cells."""
        return [row[0] for row in self.register()[register.HEADER_ROW :] if isinstance(row[0], int)]

    def survey(self):
        """Return the survey's bytes."""
        return (self.folder / survey.FILE).read_bytes()

    def cells(self):
        """Return the survey's lines of cells."""
        return [line.split(";") for line in self.survey().decode("cp1252").splitlines()]

    def said(self):
        """Return the sheet of conversations."""
        return self.rows(words.FILE, "said")


def titles_above(raw, _):
    rows = raw.register()
    return rows[register.HEADER_ROW - 1] == list(register.HEADER) and rows[0][0].startswith("Quill")


def two_sheets(raw, _):
    names = load_workbook(raw.folder / register.FILE).sheetnames
    return len(names) == 2 and names[0] != register.SHEET


def lost_zeros(raw, _):
    return len(raw.codes()) == 120 and all(100 < code < 900 for code in raw.codes())


def withheld(raw, _):
    return sum(row[2] == "x" for row in raw.register()) == 7


def total_row(raw, _):
    totals = [row for row in raw.register() if row[1] == "Quillhaven total"]
    return len(totals) == 1 and not totals[0][0] and totals[0][2] > 200_000


def footnotes(raw, _):
    return str(raw.register()[-1][0]).startswith("Source") and raw.register()[-1][1] is None


def old_code(raw, world):
    old, right = register.old_code_row(world)
    known = {int(area.code) for area in world.areas}
    return int(old) in raw.codes() and int(right) not in raw.codes() and int(old) not in known


def other_names(raw, _):
    return not {"area_id", "total", "group", "count"} & set(raw.register()[register.HEADER_ROW - 1])


def encoding(raw, _):
    with pytest.raises(UnicodeDecodeError):
        raw.survey().decode("utf-8")
    return "ø" in raw.survey().decode("cp1252")


def semicolons(raw, _):
    return len(raw.cells()[0]) == len(survey.HEADER) and b"," not in raw.survey().splitlines()[0]


def decimal_comma(raw, _):
    body = raw.cells()[1:121]
    shares = [row[2] for row in body if row[2] != ".."]
    counts = [row[6] for row in body]
    return all(re.fullmatch(r"\d+,\d", cell) for cell in shares) and any(
        re.fullmatch(r"\d\.\d{3}", cell) for cell in counts
    )


def two_dots(raw, _):
    return sum(row[2] == ".." for row in raw.cells()[1:121]) == 7


def degrees(raw, _):
    areas = gpd.read_file(raw.folder / boundaries.FILE)
    return areas.crs == "EPSG:4326" and len(areas) == 120


def short_names(raw, _):
    columns = gpd.read_file(raw.folder / boundaries.FILE).columns
    return set(boundaries.FIELDS) < set(columns) and max(map(len, boundaries.FIELDS)) == 10


def spaced_codes(raw, _):
    codes = [row[0] for row in raw.rows(crews.FILE, "2025")[crews.HEADER_ROW :]]
    return len(codes) == 120 and sum(" " in code for code in codes) == 120 // crews.SPACED


def wide_quarters(raw, _):
    rows = raw.rows(crews.FILE, "2025")[crews.HEADER_ROW :]
    return all(sum(row[1:5]) == row[5] for row in rows) and any(row[6] for row in rows)


def dotted_dates(raw, _):
    days = [row[1] for row in raw.said()[1:]]
    return all(re.fullmatch(r"\d\d\.\d\d\.\d{4}", day) for day in days)


def stray_spaces(raw, _):
    return {row[6] for row in raw.said()[1:]} == {"Public ", "Internal ", "Withdrawn "}


def lat_lon(raw, _):
    places = pd.read_csv(raw.folder / stops.FILE, sep=";", encoding="cp1252", dtype=str)
    degrees = places[["Lat", "Lon"]].apply(
        lambda column: column.str.replace(",", ".").astype(float)
    )
    commas = places.Lat.str.contains(",").all()
    return commas and degrees.Lat.between(54, 56).all() and degrees.Lon.between(1, 4).all()


CHECKS = {
    check.__name__: check
    for check in (
        titles_above, two_sheets, lost_zeros, withheld, total_row, footnotes, old_code, other_names,
        encoding, semicolons, decimal_comma, two_dots, degrees, short_names, spaced_codes,
        wide_quarters, dotted_dates, stray_spaces, lat_lon,
    )
}  # fmt: skip


def test_every_planted_flaw_is_listed_and_checked(demo, planted):
    flaws = planted["raw_flaws"]
    assert [flaw["key"] for flaw in flaws] == list(CHECKS)
    files = {path.name for path in demo.raw.iterdir()}
    assert {flaw["file"] for flaw in flaws} == files
    assert all(flaw["what"] and flaw["where"] and flaw["way_out"] for flaw in flaws)


@pytest.mark.parametrize("key", CHECKS)
def test_the_flaw_is_really_there(demo, world, key):
    assert CHECKS[key](Raw(demo.raw), world)


def test_the_zipped_shapefile_is_whole(demo):
    names = zipfile.ZipFile(demo.raw / boundaries.FILE).namelist()
    assert {".shp", ".shx", ".dbf", ".prj"} <= {f".{name.rsplit('.', 1)[1]}" for name in names}
