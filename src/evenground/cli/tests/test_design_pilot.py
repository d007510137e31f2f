from __future__ import annotations

import json

import numpy as np
import pytest

from evenground.errors import InvalidInputError, NotFoundError, UsageError, WriteError
from evenground.questions.promise.measures.pilot.null_intervals import (
    Reassignment,
    null_intervals,
)
from evenground.questions.promise.measures.pilot.pilot_design import pilot_design
from evenground.questions.promise.measures.randomised.scheme import scheme_of
from evenground.workspace import one_pilot
from evenground.workspace.appraising import DEFAULT_SEED
from evenground.workspace.pilot_asked import SEED

ASKED = (
    "design-pilot", "history.csv", "--unit", "area", "--time", "month", "--outcome", "full",
)  # fmt: skip
N_AREAS, N_MONTHS = 16, 36


@pytest.fixture(autouse=True)
def few_draws(monkeypatch):
    """Look less closely, so that tests are quick."""
    monkeypatch.setattr(one_pilot, "FIRST_LOOK", (4, 80))
    monkeypatch.setattr(one_pilot, "SECOND_LOOK", (10, 120))


def values(seed=1, n_areas=N_AREAS, n_months=N_MONTHS):
    rng = np.random.default_rng(seed)
    levels = rng.normal(20, 5, (n_areas, 1))
    return np.round(levels + rng.normal(0, 1, (n_areas, n_months)).cumsum(axis=1) * 0.2
                    + rng.normal(0, 1, (n_areas, n_months)), 3)  # fmt: skip


def months(n=N_MONTHS):
    return [f"{2020 + at // 12}-{at % 12 + 1:02d}" for at in range(n)]


def written(folder, y=None, *, name="history.csv", order=1):
    y = values() if y is None else y
    rows = [
        f"A{unit:02d},{month},{y[unit, at]},{'hill' if unit % 2 else 'port'}"
        for unit in range(len(y))
        for at, month in enumerate(months(y.shape[1]))
    ]
    (folder / name).write_text("\n".join(["area,month,full,side", *rows[::order]]) + "\n")


def test_keys_that_programs_rely_on(folder, told):
    written(folder)
    found = told(*ASKED, "--effect", -2, "--contract-months", 36, "--delay", "habits=20")
    assert {
        "minimum_detectable_effect", "low", "high", "power", "designs", "can_answer", "cheapest",
        "horizon", "caveats", "inputs", "assignment", "seed",
    } <= set(found)  # fmt: skip
    assert found["can_answer"] is True
    assert found["low"] <= found["minimum_detectable_effect"] <= found["high"]
    assert found["minimum_detectable_effect"] <= 2
    curve = [one["power"] for one in found["power"]]
    assert curve == sorted(curve)
    assert found["power"][3] == {"effect": 2.0, "power": found["design"]["power"]}
    assert found["inputs"][0]["sha256"]
    assert found["period"] == "month"
    assert found["horizon"]["unseen"] == ["habits"]
    assert found["horizon"]["contract_after"] == 36 - 9
    assert found["cheapest"]["can_answer"]
    assert found["cheapest"]["cost"] <= found["design"]["cost"]
    assert len(found["designs"]) == len(
        {json.dumps(one, sort_keys=True) for one in found["designs"]}
    )


def test_numbers_are_the_librarys(folder, told):
    """The same history laid in by hand: rows by name, the design's own chance."""
    written(folder)
    found = told(*ASKED, "--design", "parallel", "--periods", 6, "--baseline", 0, "--seed", 3)
    pilot = pilot_design("parallel", n_areas=N_AREAS, n_periods=6)
    null = null_intervals(
        values(), pilot, rng=np.random.default_rng([3, 7919, 0, N_AREAS, 6, 0, 0]),
        reassignment=Reassignment(n_pilots=10, n_assignments=120),
    )  # fmt: skip
    ends = np.concatenate([-null.lows, null.highs])
    assert found["minimum_detectable_effect"] == pytest.approx(
        np.quantile(ends, 0.8, method="inverted_cdf"), rel=1e-9
    )


def test_rows_in_any_order_draw_the_same(folder, told):
    written(folder)
    known = told(*ASKED, "--effect", 2, "--accepted", 0.2, "--strata", "side")
    written(folder, order=-1)
    found = told(*ASKED, "--effect", 2, "--accepted", 0.2, "--strata", "side")
    for key in ("minimum_detectable_effect", "designs", "cheapest", "sentences"):
        assert found[key] == known[key]
    assert found["assignment"]["areas"] == known["assignment"]["areas"]
    assert found["assignment"]["labels"] == known["assignment"]["labels"]


def test_a_large_promise_can_and_a_small_one_cannot_be_seen(folder, invoke):
    written(folder)
    assert invoke(*ASKED, "--effect", 3).startswith("This pilot can answer. ")
    small = invoke(*ASKED, "--effect", -0.05)
    assert small.startswith("This pilot cannot answer. ")
    assert " ".join(small.split()).count("None of the ") == 1
    assert "-0.0500 as promised" in small
    alone = invoke(*ASKED, "--design", "ancova", "--areas", 4, "--effect", 3)
    assert alone.startswith("This pilot cannot answer, whatever comes. With 4 areas")
    assert "33 % of cases" in alone
    assert "How often" not in alone
    assert "The cheapest of the" in alone
    open_ = invoke(*ASKED)
    assert "depends on what is promised: say --effect" in " ".join(open_.split())


def test_four_areas_can_see_nothing(folder, invoke):
    written(folder, values(n_areas=4))
    words = " ".join(invoke(*ASKED, "--effect", 3).split())
    assert "can see any effect: there are too few areas." in words


