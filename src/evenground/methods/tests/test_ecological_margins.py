"""Bounds from counts with errors hold the truth, and close on the method of bounds without them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.ecological import duncan_davis_bounds
from evenground.methods.ecological_margins import AreaCounts, duncan_davis_with_margins
from evenground.methods.margins_of_error import counts_with_margins, counts_without_margins

# People by area: in the group with it, in the group without, others with, others without.
four_counts = st.tuples(*[st.integers(0, 50)] * 4).filter(any)
towns = st.lists(four_counts, min_size=1, max_size=8)
SLACK = 1e-9


def exact(counts):
    return AreaCounts(
        with_it=counts_without_margins(counts[:, 0] + counts[:, 2]),
        without=counts_without_margins(counts[:, 1] + counts[:, 3]),
        in_group=counts_without_margins(counts[:, 0] + counts[:, 1]),
    )


def with_errors(counts, margin):
    values = (counts[:, 0] + counts[:, 2], counts[:, 1] + counts[:, 3], counts[:, :2].sum(axis=1))
    return AreaCounts(
        **{
            name: counts_with_margins(value, np.full(len(counts), margin))
            for name, value in zip(("with_it", "without", "in_group"), values, strict=True)
        }
    )


@given(towns)
def test_exact_counts_give_the_method_of_bounds(town):
    counts = np.array(town, dtype=float)
    found = duncan_davis_with_margins(exact(counts))
    people = counts.sum(axis=1)
    usual = duncan_davis_bounds(
        (counts[:, 0] + counts[:, 2]) / people, [counts[:, :2].sum(axis=1) / people], people=people
    )
    assert found.by_area.low == pytest.approx(usual.by_area.low[0], nan_ok=True, abs=SLACK)
    assert found.by_area.high == pytest.approx(usual.by_area.high[0], nan_ok=True, abs=SLACK)
    assert found.overall.low == pytest.approx(usual.overall.low, nan_ok=True, abs=SLACK)
    assert found.overall.high == pytest.approx(usual.overall.high, nan_ok=True, abs=SLACK)
    assert found.gap.low == pytest.approx(usual.gap.low, nan_ok=True, abs=SLACK)
    assert found.gap.high == pytest.approx(usual.gap.high, nan_ok=True, abs=SLACK)
    assert found.as_published.overall.low == pytest.approx(usual.overall.low, nan_ok=True)


@given(towns, st.floats(0.1, 50), st.floats(1, 3))
def test_larger_margins_never_close_the_bounds(town, margin, times):
    counts = np.array(town, dtype=float)
    published = duncan_davis_with_margins(exact(counts))
    fine = duncan_davis_with_margins(with_errors(counts, margin))
    coarse = duncan_davis_with_margins(with_errors(counts, margin * times))
    for narrow, wide in ((published, fine), (fine, coarse)):
        known = ~np.isnan(narrow.by_area.low)
        assert (wide.by_area.low[known] <= narrow.by_area.low[known] + SLACK).all()
        assert (wide.by_area.high[known] >= narrow.by_area.high[known] - SLACK).all()
    if counts[:, :2].any():
        assert fine.overall.low <= published.overall.low + SLACK
        assert fine.overall.high >= published.overall.high - SLACK


def test_fieller_by_hand():
    """90 of 100 have it, 40 ± 10 (standard errors) are in the group; those without are exact.

    The share s is refused when (1 - s) 40 - 10 > 1.96 (1 - s) 10: from s = 1 - 10 / 20.4 downwards.
    """
    counts = AreaCounts(
        with_it=counts_without_margins([90]),
        without=counts_without_margins([10]),
        in_group=counts_with_margins([40], [10 * 1.645]),
    )
    found = duncan_davis_with_margins(counts)
    assert found.by_area.low == pytest.approx([1 - 10 / (40 - 1.959964 * 10)], abs=1e-6)
    assert found.by_area.high == pytest.approx([1.0])


def test_counts_that_tell_nothing_leave_all_open():
    counts = AreaCounts(
        with_it=counts_without_margins([90, 100]),
        without=counts_without_margins([10, 0]),
        in_group=counts_with_margins([4, 0], [20, 0]),
    )
    found = duncan_davis_with_margins(counts)
    assert (found.by_area.low[0], found.by_area.high[0]) == (0, 1)
    assert np.isnan(found.by_area.low[1])
    assert np.isnan(found.by_area.high[1])


def test_noise_does_not_pass_for_knowledge():
    """Where bounds are open in every area, bounds from noisy counts as if exact seem to close."""
    rng = np.random.default_rng(11)
    n = 400
    true = {"with_it": np.full(n, 50.0), "without": np.full(n, 50.0), "in_group": np.full(n, 50.0)}
    noisy = {
        name: counts_with_margins(rng.normal(one, 8), [8 * 1.645] * n) for name, one in true.items()
    }
    found = duncan_davis_with_margins(AreaCounts(**noisy))
    assert found.as_published.overall.low[0] > 0.08  # the truth may be 0
    assert found.as_published.overall.high[0] < 0.92  # and it may be 1
    assert found.overall.low[0] < 0.01
    assert found.overall.high[0] > 0.99


def test_lengths_must_agree():
    one, two = counts_without_margins([1]), counts_without_margins([1, 2])
    with pytest.raises(UsageError):
        duncan_davis_with_margins(AreaCounts(with_it=one, without=one, in_group=two))
    with pytest.raises(UsageError):
        duncan_davis_with_margins(
            AreaCounts(with_it=one, without=one, in_group=one), confidence=0.0
        )
