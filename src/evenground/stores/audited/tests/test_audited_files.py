"""Parquet, maps, workbooks, folders, zips: one table of each, or a clear error."""

from __future__ import annotations

import gzip
import zipfile

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet
from shapely.geometry import LineString, Point, Polygon

from evenground.errors import FormatError, NotFoundError, UntrustedInputError, UsageError
from evenground.stores.audited import FILE, ROW, open_audited, reading


def rows_of(path, **said):
    with open_audited(path, **said) as audited:
        return audited.table.order_by(ROW).to_pyarrow().to_pylist(), audited


def codes_of(audited):
    return [problem.code for problem in audited.problems]


def test_parquet_keeps_its_types(tmp_path):
    table = pa.table(
        {
            "n": pa.array([1, 2], pa.int32()),
            "x": [1.5, None],
            "when": pa.array([0, 1], pa.timestamp("ms", "UTC")),
            "kind": pa.array(["a", "b"]).dictionary_encode(),
            "parts": [[1, 2], []],
        }
    )
    parquet.write_table(table, tmp_path / "data.parquet")
    rows, audited = rows_of(tmp_path / "data.parquet")
    types = {name: str(kind) for name, kind in audited.table.schema().items()}
    assert types == {
        "n": "int32", "x": "float64", "when": "timestamp('UTC', 6)", "kind": "string",
        "parts": "string", ROW: "int64",
    }  # fmt: skip
    assert rows[0]["parts"] == "[1, 2]"
    assert codes_of(audited) == ["column_as_text"]
    assert audited.files[0].columns["n"] == "int32"


def test_parquet_with_names_that_differ_in_capitals_only(tmp_path):
    table = pa.table([pa.array([1]), pa.array([2]), pa.array([3])], names=["a", "A", "a"])
    parquet.write_table(table, tmp_path / "data.parquet")
    rows, audited = rows_of(tmp_path / "data.parquet")
    assert rows == [{"a": 1, "A_2": 2, "a_3": 3, ROW: 0}]
    assert codes_of(audited) == ["repeated_column", "repeated_column"]


def test_parquet_without_rows(tmp_path):
    parquet.write_table(pa.table({"a": pa.array([], pa.int64())}), tmp_path / "data.parquet")
    rows, audited = rows_of(tmp_path / "data.parquet")
    assert rows == []
    assert codes_of(audited) == ["no_rows"]


def test_cut_off_parquet(tmp_path):
    parquet.write_table(pa.table({"a": list(range(10_000))}), tmp_path / "whole.parquet")
    whole = (tmp_path / "whole.parquet").read_bytes()
    (tmp_path / "data.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FormatError) as caught:
        rows_of(tmp_path / "data.parquet")
    assert caught.value.problems[0].code == "unreadable"
    assert caught.value.problems[0].place.file == "data.parquet"


def test_parquet_that_is_damaged_inside_is_told_when_it_is_read(tmp_path):
    path = tmp_path / "data.parquet"
    parquet.write_table(pa.table({"a": [f"text {i}" for i in range(10_000)]}), path)
    content = bytearray(path.read_bytes())
    content[50:2_000] = b"\xff" * 1_950
    path.write_bytes(content)
    with open_audited(path) as audited, pytest.raises(FormatError) as caught, reading(audited.name):
        audited.table.a.length().sum().to_pyarrow().as_py()
    assert caught.value.problems[0].code == "unreadable"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (None, "data.geoparquet"),
        ("GeoJSON", "data.geojson"),
        ("GPKG", "data.gpkg"),
        ("FlatGeobuf", "data.fgb"),
    ],
)
def test_shapes_become_coordinates(tmp_path, kind, name):
    shapes = [
        Point(18.1, 59.3),
        Polygon([(0, 0), (2, 0), (2, 2), (0, 2)]),
        LineString([(0, 0), (4, 0)]),
    ]
    frame = gpd.GeoDataFrame({"name": ["a", "b", "c"]}, geometry=shapes, crs="EPSG:4326")
    path = tmp_path / name
    frame.to_file(path, driver=kind) if kind else frame.to_parquet(path)
    rows, audited = rows_of(path)
    by_name = {row["name"]: (row["x"], row["y"]) for row in rows}
    assert by_name["a"] == (18.1, 59.3)
    assert 0 < by_name["b"][0] < 2
    assert by_name["c"][1] == 0
    assert (audited.x, audited.y, audited.crs) == ("x", "y", "EPSG:4326")
    assert audited.shapes == {"LineString": 1, "Point": 1, "Polygon": 1}


