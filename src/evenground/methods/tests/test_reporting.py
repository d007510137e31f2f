"""Reports of the same incident: what they tell, and when they tell nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.reporting import (
    Incidents,
    incidents_from_reports,
    repeated_reports_are_records,
)
from evenground.methods.reporting_rates import reporting_rates

reports = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60)), min_size=1, max_size=40)


def test_by_hand():
    """Incident 0: first on day 1, again on 3 and 9, ended on day 8. Incident 1: on day 2, open."""
    found = incidents_from_reports(
        [0, 0, 0, 1], [3.0, 1, 9, 2], ended_at=[8, 8, 8, np.nan], until=12, horizon_days=5
    )
    assert isinstance(found, Incidents)
    assert found.days.tolist() == [5, 5]  # the horizon comes before the end
    assert found.n_more.tolist() == [1, 0]
    assert found.first_row.tolist() == [1, 3]
    assert (found.n_open, found.n_after_end, found.n_copies, found.n_without_time) == (1, 1, 0, 0)


def test_the_rate_by_hand():
    """3 more reports in 20 days, 1 in 40: 0.15 and 0.025 a day, six times as readily."""
    incidents = Incidents(
        days=np.array([10.0, 10, 40]), n_more=np.array([2.0, 1, 1]), first_row=np.arange(3),
        n_open=0, n_without_time=0, n_copies=0, n_after_end=0,
    )  # fmt: skip
    found = reporting_rates(incidents, [0, 0, 1], n_groups=2)
    assert found.by_group.rate == pytest.approx([0.15, 0.025])
    assert found.by_group.delay == pytest.approx([1 / 0.15, 40])
    assert found.overall.rate == pytest.approx([4 / 60])
    assert found.ratio == pytest.approx([6, 1 / 6])
    assert found.p_value[0] == pytest.approx(found.p_value[1])
    if found.by_group.dispersion.tolist() == [1, 1]:
        # Garwood: 3 in 20 is 0.619 to 8.767 in 20.
        assert found.by_group.low[0] == pytest.approx(0.6187 / 20, abs=1e-4)
        assert found.by_group.high[0] == pytest.approx(8.7673 / 20, abs=1e-4)


def test_copies_of_records_are_not_reports():
    """Every repeated row bears the time of its first: two exports of one table."""
    ids, at = np.tile(np.arange(50), 2), np.tile(np.arange(50.0), 2)
    found = repeated_reports_are_records(ids, at)
    assert (found.n_repeats, found.n_at_same_time, found.are_records) == (50, 50, True)
    told = incidents_from_reports(ids, at, ended_at=None, until=100)
    assert isinstance(told, CannotTell)
    assert told.reason.code == "reason.reporting.records"
    assert told.reason.parameters == {"n": 50, "n_same": 50}


def test_a_few_copies_among_reports_are_left_out():
    ids = np.array([0, 0, 0, 1, 1])
    at = np.array([0.0, 0, 4, 0, 2])
    found = incidents_from_reports(ids, at, ended_at=None, until=10, horizon_days=9)
    assert isinstance(found, Incidents)
    assert found.n_more.tolist() == [1, 1]
    assert found.n_copies == 1


@pytest.mark.parametrize(
    ("ids", "at", "ended_at", "horizon", "code"),
    [
        ([-1, -1], [0, 1], None, 10, "no_ids"),
        ([], [], None, 10, "no_ids"),
        ([0, 0], [0, 1], None, None, "no_ends"),
        ([0, 1], [0, 1], None, 10, "no_repeats"),
        ([0, 0], [0, 1], [np.nan, np.nan], None, "no_ends"),
        ([0, 0], [0, 0], None, None, "records"),
    ],
)  # fmt: skip
def test_when_it_cannot_be_told(ids, at, ended_at, horizon, code):
    found = incidents_from_reports(
        np.array(ids, dtype=int), at, ended_at=ended_at, until=10, horizon_days=horizon
    )
    assert isinstance(found, CannotTell)
    assert found.reason.code == f"reason.reporting.{code}"


def test_nobody_reported_again_in_time():
    found = incidents_from_reports([0, 0], [0, 9], ended_at=[5, 5], until=10)
    assert isinstance(found, Incidents)
    told = reporting_rates(found, [0], n_groups=1)
    assert isinstance(told, CannotTell)
    assert told.reason.code == "reason.reporting.no_repeats"


@given(reports, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = (
        incidents_from_reports(
            np.array([i for i, _ in some]),
            [float(t) for _, t in some],
            ended_at=None,
            until=70,
            horizon_days=50,
        )
        for some in (rows, shuffled)
    )
    assert type(one) is type(other)
    if isinstance(one, Incidents):
        assert one.days.tolist() == other.days.tolist()
        assert one.n_more.tolist() == other.n_more.tolist()


@given(reports, st.floats(0.1, 10))
def test_every_row_is_a_first_a_further_a_copy_or_too_late(rows, horizon):
    ids, at = np.array([i for i, _ in rows]), np.array([float(t) for _, t in rows])
    found = incidents_from_reports(ids, at, ended_at=None, until=100, horizon_days=horizon)
    if isinstance(found, Incidents):
        firsts = found.days.size + found.n_without_time
        assert firsts + found.n_more.sum() + found.n_copies + found.n_after_end == len(rows)
        assert (found.days <= horizon + 1e-9).all()
        assert (at[found.first_row] == [at[ids == i].min() for i in ids[found.first_row]]).all()


@given(
    st.lists(st.tuples(st.integers(0, 9), st.floats(0.5, 50), st.integers(-1, 2)), min_size=3),
    st.floats(0.01, 100),
)
def test_other_units_of_time_change_the_rate_and_nothing_else(rows, times):
    more, days, group = (np.array(x, dtype=float) for x in zip(*rows, strict=True))
    one, other = (
        reporting_rates(
            Incidents(days=days * scale, n_more=more, first_row=np.arange(days.size), n_open=0,
                      n_without_time=0, n_copies=0, n_after_end=0),
            group.astype(int), n_groups=3,
        )
        for scale in (1.0, times)
    )  # fmt: skip
    if isinstance(one, CannotTell):
        assert isinstance(other, CannotTell)
        return
    assert other.by_group.rate * times == pytest.approx(one.by_group.rate, nan_ok=True)
    assert other.by_group.low * times == pytest.approx(one.by_group.low, nan_ok=True)
    assert other.ratio == pytest.approx(one.ratio, nan_ok=True)
    assert other.p_value == pytest.approx(one.p_value, nan_ok=True)
    known = one.by_group.days > 0
    assert (one.by_group.low[known] <= one.by_group.rate[known] + 1e-12).all()
    assert (one.by_group.rate[known] <= one.by_group.high[known] + 1e-12).all()
    assert (one.by_group.delay_low[known] <= one.by_group.delay[known]).all()


def test_wrong_use_is_refused():
    with pytest.raises(UsageError):
        repeated_reports_are_records([0.5, 1.0], [0, 1])
    with pytest.raises(UsageError):
        repeated_reports_are_records([0, 1], [0])
    with pytest.raises(UsageError):
        incidents_from_reports([0, 0], [0, 1], ended_at=[1], until=3)
    good = incidents_from_reports([0, 0], [0, 1], ended_at=[2, 2], until=3)
    with pytest.raises(UsageError):
        reporting_rates(good, [1], n_groups=1)
