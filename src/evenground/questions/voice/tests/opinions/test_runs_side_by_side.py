"""Runs of k-means side by side, factors from near starts, single precision, runs of cells."""

from itertools import product

import numpy as np
import pytest

from evenground.methods.bootstrap import resampled_counts
from evenground.questions.voice.measures.opinions.candidate_maps import fitted_again, fitted_map
from evenground.questions.voice.measures.opinions.crowd_density import (
    CrowdDensity,
    crowd_density,
    runs,
)
from evenground.questions.voice.measures.opinions.k_means import first_different, k_means
from evenground.questions.voice.measures.opinions.k_means_runs import tightest
from evenground.questions.voice.measures.opinions.ridge_factors import ridge_factors
from evenground.questions.voice.measures.opinions.sparsity_aware_pca import principal_components
from evenground.questions.voice.tests.opinions.made_votes import with_groups, without_structure


def within(points, weights, labels):
    """Return the weighted squared distances to the means of groups."""
    total = 0.0
    for group in set(labels):
        kept = np.asarray(labels) == group
        middle = np.average(points[kept], axis=0, weights=weights[kept])
        total += float(weights[kept] @ ((points[kept] - middle) ** 2).sum(axis=1))
    return total


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_tightest_of_all_ways_to_part_eight_points(seed):
    rng = np.random.default_rng(seed)
    points, weights = rng.normal(size=(8, 2)), rng.integers(1, 5, 8).astype(float)
    found = tightest(points, (2, 3), weights=weights, n_more_starts=30, rng=rng)
    for k, one in zip((2, 3), found, strict=True):
        ways = product(range(k), repeat=8)
        best = min(within(points, weights, labels) for labels in ways if len(set(labels)) == k)
        assert one.within == pytest.approx(best, rel=1e-9)
        assert within(points, weights, one.labels.tolist()) == pytest.approx(best, rel=1e-9)


def test_without_more_starts_it_is_one_run_from_the_first_points():
    rng = np.random.default_rng(5)
    points, weights = rng.normal(size=(60, 2)), np.ones(60)
    (alone,) = tightest(points, (4,), weights=weights, n_more_starts=0, rng=rng)
    step_by_step = k_means(points, first_different(points, 4), weights=weights)
    assert alone.within == pytest.approx(step_by_step.within, rel=0.02)


def test_equal_points_leave_no_empty_clusters():
    points = np.repeat([[0.0, 0.0], [1.0, 0.0]], [3, 2], axis=0)
    rng = np.random.default_rng(6)
    found = tightest(points, (2, 3, 5), weights=np.ones(5), n_more_starts=2, rng=rng)
    assert [one.n_clusters for one in found] == [2, 2, 2]
    assert [one.within for one in found] == [0.0, 0.0, 0.0]


def test_first_different_points_are_looked_for_past_copies():
    points = np.repeat(np.arange(4.0)[:, None] * [1, 2], 5, axis=0)
    assert first_different(points, 3).tolist() == [[0, 0], [1, 2], [2, 4]]
    assert first_different(points, 9).tolist() == [[0, 0], [1, 2], [2, 4], [3, 6]]


def span(loadings):
    """Return the projection onto the columns, by which spans are compared."""
    return loadings @ np.linalg.pinv(loadings)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", ["ridge 16", "ridge 4"])
def test_factors_from_a_near_start_are_those_found_from_afar(name, seed):
    """Of people drawn anew: steps from the first map's factors end where those from axes do."""
    rng = np.random.default_rng(seed)
    votes, _group = with_groups(300, 60, 3, rng)
    first = fitted_map(votes, name)
    for weights in resampled_counts(300, rng=rng, n_draws=3):
        again = fitted_again(votes.in_single(), first, weights)
        start = principal_components(votes, weights=weights)
        afar = ridge_factors(votes, start, ridge=first.ridge, weights=weights, n_steps=200)
        turned_away = np.linalg.norm(span(again.loadings) - span(afar.loadings))
        assert turned_away < 0.05
        assert turned_away < np.linalg.norm(span(first.loadings) - span(afar.loadings)) / 4
        assert again.centre == pytest.approx(afar.centre, abs=1e-6)


def test_single_precision_gives_the_same_map():
    votes = without_structure(200, 40, np.random.default_rng(7))
    plain, light = (principal_components(one) for one in (votes, votes.in_single()))
    assert light.centre == pytest.approx(plain.centre, abs=1e-6)
    assert light.variance == pytest.approx(plain.variance, rel=1e-5)
    assert span(light.axes.T) == pytest.approx(span(plain.axes.T), abs=1e-3)


def test_cells_side_by_side_of_one_region_are_one_run():
    region = np.array([[0, -1], [0, 1], [2, 1]])  # three cells across, two rows
    found = runs(CrowdDensity(edges=np.arange(4.0), region=region))
    assert found == [(0, 1, 0, 0), (2, 2, 0, 2), (1, 2, 1, 1)]


@pytest.mark.parametrize("seed", [1, 2])
def test_runs_cover_every_cell_of_every_region_once(seed):
    crowd = crowd_density(np.random.default_rng(seed).normal(size=(20, 50, 2)))
    covered = np.full(crowd.region.shape, -1)
    for first, last, row, place in runs(crowd):
        assert (covered[first : last + 1, row] == -1).all()
        covered[first : last + 1, row] = place
    assert np.array_equal(covered, crowd.region)
