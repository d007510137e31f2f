"""Four estimators with one start: by hand, an independent optimiser, and invariances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from evenground.errors import UsageError
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.synthetic import (
    augmented_synthetic_control,
    difference_in_differences,
    synthetic_control,
    synthetic_difference_in_differences,
)
from evenground.questions.promise.measures.synthetic.assignment_contrasts import (
    contrasts_of,
    effects_of,
    plan_of,
)
from evenground.questions.promise.measures.synthetic.simplex_least_squares import (
    least_on_simplex,
)
from evenground.questions.promise.measures.synthetic.treated_block import treated_block

ESTIMATORS = {
    "sdid": synthetic_difference_in_differences,
    "sc": synthetic_control,
    "did": difference_in_differences,
    "ascm": augmented_synthetic_control,
}


def outcomes_of(seed, *, n_units=14, n_times=16):
    rng = np.random.default_rng(seed)
    courses = rng.normal(size=(2, n_times)).cumsum(axis=1)
    levels = rng.normal(20, 2, (n_units, 1))
    return levels + rng.uniform(size=(n_units, 2)) @ courses + rng.normal(size=(n_units, n_times))


def starts_of(n_units=14, n_times=16, *, n_treated=1, start=11):
    return np.where(np.arange(n_units) < n_treated, start, n_times)


def study(seed, **how):
    return panel(outcomes_of(seed), starts_of(**how))


def test_difference_in_differences_by_hand():
    """Treated 1, 3 -> 9; donors 2, 2 -> 4 and 0, 2 -> 3: (9 - 2) - (3.5 - 1.5) = 5."""
    found = difference_in_differences(
        panel([[1.0, 3.0, 9.0], [2.0, 2.0, 4.0], [0.0, 2.0, 3.0]], [2, 3, 3])
    )
    assert found.effect == pytest.approx(5)
    assert found.unit_weights.tolist() == [0.5, 0.5]
    assert found.difference == pytest.approx([-0.5, 0.5, 5])
    assert found.intercept == pytest.approx(0.5)
    assert found.path == pytest.approx([5])


def test_synthetic_control_by_hand():
    """The treated lies a quarter of the way between two donors at both times, then rises by 4."""
    data = panel([[2.0, 5.0, 12.0], [1.0, 4.0, 7.0], [5.0, 8.0, 11.0]], [2, 3, 3])
    found = synthetic_control(data)
    assert found.unit_weights == pytest.approx([0.75, 0.25], abs=1e-9)
    assert found.effect == pytest.approx(12 - 8, abs=1e-8)
    assert found.pre_error == pytest.approx(0, abs=1e-8)
    assert found.unique
    assert found.start == 2


def test_time_weights_by_hand():
    """Donors' later mean is their value at time 1, which alone foretells it."""
    outcomes = [[0.0, 0.0, 0.0, 3.0], [1.0, 4.0, 2.0, 4.0], [7.0, 1.0, 3.0, 1.0], [2.0, 2, 9, 2]]
    found = synthetic_difference_in_differences(panel(outcomes, [3, 4, 4, 4]))
    assert found.time_weights == pytest.approx([0, 1, 0], abs=1e-9)
    expected = 3.0 - found.unit_weights @ np.zeros(3)
    assert found.effect == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("n_treated", [1, 3])
