"""Errors and calibration by group: published numbers, exact identities, coverage by simulation."""

from __future__ import annotations

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.cannot_tell import CannotTell
from evenground.questions.data.measures.predictions.calibration import (
    brier,
    reliability,
    score_edges,
)
from evenground.questions.data.measures.predictions.calibration_slope import calibration_slope
from evenground.questions.data.measures.predictions.decisions import (
    Decisions,
    decision_counts,
    decisions,
    decisions_of,
)
from evenground.questions.data.measures.predictions.error_rates import (
    RATES,
    error_rates,
    rate_differences,
)
from evenground.questions.data.measures.predictions.fairness_conflicts import (
    fairness_conflicts,
    implied_false_positive_rate,
)
from evenground.questions.data.measures.predictions.group_calibration import group_calibration
from evenground.questions.data.measures.predictions.regression_errors import regression_errors
from evenground.questions.data.measures.predictions.two_shares import (
    koopman_limits,
    two_shares,
    wilson_limits,
)

# From "How we analyzed the COMPAS recidivism algorithm" by Larson, Mattu, Kirchner and Angwin of
# ProPublica (2016): recidivism within two years of defendants in Broward County, low against medium
# or high risk.
BROWARD = Decisions(
    groups=("Black", "white"),
    true_positive=np.array([1369, 505]),
    false_positive=np.array([805, 349]),
    false_negative=np.array([532, 461]),
    true_negative=np.array([990, 1139]),
)


def test_broward_county_is_reproduced():
    """The published 44.85 and 23.45 per cent false positives, 27.99 and 47.72 false negatives."""
    rates = error_rates(BROWARD)
    assert 100 * rates["false_positive_rate"].value == pytest.approx([44.85, 23.45], abs=0.006)
    assert 100 * rates["false_negative_rate"].value == pytest.approx([27.99, 47.72], abs=0.006)
    assert np.round(rates["positive_predictive_value"].value, 2).tolist() == [0.63, 0.59]
    assert np.round(rates["base_rate"].value, 2).tolist() == [0.51, 0.39]
    (apart,) = rate_differences(rates["false_positive_rate"], reference="white")
    assert (apart.group, apart.told) == ("Black", "more")
    assert apart.both.ratio == pytest.approx(1.91, abs=0.005)
    assert apart.both.ratio_low > 1.7


def test_broward_county_cannot_meet_all_criteria():
    found = fairness_conflicts(BROWARD)
    assert found.differ is True
    assert found.pairs == (("white", "Black"),)
    assert "predictive_parity" in found.conflicts[0].criteria
    # Chouldechova's equation holds exactly for each group with its own values.
    for one in range(2):
        alone = Decisions(
            groups=("one",),
            **{
                name: getattr(BROWARD, name)[[one]]
                for name in ("true_positive", "false_positive", "false_negative", "true_negative")
            },
        )
        rates = error_rates(alone)
        implied = implied_false_positive_rate(alone, rates["base_rate"].value)
        np.testing.assert_allclose(implied, rates["false_positive_rate"].value, rtol=1e-12)
    # Common predictive value and false negatives would treat the group of more cases worse.
    assert found.implied_false_positive_rate[0] > found.implied_false_positive_rate[1]


def test_alike_base_rates_rule_nothing_out():
    alike = Decisions(
        groups=("a", "b"),
        true_positive=np.array([50, 40]),
        false_positive=np.array([10, 20]),
        false_negative=np.array([50, 60]),
        true_negative=np.array([90, 80]),
    )
    found = fairness_conflicts(alike)
    assert found.differ is None
    assert found.conflicts == ()


