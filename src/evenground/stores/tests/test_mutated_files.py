"""Files with bytes changed, cut out and put in: read or refused, never a crash, no row lost."""

import tempfile
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.city import CITY_TABLES
from evenground.stores.draft import Locale
from evenground.stores.entries import TableEntry
from evenground.stores.folder import DataFolder
from evenground.stores.reading import read_table

AREAS = next(schema for schema in CITY_TABLES if schema.name == "areas")
INSERTED = (
    b"\x00", b'"', b",", b";", b"\n", b"{", b"]", b"\xff\xfe", b"NaN", b"1e999", b"..", b"null",
    b"<!ENTITY a 'b'>", b"9" * 30,
)  # fmt: skip
FORMATS = ("csv", "geojson", "gpkg", "fgb", "parquet", "xlsx")


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    """Return a folder with the same few areas in every format."""
    folder = tmp_path_factory.mktemp("originals")
    held = {"area_id": ["010", "020"], "name": ["Å", "B"], "land_km2": [1.5, 2.0]}
    shapes = [shapely.box(x, 0, x + 1, 1) for x in (18.0, 19.0)]
    frame = gpd.GeoDataFrame(held, geometry=shapes, crs="EPSG:4326")
    for ending in ("geojson", "gpkg", "fgb"):
        frame.to_file(folder / f"a.{ending}", engine="pyogrio")
    frame.to_parquet(folder / "a.parquet")
    rows = [list(held), *map(list, zip(*held.values(), strict=True))]
    (folder / "a.csv").write_text("\n".join(",".join(map(str, row)) for row in rows))
    book, target = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    (folder / "a.xlsx").write_bytes(target.getvalue())
    return folder


places = st.floats(0, 1, exclude_max=True)
edits = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), places, st.sampled_from(INSERTED)),
        st.tuples(st.just("cut"), places, st.integers(1, 40)),
        st.tuples(st.just("change"), places, st.integers(0, 255)),
    ),
    min_size=1,
    max_size=6,
)


def mutated(content, changes):
    held = bytearray(content)
    for kind, place, what in changes:
        at = int(place * len(held))
        if kind == "insert":
            held[at:at] = what
        elif kind == "cut":
            del held[at : at + what]
        elif held:
            held[min(at, len(held) - 1)] = what
    return bytes(held)


@pytest.mark.parametrize("ending", FORMATS)
@settings(max_examples=30)
@given(changes=edits)
def test_a_damaged_file_is_read_or_refused(originals, ending, changes):
    content = mutated((originals / f"a.{ending}").read_bytes(), changes)
    with tempfile.TemporaryDirectory() as name:
        folder = DataFolder(folder=Path(name), root=Path(name))
        (Path(name) / f"a.{ending}").write_bytes(content)
        entry = TableEntry(table="areas", file=f"a.{ending}")
        found = read_table(folder, entry, AREAS, Locale())
    assert found.n_read == found.n_used + sum(problem.n_rows for problem in found.set_aside)
    assert found.table.num_rows == found.n_used
    assert found.problems or found.noticed or found.set_aside or found.table.num_rows
