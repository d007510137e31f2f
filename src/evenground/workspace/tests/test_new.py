from __future__ import annotations

import io
import re
import tomllib
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from evenground.cli import build
from evenground.errors import FormatError, InvalidInputError, NotFoundError, UsageError, WriteError
from evenground.initiative import OptionKind
from evenground.language import language
from evenground.workspace.domains import domain_from, domain_named, known_domains, parse_domain
from evenground.workspace.making import make_city, make_initiative, make_offer
from evenground.workspace.opening import open_city, open_initiative
from evenground.workspace.skeletons import city_toml, initiative_toml, questions_md
from evenground.workspace.workbook import sheets_for, workbook_bytes
from evenground.workspace.workbook.sheets import RowSheet, TextSheet

ENGLISH = language("en")
TO_BE_FILLED = {
    "city_without_name",
    "city_without_crs",
    "initiative_without_title",
    "no_problem_stated",
}


def _fill(path: Path, sheets: dict[str, list[dict[str, object]]], **keys: dict[str, object]):
    """Fill a workbook as a person does: below the headings, by column name; keys beside keys."""
    book = openpyxl.load_workbook(path)
    for name, rows in sheets.items():
        page = book[name]
        at = {cell.value: cell.column for cell in page[1]}
        start = next(r for r in range(3, 99) if page.cell(r, 1).value is None)
        for number, row in enumerate(rows, start=start):
            for column, value in row.items():
                page.cell(number, at[column]).value = value
    for name, values in keys.items():
        page = book[name]
        at = {row[0].value: row[0].row for row in page.iter_rows()}
        for key, value in values.items():
            page.cell(at[key.replace("__", ".")], 2).value = value
    book.save(path)


def _codes(opened) -> set[str]:
    return {problem.code for problem in opened.problems}


# ---- what stands in a new folder opens without anything to repair


@pytest.mark.parametrize("name", ["city", "city.xlsx"])
def test_a_new_city_opens_and_only_asks_to_be_filled(tmp_path, name):
    make_city(tmp_path / name, speaks=ENGLISH)
    opened = open_city(tmp_path / name)
    assert _codes(opened) <= TO_BE_FILLED
    assert opened.tables == {}


@pytest.mark.parametrize("name", ["bins", "bins.xlsx"])
def test_a_new_initiative_opens_and_only_asks_to_be_filled(tmp_path, name):
    make_initiative(tmp_path / name, speaks=ENGLISH, domain=domain_named("waste"))
    opened = open_initiative(tmp_path / name)
    assert _codes(opened) <= TO_BE_FILLED
    assert [option.kind for option in opened.initiative.options] == [
        OptionKind.AS_TODAY,
        OptionKind.WITHOUT_NEW_TECHNOLOGY,
    ]
    assert opened.initiative.unit_plural == "bins"


def test_every_example_in_the_skeletons_takes_effect_without_a_defect(tmp_path):
    """Taking the # from every example line gives files that open."""
    example = re.compile(r"^# ((?:\[|[a-z_]+ = ).*)$", re.MULTILINE)
    city = example.sub(r"\1", city_toml(ENGLISH)).split("[tables.areas]")[0]
    city = city.replace('data = "../open_data"', "").replace('name = ""', 'name = "A"')
    city = city.replace('crs = ""', "")
    (tmp_path / "city.toml").write_text(city.replace("[levels.tract]", "[levels.district]"))
    opened = open_city(tmp_path)
    assert _codes(opened) == {"city_without_crs"}
    assert [group.key for group in opened.city.groups] == ["income", "age"]
    assert [baseline.lead for baseline in opened.city.baselines] == [True, False]

    text = example.sub(r"\1", initiative_toml(ENGLISH)).split("[tables.sites]")[0]
    text = text.replace('data = "../open_data"', "").replace('title = ""', 'title = "A"')
    (tmp_path / "initiative.toml").write_text(text.replace('domain = "waste"', "", 1))
    opened = open_initiative(tmp_path)
    assert _codes(opened) <= {"cost_without_price_year"}
    assert opened.initiative.options[2].cost == {2027: 90000.0, 2028: 95000.0}
    assert opened.initiative.problems[0].words == "Bins around the market overflow on Saturdays"