def test_small_groups_cannot_be_told():
    few = decisions(
        [1, 1, 1, 0] * 3 + [0] * 60, [0, 0, 0, 0] * 3 + [0] * 60, ["a"] * 12 + ["b"] * 60
    )
    rate = error_rates(few)["false_positive_rate"]
    (one,) = rate_differences(rate)
    assert one.both.difference_low > 0
    assert one.told == "cannot_tell"
    assert rate.reason(0).code == "reason.error_rates.few"
    assert rate.reason(1) is None
    never = error_rates(few)["true_positive_rate"]
    assert np.isnan(never.value).all()
    assert (never.low.tolist(), never.high.tolist()) == ([0, 0], [1, 1])
    assert rate_differences(never)[0].both is None


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([True, False, None]),
            st.sampled_from([True, False, None]),
            st.sampled_from(["a", "b", None]),
        ),
        max_size=40,
    )
)
def test_engine_and_arrays_count_the_same_decisions(rows):
    decided, came, group = zip(*rows, strict=True) if rows else ((), (), ())
    table = ibis.duckdb.connect().create_table(
        "rows",
        pa.table({"d": pa.array(decided, pa.bool_()), "o": pa.array(came, pa.bool_()),
                  "g": pa.array(group, pa.string())}),
    )  # fmt: skip
    counts = decision_counts(table, decided=table.d, came=table.o, group="g").to_pyarrow()
    lazily = decisions_of(counts)
    floats = [[np.nan if one is None else float(one) for one in side] for side in (decided, came)]
    eager = decisions(*floats, group)
    assert lazily.groups == eager.groups
    assert lazily.n_left_out == eager.n_left_out
    assert int(eager.n_rows.sum()) + eager.n_left_out == len(rows)
    for name in ("true_positive", "false_positive", "false_negative", "true_negative"):
        np.testing.assert_array_equal(getattr(lazily, name), getattr(eager, name))
    rates = error_rates(eager)
    assert tuple(rates) == RATES
    for rate in rates.values():
        there = rate.n > 0
        assert (rate.low[there] <= rate.value[there]).all()
        assert (rate.value[there] <= rate.high[there]).all()


# two shares


def test_newcombe_and_koopman_as_published():
    """Newcombe's example a, 56/70 and 48/80, method 10; Koopman's, 36/40 and 16/80."""
    found = two_shares((56, 70), (48, 80))
    assert (found.difference_low, found.difference_high) == pytest.approx(
        (0.0524, 0.3339), abs=5e-5
    )
    assert koopman_limits((36, 40), (16, 80)) == pytest.approx((2.94, 7.15), abs=0.005)
    assert [float(one) for one in wilson_limits(81, 263)] == pytest.approx(
        (0.2553, 0.3662), abs=5e-5
    )


def test_shares_of_none_or_all():
    none = two_shares((0, 10), (0, 10))
    assert np.isnan(none.ratio)
    assert (none.ratio_low, none.ratio_high) == (0, np.inf)
    assert two_shares((0, 10), (5, 10)).ratio_low == 0
    assert two_shares((5, 10), (0, 10)).ratio_high == np.inf
    full = two_shares((10, 10), (10, 10))
    assert full.ratio_low < 1 < full.ratio_high
    assert full.difference_low < 0 < full.difference_high


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_intervals_hold_the_estimate_and_turn_with_the_groups(n1, n2, data):
    first = (data.draw(st.integers(0, n1)), n1)
    second = (data.draw(st.integers(0, n2)), n2)
    found, turned = two_shares(first, second), two_shares(second, first)
    assert found.difference_low <= found.difference <= found.difference_high
    assert turned.difference_low == pytest.approx(-found.difference_high)
    if first[0] and second[0]:
        assert found.ratio_low <= found.ratio * (1 + 1e-9)
        assert found.ratio <= found.ratio_high * (1 + 1e-9)
        assert turned.ratio_low == pytest.approx(1 / found.ratio_high, rel=1e-6)


