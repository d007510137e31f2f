from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.reference_class.class_members import class_members
from evenground.questions.promise.measures.reference_class.delivered_share import (
    delivered_shares,
    overrun_ratios,
)

NOT = math.nan
VALUES = st.floats(-1e6, 1e6, allow_subnormal=False)


def test_by_hand():
    shares = delivered_shares(
        promised=[100, 60, 300, 40, 100, 80, 50],
        delivered=[80, 70, 351, 55, 130, 70, 20],
        baseline=[50, 90, NOT, NOT, 100, 90, 80],
        less=[False, True, False, True, False, False, True],
    )
    # 30 of 50; 20 of 30 fewer; 351 of 300; less of an amount without a baseline; promised the
    # baseline; promised more, named less; 60 fewer of 30.
    expected = [0.6, 2 / 3, 1.17, NOT, NOT, NOT, 2.0]
    assert shares == pytest.approx(expected, nan_ok=True)


def test_a_published_case():
    """Compacting bins in Philadelphia: 17 collections a week before, 5 expected, 10 counted.

    NBC Philadelphia and Associated Press, July 2010, on a review by the city's controller.
    """
    share = delivered_shares([5], [10], baseline=[17], less=[True])
    assert share[0] == pytest.approx(7 / 12)


def test_without_a_baseline_amounts_are_counted_from_nothing():
    assert delivered_shares([200, 200], [50, -20]).tolist() == [0.25, -0.1]


@given(VALUES, st.floats(1, 1e6), st.floats(-2, 2), st.floats(1e-6, 1e6), st.booleans())
def test_unit_and_zero_of_the_scale_do_not_matter(start, rise, part, unit, less):
    way = -rise if less else rise
    goal, came = start + way, start + part * way
    shares = [
        delivered_shares(
            [unit * (goal + shift)],
            [unit * (came + shift)],
            baseline=[unit * (start + shift)],
            less=[less],
        )[0]
        for shift in (0.0, 512.0)
    ]
    size = 1e-10 * (abs(start) + 1024 + rise) / rise
    assert shares[0] == pytest.approx(part, abs=size)
    assert shares[1] == pytest.approx(part, abs=size)


@given(st.permutations(range(5)))
def test_the_order_of_rows_does_not_matter(order):
    promised, delivered = np.array([10, 20, 30, 40, 50.0]), np.array([1, 4, 9, 16, 25.0])
    found = delivered_shares(promised[order], delivered[order])
    assert found.tolist() == (delivered / promised)[order].tolist()


@pytest.mark.parametrize(
    "given_values",
    [
        {"promised": [1, NOT], "delivered": [1, 1]},
        {"promised": [1, 2], "delivered": [1]},
        {"promised": [1], "delivered": [1], "baseline": [1, 2]},
        {"promised": [1], "delivered": [1], "baseline": [math.inf]},
        {"promised": [1], "delivered": [1], "less": [True, False]},
    ],
)
def test_what_cannot_be_divided_is_refused(given_values):
    with pytest.raises(UsageError):
        delivered_shares(
            given_values.pop("promised"), given_values.pop("delivered"), **given_values
        )


def test_overruns():
    assert overrun_ratios([100, 365], [150, 730]).tolist() == [1.5, 2.0]
    for planned, actual in (([0], [1]), ([1], [-1]), ([NOT], [1]), ([1, 2], [1])):
        with pytest.raises(UsageError):
            overrun_ratios(planned, actual)


def test_stopped_declined_and_never_built_stay_in():
    found = class_members(
        [1.0, 0.4, 0.2, NOT, NOT, NOT, 0.9, NOT],
        ["ended", "", "stopped", "never_built", "declined", "running", "running", "ended"],
    )
    assert found.once_begun.tolist() == [1.0, 0.4, 0.2, 0.0]
    assert found.once_promised.tolist() == [1.0, 0.4, 0.2, 0.0, 0.0]
    assert dict(found.n_by_stage) == {
        "running": 2,
        "ended": 3,
        "stopped": 1,
        "declined": 1,
        "never_built": 1,
    }
    assert found.n_not_measured == 1


def test_what_was_never_built_delivered_nothing_whatever_stands_there():
    found = class_members([0.7, 0.7], ["never_built", "declined"])
    assert (found.once_begun.tolist(), found.once_promised.tolist()) == ([0.0], [0.0, 0.0])


def test_unknown_stages_are_refused():
    for shares, stages in (([1], ["done"]), ([1, 2], ["ended"]), ([math.inf], ["ended"])):
        with pytest.raises(UsageError):
            class_members(shares, stages)
