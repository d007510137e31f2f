"""A Swedish city: semicolons, decimal commas, cp1252, EPSG:3006 and a boundary reform."""

import json

import pytest
import shapely

from evenground.errors import Severity
from evenground.workspace.opening import open_city

WEST, SOUTH, SIDE = 674_000, 6_580_000, 400
CITY = """\
format = 1
name = "Mörtnäs kommun"
language = "sv"
currency = "SEK"
crs = "EPSG:3006"
time_zone = "Europe/Stockholm"
level = "deso"
edition = "2025"

[[tables.areas]]
file = "deso_2018.geojson"
crs = "EPSG:3006"
columns = {area_id = "deso", name = "namn"}
values = {level = "deso", edition = "2018"}

[[tables.areas]]
file = "deso_2025.geojson"
crs = "EPSG:3006"
columns = {area_id = "deso", name = "namn"}
values = {level = "deso", edition = "2025"}

[[tables.population]]
file = "Folkmängd 2018.csv"
columns = {area_id = "DeSO"}
wide = {total = "Totalt", under_18 = "0–17 år"}
values = {vintage = "2018", rounded_to = 1}

[[tables.indicators]]
file = "Låg inkomst 2018.csv"
columns = {area_id = "DeSO"}
wide = {low_income = "Andel %", jobs = "Arbetstillfällen", rank = "Rang"}
wide_margin = {low_income = "Felmarginal"}
values = {period = "2018", unit = {low_income = "%", jobs = "antal", rank = "1-6"}}
"""
OLD = [f"0180C{n:04d}" for n in range(1, 7)]
NEW = ["0180C0001", "0180C0002", "0180C0003", "0180C0007", "0180C0008", "0180C0009", "0180C0006"]
PEOPLE = [1000, 2000, 1500, 900, 1100, 1300]
POOR = [12.5, 30.0, 8.0, 40.0, 10.0, 22.5]


def box(column, row, *, wide=1.0, high=1.0):
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return shapely.box(west, south, west + wide * SIDE, south + high * SIDE)


