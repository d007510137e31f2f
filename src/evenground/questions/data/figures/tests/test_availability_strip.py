"""The availability strip counts what is there as a plain count by reading does."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.data.figures.availability import availability
from evenground.questions.data.figures.availability_strip import availability_strip, classes_of
from evenground.questions.data.figures.when import DAY, HOUR, step_for
from evenground.tests.audits import FIRST_DAY, folded


def counted(present, edges, cadence):
    """Return the share of expected instants in each stretch that are present, one by one."""
    first, last = present.min(), present.max() + cadence
    inside = np.clip(edges, first, last)
    there = np.histogram(present, bins=edges)[0]
    return there / (np.diff(inside) / cadence)


GAPS = st.tuples(st.integers(1, 58), st.integers(1, 20))


@given(gaps=st.lists(GAPS, max_size=12, unique_by=lambda gap: gap[0]))
def test_shares_are_those_counted_reading_by_reading(gaps):
    series = folded(n_sensors=1, n_days=60, gaps=[(0, day, hours) for day, hours in gaps])
    found = availability(series)
    hours = np.arange(60 * 24)
    missing = {day * 24 + at for day, long in gaps for at in range(long)}
    present = FIRST_DAY * DAY + np.array([h for h in hours if h not in missing]) * HOUR
    # A gap record says which reading was there last and which came next.
    assert found.step == DAY
    assert found.share[0] == pytest.approx(counted(present, found.edges, HOUR))
    assert found.total[0] == pytest.approx(present.size / hours.size)


def test_sensors_with_most_missing_come_first():
    found = availability(folded(n_sensors=3, gaps=[(1, 5, 40), (2, 5, 90)]))
    assert found.names == ("sensor 03", "sensor 02", "sensor 01")
    assert found.total.tolist() == pytest.approx([1 - 90 / 1440, 1 - 40 / 1440, 1])


def test_days_without_a_value_are_missing():
    found = availability(folded(n_sensors=1, nulls=[(0, 5), (0, 6)]))
    assert np.flatnonzero(found.share[0] == 0).tolist() == [5, 6]


def test_before_the_first_and_after_the_last_reading_nothing_is_there():
    series = folded(n_sensors=2, n_days=30)
    late = series.column("first").to_pylist()
    late[1] += 10 * DAY
    series = series.set_column(series.schema.get_field_index("first"), "first", [late])
    found = availability(series)
    assert found.names[0] == "sensor 02"
    assert found.share[0, :10].tolist() == [0] * 10
    assert found.total[0] == pytest.approx(2 / 3)


def test_without_a_cadence_there_is_no_strip():
    series = folded(n_sensors=2)
    at = series.schema.get_field_index("cadence")
    assert availability(series.set_column(at, "cadence", [[0, 0]])) is None
    some = availability(series.set_column(at, "cadence", [[HOUR, 0]]))
    assert (some.names, some.n_without_cadence) == (("sensor 01",), 1)


@pytest.mark.parametrize(
    ("n_days", "step"), [(2, HOUR), (100, DAY), (300, 3 * DAY), (2000, 28 * DAY)]
)
def test_steps_are_lengths_that_a_reader_knows(n_days, step):
    found = availability(folded(n_sensors=1, n_days=n_days))
    assert found.step == step
    assert found.share.shape[1] <= 120
    assert found.share[0] == pytest.approx(1)


@given(span=st.integers(1, 10**17), most=st.integers(1, 200))
def test_a_step_cuts_a_span_into_few_enough_parts(span, most):
    assert span <= step_for(span, most=most) * most


def test_many_sensors_share_the_last_strip_and_the_figure_says_so():
    figure = availability_strip(
        availability(folded(n_sensors=9, n_days=40, gaps=[(3, 4, 50)])), most=4
    )
    drawn = list(dict.fromkeys(row["sensor"] for row in figure.spec["data"]["values"]))
    assert drawn[0] == "sensor 04"
    assert drawn[-1] == "wording:figure.others"
    assert len(drawn) == 4
    assert figure.title.parameters["n_others"] == 6
    assert figure.alternative.code == "figure.availability.together"
    assert len(figure.table.rows) == 9


def test_bars_of_a_strip_follow_one_another():
    gaps = [(0, 4, 50), (0, 20, 7)]
    figure = availability_strip(availability(folded(n_sensors=1, gaps=gaps)))
    bars = figure.spec["data"]["values"]
    assert all(one["to"] == other["from"] for one, other in pairwise(bars))
    assert all(one["class"] != other["class"] for one, other in pairwise(bars))


def test_classes_begin_where_the_legend_says():
    share = np.array([0, 0.001, 0.4999, 0.5, 0.8999, 0.9, 0.9899, 0.99, 1])
    assert classes_of(share).tolist() == [0, 1, 1, 2, 2, 3, 3, 4, 4]
