"""Falling short of a line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.inequality import (
    Side,
    foster_greer_thorbecke,
    foster_greer_thorbecke_rows,
)

areas = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 30), st.booleans()), min_size=1, max_size=12
).filter(lambda rows: sum(people for _, people, _ in rows) > 0)


@pytest.mark.parametrize(("power", "printed"), [(0, 0.5), (1, 0.08), (2, 0.0136)])
def test_in_print(power, printed):
    """Haughton and Khandker (2009), Handbook on Poverty and Inequality, World Bank, pp. 70, 72."""
    found = foster_greer_thorbecke([100, 110, 150, 160], line=125, power=power)
    assert found == pytest.approx(printed, abs=1e-12)


def test_worked_by_hand():
    # 3 people 2 minutes from it, 1 person 12 minutes; 4 are enough: one is 8 over, twice the line.
    far = {"line": 4, "side": "above"}
    assert foster_greer_thorbecke([2, 12], [3, 1], **far) == 0.25
    assert foster_greer_thorbecke([2, 12], [3, 1], power=1, **far) == 0.5
    assert foster_greer_thorbecke([2, 12], [3, 1], power=2, **far) == 1.0
    # On the line is enough, on either side.
    for side in Side:
        assert foster_greer_thorbecke([4, 4], line=4, side=side) == 0.0


@given(areas, st.integers(1, 50), st.sampled_from([0, 0.5, 1, 2]))
def test_groups_make_up_the_whole(rows, line, power):
    """The measure decomposes by people, which is what it was made for (Foster and others 1984)."""
    values, people, group = (np.array(column) for column in zip(*rows, strict=True))
    whole = foster_greer_thorbecke(values, people, line=line, power=power)
    parts = 0.0
    for own in (group, ~group):
        if people[own].sum():
            one = foster_greer_thorbecke(values[own], people[own], line=line, power=power)
            parts += one * people[own].sum() / people.sum()
    assert whole == pytest.approx(parts, abs=1e-12)
    assert 0 <= whole <= 1


@given(areas, st.integers(1, 50), st.integers(1, 50), st.sampled_from([0, 1, 2]))
def test_rises_with_the_line(rows, first, second, power):
    values, people, _ = zip(*rows, strict=True)
    low, high = sorted((first, second))
    below = [foster_greer_thorbecke(values, people, line=z, power=power) for z in (low, high)]
    assert below[0] <= below[1] + 1e-12


def test_many_rows():
    rows = np.array([[1.0, 1.0], [3.0, 1.0], [0.0, 0.0]])
    found = foster_greer_thorbecke_rows(np.array([0.0, 2.0]), rows, line=1.0)
    assert found[:2] == pytest.approx([0.5, 0.75])
    assert np.isnan(found[2])


@pytest.mark.parametrize(
    "asked", [{"line": 0}, {"line": -1}, {"line": 1, "power": -1}, {"line": 1, "side": "left"}]
)
def test_wrong_use_is_refused(asked):
    with pytest.raises(UsageError):
        foster_greer_thorbecke([1, 2], **asked)
