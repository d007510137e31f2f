"""A long table as a panel: order of times, starts, gaps, and what is refused with its place."""

from __future__ import annotations

import pytest

from evenground.errors import InvalidInputError, NotFoundError
from evenground.workspace.plain_outcomes import balanced, in_order, outcome_columns, outcomes_in
from evenground.workspace.plain_reading import read_plain_table

NAMED = {"unit": "area", "time": "month", "outcome": "bins"}


@pytest.fixture
def table(tmp_path):
    def made(text, **named):
        path = tmp_path / "panel.csv"
        path.write_text(text, encoding="utf-8")
        return read_plain_table(path, outcome_columns(**NAMED, **named))

    return made


@pytest.mark.parametrize(
    ("times", "ordered"),
    [
        (["10", "9", "9.5"], ("9", "9.5", "10")),
        (["2024-10", "2024-9", "2023-12"], ("2023-12", "2024-9", "2024-10")),
        (["2024Q2", "2024Q1", "2023Q4"], ("2023Q4", "2024Q1", "2024Q2")),
        (["2024-W10", "2024-W9"], ("2024-W9", "2024-W10")),
        (["spring", "2024", "1"], ("1", "2024", "spring")),
        ([], ()),
    ],
)
def test_times_in_order(times, ordered):
    assert in_order(times) == ordered


@pytest.mark.parametrize(
    ("start", "column"),
    [("2024-9", 0), ("2024-10", 1), ("2024-11", 2), ("2024-13", 3), ("never", 3), ("", 3)],
)
def test_a_start_is_the_first_time_at_or_after_it(table, start, column):
    rows = "".join(f"a,{month},1,{start}\n" for month in ("2024-9", "2024-10", "2024-12"))
    read = outcomes_in(table(f"area,month,bins,since\n{rows}", first="since"))
    assert read.first_treated.tolist() == [column]


def test_a_panel_by_hand(table):
    text = "area,month,bins,on,part\na,1,5,0,n\na,2,3,1,n\nb,2,4,no,s\nb,1,6,no,s\nc,1,7,0,s\n"
    made = table(text, treated="on", stratum="part")
    read = outcomes_in(made)
    assert (read.units, read.times) == (("a", "b", "c"), ("1", "2"))
    assert read.first_treated.tolist() == [1, 2, 2]
    assert read.stratum == ("n", "s", "s")
    panel, kept, rest = balanced(read, made)
    assert panel.outcomes.tolist() == [[5, 3], [6, 4]]
    assert kept.tolist() == [True, True, False]
    assert [one.code for one in rest.set_aside] == ["unit_with_gaps"]


@pytest.mark.parametrize(
    ("text", "named", "code", "row"),
    [
        ("area,month,bins,on\na,1,1,0\na,1,2,0\n", {"treated": "on"}, "contradicting_row", 3),
        ("area,month,bins,on\na,1,1,0\na,2,2,maybe\n", {"treated": "on"}, "not_yes_or_no", 3),
        ("area,month,bins,on\na,1,1,1\na,2,2,0\n", {"treated": "on"}, "treatment_ends", 3),
        ("area,month,bins,on\na,1,1,2\na,2,2,1\n", {"first": "on"}, "two_starts", 3),
        (
            "area,month,bins,on,of\na,1,1,2,x\na,2,2,2,y\n",
            {"cluster": "of"},
            "two_texts_of_a_unit",
            3,
        ),
        (
            "area,month,bins,on,of\na,1,1,2,x\na,2,2,2,y\n",
            {"stratum": "of"},
            "two_texts_of_a_unit",
            3,
        ),
    ],
)
def test_what_is_refused_names_its_row(table, text, named, code, row):
    given = {"first": "on"} if named.keys() & {"cluster", "stratum"} else {}
    with pytest.raises(InvalidInputError) as refusal:
        outcomes_in(table(text, **named, **given))
    problem = refusal.value.problems[0]
    assert (problem.code, problem.place.row) == (code, row)


def test_a_treated_unit_with_a_gap_is_not_left_out(table):
    made = table("area,month,bins,on\na,1,1,1\nb,1,2,0\nb,2,2,0\n", treated="on")
    with pytest.raises(InvalidInputError) as refusal:
        balanced(outcomes_in(made), made)
    assert refusal.value.problems[0].code == "treated_unit_with_gaps"


@pytest.mark.parametrize(("named", "near"), [("panl.csv", "panel.csv"), ("gone/panel.csv", "")])
def test_only_files_that_are_there_are_proposed(tmp_path, monkeypatch, named, near):
    (tmp_path / "panel.csv").write_text("area,month,bins\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotFoundError) as refusal:
        read_plain_table(tmp_path / named, outcome_columns(**NAMED))
    proposed = str(tmp_path / near) if near else ""
    assert refusal.value.problems[0].fields["nearest"] == proposed
