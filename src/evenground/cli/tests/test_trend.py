from __future__ import annotations

import numpy as np
import pytest

from evenground.errors import FormatError, InvalidInputError, NotFoundError, UsageError
from evenground.methods.inequality import gini
from evenground.questions.reach.measures.lead_lag import LeadLag
from evenground.questions.reach.measures.persistence import persistence
from evenground.questions.reach.measures.placement_panel import placement_panel
from evenground.questions.reach.measures.time_to_parity import time_to_parity

ASKED = (
    "trend", "panel.csv", "--area", "area", "--year", "year", "--units", "bins",
    "--people", "people", "--draws", 199,
)  # fmt: skip
NEW = np.array([[2, 0, 1], [3, 1, 0], [4, 0, 1], [5, 1, 1], [6, 0, 1]])
PEOPLE = [500, 400, 300]


def written(folder, new=NEW, people=PEOPLE, name="panel.csv"):
    rows = ["area,year,bins,people,half"]
    rows += [
        f"A{i},{2019 + t},{n},{people[i]},{'south' if i == 0 else 'north'}"
        for t, year in enumerate(new)
        for i, n in enumerate(year)
    ]
    (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_the_numbers_are_the_librarys(folder, told):
    written(folder)
    found = told(*ASKED, "--seed", 4, "--group", "half", "--compare", "south", "north")
    stock = NEW.cumsum(axis=0)
    observed = [one["gini"]["observed"] for one in found["years"]]
    assert observed == pytest.approx([gini(row / PEOPLE, PEOPLE) for row in stock])
    assert [one["standing"] for one in found["years"]] == stock.sum(axis=1).tolist()
    rates = stock / PEOPLE
    gaps = 10_000 * (rates[:, 0] - stock[:, 1:].sum(axis=1) / 700)
    parity = time_to_parity(gaps, np.arange(2019, 2024))
    assert found["gap"]["parity"]["gap_now"] == pytest.approx(parity.gap_now)
    assert found["gap"]["parity"]["verdict"] == parity.verdict == "widening"
    known = persistence(
        placement_panel(NEW, PEOPLE), rng=np.random.default_rng([4, 2]), n_draws=199
    )
    assert found["persistence"]["odds_ratio"] == pytest.approx(known.odds_ratio)
    assert found["persistence"]["p_value"] == known.p_value


def test_rows_in_any_order_give_the_same(folder, told):
    written(folder)
    known = told(*ASKED)
    first, *rows = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()
    rows = rows[3:] + rows[:3]
    (folder / "panel.csv").write_text("\n".join([first, *rows]) + "\n", encoding="utf-8")
    found = told(*ASKED)
    assert found["years"] == known["years"]
    assert found["persistence"] == known["persistence"]


def test_verdicts_come_first_in_words(folder, invoke):
    written(folder)
    words = invoke(*ASKED, "--group", "half", "--compare", "south", "north")
    lines = words.splitlines()
    assert lines[0].startswith("Spread: at the end of 2023, bins lie less evenly")
    assert "Gap: between south and north it is widening." in lines
    assert any(line.startswith("What draws what: ") for line in lines)
    assert "Read panel.csv: rows read 15, used 15." in words
    assert invoke(*ASKED) == invoke(*ASKED)


def test_three_years_are_described_only(folder, invoke):
    written(folder, NEW[:3])
    words = invoke(*ASKED, "--group", "half", "--compare", "south", "north")
    assert "Catching up: described only" in words
    assert "Gap: cannot tell" in words


@pytest.mark.parametrize("new", [NEW[:1], NEW[:1, :1], NEW[:, :1]])
def test_one_year_or_one_area_cannot_tell(folder, invoke, new):
    written(folder, new)
    words = invoke(*ASKED)
    assert "Catching up: cannot tell" in words
    assert "What draws what: cannot tell" in words
    assert "nan" not in words


def test_nothing_placed_cannot_tell(folder, invoke):
    written(folder, np.zeros((3, 3), dtype=int))
    words = invoke(*ASKED)
    assert "Spread: nothing stands" in words


def test_an_area_and_year_may_have_one_row_only(folder, told):
    written(folder)
    with (folder / "panel.csv").open("a", encoding="utf-8") as file:
        file.write("A1,2020,5,400,north\n")
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED)
    (problem,) = caught.value.problems
    assert (problem.place.row, problem.parameters["first"]) == (17, 6)
    assert problem.value == "A1, 2020"


