"""The page on Washington DC: its files, run as they stand, give the numbers that it prints."""

from __future__ import annotations

from datetime import date

import pytest

import evenground
from evenground.workspace.appraising import Terms

PAGE = "how-to/washington-dc-wifi.md"
pytestmark = pytest.mark.real


@pytest.fixture
def appraised(laid_out):
    folder = laid_out(PAGE, "washington_dc")

    def dossier(name, *, without_points=False):
        if without_points:
            toml = folder / "city.toml"
            text = toml.read_text(encoding="utf-8")
            toml.write_text(text[: text.index("[tables.points]")], encoding="utf-8")
        city = evenground.open_city(folder)
        initiative = evenground.open_initiative(folder / name, city=city)
        assert [
            p.code for p in (*city.problems, *initiative.problems) if p.severity == "error"
        ] == []
        return evenground.appraise(initiative, city, terms=Terms(today=date(2016, 9, 1)))

    return dossier


def finding(dossier, code):
    return next(f for f in dossier.findings() if f.code.startswith(code))


def test_wifi_by_date_is_as_printed_on_the_page(appraised, table_in):
    table = finding(appraised("wifi"), "by_date").tables[0]
    expected = {
        date(2013, 6, 25): ["3.55", "4.71", "5.76"],
        date(2015, 10, 11): ["4.44", "6.34", "8.31"],
        date(2016, 8, 16): ["4.91", "6.87", "9.40"],
    }
    found = {row[0]: [f"{cell.value:.2f}" for cell in row[2:]] for row in table.rows}
    assert found == expected
    printed = table_in(PAGE, "| Date | low-poverty")
    assert printed == [[f"{day.day} {day:%B %Y}", *rates] for day, rates in expected.items()]


def test_what_the_page_says_of_wifi_holds(appraised):
    dossier = appraised("wifi")
    groups = finding(dossier, "by_group.reaches_more")
    ratio = groups.estimate("ratio")
    assert (round(ratio.value, 1), round(ratio.low, 1), round(ratio.high, 1)) == (1.9, 1.5, 2.5)
    margins = groups.estimate("ratio_margins")
    assert (round(margins.low, 1), round(margins.high, 1)) == (1.9, 2.0)
    thirds = groups.estimate("ratio_classes")
    assert (round(thirds.low, 1), round(thirds.high, 1)) == (1.5, 2.1)
    baselines = next(table for table in groups.tables if table.key == "baselines")
    ratio = next(row[3] for row in baselines.rows if row[0] == "households with a high rent")
    assert (round(ratio.value, 1), round(ratio.low, 1), round(ratio.high, 1)) == (1.2, 0.9, 1.6)
    counted = finding(dossier, "counted")
    names = ("rows", "units_total", "places")
    assert [counted.estimate(name).value for name in names] == [448, 508, 421]
    moved = finding(dossier, "by_area")
    chance = moved.estimate("chance_dissimilarity")
    assert moved.estimate("dissimilarity").value > 1 / 3
    assert chance.low < 1 / 4 < chance.high


@pytest.mark.parametrize(
    ("without_points", "metres"), [(True, [515, 550, 627]), (False, [464, 499, 605])]
)
def test_bike_share_is_as_far_as_the_page_says(appraised, without_points, metres):
    dossier = appraised("bikeshare", without_points=without_points)
    rows = finding(dossier, "by_distance").tables[0].rows
    assert [round(row[1].value) for row in rows] == metres
