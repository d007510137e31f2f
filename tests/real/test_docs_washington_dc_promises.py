"""The page on what Washington DC promised: its files, run as they stand, give its numbers."""

from __future__ import annotations

from datetime import date

import pytest

import evenground
from evenground.workspace.appraising import Terms
from evenground.workspace.sealing import SealTerms

PAGE = "how-to/washington-dc-promises.md"
pytestmark = pytest.mark.real


@pytest.fixture
def dossier(laid_out):
    folder = laid_out(PAGE, "washington_dc")
    city = evenground.open_city(folder)
    initiative = evenground.open_initiative(folder / "wifi", city=city)
    assert [p.code for p in (*city.problems, *initiative.problems) if p.severity == "error"] == []
    terms = Terms(today=date(2016, 9, 1), sealing=SealTerms(unsealed=True))
    return evenground.appraise(initiative, city, terms=terms)


def findings(dossier, code):
    return [one for one in dossier.findings() if one.code.startswith(code)]


def test_targets_are_held_against_every_count(dossier):
    first, second = findings(dossier, "kept.")
    assert (first.verdict.code, second.verdict.code) == ("not_kept", "kept")
    values = [one.estimate("measured_value").value for one in (first, second)]
    assert values == [230, 351]
    assert [one.estimate("promised_value").value for one in (first, second)] == [300, 300]
    (count,) = second.caveats
    assert (count.parameters["value"], count.parameters["period"]) == (300, "2013-06")


def test_the_delivery_record_is_as_printed_on_the_page(dossier, table_in):
    (record,) = findings(dossier, "record.")
    known = record.parameters
    assert (known["of"], known["n"]) == (6_209, 4_764)
    computed, published = table_in(PAGE, "| | fully reached")
    shares = [f"{100 * known[name]:.1f} %" for name in ("fully", "partly", "not_at_all")]
    assert computed[1:] == shares
    assert published == ["as published, of 4,694 rated", "65.0 %", "21.9 %", "13.1 %"]
    told = {one.code: one.parameters for one in record.caveats}
    (differing,) = (one for one in told.values() if one.get("n") == 77)
    assert differing["better"] == 73


def test_the_file_has_as_many_lines_and_ratings_as_the_page_says(real_data):
    import pandas as pd

    file = real_data("washington_dc") / "performance" / "agency_kpis_2008_2013.csv"
    rows = pd.read_csv(file, low_memory=False)
    filled = rows.dropna(how="all")
    assert (len(rows), len(rows) - len(filled)) == (8_594, 2_385)
    rated = filled.Rating[
        filled.Rating.isin(["Fully Achieved", "Partially Achieved", "Not Achieved"])
    ]
    shares = (100 * rated.value_counts(normalize=True)).round(1)
    assert len(rated) == 4_694
    assert shares.to_dict() == {
        "Fully Achieved": 65.0, "Partially Achieved": 21.9, "Not Achieved": 13.1,
    }  # fmt: skip
