"""A panel says what can be done with it."""

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.design import Design, Refusal, design_of
from evenground.questions.promise.measures.panel import panel


def of(n_units, n_times, starts):
    """Return a panel whose first units begin at ``starts``."""
    first = np.full(n_units, n_times)
    first[: len(starts)] = starts
    return panel(np.arange(n_units * n_times, dtype=float).reshape(n_units, n_times), first)


@pytest.mark.parametrize(
    ("n_units", "n_times", "starts", "design"),
    [
        (39, 31, [19], Design.FEW_TREATED),
        (20, 12, [10] * 5, Design.FEW_TREATED),
        (20, 12, [9] * 5, Design.FEW_TREATED_SHORT),
        (20, 12, [9] * 6, Design.MANY_AREAS),
        (20, 12, [9, 10], Design.STAGGERED),
        (2, 12, [9, 10], Design.STAGGERED),
        (1, 24, [12], Design.NO_COMPARISON),
    ],
)
def test_design_follows_from_the_data(n_units, n_times, starts, design):
    found = design_of(of(n_units, n_times, starts))
    assert (found.design, found.refusal) == (design, None)
    assert (found.n_treated, found.n_never) == (len(starts), n_units - len(starts))
    assert found.n_before == min(starts)


def test_a_planned_lot_comes_first():
    assert design_of(of(20, 12, [9] * 6), randomised=True).design is Design.RANDOMISED
    assert design_of(of(20, 2, [1]), randomised=True).design is Design.RANDOMISED


@pytest.mark.parametrize(
    ("n_units", "n_times", "starts", "refusal"),
    [
        (20, 12, [], Refusal.NOBODY_TREATED),
        (4, 12, [0, 0, 0, 0], Refusal.ONLY_WHERE_TREATED),
        (5, 12, [0, 0, 0, 0], Refusal.NO_TIME_BEFORE),
        (1, 12, [11], Refusal.TOO_SHORT),
        (1, 12, [5], Refusal.TOO_SHORT),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_reason(n_units, n_times, starts, refusal):
    found = design_of(of(n_units, n_times, starts))
    assert (found.design, found.refusal) == (Design.NONE, refusal)


def test_where_all_were_treated_from_the_start_no_lot_helps():
    found = design_of(of(4, 12, [0, 0, 0, 0]), randomised=True)
    assert found.refusal is Refusal.ONLY_WHERE_TREATED


def test_a_panel_is_checked_when_it_is_made():
    with pytest.raises(UsageError, match="outcomes"):
        panel([[1.0, np.nan]], [1])
    with pytest.raises(UsageError, match="first_treated"):
        panel([[1.0, 2.0]], [-1])
    with pytest.raises(UsageError, match="shape"):
        panel([[1.0, 2.0]], [1, 1])
    with pytest.raises(UsageError, match="names"):
        panel([[1.0], [2.0]], [1, 1], units=["a", "a"])


def test_starts_beyond_the_panel_mean_never():
    made = panel([[1.0, 2.0], [1.0, 2.0]], [1, 99])
    assert made.ever_treated.tolist() == [True, False]
    assert made.cohorts.tolist() == [1]
    assert made.units == ("0", "1")