# ---- what is filled into the workbook comes back


def test_a_filled_city_workbook_reads_back(tmp_path):
    path = tmp_path / "city.xlsx"
    make_city(path, speaks=ENGLISH)
    _fill(
        path,
        {
            "areas": [
                {"area_id": "0101", "name": "Harbour", "x": 18.06, "y": 59.33},
                {"area_id": "0102", "name": "=1+1", "x": 18.08, "y": 59.34},
            ],
            "population": [
                {"area_id": "0101", "group": "total", "count": 1200, "vintage": "2024"},
                {"area_id": "0102", "group": "total", "count": 900, "vintage": "2024"},
                {"area_id": "0101", "group": "old", "count": 90, "vintage": "2024"},
                {"area_id": "0102", "group": "old", "count": 80, "vintage": "2024"},
            ],
            "groups": [
                {
                    "key": "age", "kind": "counts", "members": "old",
                    "names": "old = people over 64",
                },
            ],
            "levels": [{"key": "district", "name": "district", "plural": "districts"}],
            "past_initiatives": [
                {
                    "initiative_id": "w1", "title": "Wifi 2011", "stage": "stopped",
                    "started": date(2011, 5, 1),
                },
            ],
        },
        city={"name": "Aker", "crs": "EPSG:3006", "currency": "SEK"},
        settings={"disclosure_threshold": 10},
    )  # fmt: skip
    opened = open_city(path)
    assert opened.city.name == "Aker"
    assert opened.city.currency == "SEK"
    assert opened.city.overrides == {"disclosure_threshold": 10}
    assert opened.city.groups[0].names == {"old": "people over 64"}
    assert opened.city.level_named("district").plural == "districts"
    assert opened.tables["areas"].column("area_id").to_pylist() == ["0101", "0102"]
    assert opened.tables["population"].num_rows == 4
    assert opened.tables["past_initiatives"].column("started").to_pylist() == [date(2011, 5, 1)]
    assert opened.places["areas"].crs is not None
    assert not {p.code for p in opened.problems if p.severity.value == "error"} - {
        "formula_without_value"
    }


def test_a_filled_offer_reads_back_as_initiative_and_city(tmp_path):
    (path,) = make_offer(tmp_path / "offer.xlsx", speaks=ENGLISH, domain=domain_named("waste"))
    _fill(
        path,
        {
            "options": [{"key": "all", "name": "All 200", "kind": "full", "price_year": 2026}],
            "costs": [
                {"option": "all", "year": 2026, "amount": 250000},
                {"option": "all", "year": 2027, "amount": 90000.5},
                {"option": "as_today", "year": 2026, "amount": 10},
            ],
            "problems": [
                {"by": "city", "words": "Bins overflow", "when": date(2025, 11, 2)},
                {"by": "residents", "words": "Rats"},
            ],
            "areas": [{"area_id": "01", "x": 18.06, "y": 59.33}],
            "sites": [{"site_id": "s1", "option": "all", "units": 3, "candidate": "no",
                       "installed": date(2026, 1, 2), "area_id": "01"}],
        },
        initiative={
            "title": "200 sensor bins", "decision__open": "whether; where",
            "decision__date": date(2026, 6, 1), "made_by__is_seller": "yes",
        },
        city={"name": "Aker"},
    )  # fmt: skip
    opened = open_initiative(path)
    initiative = opened.initiative
    assert initiative.title == "200 sensor bins"
    assert initiative.domain == "waste"
    assert initiative.decision.open == ("whether", "where")
    assert initiative.decision.date == date(2026, 6, 1)
    assert initiative.made_by.is_seller
    assert initiative.options[2].cost == {2026: 250000.0, 2027: 90000.5}
    assert initiative.options[0].cost == {2026: 10.0}
    assert [problem.by for problem in initiative.problems] == ["city", "residents"]
    assert opened.tables["sites"].column("option").to_pylist() == ["all"]
    assert opened.tables["sites"].column("candidate").to_pylist() == [False]
    assert opened.own_city().city.name == "Aker"
    assert opened.own_city().tables["areas"].column("area_id").to_pylist() == ["01"]


