"""Bounds hold whoever the people are, and close where areas leave nothing open."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.ecological import (
    bounds_with_missing,
    duncan_davis_bounds,
    group_mean_bounds,
    mean_bounds_with_errors,
    share_bounds_with_errors,
)

# Counts of people by area: in the group with it, in the group without, others with, others without.
four_counts = st.tuples(*[st.integers(0, 20)] * 4).filter(any)
towns = st.lists(four_counts, min_size=1, max_size=8)
SLACK = 1e-12


def margins(town):
    counts = np.array(town, dtype=float)
    people = counts.sum(axis=1)
    return (counts[:, 0] + counts[:, 2]) / people, (counts[:, 0] + counts[:, 1]) / people, people


def test_two_areas_by_hand():
    """100 people, 60 with, 30 in the group; 50 people, 10 with, 45 in the group."""
    found = duncan_davis_bounds([0.6, 0.2], [[0.3, 0.9]], people=[100, 50])
    # First: 0 to 30 of 30 may have it. Second: 10 + 45 - 50 = 5 to 10 of 45.
    assert found.by_area.low[0] == pytest.approx([0, 5 / 45])
    assert found.by_area.high[0] == pytest.approx([1, 10 / 45])
    assert found.overall.low == pytest.approx([5 / 75])
    assert found.overall.high == pytest.approx([40 / 75])
    # Others: 70 with it between 30 and 60; 5 with it between 0 and 5: 30 to 65 of 75.
    assert found.gap.low == pytest.approx([(5 - 65) / 75])
    assert found.gap.high == pytest.approx([(40 - 30) / 75])
    assert found.if_alike == pytest.approx([(0.6 * 30 + 0.2 * 45) / 75])
    assert found.overall.width == pytest.approx([35 / 75])


@given(st.floats(0, 1), st.floats(0.01, 0.99))
def test_the_ends_agree_with_the_tomography_line(t, x):
    """Grofman and Merrill (2004), in King, Rosen and Tanner, Ecological Inference, (5.6a-b)."""
    first = (0, t / (1 - x)) if t <= 1 - x else ((t - (1 - x)) / x, 1)
    last = (1, (t - x) / (1 - x)) if t >= x else (t / x, 0)
    found = duncan_davis_bounds([t], [[x], [1 - x]], people=[1])
    assert found.by_area.low[:, 0] == pytest.approx([first[0], last[1]], abs=1e-9)
    assert found.by_area.high[:, 0] == pytest.approx([last[0], first[1]], abs=1e-9)
    assert found.gap.low[0] == pytest.approx(first[0] - first[1], abs=1e-9)
    assert found.gap.high[0] == pytest.approx(last[0] - last[1], abs=1e-9)


@given(towns)
def test_the_truth_is_inside_whoever_has_it(town):
    counts = np.array(town, dtype=float)
    a, b, people = margins(town)
    found = duncan_davis_bounds(a, [b], people=people)
    group, others = counts[:, :2].sum(axis=1), counts[:, 2:].sum(axis=1)
    for i in np.flatnonzero(group):
        truth = counts[i, 0] / group[i]
        assert found.by_area.low[0, i] - SLACK <= truth <= found.by_area.high[0, i] + SLACK
    if group.any():
        truth = counts[:, 0].sum() / group.sum()
        assert found.overall.low[0] - SLACK <= truth <= found.overall.high[0] + SLACK
        assert found.overall.low[0] - SLACK <= found.if_alike[0] <= found.overall.high[0] + SLACK
    if group.any() and others.any():
        gap = counts[:, 0].sum() / group.sum() - counts[:, 2].sum() / others.sum()
        assert found.gap.low[0] - SLACK <= gap <= found.gap.high[0] + SLACK


@given(towns)
def test_no_person_can_be_moved_beyond_the_bounds(town):
    """Bounds are sharp: put the group first, or last, when handing the property out."""
    a, b, people = margins(town)
    with_it, group = np.rint(a * people), np.rint(b * people)
    found = duncan_davis_bounds(a, [b], people=people)
    if group.any():
        first = np.minimum(with_it, group).sum() / group.sum()
        last = np.maximum(0, with_it - (people - group)).sum() / group.sum()
        assert found.overall.high[0] == pytest.approx(first)
        assert found.overall.low[0] == pytest.approx(last, abs=1e-12)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 20), st.integers(1, 99)), min_size=1))
def test_nothing_is_open_where_areas_are_homogeneous(areas):
    member, twentieths, people = (np.array(x, dtype=float) for x in zip(*areas, strict=True))
    a = twentieths / 20
    for share_with, in_group in ((a, member), (member, a)):
        found = duncan_davis_bounds(share_with, [in_group], people=people)
        assert np.nan_to_num(found.overall.width) == pytest.approx([0], abs=1e-12)


@given(towns, st.integers(2, 5), st.randoms(use_true_random=False))
def test_splitting_areas_order_and_size_of_the_town_change_nothing(town, times, random):
    a, b, people = margins(town)
    found = duncan_davis_bounds(a, [b, 1 - b], people=people)
    order = list(range(len(town) * 2))
    random.shuffle(order)
    twice = [np.tile(x, 2)[order] for x in (a, b, people / 2 * times)]
    again = duncan_davis_bounds(twice[0], [twice[1], 1 - twice[1]], people=twice[2])
    for one, other in ((found.overall, again.overall), (found.gap, again.gap)):
        assert other.low == pytest.approx(one.low, nan_ok=True, abs=1e-12)
        assert other.high == pytest.approx(one.high, nan_ok=True, abs=1e-12)


@given(towns)
def test_larger_areas_leave_more_open(town):
    a, b, people = margins(town)
    fine = duncan_davis_bounds(a, [b], people=people).overall
    total = people.sum()
    merged = duncan_davis_bounds(
        [(a @ people) / total], [[(b @ people) / total]], people=[total]
    ).overall
    if (b @ people) > 0:
        assert merged.low[0] <= fine.low[0] + SLACK
        assert merged.high[0] >= fine.high[0] - SLACK


def test_absent_groups_have_no_bounds():
    found = duncan_davis_bounds([0.5, 0.5], [[0, 0.5], [0, 0], [1, 1]], people=[10, 10])
    assert np.isnan(found.by_area.low[0, 0])
    assert np.isnan(found.overall.low[1])
    assert np.isnan(found.gap.low).tolist() == [False, True, True]


def test_missing_answers_by_hand():
    """Of 106, 64 answered and 21 had it: 21 to 63 of 106. Of 31, 14 answered and 3 had it."""
    found = bounds_with_missing([21 / 64, 3 / 14], [42 / 106, 17 / 31])
    assert found.low == pytest.approx([21 / 106, 3 / 31])
    assert found.high == pytest.approx([63 / 106, 20 / 31])


@given(
    st.lists(st.floats(-5, 9), min_size=1, max_size=20),
    st.lists(st.floats(-5, 9), min_size=0, max_size=20),
)
def test_whatever_the_missing_would_have_said(answers, silent):
    missing = len(silent) / (len(silent) + len(answers))
    found = bounds_with_missing(np.mean(answers), missing, least=-5, most=9)
    truth = np.mean(answers + silent)
    assert found.low - 1e-9 <= truth <= found.high + 1e-9
    assert found.width == pytest.approx(14 * missing)


def test_nobody_answered():
    found = bounds_with_missing(np.nan, 1.0)
    assert (float(found.low), float(found.high)) == (0, 1)


def test_errors_by_hand():
    """A fifth may be wrong of which 30 % have it: 10-50 % of all, 12.5-37.5 % of the right ones."""
    corrupted = share_bounds_with_errors([0.3, 0.1], 0.2)
    assert corrupted.low == pytest.approx([0.1, 0])
    assert corrupted.high == pytest.approx([0.5, 0.3])
    contaminated = share_bounds_with_errors(0.3, 0.2, unrelated=True)
    assert float(contaminated.low) == pytest.approx(0.125)
    assert float(contaminated.high) == pytest.approx(0.375)


records = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30)


@given(records, st.floats(0, 0.5))
def test_the_truth_is_inside_whichever_records_are_wrong(pairs, spare):
    """Each record: what is true, and whether it is recorded the other way round."""
    truth = np.array([t for t, _ in pairs], dtype=float)
    flipped = np.array([f for _, f in pairs])
    seen = np.where(flipped, 1 - truth, truth)
    w = min(1.0, flipped.mean() + spare)
    found = share_bounds_with_errors(seen.mean(), w)
    assert found.low - SLACK <= truth.mean() <= found.high + SLACK
    right = truth[~flipped]
    if right.size and w < 1:
        found = share_bounds_with_errors(seen.mean(), w, unrelated=True)
        assert found.low - SLACK <= right.mean() <= found.high + SLACK
        means = mean_bounds_with_errors(seen, np.ones((1, seen.size)), wrong_share=w)
        assert means.low[0] == pytest.approx(float(found.low), abs=1e-9)
        assert means.high[0] == pytest.approx(float(found.high), abs=1e-9)


def test_trimmed_means_by_hand():
    """1 to 5, a quarter may be wrong: 3.75 of 5 are kept, at the least 1 + 2 + 3 + 0.75 × 4."""
    found = mean_bounds_with_errors(
        [3, 1, 5, 2, 4], [[1, 1, 1, 1, 1], [0, 0, 2, 0, 0], [0, 0, 0, 0, 0]], wrong_share=0.25
    )
    assert found.low[:2] == pytest.approx([9 / 3.75, 5])
    assert found.high[:2] == pytest.approx([13.5 / 3.75, 5])
    assert np.isnan(found.low[2])
    everybody = bounds_with_missing(found.low[0], 0.25, least=1, most=5)
    assert float(everybody.low) == pytest.approx(0.75 * 2.4 + 0.25)


def test_wrong_use_is_refused():
    for call in (
        lambda: duncan_davis_bounds([1.1], [[0.5]], people=[1]),
        lambda: duncan_davis_bounds([0.5], [[-0.1]], people=[1]),
        lambda: duncan_davis_bounds([0.5], [[0.5, 0.5]], people=[1]),
        lambda: duncan_davis_bounds([np.nan], [[0.5]], people=[1]),
        lambda: duncan_davis_bounds([0.5], [[0.5]], people=[-1]),
        lambda: bounds_with_missing(2, 0.5),
        lambda: bounds_with_missing(np.nan, 0.5),
        lambda: bounds_with_missing(0.5, 1.5),
        lambda: bounds_with_missing([0.5, 0.5], [0.1, 0.1, 0.1]),
        lambda: share_bounds_with_errors(0.5, 1, unrelated=True),
        lambda: mean_bounds_with_errors([1, 2], [[1, 1]], wrong_share=1),
        lambda: mean_bounds_with_errors([1, 2], [[1, 1]], wrong_share=np.nan),
        lambda: mean_bounds_with_errors([1, 2], [[1, -1]], wrong_share=0.1),
    ):
        with pytest.raises(UsageError):
            call()


@given(
    st.lists(
        st.lists(st.tuples(st.booleans(), st.floats(-5, 20)), min_size=1, max_size=9),
        min_size=1,
        max_size=5,
    )
)
def test_the_mean_of_a_group_is_inside_whoever_has_which_value(areas):
    people = [len(area) for area in areas]
    members = [[x for is_in, x in area if is_in] for area in areas]
    others = [x for area in areas for is_in, x in area if not is_in]
    mean = [np.clip(np.mean([x for _, x in area]), -5, 20) for area in areas]
    share = [len(some) / n for some, n in zip(members, people, strict=True)]
    found = group_mean_bounds(mean, [share], people=people, least=-5, most=20)
    for i, values in enumerate(members):
        if values:
            assert (
                found.by_area.low[0, i] - 1e-6 <= np.mean(values) <= found.by_area.high[0, i] + 1e-6
            )
    everybody = [x for values in members for x in values]
    if everybody:
        truth = np.mean(everybody)
        assert found.overall.low[0] - 1e-6 <= truth <= found.overall.high[0] + 1e-6
    if everybody and others:
        gap = np.mean(everybody) - np.mean(others)
        assert found.gap.low[0] - 1e-6 <= gap <= found.gap.high[0] + 1e-6


def test_mean_of_a_group_by_hand():
    """A mean of 30 on a scale from 20 to 60: a quarter in the group leaves all open, 0.9 little."""
    found = group_mean_bounds([30, 30], [[0.25, 0.9]], people=[100, 100], least=20, most=60)
    assert found.by_area.low[0] == pytest.approx([20, (30 - 0.1 * 60) / 0.9])
    assert found.by_area.high[0] == pytest.approx([60, (30 - 0.1 * 20) / 0.9])
    assert found.if_alike == pytest.approx([30])


@pytest.mark.parametrize(("mean", "least", "most"), [(61, 20, 60), (19, 20, 60), (1, 2, 1)])
def test_means_outside_their_ends_are_refused(mean, least, most):
    with pytest.raises(UsageError):
        group_mean_bounds([mean], [[0.5]], people=[1], least=least, most=most)
