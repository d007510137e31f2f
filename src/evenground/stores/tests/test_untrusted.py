"""Files built to harm: each is refused or made harmless, with its name and the limit."""

import json
import os
import zipfile
from io import BytesIO

import openpyxl
import pytest

from evenground.errors import FormatError, UntrustedInputError
from evenground.stores import limits
from evenground.stores.entries import TableEntry
from evenground.stores.folder import DataFolder
from evenground.stores.toml_text import load_toml


def only(found):
    (problem,) = found.problems
    return problem


@pytest.mark.parametrize(
    "name", ["../secret.csv", "/etc/passwd", "data/../../secret.csv", "C:/x.csv", "a\0b.csv", "s3://b/x.csv"]
)  # fmt: skip
def test_a_path_that_leads_outside_is_refused(tmp_path, name):
    (tmp_path / "secret.csv").write_text("area_id\n1\n")
    inside = tmp_path / "city"
    inside.mkdir()
    folder = DataFolder(folder=inside, root=inside)
    with pytest.raises(UntrustedInputError, match="file_outside"):
        folder.find(TableEntry(table="areas", file=name))


def test_a_link_that_leads_outside_is_refused(tmp_path):
    (tmp_path / "secret.csv").write_text("area_id\n1\n")
    inside = tmp_path / "city"
    inside.mkdir()
    (inside / "areas.csv").symlink_to(tmp_path / "secret.csv")
    folder = DataFolder(folder=inside, root=inside)
    with pytest.raises(UntrustedInputError, match="file_outside"):
        folder.find(TableEntry(table="areas", file="areas.csv"))


def test_a_file_in_the_declared_data_folder_is_found(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("area_id\n1\n")
    (tmp_path / "city").mkdir()
    folder = DataFolder(folder=tmp_path / "city", root=tmp_path / "data")
    assert folder.find(TableEntry(table="areas", file="a.csv")).name == "a.csv"


def test_a_pipe_or_a_folder_is_no_file(tmp_path, read):
    os.mkfifo(tmp_path / "areas.csv")
    assert only(read(None, "areas")).code == "file_missing"


def bomb(name="xl/worksheets/sheet1.xml", size=40 * limits.MEBIBYTE):
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, b"0" * size)
    return target.getvalue()


@pytest.mark.parametrize("file", ["p.xlsx", "p.zip"])
def test_zip_bombs_are_refused_while_unpacking(read, file):
    name = "xl/worksheets/sheet1.xml"
    content = bomb(name)
    if file == "p.zip":
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("a.shp", b"0" * (40 * limits.MEBIBYTE))
            made.writestr("a.shx", b"")
            made.writestr("a.dbf", b"")
        content = target.getvalue()
    assert len(content) < 100_000
    assert only(read(content, "areas", file=file)).code == "unpacks_too_far"


def test_a_directory_that_lies_about_sizes_does_not_help(read):
    """The size in the zip's directory is not believed: bytes are counted as they come."""
    content = bytearray(bomb())
    real = (40 * limits.MEBIBYTE).to_bytes(4, "little")
    assert content.count(real) == 2
    lying = bytes(content).replace(real, (10).to_bytes(4, "little"))
    assert only(read(lying, "areas", file="p.xlsx")).code in {"unpacks_too_far", "unreadable"}


@pytest.mark.parametrize(
    "name", ["../../evil.shp", "/evil.shp", "..\\..\\evil.shp", "C:\\evil.shp"]
)
def test_names_that_lead_outside_are_refused(read, tmp_path, name):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(name, b"x")
    assert only(read(target.getvalue(), "areas", file="p.zip")).code == "unsafe_zip_name"
    assert not list(tmp_path.parent.glob("**/evil.shp"))


def test_xml_entities_are_refused(read):
    made = openpyxl.Workbook()
    made.active.append(["area_id"])
    packed = BytesIO()
    made.save(packed)
    source, target = zipfile.ZipFile(packed), BytesIO()
    lol = b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
    with zipfile.ZipFile(target, "w") as poisoned:
        for item in source.infolist():
            held = source.read(item)
            if item.filename == "xl/workbook.xml":
                held = lol + held
            poisoned.writestr(item, held)
    assert only(read(target.getvalue(), "areas", file="p.xlsx")).code == "xml_entities"


def test_an_entity_cut_in_two_by_a_chunk_is_seen(read):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("xl/workbook.xml", b"x" * (64 * 1024 - 5) + b"<!DOCTYPE lolz []>")
    assert only(read(target.getvalue(), "areas", file="p.xlsx")).code == "xml_entities"


