"""What an audit and a dossier tell of traces and of rows like no other, counted by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.data import QUESTION, exposing, plan
from evenground.tests.scenarios_of_data import persons, village
from evenground.tests.scenarios_of_traces import FOLLOWS, OF_TRACES, trips
from evenground.workspace.auditing.running import audit

TODAY = date(2026, 3, 1)
ALIKE = {"roles": {"quasi": ["age", "street"]}}


def checked(table, sheet=FOLLOWS, **terms):
    """Return the checks of an audit as programs see them."""
    return audit(table, sheet, today=TODAY, **terms).as_data()["checks"]


def test_people_alone_on_their_way_are_singled_out():
    """Each was in five hours of which a neighbour shares none: areas are those of odd hours."""
    found = checked(trips())["singled_out_traces"]
    assert (found["count"], found["share"], found["people"]) == (6, 1.0, 6)
    assert (found["low"], found["high"]) == (None, None)
    assert found["points"] == 4


def test_people_on_one_way_are_not():
    found = checked(trips(alike=True))["singled_out_traces"]
    assert (found["count"], found["share"], found["status"]) == (0, 0.0, "none")


def test_minutes_within_an_hour_tell_nobody_apart():
    rows = trips(2, alike=True).to_pylist()
    assert len({row["at"] for row in rows}) == len(rows)
    assert checked(pa.Table.from_pylist(rows))["singled_out_traces"]["count"] == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_rows_changes_nothing(seed):
    rows = trips(short=2)
    other = rows.take(np.random.default_rng(seed).permutation(rows.num_rows))
    names = ("singled_out_traces",)
    assert [checked(rows)[name] for name in names] == [checked(other)[name] for name in names]


def test_what_cannot_be_compared_is_said(monkeypatch):
    nowhere = checked(trips().select(["who"]), {"roles": {"person": "who"}})["singled_out_traces"]
    assert nowhere["reason"]["code"] == "reason.unicity.no_place"
    for module in (plan, exposing):
        monkeypatch.setattr(module, "MOST_POINTS", 10)
    many = checked(trips())["singled_out_traces"]
    assert (many["count"], many["reason"]["most"]) == (None, 10)


def test_a_row_like_no_other_is_a_person_with_a_chance():
    """One row alone, one pair, of 11 rows of 4,000 residents: f / (f + 2 (1 - f))."""
    city = village().opened()[1]
    found = checked(persons((1, 2, 8)), ALIKE, city=city)["unique_rows"]
    assert (found["count"], found["unit"]) == (1, "rows")
    part = 11 / 4_000
    assert found["match_risk"]["fraction"] == pytest.approx(part)
    assert found["match_risk"]["value"] == pytest.approx(part / (part + 2 * (1 - part)))
    assert found["match_risk"]["low"] < found["match_risk"]["value"] < found["match_risk"]["high"]
    assert "match_risk" not in checked(persons((1, 2, 8)), ALIKE)["unique_rows"]


def test_a_dossier_tells_of_traces():
    answer = OF_TRACES["data that follow people"]().answered(QUESTION)
    found = [one for one in answer.findings if one.code.startswith("traced.")]
    assert [one.verdict.code for one in found] == [
        "traces_single_out", "traces_alike", "traces_single_out", "traces_single_out",
    ]  # fmt: skip
    assert found[0].estimate("unicity").value == 1.0
    assert {one.code for one in found[2].caveats} == {"caveat.as_written", "caveat.short_traces"}
