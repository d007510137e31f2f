"""Seeded mistakes: each is found at its row and column, with a way out that names the repair."""
# ruff: noqa: E501 - one mistake is one line, however long it reads

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from evenground.language import language
from evenground.workspace.checking import check
from evenground.workspace.telling_problems import tell

CITY, POPULATION, INDICATORS = "city.toml", "population.csv", "indicators.csv"
SERVICES, AREAS, INITIATIVE = "services.csv", "areas.geojson", "initiative.toml"


@dataclass(frozen=True)
class Mistake:
    """What is done to the clean folder (returns the row), and what must be said about it."""

    code: str
    file: str
    column: str
    way_out: str
    make: Callable[..., int]
    where: str = "city"


def toml(old: str, new: str, file: str = CITY) -> Callable[..., int]:
    return lambda folder: folder.replace(file, old, new)


def cell(file: str, row: int, column: str, value: str) -> Callable[..., int]:
    def make(folder) -> int:
        folder.put(file, row, column, value)
        return row

    return make


def added(file: str, row: list[str]) -> Callable[..., int]:
    def make(folder) -> int:
        rows = [*folder.rows(file), row]
        folder.write_rows(file, rows)
        return len(rows)

    return make


def header(file: str, old: str, new: str) -> Callable[..., int]:
    def make(folder) -> int:
        rows = folder.rows(file)
        rows[0][rows[0].index(old)] = new
        folder.write_rows(file, rows)
        return 1

    return make


def whole_column(file: str, column: str, value: Callable[[str], str]) -> Callable[..., int]:
    """Change every cell of a column; the row is that of the first cell that differs."""

    def make(folder) -> int:
        rows = folder.rows(file)
        at, before = rows[0].index(column), [list(row) for row in rows]
        for row in rows[1:]:
            row[at] = value(row[at])
        folder.write_rows(file, rows)
        return next(n for n, (a, b) in enumerate(zip(before, rows, strict=True), 1) if a != b)

    return make


def of_area(number: int, change: Callable[[dict], None]) -> Callable[..., int]:
    """Change the feature of one area; three districts come first, the header counts as row 1."""

    def make(folder) -> int:
        feature = folder.feature(number + 3)
        change(feature)
        folder.put_feature(number + 3, feature)
        return number + 5

    return make


def swapped(row: int) -> Callable[..., int]:
    def make(folder) -> int:
        held = folder.rows(SERVICES)[row - 1]
        folder.put(SERVICES, row, "x", held[8])
        folder.put(SERVICES, row, "y", held[7])
        return row

    return make


