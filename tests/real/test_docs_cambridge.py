"""The page on Cambridge's compacting bins: its files give the numbers that it prints."""

from __future__ import annotations

import re
from datetime import date

import pytest

import evenground
from evenground.workspace.appraising import Terms

PAGE = "replications/cambridge-bins.md"
pytestmark = pytest.mark.real


def appraised(folder):
    city = evenground.open_city(folder)
    initiative = evenground.open_initiative(folder / "bins", city=city)
    assert [p.code for p in (*city.problems, *initiative.problems) if p.severity == "error"] == []
    dossier = evenground.appraise(initiative, city, terms=Terms(today=date(2025, 9, 1)))
    assert dossier.json()
    return dossier


def finding(dossier, code):
    return next(f for f in dossier.findings() if f.code.startswith(code))


def by_list(dossier):
    return [row[1] for row in finding(dossier, "by_date").tables[0].rows]


@pytest.fixture
def folder(laid_out):
    return laid_out(PAGE, "cambridge_ma")


def test_what_the_page_says_of_the_bins_holds(folder):
    dossier = appraised(folder)
    rates = {one.about: round(one.value, 1) for one in finding(dossier, "by_group").estimates[:2]}
    assert rates == {"lower-income tracts": 37.6, "higher-income tracts": 20.5}
    change = finding(dossier, "before_after")
    ginis = [round(change.estimate(name).value, 2) for name in ("gini_before", "gini_after")]
    assert ginis == [0.72, 0.35]
    gaps = finding(dossier, "parity").parameters
    assert (round(gaps["gap_first"], 1), round(gaps["gap_last"], 1)) == (6.4, 17.1)
    drawn = finding(dossier, "drawn")
    assert drawn.verdict.code == "favoured_or_reinforced"
    assert drawn.parameters["added"] == 127
    odds = drawn.estimate("odds_ratio")
    assert [round(100 * (x - 1)) for x in (odds.value, odds.low, odds.high)] == [4, 1, 6]
    assert drawn.estimate("persistence_p").value < 0.01
    assert drawn.estimate("order_p").value > 0.9
    maps = finding(dossier, "zonings").parameters
    assert (maps["n_maps"], maps["n_same"], maps["n_zones"]) == (200, 168, 16)
    flagged = finding(dossier, "flags").tables[0].rows
    most = sorted((row[1] for row in flagged), reverse=True)[:3]
    assert 0.45 < sum(most) / 271 < 0.5


def test_one_column_for_all_dates_tells_another_story(folder, table_in):
    toml = folder / "bins/initiative.toml"
    whole = toml.read_text(encoding="utf-8")
    first = whole.index("[[tables.sites]]")
    second = whole.index("[[tables.sites]]", first + 1)
    entry = re.sub(r"^where.*\n", "", whole[second:], flags=re.MULTILINE)
    told = []
    for where in ('where = {MAN = "BB"}\n', 'where = {TYPE = "BB"}\n'):
        toml.write_text(f"{whole[:first]}{entry}{where}", encoding="utf-8")
        told.append(by_list(appraised(folder)))
    toml.write_text(whole, encoding="utf-8")
    told.append(by_list(appraised(folder)))
    assert [row[1:] for row in table_in(PAGE, "| Read |")] == [
        [f"{len(counts)}", f"{counts[0]}", f"{counts[-1]}"] for counts in told
    ]
