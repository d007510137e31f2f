"""Two-way fixed effects and event studies: least squares with dummies, errors written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.large_panels.panel_sums import PanelSums, sums_of
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.aggregates import aggregated_effects
from evenground.questions.promise.measures.staggered.cluster_covariance import cluster_covariance
from evenground.questions.promise.measures.staggered.cluster_grams import cluster_grams
from evenground.questions.promise.measures.staggered.did_regression import (
    did_regression,
    treatment,
)
from evenground.questions.promise.measures.staggered.event_study import (
    event_study,
    event_study_of,
)
from evenground.questions.promise.measures.staggered.group_time import (
    Comparison,
    callaway_santanna,
)


def treatment_of(data):
    return (np.arange(data.n_times) >= data.first_treated[:, None])[:, :, None].astype(float)


def test_two_by_two_by_hand():
    """Treated 1 -> 5 and 2 -> 4, others 3 -> 4 and 0 -> 3: (4 + 2) / 2 - (1 + 3) / 2 = 1."""
    data = panel([[1.0, 5.0], [2.0, 4.0], [3.0, 4.0], [0.0, 3.0]], [1, 1, 2, 2])
    found = did_regression(data)
    assert found.effect == pytest.approx(1)
    assert (found.n_clusters, found.n_treated_clusters) == (4, 2)
    # Changes lie 1 off their mean on both sides: (1 + 1) / 2² + (1 + 1) / 2² = 1; eight rows, two
    # times and one effect.
    assert found.standard_error == pytest.approx(np.sqrt(4 / 3 * 7 / 5))
    assert found.degrees_of_freedom == 3
    assert found.low < 1 < found.high


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("missing", [False, True])
def test_least_squares_with_dummies(roll_out, with_dummies, seed, missing):
    data = roll_out(seed)
    seen = np.ones(data.outcomes.shape, bool)
    if missing:
        seen = np.random.default_rng(seed).uniform(size=seen.shape) > 0.15
    clusters = np.arange(data.n_units) // 3
    sums = sums_of(data, clusters=clusters, observed=seen)
    effect, design, left, unit = with_dummies(data.outcomes, treatment_of(data), seen)
    found = did_regression(sums)
    assert found.effect == pytest.approx(effect[0], abs=1e-10)
    bread = np.linalg.pinv(design.T @ design)
    scores = np.array([design[clusters[unit] == c].T @ left[clusters[unit] == c] for c in range(8)])
    meat = scores.T @ scores
    n, g = left.size, 8
    k = 1 + data.n_times  # units are nested in clusters and not counted
    expected = g / (g - 1) * (n - 1) / (n - k) * (bread @ meat @ bread)[0, 0]
    assert found.standard_error == pytest.approx(np.sqrt(expected), rel=1e-9)


@pytest.mark.parametrize("seed", range(2))
def test_errors_where_clusters_are_few(roll_out, with_dummies, seed):
    """CR3 leaves out each cluster; CR2 is Bell and McCaffrey's, written out with its matrices."""
    data = roll_out(seed)
    clusters = np.arange(data.n_units) % 7
    x = treatment_of(data)
    whole, design, left, unit = with_dummies(data.outcomes, x)
    changes = [
        with_dummies(data.outcomes[clusters != c], x[clusters != c])[0][0] - whole[0]
        for c in range(7)
    ]
    jackknife = did_regression(data, clusters=clusters, errors="CR3")
    assert jackknife.effect == pytest.approx(whole[0], abs=1e-10)
    expected = np.sqrt(6 / 7 * np.sum(np.square(changes)))
    assert jackknife.standard_error == pytest.approx(expected, rel=1e-8)
    bread = np.linalg.pinv(design.T @ design)
    hat = design @ bread @ design.T
    gap, weights = np.eye(len(left)) - hat, []
    total = 0.0
    for c in range(7):
        rows = np.flatnonzero(clusters[unit] == c)
        values, vectors = np.linalg.eigh(gap[np.ix_(rows, rows)])
        kept = values > 1e-9
        root = (vectors[:, kept] / np.sqrt(values[kept])) @ vectors[:, kept].T
        row = bread[0] @ design[rows].T @ root
        total += float(row @ left[rows]) ** 2
        weights.append(row @ gap[rows])
    reduced = did_regression(data, clusters=clusters, errors="CR2")
    assert reduced.standard_error == pytest.approx(np.sqrt(total), rel=1e-8)
    products = np.array(weights) @ np.array(weights).T
    freedom = np.trace(products) ** 2 / (products**2).sum()
    assert reduced.degrees_of_freedom == pytest.approx(freedom, rel=1e-8)
    assert reduced.degrees_of_freedom < 6


