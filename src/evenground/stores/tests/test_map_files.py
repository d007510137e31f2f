"""GeoPackage, GeoJSON, FlatGeobuf, zipped Shapefile, GeoParquet: the same areas from each."""

import json
import zipfile

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely


@pytest.fixture
def frame():
    shapes = [shapely.box(x, 0, x + 1, 1) for x in (18.0, 19.0, 20.0)]
    held = {"area_id": ["010", "020", "030"], "name": ["Å", "B", "C"], "land_km2": [1.5, 2.0, 3.0]}
    return gpd.GeoDataFrame(held, geometry=shapes, crs="EPSG:4326")


def zipped(path, target):
    with zipfile.ZipFile(target, "w") as made:
        for part in sorted(path.parent.glob(f"{path.stem}.*")):
            if part.suffix != ".zip":
                made.write(part, f"folder/{part.name}")


@pytest.mark.parametrize("file", ["a.geojson", "a.gpkg", "a.fgb", "a.zip", "a.parquet"])
def test_every_format_gives_the_same_areas(read, folder, frame, file):
    path = folder.root / file
    if file == "a.zip":
        frame.rename(columns={"land_km2": "land"}).to_file(folder.root / "a.shp", engine="pyogrio")
        zipped(folder.root / "a.shp", path)
    elif file == "a.parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(
            path, engine="pyogrio", **({"SPATIAL_INDEX": "NO"} if file == "a.fgb" else {})
        )
    columns = {"land_km2": "land"} if file == "a.zip" else {}
    found = read(None, "areas", file=file, columns=columns)
    assert [p.code for p in found.problems] == []
    assert found.table["area_id"].to_pylist() == ["010", "020", "030"]
    assert found.table["name"].to_pylist() == ["Å", "B", "C"]
    assert found.table["land_km2"].to_pylist() == [1.5, 2.0, 3.0]
    assert found.rows.tolist() == [2, 3, 4]
    assert shapely.area(found.geometry) == pytest.approx([1, 1, 1])
    assert shapely.bounds(found.geometry)[:, 0] == pytest.approx([18, 19, 20])
    assert "4326" in found.crs or "WGS 84" in found.crs or "WGS_1984" in found.crs


def test_a_layer_is_named_or_called_like_the_table(read, folder, frame):
    path = folder.root / "a.gpkg"
    frame.head(1).to_file(path, layer="other", engine="pyogrio")
    frame.to_file(path, layer="areas", engine="pyogrio")
    assert read(None, "areas", file="a.gpkg").table.num_rows == 3
    assert read(None, "areas", file="a.gpkg", layer="other").table.num_rows == 1
    (problem,) = read(None, "areas", file="a.gpkg", layer="othr").problems
    assert (problem.code, problem.nearest) == ("layer_missing", "other")


def test_several_layers_and_none_chosen_is_said(read, folder, frame, codes):
    path = folder.root / "a.gpkg"
    frame.head(2).to_file(path, layer="x", engine="pyogrio")
    frame.to_file(path, layer="y", engine="pyogrio")
    found = read(None, "areas", file="a.gpkg")
    assert found.table.num_rows == 2
    assert "several_layers" in codes(found)


def test_a_shapefile_without_its_parts_is_refused(read, folder, frame):
    frame.to_file(folder.root / "a.shp", engine="pyogrio")
    (folder.root / "a.dbf").unlink()
    zipped(folder.root / "a.shp", folder.root / "a.zip")
    (problem,) = read(None, "areas", file="a.zip").problems
    assert (problem.code, problem.value) == ("shapefile_parts", ".dbf")


def test_plain_parquet_with_numbers_for_codes(read, folder):
    table = pa.table({"area_id": [101.0, 102.0], "group": ["total"] * 2, "count": [5, None]})
    pq.write_table(table, folder.root / "p.parquet")
    found = read(None, file="p.parquet")
    assert found.table["area_id"].to_pylist() == ["101"]
    assert [p.code for p in found.set_aside] == ["required_empty"]


def test_census_codes_in_typed_columns_are_missing(read, folder):
    table = pa.table({"area_id": ["1", "2"], "indicator": ["a"] * 2, "value": [-666666666, 5]})
    pq.write_table(table, folder.root / "p.parquet")
    found = read(None, "indicators", file="p.parquet")
    assert found.table["value"].to_pylist() == [None, 5]


def test_heights_are_dropped_and_broken_shapes_repaired(read, folder):
    bow = [[0, 0, 9], [1, 1, 9], [1, 0, 9], [0, 1, 9], [0, 0, 9]]
    feature = {
        "type": "Feature",
        "properties": {"area_id": "1"},
        "geometry": {"type": "Polygon", "coordinates": [bow]},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    found = read(text, "areas", file="a.geojson")
    assert not shapely.has_z(found.geometry).any()
    assert shapely.is_valid(found.geometry).all()
    assert found.geometry[0].area == pytest.approx(0.5)
    assert [p.code for p in found.problems] == ["broken_shape"]


def test_wrong_kinds_of_shape_are_listed_row_by_row(read):
    features = [
        {"type": "Feature", "properties": {"area_id": "1"}, "geometry": None},
        {
            "type": "Feature", "properties": {"area_id": "2"},
            "geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
        },
    ]  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": features})
    found = read(text, "areas", file="a.geojson")
    (problem,) = found.problems
    assert (problem.code, problem.place.row) == ("wrong_shape", 3)
    assert np.equal(found.geometry, None).all()
    assert found.table.num_rows == 2
