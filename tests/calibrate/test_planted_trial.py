"""How often the interval of a trial in the demo city holds what was planted."""

from __future__ import annotations

import numpy as np
import pytest
from evenground_demo.initiatives import rounds_by_need as trial
from evenground_demo.world import CLASSES, make_world

from evenground.questions.promise.measures.evaluation.effect import Asked
from evenground.questions.promise.measures.evaluation.evaluate import evaluate
from evenground.questions.promise.measures.panel import panel

pytestmark = pytest.mark.calibrate
N_TRIALS = 1_000
BOUNDS = (0.93, 0.97)


def test_intervals_hold_the_planted_effect_in_93_to_97_of_100_trials(record_property):
    """Lots, months and counts are drawn anew; effects differ by third, and three areas are late."""
    world = make_world()
    held = 0
    for again in range(1, N_TRIALS + 1):
        drawn = trial.lot(world, again=again)
        strata = tuple(CLASSES[third] for third in world.income_class[drawn.areas])
        asked = Asked(randomised=True, strata=strata)
        effect = evaluate(
            panel(trial.found(world, drawn, again=again), drawn.planned),
            asked=asked,
            rng=np.random.default_rng(again),
        )
        held += effect.low <= trial.effect_of_being_drawn(world, drawn, again=again) <= effect.high
    share = held / N_TRIALS
    record_property("coverage", share)
    assert BOUNDS[0] <= share <= BOUNDS[1], share