@pytest.mark.parametrize("seed", range(2))
def test_sums_by_cluster_give_the_same_corrected_errors(roll_out, seed):
    """CR1 from products by cluster is CR1 from scores, for one effect and for many."""
    data = roll_out(seed)
    sums = sums_of(data, clusters=np.arange(data.n_units) % 8)
    found = cluster_covariance(cluster_grams(sums, treatment(sums)), errors="CR1")
    assert np.sqrt(found.covariance[0, 0]) == pytest.approx(did_regression(sums).standard_error)
    assert found.degrees_of_freedom.tolist() == [7]


def test_clusters_and_times_that_do_not_fit_are_refused():
    many = PanelSums(
        n=np.ones((600, 300)), total=np.zeros((600, 300)), size=np.ones(600),
        first_treated=np.arange(600) % 2 * 150 + 150, cluster=np.arange(600),
    )  # fmt: skip
    with pytest.raises(UsageError) as raised:
        did_regression(many, errors="CR3")
    assert raised.value.problems[0].code == "clusters_many"


def test_one_treated_cluster_bears_no_jackknife():
    rng = np.random.default_rng(1)
    data = panel(rng.normal(size=(9, 5)), np.where(np.arange(9) == 0, 3, 5))
    for errors in ("CR2", "CR3"):
        found = did_regression(data, errors=errors)
        assert np.isnan(found.standard_error)
        assert np.isnan(found.p)
    assert did_regression(data).standard_error > 0


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("window", [None, (-2, 1)])
def test_an_event_study_is_least_squares(roll_out, with_dummies, seed, window):
    data = roll_out(seed)
    found = event_study(data, window=window)
    since = np.arange(data.n_times) - data.first_treated[:, None]
    if window:
        since = np.clip(since, *window)
    ever = data.ever_treated[:, None, None]
    x = ((since[:, :, None] == found.times) & ever).astype(float)
    effect, *_ = with_dummies(data.outcomes, x)
    assert found.betas == pytest.approx(effect, abs=1e-9)
    assert -1 not in found.times
    assert found.n_pre == (found.times < -1).sum()
    assert found.n_post == (found.times >= 0).sum()
    assert found.covariance == pytest.approx(found.covariance.T)
    low, high = found.limits()
    assert (low < found.betas).all()
    assert (found.betas < high).all()
    jackknife = event_study(data, window=window, errors="CR3")
    assert jackknife.betas == pytest.approx(found.betas, abs=1e-9)


@settings(max_examples=20)
@given(seed=st.integers(0, 500), exponent=st.integers(-6, 6))
def test_units_times_and_measurement_play_no_part(seed, exponent):
    rng, scale = np.random.default_rng(seed), 10.0**exponent
    starts = np.array([2, 3, 6] * 6)
    outcomes = rng.normal(size=(18, 6))
    plain = did_regression(panel(outcomes, starts))
    moved = outcomes + rng.normal(size=(18, 1)) * 5 + rng.normal(size=(1, 6)) * 5
    order = rng.permutation(18)
    other = did_regression(panel(moved[order] * scale, starts[order]))
    assert other.effect / scale == pytest.approx(plain.effect, abs=1e-10)
    assert other.standard_error / scale == pytest.approx(plain.standard_error, rel=1e-9)
    assert other.p == pytest.approx(plain.p, abs=1e-9)
    one, two = event_study(panel(outcomes, starts)), event_study(panel(moved * scale, starts))
    assert two.betas / scale == pytest.approx(one.betas, abs=1e-9)


def test_dynamic_effects_as_an_event_study(roll_out):
    data = roll_out(4)
    dynamic = aggregated_effects(
        callaway_santanna(data, comparison=Comparison(base="universal")), "dynamic"
    )
    found = event_study_of(dynamic)
    assert found.times.tolist() == [-4, -3, -2, 0, 1, 2, 3]
    assert (found.n_pre, found.n_post) == (3, 4)
    assert found.betas == pytest.approx(dynamic.effect[~dynamic.is_base])
    assert found.standard_error == pytest.approx(dynamic.standard_error[~dynamic.is_base])
    for kind in ("group", "dynamic"):
        varying = aggregated_effects(callaway_santanna(data), kind)
        with pytest.raises(UsageError):
            event_study_of(varying)


def test_what_is_not_identified_is_refused(roll_out):
    rng = np.random.default_rng(1)
    everybody = panel(rng.normal(size=(6, 4)), [2] * 6)
    with pytest.raises(UsageError) as raised:
        did_regression(everybody)
    assert raised.value.problems[0].code == "not_identified"
    with pytest.raises(UsageError):
        event_study(everybody)
    with pytest.raises(UsageError):
        event_study(roll_out(1), window=(0, 2))
    with pytest.raises(UsageError):
        did_regression(roll_out(1), confidence=1.0)
    with pytest.raises(UsageError) as raised:
        did_regression(roll_out(1), clusters=np.zeros(24), errors="CR3")
    assert raised.value.problems[0].code == "one_cluster"
