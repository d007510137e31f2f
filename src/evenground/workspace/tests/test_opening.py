import pyarrow as pa
import pytest

from evenground.errors import (
    FormatError,
    NotFoundError,
    Severity,
    UntrustedInputError,
    VersionError,
)
from evenground.workspace.opening import open_city, open_initiative


def test_a_clean_city_opens_without_a_word(city_folder):
    city = open_city(city_folder.path)
    assert [p for p in city.problems if p.severity is not Severity.NOTE] == []
    assert city.city.name == "Mörtnäs"
    assert {name: table.num_rows for name, table in city.tables.items()} == {
        "areas": 30, "areas_all": 33, "population": 90, "indicators": 60, "services": 12,
        "spending": 30, "accounts": 2,
    }  # fmt: skip
    assert set(city.places) == {"areas", "areas_all", "services"}
    assert city.published["population"]
    assert not city.published["indicators"]
    assert city.notes == {}


def test_places_are_in_the_city_s_system_beside_the_same_rows(city_folder):
    city = open_city(city_folder.path)
    for name, frame in city.places.items():
        assert str(frame.crs) == "EPSG:3006"
        assert frame.index.tolist() == list(range(len(frame)))
        key = "service_id" if name == "services" else "area_id"
        assert frame[key].tolist() == city.tables[name][key].to_pylist()
    areas = city.places["areas"]
    assert areas["area_id"].tolist() == sorted(areas["area_id"])
    assert areas.geometry.area.to_numpy() == pytest.approx([250_000] * 30, rel=1e-5)
    assert city.tables["areas"]["land_km2"].to_pylist() == pytest.approx([0.25] * 30, rel=1e-5)


def test_sources_name_the_file_its_hash_and_rows(city_folder):
    import hashlib

    city = open_city(city_folder.path)
    (source,) = city.sources["population"]
    content = (city_folder.path / "population.csv").read_bytes()
    assert source.file == "population.csv"
    assert source.sha256 == hashlib.sha256(content).hexdigest()
    assert (source.rows_read, source.rows_used) == (90, 90)


def test_the_same_folder_gives_the_same_tables(city_folder):
    first, second = open_city(city_folder.path), open_city(city_folder.path)
    assert all(first.tables[name].equals(second.tables[name]) for name in first.tables)
    assert first.reports == second.reports


def test_the_order_of_areas_in_the_file_changes_nothing(city_folder):
    import json

    before = open_city(city_folder.path)
    held = json.loads(city_folder.text("areas.geojson"))
    held["features"].reverse()
    city_folder.write("areas.geojson", json.dumps(held))
    after = open_city(city_folder.path)
    assert after.tables["areas"].equals(before.tables["areas"])


def test_every_row_is_used_or_set_aside_with_a_reason(city_folder):
    rows = city_folder.rows("population.csv")
    rows += [["99999", "total", "5", "", "2024"], ["01001", "total", "..", "", "2024"], rows[1]]
    city_folder.write_rows("population.csv", [["Befolkning"], *rows, ["Källa: kommunen"]])
    city = open_city(city_folder.path)
    for report in city.reports:
        assert report.rows_read == report.rows_used + sum(n for _, n in report.set_aside)
    (report,) = [report for report in city.reports if report.table == "population"]
    assert (report.rows_read, report.rows_used) == (94, 90)
    assert len(report.set_aside) == 4


def test_without_tables_files_named_after_tables_are_taken(city_folder):
    text = city_folder.text("city.toml")
    city_folder.write("city.toml", text[: text.index("[tables.areas]")].replace('"2024"', '""'))
    city = open_city(city_folder.path)
    assert city.tables["areas"].num_rows == 30
    assert city.tables["population"].num_rows == 90


def test_a_missing_table_is_no_error(city_folder):
    text = city_folder.text("city.toml")
    city_folder.write("city.toml", text[: text.index("[[groups]]")])
    for name in ("areas.geojson", "population.csv", "indicators.csv", "services.csv"):
        (city_folder.path / name).unlink()
    city = open_city(city_folder.path)
    assert set(city.tables) == {"spending", "accounts"}
    assert [p for p in city.problems if p.severity is Severity.ERROR] == []


def test_what_cannot_be_opened_says_why(tmp_path, city_folder):
    with pytest.raises(NotFoundError, match="folder_missing"):
        open_city(tmp_path / "nowhere")
    with pytest.raises(NotFoundError, match="toml_missing"):
        open_city(tmp_path)
    city_folder.replace("city.toml", "format = 1", "format = 9")
    with pytest.raises(VersionError, match="other_format"):
        open_city(city_folder.path)
    city_folder.write("city.toml", 'name = "A"\nlevel = ')
    with pytest.raises(FormatError, match="toml_error") as caught:
        open_city(city_folder.path)
    assert caught.value.problems[0].place.row == 2


def test_data_may_lie_elsewhere_when_the_city_says_so(tmp_path, city_folder):
    (tmp_path / "data").mkdir()
    for name in ("areas.geojson", "population.csv"):
        (city_folder.path / name).rename(tmp_path / "data" / name)
    city_folder.replace("city.toml", "format = 1", 'format = 1\ndata = "../data"')
    city = open_city(city_folder.path)
    assert city.tables["population"].num_rows == 90
    assert city.tables["services"].num_rows == 12
    assert city.sources["areas"][0].file == "areas.geojson"
    with pytest.raises(UntrustedInputError, match="file_outside"):
        open_city(city_folder.path, within=city_folder.path)


def test_an_initiative_settles_in_its_city(city_folder, initiative_folder):
    city = open_city(city_folder.path)
    initiative = open_initiative(initiative_folder.path)
    assert initiative.places == {}
    settled = initiative.in_city(city)
    assert settled.in_city(city) is settled
    assert str(settled.places["sites"].crs) == "EPSG:3006"
    assert settled.tables["sites"].num_rows == 6
    assert open_initiative(initiative_folder.path, city=city).problems == settled.problems
    assert [p for p in settled.problems if p.severity is not Severity.NOTE] == []


def test_an_initiative_without_a_city_opens_all_the_same(initiative_folder):
    initiative = open_initiative(initiative_folder.path)
    nowhere = initiative.own_city()
    assert nowhere.tables == {}
    settled = initiative.in_city(nowhere)
    assert settled.tables["sites"].num_rows == 6
    assert settled.initiative.options[0].whole_life_cost == 240_000


def test_model_columns_stand_in_the_model_s_order_and_types(city_folder):
    table = open_city(city_folder.path).tables["services"]
    assert table.schema.names == [
        "service_id", "kind", "name", "provider", "capacity", "opened", "closed",
    ]  # fmt: skip
    assert table.schema.field("opened").type == pa.date32()
    assert table["closed"].null_count == 12
