"""What a pilot would have shown in the past: by hand, by brute force, and beside the formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.promise.measures.pilot.hussey_hughes import hussey_hughes_variance
from evenground.questions.promise.measures.pilot.mckenzie import mckenzie_variances
from evenground.questions.promise.measures.pilot.null_intervals import (
    Reassignment,
    baseline_covariates,
    null_intervals,
    pilot_estimator,
)
from evenground.questions.promise.measures.pilot.pilot_design import DESIGNS, pilot_design
from evenground.questions.promise.measures.pilot.power import (
    Goal,
    detectable_effect,
    minimum_detectable_effect,
    power_at,
)
from evenground.questions.promise.measures.randomised.assignments import assignments_of
from evenground.questions.promise.measures.randomised.permutation import permutation_test
from evenground.questions.promise.measures.randomised.scheme import even_scheme

ONE = pilot_design("parallel", n_areas=4, n_periods=1)


def chance(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def history(seed: int, n_areas: int = 6, n_times: int = 9) -> np.ndarray:
    rng = chance(seed)
    return rng.normal(5, 2, (n_areas, 1)) + rng.normal(size=(n_areas, n_times)).cumsum(axis=1)


def test_four_areas_by_hand():
    """Outcomes 0, 1, 3, 7; two of four by lot; one of six rejected in each tail (alpha 0.34).

    With 0 and 1 treated (estimate 0.5 - 5 = -4.5), every other assignment overtakes it at an
    effect of (its estimate + 4.5) below: the interval runs from the least to the largest of the
    crossings, found here one by one.
    """
    y = np.array([0.0, 1.0, 3.0, 7.0])
    null = null_intervals(
        y[:, None], ONE, rng=chance(), reassignment=Reassignment(alpha=0.34, n_pilots=1)
    )
    assert null.lows.size == 6
    assert null.level_attained == pytest.approx(1 / 3)
    labels = assignments_of(even_scheme(np.zeros(4), 2)).labels
    for at, came in enumerate(labels):
        estimates = np.array([y[z == 1].mean() - y[z == 0].mean() for z in labels])
        moved = np.array([came[z == 1].mean() - came[z == 0].mean() for z in labels])
        others = np.delete(np.arange(6), at)
        crossings = (estimates[at] - estimates[others]) / (1 - moved[others])
        assert null.lows[at] == pytest.approx(crossings.min())
        assert null.highs[at] == pytest.approx(crossings.max())


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_power_curve_is_that_of_effects_added_one_by_one(design, seed):
    """Every assignment is dealt in turn, the effect added, and the test made anew."""
    y = history(seed)
    pilot = pilot_design(design, n_areas=6, n_periods=4, n_baseline=3, n_steps=2)
    asked = Reassignment(alpha=0.1, n_pilots=3)
    null = null_intervals(y, pilot, rng=chance(), reassignment=asked)
    assignments = assignments_of(even_scheme(np.zeros(6), pilot.n_labels))
    goal = Goal(direction=1)
    for effect in (0.0, 1.5, 4.0):
        said = []
        for begin in (0, 1, 2):
            outcomes, estimator = pilot_estimator(
                y[:, begin : begin + 7], pilot, np.zeros(6, dtype=np.int64)
            )
            for came in assignments.labels:
                test = permutation_test(
                    outcomes + effect * estimator.exposure(came),
                    came,
                    assignments=assignments,
                    estimator=estimator,
                    alpha=0.1,
                )
                said.append(test.low > 0)
        assert power_at(null, [effect], goal)[0] == pytest.approx(np.mean(said))


@pytest.mark.parametrize("direction", [-1, 0, 1])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_least_detectable_effect_has_the_power_asked_for_and_no_smaller_one(seed, direction):
    pilot = pilot_design("parallel", n_areas=6, n_periods=3)
    null = null_intervals(
        history(seed), pilot, rng=chance(), reassignment=Reassignment(alpha=0.1, n_pilots=4)
    )
    goal = Goal(power=0.6, direction=direction)
    least = minimum_detectable_effect(null, goal)
    assert power_at(null, [least * (1 + 1e-9) + 1e-12], goal)[0] >= 0.6 - 1e-12
    assert power_at(null, [least * (1 - 1e-9)], goal)[0] < 0.6
    curve = power_at(null, np.linspace(0, 3 * least, 40), goal)
    assert (np.diff(curve) >= 0).all()
    beyond = minimum_detectable_effect(null, Goal(power=0.6, direction=direction, worthwhile=2.0))
    assert beyond == pytest.approx(least + 2.0)


@given(
    st.integers(0, 1000),
    st.floats(1e-6, 1e6),
    st.floats(-100, 100),
    st.sampled_from([d for d in DESIGNS if d != "parallel"]),
)
@settings(max_examples=25)
def test_units_levels_and_dates_move_nothing(seed, scale, shift, design):
    y = history(seed)
    pilot = pilot_design(design, n_areas=6, n_periods=4, n_baseline=2, n_steps=2)
    asked = Reassignment(alpha=0.1, n_pilots=2)
    null = null_intervals(y, pilot, rng=chance(), reassignment=asked)
    of_dates = shift * np.sin(np.arange(y.shape[1]))
    moved = null_intervals(scale * (y + of_dates), pilot, rng=chance(), reassignment=asked)
    size = np.abs(null.lows[np.isfinite(null.lows)]).max()
    near = pytest.approx(scale * null.lows, rel=1e-10, abs=1e-10 * scale * (size + abs(shift)))
    assert moved.lows == near
    if design != "ancova":  # its slope on the baseline is not that of levels
        of_areas = shift * np.arange(6)[:, None]
        moved = null_intervals(y + of_areas, pilot, rng=chance(), reassignment=asked)
        assert moved.highs == pytest.approx(null.highs, rel=1e-9, abs=1e-9 * (1 + abs(shift)))


def test_rows_in_another_order_give_the_same_pilots():
    y = history(4)
    pilot = pilot_design("parallel", n_areas=6, n_periods=3)
    asked = Reassignment(alpha=0.1, n_pilots=3)
    null = null_intervals(y, pilot, rng=chance(), reassignment=asked)
    turned = null_intervals(y[::-1], pilot, rng=chance(), reassignment=asked)
    assert np.sort(turned.lows) == pytest.approx(np.sort(null.lows))


def test_too_few_areas_cannot_tell():
    null = null_intervals(history(1)[:4], pilot_design("parallel", n_areas=4, n_periods=2),
                          rng=chance())  # fmt: skip
    assert null.cannot_tell is not None
    assert null.cannot_tell.reason.code == "reason.lots.areas_few"
    assert null.cannot_tell.reason.parameters["least"] == pytest.approx(2 / 6)
    assert null.level_attained == pytest.approx(1 / 3)


def test_a_balanced_baseline_makes_more_visible():
    """Levels that last are evened out by lots that are balanced on them."""
    rng = chance(3)
    y = 3 * rng.normal(size=(20, 1)) + 0.3 * rng.normal(size=(20, 40))
    pilot = pilot_design("parallel", n_areas=20, n_periods=4, n_baseline=4)
    found = [
        minimum_detectable_effect(
            null_intervals(y, pilot, rng=chance(7), reassignment=Reassignment(
                n_pilots=10, n_assignments=200, accepted=accepted))
        )
        for accepted in (1.0, 0.05)
    ]  # fmt: skip
    assert found[1] < 0.5 * found[0]


def test_strata_take_their_differences_out():
    rng = chance(5)
    strata = np.repeat(["hill", "port"], 8)
    y = np.where(strata == "hill", 10.0, 0.0)[:, None] + rng.normal(size=(16, 20))
    pilot = pilot_design("parallel", n_areas=16, n_periods=4)
    asked = Reassignment(n_pilots=8, n_assignments=200)
    plain = null_intervals(y, pilot, rng=chance(), reassignment=asked)
    within = null_intervals(y, pilot, rng=chance(), strata=strata, reassignment=asked)
    assert minimum_detectable_effect(within) < 0.3 * minimum_detectable_effect(plain)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("design", DESIGNS)
def test_without_memory_it_is_what_the_formulas_say(design, seed):
    """Areas with a level each and independent noise: 2.8 standard errors for power 0.8."""
    rng = chance(seed)
    levels = stats.norm.ppf((np.arange(40) + 0.5) / 40)
    levels = rng.permutation(levels / levels.std(ddof=1))
    y = levels[:, None] + rng.normal(size=(40, 240))
    pilot = pilot_design(design, n_areas=40, n_periods=8, n_baseline=4)
    null = null_intervals(
        y, pilot, rng=rng, reassignment=Reassignment(n_pilots=20, n_assignments=200)
    )
    found = detectable_effect(null, rng=rng)
    if design == "stepped_wedge":
        exposure = np.arange(8) >= (pilot.starts - 4)[np.arange(40) % 4][:, None]
        variance = hussey_hughes_variance(exposure, within=1.0, between=np.inf)
    else:
        known = mckenzie_variances(variance=2.0, alike=0.5, n_each=20, n_before=4, n_after=8)
        variance = known[design]
    errors = stats.t.ppf(0.975, 38) + stats.t.ppf(0.8, 38)
    assert found.value == pytest.approx(errors * variance**0.5, rel=0.1)
    assert found.low <= found.value <= found.high


def test_variance_in_a_wedge_is_that_of_generalised_least_squares():
    """Levels of areas at random, periods fixed: the full matrix, inverted."""
    exposure = np.triu(np.ones((5, 6)), 1)[:, :6]
    n, t = exposure.shape
    for within, between in ((0.7, 0.3), (1.0, 0.0), (2.0, 50.0)):
        inverse = np.linalg.inv(within * np.eye(t) + between)
        x = [np.column_stack([np.eye(t), row]) for row in exposure]
        known = np.linalg.inv(sum(one.T @ inverse @ one for one in x))[-1, -1]
        found = hussey_hughes_variance(exposure, within=within, between=between)
        assert found == pytest.approx(known, rel=1e-9)
    fixed = hussey_hughes_variance(exposure, within=1.0, between=np.inf)
    dummies = np.column_stack(
        [exposure.ravel(), np.tile(np.eye(t), (n, 1)), np.repeat(np.eye(n)[:, 1:], t, axis=0)]
    )
    assert fixed == pytest.approx(np.linalg.inv(dummies.T @ dummies)[0, 0], rel=1e-9)
    with pytest.raises(UsageError, match="treated"):
        hussey_hughes_variance(np.tile([0.0, 1.0], (4, 1)), within=1.0, between=1.0)
    with pytest.raises(UsageError):
        hussey_hughes_variance(exposure, within=0.0, between=1.0)


def test_variances_in_a_parallel_pilot_by_hand():
    """One period before and after: 1, 2 (1 - r) and 1 - r squared, times 2 / n of the variance."""
    found = mckenzie_variances(variance=3.0, alike=0.4, n_each=10, n_before=1, n_after=1)
    assert found == pytest.approx(
        {"parallel": 0.6, "difference_in_differences": 0.6 * 1.2, "ancova": 0.6 * 0.84}
    )
    # Adjusting for the baseline never costs precision, whatever the memory.
    for alike in np.linspace(0, 1, 11):
        every = mckenzie_variances(variance=1.0, alike=alike, n_each=5, n_before=3, n_after=2)
        assert every["ancova"] <= min(every.values()) + 1e-12
    assert list(mckenzie_variances(variance=1, alike=0, n_each=5, n_before=0, n_after=2)) == [
        "parallel"
    ]
    with pytest.raises(UsageError):
        mckenzie_variances(variance=1, alike=1.2, n_each=5, n_before=1, n_after=1)


def test_what_lots_are_balanced_on():
    base = np.array([[1.0, 2.0, 3.0], [4.0, 4.0, 4.0], [0.0, 2.0, 1.0]])
    assert baseline_covariates(base).tolist() == [[2.0, 2.0], [4.0, 0.0], [1.0, 1.0]]
    assert baseline_covariates(base[:, :1]).tolist() == [[1.0], [4.0], [0.0]]
    assert baseline_covariates(np.ones((3, 4))).shape == (3, 1)
    with pytest.raises(UsageError, match="baseline"):
        baseline_covariates(base[:, :0])


def test_wrong_use_is_refused():
    y = history(1)
    for pilot in (
        pilot_design("parallel", n_areas=7, n_periods=2),
        pilot_design("parallel", n_areas=6, n_periods=10),
    ):
        with pytest.raises(UsageError, match="history"):
            null_intervals(y, pilot, rng=chance())
    y[2, 3] = np.nan
    with pytest.raises(UsageError):
        null_intervals(y, ONE, rng=chance())
    null = null_intervals(history(2), ONE, rng=chance())
    with pytest.raises(UsageError, match="power"):
        minimum_detectable_effect(null, Goal(power=1.0))
    with pytest.raises(UsageError):
        power_at(null, [-1.0])