def test_people_that_differ_are_said_and_the_latest_counts(folder, told):
    written(folder)
    text = (folder / "panel.csv").read_text(encoding="utf-8")
    (folder / "panel.csv").write_text(text.replace("A0,2019,2,500", "A0,2019,2,450"), "utf-8")
    found = told(*ASKED)
    assert found["inputs"][0]["noticed"] == [
        "people differs between years (areas: 1, such as A0); the latest row of each counts."
    ]
    assert found["years"][-1]["gini"]["observed"] == pytest.approx(
        gini(NEW.sum(axis=0) / PEOPLE, PEOPLE)
    )


def test_missing_rows_and_areas_without_people_are_said(folder, told):
    written(folder, people=[500, 400, 0])
    text = (folder / "panel.csv").read_text(encoding="utf-8")
    (folder / "panel.csv").write_text(text.replace("A1,2021,0,400,north\n", ""), "utf-8")
    (read,) = told(*ASKED)["inputs"]
    assert read["set_aside"] == [{"rows": 5, "why": "nobody lives in the area (units there: 4)"}]
    assert read["noticed"] == [
        "Areas and years without a row: 1. Nothing is taken to have been placed there."
    ]


def test_units_from_before_count(folder, told):
    written(folder)
    text = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()
    rows = [f"{text[0]},before", *(f"{row},{3 if row.startswith('A1') else 0}" for row in text[1:])]
    (folder / "panel.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = told(*ASKED, "--before", "before")
    assert found["years"][0]["standing"] == 6


def test_money_is_worded_by_its_sign(folder, told):
    rng = np.random.default_rng(3)
    public = rng.poisson(5, (9, 12)) * 1000
    for name, private in (("more", public * 2), ("less", 60_000 - 3 * public)):
        rows = ["area,year,bins,people,public,private"]
        rows += [
            f"A{i},{2010 + t},{(i + t) % 3},500,{public[t + 1, i]},{private[t, i]}"
            for t in range(8)
            for i in range(12)
        ]
        (folder / "panel.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        found = told(*ASKED, "--public", "public", "--private", "private")
        assert found["order_of_money"]["verdict"] == "after"
        (sentence,) = (one for one in found["sentences"] if one.startswith("Money: "))
        assert ("less private money came" in sentence) is (name == "less")
        assert "1 year after public money" in sentence


def test_money_needs_years_without_a_gap(folder, told):
    written(folder, NEW)
    text = (folder / "panel.csv").read_text(encoding="utf-8").replace(",2023,", ",2025,")
    (folder / "panel.csv").write_text(text, encoding="utf-8")
    found = told(*ASKED, "--public", "bins", "--private", "bins")
    assert (
        "Money: cannot tell; the years must follow one another without a gap."
        in (found["sentences"])
    )
    assert found["order_of_money"] is None


@pytest.mark.parametrize(
    ("replaced", "by", "code"),
    [
        ("A0,2019,2", "A0,2019,2.5", "not_a_whole_number"),
        ("A0,2019,2", "A0,2019,-2", "below_lowest"),
        ("A0,2019,2", "A0,early,2", "not_a_number"),
        ("A0,2019,2,500", "A0,2019,2,-500", "below_lowest"),
    ],
)
def test_bad_cells_are_refused_with_their_place(folder, told, replaced, by, code):
    written(folder)
    text = (folder / "panel.csv").read_text(encoding="utf-8")
    (folder / "panel.csv").write_text(text.replace(replaced, by), encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED)
    assert [(one.code, one.place.row) for one in caught.value.problems] == [(code, 2)]


def test_wrong_use_is_refused(folder, told):
    written(folder)
    with pytest.raises(UsageError):
        told(*ASKED, "--group", "half")
    with pytest.raises(UsageError):
        told(*ASKED, "--public", "bins")
    with pytest.raises(UsageError) as caught:
        told(*ASKED, "--group", "half", "--compare", "sout", "north")
    assert caught.value.problems[0].nearest == "south"
    with pytest.raises(NotFoundError):
        told(*ASKED, "--need", "nede")
    (folder / "panel.csv").write_text("", encoding="utf-8")
    with pytest.raises(FormatError):
        told(*ASKED)
    written(folder, people=[0, 0, 0])
    with pytest.raises(InvalidInputError):
        told(*ASKED)


def test_lags_are_part_of_the_result():
    """The sign that sentences go by is read off these two."""
    assert {"lags", "correlation", "peak_lag"} <= set(LeadLag.__dataclass_fields__)
