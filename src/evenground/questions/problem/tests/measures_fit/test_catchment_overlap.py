"""Do the new sites reach people who had nothing in reach?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.accessibility.pairs import straight_line_pairs
from evenground.questions.problem.measures.catchment_overlap import catchment_overlap

HAD = np.array([True, True, False, False])
HAS = np.array([False, True, True, False])
rows = st.lists(
    st.tuples(st.integers(0, 99), st.booleans(), st.booleans()), min_size=1, max_size=12
)


def test_by_hand():
    """10 before only, 20 both, 30 new only, 40 neither; half of each belong to the first group."""
    found = catchment_overlap(
        [10, 20, 30, 40], HAD, HAS, membership=[[0.5, 0.5, 0.5, 0.5], [0, 1, 0, 0], [0, 0, 0, 1]]
    )
    assert (found.before_only, found.both, found.new_only, found.neither) == (10, 20, 30, 40)
    assert found.already_served == pytest.approx(0.4)
    assert found.by_group.tolist() == [[5, 10, 15, 20], [0, 20, 0, 0], [0, 0, 0, 40]]
    assert found.newly_served_by_group.tolist() == [15, 0, 0]
    assert found.already_served_by_group[:2] == pytest.approx([0.4, 1])
    assert np.isnan(found.already_served_by_group[2])


def test_pairs_do_as_flags_do():
    """Homes on a line every 100 m; the old site at 0, the new one at 200, 100 m to walk."""
    homes = np.column_stack([np.arange(4) * 100.0, np.zeros(4)])
    old, new = (straight_line_pairs(homes, [[x, 0.0]], limit=100) for x in (0, 200))
    found = catchment_overlap([1, 1, 1, 1], old, new)
    assert (found.before_only, found.both, found.new_only, found.neither) == (1, 1, 2, 0)
    assert found.by_group.shape == (0, 4)


def test_new_sites_that_reach_nobody():
    found = catchment_overlap([5, 5], np.array([True, False]), np.zeros(2, dtype=bool))
    assert np.isnan(found.already_served)


@given(rows)
def test_everybody_is_somewhere_and_once(town):
    people, had, has = (np.array(column) for column in zip(*town, strict=True))
    groups = np.stack([np.linspace(0, 1, len(town)), 1 - np.linspace(0, 1, len(town))])
    found = catchment_overlap(people, had, has, membership=groups)
    kinds = [found.before_only, found.both, found.new_only, found.neither]
    assert sum(kinds) == people.sum()
    assert found.by_group.sum(axis=0) == pytest.approx(kinds)
    back = catchment_overlap(people, has, had)
    assert (back.before_only, back.both) == (found.new_only, found.both)


@given(rows)
def test_more_old_sites_never_leave_more_to_gain(town):
    people, had, has = (np.array(column) for column in zip(*town, strict=True))
    more = had.copy()
    more[0] = True
    assert catchment_overlap(people, more, has).new_only <= (
        catchment_overlap(people, had, has).new_only
    )


@pytest.mark.parametrize(
    ("people", "had", "groups"),
    [([1, 2], HAD, None), ([1, 2], [1, 0], None), ([1, -2], HAD[:2], None),
     ([1, 2], HAD[:2], [[1.0]]), ([1, 2], straight_line_pairs([[0, 0]], [[0, 0]], limit=1), None)],
)  # fmt: skip
def test_bad_input_is_refused(people, had, groups):
    with pytest.raises(UsageError):
        catchment_overlap(people, had, np.array([True, False]), membership=groups)
