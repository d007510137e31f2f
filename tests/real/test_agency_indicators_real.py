"""Washington, D.C.: 8,594 rows of agencies' targets and actuals, read in bulk."""

from __future__ import annotations

import csv

import pytest

from evenground.questions.promise.measures.reference_class.indicator_ratings import (
    FULLY,
    NOT,
    PARTLY,
    delivery_records,
    indicator_ratings,
    ratings_compared,
)
from evenground.questions.promise.measures.reference_class.published_amounts import (
    published_amounts,
)
from evenground.questions.promise.measures.reference_class.published_ratings import (
    directions,
    published_ratings,
)
from evenground.questions.promise.tests.findings.cases import answer_of, said, town

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def rows(real_data):
    path = real_data("washington_dc") / "performance" / "agency_kpis_2008_2013.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def filled(rows):
    return [row for row in rows if row["Measure_Name"]]


@pytest.fixture(scope="module")
def published(filled):
    return published_ratings([row["Rating"] for row in filled])


@pytest.fixture(scope="module")
def computed(filled):
    targets, actuals = (
        published_amounts([row[name] for row in filled]).value
        for name in ("YE_Target", "YE_Actual")
    )
    better = directions([row["Directionality"] for row in filled])
    return indicator_ratings(targets, actuals, better=better)


def test_blank_rows_are_no_indicators(rows, filled):
    assert (len(rows), len(filled)) == (8_594, 6_209)


def test_published_ratings_are_as_they_were_told(published):
    counts = {one: int((published == one).sum()) for one in (FULLY, PARTLY, NOT)}
    rated = sum(counts.values())
    assert rated == 4_694
    assert [round(100 * counts[one] / rated, 1) for one in (FULLY, PARTLY, NOT)] == [
        65.0,
        21.9,
        13.1,
    ]


def test_ratings_worked_out_anew_beside_them(computed, published):
    found = ratings_compared(computed.rating, published)
    assert found.table.tolist() == [[612, 8, 2], [0, 1019, 63], [3, 1, 2986]]
    # A published rating that target and actual do not bear out is nearly always the better one.
    assert (found.n_same, found.n_published_better, found.n_published_worse) == (4_617, 73, 4)
    # 55 baseline measures and 15 without a rating have a target and an actual all the same.
    assert (found.n_only_published, found.n_only_computed) == (0, 70)


def test_the_record_by_year(filled, computed):
    years = [row["Fiscal_Year"].removesuffix(".0") for row in filled]
    everybody, *each = delivery_records(computed, years)
    assert [one.name for one in each] == ["2008", "2009", "2010", "2011", "2012", "2013"]
    assert (everybody.n, everybody.n_with_target, everybody.n_rated) == (6_209, 5_356, 4_764)
    assert (everybody.n_fully, everybody.n_partly, everybody.n_not) == (3_038, 1_093, 633)
    shares = [round(one.fully.value, 3) for one in each]
    assert shares == [0.25, 0.605, 0.614, 0.629, 0.655, 0.668]
    assert each[0].fully.high - each[0].fully.low > 0.7  # four indicators tell next to nothing
    assert sum(one.n_rated for one in each) == everybody.n_rated


def test_the_dossier_says_the_record(filled):
    """The same rows as a city's table: what the sentence says is what is counted above."""
    rows = [
        {
            "agency": row["Agency_Acronym"],
            "year": int(float(row["Fiscal_Year"])),
            "measure": row["Measure_Name"],
            "direction": row["Directionality"],
            "target": row["YE_Target"],
            "actual": row["YE_Actual"],
            "rating": row["Rating"],
        }
        for row in filled
    ]
    told = said(answer_of(town(agency_indicators=rows)))
    sentence = told.sentence("record")
    assert "6 209 indicators" in sentence
    assert "4 764 have a target" in sentence
    assert "63.8 %" in sentence
    record = told.told("record").finding
    assert record.estimate("n_rated_published").value == 4_694
    assert round(record.estimate("share_fully_published").value, 3) == 0.650
    assert "by_agency" not in [table.key for table in record.tables]


def test_the_record_by_agency(filled, computed):
    agencies = [row["Agency_Acronym"] for row in filled]
    everybody, *each = delivery_records(computed, agencies)
    assert len(each) == len(set(agencies)) == 85
    assert sum(one.n for one in each) == everybody.n