def crossed(feature: dict) -> None:
    ring = feature["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]


def as_line(feature: dict) -> None:
    ring = feature["geometry"]["coordinates"][0]
    feature["geometry"] = {"type": "LineString", "coordinates": ring}


def first_wide(row: int) -> Callable[..., int]:
    def make(folder) -> int:
        rows = folder.rows(INDICATORS)
        rows[row - 1].append("left over")
        folder.write_rows(INDICATORS, rows)
        return row

    return make


MISTAKES = [
    Mistake("unknown_key", CITY, "curency", "Write currency instead", toml('currency = "SEK"', 'curency = "SEK"')),
    Mistake("unknown_setting", CITY, "settings.disclosure_treshold", "Write disclosure_threshold", toml("disclosure_threshold = 5", "disclosure_treshold = 5")),
    Mistake("setting_out_of_range", CITY, "settings.disclosure_threshold", "it is 5 then", toml("disclosure_threshold = 5", "disclosure_threshold = -3")),
    Mistake("setting_wrong_type", CITY, "settings.disclosure_threshold", "such as 5", toml("disclosure_threshold = 5", 'disclosure_threshold = "five"')),
    Mistake("unknown_question", CITY, "questions", "Write reach", toml('["reach"]', '["reech"]')),
    Mistake("unknown_time_zone", CITY, "time_zone", 'Write "Europe/Stockholm"', toml("Europe/Stockholm", "Europe/Stokholm")),
    Mistake("city_crs_unknown", CITY, "crs", "EPSG code", toml('crs = "EPSG:3006"\ntime', 'crs = "EPSG:99999"\ntime')),
    Mistake("city_crs_not_metric", CITY, "crs", 'crs = "EPSG:32634"', toml('crs = "EPSG:3006"\ntime', 'crs = "EPSG:4326"\ntime')),
    Mistake("level_unknown", CITY, "level", "Write area", toml('level = "area"\nedition', 'level = "aera"\nedition')),
    Mistake("edition_not_there", CITY, "edition", "2024", toml('edition = "2024"\nquestions', 'edition = "2042"\nquestions')),
    Mistake("unknown_indicator", CITY, "groups[1].indicator", "Write low_income_pct", toml('indicator = "low_income_pct"', 'indicator = "low_incom_pct"')),
    Mistake("labels_do_not_fit", CITY, "groups[1].labels", "as classes (3)", toml('"middle-income", "lower-income"]\n', '"lower-income"]\n')),
    Mistake("compare_unknown", CITY, "groups[1].compare", "Write lower-income", toml('compare = ["lower-income"', 'compare = ["low-income"')),
    Mistake("unknown_population_group", CITY, "groups[2].members", "Write over_64", toml('members = ["under_18", "over_64"]', 'members = ["under_18", "over_65"]')),
    Mistake("not_a_day", CITY, "baselines[1].chosen_on", "chosen_on = 2026-03-01", toml("chosen_on = 2025-01-15", 'chosen_on = "last winter"')),
    Mistake("not_a_choice", CITY, "baselines[2].kind", "Write need", toml('kind = "need"', 'kind = "needs"')),
    Mistake("unknown_table", CITY, "tables.populations", "[tables.population]", toml("[tables.population]", "[tables.populations]")),
    Mistake("file_missing", CITY, "tables.population.file", "Did you mean population.csv", toml("population.csv", "populaton.csv")),
    Mistake("file_outside", CITY, "tables.population.file", "Copy the file into the folder", toml('"population.csv"', '"../population.csv"')),
    Mistake("no_such_model_column", CITY, "tables.services.columns.kinds", "Write kind", toml('crs = "EPSG:3006"\n\n[tables.spending]', 'columns = {kinds = "kind"}\n\n[tables.spending]')),
    Mistake("no_such_column", CITY, "tables.indicators.wide.low_income_pct", "Did you mean low income", toml('low_income_pct = "low income"', 'low_income_pct = "low incme"')),
    Mistake("no_margin_column", CITY, "tables.indicators.wide_margin", "Did you mean low income ±", toml('"{column} ±"', '"{column} +-"')),
    Mistake("where_keeps_nothing", CITY, "tables.population.where.group", "total, under_18, over_64", toml("published = true\nvalues", 'where = {group = "everyone"}\nvalues')),
    Mistake("column_missing", POPULATION, "group", "Is it groupe", header(POPULATION, "group", "groupe")),
    Mistake("not_a_number", POPULATION, "count", "row 17", cell(POPULATION, 17, "count", "1O38")),
    Mistake("below_lowest", POPULATION, "count", "Correct row 20", cell(POPULATION, 20, "count", "-14")),
    Mistake("not_a_number", POPULATION, "count", "row 23", cell(POPULATION, 23, "count", "1e999")),
    Mistake("not_a_number", POPULATION, "margin", "row 24", cell(POPULATION, 24, "margin", "about ten")),
    Mistake("area_unknown", POPULATION, "area_id", "Is it 01003", cell(POPULATION, 8, "area_id", "01oo3")),
    Mistake("codes_repaired", POPULATION, "area_id", "Format the column as text", whole_column(POPULATION, "area_id", lambda code: code.lstrip("0"))),
    Mistake("codes_were_floats", POPULATION, "area_id", "export again", whole_column(POPULATION, "area_id", lambda code: f"{int(code)}.0")),
    Mistake("repeated_row", POPULATION, "area_id", "Delete one", added(POPULATION, ["01001", "total", "1001", "30", "2024"])),
    Mistake("contradicting_row", POPULATION, "area_id", "Delete the wrong row", added(POPULATION, ["01001", "total", "1002", "30", "2024"])),
    Mistake("group_beyond_total", POPULATION, "count", "Check row 3", cell(POPULATION, 3, "count", "9000")),
    Mistake("margins_all_zero", POPULATION, "margin", "Leave the column empty", whole_column(POPULATION, "margin", lambda _: "0")),
    Mistake("no_code_known", POPULATION, "area_id", "Match another column", whole_column(POPULATION, "area_id", lambda code: f"SE-{code}-X")),
    Mistake("boundary_set_differs", POPULATION, "area_id", "crosswalk", whole_column(POPULATION, "area_id", lambda code: "07" + code[2:] if code.startswith("03") else code)),
    Mistake("parent_unknown", AREAS, "parent_id", "row 9", of_area(4, lambda f: f["properties"].update(parent_id="77"))),
    Mistake("outside_parent", AREAS, "parent_id", "row 9", of_area(4, lambda f: f["properties"].update(parent_id="03"))),
    Mistake("contradicting_row", AREAS, "area_id", "Delete the wrong row", of_area(6, lambda f: f["properties"].update(area_id="01001"))),
    Mistake("broken_shape", AREAS, "geometry", "Check validity", of_area(2, crossed)),
    Mistake("wrong_shape", AREAS, "geometry", "row 8", of_area(3, as_line)),
    Mistake("not_a_date", SERVICES, "opened", "row 4", cell(SERVICES, 4, "opened", "31.02.2003")),
    Mistake("ends_before_it_begins", SERVICES, "closed", "row 5", cell(SERVICES, 5, "closed", "1999-01-01")),
    Mistake("placeholder_dates", SERVICES, "closed", "real dates", cell(SERVICES, 6, "closed", "1970-01-01")),
    Mistake("date_order_open", SERVICES, "opened", "date_format", cell(SERVICES, 2, "opened", "03/04/2001")),
    Mistake("row_swapped", SERVICES, "geometry", "Swap the two numbers in row 7", swapped(7)),
    Mistake("zero_coordinates", SERVICES, "geometry", "leave them empty", lambda f: (f.put(SERVICES, 8, "x", "0"), f.put(SERVICES, 8, "y", "0"), 8)[-1]),
    Mistake("far_outside", SERVICES, "geometry", "Correct them", cell(SERVICES, 9, "x", "704000")),
    Mistake("far_away", SERVICES, "geometry", "row 9", cell(SERVICES, 9, "y", "65802500")),
    Mistake("half_a_place", SERVICES, "x / y", "other one", cell(SERVICES, 10, "y", "")),
    Mistake("required_empty", SERVICES, "kind", "Fill the cells in", cell(SERVICES, 11, "kind", "")),
    Mistake("coordinate_system_unknown", CITY, "tables.services.crs", "EPSG code", toml('crs = "EPSG:3006"\n\n[tables.spending]', 'crs = "EPSG:1"\n\n[tables.spending]')),
    Mistake("not_a_choice", "accounts.csv", "consent", "Write public", cell("accounts.csv", 2, "consent", "pubic")),
    Mistake("area_unknown", "accounts.csv", "area_id", "row 3", cell("accounts.csv", 3, "area_id", "88888")),
    Mistake("not_a_whole_number", "spending.csv", "year", "row 4", cell("spending.csv", 4, "year", "2023.5")),
    Mistake("out_of_range", "spending.csv", "year", "row 5", cell("spending.csv", 5, "year", "20223")),
    Mistake("not_a_choice", "spending.csv", "payer", "Write public", cell("spending.csv", 6, "payer", "publik")),
    Mistake("decimal_marks_mixed", "spending.csv", "amount", "in one way", cell("spending.csv", 7, "amount", "1003,50")),
    Mistake("percent_beyond", INDICATORS, "low income", "row 9", cell(INDICATORS, 9, "low income", "105")),
    Mistake("share_said_percent", INDICATORS, "low income", "multiply the values by 100", whole_column(INDICATORS, "low income", lambda text: f"{float(text) / 100:.4f}")),
    Mistake("too_many_cells", INDICATORS, "", "double quotes", first_wide(12)),
    Mistake("unknown_option", "sites.csv", "option", "Write all", cell("sites.csv", 4, "option", "alll"), "initiative"),
    Mistake("ends_before_it_begins", "sites.csv", "removed", "row 3", cell("sites.csv", 3, "removed", "2020-01-01"), "initiative"),
    Mistake("cost_not_a_year", INITIATIVE, "options[1].cost.26", "2026 = 120000", toml("2026 = 120000, 2027", "26 = 120000, 2027", INITIATIVE), "initiative"),
    Mistake("cost_not_a_number", INITIATIVE, "options[1].cost.2027", "in digits", toml("2027 = 120000}", '2027 = "much"}', INITIATIVE), "initiative"),
    Mistake("not_a_choice", INITIATIVE, "stage", "Write proposed", toml('stage = "proposed"', 'stage = "propose"', INITIATIVE), "initiative"),
    Mistake("heard_after_decision", INITIATIVE, "decision.heard_until", "Check both dates", toml("2025-05-20", "2025-07-20", INITIATIVE), "initiative"),
    Mistake("option_repeated", INITIATIVE, "options[3].key", "key of its own", toml('key = "all"', 'key = "as_today"', INITIATIVE), "initiative"),
    Mistake("indicator_not_there", INITIATIVE, "problems.indicator", "Write missed_collections", toml('indicator = "missed_collections"', 'indicator = "missed_colections"', INITIATIVE), "initiative"),
    Mistake("required_unreadable", "events.csv", "date", "listed among", cell("events.csv", 2, "date", "in spring"), "initiative"),
]  # fmt: skip


def findings(city: Path, initiative: Path | None = None):
    checked = check(city if initiative is None else initiative, city=city if initiative else None)
    speaks = language(checked.language)
    return checked, [(problem, tell(problem, speaks)) for problem in checked.problems]


def test_there_are_many_mistakes():
    assert len(MISTAKES) >= 30
    assert len({mistake.code for mistake in MISTAKES}) >= 30


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.code}-{m.file}-{m.column}")
def test_a_mistake_is_found_where_it_is(mistake, city_folder, initiative_folder):
    of_city = mistake.where == "city"
    row = mistake.make(city_folder if of_city else initiative_folder)
    _, found = findings(city_folder.path, None if of_city else initiative_folder.path)
    listed = [*found, *aside(city_folder.path, None if of_city else initiative_folder.path)]
    same = [(p, told) for p, told in listed if p.code == mistake.code]
    assert same, [(p.code, p.place) for p, _ in listed]
    problem, told = same[0]
    assert problem.place.file == mistake.file
    if mistake.column:
        assert problem.place.column == mistake.column
    if mistake.code != "indicator_not_there":
        assert problem.place.row == row
    assert mistake.way_out in told.way_out
    assert told.what
    assert told.rule
    assert "{" not in told.what + told.rule


