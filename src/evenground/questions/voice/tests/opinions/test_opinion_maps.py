"""Maps of opinions: positions, groups, and whether groups hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.opinions.adjusted_rand_index import adjusted_rand_index
from evenground.questions.voice.measures.opinions.bridging_score import bridging_score
from evenground.questions.voice.measures.opinions.candidate_maps import MAPS, fitted_maps
from evenground.questions.voice.measures.opinions.confounding import share_by_votes_cast
from evenground.questions.voice.measures.opinions.group_informed_consensus import (
    group_informed_consensus,
)
from evenground.questions.voice.measures.opinions.grouping_rule import (
    Evidence,
    refused_because,
)
from evenground.questions.voice.measures.opinions.held_out_error import Gain, held_out_error
from evenground.questions.voice.measures.opinions.k_means import first_different, k_means
from evenground.questions.voice.measures.opinions.opinion_map import (
    opinion_map,
    polis_compatible,
)
from evenground.questions.voice.measures.opinions.polis_groups import (
    in_conversation,
    polis_groups,
)
from evenground.questions.voice.measures.opinions.representative import (
    group_statistics,
    representative_statements,
    share_test,
    two_share_test,
)
from evenground.questions.voice.measures.opinions.ridge_factors import ridge_factors
from evenground.questions.voice.measures.opinions.silhouette import distances, mean_silhouette
from evenground.questions.voice.measures.opinions.sparsity_aware_pca import principal_components
from evenground.questions.voice.measures.opinions.stability import onto
from evenground.questions.voice.measures.opinions.vote_matrix import vote_matrix
from evenground.questions.voice.tests.opinions.made_votes import (
    cast,
    with_groups,
    without_structure,
)

_ = np.nan


def test_a_vote_is_one_nought_minus_one_or_missing():
    with pytest.raises(UsageError, match="vote_unknown"):
        vote_matrix([[1, 2], [0, 1]])
    with pytest.raises(UsageError, match="no_votes"):
        vote_matrix([[_, _], [_, _]])
    with pytest.raises(UsageError, match="array_shape"):
        vote_matrix([1, 0])


def test_components_by_hand():
    """Two camps on two statements: one axis holds everything, (1, -1) / sqrt(2)."""
    found = principal_components(vote_matrix([[1, -1], [1, -1], [-1, 1], [-1, 1]]))
    assert found.centre == pytest.approx([0, 0])
    assert found.axes[0] == pytest.approx(np.array([1, -1]) / np.sqrt(2))
    assert found.variance == pytest.approx([2, 0])
    assert found.share == pytest.approx([1, 0])
    assert found.axes[1] == pytest.approx([0, 0])


def test_who_voted_on_half_is_moved_out_by_the_root_of_two():
    votes = vote_matrix([[1, -1], [1, -1], [-1, 1], [-1, 1], [1, _]])
    found = principal_components(votes)
    plain, shown = found.scores(votes), found.positions(votes)
    assert shown[4] == pytest.approx(plain[4] * np.sqrt(2))
    assert shown[:4] == pytest.approx(plain[:4])


def test_components_are_those_of_the_singular_values():
    """The identity between eigenvectors of the covariance and right singular vectors."""
    rng = np.random.default_rng(3)
    votes, _group = with_groups(80, 25, 3, rng)
    found = principal_components(votes)
    rest = votes.value - votes.seen * found.centre
    _left, sizes, right = np.linalg.svd(rest, full_matrices=False)
    assert found.variance == pytest.approx(sizes[:2] ** 2 / 80)
    assert np.abs(np.sum(found.axes * right[:2], axis=1)) == pytest.approx([1, 1])


@given(seed=st.integers(0, 10_000))
def test_rows_drawn_twice_count_like_rows_written_twice(seed):
    rng = np.random.default_rng(seed)
    votes, _group = with_groups(30, 8, 2, rng)
    times = rng.integers(0, 3, 30).astype(float)
    times[0] = 1
    twice = vote_matrix(
        np.repeat(np.where(votes.seen > 0, votes.value, np.nan), times.astype(int), axis=0)
    )
    one = principal_components(votes, weights=times)
    two = principal_components(twice)
    assert one.centre == pytest.approx(two.centre, abs=1e-10)
    assert one.variance == pytest.approx(two.variance, rel=1e-9)


def test_ridge_factors_are_at_rest_where_the_slopes_are_nought():
    """At the optimum each side solves its own ridge regression of what the mean leaves over."""
    votes, _group = with_groups(60, 15, 2, np.random.default_rng(8))
    start = principal_components(votes)
    found = ridge_factors(votes, start, ridge=4.0, n_steps=4)
    again = ridge_factors(votes, start, ridge=4.0)
    rest = votes.value - votes.seen * found.centre
    for fitted in (found, again):
        people = fitted.factors(votes)
        left = rest - votes.seen * (people @ fitted.loadings.T)
        assert left @ fitted.loadings == pytest.approx(4.0 * people, abs=1e-9)
    with pytest.raises(UsageError, match="ridge"):
        ridge_factors(votes, start, ridge=0)


def test_k_means_by_hand():
    points = np.array([[0.0, 0], [0, 1], [10, 0], [10, 1]])
    found = k_means(points, first_different(points, 2), weights=np.ones(4))
    assert found.centres.tolist() == [[5, 0], [5, 1]]  # a poor start stays poor
    better = k_means(points, points[[0, 2]], weights=np.ones(4))
    assert better.labels.tolist() == [0, 0, 1, 1]
    assert better.within == pytest.approx(1.0)
    with pytest.raises(UsageError, match="array_shape"):
        k_means(points, points[:0], weights=np.ones(4))


def test_silhouette_by_hand():
    """Points at 0, 1 and 10: inside 1, outside 10 and 9; the one that is alone counts as 0."""
    apart = distances(np.array([[0.0], [1.0], [10.0]]))
    found = mean_silhouette(apart, np.array([0, 0, 1]))
    assert found == pytest.approx((0.9 + 8 / 9 + 0) / 3)
    with pytest.raises(UsageError, match="one_cluster"):
        mean_silhouette(apart, np.zeros(3, int))


def test_adjusted_rand_index_by_hand():
    assert adjusted_rand_index([0, 0, 1, 1], [1, 1, 0, 0]) == 1
    # One pair of six together in both, two in each: (0 - 2/3) / (2 - 2/3).
    assert adjusted_rand_index([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(-0.5)
    assert adjusted_rand_index([0, 0, 0], [0, 0, 0]) == 1
    with pytest.raises(UsageError, match="array_shape"):
        adjusted_rand_index([0, 1], [0, 1, 1])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=40))
def test_the_index_knows_no_first_grouping_and_no_names(pairs):
    one, two = (np.array(each) for each in zip(*pairs, strict=True))
    found = adjusted_rand_index(one, two)
    assert found == pytest.approx(adjusted_rand_index(two, one))
    assert found == pytest.approx(adjusted_rand_index(3 - one, two))
    assert found <= 1


def test_seven_votes_bring_someone_in_and_fifteen_people_are_wanted():
    n_votes = np.array([*[7] * 20, 6, 1])
    assert in_conversation(n_votes, 50).tolist() == [True] * 20 + [False] * 2
    assert in_conversation(np.array([3, 2]), 3).tolist() == [True, True]
    few = np.array([*[9] * 5, *[2] * 8, *[1] * 8])
    assert in_conversation(few, 50).sum() == 15
    assert in_conversation(few, 50)[:15].all()


def test_groups_are_told_the_largest_first():
    rng = np.random.default_rng(1)
    places = np.concatenate([rng.normal(0, 0.3, (20, 2)), rng.normal(5, 0.3, (30, 2))])
    found = polis_groups(places)
    assert found.n_groups == 2
    assert np.bincount(found.labels).tolist() == [30, 20]
    assert polis_groups(np.zeros((5, 2))) is None


def test_tests_of_shares_by_hand():
    """9 of 9 gives 2 sqrt(10) / 2; 4 of 9 against 4 of 9 gives 0; all against all gives 0."""
    assert share_test(9, 9) == pytest.approx(np.sqrt(10))
    assert two_share_test(4, 4, 9, 9) == pytest.approx(0)
    assert two_share_test(9, 9, 9, 9) == pytest.approx(0)
    # Shares of 1 and 1 in 10 with one added, 11 in 20 together.
    assert two_share_test(9, 0, 9, 9) == pytest.approx(0.9 / np.sqrt(0.0495))


def test_what_a_group_stands_for():
    yes, no = [1] * 10, [-1] * 10
    votes = vote_matrix(np.array([yes + no, [1] * 20, no + yes]).T)
    found = group_statistics(votes, np.repeat([0, 1], 10))
    assert found.agreed.tolist() == [[10, 10, 0], [0, 10, 10]]
    stands = representative_statements(found, 0)
    assert [(one.statement, one.agree) for one in stands] == [(0, True), (2, False)]
    only = representative_statements(found, 0, stands=np.array([False, True, False]))
    assert [one.statement for one in only] == [1]


def test_consensus_is_low_where_one_group_refuses():
    found = group_informed_consensus([[8, 8], [8, 0]], [[8, 8], [8, 8]])
    assert found == pytest.approx([0.81, 0.09])


def test_a_bridge_is_agreed_with_on_both_sides():
    rng = np.random.default_rng(5)
    side = np.repeat([1.0, -1.0], 40)
    bridge, wedge = np.ones(80), side
    noise = rng.choice([-1.0, 1.0], (80, 6)) * np.where(rng.random((80, 6)) < 0.8, 1, side[:, None])
    found = bridging_score(vote_matrix(np.column_stack([bridge, wedge, noise])))
    assert found.argmax() == 0
    assert abs(found[1]) < found[0] / 2


def test_votes_cast_that_tell_the_group():
    assert share_by_votes_cast([1, 2, 8, 9], np.array([0, 0, 1, 1])) == pytest.approx(0.8)
    assert share_by_votes_cast([5, 5, 5], np.array([0, 1, 1])) == 0
    with pytest.raises(UsageError, match="array_shape"):
        share_by_votes_cast([1, 2], np.array([0]))


@given(seed=st.integers(0, 1000), turn=st.floats(0, 6.28))
def test_a_map_that_was_turned_is_turned_back(seed, turn):
    places = np.random.default_rng(seed).normal(size=(12, 2))
    turned = places @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    assert turned @ onto(turned, places) == pytest.approx(places)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_groups_are_found(seed):
    rng = np.random.default_rng(seed)
    votes, group = with_groups(300, 50, 3, rng)
    found = opinion_map(votes, rng=rng)
    assert found.reasons == ()
    assert adjusted_rand_index(found.groups.labels, group[found.inside]) > 0.8


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_cut_through_a_crowd_is_told_from_groups(seed):
    rng = np.random.default_rng(seed)
    votes, _group = with_groups(300, 60, 2, rng)
    assert not opinion_map(votes, rng=rng).cuts_a_crowd
    line = rng.normal(0, 1, (300, 1)) * rng.normal(0, 1.5, 60) + rng.normal(0, 1, 60)
    crowd = vote_matrix(cast(line, 0.6, rng))
    assert opinion_map(crowd, rng=rng).cuts_a_crowd


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_groups_of_nothing_are_refused(seed):
    rng = np.random.default_rng(seed)
    found = opinion_map(without_structure(200, 40, rng), rng=rng)
    assert found.groups is None
    assert {"unstable", "foretell_nothing"} <= set(found.reasons)


def test_the_same_seed_gives_the_same_map():
    votes, _group = with_groups(60, 20, 2, np.random.default_rng(0))
    one, two = (opinion_map(votes, rng=np.random.default_rng(9)) for _again in range(2))
    assert np.array_equal(one.positions, two.positions)
    assert np.array_equal(one.stability.indices, two.stability.indices)
    assert one.held_out == two.held_out


def test_statements_in_another_order_give_the_same_positions():
    votes, _group = with_groups(60, 20, 2, np.random.default_rng(0))
    order = np.random.default_rng(1).permutation(20)
    other = vote_matrix(np.where(votes.seen > 0, votes.value, np.nan)[:, order])
    for name in MAPS:
        one = fitted_maps(votes)[name].positions(votes)
        two = fitted_maps(other)[name].positions(other)
        assert np.abs(two) == pytest.approx(np.abs(one), abs=1e-8)


def test_votes_that_are_hidden_take_no_part():
    """Where all is alike, hidden votes are foretold without error by every predictor with data."""
    votes = vote_matrix(np.ones((30, 10)))
    found = held_out_error(votes, np.ones(30, bool), rng=np.random.default_rng(0))
    assert found.errors["statement mean"] == pytest.approx(0)
    assert found.gain is None
    assert found.n_votes == 300


def test_moderation_makes_a_statement_passed_by_everybody():
    votes, _group = with_groups(40, 12, 2, np.random.default_rng(4))
    out = np.arange(12) == 3
    other = votes.value.copy()
    other[:, 3] = np.random.default_rng(1).choice([-1, 1], 40) * votes.seen[:, 3]
    changed = vote_matrix(np.where(votes.seen > 0, other, np.nan))
    for one, two in zip(
        polis_compatible(votes, out)[:2], polis_compatible(changed, out)[:2], strict=True
    ):
        assert np.array_equal(one, two)


SURE = Gain(value=0.1, low=0.05, high=0.15)
NONE = Gain(value=0.0, low=-0.01, high=0.01)


@pytest.mark.parametrize(
    ("evidence", "reasons"),
    [
        ((0.9, 0.1, SURE, SURE, 0.0), ()),
        ((0.6, 0.0, SURE, SURE, 0.0), ("unstable",)),
        ((0.9, 0.15, SURE, SURE, 0.0), ("unstable",)),
        ((0.9, 0.0, NONE, NONE, 0.0), ("foretell_nothing",)),
        ((0.9, 0.0, SURE, NONE, 0.0), ("level_only",)),
        ((0.9, 0.0, SURE, SURE, 0.5), ("votes_cast",)),
        ((0.1, 0.9, NONE, NONE, 0.9), ("unstable", "foretell_nothing", "votes_cast")),
        ((None, None, None, None, None), ("no_groups",)),
        ((0.9, 0.0, None, None, 0.0), ("untested",)),
        ((0.2, 0.5, None, None, 0.5), ("unstable", "untested", "votes_cast")),
    ],
)
def test_the_rule_names_every_reason(evidence, reasons):
    stability, dissolved, gain, beyond, shared = evidence
    found = refused_because(
        Evidence(
            stability=stability,
            dissolved=dissolved,
            gain=gain,
            gain_beyond_level=beyond,
            share_by_votes=shared,
        )
    )
    assert found == reasons


def test_too_few_are_refused():
    for votes in ([[1, 0, 1]], [[1], [0], [1]]):
        found = opinion_map(vote_matrix(votes), rng=np.random.default_rng(0))
        assert found.groups is None
        assert found.reasons == ("too_few",)
