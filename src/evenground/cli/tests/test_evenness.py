from __future__ import annotations

import numpy as np
import pytest

from evenground.errors import InvalidInputError
from evenground.methods.margins_of_error import counts_with_margins, counts_without_margins
from evenground.methods.null_allocation import fair_draw
from evenground.questions.reach.measures.dissimilarity import dissimilarity_index
from evenground.questions.reach.measures.evenness_null import dissimilarity_null
from evenground.questions.reach.measures.least_attainable import least_attainable_dissimilarity

ASKED = ("evenness", "bins.csv", "--units", "bins", "--people", "people", "--id", "area")
FAST = ("--draws", 999)


def written(folder, bins, people, margins=None):
    rows = ["area,bins,people,margin"]
    margins = margins or [0] * len(bins)
    rows += [
        f"A{i},{n},{p},{m}"
        for i, (n, p, m) in enumerate(zip(bins, people, margins, strict=True), start=1)
    ]
    (folder / "bins.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_the_numbers_are_the_librarys(folder, told):
    bins, people = [9, 1, 0, 4, 6, 0], [500, 700, 300, 900, 400, 600]
    written(folder, bins, people)
    found = told(*ASKED, *FAST, "--seed", 5)["dissimilarity"]
    fair = fair_draw(np.ones(20), counts_without_margins(people))
    band = dissimilarity_null(bins, fair, rng=np.random.default_rng(5), n_draws=999)
    assert found["value"] == pytest.approx(dissimilarity_index(bins, people), rel=1e-12)
    least = least_attainable_dissimilarity(20, people).dissimilarity
    assert found["least_attainable"] == pytest.approx(least)
    assert found["by_lot"] == {"value": band.median, "low": band.low, "high": band.high}


def test_margins_of_error_widen_the_band(folder, told):
    bins, people, margins = [9, 1, 0, 4, 6, 0], [500, 700, 300, 900, 400, 600], [300] * 6
    written(folder, bins, people, margins)
    found = told(*ASKED, *FAST, "--seed", 5, "--margin", "margin")
    fair = fair_draw(np.ones(20), counts_with_margins(people, margins))
    band = dissimilarity_null(bins, fair, rng=np.random.default_rng(5), n_draws=999)
    assert found["dissimilarity"]["by_lot"]["high"] == band.high
    assert (
        "Margins of error of people were taken at 90 % and are in the band." in (found["sentences"])
    )


@pytest.mark.parametrize(
    ("bins", "verdict"),
    [
        ([100, 0, 0, 0, 0, 0, 0, 0], "uneven"),
        ([10, 10, 10, 10, 10, 10, 10, 10], "more_even"),
        ([7, 13, 8, 12, 14, 6, 9, 11], "like_chance"),
    ],
)
def test_the_verdict_stands_first(folder, invoke, told, bins, verdict):
    written(folder, bins, [500] * 8)
    found = told(*ASKED, *FAST)
    assert found["verdict"] == verdict
    words = invoke(*ASKED, *FAST)
    assert words.splitlines()[0] == found["sentences"][0]
    assert words.lower().startswith(found["verdict_words"])


def test_areas_that_stand_out_are_named(folder, told, invoke):
    written(folder, [60, 20, 20, 0], [500] * 4)
    found = told(*ASKED, *FAST)["areas"]
    assert [(one["area"], one["row"], one["against_chance"]) for one in found["stand_out"]] == [
        ("A1", 2, "more"),
        ("A4", 5, "fewer"),
    ]
    assert "Areas that stand out: 1 with fewer than chance, 1 with more." in invoke(*ASKED, *FAST)


def test_areas_without_people_are_said(folder, told):
    written(folder, [3, 2, 4], [500, 0, 600])
    sentences = told(*ASKED, *FAST)["sentences"]
    assert "1 area has no people; 2 units stand there, where lots by people put none." in sentences


@pytest.mark.parametrize(
    ("bins", "people", "code"),
    [
        ([1, 2], [0, 0], "nothing_there"),
        ([0, 0], [5, 6], "nothing_there"),
        ([3], [500], "only_one_row"),
        ([3, 2], [500, 0], "only_one_row"),
        ([1.5, 2], [5, 6], "not_a_whole_number"),
        ([1, 2], [5, -6], "below_lowest"),
        ([-1, 2], [5, 6], "below_lowest"),
    ],
)
def test_what_makes_no_sense_is_refused(folder, invoke, bins, people, code):
    written(folder, bins, people)
    with pytest.raises(InvalidInputError) as caught:
        invoke(*ASKED)
    assert [one.code for one in caught.value.problems] == [code]


def test_same_input_same_output(folder, invoke):
    written(folder, [9, 1, 0, 4], [500, 700, 300, 900])
    assert invoke(*ASKED, *FAST) == invoke(*ASKED, *FAST)
