"""What is told beside an effect: each donor left out, earlier starts, moving blocks, groups."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.synthetic import (
    block_conformal,
    difference_in_differences,
    in_time_placebo,
    leave_one_donor_out,
    placebo_test,
    synthetic_control,
    synthetic_difference_in_differences,
    who_benefits,
)


def study(seed, *, n_units=10, n_treated=1, n_times=14, start=9, effect=0.0):
    rng = np.random.default_rng(seed)
    courses = rng.normal(size=(2, n_times)).cumsum(axis=1)
    outcomes = rng.normal(20, 2, (n_units, 1)) + rng.uniform(size=(n_units, 2)) @ courses
    outcomes += rng.normal(size=(n_units, n_times))
    outcomes[:n_treated, start:] += effect
    return panel(outcomes, np.where(np.arange(n_units) < n_treated, start, n_times))


@pytest.mark.parametrize(
    ("method", "alone"), [("did", difference_in_differences), ("sc", synthetic_control)]
)
def test_each_donor_is_left_out_in_turn(method, alone):
    data = study(1)
    found = leave_one_donor_out(data, method)
    assert found.donors.tolist() == list(range(1, 10))
    for donor, effect in zip(found.donors, found.effects, strict=True):
        kept = np.arange(10) != donor
        own = alone(panel(data.outcomes[kept], data.first_treated[kept])).effect
        assert effect == pytest.approx(own, abs=1e-6)
    assert (found.low, found.high) == (found.effects.min(), found.effects.max())
    assert found.effect == pytest.approx(alone(data).effect, abs=1e-9)
    far = np.abs(found.effects - found.effect)
    assert found.weightiest == found.donors[far.argmax()]


def test_a_donor_without_weight_changes_nothing_when_it_goes():
    data = study(2, n_units=30)
    fit = synthetic_control(data)
    found = leave_one_donor_out(data, "sc")
    idle = fit.unit_weights < 1e-12
    assert idle.any()
    assert found.effects[idle] == pytest.approx(np.full(idle.sum(), fit.effect), abs=1e-6)


def test_two_donors_leave_none_to_spare():
    with pytest.raises(UsageError):
        leave_one_donor_out(study(1, n_units=3))


def test_an_earlier_start_sees_only_what_was_before():
    data = study(3, effect=50.0)
    found = in_time_placebo(data, "did")
    assert found.starts.tolist() == [4, 5, 6, 7, 8]
    for start, effect in zip(found.starts, found.effects, strict=True):
        earlier = panel(data.outcomes[:, :9], np.where(data.ever_treated, start, 9))
        assert effect == pytest.approx(difference_in_differences(earlier).effect, abs=1e-10)
    assert found.share_as_large == 0
    chosen = in_time_placebo(data, starts=[6])
    earlier = panel(data.outcomes[:, :9], np.where(data.ever_treated, 6, 9))
    own = synthetic_difference_in_differences(earlier).effect
    assert chosen.effects == pytest.approx([own], abs=1e-9)
    assert in_time_placebo(study(3, start=2)).share_as_large is None


@pytest.mark.parametrize("start", [1, 9])
def test_a_pretended_start_lies_before_the_real_one(start):
    with pytest.raises(UsageError):
        in_time_placebo(study(1), starts=[start])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("comparison", ["sc", "sdid", "did"])
def test_moving_blocks_one_by_one(seed, comparison):
    """p of no effect: the fit over all times, every shift of what it leaves over, by hand."""
    data = study(seed, effect=3.0)
    found = block_conformal(data, comparison, alpha=0.2)
    assert found.n_shifts == 14
    assert found.level == pytest.approx(2 / 14)
    assert not found.cannot_tell
    if comparison == "did":
        apart = data.outcomes[0] - data.outcomes[1:].mean(axis=0)
        left = np.abs(apart - apart.mean())
        sums = [np.roll(left, shift)[9:].sum() for shift in range(14)]
        assert found.p == pytest.approx(np.mean(np.array(sums) >= sums[0] * (1 - 1e-10)))

    def p_less(effect):
        less = data.outcomes.copy()
        less[0, 9:] -= effect
        return block_conformal(panel(less, data.first_treated), comparison, alpha=0.2).p

    if np.isnan(found.low):  # a constant effect does not fit: all are rejected
        assert max(p_less(effect) for effect in np.linspace(-9, 9, 61)) <= found.level + 1e-12
    elif np.isfinite([found.low, found.high]).all():
        assert found.low <= found.high
        assert p_less((found.low + found.high) / 2) >= found.p or found.low < 0 < found.high
        assert p_less(found.low - 1e-6) <= found.level + 1e-12
        assert p_less(found.high + 1e-6) <= found.level + 1e-12
        assert p_less(found.low + 1e-9) > found.level
        assert p_less(found.high - 1e-9) > found.level


def test_moving_blocks_of_a_large_effect_tell():
    found = block_conformal(study(4, effect=30.0), "sdid", alpha=0.1)
    assert found.p == pytest.approx(1 / 14)
    assert found.low > 0


def test_moving_blocks_too_few_for_the_level():
    found = block_conformal(study(5), alpha=0.05)
    assert found.cannot_tell
    assert found.level == pytest.approx(1 / 14)


def test_moving_blocks_where_donors_move_alike():
    found = block_conformal(panel([[2.0, 3, 9], [1.0, 2, 3], [5.0, 6, 7]], [2, 3, 3]), alpha=0.4)
    assert found.low == pytest.approx(5, abs=1e-5)
    assert found.high == pytest.approx(5, abs=1e-5)
    with pytest.raises(UsageError):
        block_conformal(study(1), alpha=1.0)


def grouped(seed, shares):
    """Return panels of two groups whose members' mean is the whole."""
    whole = study(seed, effect=2.0)
    rng = np.random.default_rng(seed + 100)
    one = whole.outcomes + rng.normal(size=whole.outcomes.shape)
    share = np.asarray(shares)[0] if np.ndim(shares) == 1 else np.asarray(shares)[0][:, None]
    other = (whole.outcomes - share * one) / (1 - share)
    named = {"old": panel(one, whole.first_treated), "young": panel(other, whole.first_treated)}
    return whole, named


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("method", ["sdid", "sc", "did", "ascm"])
def test_groups_add_up_to_the_total_exactly(seed, method):
    whole, named = grouped(seed, [0.3, 0.7])
    found = who_benefits(named, [0.3, 0.7], method=method)
    total = placebo_test(whole, method).ranked
    assert found.groups == ("old", "young")
    assert found.total.effect == pytest.approx(total.effect, abs=1e-8)
    assert found.total.p == total.p
    assert found.contributions.sum() == pytest.approx(found.total.effect, abs=1e-12)
    parts = [each.effect for each in found.effects]
    assert np.array([0.3, 0.7]) @ parts == pytest.approx(found.total.effect, abs=1e-12)
    assert found.shares == pytest.approx([0.3, 0.7])


def test_groups_of_differing_shares_add_up_too():
    share = np.random.default_rng(1).uniform(0.2, 0.6, 10)
    shares = np.stack([share, 1 - share])
    _, named = grouped(1, shares)
    found = who_benefits(named, shares)
    assert found.contributions.sum() == pytest.approx(found.total.effect, abs=1e-12)
    assert found.shares == pytest.approx([share[0], 1 - share[0]])


@pytest.mark.parametrize("shares", [[0.3, 0.6], [1.0, 0.0], [[0.5], [0.5]], [0.2, 0.3, 0.5]])
def test_shares_that_do_not_fit_are_refused(shares):
    _, named = grouped(1, [0.3, 0.7])
    with pytest.raises(UsageError):
        who_benefits(named, shares)


def test_groups_of_other_panels_are_refused():
    with pytest.raises(UsageError):
        who_benefits({"one": study(1), "other": study(2, n_units=9)}, [0.5, 0.5])
    with pytest.raises(UsageError):
        who_benefits({}, [])
