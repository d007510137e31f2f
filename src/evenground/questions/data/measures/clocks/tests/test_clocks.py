"""What clocks do to times, from zones' rules to rows in an engine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.language import language
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.clocks.clock_checks import clock_checks
from evenground.questions.data.measures.clocks.clock_shifts import clock_shifts, hourly_profile
from evenground.questions.data.measures.clocks.placeholders import dates_that_do_not_exist
from evenground.questions.data.measures.clocks.suspicious import Times, suspicious_times
from evenground.questions.data.measures.clocks.transitions import Kind, transitions, zone_of
from evenground.questions.data.measures.series.folded import folded_schema
from evenground.questions.data.wording.clocks import CLOCKS

TODAY = date(2024, 6, 1)
HOUR = 3_600_000_000
BEGINNING = datetime(1970, 1, 1)  # noqa: DTZ001 - a clock on the wall
ZONES = ("Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kolkata")


def wall(*when):
    """Return microseconds of a clock on the wall."""
    return (datetime(*when) - BEGINNING) // timedelta(microseconds=1)  # noqa: DTZ001


def shown_by(zone, start, end, step):
    """Return what a clock that follows its zone shows, every ``step`` minutes, UTC in between."""
    rows, now = [], start
    while now < end:
        local = now.astimezone(zone_of(zone)).replace(tzinfo=None)
        rows.append((local - BEGINNING) // timedelta(microseconds=1))
        now += timedelta(minutes=step)
    return rows


def table(rows, **columns):
    made = pa.table({"t": pa.array(rows, pa.int64()), **columns})
    return ibis.duckdb.connect().create_table("rows", made)


def checks_of(rows, zone="Europe/Stockholm", *, folded=None, readings=True, texts=None, sensor=()):
    columns = {"s": pa.array(sensor)} if sensor else {}
    times = Times(column="t", zone=zone, sensor="s" if sensor else "", readings=readings)
    found = suspicious_times(table(rows, **columns), times, TODAY).to_pyarrow()
    made = clock_checks(found, times, TODAY, folded=folded, texts=texts)
    return {check.name: check for check in made}


def folded_of(rows, cadence):
    """Return the folded table of one sensor's sorted times."""
    rows = sorted(rows)
    distinct = sorted(set(rows))
    gaps = [
        {"start": a, "end": b, "n_missing": (b - a) // cadence - 1}
        for a, b in pairwise(distinct)
        if b - a > cadence
    ]
    row = {
        "sensor": "", "first": distinct[0], "last": distinct[-1], "cadence": cadence, "gaps": gaps,
        "n_exact": len(rows) - len(distinct), "n_conflicting": 0,
        "n_missing": sum(gap["n_missing"] for gap in gaps), "values": [], "days": [],
    }  # fmt: skip
    return pa.Table.from_pylist([row], schema=folded_schema())


def test_stockholm_2024():
    """Directive 2000/84/EC: the last Sundays of March and October, at 1 in the morning UTC."""
    found = transitions("Europe/Stockholm", wall(2024, 1, 1), wall(2024, 12, 31))
    assert [one.kind for one in found] == [Kind.SKIPPED, Kind.REPEATED]
    assert (found[0].start, found[0].end) == (wall(2024, 3, 31, 2), wall(2024, 3, 31, 3))
    assert (found[1].start, found[1].end) == (wall(2024, 10, 27, 2), wall(2024, 10, 27, 3))


def test_new_york_2011_and_half_an_hour_on_lord_howe():
    """Energy Policy Act of 2005, section 110: second Sunday of March, first of November."""
    found = transitions("America/New_York", wall(2011, 1, 1), wall(2012, 12, 31))
    assert [one.start for one in found] == [
        wall(2011, 3, 13, 2), wall(2011, 11, 6, 1), wall(2012, 3, 11, 2), wall(2012, 11, 4, 1),
    ]  # fmt: skip
    howe = transitions("Australia/Lord_Howe", wall(2024, 1, 1), wall(2024, 12, 31))
    assert {one.end - one.start for one in howe} == {HOUR // 2}
    assert transitions("UTC", 0, wall(2024, 1, 1)) == ()


@given(st.sampled_from(ZONES), st.integers(0, 54 * 365 * 48))
@settings(max_examples=60, deadline=None)
def test_a_skipped_time_does_not_come_back_from_utc_and_all_others_do(zone, halves):
    local = BEGINNING + timedelta(minutes=30 * halves)
    moment = (local - BEGINNING) // timedelta(microseconds=1)
    there = local.replace(tzinfo=zone_of(zone))
    back = there.astimezone(UTC).astimezone(zone_of(zone)).replace(tzinfo=None)
    changes = transitions(zone, moment, moment)
    skipped = any(c.kind is Kind.SKIPPED and c.start <= moment < c.end for c in changes)
    repeated = any(c.kind is Kind.REPEATED and c.start <= moment < c.end for c in changes)
    assert (back != local) == skipped
    assert (there.utcoffset() != there.replace(fold=1).utcoffset()) == (skipped or repeated)


def test_a_clock_that_follows_its_zone_explains_its_gap_and_its_repeats():
    start, end = datetime(2023, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)
    rows = shown_by("Europe/Stockholm", start, end, 15)
    found = checks_of(rows, folded=folded_of(rows, 15 * 60_000_000))
    saving = found["daylight_saving"]
    assert saving.count == 8
    assert (saving.detail["repeated_rows"], saving.detail["missing_readings"]) == (4, 4)
    assert (saving.detail["of_repeated_rows"], saving.detail["of_missing_readings"]) == (4, 4)
    assert saving.detail["clock_is_put_forward"] is True
    assert [one["date"] for one in saving.detail["changes"]] == ["2023-03-26", "2023-10-29"]
    assert found["nonexistent_times"].status is Status.NONE
    assert found["ambiguous_times"].count == 8
    assert found["impossible_dates"].status is Status.NONE


def test_a_clock_that_stays_as_it_is_bears_times_that_never_were():
    rows = [wall(2023, 3, 25) + i * HOUR for i in range(72)]
    found = checks_of(rows, folded=folded_of(rows, HOUR))
    assert found["nonexistent_times"].count == 1
    assert found["nonexistent_times"].detail["dates"] == {"2023-03-26": 1}
    assert found["daylight_saving"].count == 0
    assert found["daylight_saving"].detail["clock_is_put_forward"] is False


def test_other_gaps_and_repeats_are_not_daylight_savings():
    rows = [wall(2023, 3, 24) + i * HOUR for i in range(96) if i not in {5, 30, 31}] * 2
    found = checks_of(rows, folded=folded_of(rows, HOUR))
    assert found["daylight_saving"].detail["repeated_rows"] == 0
    assert found["daylight_saving"].detail["missing_readings"] == 0


def test_several_sensors_do_not_repeat_each_other():
    rows = [wall(2023, 10, 29, 2)] * 3
    assert checks_of(rows, sensor=["a", "b", "b"])["daylight_saving"].count == 1


def test_without_a_zone_nothing_is_established():
    found = checks_of([wall(2023, 3, 26, 2)], "")
    names = ("daylight_saving", "nonexistent_times", "ambiguous_times")
    assert {found[name].status for name in names} == {Status.NOT_ESTABLISHED}
    assert found["impossible_dates"].status is Status.NONE
    with pytest.raises(UsageError):
        checks_of([0], "Europe/Nowhere")


def test_an_engine_moves_times_that_never_were_and_so_is_never_asked():
    """02:30 on 2023-03-26 does not exist in Stockholm; DuckDB gives a moment all the same."""
    moved = duckdb.sql(
        "select epoch(timestamp '2023-03-26 02:30:00' at time zone 'Europe/Stockholm')"
    )
    assert moved.fetchall()[0][0] is not None
    rows = [wall(2023, 3, 26, 2, 30), wall(2023, 3, 26, 3, 30)]
    found = suspicious_times(table(rows), Times(column="t", zone="Europe/Stockholm"), TODAY)
    assert "time zone" not in str(ibis.to_sql(found, dialect="duckdb")).lower()
    assert sorted(found.to_pyarrow().column("first").to_pylist()) == rows


def test_the_zero_of_computers_stands_out_in_any_zone():
    rows = [wall(1969, 12, 31, 20)] * 20 + [wall(2015, 10, 11)] * 5
    found = checks_of(rows)["impossible_dates"]
    assert found.detail["kinds"] == {"epoch_zero": 20}
    births = [wall(1960, 1, 1) + i * 24 * HOUR for i in range(9000)] * 3
    assert checks_of(births)["impossible_dates"].count == 0


def test_dates_ahead_and_before_all():
    rows = [wall(2024, 6, 2), wall(2024, 6, 4), wall(2030, 1, 1), wall(9999, 12, 31), wall(1, 1, 1)]
    assert checks_of(rows)["impossible_dates"].detail["kinds"] == {"too_late": 3, "too_early": 1}
    planned = checks_of(rows, readings=False)["impossible_dates"]
    assert planned.detail["kinds"] == {"too_late": 1, "too_early": 1}
    sheet = [wall(1899, 12, 30)] * 4
    assert checks_of(sheet)["impossible_dates"].detail["kinds"] == {"spreadsheet_zero": 4}


def test_texts_that_are_no_dates():
    texts = {
        "2015-02-31": 2, "31/02/2015": 1, "02/31/2015": 1, "0000-00-00": 3, "2015-06-01 25:10": 1,
        "2015-06-01T24:00": 5, "31/01/2015": 5, "12.31.2015": 5, "unknown": 5, "29/02/2016": 5,
    }  # fmt: skip
    wrong = dates_that_do_not_exist(texts)
    assert sum(wrong.values()) == 8
    found = checks_of([wall(2020, 1, 1)], texts=texts)["impossible_dates"]
    assert found.detail["kinds"] == {"no_such_day": 8}
    assert found.detail["examples"][0] == "0000-00-00"


@given(st.permutations(range(12)))
@settings(max_examples=5, deadline=None)
def test_the_order_of_rows_and_empty_times_change_nothing(order):
    rows = [wall(2023, 10, 29, 2, 15 * (i % 4)) for i in range(9)] + [wall(1970, 1, 1), 0, None]
    mixed = [rows[i] for i in order]
    one = {name: check.detail for name, check in checks_of(rows).items()}
    assert one == {name: check.detail for name, check in checks_of(mixed).items()}


def day_of(sensor, shift, weeks, rng):
    """Return hourly rows of a sensor whose day begins ``shift`` hours late in the second half."""
    hours = np.arange(weeks * 168)
    late = np.where(hours >= weeks * 84, shift, 0)
    shape = np.exp(-((((hours - late) % 24) - 8) ** 2) / 6)
    value = 5 + 40 * shape + rng.normal(size=hours.size)
    return [
        (sensor, int(wall(2024, 1, 4)) + int(h) * HOUR, float(v))
        for h, v in zip(hours, value, strict=True)
    ]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("n", "beside"), [(8, "network"), (1, "itself")])
def test_a_clock_that_is_off_is_found(seed, n, beside):
    rng = np.random.default_rng(seed)
    rows = [row for i in range(n) for row in day_of(f"s{i}", 0 if i else 3, 12, rng)]
    columns = list(zip(*rows, strict=True))
    made = table(columns[1], s=pa.array(columns[0]), v=pa.array(columns[2]))
    profile = hourly_profile(made, "s", "t", "v").to_pyarrow()
    found = clock_shifts(profile)
    if beside == "network":
        assert found.count == 1
        (stretch,) = found.detail["stretches"]
        assert (stretch["sensor"], stretch["hours"], stretch["beside"]) == ("s0", 3, "network")
    else:  # which half of the weeks is wrong cannot be told, only that they differ
        (stretch,) = found.detail["stretches"]
        assert abs(stretch["hours"]) == 3


def test_a_clock_that_is_right_or_unknown():
    rng = np.random.default_rng(3)
    rows = [row for i in range(7) for row in day_of(f"s{i}", 0, 8, rng)]
    columns = list(zip(*rows, strict=True))
    made = table(columns[1], s=pa.array(columns[0]), v=pa.array(columns[2]))
    assert clock_shifts(hourly_profile(made, "s", "t", "v").to_pyarrow()).count == 0
    assert clock_shifts(None).status is Status.NOT_ESTABLISHED


def test_everything_is_said():
    english = language("en")
    found = [*checks_of([0], "").values(), *checks_of([0]).values(), clock_shifts(None)]
    found += checks_of([0], readings=False).values()
    for check in found:
        for message in filter(None, (check.definition, check.reason)):
            assert english.say(CLOCKS[message.code], message.parameters)
        assert f"check.{check.name}" in CLOCKS
    for kind in ("epoch_zero", "too_late", "no_such_day"):
        assert f"date.{kind}" in CLOCKS


def test_a_known_span_changes_nothing():
    rows = [wall(2023, 3, 25) + i * HOUR for i in range(400 * 24)] + [wall(1970, 1, 1)]
    found = []
    for span in (None, (min(rows), max(rows))):
        times = Times(column="t", zone="Europe/Stockholm", span=span)
        made = suspicious_times(table(rows), times, TODAY).to_pyarrow()
        found.append([c.detail for c in clock_checks(made, times, TODAY)])
    assert found[0] == found[1]