def geojson(codes, shapes):
    features = [
        {"type": "Feature", "properties": {"deso": code, "namn": "Åsö"}, "geometry": shape}
        for code, shape in zip(
            codes, [json.loads(shapely.to_geojson(s)) for s in shapes], strict=True
        )
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def swedish(tmp_path):
    """Areas 1-6 in two rows of three; then 4 was split into 7 and 8, and 5 was renamed 9."""
    old = [box(n % 3, n // 3) for n in range(6)]
    new = [*old[:3], box(0, 1, wide=0.25), box(0.25, 1, wide=0.75), old[4], old[5]]
    (tmp_path / "city.toml").write_text(CITY, encoding="utf-8")
    (tmp_path / "deso_2018.geojson").write_text(geojson(OLD, old), encoding="utf-8")
    (tmp_path / "deso_2025.geojson").write_text(geojson(NEW, new), encoding="utf-8")
    people = ["Folkmängd efter DeSO;;", "DeSO;Totalt;0–17 år"]
    people += [
        f"{code};{n // 1000} {n % 1000:03d};{n // 5}" for code, n in zip(OLD, PEOPLE, strict=True)
    ]
    people += ["Hela kommunen;7 800;1 560", "Källa: SCB, befolkningsregistret;;"]
    (tmp_path / "Folkmängd 2018.csv").write_bytes("\r\n".join(people).encode("cp1252"))
    income = ["DeSO;Andel %;Felmarginal;Arbetstillfällen;Rang"]
    income += [
        f"{code};{poor:.1f};1,5;{100 * n};{n}".replace(".", ",")
        for n, (code, poor) in enumerate(zip(OLD, POOR, strict=True), 1)
    ]
    (tmp_path / "Låg inkomst 2018.csv").write_bytes("\r\n".join(income).encode("cp1252"))
    return tmp_path


def counts(city, group="total"):
    rows = city.tables["population"].to_pylist()
    return {row["area_id"]: row["count"] for row in rows if row["group"] == group}


def test_it_opens_in_the_edition_in_force(swedish):
    city = open_city(swedish)
    assert [p.code for p in city.problems if p.severity is Severity.ERROR] == []
    assert city.tables["areas"]["area_id"].to_pylist() == sorted(NEW)
    assert city.tables["areas_all"].num_rows == 13
    assert city.city.edition == "2025"


def test_the_old_counts_are_carried_over_by_surface_and_it_is_said(swedish):
    city = open_city(swedish)
    carried = counts(city)
    assert carried["0180C0007"] == pytest.approx(225)
    assert carried["0180C0008"] == pytest.approx(675)
    assert carried["0180C0009"] == pytest.approx(1100)
    assert sum(carried.values()) == pytest.approx(sum(PEOPLE))
    assert city.notes["population"] == ("interpolated",)
    assert {"edition_noticed", "carried_by_area"} <= {p.code for p in city.problems}
    assert set(city.tables["population"]["edition"].to_pylist()) == {"2025"}


def test_shares_are_averaged_counts_divided_ranks_left_out(swedish):
    city = open_city(swedish)
    held = {(r["area_id"], r["indicator"]): r for r in city.tables["indicators"].to_pylist()}
    assert held["0180C0007", "low_income"]["value"] == pytest.approx(40)
    assert held["0180C0009", "low_income"]["value"] == pytest.approx(10)
    assert held["0180C0007", "jobs"]["value"] == pytest.approx(100)
    assert held["0180C0007", "low_income"]["margin"] == pytest.approx(1.5)
    assert not any(name == "rank" for _, name in held)
    assert "ranks_not_carried" in {p.code for p in city.problems}


def test_a_crosswalk_decides_where_there_is_one(swedish):
    rows = ["from_edition,from_area,to_edition,to_area,share"]
    moves = {OLD[3]: {"0180C0007": 0.6, "0180C0008": 0.4}, OLD[4]: {"0180C0009": 1.0}}
    for code in OLD:
        for target, share in moves.get(code, {code: 1.0}).items():
            rows.append(f"2018,{code},2025,{target},{share}")
    (swedish / "crosswalk.csv").write_text("\n".join(rows), encoding="utf-8")
    city = open_city(swedish)
    carried = counts(city)
    assert carried["0180C0007"] == pytest.approx(540)
    assert carried["0180C0008"] == pytest.approx(360)
    assert sum(carried.values()) == pytest.approx(sum(PEOPLE))
    assert city.notes["population"] == ("crosswalk",)


def test_without_crosswalk_or_drawing_the_rows_are_set_aside_with_the_reason(swedish):
    text = (swedish / "city.toml").read_text(encoding="utf-8")
    start = text.index("[[tables.areas]]")
    old = text[start : text.index("[[tables.areas]]", start + 1)]
    stated = text.replace(old, "").replace(
        'vintage = "2018",', 'vintage = "2018", edition = "2018",'
    )
    (swedish / "city.toml").write_text(stated, encoding="utf-8")
    city = open_city(swedish)
    assert "cannot_carry" in {p.code for p in city.problems}
    assert city.tables["population"].num_rows == 0
    (report,) = [r for r in city.reports if r.table == "population"]
    assert report.rows_read == sum(n for _, n in report.set_aside)


def test_how_the_files_were_read_is_said_in_the_reports(swedish):
    city = open_city(swedish)
    (people,) = [read for read in city.readings if read.schema.name == "population"]
    said = {p.code for p in people.noticed}
    assert {"encoding_detected", "delimiter_detected", "header_row_found"} <= said
    assert {p.code for p in people.set_aside} == {"footnotes", "total_row"}


def test_both_editions_present_in_one_file_stay_apart(swedish):
    """Rows of the edition in force stay as they are; only the old ones are carried over."""
    path = swedish / "Folkmängd 2018.csv"
    text = "DeSO;Totalt;0–17 år;edition;vintage\n"
    text += "".join(f"{code};{n};1;2018;2018\n" for code, n in zip(OLD, PEOPLE, strict=True))
    text += "".join(f"{code};500;1;2025;2025\n" for code in NEW)
    path.write_text(text, encoding="utf-8")
    toml = (swedish / "city.toml").read_text(encoding="utf-8")
    toml = toml.replace('values = {vintage = "2018", rounded_to = 1}', "")
    (swedish / "city.toml").write_text(toml, encoding="utf-8")
    rows = open_city(swedish).tables["population"].to_pylist()
    by_year = {
        year: sum(r["count"] for r in rows if r["vintage"] == year and r["group"] == "total")
        for year in ("2018", "2025")
    }
    assert by_year == {"2018": pytest.approx(7800), "2025": pytest.approx(3500)}
