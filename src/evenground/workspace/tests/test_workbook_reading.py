"""One workbook in place of both folders, as an official fills it in."""

import openpyxl
import pytest

from evenground.errors import Severity
from evenground.initiative import OptionKind
from evenground.workspace.checking import check
from evenground.workspace.opening import open_initiative


def sheets(city_folder, initiative_folder):
    return {
        "initiative": [
            ["key", "value", "note"],
            ["# what it is called", "", ""],
            ["title", "Closed bins", ""],
            ["stage", "proposed", "idea, proposed, …"],
            ["decision.body", "Committee", ""],
            ["decision.date", "2025-06-10", ""],
            ["decision.open", "whether; where", "one or several"],
            ["made_by.name", "N. N.", ""],
            ["made_by.is_seller", "no", ""],
        ],
        "options": [
            ["key", "name", "kind", "price_year", "n_sites"],
            ["# short name", "", "", "", ""],
            ["as_today", "As today", "as_today", 2026, None],
            ["all", "All bins", "full", 2026, 6],
        ],
        "costs": [
            ["option", "year", "amount"],
            ["all", 2026, 120000],
            ["all", 2027, 80000.5],
            ["as_today", 2026, "90 000"],
        ],
        "problems": [["by", "words", "when"], ["city", "Bins overflow", "2025-01-10"]],
        "city": [
            ["key", "value", "note"],
            ["name", "Mörtnäs", ""],
            ["crs", "EPSG:3006", ""],
            ["level", "area", ""],
            ["edition", 2024, ""],
            ["questions", "", "all"],
        ],
        "groups": [
            ["key", "kind", "members", "names"],
            ["age", "counts", "under_18; over_64", "under_18 = children; over_64 = older people"],
        ],
        "baselines": [
            ["key", "name", "kind", "lead", "reason", "chosen_by", "chosen_on"],
            ["people", "residents", "people", "yes", "All count", "Committee", "2025-01-15"],
        ],
        "settings": [["key", "value", "note"], ["disclosure_threshold", 10, ""]],
        "levels": [["key", "name", "plural"], ["area", "area", "areas"]],
        "population": city_folder.rows("population.csv"),
        "services": city_folder.rows("services.csv"),
        "sites": initiative_folder.rows("sites.csv"),
    }  # fmt: skip


@pytest.fixture
def offer(tmp_path, city_folder, initiative_folder):
    """Return a function that saves the workbook, with some sheets changed, and returns its path."""

    def saved(**changed):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in {**sheets(city_folder, initiative_folder), **changed}.items():
            sheet = book.create_sheet(name)
            for row in rows or []:
                sheet.append(row)
        path = tmp_path / "offer.xlsx"
        book.save(path)
        return path

    return saved


def test_a_workbook_opens_as_initiative_and_as_city(offer):
    opened = open_initiative(offer())
    assert [p.code for p in opened.problems if p.severity is Severity.ERROR] == []
    one = opened.initiative
    assert one.title == "Closed bins"
    assert one.decision.open == ("whether", "where")
    assert [option.kind for option in one.options] == [OptionKind.AS_TODAY, OptionKind.FULL]
    assert one.options[1].cost == {2026: 120_000, 2027: 80_000.5}
    assert one.options[0].cost == {2026: 90_000}
    assert one.options[1].n_sites == 6
    assert not one.made_by.is_seller
    assert one.problems[0].words == "Bins overflow"
    assert opened.tables["sites"].num_rows == 6
    city = opened.own_city()
    assert city.city.name == "Mörtnäs"
    assert city.city.overrides == {"disclosure_threshold": 10}
    assert city.city.groups[0].names == {"under_18": "children", "over_64": "older people"}
    assert city.city.baselines[0].lead
    assert city.tables["population"].num_rows == 90
    assert opened.in_city(city).places["sites"].crs == "EPSG:3006"


def test_mistakes_in_a_workbook_name_sheet_and_row(offer, city_folder, initiative_folder):
    held = sheets(city_folder, initiative_folder)
    held["initiative"][4][1] = "Committee"
    held["initiative"].append(["offerd_by", "V", ""])
    held["options"][3][2] = "ful"
    held["costs"].append(["al", 2026, 5])
    held["settings"].append(["confidence", 7, ""])
    held["sites"][3][1] = "alll"
    found = check(offer(**held))
    places = {(p.code, p.place.sheet, p.place.row) for p in found.problems}
    assert {
        ("unknown_key", "initiative", 10),
        ("not_a_choice", "options", 4),
        ("cost_of_no_option", "costs", 5),
        ("setting_out_of_range", "settings", 3),
        ("unknown_option", "sites", 4),
    } <= places
    assert found.exit_code == 5


def test_an_offer_with_one_sheet_is_enough(offer, city_folder, initiative_folder):
    only = dict.fromkeys(sheets(city_folder, initiative_folder))
    path = offer(**{**only, "initiative": [["key", "value"], ["title", "Bins"], ["stage", "idea"]]})
    opened = open_initiative(path)
    assert opened.initiative.title == "Bins"
    assert opened.own_city().tables == {}
    assert [p.code for p in opened.problems if p.severity is Severity.ERROR] == []
