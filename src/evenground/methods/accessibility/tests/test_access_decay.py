"""Impedance functions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.accessibility.decay import (
    Bands,
    Binary,
    Exponential,
    Gaussian,
    GaussianCatchment,
    InversePower,
    Linear,
    LogLogistic,
)
from evenground.methods.accessibility.pairs import pairs_from_costs
from evenground.methods.accessibility.weights import catchment_weights

ALL = [
    Binary(20.0),
    Bands(),
    Bands((5.0,), (0.5,)),
    Gaussian(12.0),
    GaussianCatchment(30.0),
    Exponential(0.1),
    InversePower(),
    InversePower(exponent=0.5, least=4.0),
    Linear(25.0),
    LogLogistic(19.0, 2.3),
]


@pytest.mark.parametrize("decay", ALL, ids=repr)
@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=20))
def test_weights_lie_between_0_and_1_and_fall(decay, costs):
    weight = decay(np.sort(costs))
    assert ((weight >= 0) & (weight <= 1)).all()
    assert (np.diff(weight) <= 0).all()
    assert (decay(np.array([np.nextafter(decay.reach, np.inf), 1e9 + decay.reach])) <= 1e-3).all()
    if np.isfinite(decay.reach):
        assert decay(np.nextafter(decay.reach, np.inf)) == 0


@pytest.mark.parametrize(
    ("decay", "cost", "weight"),
    [
        (Binary(20.0), [0, 20, 20.1], [1, 1, 0]),
        (Bands(), [0, 10, 10.1, 20, 30, 30.1], [1, 1, 0.68, 0.68, 0.22, 0]),
        (Gaussian(2.0), [0, 2, 4], [1, np.exp(-0.5), np.exp(-2)]),
        (GaussianCatchment(30.0), [0, 15, 30], [1, 0.7013665732, 0]),
        (Exponential(0.1), [0, 10], [1, np.exp(-1)]),
        (InversePower(), [0, 1, 2, 10], [1, 1, 0.25, 0.01]),
        (InversePower(exponent=1.0, least=5.0), [2, 5, 10], [1, 1, 0.5]),
        (Linear(20.0), [0, 5, 20, 40], [1, 0.75, 0, 0]),
        (LogLogistic(10.0, 2.0), [0, 10, 30], [1, 0.5, 0.1]),
    ],
)
def test_weights_worked_by_hand(decay, cost, weight):
    assert decay(cost) == pytest.approx(weight, abs=1e-10)


def test_log_logistic_in_the_parameters_of_its_source():
    """Geurs and Ritsema van Eck (2001): a = -6.899 and b = 2.326 for minutes to work."""
    a, b = -6.899, 2.326
    minutes = np.array([5.0, 20.0, 60.0])
    theirs = 1 / (1 + np.exp(a + b * np.log(minutes)))
    assert LogLogistic(np.exp(-a / b), b)(minutes) == pytest.approx(theirs, rel=1e-12)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Binary(0),
        lambda: Gaussian(-1),
        lambda: GaussianCatchment(np.inf),
        lambda: Exponential(np.nan),
        lambda: InversePower(0),
        lambda: InversePower(1, 0),
        lambda: Linear(0),
        lambda: LogLogistic(1, 0),
        lambda: Bands((1, 1), (1, 0.5)),
        lambda: Bands((1, 2), (0.5, 1)),
        lambda: Bands((1, 2), (1.5, 1)),
        lambda: Bands((1,), (1, 0.5)),
        lambda: Bands((), ()),
        lambda: Bands((1, 2), (1, np.nan)),
    ],
)
def test_senseless_parameters_are_refused(make):
    with pytest.raises(UsageError):
        make()


def test_a_function_must_not_reach_beyond_the_pairs():
    pairs = pairs_from_costs(([0], [0]), [3.0], shape=(1, 1), limit=10)
    assert catchment_weights(pairs, Gaussian(50)).by_origin.nnz == 1
    with pytest.raises(UsageError, match="listed up to 10"):
        catchment_weights(pairs, Binary(11))


def test_a_function_of_ones_own_must_give_weights():
    class Own:
        reach = np.inf

        def __init__(self, weight):
            self.weight = weight

        def __call__(self, cost):
            return self.weight

    pairs = pairs_from_costs(([0], [0]), [3.0], shape=(1, 1))
    assert catchment_weights(pairs, Own(np.array([0.5]))).by_origin.toarray().tolist() == [[0.5]]
    for weight in ([1.5], [np.nan], [-0.1], [0.5, 0.5]):
        with pytest.raises(UsageError, match="Own"):
            catchment_weights(pairs, Own(np.array(weight)))
