"""The alarm sounds where areas contradict the line, and is silent where the line is true."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.ecological_regression import goodman_diagnostic

shares = st.lists(st.floats(0, 1), min_size=6, max_size=6)


@pytest.fixture(scope="module")
def census():
    path = Path(__file__).with_name("census_1930_illiteracy.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return {
        name: np.array([float(row[name]) for row in rows]) for name in rows[0] if name != "state"
    }


def test_robinsons_states_sound_the_alarm(census):
    """Those born abroad would be illiterate less than never (Robinson 1950; Goodman 1953)."""
    found = goodman_diagnostic(
        census["illiterate"] / census["people"],
        census["foreign_born"] / census["people"],
        people=census["people"],
    )
    assert found.in_group < 0
    assert found.outside_unit
    assert found.outside_bounds
    assert found.alarm


def test_silence_proves_nothing(census):
    """For race the line stays within its bounds and says 27 %; by persons it was 16.3 %."""
    share = census["black"] / census["people"]
    unable = census["illiterate"] / census["people"]
    found = goodman_diagnostic(unable, share, people=census["people"])
    truth = census["black_illiterate"].sum() / census["black"].sum()
    assert truth == pytest.approx(0.163, abs=5e-4)
    assert not found.alarm
    assert found.in_group_bounds[0] <= truth <= found.in_group_bounds[1]
    assert truth < found.in_group_limits[0]


@given(shares, st.floats(0, 1), st.floats(0, 1))
def test_silent_where_every_area_is_alike(b, own, others):
    b = np.array(b)
    a = np.clip(own * b + others * (1 - b), 0, 1)
    found = goodman_diagnostic(a, b, people=np.ones(6))
    if np.ptp(b) < 1e-3:
        return  # a line through one place goes anywhere
    assert found.in_group == pytest.approx(own, abs=1e-6)
    assert found.others == pytest.approx(others, abs=1e-6)
    if 1e-6 < own < 1 - 1e-6 and 1e-6 < others < 1 - 1e-6 and np.ptp(b) > 0.1:
        assert not found.outside_unit


@given(shares, shares, st.lists(st.floats(1, 1e4), min_size=6, max_size=6))
def test_numpy_lays_the_same_line(a, b, people):
    if np.ptp(b) < 0.01:
        return
    found = goodman_diagnostic(a, b, people=people)
    slope, start = np.polyfit(b, a, 1, w=np.sqrt(people))
    assert found.others == pytest.approx(start, abs=1e-6)
    assert found.in_group == pytest.approx(start + slope, abs=1e-6)


def test_without_a_line():
    few = goodman_diagnostic([0.1, 0.2], [0.1, 0.2], people=[1, 1])
    flat = goodman_diagnostic([0.1] * 6, [0.3] * 6, people=[1] * 6)
    assert isinstance(few, CannotTell)
    assert isinstance(flat, CannotTell)
    assert few.reason.parameters == {"n": 2, "least": 5}


def test_limits_cover_a_true_line():
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        b = rng.random(60)
        a = np.clip(0.6 * b + 0.3 * (1 - b) + rng.normal(0, 0.05, 60) * (0.5 + b), 0, 1)
        found = goodman_diagnostic(a, b, people=rng.lognormal(7, 0.5, 60))
        held += found.in_group_limits[0] <= 0.6 <= found.in_group_limits[1]
    assert held >= 180


def test_impossible_shares_are_refused():
    with pytest.raises(UsageError):
        goodman_diagnostic([1.2] * 6, [0.1] * 6, people=[1] * 6)