def test_a_sheet_that_claims_to_be_endless_is_refused(read, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 50)
    made = openpyxl.Workbook()
    made.active.append(["area_id"])
    made.active.cell(row=60, column=1, value="x")
    packed = BytesIO()
    made.save(packed)
    problem = only(read(packed.getvalue(), "areas", file="p.xlsx"))
    assert (problem.code, problem.parameters["unit"]) == ("too_large", "rows")


@pytest.mark.parametrize(
    ("limit", "value", "unit"),
    [
        ("MAX_ROWS", 2, "rows"), ("MAX_COLUMNS", 2, "columns"),
        ("MAX_CELL_CHARACTERS", 30, "characters"), ("MAX_FILE_BYTES", 10, "bytes"),
    ],
)  # fmt: skip
def test_a_table_beyond_a_limit_is_refused(read, monkeypatch, limit, value, unit):
    monkeypatch.setattr(limits, limit, value)
    text = f"area_id,name,level\n1,{'a' * 31},x\n2,b,y\n"
    if limit == "MAX_CELL_CHARACTERS":
        found = read(text, "areas")
        assert only(found).code in {"too_large", "unreadable"}
        return
    problem = only(read(text, "areas"))
    assert problem.code == "too_large"
    assert problem.parameters["unit"] == unit
    assert str(value) in problem.what.format(**problem.fields)


def test_too_many_corners_are_refused(read, monkeypatch):
    monkeypatch.setattr(limits, "MAX_VERTICES", 3)
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    feature = {
        "type": "Feature", "properties": {"area_id": "1"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    problem = only(read(text, "areas", file="a.geojson"))
    assert (problem.code, problem.parameters["unit"]) == ("too_large", "corners")


def test_a_map_file_that_points_elsewhere_is_refused(read):
    """A virtual layer (VRT) named as GeoPackage would make the reader open other files."""
    source = "<SrcDataSource>/etc/passwd</SrcDataSource>"
    vrt = f"<OGRVRTDataSource><OGRVRTLayer name='x'>{source}</OGRVRTLayer></OGRVRTDataSource>"
    for file in ("a.gpkg", "a.geojson", "a.fgb"):
        assert only(read(vrt, "areas", file=file)).code == "not_what_it_says"
    assert only(read(vrt, "areas", file="a.vrt")).code == "unknown_format"


@pytest.mark.parametrize("file", ["a.xlsx", "a.parquet", "a.gpkg", "a.fgb", "a.zip", "a.geojson"])
def test_damaged_files_are_refused_with_a_way_out(read, file):
    beginnings = {
        "a.gpkg": b"SQLite format 3\x00", "a.fgb": b"fgb\x03fgb", "a.zip": b"PK\x03\x04",
        "a.geojson": b"{", "a.xlsx": b"PK\x03\x04", "a.parquet": b"PAR1",
    }  # fmt: skip
    problem = only(read(beginnings[file] + b"\x00rubbish" * 20, "areas", file=file))
    assert problem.code == "unreadable"
    assert "/" not in str(problem.parameters.get("reason", ""))


def test_zero_bytes_are_taken_out_and_said(read):
    found = read(b"area_id,name\n01,No\x00rra\n02,S\n", "areas")
    assert found.table["name"].to_pylist() == ["Norra", "S"]
    assert (only(found).code, only(found).place.row) == ("nul_bytes", 2)


@pytest.mark.parametrize("text", ["1e999", "NaN", "inf", "-Infinity", "9" * 400, "1e308"])
def test_huge_and_odd_numbers_never_reach_a_table(read, text):
    found = read(f"area_id,group,count\n01,total,{text}\n02,total,5\n")
    assert found.table["count"].to_pylist() == [5]


def test_markup_in_names_stays_plain_text(read):
    name = "<svg onload=alert(1)><script>x</script>&amp;"
    found = read(f'area_id,name\n01,"{name}"\n', "areas")
    assert found.table["name"].to_pylist() == [name]


def test_a_toml_file_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_TOML_BYTES", 10)
    (tmp_path / "city.toml").write_text('name = "a long name"')
    with pytest.raises(UntrustedInputError, match="too_large"):
        load_toml(tmp_path / "city.toml")


def test_a_toml_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "city.toml").write_bytes(b'name = "a"\nx = "\xff\xfe"')
    with pytest.raises(FormatError, match="toml_error") as caught:
        load_toml(tmp_path / "city.toml")
    assert caught.value.problems[0].place.row == 2
