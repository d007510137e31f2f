from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from evenground.errors import FormatError, InvalidInputError, NotFoundError, UsageError
from evenground.questions.promise.measures.evaluation.effect import Asked, Method
from evenground.questions.promise.measures.evaluation.evaluate import evaluate
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.pilot.drawn_pilot import sealed_assignments
from evenground.questions.promise.measures.randomised.difference_in_means import (
    difference_in_means_estimator,
)
from evenground.questions.promise.measures.randomised.permutation import permutation_test
from evenground.questions.promise.measures.randomised.scheme import scheme_of

ASKED = ("evaluate", "panel.csv", "--unit", "area", "--time", "month", "--outcome", "full")
KEYS = {
    "effect", "low", "high", "p", "standard_error", "n_placebos", "weights", "method", "caveats",
}  # fmt: skip
N_TIMES = 24


def outcomes(seed=3, n_units=21):
    rng = np.random.default_rng(seed)
    common = np.cumsum(rng.normal(size=N_TIMES))
    return (
        20 + rng.normal(size=(n_units, 1)) + common + rng.normal(scale=0.5, size=(n_units, N_TIMES))
    )


def written(folder: Path, values, starts, *, extra=lambda unit: "", name="panel.csv"):
    header = "area,month,full,treated" + (",more" if extra(0) else "")
    rows = [header]
    for unit, row in enumerate(values):
        for time, value in enumerate(row):
            more = f",{extra(unit)}" if extra(unit) else ""
            month = f"{2020 + time // 12}-{time % 12 + 1:02}"
            rows.append(f"A{unit},{month},{float(value)!r},{int(time >= starts[unit])}{more}")
    (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")


def few(folder, *, effect=-4.0, start=16):
    values = outcomes()
    starts = np.full(len(values), N_TIMES)
    starts[0] = start
    values[0, start:] += effect
    written(folder, values, starts)
    return values, starts


def test_the_numbers_are_the_librarys(folder, told):
    values, starts = few(folder)
    found = told(*ASKED, "--treated", "treated")
    known = evaluate(panel(values, starts), asked=Asked(alpha=0.05))
    assert found.keys() >= KEYS
    assert found["effect"] == pytest.approx(known.value, rel=1e-12)
    assert (found["low"], found["high"]) == pytest.approx((known.low, known.high), rel=1e-12)
    assert found["p"] == known.p == 1 / 21
    assert found["n_placebos"] == 20
    assert found["method"] == "sdid"
    assert sum(found["weights"].values()) == pytest.approx(1.0)
    assert found["verdict"] == "told"
    assert found["sealed"] is False


def test_it_says_first_what_came_and_that_it_is_unsealed(folder, invoke):
    few(folder)
    told = invoke(*ASKED, "--treated", "treated")
    assert told.startswith("full: -")
    assert "95.2 % interval" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "Of 21 choices of treated units, the real one included, 1 would show" in " ".join(
        told.split()
    )
    assert "this evaluation is unsealed" in " ".join(told.split())


@pytest.mark.parametrize("method", [one.value for one in Method if one is not Method.ITS])
def test_every_method_by_name(folder, told, method):
    few(folder)
    found = told(*ASKED, "--treated", "treated", "--method", method)
    assert found["method"] == method
    assert found["effect"] == pytest.approx(-4.0, abs=1.5)
    asked = any("was asked for" in one for one in found["caveats"])
    assert asked is (method != "sdid")


def test_first_treated_times_say_the_same_as_flags(folder, told):
    few(folder)
    by_flags = told(*ASKED, "--treated", "treated")
    lines = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()
    header, *rows = lines
    new = [header + ",since"]
    new += [f"{row},{'2021-05' if row.startswith('A0,') else ''}" for row in rows]
    (folder / "panel.csv").write_text("\n".join(new) + "\n", encoding="utf-8")
    by_times = told(*ASKED, "--first-treated", "since")
    assert by_times["effect"] == by_flags["effect"]


def test_lots_within_strata(folder, told):
    values = outcomes(seed=5, n_units=12)
    starts = np.where(np.arange(12) % 2, 12, N_TIMES)
    values[starts < N_TIMES, 12:] -= 3.0
    written(folder, values, starts, extra=lambda unit: "north" if unit < 6 else "south")
    found = told(*ASKED, "--treated", "treated", "--stratum", "more")
    assert found["design"]["design"] == "randomised"
    assert found["inference"] == "permute"
    assert found["n_placebos"] == 20 * 20 - 1
    assert found["high"] < 0


HISTORY = ("design-pilot", "past.csv", "--unit", "area", "--time", "month", "--outcome", "full")
DRAWN = ("--areas", "12", "--periods", "6", "--baseline", "6", "--draw", "lot.json")


def drawn_and_run(folder, told, *, seed=4, n_units=14, more=(), effect=-3.0):
    """Draw a pilot from a past, lay an effect on those who were drawn, and write what came."""
    values = outcomes(seed=seed, n_units=n_units)
    written(folder, values, np.full(n_units, N_TIMES), name="past.csv",
            extra=lambda unit: "north" if unit < 7 else "south")  # fmt: skip
    lot = told(*HISTORY, *DRAWN, *more)["assignment"]
    starts = np.full(n_units, N_TIMES)
    for area, label in zip(lot["areas"], lot["labels"], strict=True):
        if label:
            starts[int(area[1:])] = 12
    values[starts < N_TIMES, 12:] += effect
    order = np.random.default_rng(seed).permutation(n_units)
    written(folder, values[order], starts[order])
    text = (folder / "panel.csv").read_text()
    for row, unit in enumerate(order):
        text = text.replace(f"\nA{row},", f"\nB{unit},")
    (folder / "panel.csv").write_text(text.replace("\nB", "\nA"))
    return lot, values, starts


@pytest.mark.parametrize("accepted", ["1", "0.2"])
def test_a_lot_that_was_written_down_is_tested_over_what_it_could_have_given(
    folder, told, accepted
):
    """Areas that did not take part are left out, rows in any order; by hand with the library."""
    lot, values, starts = drawn_and_run(folder, told, more=("--accepted", accepted))
    found = told(*ASKED, "--treated", "treated", "--assignment", "lot.json")
    came, every = sealed_assignments(lot)
    rows = [int(area[1:]) for area in lot["areas"]]
    change = values[rows, 12:].mean(axis=1) - values[rows, :12].mean(axis=1)
    known = permutation_test(
        change, came, assignments=every, estimator=difference_in_means_estimator()
    )
    assert found["effect"] == pytest.approx(known.effect, rel=1e-9)
    assert (found["low"], found["high"]) == pytest.approx((known.low, known.high), rel=1e-9)
    assert found["n_placebos"] == every.n - 1
    assert (every.n == 924) is (accepted == "1")
    assert found["assignment"]["file"] == "lot.json"
    text = " ".join(found["caveats"])
    assert ("rule of balance" in text) is (accepted != "1")
    assert "2 units did not take part in the draw" in text
    assert len([one for one in starts if one < N_TIMES]) == 6


def test_strata_come_from_the_lot(folder, told):
    lot, *_ = drawn_and_run(folder, told, more=("--strata", "more"))
    found = told(*ASKED, "--treated", "treated", "--assignment", "lot.json")
    assert len(lot["scheme"]["counts"]) == 2
    assert found["n_placebos"] == scheme_of(lot["scheme"]).n_assignments - 1 < 923


def test_a_lot_that_does_not_go_with_the_panel_is_refused(folder, told, invoke):
    lot, *_ = drawn_and_run(folder, told)
    asked = (*ASKED, "--treated", "treated", "--assignment")

    def refused(error, *words):
        with pytest.raises(error) as caught:
            invoke(*words)
        return caught.value.problems

    for words in (("--stratum", "area"), ("--method", "sdid"), ("--inference", "cluster")):
        (problem,) = refused(UsageError, *asked, "lot.json", *words)
        assert problem.code == "beside_a_lot"
    (problem,) = refused(NotFoundError, *asked, "none.json")
    assert problem.code == "lot_missing"
    broken = ("{", "[]", "3", "{}", json.dumps({**lot, "areas": lot["areas"][:-1]}),
              json.dumps({**lot, "scheme": {**lot["scheme"], "clusters": ["x"]}}),
              json.dumps({**lot, "scheme": 1}), json.dumps({**lot, "labels": "1"}))  # fmt: skip
    for text in broken:
        (folder / "broken.json").write_text(text)
        (problem,) = refused((FormatError, UsageError), *asked, "broken.json")
        assert problem.code in {"lot_unreadable", "no_draw", "not_by_these_lots", "lots_fit"}
    (folder / "other.json").write_text(json.dumps({**lot, "areas": ["Z1", *lot["areas"][1:]]}))
    (problem,) = refused(InvalidInputError, *asked, "other.json")
    assert (problem.code, problem.value) == ("lot_area_lacks", "Z1")
    flipped = [1 - one for one in lot["labels"]]
    (folder / "flipped.json").write_text(json.dumps({**lot, "labels": flipped}))
    problems = refused(InvalidInputError, *asked, "flipped.json")
    assert {one.code for one in problems[:5]} == {"lot_not_as_drawn"}


def test_where_nothing_can_be_told_it_says_why(folder, told, invoke):
    values = outcomes(n_units=3)
    written(folder, values, np.zeros(3, dtype=int))
    found = told(*ASKED, "--treated", "treated")
    assert found["effect"] is None
    assert found["verdict"] == "cannot_tell"
    assert found["design"]["refusal"] == "only_where_treated"
    assert "only where and since the initiative is there" in invoke(*ASKED, "--treated", "treated")


def test_a_unit_without_every_time_is_left_out_and_named(folder, told):
    few(folder)
    lines = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("A7,2020-03")]
    (folder / "panel.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    found = told(*ASKED, "--treated", "treated")
    assert found["left_out"] == ["A7"]
    assert any("A7" in one for one in found["caveats"])


def test_rows_in_any_order_give_the_same(folder, told):
    few(folder)
    known = told(*ASKED, "--treated", "treated")
    header, *rows = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()
    (folder / "panel.csv").write_text("\n".join([header, *rows[::-1]]) + "\n", encoding="utf-8")
    found = told(*ASKED, "--treated", "treated")
    assert found["effect"] == pytest.approx(known["effect"], rel=1e-12)
    assert found["p"] == known["p"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--treated", "treated", "--method", "guess"), "no_such_choice"),
        (("--treated", "treated", "--mode", "quick"), "no_such_choice"),
        (("--treated", "treated", "--method", "cs", "--inference", "hac"), "inference_of_method"),
    ],
)
def test_what_cannot_be_asked_for(folder, invoke, words, code):
    few(folder)
    with pytest.raises(UsageError) as caught:
        invoke(*ASKED, *words)
    assert caught.value.problems[0].code == code


def test_two_rows_for_one_unit_and_time_are_named(folder, invoke):
    few(folder)
    with (folder / "panel.csv").open("a", encoding="utf-8") as file:
        file.write("A0,2020-01,3.0,0\n")
    with pytest.raises(InvalidInputError) as caught:
        invoke(*ASKED, "--treated", "treated")
    assert caught.value.problems[0].code == "contradicting_row"


def test_neither_flags_nor_times_of_treatment(folder, invoke):
    few(folder)
    with pytest.raises(UsageError):
        invoke(*ASKED)