def test_coordinates_do_not_hide_columns_of_that_name(tmp_path):
    frame = gpd.GeoDataFrame({"X": [5.0, 6.0]}, geometry=[Point(1, 2), None], crs="EPSG:3006")
    frame.to_file(tmp_path / "data.gpkg")
    rows, audited = rows_of(tmp_path / "data.gpkg")
    assert (audited.x, audited.y) == ("x_of_shape", "y_of_shape")
    assert [(row["X"], row["x_of_shape"]) for row in rows] == [(5.0, 1.0), (6.0, None)]
    assert audited.crs == "EPSG:3006"


def test_shapefile_in_a_zip(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    gpd.GeoDataFrame({"n": [1]}, geometry=[Point(1, 2)], crs="EPSG:4326").to_file(
        folder / "places.shp"
    )
    with zipfile.ZipFile(tmp_path / "places.zip", "w") as archive:
        for part in folder.iterdir():
            archive.write(part, part.name)
    rows, audited = rows_of(tmp_path / "places.zip")
    assert rows == [{"n": 1, "x": 1.0, "y": 2.0, ROW: 0}]
    assert audited.files[0].name == "places.zip"


def test_a_layer_that_is_not_there(tmp_path):
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[Point(1, 2)], crs="EPSG:4326")
    frame.to_file(tmp_path / "data.gpkg", layer="cameras")
    frame.to_file(tmp_path / "data.gpkg", layer="bins")
    _, audited = rows_of(tmp_path / "data.gpkg")
    assert codes_of(audited) == ["several_layers"]
    _, audited = rows_of(tmp_path / "data.gpkg", sheet="bins")
    assert codes_of(audited) == []
    with pytest.raises(NotFoundError) as caught:
        rows_of(tmp_path / "data.gpkg", sheet="camera")
    assert caught.value.problems[0].nearest == "cameras"


