"""A pilot's power curve from a thousand lots in the past, and beside brute force."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.promise.measures.pilot.null_intervals import (
    Reassignment,
    null_intervals,
    pilot_estimator,
)
from evenground.questions.promise.measures.pilot.pilot_design import DESIGNS, pilot_design
from evenground.questions.promise.measures.pilot.power import Goal, power_at
from evenground.questions.promise.measures.randomised.assignments import drawn_assignments
from evenground.questions.promise.measures.randomised.permutation import permutation_test
from evenground.questions.promise.measures.randomised.scheme import even_scheme

pytestmark = pytest.mark.bench
EFFECTS = np.linspace(0.0, 5.0, 81)


@pytest.mark.parametrize("design", DESIGNS)
def test_power_curve_over_lots(cpu_seconds, say, design):
    """One distribution for 81 effects; brute force tests each lot anew for each effect."""
    rng = np.random.default_rng(1)
    history = rng.normal(size=(120, 104)).cumsum(axis=1)
    pilot = pilot_design(design, n_areas=120, n_periods=26, n_baseline=26)

    def curve():
        null = null_intervals(
            history, pilot, rng=np.random.default_rng(2),
            reassignment=Reassignment(n_pilots=5, n_assignments=200),
        )  # fmt: skip
        return power_at(null, EFFECTS, Goal(direction=1))

    every = drawn_assignments(even_scheme(np.zeros(120), pilot.n_labels), rng=rng, n_draws=200)
    outcomes, estimator = pilot_estimator(history[:, :52], pilot, np.zeros(120, np.int64))

    def one_by_hand():
        return permutation_test(
            outcomes, every.labels[0], assignments=every, estimator=estimator
        ).low

    seconds, each = cpu_seconds(curve, rounds=3), cpu_seconds(one_by_hand, rounds=3)
    say(
        f"power curve of {design}, 1,000 lots of 120 areas, 26 weeks before and 26 after: "
        f"{seconds:.3f} s of processor time; test by test it would take "
        f"{each * 1_000 * EFFECTS.size:.0f} s"
    )
    assert curve()[-1] > curve()[0]
    assert seconds <= 2
