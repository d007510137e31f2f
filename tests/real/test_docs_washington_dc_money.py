"""The page on Washington DC's replications: roll-outs over time, and where arts grants went."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import evenground
from evenground.workspace.appraising import Terms

PAGE = "replications/washington-dc.md"
FILES = "how-to/washington-dc-wifi.md"
GRANTS = "investments/arts_grants_2012_2015.geojson"
pytestmark = pytest.mark.real


@pytest.fixture
def appraised(laid_out, docs_text):
    folder = laid_out(FILES, "washington_dc")
    text = docs_text(PAGE)
    start = text.index("[[tables.spending]]")
    with (folder / "city.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + text[start : text.index("```", start)])

    def dossier(name):
        city = evenground.open_city(folder)
        initiative = evenground.open_initiative(folder / name, city=city)
        assert [
            p.code for p in (*city.problems, *initiative.problems) if p.severity == "error"
        ] == []
        return evenground.appraise(initiative, city, terms=Terms(today=date(2016, 9, 1)))

    return dossier


@pytest.fixture
def docs_text():
    docs = Path(__file__).parents[2] / "docs"
    return lambda page: (docs / page).read_text(encoding="utf-8")


def finding(dossier, code, **parameters):
    return next(
        one
        for one in dossier.findings()
        if one.code.startswith(code) and parameters.items() <= one.parameters.items()
    )


def ends(estimate):
    return f"{estimate.value:z.2f} ({estimate.low:z.2f} to {estimate.high:z.2f})"


def column(dossier, *, added):
    """Return what the page's table holds of one initiative, row by row."""
    counted = finding(dossier, "by_date").tables[0].rows
    first, last = counted[0], counted[-1]
    change = finding(dossier, "before_after")
    shared = finding(dossier, "by_access").tables[0].rows
    near = next(row for row in shared if row[0].code == "method.near")
    assert finding(dossier, "parity").code == "parity.cannot_tell.few"
    assert change.verdict.code == "no_change_told"
    drawn = finding(dossier, "drawn", added=added)
    assert drawn.verdict.code == "favoured_or_reinforced"
    return [
        ", ".join(f"{row[0].day} {row[0]:%B %Y}" for row in (first, last)),
        f"{first[1]}, {last[1]}",
        ", ".join(f"{row[4].value - row[2].value:.1f}" for row in (first, last)),
        f"{finding(dossier, 'by_group').estimate('ratio').value:.2g}",
        f"{shared[0][3]:.2g}",
        f"{near[3]:.2g}",
        ", ".join(f"{change.estimate(f'gini_{when}').value:.2f}" for when in ("before", "after")),
        ends(change.estimate("gini_change")),
        f"{added}",
        ends(drawn.estimate("odds_ratio")),
    ]


def test_roll_outs_went_as_the_page_says(appraised, table_in):
    wifi, bikes = appraised("wifi"), appraised("bikeshare")
    printed = table_in(PAGE, "| | Public wifi |")
    assert [row[1] for row in printed] == column(wifi, added=202)
    assert [row[2] for row in printed] == column(bikes, added=21)
    assert finding(bikes, "counted").estimate("outside").value == 171


def test_grants_went_where_the_page_says(appraised, table_in):
    money = finding(appraised("wifi"), "money.reaches_less")
    rows = money.tables[0].rows
    assert table_in(PAGE, "| Tracts | USD |") == [
        [row[0], f"{row[1].value:,.0f}", f"{row[4]:.0f}"] for row in rows
    ]
    assert round(money.estimate("money_ratio").value, 1) == 0.2


def test_the_same_amounts_by_geopandas_and_pandas(real_data, table_in, docs_text):
    folder = real_data("washington_dc")
    grants = gpd.read_file(folder / GRANTS)
    tracts = gpd.read_file(folder / "areas/tracts_2010.geojson")[["geoid", "geometry"]]
    survey = pd.read_csv(folder / "areas/acs_tract_2011_2014.csv", dtype={"geoid": str})
    survey = survey[survey.acs_end_year == 2014].set_index("geoid").poverty_pct
    third = pd.qcut(survey, 3, labels=False)
    inside = grants.sjoin(tracts, predicate="within")
    amounts = inside.groupby(inside.geoid.map(third)).GRANT_.sum()
    assert [f"{amount:,.0f}" for amount in amounts] == [
        row[1] for row in table_in(PAGE, "| Tracts | USD |")
    ]
    left = inside.GRANT_.sum() - amounts.sum()
    paid = grants[grants.GRANT_ > 0]
    page = docs_text(PAGE)
    assert f"Another {left:,.0f} USD" in page
    assert f"{len(paid)} grants lie at {paid.geometry.to_wkb().nunique()} places" in page