def test_sheet_of_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "counts"
    for row in (["Counts"], [], ["code", "n", "m"], ["001", 5, 1], [], ["002", 6.5, 2]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    rows, audited = rows_of(tmp_path / "book.xlsx")
    assert rows == [
        {"code": "001", "n": "5", "m": "1", ROW: 0},
        {"code": "002", "n": "6.5", "m": "2", ROW: 2},
    ]
    assert codes_of(audited) == ["header_row_found"]
    assert audited.files[0].first_row == 4
    with pytest.raises(NotFoundError) as caught:
        rows_of(tmp_path / "book.xlsx", sheet="count")
    assert "--sheet" in caught.value.problems[0].way_out


def test_folder_of_monthly_files(tmp_path):
    (tmp_path / "2020-01.csv").write_text("t,v\n2020-01-01,1\n2020-01-02,2\n")
    (tmp_path / "2020-02.csv").write_text("t,v,w\n2020-02-01,3,x\n")
    (tmp_path / "2020-03.csv").write_text("v,t\n4,2020-03-01\n")
    (tmp_path / "README.md").write_text("about")
    (tmp_path / ".hidden.csv").write_text("z\n")
    rows, audited = rows_of(tmp_path)
    assert [(row["v"], row["w"], row[FILE], row[ROW]) for row in rows] == [
        ("1", None, "2020-01.csv", 0), ("2", None, "2020-01.csv", 1),
        ("3", "x", "2020-02.csv", 2), ("4", None, "2020-03.csv", 3),
    ]  # fmt: skip
    assert [list(file.columns) for file in audited.files] == [
        ["t", "v"],
        ["t", "v", "w"],
        ["v", "t"],
    ]
    assert codes_of(audited) == ["file_left_aside"]
    assert audited.has_file


def test_folder_with_a_broken_line_keeps_positions_over_files(tmp_path):
    (tmp_path / "1.csv").write_text("a,b,c\n" + "1,2,3\n" * 40 + "1,2,3,4\n")
    (tmp_path / "2.csv").write_text("a,b,c\n5,6,7\n")
    rows, _ = rows_of(tmp_path)
    assert [row[ROW] for row in rows[-2:]] == [39, 41]


def test_files_that_store_a_column_in_two_ways(tmp_path):
    parquet.write_table(pa.table({"a": [1, 2]}), tmp_path / "1.parquet")
    parquet.write_table(pa.table({"a": ["x"]}), tmp_path / "2.parquet")
    rows, audited = rows_of(tmp_path)
    assert [row["a"] for row in rows] == ["1", "2", "x"]
    assert codes_of(audited) == ["types_differ"]


def test_folder_of_several_kinds_and_of_none(tmp_path):
    (tmp_path / "1.csv").write_text("a,b\n1,2\n")
    parquet.write_table(pa.table({"a": [1]}), tmp_path / "2.parquet")
    with pytest.raises(FormatError) as caught:
        rows_of(tmp_path)
    assert caught.value.problems[0].code == "folder_of_several_kinds"
    (tmp_path / "inner").mkdir()
    with pytest.raises(FormatError) as caught:
        rows_of(tmp_path / "inner")
    assert caught.value.problems[0].code == "folder_without_data"


def test_files_that_have_nothing_in_common_are_told(tmp_path):
    (tmp_path / "1.csv").write_text("a,b\n1,2\n")
    (tmp_path / "2.csv").write_text("c,d\n1,2\n")
    assert codes_of(rows_of(tmp_path)[1]) == ["files_unlike"]


def test_zip_and_gzip_of_texts(tmp_path):
    with zipfile.ZipFile(tmp_path / "months.zip", "w") as archive:
        archive.writestr("a/1.csv", "v\n1\n")
        archive.writestr("a/2.csv", "v\n2\n")
        archive.writestr("__MACOSX/1.csv", "x")
    rows, _ = rows_of(tmp_path / "months.zip")
    assert [(row["v"], row[FILE]) for row in rows] == [
        ("1", "months.zip#a/1.csv"), ("2", "months.zip#a/2.csv"),
    ]  # fmt: skip
    (tmp_path / "one.csv.gz").write_bytes(gzip.compress(b"v,w\n1,2\n"))
    assert rows_of(tmp_path / "one.csv.gz")[0] == [{"v": "1", "w": "2", ROW: 0}]


def test_zip_bomb_and_zip_that_leads_outside(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.csv", b"0\n" * 20_000_000)
    with pytest.raises(UntrustedInputError):
        rows_of(tmp_path / "bomb.zip")
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        archive.writestr("../1.csv", "v\n1\n")
    with pytest.raises(UntrustedInputError):
        rows_of(tmp_path / "out.zip")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("data.csv", b"PAR1....", "not_what_it_says"),
        ("data.csv", b"PK\x03\x04....", "not_what_it_says"),
        ("data.parquet", b"a,b\n1,2\n", "not_what_it_says"),
        ("data.xlsx", b"a,b\n1,2\n", "not_what_it_says"),
        ("data.geojson", b"a,b\n1,2\n", "not_what_it_says"),
        ("data.geojson", b'{"type": "FeatureColl', "unreadable"),
        ("data.pdf", b"%PDF-1.4", "unknown_format"),
        ("data", b"a,b\n", "unknown_format"),
        ("data.parquet", b"", "empty_file"),
        ("data.parquet", b"PAR1" + b"x" * 100, "unreadable"),
        ("data.csv.gz", b"\x1f\x8b" + b"x" * 100, "unreadable"),
        ("data.zip", b"PK\x03\x04" + b"x" * 100, "unreadable"),
    ],
)
def test_files_that_are_not_what_they_say(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FormatError) as caught:
        rows_of(tmp_path / name)
    assert caught.value.problems[0].code == code


def test_missing_file_names_the_nearest(tmp_path):
    (tmp_path / "crime.csv").write_text("a\n1\n")
    with pytest.raises(NotFoundError) as caught:
        rows_of(tmp_path / "crimes.csv")
    assert caught.value.problems[0].nearest.endswith("crime.csv")


def test_address_without_a_table(tmp_path):
    with pytest.raises(UsageError) as caught:
        open_audited("postgresql://me:secret@host/db")
    assert "secret" not in str(caught.value)


def test_closing_removes_what_was_written(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "data.csv").write_text("a\n1\n")
    with open_audited(tmp_path / "data.csv"):
        assert list(tmp_path.glob("evenground-audit-*"))
    assert not list(tmp_path.glob("evenground-audit-*"))


def test_what_was_worked_out_can_be_kept(tmp_path):
    (tmp_path / "data.csv").write_text("a\n1\n2\n")
    with open_audited(tmp_path / "data.csv") as audited:
        kept = audited.keep(audited.table.mutate(b=audited.table.a.cast("int64") * 2))
        assert kept.b.sum().to_pyarrow().as_py() == 6
        assert ROW in kept.columns
