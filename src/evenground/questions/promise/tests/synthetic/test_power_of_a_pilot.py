"""Power from one null distribution: by hand, and by simulating every effect again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.synthetic import (
    PilotShape,
    augmented_synthetic_control,
    difference_in_differences,
    null_distribution,
    power_curve,
    synthetic_control,
)


def history(seed, *, n_units=9, n_times=14):
    rng = np.random.default_rng(seed)
    return rng.normal(20, 2, (n_units, 1)) + rng.normal(size=(n_units, n_times))


def test_power_by_hand():
    """Nineteen estimates -9 to 9: at 10 % two may be as large, so 9 must be exceeded."""
    null = np.arange(-9.0, 10.0)
    found = power_curve(null, [0.0, 1.0, 9.0, 18.5], alpha=0.1)
    assert found.critical == 9
    assert found.level == pytest.approx(2 / 20)
    assert found.power == pytest.approx([0, 1 / 19, 9 / 19, 1])
    # 80 % of nineteen are sixteen: -6 is the sixteenth from above and must pass 9.
    assert found.rise == pytest.approx(15)
    assert found.fall == pytest.approx(-15)
    beyond = power_curve(null, [found.rise + 1e-9, found.rise - 1e-9], alpha=0.1)
    assert beyond.power[0] >= 0.8 > beyond.power[1]


def test_too_few_reassignments_for_the_level():
    found = power_curve([1.0, -2.0, 3.0], [10.0], alpha=0.05)
    assert found.cannot_tell
    assert found.level == pytest.approx(1 / 4)


@given(st.integers(0, 1_000), st.sampled_from([0.05, 0.1]))
def test_power_grows_with_the_effect(seed, alpha):
    null = np.random.default_rng(seed).standard_t(3, 200)
    found = power_curve(null, np.linspace(0, 12, 60), alpha=alpha)
    grown = found.power[found.effects > 2 * np.abs(null).max()]
    assert (grown == 1).all()
    assert found.power[0] <= alpha
    assert found.fall < 0 < found.rise


@pytest.mark.parametrize("method", ["sdid", "sc", "did", "ascm"])
def test_an_effect_added_is_the_estimate_moved(method):
    """The whole curve rests on this: the treated raised in every re-assignment, fitted anew."""
    past, shape = history(1), PilotShape(n_treated=2, n_before=7, n_after=3)
    found = null_distribution(past, shape, method=method)
    assert found.enumerated
    assert found.effects.size == 36 * 5
    rng = np.random.default_rng(2)
    for row in rng.choice(found.effects.size, 12, replace=False):
        start = found.starts[row]
        window = past[:, start - 7 : start + 3].copy()
        window[found.members[row], 7:] += 1.7
        again = null_distribution(window, shape, method=method)
        same = (again.members == found.members[row]).all(axis=1)
        # The noise that sets penalties is that of times before, which no effect touches.
        assert again.effects[same] == pytest.approx([found.effects[row] + 1.7], abs=1e-8)


@pytest.mark.parametrize("method", ["sc", "did", "ascm"])
def test_the_null_is_what_each_fit_finds(method):
    alone = {
        "sc": synthetic_control,
        "did": difference_in_differences,
        "ascm": augmented_synthetic_control,
    }[method]
    past, shape = history(3), PilotShape(n_treated=1, n_before=6, n_after=2)
    found = null_distribution(past, shape, method=method)
    for row in range(0, found.effects.size, 11):
        start = found.starts[row]
        window = past[:, start - 6 : start + 2]
        own = alone(panel(window, np.where(found.members[row], 6, 8))).effect
        assert found.effects[row] == pytest.approx(own, abs=1e-6)


def test_power_by_simulating_again():
    past, shape = history(4, n_units=12), PilotShape(n_treated=1, n_before=6, n_after=2)
    found = null_distribution(past, shape, method="did")
    curve = power_curve(found.effects, [0.8], alpha=0.1)
    told = []
    for start, members in zip(found.starts, found.members, strict=True):
        window = past[:, start - 6 : start + 2].copy()
        window[members, 6:] += 0.8
        effect = difference_in_differences(panel(window, np.where(members, 6, 8))).effect
        told.append(abs(effect) > curve.critical)
    assert curve.power == pytest.approx([np.mean(told)], abs=1e-12)


def test_many_reassignments_are_drawn():
    past, shape = history(5, n_units=30, n_times=30), PilotShape(n_treated=3, n_before=8, n_after=4)
    with pytest.raises(UsageError) as raised:
        null_distribution(past, shape)
    assert raised.value.problems[0].code == "chance_needed"
    found = null_distribution(past, shape, n_draws=400, rng=np.random.default_rng(1))
    assert not found.enumerated
    assert found.effects.size == 400
    assert (found.members.sum(axis=1) == 3).all()
    other = null_distribution(past, shape, n_draws=400, rng=np.random.default_rng(2))
    assert other.effects.std() == pytest.approx(found.effects.std(), rel=0.2)


@pytest.mark.parametrize("shape", [(0, 5, 2), (1, 1, 2), (1, 5, 0), (8, 5, 2), (1, 12, 5)], ids=str)
def test_a_pilot_that_the_history_does_not_bear_is_refused(shape):
    n_treated, n_before, n_after = shape
    asked = PilotShape(n_treated=n_treated, n_before=n_before, n_after=n_after)
    with pytest.raises(UsageError) as raised:
        null_distribution(history(1), asked)
    assert raised.value.problems[0].code == "history_small"


@pytest.mark.parametrize(
    ("null", "how"),
    [([1.0], {}), ([1.0, 2.0], {"alpha": 0.0}), ([1.0, 2.0], {"power": 1.0}), ([1, np.nan], {})],
)
def test_a_curve_that_cannot_be_is_refused(null, how):
    with pytest.raises(UsageError):
        power_curve(null, [1.0], **how)
