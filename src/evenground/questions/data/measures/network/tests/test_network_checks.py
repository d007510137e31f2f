"""All checks of a folded table together, and the pieces that they share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evenground.language import language
from evenground.questions.data.measures.checks import FLAG_COLUMNS
from evenground.questions.data.measures.network.network_checks import network_checks
from evenground.questions.data.measures.network.windows import known_median, window_differences
from evenground.questions.data.wording.network import NETWORK

NAMES = ("resolution_changes", "unit_jumps", "drift", "level_shifts", "colocated_disagreement")
FLOATS = st.floats(-100, 100) | st.just(np.nan)


def test_each_check_is_there_and_is_said(common, fold_of):
    english = language("en")
    network = common(8, np.random.default_rng(1), days=100)
    network["s01"][1500:] *= 1.609344
    for folded in (fold_of(network), fold_of({}), fold_of({"a": np.array([1.0])})):
        found = network_checks(folded)
        assert tuple(check.name for check in found) == NAMES
        for check in found:
            assert f"check.{check.name}" in NETWORK
            for message in filter(None, (check.definition, check.reason)):
                assert english.say(NETWORK[message.code], message.parameters)
            if check.flags is not None:
                assert check.flags.column_names == list(FLAG_COLUMNS)


@pytest.mark.parametrize("values", [[], [np.nan] * 500, [7.0] * 500, [0.0] * 500, [1.0, 2.0]])
def test_bare_series_find_nothing(fold_of, values):
    found = network_checks(fold_of({"a": np.array(values), "b": np.array(values)}))
    assert all(not check.count for check in found)


def test_the_order_of_sensors_changes_nothing(common, fold_of):
    network = common(9, np.random.default_rng(2), days=120)
    network["s03"][1800:] = network["s03"][1800:] * 1.8 + 32
    network["s05"][1800:] += 6
    one = network_checks(fold_of(network))
    other = network_checks(fold_of(dict(reversed(network.items()))))
    assert [(c.name, c.count, c.detail) for c in one] == [
        (c.name, c.count, c.detail) for c in other
    ]


@given(arrays(float, st.tuples(st.integers(1, 4), st.integers(0, 9)), elements=FLOATS))
def test_medians_are_numpys(x):
    for axis in (0, 1):
        expected = [
            np.median(row[np.isfinite(row)]) if np.isfinite(row).any() else np.nan
            for row in (x if axis else x.T)
        ]
        assert known_median(x, axis=axis) == pytest.approx(expected, nan_ok=True)


@given(arrays(float, st.integers(0, 25), elements=FLOATS), st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=60)
def test_differences_of_windows_one_by_one(x, before, after):
    found = window_differences(x, before, after)
    assert found.shape == x.shape
    for t in range(x.size):
        a, b = x[t : t + after], x[max(t - before, 0) : t]
        complete = a.size == after and b.size == before
        known = [side[np.isfinite(side)] for side in (a, b)]
        enough = 2 * known[0].size >= after and 2 * known[1].size >= before
        if complete and enough:
            assert found[t] == pytest.approx(known[0].mean() - known[1].mean(), abs=1e-9)
        else:
            assert np.isnan(found[t])
