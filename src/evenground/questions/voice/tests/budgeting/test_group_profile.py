"""Who a group is, and that small counts cannot be worked out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.group_profile import age_bands, group_profile


def test_counts_are_told_where_none_is_small() -> None:
    members = [True] * 12 + [False] * 20
    categories = ["w"] * 6 + ["m"] * 6 + ["w"] * 10 + ["m"] * 10
    found = group_profile(members, categories=categories, threshold=5)
    assert [(one.category, one.n_group, one.n_voters) for one in found.rows] == [
        ("m", 6, 16),
        ("w", 6, 16),
    ]
    assert found.n_hidden == 0


def test_a_small_count_takes_another_with_it() -> None:
    # Two women of the group: hidden; the group's size would give them away, so one more row goes.
    members = [True] * 22 + [False] * 30
    categories = ["w"] * 2 + ["m"] * 12 + ["x"] * 8 + ["w"] * 10 + ["m"] * 10 + ["x"] * 10
    found = group_profile(members, categories=categories, threshold=5)
    hidden = {one.category for one in found.rows if one.n_group is None}
    assert "w" in hidden
    assert len(hidden) >= 2
    assert found.n_exposed == 0


def test_a_small_group_tells_nothing() -> None:
    members = [True] * 3 + [False] * 30
    found = group_profile(members, categories=["w"] * 2 + ["m"] * 31, threshold=5)
    assert all(one.n_group is None for one in found.rows if one.category == "w")


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5))
def test_no_row_shows_a_small_count(counts: list[tuple[int, int]]) -> None:
    members = np.concatenate([np.repeat([True, False], pair) for pair in counts])
    categories = [str(at) for at, pair in enumerate(counts) for _ in range(sum(pair))]
    found = group_profile(members, categories=categories, threshold=5)
    for row in found.rows:
        if row.n_group is None:
            continue
        assert row.n_group == 0 or row.n_group >= 5
        rest = (row.n_voters or row.n_group) - row.n_group
        assert rest == 0 or rest >= 5


def test_wrong_lengths_are_refused() -> None:
    with pytest.raises(UsageError, match="categories"):
        group_profile([True], categories=["a", "b"], threshold=5)
    with pytest.raises(UsageError, match="categories"):
        group_profile([True], categories=["a"], threshold=1)


def test_age_bands() -> None:
    assert age_bands([17, 18, 29, 75, None, 0]) == [
        "00-17",
        "18-29",
        "18-29",
        "75+",
        None,
        "00-17",
    ]
