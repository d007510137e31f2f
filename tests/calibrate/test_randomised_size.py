"""Randomised designs: how often a test errs, an interval covers, looks err together, power is kept.

Nothing is drawn that a test does not need: assignments are listed, or drawn once and used for every
replicate, which leaves the error what it is since the one that came is drawn with them.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.promise.measures.evaluation.by_lot import lot_of
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.pilot.null_intervals import (
    Reassignment,
    null_intervals,
    pilot_estimator,
)
from evenground.questions.promise.measures.pilot.pilot_design import DESIGNS, pilot_design
from evenground.questions.promise.measures.pilot.power import Goal, minimum_detectable_effect
from evenground.questions.promise.measures.randomised.analysis_of_covariance import (
    ancova_estimator,
)
from evenground.questions.promise.measures.randomised.assignments import assignments_of
from evenground.questions.promise.measures.randomised.asymptotic_sequence import (
    asymptotic_confidence_sequence,
)
from evenground.questions.promise.measures.randomised.difference_in_means import (
    difference_in_means_estimator,
    difference_in_means_weights,
)
from evenground.questions.promise.measures.randomised.monitoring import (
    Says,
    every_period,
    monitored,
)
from evenground.questions.promise.measures.randomised.pair_betting import (
    pair_confidence_sequence,
)
from evenground.questions.promise.measures.randomised.permutation import (
    attainable,
    permutation_test,
)
from evenground.questions.promise.measures.randomised.rerandomisation import (
    BalanceRule,
    accepted_assignments,
    balance_threshold,
)
from evenground.questions.promise.measures.randomised.scheme import (
    complete_randomisation,
    even_scheme,
    matched_pairs,
    stepped_wedge,
)
from evenground.questions.promise.measures.randomised.two_way_fixed_effects import (
    two_way_fixed_effects_estimator,
)

pytestmark = pytest.mark.calibrate

ALPHA = 0.05
N = 10_000


def within(rate: float, n: int) -> float:
    return 3 * np.sqrt(rate * (1 - rate) / n)


def remembering(rng, n, t, memory=0.7):
    """Return outcomes whose periods remember the one before, heavy-tailed and uneven."""
    return many_remembering(rng, (n, t), memory)


def many_remembering(rng, shape, memory=0.7):
    """Return the same for many replicates at once, shape (..., n, t)."""
    areas = (*shape[:-1], 1)
    y = rng.standard_t(4, shape) * rng.lognormal(0, 0.5, areas)
    for at in range(1, shape[-1]):
        y[..., at] += memory * y[..., at - 1]
    return y + rng.normal(0, 3, areas)


@pytest.mark.parametrize("n_treated", [1, 2, 3, 5, 10, 20])
def test_size_of_lots_among_forty(tables, n_treated):
    """A true null on 40 areas with memory, a nominal 5 % test, by change since a baseline.

    Ranks are counted for all replicates at once; the first hundred are tested one by one, too.
    """
    rng = np.random.default_rng(n_treated)
    every = assignments_of(complete_randomisation(40, n_treated), rng=rng, n_draws=999)
    y = many_remembering(rng, (N, 40, 8))
    change = y[..., 4:].mean(axis=-1) - y[..., :4].mean(axis=-1)
    came = rng.integers(every.n, size=N)
    weights = difference_in_means_weights(every.labels)
    estimates = weights @ change.T
    own = estimates[came, np.arange(N)]
    # The one that came is counted twice where assignments were drawn: once as itself.
    extra = 0 if every.exact else 1
    n_rejected, attained = attainable(every.n + extra, ALPHA)
    slack = 1e-9 * np.abs(change).max()
    above = (estimates >= own - slack).sum(axis=0) + extra
    below = (estimates <= own + slack).sum(axis=0) + extra
    wrong = (above <= n_rejected) | (below <= n_rejected)
    for at in range(100):
        test = permutation_test(
            change[at], every.labels[came[at]], assignments=every,
            estimator=difference_in_means_estimator(), alpha=ALPHA,
        )  # fmt: skip
        assert wrong[at] == (not test.low <= 0 <= test.high)
        assert test.level_attained == attained
    tables.add(
        "Lots among 40 areas, no effect", treated=n_treated, error=float(wrong.mean()),
        attained=attained, assignments=every.n,
    )  # fmt: skip
    assert wrong.mean() <= attained + within(attained, N)
    assert wrong.mean() >= attained - 0.004 - within(attained, N)


@pytest.mark.parametrize("kind", ["pairs", "wedge", "balanced", "adjusted"])
def test_size_of_other_schemes(tables, kind):
    """Each replicate deals one of all assignments and tests over them."""
    rng = np.random.default_rng(7)
    n_sims, wrong, level = 2_000, 0, 0.0
    for _ in range(n_sims):
        y = remembering(rng, 12, 8)
        after, before = y[:, 4:].mean(axis=1), y[:, :4].mean(axis=1)
        estimator = difference_in_means_estimator()
        if kind == "pairs":
            every = assignments_of(matched_pairs(np.repeat(np.arange(6), 2)))
        elif kind == "wedge":
            every = assignments_of(stepped_wedge([2, 2, 2, 2, 2, 2]), rng=rng, n_draws=399)
            after, estimator = y, two_way_fixed_effects_estimator([2, 3, 4, 5, 6, 7], 8)
        else:
            every = assignments_of(complete_randomisation(12, 6))
        if kind == "balanced":
            rule = BalanceRule(covariates=before[:, None], threshold=balance_threshold(1, 0.2))
            every = accepted_assignments(complete_randomisation(12, 6), rule)
        if kind == "adjusted":
            estimator = ancova_estimator(before[:, None])
        came = every.labels[rng.integers(every.n)]
        test = permutation_test(after, came, assignments=every, estimator=estimator, alpha=ALPHA)
        wrong += not test.low <= 0 <= test.high
        level = max(level, test.level_attained)
    tables.add("Other schemes, no effect", scheme=kind, error=wrong / n_sims, attained=level)
    assert wrong / n_sims <= level + within(level, n_sims)


@pytest.mark.parametrize("n_looks", [4, 12])
def test_all_looks_together_err_as_often_as_sealed(tables, n_looks):
    """One lot, looked at after every period; beside it, a plain test at each look."""
    rng = np.random.default_rng(n_looks)
    n_sims = 600
    ever = plain = 0
    for _ in range(n_sims):
        labels = rng.permuted(np.repeat([0, 1], 5))
        first = np.where(labels == 1, 4, 4 + n_looks)
        trial = panel(remembering(rng, 10, 4 + n_looks), first)
        columns = range(5, 5 + n_looks)
        found = monitored(trial, every_period(n_looks, columns, alpha=ALPHA))
        ever += found.says is Says.CROSSED
        plain += any(_plain(trial, column) for column in columns)
    tables.add(
        "Looking while it runs, no effect", looks=n_looks, sealed=ever / n_sims,
        one_test_a_look=plain / n_sims,
    )  # fmt: skip
    assert ever / n_sims <= ALPHA + within(ALPHA, n_sims)
    assert plain / n_sims > ALPHA + within(ALPHA, n_sims)


def _plain(trial, column):
    seen = panel(trial.outcomes[:, :column], np.minimum(trial.first_treated, column))
    lot = lot_of(seen)
    test = permutation_test(
        lot.outcomes, lot.labels, assignments=assignments_of(lot.scheme),
        estimator=lot.estimator, alpha=ALPHA,
    )  # fmt: skip
    return not test.low <= 0 <= test.high


@pytest.mark.parametrize("shape", ["normal", "heavy", "uneven"])
def test_pairs_may_be_stopped_at_any_time(tables, shape):
    """Sixty pairs, stopped when 0 is first left out; sizes may be anything, signs are lots."""
    rng = np.random.default_rng(3)
    n_sims, n = 600, 60
    ever = 0
    for _ in range(n_sims):
        sizes = {
            "normal": lambda: np.abs(rng.normal(size=n)),
            "heavy": lambda: np.abs(rng.standard_t(2, n)),
            "uneven": lambda: np.abs(rng.normal(size=n)) * np.linspace(0.2, 4, n),
        }[shape]()
        signed = sizes * rng.choice([-1.0, 1.0], n)
        ever += pair_confidence_sequence(signed, scale=1.0, alpha=ALPHA).p[-1] <= ALPHA
    tables.add(
        "Stopping pairs at will, no effect", sizes=shape, error=ever / n_sims
    )  # fmt: skip
    assert ever / n_sims <= ALPHA + within(ALPHA, n_sims)


@pytest.mark.parametrize("shape", ["normal", "heavy", "skewed"])
def test_many_units_may_be_stopped_at_any_time(tables, shape):
    """Three hundred scores with mean 0, looked at from the fiftieth on, and from the second."""
    rng = np.random.default_rng(9)
    n_sims, n = 2_000, 300
    error = {50: 0, 2: 0}
    for _ in range(n_sims):
        x = {
            "normal": lambda: rng.normal(size=n),
            "heavy": lambda: rng.standard_t(3, n),
            "skewed": lambda: rng.exponential(size=n) - 1.0,
        }[shape]()
        for first in error:
            found = asymptotic_confidence_sequence(x, narrowest_at=150, first_at=first, alpha=ALPHA)
            error[first] += found.p[-1] <= ALPHA
    tables.add(
        "Stopping among many units at will, no effect", scores=shape,
        from_the_50th=error[50] / n_sims, from_the_2nd=error[2] / n_sims,
    )  # fmt: skip
    assert error[50] / n_sims <= ALPHA + 0.01 + within(ALPHA, n_sims)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_pilot_sees_what_it_was_said_to_see(tables, design):
    """A past, the least effect read off it, and a pilot with that effect in the time to come."""
    rng = np.random.default_rng(11)
    n_sims, seen, missed_none = 300, 0, 0
    pilot = pilot_design(design, n_areas=16, n_periods=6, n_baseline=6, n_steps=3)
    goal = Goal(power=0.8, direction=1)
    scheme = even_scheme(np.zeros(16), pilot.n_labels)
    for _ in range(n_sims):
        y = remembering(rng, 16, 72)
        null = null_intervals(
            y[:, :60], pilot, rng=rng, reassignment=Reassignment(n_pilots=12, n_assignments=120)
        )
        least = minimum_detectable_effect(null, goal)
        every = assignments_of(scheme, rng=rng, n_draws=399)
        came = every.labels[rng.integers(every.n)]
        outcomes, estimator = pilot_estimator(y[:, 60:], pilot, np.zeros(16, np.int64))
        for effect in (least, 0.0):
            test = permutation_test(
                outcomes + effect * estimator.exposure(came), came, assignments=every,
                estimator=estimator, alpha=ALPHA,
            )  # fmt: skip
            seen += effect > 0 and test.low > 0
            missed_none += effect == 0 and test.low > 0
    tables.add(
        "A pilot sees what it was said to see", design=design, asked=goal.power,
        seen=seen / n_sims, without_effect=missed_none / n_sims,
    )  # fmt: skip
    assert abs(seen / n_sims - goal.power) <= 0.05 + within(goal.power, n_sims)
    assert missed_none / n_sims <= ALPHA / 2 + within(ALPHA / 2, n_sims)