TOGETHER = (
    "unknown_key", "unknown_setting", "unknown_question", "unknown_time_zone", "compare_unknown",
    "not_a_day", "unknown_population_group", "group_beyond_total", "parent_unknown",
    "broken_shape", "not_a_date", "ends_before_it_begins", "placeholder_dates", "row_swapped",
    "zero_coordinates", "far_outside", "half_a_place", "not_a_whole_number", "out_of_range",
    "decimal_marks_mixed", "percent_beyond", "too_many_cells", "below_lowest", "unknown_option",
    "cost_not_a_year", "cost_not_a_number", "heard_after_decision", "option_repeated",
    "indicator_not_there", "wrong_shape",
)  # fmt: skip


def test_thirty_mistakes_at_once_are_all_listed_at_once(city_folder, initiative_folder):
    """One mistake never hides another, across both folders."""
    made = []
    for code in TOGETHER:
        mistake = next(m for m in MISTAKES if m.code == code)
        folder = city_folder if mistake.where == "city" else initiative_folder
        made.append((mistake, mistake.make(folder)))
    _, of_city = findings(city_folder.path)
    _, of_initiative = findings(city_folder.path, initiative_folder.path)
    found = {(p.code, p.place.file, p.place.row) for p, _ in (*of_city, *of_initiative)}
    missed = [
        (mistake.code, row)
        for mistake, row in made
        if (mistake.code, mistake.file, row) not in found and mistake.code != "indicator_not_there"
    ]
    assert missed == []
    assert len(made) >= 30


