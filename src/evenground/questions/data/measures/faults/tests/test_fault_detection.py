"""How well faults were found."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.data.measures.faults.detection import detection

SECOND = 1_000_000


def marks(*entries, check="spikes"):
    return pa.table(
        {
            "sensor": pa.array([sensor for sensor, _ in entries], pa.string()),
            "time": pa.array([at * SECOND for _, at in entries], pa.int64()),
            "check": pa.array([check] * len(entries), pa.string()),
        }
    )


def test_precision_recall_and_f1():
    """The measures of van Rijsbergen (1979): of 4 true and 3 flagged, 2 agree."""
    truth = marks(("a", 1), ("a", 2), ("a", 3), ("b", 1))
    flags = marks(("a", 2), ("b", 1), ("b", 9))
    found = detection(truth, flags)["spikes"]
    assert (found.n_true, found.n_flagged, found.n_hits) == (4, 3, 2)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(1 / 2)
    assert found.f1 == pytest.approx(4 / 7)


def test_another_sensor_is_no_hit():
    assert detection(marks(("a", 1)), marks(("b", 1)))["spikes"].n_hits == 0


def test_a_flag_stands_for_one_reading_only():
    once, twice = marks(("a", 1)), marks(("a", 1), ("a", 1))
    assert detection(twice, once)["spikes"].n_hits == 1
    assert detection(once, twice)["spikes"].n_hits == 1
    assert detection(twice, twice)["spikes"].n_hits == 2


def test_a_flag_may_lie_as_far_off_as_tolerated():
    truth, flags = marks(("a", 10), ("a", 20)), marks(("a", 12), ("a", 17))
    assert detection(truth, flags)["spikes"].n_hits == 0
    assert detection(truth, flags, tolerance_seconds=2)["spikes"].n_hits == 1
    assert detection(truth, flags, tolerance_seconds=3)["spikes"].n_hits == 2


def test_checks_are_scored_apart_and_missing_ones_are_there():
    found = detection(marks(("a", 1), check="stuck_runs"), marks(("a", 1), check="spikes"))
    assert (found["stuck_runs"].recall, found["spikes"].precision) == (0, 0)
    assert math.isnan(found["stuck_runs"].precision)
    assert detection(marks(), marks()) == {}


@pytest.mark.parametrize(
    ("theirs", "mine"), [("missing", "gaps"), ("nulls", "gaps"), ("stuck", "stuck_runs")]
)
def test_other_names_are_understood(theirs, mine):
    assert detection(marks(("a", 1), check=theirs), marks(("a", 1), check=mine))[mine].f1 == 1


def test_timestamps_of_any_unit():
    truth = marks(("a", 1))
    seconds = truth.set_column(
        1, "time", truth["time"].cast(pa.timestamp("us")).cast(pa.timestamp("s"))
    )
    assert detection(seconds, truth)["spikes"].f1 == 1


@given(
    st.lists(st.integers(0, 20), max_size=8),
    st.lists(st.integers(0, 20), max_size=8),
    st.integers(0, 3),
)
def test_no_pairing_has_more_hits(true, flagged, tolerance):
    def most(rest, used):
        if not rest:
            return 0
        best = most(rest[1:], used)
        for i, at in enumerate(flagged):
            if i not in used and abs(at - rest[0]) <= tolerance:
                best = max(best, 1 + most(rest[1:], used | {i}))
        return best

    truth, flags = (marks(*(("a", at) for at in several)) for several in (true, flagged))
    found = detection(truth, flags, tolerance_seconds=tolerance)
    hits = found["spikes"].n_hits if found else 0
    assert hits == most(true, frozenset())
