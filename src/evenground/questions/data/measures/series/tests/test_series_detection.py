"""Planted faults are found, and clean series are left in peace.

A larger run stands in tests/calibrate.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.data.measures.faults.clean import KINDS, clean_network
from evenground.questions.data.measures.faults.detection import detection
from evenground.questions.data.measures.faults.planting import (
    missing,
    placeholders,
    plant,
    spikes,
    stuck,
    zero_dropouts,
)
from evenground.questions.data.measures.faults.rows import duplicates, inversions, late_arrivals
from evenground.questions.data.measures.faults.stream import truth_table
from evenground.questions.data.measures.series.checks import series_checks
from evenground.questions.data.measures.series.folded import folded_table
from evenground.questions.data.measures.series.rules import SeriesRules
from evenground.questions.data.measures.series.series import Series, audit_series

NOTHING = SeriesRules()
FAULTS = ("stuck_runs", "zero_runs", "out_of_range", "sentinels", "spikes", "saturation")


def folded(stream):
    """Audit a stream, sensor by sensor."""
    audits = []
    for i, name in enumerate(stream.names):
        rows = np.flatnonzero(stream.sensor == i)
        arrived = None if stream.arrived is None else stream.arrived[rows]
        series = Series(
            sensor=name, times=stream.time[rows], values={"value": stream.value[rows]}, rows=rows,
            arrived=arrived,
        )  # fmt: skip
        audits.append(audit_series(series, rules=NOTHING, flags=True))
    return folded_table(audits, flags=True)


def found_in(planted):
    checks = series_checks(folded(planted.stream), NOTHING, flags=True)
    flags = pa.concat_tables([check.flags for check in checks if check.flags is not None])
    return detection(truth_table(planted), flags)


def planted_in(kind, seed, *faults, sensors=4, days=60):
    rng = np.random.default_rng([seed, list(KINDS).index(kind)])
    return plant(clean_network(rng, kind=kind, sensors=sensors, days=days), rng, faults)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", ["temperature", "particles", "humidity", "noise"])
def test_stuck_missing_and_repeated_rows_are_found(kind, seed):
    found = found_in(
        planted_in(
            kind, seed, partial(missing, n=30), partial(stuck, n=40, nulls=0.1),
            partial(duplicates, exact=60, conflicting=40, scale=2.0),
        )
    )  # fmt: skip
    assert found["stuck_runs"].f1 >= 0.95
    assert found["gaps"].recall == 1
    assert found["duplicates"].f1 == 1
    # Readings that were emptied inside stuck runs are missing too, and stand in no truth of gaps.
    assert found["gaps"].f1 >= 0.95


@pytest.mark.parametrize("seed", [1, 2])
def test_stuck_counters_are_found_where_they_count(seed):
    """At night a counter stands at zero by nature, and stuck or not cannot be told."""
    planted = planted_in("traffic", seed, partial(stuck, n=40, lengths=(12, 50)))
    truth = planted.truth[0]
    zero = np.isin(
        np.stack([truth.sensor, truth.time], axis=1).view("i8,i8").ravel(),
        np.stack([planted.stream.sensor, planted.stream.time], axis=1)
        .view("i8,i8")
        .ravel()[planted.stream.value == 0],
    )
    other = planted._replace(
        truth=(truth._replace(sensor=truth.sensor[~zero], time=truth.time[~zero]),)
    )
    found = found_in(other)["stuck_runs"]
    assert found.precision >= 0.95
    assert found.recall >= 0.85


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("kind", "least"), [("temperature", 0.9), ("humidity", 0.9), ("noise", 0.85)]
)
def test_spikes_are_found(kind, least, seed):
    """Noise is less at night than by day: five times what it is on the whole is little by day."""
    found = found_in(planted_in(kind, seed, partial(spikes, n=150), sensors=3))
    assert found["spikes"].f1 >= least
    assert found["spikes"].precision >= 0.95


def test_other_faults_are_found():
    found = found_in(
        planted_in(
            "particles", 3, partial(zero_dropouts, n=8), partial(placeholders, n=10),
            partial(inversions, n=20), partial(late_arrivals, n=30),
        )
    )  # fmt: skip
    for check in ("sentinels", "order_inversions", "late_arrivals"):
        assert found[check].f1 >= 0.95, check
    assert found["zero_runs"].precision == 1
    assert found["zero_runs"].recall >= 0.7


@pytest.mark.parametrize("kind", KINDS)
def test_clean_series_are_left_in_peace(kind):
    """Four sensor-years of each kind, twenty in all: no false alarm."""
    network = clean_network(np.random.default_rng(11), kind=kind, sensors=4, days=365)
    counts = {check.name: check.count for check in series_checks(folded(network), NOTHING)}
    assert {name: counts[name] for name in FAULTS if counts[name]} == {}
    assert (counts["gaps"], counts["duplicates"], counts["nulls"]) == (0, 0, 0)


def test_a_truth_written_elsewhere_is_scored_the_same():
    planted = planted_in("temperature", 4, partial(stuck, n=10), partial(spikes, n=20), sensors=2)
    other = {"stuck_runs": "flatline", "spikes": "outlier"}
    mine = truth_table(planted)
    theirs = pa.table(
        {
            "sensor": mine["sensor"],
            "time": mine["time"].cast(pa.int64()),
            "check": [other[name] for name in mine["check"].to_pylist()],
        }
    )
    flags = pa.concat_tables(
        [
            check.flags
            for check in series_checks(folded(planted.stream), NOTHING, flags=True)
            if check.flags is not None
        ]
    )
    assert detection(theirs, flags) == detection(mine, flags)
