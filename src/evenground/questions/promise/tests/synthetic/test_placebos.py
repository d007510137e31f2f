"""Placebos: each is what its own fit finds; p and interval by hand and by inverting the test."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.synthetic import (
    augmented_synthetic_control,
    difference_in_differences,
    enumerated_did,
    placebo_test,
    synthetic_control,
    synthetic_difference_in_differences,
)
from evenground.questions.promise.measures.synthetic.placebo_test import ranked
from evenground.questions.promise.measures.synthetic.reassignments import reassignments
from evenground.questions.promise.measures.synthetic.treated_block import treated_block

ALONE = {
    "sdid": synthetic_difference_in_differences,
    "sc": synthetic_control,
    "did": difference_in_differences,
    "ascm": augmented_synthetic_control,
}


def study(seed, *, n_units=12, n_treated=1, n_times=14, start=9, effect=0.0):
    rng = np.random.default_rng(seed)
    courses = rng.normal(size=(2, n_times)).cumsum(axis=1)
    outcomes = rng.normal(20, 2, (n_units, 1)) + rng.uniform(size=(n_units, 2)) @ courses
    outcomes += rng.normal(size=(n_units, n_times))
    outcomes[:n_treated, start:] += effect
    return panel(outcomes, np.where(np.arange(n_units) < n_treated, start, n_times))


def test_rank_and_interval_by_hand():
    """Nineteen placebos of sizes 1 to 19: an effect of 18.5 is the second of twenty."""
    placebos = np.arange(1.0, 20.0) * np.where(np.arange(19) % 2, 1, -1)
    found = ranked(18.5, placebos, alpha=0.05, enumerated=True)
    assert found.p == pytest.approx(2 / 20)
    assert found.n_assignments == 20
    assert not found.cannot_tell
    assert found.level == pytest.approx(1 / 20)
    assert (found.low, found.high) == pytest.approx((-0.5, 37.5))
    assert found.standard_error_unbiased > found.standard_error
    tenth = ranked(-18.5, placebos, alpha=0.1, enumerated=True)
    assert (tenth.low, tenth.high) == pytest.approx((-36.5, -0.5))
    assert ranked(19.0, placebos, alpha=0.05, enumerated=True).p == pytest.approx(2 / 20)
    assert ranked(19.1, placebos, alpha=0.05, enumerated=True).p == pytest.approx(1 / 20)


def test_too_few_placebos_for_the_level_is_said():
    found = ranked(100.0, np.array([1.0, -2.0, 3.0]), alpha=0.05, enumerated=True)
    assert found.cannot_tell
    assert found.p == found.level == pytest.approx(1 / 4)
    assert (found.low, found.high) == pytest.approx((97, 103))


def test_drawn_placebos_have_an_error():
    found = ranked(5.0, np.linspace(-3, 3, 99), alpha=0.05, enumerated=False)
    assert found.p == pytest.approx(0.01)
    assert found.monte_carlo_error == pytest.approx(np.sqrt(0.01 * 0.99 / 99))


@pytest.mark.parametrize("alpha", [0.0, 1.0, -0.1])
def test_a_level_that_is_none_is_refused(alpha):
    with pytest.raises(UsageError):
        ranked(1.0, np.ones(3), alpha=alpha, enumerated=True)
    with pytest.raises(UsageError):
        enumerated_did(study(1), alpha=alpha)


@pytest.mark.parametrize("method", ["sc", "did"])
@pytest.mark.parametrize("n_treated", [1, 2])
def test_a_placebo_is_what_its_own_fit_finds(method, n_treated):
    """With the treated away; these methods have no penalty that the real assignment sets."""
    data = study(3, n_treated=n_treated)
    found = placebo_test(data, method)
    sets = list(combinations(range(n_treated, 12), n_treated))
    assert [tuple(np.flatnonzero(row)) for row in found.members] == sets
    assert found.ranked.effect == pytest.approx(ALONE[method](data).effect, abs=1e-9)
    rest = data.outcomes[n_treated:]
    for chosen, effect in zip(sets, found.placebos, strict=True):
        starts = np.full(12 - n_treated, 14)
        starts[np.array(chosen) - n_treated] = 9
        alone = ALONE[method](panel(rest, starts))
        assert effect == pytest.approx(alone.effect, abs=1e-6), chosen


@pytest.mark.parametrize("mode", ["exact", "reference"])
def test_penalties_stay_those_of_the_real_assignment(mode):
    """Algorithm 4 of the source: weights are fitted anew, the noise level is not."""
    data = study(5)
    found = placebo_test(data, mode=mode)
    real = synthetic_difference_in_differences(data, mode=mode)
    assert found.ranked.effect == pytest.approx(real.effect, abs=1e-9)
    assert found.placebos.size == 11
    own = [
        synthetic_difference_in_differences(
            panel(data.outcomes[1:], np.where(np.arange(11) == i, 9, 14)), mode=mode
        ).effect
        for i in range(11)
    ]
    assert found.placebos == pytest.approx(own, abs=0.3)
    assert found.placebos != pytest.approx(own, abs=1e-9)
    noise = [
        treated_block(panel(data.outcomes[1:], np.where(np.arange(11) == i, 9, 14))).noise
        for i in range(11)
    ]
    assert np.ptp(noise) > 0


@pytest.mark.parametrize("method", ALONE)
def test_ends_of_the_interval_are_where_the_test_turns(method):
    data = study(11, n_units=24, effect=2.0)
    found = placebo_test(data, method, alpha=0.2).ranked

    def p_of(effect):
        less = data.outcomes.copy()
        less[0, 9:] -= effect
        return placebo_test(panel(less, data.first_treated), method, alpha=0.2).ranked.p

    for end, inside in ((found.low, 1), (found.high, -1)):
        step = 1e-6 * inside
        assert p_of(end + step) > found.level
        assert p_of(end - step) <= found.level + 1e-12


def test_more_than_ten_thousand_sets_are_drawn():
    data = study(2, n_units=40, n_treated=4)
    with pytest.raises(UsageError) as raised:
        placebo_test(data, "did")
    assert raised.value.problems[0].code == "chance_needed"
    found = placebo_test(data, "did", rng=np.random.default_rng(1))
    assert not found.ranked.enumerated
    assert found.ranked.monte_carlo_error > 0
    again = placebo_test(data, "did", rng=np.random.default_rng(2))
    assert again.ranked.p == pytest.approx(found.ranked.p, abs=0.06)


def test_sets_are_listed_once():
    sets, listed = reassignments(6, 3, rng=None)
    assert listed
    assert len({tuple(row) for row in sets}) == 20
    assert (sets.sum(axis=1) == 3).all()


def test_fewer_than_two_donors_for_a_placebo_is_refused():
    with pytest.raises(UsageError) as raised:
        placebo_test(study(1, n_units=5, n_treated=3))
    assert raised.value.problems[0].code == "donors_few"


def test_enumerated_difference_in_differences_by_hand():
    """Changes 10, 1, 2, 3 of which the first is treated: 10 - 2 = 8 is the largest of four."""
    outcomes = [[0.0, 10.0], [0.0, 1.0], [0.0, 2.0], [0.0, 3.0]]
    found = enumerated_did(panel(outcomes, [1, 2, 2, 2]))
    assert found.effect == pytest.approx(8)
    assert found.p == pytest.approx(1 / 4)
    assert found.n_assignments == 4
    assert found.cannot_tell
    assert found.level == pytest.approx(1 / 4)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("n_units", "n_treated"), [(9, 1), (9, 2), (8, 4)])
def test_enumerated_interval_by_looking_at_every_effect(seed, n_units, n_treated):
    data = study(seed, n_units=n_units, n_treated=n_treated, effect=1.5)
    found = enumerated_did(data, alpha=0.25)
    assert found.effect == pytest.approx(difference_in_differences(data).effect, abs=1e-10)
    treated = np.arange(n_units) < n_treated
    apart = data.outcomes[:, 9:].mean(axis=1) - data.outcomes[:, :9].mean(axis=1)
    sets = list(combinations(range(n_units), n_treated))

    def p_of(effect):
        less = apart - effect * treated
        sizes = []
        for chosen in sets:
            inside = np.isin(np.arange(n_units), chosen)
            sizes.append(abs(less[inside].mean() - less[~inside].mean()))
        real = abs(less[treated].mean() - less[~treated].mean())
        return np.mean(np.array(sizes) >= real * (1 - 1e-12))

    assert found.p == pytest.approx(p_of(0.0))
    assert p_of(found.low + 1e-7) > found.level
    assert p_of(found.high - 1e-7) > found.level
    beyond = np.linspace(1e-6, 20, 50)
    assert max(p_of(found.low - d) for d in beyond) <= found.level + 1e-12
    assert max(p_of(found.high + d) for d in beyond) <= found.level + 1e-12


def test_enumerated_did_with_sets_that_are_drawn():
    data = study(4, n_units=40, n_treated=5, effect=4.0)
    found = enumerated_did(data, rng=np.random.default_rng(1))
    assert not found.enumerated
    assert found.p == pytest.approx(1 / found.n_assignments)
    assert found.low < 4 < found.high


@pytest.mark.parametrize("starts", [[2, 2, 2], [1, 1, 1], [0, 2, 2], [1, 0, 2]])
def test_a_panel_without_before_or_donors_is_refused(starts):
    with pytest.raises(UsageError):
        enumerated_did(panel(np.arange(6.0).reshape(3, 2), starts))
