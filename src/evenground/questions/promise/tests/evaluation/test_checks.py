"""What is tried against an effect: each check by another way, and which goes with which design."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.promise.measures.design import Design
from evenground.questions.promise.measures.evaluation.checks import (
    CHECKS,
    Around,
    Check,
    checks_of,
    donors,
    group_effects,
)
from evenground.questions.promise.measures.evaluation.checks.donors import (
    backdated,
    without_donors,
)
from evenground.questions.promise.measures.evaluation.checks.event_times import (
    MOST,
    event_times,
    together,
)
from evenground.questions.promise.measures.evaluation.checks.near_units import near_units
from evenground.questions.promise.measures.evaluation.checks.trends import (
    magnitudes,
    pre_trend,
    pre_trend_by_placebos,
    smoothness,
)
from evenground.questions.promise.measures.evaluation.effect import Asked, Inference, Method
from evenground.questions.promise.measures.evaluation.evaluate import evaluate
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.event_study import event_study
from evenground.questions.promise.measures.synthetic import leave_one_donor_out

CASES = {
    "few": ([24] * 2 + [32] * 12, 32, Asked()),
    "short": ([5] * 2 + [8] * 12, 8, Asked()),
    "many": ([6] * 8 + [10] * 16, 10, Asked()),
    "staggered": ([4] * 6 + [6] * 6 + [10] * 12, 10, Asked()),
    "alone": ([24] * 3, 32, Asked()),
    "lots": ([6] * 8 + [10] * 16, 10, Asked(randomised=True)),
    "wedge": ([3, 3, 5, 5, 7, 7], 9, Asked(randomised=True)),
    "imputed": ([4] * 6 + [6] * 6 + [10] * 12, 10, Asked(method=Method.BJS)),
    "control": ([24] * 2 + [32] * 12, 32, Asked(method=Method.SC)),
}
each = pytest.mark.parametrize("name", [*CASES])


def some(name, seed=1):
    """Return a panel of two groups, the groups, and what is asked."""
    first, n_times, asked = CASES[name]
    rng = np.random.default_rng(seed)
    treated = np.arange(n_times)[None, :] >= np.array(first)[:, None]
    common = rng.normal(size=(len(first), 1)) + rng.normal(size=n_times).cumsum() / 4
    groups = {
        of: panel(common + rng.normal(size=treated.shape) + effect * treated, first)
        for of, effect in (("young", 1.0), ("old", 3.0))
    }
    shares = np.array([0.3, 0.7])
    whole = sum(share * one.outcomes for share, one in zip(shares, groups.values(), strict=True))
    return panel(whole, first), groups, shares, asked


@each
def test_groups_add_up_exactly(name):
    given, groups, shares, asked = some(name)
    effect = evaluate(given, asked=asked)
    found = checks_of(
        given, effect, asked=asked, around=Around(groups=groups, shares=shares)
    ).groups
    assert [one.group for one in found.groups] == ["young", "old"]
    assert sum(one.contribution for one in found.groups) == pytest.approx(found.total, rel=1e-12)
    assert found.total == pytest.approx(effect.value, rel=1e-9)
    assert sum(one.share * one.value for one in found.groups) == pytest.approx(effect.value)
    assert [one.share for one in found.groups] == pytest.approx(shares)
    assert all(one.low <= one.value <= one.high for one in found.groups)


@pytest.mark.parametrize("name", ["few", "many", "staggered", "alone"])
def test_groups_add_up_with_shares_that_differ_between_units(name):
    given, groups, _, asked = some(name)
    young = np.random.default_rng(3).uniform(0.2, 0.8, given.n_units)
    shares = np.stack([young, 1 - young])
    whole = panel(
        sum(share[:, None] * one.outcomes
            for share, one in zip(shares, groups.values(), strict=True)),
        given.first_treated,
    )  # fmt: skip
    effect = evaluate(whole, asked=asked)
    found = group_effects(groups, shares, effect=effect, asked=asked, rng=np.random.default_rng(0))
    assert found.total == pytest.approx(effect.value, rel=1e-9)


@each
def test_each_check_was_tried_or_has_its_reason(name):
    given, groups, shares, asked = some(name)
    effect = evaluate(given, asked=asked)
    away = np.arange(given.n_units, dtype=float)
    around = Around(distance=away, rings=np.array([10.0]), groups=groups, shares=shares)
    found = checks_of(given, effect, asked=asked, around=around)
    tried = {check for check in Check if getattr(found, check.value) is not None}
    assert tried | set(found.not_tried) == set(Check)
    assert not tried & set(found.not_tried)
    # Nothing is left out but what the table leaves out and what this panel does not allow.
    assert set(CHECKS[found.tried_as]) - tried <= {Check.SPILLOVER}


def test_the_table_names_every_design():
    assert set(CHECKS) == set(Design)


@pytest.mark.parametrize(
    ("name", "check", "reason"),
    [
        ("few", Check.MAGNITUDES, "few_treated"),
        ("short", Check.SMOOTHNESS, "few_treated"),
        ("lots", Check.PRE_TREND, "by_lot"),
        ("alone", Check.SPILLOVER, "no_comparison"),
        ("many", Check.DONORS, "not_of_this_design"),
        ("many", Check.SPILLOVER, "no_distances"),
        ("many", Check.GROUPS, "no_groups"),
    ],
)
def test_reasons(name, check, reason):
    given, _, _, asked = some(name)
    found = checks_of(given, evaluate(given, asked=asked), asked=asked)
    assert found.not_tried[check] == reason


def test_reasons_that_lie_in_the_data():
    given, groups, _, asked = some("many")
    effect = evaluate(given, asked=asked)
    assert checks_of(given, effect, around=Around(groups=groups)).not_tried[Check.GROUPS] == (
        "no_shares"
    )
    wrong = Around(groups=groups, shares=np.array([0.5, 0.6]))
    assert checks_of(given, effect, around=wrong).not_tried[Check.GROUPS] == "data_do_not_allow"
    late = panel(given.outcomes[:, 5:], given.first_treated - 5)
    found = checks_of(late, evaluate(late))
    assert {found.not_tried[check] for check in (Check.PRE_TREND, Check.MAGNITUDES)} == {
        "short_before"
    }
    few = checks_of(given, effect, asked=Asked(clusters=tuple("abc" * 8)))
    assert few.not_tried[Check.MAGNITUDES] == "few_clusters"
    alone = panel(np.random.default_rng(1).normal(size=(3, 8)), [5, 8, 8])
    without = checks_of(alone, evaluate(alone))
    assert without.not_tried[Check.DONORS] == "few_donors"
    early = panel(np.random.default_rng(1).normal(size=(9, 6)), [2] + [6] * 8)
    found = checks_of(early, evaluate(early))
    assert found.not_tried[Check.BACKDATED] == "short_before"
    assert found.not_tried[Check.PRE_TREND] == "short_before"


def test_groups_that_do_not_fit_are_refused():
    given, groups, shares, asked = some("many")
    effect = evaluate(given, asked=asked)
    other = panel(given.outcomes, np.roll(given.first_treated, 1))

    def found(parts, of):
        group_effects(parts, of, effect=effect, asked=asked, rng=np.random.default_rng(0))

    with pytest.raises(UsageError, match="shares_of_groups"):
        found(groups, [0.3, 0.3])
    with pytest.raises(UsageError, match="groups_differ"):
        found({**groups, "old": other}, shares)
    with pytest.raises(UsageError, match="groups_differ"):
        found({}, shares)


def test_times_put_together_by_hand():
    given = panel([[1.0, 2, 4, 6, 8, 10, 12, 13], [0.0] * 8], [3, 8])
    found = together(given, 2)
    # The first and the last time are rests that go.
    assert found.outcomes[0] == pytest.approx([3, 7, 11])
    assert found.first_treated.tolist() == [1, 3]
    assert found.times == ("1", "3", "5")
    assert together(given, 1) is given


def test_long_panels_get_a_bounded_event_study():
    rng = np.random.default_rng(1)
    given = panel(rng.normal(size=(120, 100)), [70] * 60 + [100] * 60)
    found = event_times(given)
    assert found.length == 6
    assert found.study.n_pre + 1 <= MOST
    assert found.study.n_post <= MOST
    wanted = event_study(together(given, 6))
    assert found.study.betas == pytest.approx(wanted.betas)


def test_several_starts_keep_the_times_that_all_see():
    rng = np.random.default_rng(1)
    given = panel(rng.normal(size=(150, 40)), [10] * 50 + [30] * 50 + [40] * 50)
    study = event_times(given).study
    assert study.times.tolist() == [*range(-10, -1), *range(10)]


def test_a_drift_is_seen_and_its_size_told():
    rng = np.random.default_rng(2)
    noise = rng.normal(size=(40, 12))
    drift = 0.8 * np.arange(12) * (np.arange(40) < 15)[:, None]
    flat, tilted = (event_times(panel(y, [8] * 15 + [12] * 25)) for y in (noise, noise + drift))
    assert not pre_trend(flat, alpha=0.05).shows
    found = pre_trend(tilted, alpha=0.05)
    assert found.shows
    assert found.seen < 0.8
    # Periods of three times, of which one lies after the reference and is full.
    assert found.adds == pytest.approx(found.seen * 3)


def test_a_straight_trend_is_no_effect_under_smoothness():
    """A drift alone is an effect by the usual interval, not where a straight line may go on."""
    rng = np.random.default_rng(2)
    drift = 0.8 * np.arange(12) * (np.arange(40) < 15)[:, None]
    given = event_times(panel(rng.normal(size=(40, 12)) + drift, [8] * 15 + [12] * 25))
    found = smoothness(given, alpha=0.05)
    assert found.honest.usual_low > 0
    assert not found.is_told
    assert found.breakdown == 0
    assert found.honest.low[0] < 0 < found.honest.high[0]


def test_the_breakdown_lies_where_the_interval_meets_no_effect():
    given, _, _, _ = some("many", seed=4)
    times = event_times(panel(given.outcomes + 6 * (np.arange(10) >= 6)
                              * given.ever_treated[:, None], given.first_treated))  # fmt: skip
    found = magnitudes(times, alpha=0.05)
    assert found.is_told
    low = found.honest.low
    assert (np.diff(low) < 0).all()
    assert (low[found.honest.bounds < found.breakdown] > 0).all()
    assert (low[found.honest.bounds > found.breakdown] <= 0).all()


@given(seed=st.integers(0, 10**6), scale=st.floats(1e-6, 1e6), shift=st.floats(-100, 100))
@settings(max_examples=20)
def test_units_and_levels_do_not_matter(seed, scale, shift):
    y = np.random.default_rng(seed).normal(size=(12, 10))
    first = [7] * 2 + [10] * 10
    rng = np.random.default_rng(0)
    before = pre_trend_by_placebos(panel(y, first), alpha=0.05, rng=rng)
    moved = scale * (y + shift * np.arange(10))
    after = pre_trend_by_placebos(panel(moved, first), alpha=0.05, rng=rng)
    assert after.p == before.p
    assert after.seen / scale == pytest.approx(before.seen, rel=1e-9)
    assert after.adds / scale == pytest.approx(before.adds, rel=1e-9)


def test_placebo_drift_by_hand():
    """Slopes 3, 0, 1, -1, 0: the real drift is 3, no other set of one drifts by as much."""
    slopes = np.array([3.0, 0, 1, -1, 0])
    given = panel(slopes[:, None] * np.arange(6), [4] + [6] * 4)
    found = pre_trend_by_placebos(given, alpha=0.2, rng=np.random.default_rng(0))
    assert found.p == pytest.approx(1 / 5)
    assert found.shows
    never = pre_trend_by_placebos(given, alpha=0.05, rng=np.random.default_rng(0))
    assert np.isinf([never.seen, never.adds]).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_drift_of_the_size_told_is_mostly_seen(seed):
    rng = np.random.default_rng(seed)
    first, seen = [9] * 2 + [12] * 28, []
    for _ in range(150):
        y = rng.normal(size=(30, 12))
        size = pre_trend_by_placebos(panel(y, first), alpha=0.05, rng=rng).seen
        fresh = rng.normal(size=(30, 12))
        fresh[:2] += size * np.arange(12)
        seen.append(pre_trend_by_placebos(panel(fresh, first), alpha=0.05, rng=rng).shows)
    assert np.mean(seen) == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / 150))


@pytest.mark.parametrize("method", [Method.SDID, Method.SC, Method.DID])
def test_large_panels_leave_out_the_weightiest_donors_alone(method, monkeypatch):
    given, _, _, _ = some("few")
    effect = evaluate(given, asked=Asked(method=method))
    every = without_donors(given, effect)
    assert (every.n_left_out, every.n_donors) == (12, 12)
    whole = leave_one_donor_out(given, method.value)
    assert (every.low, every.high) == (whole.low, whole.high)
    assert every.weightiest == str(whole.weightiest)
    dates = backdated(given, effect)
    monkeypatch.setattr(donors, "SMALL", 0)
    some_of_them = without_donors(given, effect)
    assert some_of_them.n_left_out == (12 if method is Method.DID else donors.MOST_DONORS)
    assert every.low <= some_of_them.low <= some_of_them.high <= every.high
    fewer = backdated(given, effect)
    assert fewer.starts.size == donors.MOST_STARTS
    kept = np.isin(dates.starts, fewer.starts)
    assert fewer.effects == pytest.approx(dates.effects[kept], rel=1e-9)


def test_a_sign_that_hangs_on_one_donor_is_told():
    y = np.zeros((6, 8))
    y[0, 5:] = 1.0
    y[1, 5:] = 8.0
    y += np.random.default_rng(1).normal(scale=0.01, size=y.shape)
    given = panel(y, [5] + [8] * 5)
    asked = Asked(method=Method.DID)
    found = without_donors(given, evaluate(given, asked=asked))
    assert found.turns
    assert found.weightiest == "1"


def test_an_earlier_break_shows_in_backdated_series():
    y = np.random.default_rng(1).normal(size=(1, 60))
    y[0, 30:] += 8
    given = panel(y, [48])
    found = backdated(given, evaluate(given))
    assert found.share_as_large > 0
    assert (found.starts < 45).all()
    short = panel(y[:, 35:50], [8])
    assert backdated(short, evaluate(short, asked=Asked(method=Method.ITS))) is None


def test_conformal_effects_are_tried_as_mixtures_are():
    given, _, _, _ = some("few")
    asked = Asked(method=Method.SDID, inference=Inference.BLOCK_CONFORMAL)
    found = checks_of(given, evaluate(given, asked=asked), asked=asked)
    assert found.tried_as is Design.FEW_TREATED
    assert found.donors is not None


def test_few_near_units_are_ranked_among_the_far_ones():
    """One unit near by: its change among those of all other untreated units, by hand."""
    rng = np.random.default_rng(3)
    y = rng.normal(size=(26, 10))
    y[1, 6:] += 9
    given = panel(y, [6, *[10] * 25])
    away = np.arange(26.0)
    found = near_units(given, away, rings=[1.0], how=(0.05, rng))
    change = y[1:, 6:].mean(axis=1) - y[1:, :6].mean(axis=1)
    assert found.effect[0] == pytest.approx(change[0] - change[1:].mean())
    assert found.shows[0]
    assert found.low[0] > 0
    few = panel(y[:15], [6, *[10] * 14])
    blind = near_units(few, away[:15], rings=[1.0], how=(0.05, rng))
    assert (blind.can_tell[0], blind.shows[0]) == (False, False)


@pytest.mark.parametrize("n_near", [1, 2, 4, 8])
def test_near_units_at_rest_are_left_in_peace(n_near):
    """At 5 %, of 200 towns without any change near by about ten are said to have one."""
    rng = np.random.default_rng(n_near)
    away = np.concatenate([[0.0], np.ones(n_near), np.full(39 - n_near, 9.0)])
    starts = [6, *[10] * 39]
    shows = [
        near_units(
            panel(rng.normal(size=(40, 10)), starts), away, rings=[1.0], how=(0.05, rng)
        ).shows[0]
        for _ in range(200)
    ]
    assert np.mean(shows) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 200)


@pytest.mark.parametrize(("n_treated", "n_times"), [(6, 12), (20, 24)])
def test_no_drift_is_seen_where_there_is_none(n_treated, n_times):
    """At 5 %, of 300 towns; the joint test of all effects before would see one in 12 to 70 %."""
    rng = np.random.default_rng(n_treated)
    first = [2 * n_times // 3] * n_treated + [n_times] * 40
    seen = [
        pre_trend(event_times(panel(rng.normal(size=(40 + n_treated, n_times)), first)),
                  alpha=0.05).shows
        for _ in range(300)
    ]  # fmt: skip
    assert np.mean(seen) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)


def test_few_clusters_have_few_periods_and_wider_errors():
    rng = np.random.default_rng(1)
    y = rng.normal(size=(46, 24))
    few = event_times(panel(y, [16] * 6 + [24] * 40))
    assert few.n_least == 6
    assert few.study.n_pre + few.study.n_post <= 3
    wide = smoothness(few, alpha=0.05).honest
    half = (wide.usual_high - wide.usual_low) / 2
    weights = np.r_[np.zeros(few.study.n_pre), np.full(few.study.n_post, 1 / few.study.n_post)]
    error = np.sqrt(weights @ few.study.covariance @ weights)
    assert half == pytest.approx(stats.t.ppf(0.975, 5) * error)


def test_where_all_are_treated_the_last_are_compared_with():
    y = np.random.default_rng(1).normal(size=(20, 12))
    assert event_times(panel(y, [4] * 8 + [6] * 7 + [9] * 5)).n_least == 5