def test_the_workbook_beside_the_file_is_read_too(tmp_path):
    make_initiative(tmp_path / "bins", speaks=ENGLISH)
    _fill(
        tmp_path / "bins" / "initiative.xlsx",
        {
            "costs": [{"option": "as_today", "year": 2026, "amount": 7}],
            "events": [{"date": date(2026, 1, 1), "kind": "need stated"}],
        },
        initiative={"title": "From the sheet", "stage": "running"},
    )
    opened = open_initiative(tmp_path / "bins")
    assert opened.initiative.title == "From the sheet"
    assert opened.initiative.options[0].cost == {2026: 7.0}
    assert opened.tables["events"].num_rows == 1
    # The file says proposed: that holds, and it is said.
    assert opened.initiative.stage.value == "proposed"
    assert "said_twice" in _codes(opened)


def test_a_map_file_beside_a_workbook_is_found(tmp_path):
    geopandas = pytest.importorskip("geopandas")
    from shapely import box

    make_city(tmp_path / "city.xlsx", speaks=ENGLISH)
    _fill(tmp_path / "city.xlsx", {}, city={"name": "Aker", "crs": "EPSG:3006"})
    shapes = geopandas.GeoDataFrame(
        {"area_id": ["a", "b"]},
        geometry=[box(674000, 6580000, 675000, 6581000), box(675000, 6580000, 676000, 6581000)],
        crs="EPSG:3006",
    )
    shapes.to_file(tmp_path / "areas.geojson", driver="GeoJSON")
    assert open_city(tmp_path / "city.xlsx").tables["areas"].num_rows == 2


# ---- the workbook itself


def _book(kind, **more):
    data = workbook_bytes(sheets_for(kind, speaks=ENGLISH, **more), speaks=ENGLISH, title=kind)
    return openpyxl.load_workbook(io.BytesIO(data)), data


@pytest.mark.parametrize("kind", ["city", "initiative", "offer"])
def test_the_same_workbook_has_the_same_bytes(kind):
    assert _book(kind)[1] == _book(kind)[1]


def test_the_offer_holds_every_table_once():
    book, _ = _book("offer")
    names = book.sheetnames
    assert len(names) == len(set(names))
    assert names[0] == "start"
    assert {"initiative", "options", "costs", "problems", "city", "areas", "sites"} <= set(names)


def test_choices_dates_and_codes_are_guarded():
    book, _ = _book("initiative")
    page = book["options"]
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    kind = next(rule for cells, rule in rules.items() if cells.startswith("C3:"))
    assert kind.formula1 == '"as_today,without_new_technology,trial,full,other"'
    (option,) = [
        rule
        for rule in book["costs"].data_validations.dataValidation
        if rule.formula1.startswith("options!")
    ]
    assert str(option.sqref).startswith("A3:")
    assert page.column_dimensions["A"].number_format == "@"
    assert page.freeze_panes == "A3"
    assert page["A1"].comment.text.startswith("Short name")
    assert page["A1"].font.color.rgb != page["B1"].font.color.rgb
    sites = book["sites"]
    installed = next(cell.column_letter for cell in sites[1] if cell.value == "installed")
    assert sites.column_dimensions[installed].number_format == "yyyy-mm-dd"
    starts = {str(rule.sqref) for rule in sites.data_validations.dataValidation}
    assert any(cells.startswith(f"{installed}3:") for cells in starts)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_text_becomes_a_formula(start):
    text = f'{start}HYPERLINK("http://x","y")'
    sheets = [
        TextSheet(name="t", title=text, lines=((text, "\x07bell"),), widths=(9, 9)),
        RowSheet(name="r", meaning="", columns=(), rows=()),
    ]
    data = workbook_bytes(sheets, speaks=ENGLISH, title=text)
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell in (book["t"]["A1"], book["t"]["A2"]):
        assert cell.data_type == "s"
        assert cell.value == text
        assert cell.quotePrefix
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


# ---- templates


