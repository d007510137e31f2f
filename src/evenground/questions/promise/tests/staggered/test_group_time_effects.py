"""Group-time effects and their aggregates: by hand, from means alone, and invariances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.large_panels.panel_sums import sums_of
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.aggregates import aggregated_effects
from evenground.questions.promise.measures.staggered.group_time import (
    Comparison,
    callaway_santanna,
)
from evenground.questions.promise.measures.staggered.simultaneous_band import simultaneous_band

KINDS = ("simple", "dynamic", "group", "calendar")


def test_two_cohorts_by_hand():
    """Cohort 1: 0 1 2 -> +4 +6; cohort 2 starts later; the never treated gain 1 each time."""
    data = panel([[0.0, 5, 8], [3, 4, 11], [7, 8, 9], [1, 2, 3]], [1, 2, 3, 3])
    found = callaway_santanna(data)
    assert list(zip(found.cohort, found.time, strict=True)) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert found.effect == pytest.approx([4, 6, 0, 6])
    assert found.share == pytest.approx([1 / 4, 1 / 4])
    assert aggregated_effects(found, "simple").overall == pytest.approx(16 / 3)
    dynamic = aggregated_effects(found, "dynamic")
    assert dynamic.at.tolist() == [-1, 0, 1]
    assert dynamic.effect == pytest.approx([0, 5, 6])
    assert dynamic.overall == pytest.approx(5.5)
    assert aggregated_effects(found, "group").effect == pytest.approx([5, 6])
    assert aggregated_effects(found, "calendar").effect == pytest.approx([4, 6])
    later = callaway_santanna(data, comparison=Comparison(controls="not yet treated"))
    # At time 1 cohort 2 stands beside those never treated: all three gain 1.
    assert later.effect == pytest.approx([4, 6, 0, 6])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("controls", ["never treated", "not yet treated"])
@pytest.mark.parametrize("base", ["varying", "universal"])
@pytest.mark.parametrize("anticipation", [0, 1])
def test_every_cell_is_a_difference_of_means(roll_out, seed, controls, base, anticipation):
    data = roll_out(seed)
    how = Comparison(controls=controls, base=base, anticipation=anticipation)
    found = callaway_santanna(data, comparison=how)
    y, starts = data.outcomes, data.first_treated
    for cell, (g, t) in enumerate(zip(found.cohort, found.time, strict=True)):
        last = g - anticipation - 1
        held = last if base == "universal" or t > last else t - 1
        free = starts == data.n_times
        if controls == "not yet treated":
            free |= (starts > max(t, held) + anticipation) & (starts != g)
        change = y[:, t] - y[:, held]
        own = starts == g
        expected = change[own].mean() - change[free].mean()
        assert found.effect[cell] == pytest.approx(expected, abs=1e-10), (g, t)
        variance = change[own].var() / own.sum() + change[free].var() / free.sum()
        assert found.standard_error[cell] == pytest.approx(np.sqrt(variance), abs=1e-10)
        assert found.is_base[cell] == (t == held)


def test_one_time_before_is_needed_for_each_cohort():
    rng = np.random.default_rng(1)
    data = panel(rng.normal(size=(9, 4)), [0, 0, 1, 1, 2, 2, 4, 4, 4])
    found = callaway_santanna(data)
    assert found.n_left_out == 2
    assert found.cohorts.tolist() == [1, 2]
    assert found.share == pytest.approx([2 / 7, 2 / 7])
    assert callaway_santanna(data, comparison=Comparison(anticipation=1)).cohorts.tolist() == [2]


@pytest.mark.parametrize("seed", range(3))
def test_aggregates_are_weighted_means_of_cells(roll_out, seed):
    found = callaway_santanna(roll_out(seed, n_units=26))
    since = found.time - found.cohort
    share = found.share[np.searchsorted(found.cohorts, found.cohort)]
    after = since >= 0
    simple = aggregated_effects(found, "simple")
    assert simple.overall == pytest.approx(np.average(found.effect[after], weights=share[after]))
    dynamic = aggregated_effects(found, "dynamic")
    for at, effect in zip(dynamic.at, dynamic.effect, strict=True):
        mine = since == at
        assert effect == pytest.approx(np.average(found.effect[mine], weights=share[mine]))
    assert dynamic.overall == pytest.approx(dynamic.effect[dynamic.at >= 0].mean())
    group = aggregated_effects(found, "group")
    assert group.overall == pytest.approx(np.average(group.effect, weights=found.share))
    calendar = aggregated_effects(found, "calendar")
    assert calendar.overall == pytest.approx(calendar.effect.mean())
    balanced = aggregated_effects(found, "dynamic", balance=1)
    assert balanced.at.max() == 1
    for kind in KINDS:
        whole = aggregated_effects(found, kind)
        assert whole.influence.shape == (26, whole.effect.size)
        assert whole.overall_influence.sum() == pytest.approx(0, abs=1e-12)
        assert whole.covariance.shape == (whole.effect.size,) * 2
    with pytest.raises(UsageError):
        aggregated_effects(found, "group", balance=1)


def test_errors_of_aggregates_as_units_resampled_tell():
    """The estimated shares' part of the error included: the bootstrap over units agrees."""
    rng = np.random.default_rng(5)
    starts = rng.choice([2, 3, 5], 400, p=[0.3, 0.3, 0.4])
    since = np.arange(5) - starts[:, None]
    data = panel(rng.normal(size=(400, 5)) + np.where(since >= 0, starts[:, None], 0), starts)
    drawn = {kind: [] for kind in KINDS}
    for _ in range(400):
        rows = rng.integers(0, 400, 400)
        again = callaway_santanna(panel(data.outcomes[rows], starts[rows]))
        for kind in KINDS:
            drawn[kind].append(aggregated_effects(again, kind).overall)
    found = callaway_santanna(data)
    for kind in KINDS:
        error = aggregated_effects(found, kind).overall_standard_error
        assert error == pytest.approx(np.std(drawn[kind]), rel=0.12), kind