def test_check_ends_with_the_code_of_what_is_wrong(city_folder):
    from typer.testing import CliRunner

    from evenground.cli import build

    run = CliRunner().invoke
    assert run(build(), ["check", str(city_folder.path)]).exit_code == 0
    city_folder.put(POPULATION, 17, "count", "1O38")
    result = run(build(), ["check", str(city_folder.path)])
    assert result.exit_code == 5
    assert "row 17, column count" in result.stdout
    assert "1O38" in result.stdout


def test_check_prints_json_for_programs(city_folder):
    import json

    from typer.testing import CliRunner

    from evenground.cli import build

    city_folder.put(POPULATION, 17, "count", "1O38")
    result = CliRunner().invoke(build(), ["check", str(city_folder.path), "--json"])
    told = json.loads(result.stdout)
    assert told["exit_code"] == 5
    (problem,) = [p for p in told["problems"] if p["code"] == "not_a_number"]
    assert (problem["file"], problem["row"], problem["column"]) == (POPULATION, 17, "count")
    assert problem["way_out"].startswith("Write a number in row 17")
    assert {report["table"] for report in told["inputs"]} >= {"areas", "population"}


def aside(city: Path, initiative: Path | None):
    """Return why rows were set aside: reasons that are no problems of their own."""
    from evenground.workspace.opening import open_city, open_initiative

    place = open_city(city)
    opened = place if initiative is None else open_initiative(initiative, city=place)
    speaks = language("en")
    return [(p, tell(p, speaks)) for read in opened.readings for p in read.set_aside]