@pytest.mark.parametrize("key", known_domains())
def test_templates_ask_and_do_not_prescribe(key):
    domain = domain_named(key)
    assert domain.key == key
    assert 14 <= len(domain.questions) <= 18
    asked = [one.ask for one in (*domain.questions, *domain.ways, *domain.work)]
    assert [ask for ask in asked if "?" not in ask] == []
    everything = " ".join(asked).casefold()
    for order in ("you should", "you must", "we recommend", "best practice"):
        assert order not in everything


@pytest.mark.parametrize("key", known_domains())
def test_templates_serve_the_claims_that_they_are_for_and_name_real_tables(key):
    domain = domain_named(key)
    claims = {claim for one in domain.questions for claim in one.claims}
    assert claims >= {f"M{n}" for n in (2, 4, 9, 17, 18, 19, 20, 21, 22, 29, 36)}
    sheets = {sheet.name for sheet in sheets_for("offer", speaks=ENGLISH)}
    assert {one.table for one in domain.data} <= sheets


def test_the_questions_stand_in_the_folder_and_in_the_workbook(tmp_path):
    domain = domain_named("connectivity")
    make_initiative(tmp_path / "wifi", speaks=ENGLISH, domain=domain)
    page = (tmp_path / "wifi" / "questions.md").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(tmp_path / "wifi" / "initiative.xlsx")
    cells = {cell.value for row in book["questions"].iter_rows() for cell in row}
    for one in domain.questions:
        assert one.ask in page
        assert one.ask in cells
    assert page == questions_md(domain, ENGLISH)


def test_an_unknown_domain_names_the_known_ones():
    with pytest.raises(UsageError) as caught:
        domain_named("wast")
    (problem,) = caught.value.problems
    assert problem.nearest == "waste"
    assert "connectivity" in problem.fields["known"]


def test_a_template_of_the_citys_own_is_taken(tmp_path):
    path = tmp_path / "benches.toml"
    path.write_text(
        'format = 1\nkey = "benches"\nname = "Benches"\nabout = "x"\nunit = "bench"\n'
        'unit_plural = "benches"\n[[questions]]\nask = "=Who sits?"\nof = "all"\nwhy = "y"\n',
        encoding="utf-8",
    )
    domain = domain_from(path)
    make_initiative(tmp_path / "i", speaks=ENGLISH, domain=domain)
    assert open_initiative(tmp_path / "i").initiative.domain == "benches"


def test_a_broken_template_lists_everything_that_is_wrong(tmp_path):
    with pytest.raises(InvalidInputError) as caught:
        parse_domain('format = 1\nkey = "a"\n[[questions]]\nask = 3\n', file="a.toml")
    columns = [problem.place.column for problem in caught.value.problems]
    assert columns == [
        "name", "about", "unit", "unit_plural",
        "questions[1].ask", "questions[1].of", "questions[1].why",
    ]  # fmt: skip
    with pytest.raises(FormatError):
        parse_domain("= x", file="a.toml")
    with pytest.raises(NotFoundError):
        domain_from(tmp_path / "none.toml")


# ---- the command


def test_nothing_is_overwritten(tmp_path):
    make_city(tmp_path, speaks=ENGLISH)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(WriteError) as caught:
        make_city(tmp_path, speaks=ENGLISH)
    assert [Path(p.value).name for p in caught.value.problems] == ["city.toml", "city.xlsx"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_commands_make_what_they_say(tmp_path):
    run = CliRunner()
    app = build()
    made = run.invoke(app, ["new", "city", str(tmp_path / "c")])
    assert made.exit_code == 0, made.output
    assert "evenground check" in made.output
    made = run.invoke(app, ["new", "initiative", str(tmp_path / "i"), "--domain", "waste"])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "i" / "questions.md").is_file()
    made = run.invoke(app, ["new", "offer", str(tmp_path / "offer"), "--json"])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "offer.xlsx").is_file()
    refused = run.invoke(
        app, ["new", "offer", str(tmp_path / "o.xlsx"), "--domain", "waste", "--template", "x"]
    )
    assert isinstance(refused.exception, UsageError)


def test_skeletons_are_toml_with_format_one():
    assert tomllib.loads(city_toml(ENGLISH))["format"] == 1
    assert tomllib.loads(initiative_toml(ENGLISH, domain_named("waste")))["domain"] == "waste"