@settings(max_examples=20)
@given(seed=st.integers(0, 500), exponent=st.integers(-6, 6))
def test_levels_order_and_measurement_play_no_part(seed, exponent):
    rng, scale = np.random.default_rng(seed), 10.0**exponent
    starts = np.array([2, 3, 5, 5] * 5)
    outcomes = rng.normal(size=(20, 5))
    moved = outcomes + rng.normal(size=(20, 1)) * 5 + rng.normal(size=(1, 5)) * 5
    order = rng.permutation(20)
    one = callaway_santanna(panel(outcomes, starts))
    two = callaway_santanna(panel(moved[order] * scale, starts[order]))
    assert two.effect / scale == pytest.approx(one.effect, abs=1e-10)
    assert two.standard_error / scale == pytest.approx(one.standard_error, rel=1e-9, abs=1e-12)
    for kind in KINDS:
        first, second = aggregated_effects(one, kind), aggregated_effects(two, kind)
        assert second.overall / scale == pytest.approx(first.overall, abs=1e-10)


@pytest.mark.parametrize("seed", range(2))
def test_coarser_clusters_add_up_influence(roll_out, seed):
    data, clusters = roll_out(seed), np.arange(24) % 5
    fine, coarse = callaway_santanna(data), callaway_santanna(data, clusters=clusters)
    assert coarse.effect == pytest.approx(fine.effect)
    added = np.stack([fine.influence[clusters == c].sum(axis=0) for c in range(5)])
    assert coarse.influence == pytest.approx(added, abs=1e-12)
    assert coarse.n_clusters == 5


def test_units_seen_at_both_times_count():
    rng = np.random.default_rng(2)
    data = panel(rng.normal(size=(12, 4)), [2] * 5 + [4] * 7)
    seen = np.ones((12, 4), bool)
    seen[0, 3], seen[6, 1], seen[9] = False, False, [True, False, False, True]
    found = callaway_santanna(sums_of(data, observed=seen))
    cell = (found.cohort == 2) & (found.time == 3)
    both = seen[:, 3] & seen[:, 1]
    change = data.outcomes[:, 3] - data.outcomes[:, 1]
    own = np.arange(12) < 5
    expected = change[own & both].mean() - change[~own & both].mean()
    assert found.effect[cell] == pytest.approx([expected])
    nobody = seen.copy()
    nobody[5:, 3] = False
    empty = callaway_santanna(sums_of(data, observed=nobody))
    assert np.isnan(empty.effect[cell]).all()
    assert not np.isnan(aggregated_effects(empty, "simple").overall)


def test_panels_without_comparison_are_refused():
    rng = np.random.default_rng(1)
    with pytest.raises(UsageError) as raised:
        callaway_santanna(panel(rng.normal(size=(4, 4)), [1, 2, 3, 3]))
    assert raised.value.problems[0].code == "no_never_treated"
    with pytest.raises(UsageError) as raised:
        callaway_santanna(panel(rng.normal(size=(4, 4)), [0, 0, 4, 4]))
    assert raised.value.problems[0].code == "no_cohort"
    late = Comparison(controls="not yet treated")
    found = callaway_santanna(panel(rng.normal(size=(4, 4)), [1, 2, 3, 3]), comparison=late)
    assert np.isnan(found.effect[found.time == 3]).all()
    assert np.isfinite(aggregated_effects(found, "simple").overall)


@pytest.mark.parametrize("seed", range(2))
def test_a_band_is_wider_than_each_interval(roll_out, seed):
    found = aggregated_effects(callaway_santanna(roll_out(seed, n_units=60)), "dynamic")
    rng = np.random.default_rng(seed)
    band = simultaneous_band(found.effect, found.influence, rng=rng)
    assert band.critical_value > 1.96
    assert (band.low < found.effect).all()
    half = (band.high - band.low) / 2
    assert half / band.critical_value == pytest.approx(found.standard_error, rel=0.1)
    assert 0 < band.critical_value_error < 0.01


def test_a_band_of_independent_effects_has_the_known_width():
    """Sidak: with five independent effects each must hold 0.95^(1/5)."""
    from scipy import special

    influence = np.random.default_rng(1).normal(size=(4_000, 5)) / 4_000
    band = simultaneous_band(np.zeros(5), influence, rng=np.random.default_rng(2), n_draws=4_999)
    expected = special.ndtri((1 + 0.95 ** (1 / 5)) / 2)
    assert band.critical_value == pytest.approx(expected, abs=0.08)
    with pytest.raises(UsageError):
        simultaneous_band([1.0], np.zeros((3, 1)), rng=np.random.default_rng(1))
    with pytest.raises(UsageError):
        simultaneous_band([1.0], np.ones((3, 2)), rng=np.random.default_rng(1))