@pytest.mark.parametrize(("p1", "p2", "n"), [(0.1, 0.3, 40), (0.5, 0.5, 25), (0.05, 0.02, 100)])
def test_intervals_of_differences_cover(p1, p2, n):
    rng = np.random.default_rng([n, int(100 * p1)])
    drawn = rng.binomial(n, [p1, p2], size=(1500, 2))
    found = [two_shares((int(a), n), (int(b), n)) for a, b in drawn]
    covered = np.mean([one.difference_low <= p1 - p2 <= one.difference_high for one in found])
    ratios = np.mean([one.ratio_low <= p1 / p2 <= one.ratio_high for one in found])
    assert covered >= 0.93
    assert ratios >= 0.93


# calibration


def drawn_scores(seed, n=4000, *, slope=1.0, intercept=0.0):
    rng = np.random.default_rng(seed)
    score = rng.beta(1.5, 3, n)
    log_odds = intercept + slope * np.log(score / (1 - score))
    return score, (rng.random(n) < 1 / (1 + np.exp(-log_odds))).astype(float)


def test_brier_by_hand():
    """Four rows at two scores: decomposition into parts of squares."""
    found = brier([0.2, 0.2, 0.8, 0.8], [0, 1, 1, 1])
    assert found.score == pytest.approx((0.04 + 0.64 + 0.04 + 0.04) / 4)
    assert found.uncertainty == pytest.approx(3 / 16)
    assert found.resolution == pytest.approx(1 / 16)
    assert found.reliability == pytest.approx((0.09 + 0.04) / 2)
    assert found.within == pytest.approx(0)
    assert brier([], []) is None
    with pytest.raises(UsageError):
        brier([1.5], [1])


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.integers(1, 12))
def test_the_parts_of_brier_add_up(seed, n_bins):
    score, came = drawn_scores(seed, 200)
    found = brier(score, came, edges=score_edges(score, n_bins=n_bins))
    # The spread within bins, written out: variance of scores less twice their covariance.
    edges = score_edges(score, n_bins=n_bins)
    at = np.searchsorted(edges[1:-1], score, side="right")
    within = 0.0
    for one in np.unique(at):
        s, o = score[at == one], came[at == one]
        within += (np.square(s - s.mean()) - 2 * (s - s.mean()) * (o - o.mean())).sum() / 200
    assert found.within == pytest.approx(within, abs=1e-12)
    assert min(found.reliability, found.resolution, found.uncertainty) >= 0


def test_bins_keep_equal_scores_together():
    assert score_edges([1, 2, 3, 3]).tolist() == [1, 1.5, 2.5, 3]
    deciles = np.random.default_rng(1).integers(1, 11, 500)
    found = reliability(deciles, np.ones(500))
    assert found.n.size == 10
    assert found.mean_score.tolist() == list(range(1, 11))
    skewed = np.r_[np.zeros(900), np.random.default_rng(2).random(100)]
    assert reliability(skewed, np.zeros(1000)).n.min() > 0
    for call in (lambda: score_edges([]), lambda: reliability([1], [2]),
                 lambda: reliability([1.0], [1], edges=[2, 1])):  # fmt: skip
        with pytest.raises(UsageError):
            call()


def test_calibrated_scores_seldom_depart_and_others_do():
    alarms = sum(reliability(*drawn_scores(seed, 800)).departs.any() for seed in range(200))
    assert alarms <= 20
    assert reliability(*drawn_scores(1, intercept=0.8)).departs.any()


def test_slope_and_intercept_are_found_with_their_coverage():
    covered = []
    for seed in range(150):
        found = calibration_slope(*drawn_scores(seed, 800, slope=0.6))
        covered.append(found.slope_low <= 0.6 <= found.slope_high)
        fair = calibration_slope(*drawn_scores(1000 + seed, 800))
        covered.append(fair.intercept_low <= 0 <= fair.intercept_high)
    assert np.mean(covered) >= 0.92
    shifted = calibration_slope(*drawn_scores(7, intercept=0.5))
    assert shifted.intercept_low > 0.3
    assert shifted.n_at_ends == 0
    ends = calibration_slope([*([0.0] * 30), *([1.0] * 30)], [*([0, 1] * 15), *([1] * 29), 0])
    assert ends.n_at_ends == 60


