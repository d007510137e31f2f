"""Other intervals of the same time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.temporal_units import BinningPlan, binning_interval


def trend(sums):
    """Return the slope over intervals, relative to the mean."""
    counts = sums[0]
    return float(np.polyfit(np.arange(counts.size), counts, 1)[0] / max(counts.mean(), 1e-12))


PLAN = BinningPlan(width=7, other_widths=(1, 14, 30))


def test_by_hand():
    """Events on days 0-9; widths of 2 and 5 from two phases each: sums of complete intervals."""
    found = binning_interval(
        lambda sums: float(sums[0, 0]), np.arange(10) + 0.5, np.ones((1, 10)), span=(0, 10),
        plan=BinningPlan(width=2, other_widths=(5,), n_phases=2, least_intervals=1),
    )  # fmt: skip
    assert found.values.tolist() == [[2, 2], [5, 5]]
    assert found.by_width.tolist() == [[2, 2], [5, 5]]
    assert (found.as_given, found.low, found.high, found.n_without) == (2, 2, 5, 0)


@pytest.mark.parametrize("seed", range(3))
def test_a_steep_trend_keeps_its_sign_and_none_does_not(seed):
    rng = np.random.default_rng(seed)
    rising = 365 * np.sqrt(rng.random(4_000))
    level = 365 * rng.random(4_000)
    ones = np.ones((1, 4_000))
    steep = binning_interval(trend, rising, ones, span=(0, 365), plan=PLAN)
    flat = binning_interval(trend, level, ones, span=(0, 365), plan=PLAN)
    assert steep.same_sign == 1
    assert not steep.turns
    assert flat.high - flat.low > 0


def test_a_weekly_rhythm_hides_in_weeks():
    """Sundays have none: days differ from one another, weeks do not."""
    days = np.arange(364)
    events = np.repeat(days + 0.5, np.where(days % 7 == 6, 0, 10))
    found = binning_interval(
        lambda sums: float(np.ptp(sums[0])), events, np.ones((1, events.size)), span=(0, 364),
        plan=BinningPlan(width=1, other_widths=(7,), neutral=5),
    )  # fmt: skip
    assert found.as_given == 10
    assert found.by_width[1].tolist() == [0, 0]
    assert found.turns


@given(
    st.lists(st.floats(0, 99.99), min_size=1, max_size=50),
    st.floats(0.5, 20),
    st.randoms(use_true_random=False),
)
def test_order_and_the_origin_of_time_change_nothing(times, width, random):
    plan = BinningPlan(width=width, other_widths=(2 * width,), least_intervals=1)
    weights = np.arange(1.0, len(times) + 1)

    def spread(sums):
        return float(np.ptp(sums[0])) + float(sums[0].sum())

    found = binning_interval(spread, times, weights[None], span=(0, 100), plan=plan)
    order = list(range(len(times)))
    random.shuffle(order)
    again = binning_interval(
        spread, np.array(times)[order], weights[order][None], span=(0, 100), plan=plan
    )
    assert again.values == pytest.approx(found.values, nan_ok=True)


def test_incomplete_intervals_are_not_counted():
    found = binning_interval(
        lambda sums: float(sums[0].sum()), [0.5, 9.5], np.ones((1, 2)), span=(0, 10),
        plan=BinningPlan(width=4, other_widths=(5,), n_phases=1, least_intervals=1),
    )  # fmt: skip
    assert found.values.tolist() == [[1], [2]]


def test_too_short_a_time():
    found = binning_interval(trend, [1, 2], np.ones((1, 2)), span=(0, 20), plan=PLAN)
    assert isinstance(found, CannotTell)
    assert found.reason.parameters == {"n": 2, "least": 4}


def test_wrong_use_is_refused():
    with pytest.raises(UsageError):
        BinningPlan(width=0, other_widths=(1,))
    with pytest.raises(UsageError):
        BinningPlan(width=1, other_widths=(), n_phases=0)
    with pytest.raises(UsageError):
        binning_interval(trend, [1], np.ones((1, 1)), span=(2, 2), plan=PLAN)
