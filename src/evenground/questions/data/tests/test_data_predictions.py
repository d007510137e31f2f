"""What an audit and a dossier tell of predictions by group and by area, worked out by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from evenground.questions.data import QUESTION, plan, predicting
from evenground.tests.scenarios_of_data import decided
from evenground.tests.scenarios_of_predictions import (
    OF_PREDICTIONS,
    PREDICTS,
    amounted,
    chanced,
)
from evenground.workspace.auditing.running import audit

TODAY = date(2026, 3, 1)
FAIR, MISLED = (1, 5, 9), (8, 5, 2)


def checked(table, sheet=PREDICTS):
    """Return the checks of an audit as programs see them."""
    return audit(table, sheet, today=TODAY).as_data()["checks"]


def test_chances_are_held_against_what_came_group_by_group():
    found = checked(chanced({"D0": FAIR, "D1": MISLED}))["misleading_chances"]
    # in area A0000 all is as said, in A0100 and D1 it is not
    assert (found["count"], found["status"], found["unit"]) == (2, "found", "groups")
    fair, misled = found["by_group"]
    assert [fair["group"], misled["group"]] == ["D0", "D1"]
    assert [one["came"] for one in misled["bins"]] == pytest.approx([0.8, 0.5, 0.2])
    assert [one["said"] for one in misled["bins"]] == pytest.approx([0.1, 0.5, 0.9])
    assert [one["rows"] for one in misled["bins"]] == [60, 60, 60]
    # three bins and two groups together: one in 120 for each
    limits = stats.binomtest(48, 60).proportion_ci(1 - 0.05 / 6, method="exact")
    assert (misled["bins"][0]["low"], misled["bins"][0]["high"]) == pytest.approx(limits)
    hits = np.array(FAIR) / 10
    said = np.array([0.1, 0.5, 0.9])
    assert fair["brier_score"] == pytest.approx(float((hits * (1 - hits)).mean()))
    off = hits[::-1] * 0 + np.array(MISLED) / 10
    expected = (off * (1 - said) ** 2 + (1 - off) * said**2).mean()
    assert misled["brier_score"] == pytest.approx(float(expected))
    assert fair["slope"]["low"] < 1 < fair["slope"]["high"]
    assert misled["slope"]["high"] < 0


def test_the_same_is_told_by_area():
    rows = chanced({"D0": FAIR, "D1": MISLED})
    found = checked(rows)["misleading_chances"]
    assert [one["group"] for one in found["by_area"]] == ["A0000", "A0100"]
    without_name = [{**one, "group": ""} for one in found["by_area"]]
    assert without_name == [{**one, "group": ""} for one in found["by_group"]]


def test_order_of_rows_changes_nothing():
    rows = chanced({"D0": FAIR, "D1": MISLED, None: FAIR})
    for seed in (1, 2):
        other = rows.take(np.random.default_rng(seed).permutation(rows.num_rows))
        assert checked(rows)["misleading_chances"] == checked(other)["misleading_chances"]
        assert checked(rows)["unequal_errors"] == checked(other)["unequal_errors"]


def test_decisions_have_errors_and_no_chances():
    held = decided((40, 10, 10, 90), (40, 40, 60, 10)).datasets["overflowing"]
    found = checked(held.rows, held.datasheet)
    assert "misleading_chances" not in found
    errors = found["unequal_errors"]
    assert errors["count"] == 1
    assert "by_area" not in errors
    first, other = errors["by_group"]
    assert first["false_positive_rate"]["value"] == pytest.approx(0.1)
    assert other["false_negative_rate"]["value"] == pytest.approx(0.6)


def test_figures_of_another_scale_are_neither_chances_nor_decisions():
    found = checked(chanced({"D0": FAIR, "D1": MISLED}, said=(1, 5, 9)))
    assert "unequal_errors" not in found
    check = found["misleading_chances"]
    assert (check["status"], check["count"]) == ("not_established", None)
    assert check["reason"]["code"] == "reason.calibration.no_probability"
    assert [one["came"] for one in check["by_group"][1]["bins"]] == pytest.approx([0.8, 0.5, 0.2])


def test_amounts_are_told_by_how_far_and_which_way_they_are_off():
    found = checked(amounted({"D0": 3.0, "D1": -3.0, "D2": 0.0}))
    assert "unequal_errors" not in found
    check = found["leaning_amounts"]
    assert check["count"] == 2
    assert [one["bias"]["value"] for one in check["by_group"]] == pytest.approx([3.0, -3.0, 0.0])
    # off by -2 … 2 around 0, in equal numbers
    assert check["by_group"][2]["mean_absolute_error"]["value"] == pytest.approx(1.2)
    assert check["by_area"][0]["bias"]["value"] == pytest.approx(0.0, abs=1e-12)
    again = checked(amounted({"D0": 3.0, "D1": -3.0, "D2": 0.0}))["leaning_amounts"]
    assert again == check


@pytest.mark.parametrize("n", [1, 5, 19])
def test_a_few_amounts_tell_nothing(n):
    check = checked(amounted({"D0": 3.0}, n=n))["leaning_amounts"]
    assert check["count"] == 0


def test_errors_of_chance_are_seldom_told_as_leaning():
    """Over sets of ten groups without bias, at most about one set in twenty tells of any."""
    told = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        rows = pa.table(
            {
                "district": np.repeat([f"D{at}" for at in range(10)], 30),
                "said": np.full(300, 10.0),
                "came": 10 + rng.normal(0, 2, 300).round(3),
            }
        )
        sheet = {"roles": {**PREDICTS["roles"], "area": ""}}
        told += checked(rows, sheet)["leaning_amounts"]["count"] > 0
    assert told <= 6  # binomial(40, 0.05) is above 6 less than once in 250


def test_without_a_group_nothing_can_be_told_by_it():
    rows = chanced({"D0": FAIR}).select(["said", "came"])
    found = checked(rows, {"roles": {"prediction": "said", "outcome": "came"}})
    check = found["misleading_chances"]
    assert check["reason"]["code"] == "reason.predictions.no_group"


def test_too_many_rows_are_said_to_be_too_many(monkeypatch):
    monkeypatch.setattr(plan, "MOST_SCORED", 100)
    monkeypatch.setattr(predicting, "MOST_SCORED", 100)
    found = checked(chanced({"D0": FAIR, "D1": MISLED}))
    check = found["misleading_chances"]
    assert (check["status"], check["reason"]["most"]) == ("not_established", 100)
    assert found["unequal_errors"]["count"] is not None


def test_a_dossier_tells_each_kind_by_group_and_by_area():
    answer = OF_PREDICTIONS["predictions of many kinds"]().answered(QUESTION)
    codes = [one.code for one in answer.findings]
    assert codes.count("calibration.chances_mislead") == 4
    assert codes.count("calibration.no_chances") == 2
    assert codes.count("amounts.amounts_lean") == 1
    keys = [table.key for one in answer.findings for table in one.tables]
    assert len(keys) == len(set(keys))
    misled = next(one for one in answer.findings if one.code == "calibration.chances_mislead")
    assert misled.claims == ("M24",)
    assert {one.name for one in misled.estimates} == {
        "brier_score", "calibration_intercept", "calibration_slope",
    }  # fmt: skip