def test_groups_are_put_into_the_same_bins():
    score, came = drawn_scores(3, 900)
    group = np.repeat(["a", "b", "c"], 300)
    came[group == "c"] = np.random.default_rng(4).random(300) < 0.8
    found = group_calibration(score, came, group)
    assert [one.group for one in found] == ["a", "b", "c"]
    assert all((one.reliability.edges == found[0].reliability.edges).all() for one in found)
    assert sum(one.n for one in found) == 900
    assert not found[0].reliability.departs.any()
    assert found[2].reliability.departs.any()
    assert found[2].slope.intercept_low > 0
    deciles = group_calibration(np.rint(score * 10), came, group)
    assert deciles[0].brier.reason.code == "reason.calibration.no_probability"
    assert isinstance(deciles[0].slope, CannotTell)
    assert group_calibration([], [], []) == ()
    with pytest.raises(UsageError):
        group_calibration([0.5], [1], [])


@pytest.mark.parametrize(
    ("scores", "came", "why"),
    [
        ([0.2] * 30, [1] * 5 + [0] * 25, "few"),
        ([0.2] * 40, [1] * 20 + [0] * 20, "one_score"),
        ([0.2] * 20 + [0.8] * 20, [0] * 20 + [1] * 20, "parted"),
    ],
)
def test_what_carries_no_line_cannot_be_told(scores, came, why):
    found = calibration_slope(scores, came)
    assert isinstance(found, CannotTell)
    assert found.reason.code == f"reason.calibration_slope.{why}"


# amounts


def test_errors_of_amounts_by_group():
    rng = np.random.default_rng(3)
    seen = rng.normal(100, 10, 300)
    said = seen + np.repeat([0.0, 5.0, -2.0], 100) + rng.normal(0, 3, 300)
    group = np.repeat(["a", "b", "c"], 100)
    found = regression_errors(said, seen, group, rng=np.random.default_rng(1))
    again = regression_errors(said, seen, group, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(found.bias_low, again.bias_low)
    assert found.groups == ("a", "b", "c")
    assert found.bias_low[1] > 4
    assert found.bias_high[2] < -1
    assert (found.error_low <= found.mean_absolute_error).all()
    assert found.is_enough.all()
    few = regression_errors([1.0, 2.0], [1.0, 1.0], ["a", "a"], rng=rng)
    assert few.reason(0).code == "reason.error_rates.few"
    one = regression_errors([1.0], [1.0], ["a"], rng=rng)
    assert one.bias_high[0] == np.inf
    with pytest.raises(UsageError):
        regression_errors([1.0, 2.0], [1.0, 1.0], ["a"], rng=rng)


@pytest.mark.parametrize("n", [20, 60])
def test_intervals_of_amounts_cover(n):
    rng = np.random.default_rng(n)
    held = []
    for _ in range(300):
        off = rng.normal(1, 2, n)
        found = regression_errors(off, np.zeros(n), ["a"] * n, rng=rng)
        held.append(found.bias_low[0] <= 1 <= found.bias_high[0])
    assert np.mean(held) >= 0.92


def test_many_rows_take_the_normal_interval():
    rng = np.random.default_rng(5)
    off = rng.normal(1, 2, 30_000)
    found = regression_errors(off, np.zeros(30_000), ["a"] * 30_000, rng=rng)
    assert found.bias_high[0] - found.bias_low[0] == pytest.approx(2 * 1.96 * 2 / 173.2, rel=0.02)


def test_wrong_use_of_predictions_is_refused():
    for call in (
        lambda: decisions([1], [1, 0], ["a"]),
        lambda: decisions([2], [1], ["a"]),
        lambda: error_rates(BROWARD, least=0),
        lambda: rate_differences(error_rates(BROWARD)["accuracy"], reference="none"),
        lambda: two_shares((2, 1), (0, 1)),
        lambda: calibration_slope([2.0], [1]),
    ):
        with pytest.raises(UsageError):
            call()
