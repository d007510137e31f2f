"""As many units elsewhere: what each group would gain or lose."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.reach.measures.gain_and_loss import gain_and_loss

groups = st.integers(2, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 60), min_size=n, max_size=n),
        st.lists(st.integers(1, 5_000), min_size=n, max_size=n),
    )
)


def test_parts_by_hand():
    """10 units over 300, 500 and 200 people: 3, 5 and 2, where 1, 4 and 5 stand."""
    found = gain_and_loss([1, 4, 5], [300, 500, 200], whole=False)
    assert found.placed.tolist() == [1, 4, 5]
    assert found.even == pytest.approx([3, 5, 2])
    assert found.change == pytest.approx([2, 1, -3])
    assert found.moved == pytest.approx(3)


def test_whole_units_by_hand():
    """7 units over 50, 30 and 20: quotas 3.5, 2.1 and 1.4; the one left goes to the first."""
    found = gain_and_loss([0, 0, 7], [50, 30, 20], whole=True)
    assert found.even.tolist() == [4, 2, 1]
    assert found.change.tolist() == [4, 2, -6]
    assert found.moved == 6
    parts = gain_and_loss([0, 0, 7], [50, 30, 20], whole=False)
    assert parts.even == pytest.approx([3.5, 2.1, 1.4])
    assert parts.moved == pytest.approx(5.6)


def test_units_in_parts_stay_in_parts():
    """Where a line lies in two classes, there is no whole number to hand out."""
    found = gain_and_loss([1.5, 2.0], [1, 1], whole=True)
    assert found.even.tolist() == [1.75, 1.75]


def test_no_unit_moves_nowhere():
    found = gain_and_loss([0, 0], [3, 4], whole=True)
    assert found.even.tolist() == [0, 0]
    assert found.moved == 0


def test_a_group_without_people_gets_none():
    found = gain_and_loss([2, 2], [0, 9], whole=True)
    assert found.even.tolist() == [0, 4]
    assert found.change.tolist() == [-2, 2]


@pytest.mark.parametrize("whole", [True, False])
@given(groups)
def test_as_many_units_as_before(whole, given_groups):
    placed, baseline = given_groups
    found = gain_and_loss(placed, baseline, whole=whole)
    assert found.even.sum() == pytest.approx(sum(placed))
    assert found.change.sum() == pytest.approx(0, abs=1e-9)
    assert found.moved == pytest.approx(-found.change[found.change < 0].sum(), abs=1e-9)
    assert (found.even >= 0).all()


@given(groups)
def test_whole_units_are_whole_and_next_to_their_part(given_groups):
    placed, baseline = given_groups
    whole = gain_and_loss(placed, baseline, whole=True).even
    parts = gain_and_loss(placed, baseline, whole=False).even
    assert (whole == np.rint(whole)).all()
    assert (np.abs(whole - parts) < 1).all()


@given(groups, st.sampled_from([0.25, 2.0, 1024.0]))
def test_the_unit_of_the_baseline_does_not_matter(given_groups, times):
    placed, baseline = given_groups
    first = gain_and_loss(placed, baseline, whole=True)
    other = gain_and_loss(placed, times * np.array(baseline), whole=True)
    assert other.even.tolist() == first.even.tolist()


@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(given_groups, random):
    placed, baseline = (np.array(one) for one in given_groups)
    order = random.sample(range(len(placed)), len(placed))
    first = gain_and_loss(placed, baseline, whole=False)
    turned = gain_and_loss(placed[order], baseline[order], whole=False)
    assert turned.change == pytest.approx(first.change[order])
    assert turned.moved == pytest.approx(first.moved)


@given(groups)
def test_splitting_a_group_in_two_alike_moves_as_many(given_groups):
    placed, baseline = (np.array(one, dtype=float) for one in given_groups)
    halves = [np.concatenate([one[:1] / 2, one[:1] / 2, one[1:]]) for one in (placed, baseline)]
    first = gain_and_loss(placed, baseline, whole=False)
    split = gain_and_loss(*halves, whole=False)
    assert split.change[:2].sum() == pytest.approx(first.change[0], abs=1e-9)
    assert split.moved == pytest.approx(first.moved, abs=1e-9)


@given(groups)
def test_an_even_placement_would_not_change(given_groups):
    placed, baseline = given_groups
    even = gain_and_loss(placed, baseline, whole=True).even
    again = gain_and_loss(even, baseline, whole=True)
    assert again.moved == 0


@given(groups)
def test_moved_is_the_dissimilarity_times_units(given_groups):
    """Half the sum of absolute deviations: the Hoover index times the total."""
    placed, baseline = (np.array(one, dtype=float) for one in given_groups)
    found = gain_and_loss(placed, baseline, whole=False)
    share = baseline / baseline.sum()
    assert found.moved == pytest.approx(np.abs(placed - placed.sum() * share).sum() / 2, abs=1e-9)


@pytest.mark.parametrize(
    ("placed", "baseline"),
    [([1, 2], [0, 0]), ([1, -2], [1, 1]), ([1, 2], [1, np.nan]), ([1, 2], [1, 2, 3]),
     ([1, 2], [2, -1])],
)  # fmt: skip
def test_bad_input_is_refused(placed, baseline):
    with pytest.raises(UsageError):
        gain_and_loss(placed, baseline, whole=True)