def test_sdid_against_a_general_optimiser(seed, n_treated):
    """Equations 4-6 as they are written, with intercepts and penalties, by SLSQP."""
    data = study(seed, n_treated=n_treated)
    y, start = data.outcomes, 11
    donors, treated = y[n_treated:], y[:n_treated].mean(axis=0)
    noise = np.diff(donors[:, :start], axis=1).std(ddof=1)
    zeta = (n_treated * (16 - start)) ** 0.25 * noise

    def least(rows, aim, ridge):
        n = rows.shape[0]

        def loss(w):
            left = w[0] + w[1:] @ rows - aim
            return left @ left + ridge * w[1:] @ w[1:]

        def slope(w):
            left = w[0] + w[1:] @ rows - aim
            return 2 * np.append(left.sum(), rows @ left + ridge * w[1:])

        found = optimize.minimize(
            loss,
            np.append(0.0, np.full(n, 1 / n)),
            jac=slope,
            method="SLSQP",
            bounds=[(None, None)] + [(0, None)] * n,
            constraints={"type": "eq", "fun": lambda w: w[1:].sum() - 1},
            options={"maxiter": 2_000, "ftol": 1e-15},
        )
        return found.x[1:], found.fun

    found = synthetic_difference_in_differences(data)
    before, after = donors[:, :start], donors[:, start:].mean(axis=1)
    units, lost = least(before, treated[:start], start * zeta**2)
    assert found.unit_weights == pytest.approx(units, abs=2e-5)
    left = found.unit_weights @ before - treated[:start]
    own = ((left - left.mean()) ** 2).sum() + start * zeta**2 * (found.unit_weights**2).sum()
    assert own <= lost * (1 + 1e-12)
    times, _ = least(before.T, after, len(donors) * (1e-6 * noise) ** 2)
    assert found.time_weights == pytest.approx(times, abs=1e-4)
    assert found.penalty == pytest.approx(zeta)
    apart = treated - found.unit_weights @ donors
    expected = apart[start:].mean() - found.time_weights @ apart[:start]
    assert found.effect == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_the_augmented_form_by_its_equations(seed):
    """Equation 9 of Ben-Michael and others: synthetic control, then ridge on what it leaves."""
    data = study(seed)
    found = augmented_synthetic_control(data, ridge=7.0)
    before = data.outcomes[:, :11]
    donors, treated = before[1:] - before[1:].mean(axis=0), before[0] - before[1:].mean(axis=0)
    plain = synthetic_control(data).unit_weights
    inverse = np.linalg.inv(donors.T @ donors + 7.0 * np.eye(11))
    expected = plain + donors @ inverse @ (treated - plain @ donors)
    assert found.unit_weights == pytest.approx(expected, abs=1e-9)
    assert found.unit_weights.sum() == pytest.approx(1)
    assert found.penalty == 7.0
    assert found.pre_error < synthetic_control(data).pre_error
    chosen = augmented_synthetic_control(data)
    assert chosen.penalty > 0
    huge = augmented_synthetic_control(data, ridge=1e15)
    assert huge.effect == pytest.approx(synthetic_control(data).effect, abs=1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_the_ridge_is_chosen_by_leaving_out_each_time(seed):
    """Section 5.3 of the source, one time and one penalty after the other."""
    data = study(seed, n_treated=2)
    before = data.outcomes[:, :11]
    donors = before[2:] - before[2:].mean(axis=0)
    treated = before[:2].mean(axis=0) - before[2:].mean(axis=0)
    noise = np.diff(before[2:], axis=1).std(ddof=1)
    grid = np.linalg.norm(donors, 2) ** 2 * 1e-8 ** (np.arange(21) / 20)
    errors = np.empty((11, 21))
    for left_out in range(11):
        kept = np.arange(11) != left_out
        seen, aim = donors[:, kept], treated[kept]
        gram = seen @ seen.T + 10 * (1e-6 * noise) ** 2 * np.eye(12)
        weights = least_on_simplex(gram, seen @ aim).weights
        for place, ridge in enumerate(grid):
            inverse = np.linalg.inv(seen.T @ seen + ridge * np.eye(10))
            more = weights + seen @ inverse @ (aim - weights @ seen)
            errors[left_out, place] = (treated[left_out] - more @ donors[:, left_out]) ** 2
    for mode, used in (("exact", errors), ("reference", errors[:-1])):
        mean, least = used.mean(axis=0), int(used.mean(axis=0).argmin())
        allowed = mean[least] + used[:, least].std(ddof=1) / np.sqrt(len(used))
        found = augmented_synthetic_control(data, mode=mode)
        assert found.penalty == pytest.approx(grid[mean <= allowed].max(), rel=1e-9)
        assert found.mode == mode


@pytest.mark.parametrize("name", ESTIMATORS)
@settings(max_examples=15)
@given(seed=st.integers(0, 500), exponent=st.integers(-6, 6), shift=st.floats(-1e3, 1e3))
def test_another_unit_of_measurement(name, seed, exponent, shift):
    data, scale = study(seed), 10.0**exponent
    found = ESTIMATORS[name](data)
    other = ESTIMATORS[name](panel((data.outcomes + shift) * scale, data.first_treated))
    assert other.effect / scale == pytest.approx(found.effect, rel=1e-10, abs=1e-8)
    assert other.unit_weights == pytest.approx(found.unit_weights, abs=1e-7)
    exact = ESTIMATORS[name](panel(data.outcomes * scale, data.first_treated))
    assert exact.effect / scale == pytest.approx(found.effect, rel=1e-10, abs=1e-10)


@pytest.mark.parametrize("name", ["sdid", "did"])
@settings(max_examples=15)
@given(seed=st.integers(0, 500), drift=st.floats(-5, 5))
def test_levels_of_units_and_a_drift_play_no_part(name, seed, drift):
    data, rng = study(seed), np.random.default_rng(seed)
    moved = data.outcomes + rng.normal(size=(14, 1)) * 9 + drift * np.arange(16)
    found = ESTIMATORS[name](panel(moved, data.first_treated))
    assert found.effect == pytest.approx(ESTIMATORS[name](data).effect, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_shocks_common_to_all_play_a_part_in_the_penalty_alone(seed):
    """The noise level of the source counts them in; with the same penalty nothing changes."""
    data, rng = study(seed), np.random.default_rng(seed)
    moved = panel(data.outcomes + rng.normal(size=(1, 16)) * 9, data.first_treated)
    assert difference_in_differences(moved).effect == pytest.approx(
        difference_in_differences(data).effect, abs=1e-10
    )
    plain, other = (synthetic_difference_in_differences(one).penalty for one in (data, moved))
    assert other > plain
    treated = data.ever_treated[None, :]
    plan = plan_of(treated_block(data), "sdid")
    found = [
        effects_of(contrasts_of(one.outcomes, treated, ~treated, plan=plan), one.outcomes)[0]
        for one in (data, moved)
    ]
    assert found[1] == pytest.approx(found[0], abs=1e-9)


@pytest.mark.parametrize("name", ["sc", "ascm"])
@pytest.mark.parametrize("seed", range(5))
def test_a_course_common_to_all_plays_no_part(name, seed):
    data, rng = study(seed), np.random.default_rng(seed)
    moved = panel(data.outcomes + rng.normal(size=(1, 16)) * 9, data.first_treated)
    assert ESTIMATORS[name](moved).effect == pytest.approx(ESTIMATORS[name](data).effect, abs=1e-9)


@pytest.mark.parametrize("name", ESTIMATORS)
@pytest.mark.parametrize("seed", range(3))
def test_order_of_rows_plays_no_part(name, seed):
    data = study(seed, n_treated=2)
    order = np.random.default_rng(seed).permutation(14)
    found, other = (
        ESTIMATORS[name](one)
        for one in (data, panel(data.outcomes[order], data.first_treated[order]))
    )
    assert other.effect == pytest.approx(found.effect, abs=1e-10)
    back = np.zeros(14)
    back[order[other.donors]] = other.unit_weights
    assert back[found.donors] == pytest.approx(found.unit_weights, abs=1e-8)


@pytest.mark.parametrize("name", ESTIMATORS)
@pytest.mark.parametrize("effect", [-3.0, 0.5])
def test_a_constant_effect_moves_the_estimate_by_itself(name, effect):
    data = study(7, n_treated=2)
    raised = data.outcomes.copy()
    raised[:2, 11:] += effect
    found = ESTIMATORS[name](panel(raised, data.first_treated))
    assert found.effect - ESTIMATORS[name](data).effect == pytest.approx(effect, abs=1e-10)


@pytest.mark.parametrize("name", ["sdid", "sc"])
def test_where_the_reference_stops_lies_above_the_optimum(name):
    data = study(3)
    exact, early = ESTIMATORS[name](data), ESTIMATORS[name](data, mode="reference")
    assert (exact.mode, early.mode) == ("exact", "reference")
    assert 0 <= exact.gap < 1e-12
    assert early.gap > exact.gap
    assert early.unit_weights.sum() == pytest.approx(1)
    assert early.effect == pytest.approx(exact.effect, abs=0.05)


def test_weights_of_levels_that_are_not_the_only_ones():
    """Two donors that are copies: either could stand for the other."""
    data = panel([[1.0, 2.0, 3.0], [1.0, 2.0, 2.0], [1.0, 2.0, 2.0], [9.0, 9.0, 9.0]], [2, 3, 3, 3])
    found = synthetic_control(data)
    assert found.unique is False
    assert found.unit_weights == pytest.approx([0.5, 0.5, 0], abs=5e-3)


@pytest.mark.parametrize("name", ESTIMATORS)
def test_donors_that_never_change_are_no_error(name):
    found = ESTIMATORS[name](panel([[1.0, 1.0, 3.0], [2.0, 2.0, 2.0], [0.0, 0, 0]], [2, 3, 3]))
    assert np.isfinite(found.effect)
    if name in {"sdid", "did"}:
        assert found.effect == pytest.approx(2)


@pytest.mark.parametrize("name", ESTIMATORS)
@pytest.mark.parametrize(
    ("starts", "code"),
    [
        ([3, 3, 3, 3], "nobody_treated"),
        ([2, 1, 3, 3], "several_starts"),
        ([2, 2, 2, 3], "block_small"),
        ([1, 3, 3, 3], "block_small"),
    ],
)
def test_panels_that_an_estimator_does_not_know_are_refused(name, starts, code):
    with pytest.raises(UsageError) as raised:
        ESTIMATORS[name](panel(np.arange(12.0).reshape(4, 3), starts))
    assert raised.value.problems[0].code == code


def test_several_starts_are_shown_a_way_out():
    with pytest.raises(UsageError) as raised:
        difference_in_differences(panel(np.arange(12.0).reshape(4, 3), [2, 1, 3, 3]))
    assert raised.value.problems[0].way_out


def test_a_ridge_below_nothing_is_refused():
    with pytest.raises(UsageError):
        augmented_synthetic_control(study(1), ridge=0.0)