def test_lines_fit_a_terminal(folder, invoke):
    written(folder)
    words = invoke(
        *ASKED, "--effect", 2, "--worthwhile", 0.5, "--life-months", 120, "--delay",
        "people who change how they take their waste out=18", "--design", "stepped_wedge",
    )  # fmt: skip
    said, _ = words.split("Sources of the methods:")
    assert all(len(line) <= 80 for line in said.splitlines())
    assert "the whole interval lies beyond 0.500" in " ".join(said.split())
    assert "an effect that grows with time is told too small" in " ".join(said.split())
    assert invoke(*ASKED) == invoke(*ASKED)


def test_the_cost_asked_for_is_told(folder, told):
    written(folder)
    found = told(*ASKED, "--periods", 6, "--effect", 2, "--cost-area", 1000, "--cost-period", 10)
    assert found["design"]["cost"] == 8 * 1000 + 8 * 6 * 10
    free = told(*ASKED, "--periods", 6, "--effect", 2, "--cost-area", 1000)
    assert free["design"]["cost"] == 8 * 1000


def test_the_draw_can_be_sealed_and_drawn_again(folder, told, invoke):
    written(folder)
    more = ("--accepted", 0.2, "--strata", "side", "--areas", 12)
    words = invoke(*ASKED, *more, "--draw", "lot.json")
    assert "written to lot.json" in words
    drawn = json.loads((folder / "lot.json").read_text())
    scheme = scheme_of(drawn["scheme"])
    assert scheme.allows(np.array(drawn["labels"]))
    assert len(drawn["areas"]) == 12
    assert drawn["drawn_from"]["sha256"] == told(*ASKED)["inputs"][0]["sha256"]
    assert told(*ASKED, *more)["assignment"] == drawn
    x, z = np.array(drawn["balance"]["covariates"]), np.array(drawn["labels"])
    gap = x[z == 1].mean(axis=0) - x[z == 0].mean(axis=0)
    n = (z == 1).sum() * (z == 0).sum() / z.size
    distance = n * gap @ np.linalg.solve(np.cov(x.T), gap)
    assert distance <= drawn["balance"]["largest_mahalanobis_distance"] * (1 + 1e-9)
    with pytest.raises(WriteError):
        invoke(*ASKED, *more, "--draw", "lot.json")
    assert told(*ASKED, *more, "--seed", 5)["assignment"]["labels"] != drawn["labels"]


@pytest.mark.parametrize("design", ["parallel", "stepped_wedge"])
def test_the_draw_as_a_roll_out(folder, told, design):
    written(folder)
    found = told(*ASKED, "--design", design, "--strata", "side", "--draw", "rollout.csv")
    first, *rows = (folder / "rollout.csv").read_text().splitlines()
    assert first == "unit_id,arm,stratum,step"
    assert len(rows) == N_AREAS
    cells = [row.split(",") for row in rows]
    assert [one[0] for one in cells] == found["assignment"]["areas"]
    if design == "parallel":
        assert sum(one[1] == "treated" for one in cells) == N_AREAS // 2
    else:
        assert sorted(one[3] for one in cells) == sorted("1234" * 4)
    assert {one[2] for one in cells} == {"hill", "port"}


def test_only_the_past_up_to_a_date_is_used(folder, told):
    written(folder)
    found = told(*ASKED, "--until", "2021-12", "--periods", 6)
    assert found["assignment"]["drawn_from"]["until"] == "2021-12"
    written(folder, values()[:, :24], name="short.csv")
    short = told("design-pilot", "short.csv", *ASKED[2:], "--periods", 6)
    assert short["minimum_detectable_effect"] == found["minimum_detectable_effect"]
    with pytest.raises(UsageError, match="2019"):
        told(*ASKED, "--until", "2019")


def test_a_unit_with_gaps_is_left_out_and_named(folder, told):
    written(folder)
    text = (folder / "history.csv").read_text().splitlines()
    (folder / "history.csv").write_text("\n".join([*text[:5], *text[6:]]) + "\n")
    found = told(*ASKED)
    assert "A00" not in found["assignment"]["areas"]
    assert "A00" in found["inputs"][0]["set_aside"][0]["why"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--areas", 17), "pilot_too_large"),
        (("--periods", 40), "pilot_too_long"),
        (("--periods", 20, "--baseline", 20), "pilot_too_long"),
        (("--design", "ancovva"), "no_such_design"),
        (("--design", "ancova", "--baseline", 0), "baseline_needed"),
        (("--accepted", 0.1, "--baseline", 0), "baseline_needed"),
        (("--design", "stepped_wedge", "--periods", 2), "steps_few"),
        (("--every", "fortnight"), "no_such_period"),
        (("--delay", "habits"), "delay_unreadable"),
        (("--delay", "=3"), "delay_unreadable"),
        (("--until", "1999-01"), "no_such_time"),
    ],
)
def test_pilots_that_cannot_be_are_refused_with_a_way_out(folder, told, options, code):
    written(folder)
    with pytest.raises(UsageError) as caught:
        told(*ASKED, *options)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.way_out


def test_wrong_cells_are_refused_with_their_place(folder, told):
    written(folder)
    with pytest.raises(NotFoundError):
        told(*ASKED[:-1], "fulll")
    text = (folder / "history.csv").read_text()
    (folder / "history.csv").write_text(text.replace("A03,2020-02,", "A03,2020-01,"))
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row) == ("contradicting_row", 3 * N_MONTHS + 3)
    (folder / "history.csv").write_text(text.replace("A03,2020-02,", "A03,2020-02,many "))
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED)
    assert caught.value.problems[0].place.column == "full"


def test_the_seed_is_that_of_other_commands():
    assert SEED == DEFAULT_SEED
