"""The checks on a stream, in counts, figures, rows and words."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest

from evenground.evidence import Message
from evenground.language import language
from evenground.questions.data.measures.checks import Status, flag_schema
from evenground.questions.data.measures.faults.clean import clean_network
from evenground.questions.data.measures.series.across import (
    said_time,
    shared_cadence,
    without_cadence,
)
from evenground.questions.data.measures.series.checks import NAMES, series_checks
from evenground.questions.data.measures.series.folded import folded_table
from evenground.questions.data.measures.series.row_checks import from_few
from evenground.questions.data.measures.series.rules import ColumnRules, SeriesRules
from evenground.questions.data.measures.series.series import Series, audit_series
from evenground.questions.data.wording.series import SERIES

NOTHING = SeriesRules()
EVERY = 300_000_000
SAYS = language("en")


def said(message: Message) -> str:
    """Say a message, and messages within it."""
    inner = {
        name: said(value) if isinstance(value, Message) else value
        for name, value in message.parameters.items()
    }
    return SAYS.say(SERIES[message.code], inner)


def table_of(*several, rules=NOTHING, **more):
    """Return the folded table of some series, each given as values or as a ``Series``."""
    made = [
        one
        if isinstance(one, Series)
        else Series(
            sensor=f"s{i}",
            times=np.arange(one.size) * EVERY,
            values={"v": one},
            rows=np.arange(one.size),
        )
        for i, one in enumerate(several)
    ]
    audits = [audit_series(one, rules=rules, flags=True, **more) for one in made]
    return folded_table(audits, flags=True)


def checks_of(*several, rules=NOTHING, **more):
    table = table_of(*several, rules=rules)
    return {check.name: check for check in series_checks(table, rules, flags=True, **more)}


def temperature(n=1, days=20, seed=1):
    network = clean_network(np.random.default_rng(seed), kind="temperature", sensors=n, days=days)
    return np.split(network.value.copy(), n)


def test_every_check_is_there_in_order_and_can_be_said():
    found = checks_of(*temperature(3))
    assert tuple(found) == NAMES
    for check in found.values():
        assert said(Message(code=f"check.{check.name}"))
        words = [said(check.definition), *([said(check.reason)] if check.reason else [])]
        assert all(word[0].isupper() and word.endswith(".") for word in words), words
        assert (check.status is Status.NOT_ESTABLISHED) == (check.reason is not None)
        json.dumps(check.detail)


def test_clean_series_have_nothing():
    found = checks_of(*temperature(3))
    none = [name for name, check in found.items() if check.status is Status.NONE]
    open_ = [name for name, check in found.items() if check.status is Status.NOT_ESTABLISHED]
    assert set(open_) == {"rate_of_change", "late_arrivals", "unmeasured_zeros"}
    assert set(none) == set(NAMES) - set(open_)
    assert all(check.flags is None or check.flags.num_rows == 0 for check in found.values())


def test_counts_and_flags_agree():
    values = temperature(2)
    values[0][1_000:1_030] = values[0][1_000]
    values[0][2_000:2_003] = -999
    values[1][3_000] += 40
    values[1][4_000:4_040] = 0
    values[1][5_000] = np.nan
    there = np.r_[0:500, 520:5_760]
    short = Series(
        sensor="s2", times=there * EVERY, values={"v": values[0][there]}, rows=np.arange(there.size)
    )
    found = checks_of(*values, short)
    for name in ("gaps", "nulls", "sentinels", "spikes"):
        assert found[name].flags.num_rows == found[name].count > 0, name
        assert found[name].flags.schema == flag_schema()
    stuck = found["stuck_runs"]
    assert stuck.count == 2
    assert stuck.flags.num_rows == stuck.detail["columns"]["v"]["readings"]
    assert found["zero_runs"].count == 1
    gaps = found["gaps"].flags
    assert gaps["sensor"].to_pylist() == ["s2"] * 20
    assert gaps["row"].null_count == 20
    times = gaps["time"].cast(pa.int64()).to_pylist()
    assert times == [i * EVERY for i in range(500, 520)]
    spikes = found["spikes"].flags.to_pylist()[0]
    assert (spikes["sensor"], spikes["row"], spikes["column"]) == ("s1", 3_000, "v")
    assert float(spikes["value"]) == values[1][3_000]
    assert found["sentinels"].flags["value"].to_pylist()[0] == "-999"


def test_gaps_tell_what_was_lost_and_who_began_late():
    values = temperature(1)[0]
    there = np.r_[12:500, 524:5_760]
    late = Series(sensor="late", times=there * EVERY, values={"v": values[there]})
    detail = checks_of(values, late)["gaps"].detail
    assert (detail["gaps"], detail["hours_lost"], detail["longest_hours"]) == (1, 2.0, 2.0)
    assert detail["expected"] == 5_760 + 5_748
    assert detail["share"] == 24 / (5_760 + 5_748)
    assert (detail["starts_late_hours"], detail["ends_early_hours"]) == (1.0, 0.0)
    assert detail["cadence_seconds"] == 300
    assert said(checks_of(values)["gaps"].definition).count("every 5 minutes") == 1


def test_gaps_by_area():
    values = temperature(2)
    there = np.r_[0:500, 510:5_760]
    short = Series(sensor="s1", times=there * EVERY, values={"v": values[1][there]})
    detail = checks_of(values[0], short, areas={"s0": "north", "s1": "south"})["gaps"].detail
    assert detail["by_area"] == {
        "north": {"missing": 0, "expected": 5_760}, "south": {"missing": 10, "expected": 5_760},
    }  # fmt: skip


def test_gaps_at_the_same_hour_cluster():
    day = 24 * 12
    at_two = np.ones(60 * day, dtype=bool)
    for i in range(60):
        at_two[i * day + 24 : i * day + 30] = False
    anywhere = np.ones(60 * day, dtype=bool)
    for place in np.random.default_rng(1).integers(10, 60 * day - 10, 100).tolist():
        anywhere[place : place + 3] = False
    for there, clustered in ((at_two, True), (anywhere, False)):
        places = np.flatnonzero(there)
        series = Series(times=places * EVERY, values={"v": places.astype(float)})
        found = checks_of(series)["gaps"]
        assert found.detail["clusters_by_hour"] is clustered
        assert sum(found.detail["by_hour"]) == sum(found.detail["by_weekday"]) > 0
        assert [note.code for note in found.notes] == ["note.gaps.hour"] * clustered
    few = Series(times=np.r_[0:500, 600:700] * EVERY, values={"v": np.arange(600.0)})
    assert checks_of(few)["gaps"].detail["clusters_by_hour"] is None


def test_from_few():
    assert from_few([90, *[1] * 9, 1]) == 90 / 100
    assert from_few([1] * 9) is None
    assert from_few([0] * 20) is None


def test_without_a_rhythm_gaps_and_runs_are_not_established():
    rng = np.random.default_rng(2)
    at = np.cumsum(rng.exponential(5 * EVERY, 500).astype(np.int64))
    odd = Series(sensor="odd", times=at, values={"v": rng.normal(0, 1, 500)})
    found = checks_of(odd)
    for name in ("gaps", "stuck_runs", "zero_runs", "spikes", "order_inversions"):
        assert found[name].status is Status.NOT_ESTABLISHED, name
    assert found["nulls"].status is Status.NONE


def test_a_series_takes_the_cadence_that_most_share():
    values = temperature(3)
    few = Series(sensor="few", times=np.array([0, 1, 9]) * EVERY, values={"v": np.arange(3.0)})
    table = table_of(*values, few)
    assert shared_cadence(table) == EVERY
    assert without_cadence(table) == ("few",)
    again = audit_series(few, rules=NOTHING, every=shared_cadence(table))
    assert again.n_missing == 7
    assert shared_cadence(table_of(few)) == 0


def test_a_sensor_that_never_changes_is_stuck_where_others_move():
    dead = np.full(5_760, 21.5)
    found = checks_of(*temperature(2), dead)["stuck_runs"]
    assert (found.count, found.detail["columns"]["v"]["never_change"]) == (1, ["s2"])
    assert found.detail["columns"]["v"]["never_change_readings"] == 5_760
    assert set(found.flags["sensor"].to_pylist()) == {"s2"}
    assert set(found.flags["check"].to_pylist()) == {"stuck_runs"}


def test_sensors_that_never_change_alone_prove_nothing():
    found = checks_of(np.full(5_760, 21.5), np.full(5_760, 3.0))["stuck_runs"]
    assert found.status is Status.NOT_ESTABLISHED
    assert found.reason == Message(code="reason.no_stuck_limit")


def begun(begins, n=400, seed=1):
    values = np.random.default_rng(seed).poisson(30, n).astype(float) + 1
    values[:begins] = 0
    return values


def test_zeros_from_before_the_technology_are_not_measurements():
    found = checks_of(*(begun(b, seed=b) for b in (100, 200, 0, 300, 150, 400)))["unmeasured_zeros"]
    assert found.count == 100 + 200 + 300 + 150 + 400
    figures = found.detail["columns"]["v"]
    assert (figures["series"], figures["never_measured"]) == (5, 1)
    assert found.flags.num_rows == found.count


def test_zeros_that_are_usual_prove_nothing():
    rng = np.random.default_rng(3)
    rain = [np.where(rng.random(400) < 0.1, 1.0, 0.0) for _ in range(6)]
    assert checks_of(*rain)["unmeasured_zeros"].status is Status.NOT_ESTABLISHED
    assert checks_of(begun(100), begun(0))["unmeasured_zeros"].status is Status.NOT_ESTABLISHED
    few = checks_of(*(begun(3, seed=i) for i in range(6)))["unmeasured_zeros"]
    assert few.status is Status.NONE


def test_what_is_declared_is_said():
    column = ColumnRules(low=-20, high=40, max_per_hour=5.0, min_stuck=4, spike_k=8.0,
                         saturates_at=(39.0,))  # fmt: skip
    rules = SeriesRules(cadence_seconds=300, late_seconds=3_600, columns={"v": column})
    found = checks_of(*temperature(2), rules=rules)
    codes = {name: check.definition.code for name, check in found.items()}
    assert codes["out_of_range"] == "definition.out_of_range.declared"
    assert codes["stuck_runs"] == "definition.stuck_runs.declared"
    assert codes["spikes"] == "definition.spikes.declared"
    assert codes["saturation"] == "definition.saturation.declared"
    assert "1 hour" in said(found["late_arrivals"].definition)
    assert found["out_of_range"].detail["columns"]["v"]["at_most"] == 40
    assert found["rate_of_change"].count > 0


@pytest.mark.parametrize(
    ("microseconds", "words"),
    [
        (1_000_000, "1 second"), (90_000_000, "90 seconds"), (300_000_000, "5 minutes"),
        (3_600_000_000, "1 hour"), (172_800_000_000, "2 days"), (1_500_000, "1.5 seconds"),
    ],
)  # fmt: skip
def test_time_between_readings_in_words(microseconds, words):
    assert said(said_time(microseconds)) == words


def test_an_empty_table_is_answered():
    several = series_checks(folded_table([], flags=True), NOTHING, flags=True)
    found = {check.name: check for check in several}
    assert found["gaps"].status is Status.NOT_ESTABLISHED
    assert found["duplicates"].count == 0
    assert found["nulls"].reason == Message(code="reason.no_columns")


def test_the_order_of_series_is_no_matter():
    table = table_of(*temperature(4), *[begun(b) for b in (3, 60)])
    one = series_checks(table, NOTHING)
    other = series_checks(table.take([5, 2, 0, 1, 4, 3]), NOTHING)
    assert one == other


def test_no_word_ranks_anything():
    banned = {"best", "worst", "rank", "top", "fail", "failed", "pass", "score", "overall"}
    for template in SERIES.values():
        for text in template if isinstance(template, tuple) else (template,):
            assert banned.isdisjoint(text.lower().replace(".", " ").replace(",", " ").split())
