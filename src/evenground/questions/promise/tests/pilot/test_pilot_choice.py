"""Designs beside one another, the cheapest that can, and the draw."""

from __future__ import annotations

import json

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.pilot.drawn_pilot import (
    drawn_pilot,
    sealed_assignments,
)
from evenground.questions.promise.measures.pilot.null_intervals import Reassignment
from evenground.questions.promise.measures.pilot.pilot_design import DESIGNS, pilot_design
from evenground.questions.promise.measures.pilot.pilot_options import (
    Asked,
    Past,
    cheapest_that_can,
    designs_around,
    pilot_option,
    pilot_options,
)
from evenground.questions.promise.measures.pilot.power import Goal
from evenground.questions.promise.measures.randomised.rerandomisation import mahalanobis_imbalance
from evenground.questions.promise.measures.randomised.scheme import scheme_of

FEW = Reassignment(n_pilots=6, n_assignments=80)
UP = Goal(direction=1)


def past(seed: int = 1) -> Past:
    rng = np.random.default_rng(seed)
    y = rng.normal(0, 2, (16, 1)) + rng.normal(size=(16, 40))
    return Past(outcomes=y, strata=np.arange(16) % 2, seed=seed)


def test_designs_around_one():
    first = pilot_design("ancova", n_areas=16, n_periods=8, n_baseline=8)
    found = designs_around(first, n_units=16, n_times=40)
    assert found[0] == first
    assert len(set(found)) == len(found) == 4 * 3 * 3
    assert {one.n_areas for one in found} == {4, 8, 16}
    assert {one.n_periods for one in found} == {4, 8, 16}
    assert all(one.n_times <= 40 for one in found)
    without = pilot_design("parallel", n_areas=6, n_periods=2)
    kinds = {one.design for one in designs_around(without, n_units=6, n_times=3)}
    assert kinds == {"parallel", "stepped_wedge"}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_cheapest_is_cheapest_and_can(seed):
    wants = Asked(goal=UP, effect=1.2, per_area=5.0, per_period=1.0)
    first = pilot_design("ancova", n_areas=16, n_periods=8, n_baseline=8)
    designs = designs_around(first, n_units=16, n_times=40)
    options = pilot_options(past(seed), designs, wants, reassignment=FEW)
    found = cheapest_that_can(past(seed), options, wants, reassignment=FEW)
    assert found is not None
    assert found.cost == min(one.cost for one in options if one.can_answer)
    assert (found.power or 0) >= 0.8
    assert found.detectable.value <= 1.2
    tiny = Asked(goal=UP, effect=1e-3)
    options = pilot_options(past(seed), designs[:3], tiny, reassignment=FEW)
    assert cheapest_that_can(past(seed), options, tiny, reassignment=FEW) is None


def test_the_second_look_decides():
    """A design that only seemed to suffice is not proposed."""
    wants = Asked(goal=UP, effect=1.0)
    design = pilot_design("parallel", n_areas=16, n_periods=8)
    rough = pilot_option(past(), design, Asked(goal=UP, effect=50.0), reassignment=FEW)
    assert rough.can_answer
    assert cheapest_that_can(past(), [rough], wants, reassignment=FEW) is None


def test_no_design_changes_the_answer_of_another():
    wants = Asked(goal=UP, effect=1.0)
    one, two = (
        pilot_design(kind, n_areas=8, n_periods=6, n_baseline=6) for kind in ("ancova", "parallel")
    )
    alone = pilot_option(past(), one, wants, reassignment=FEW)
    beside = pilot_options(past(), [two, one], wants, reassignment=FEW)[1]
    assert (alone.power, alone.detectable) == (beside.power, beside.detectable)


def test_without_a_promise_nothing_is_said_to_suffice():
    design = pilot_design("parallel", n_areas=8, n_periods=6)
    option = pilot_option(past(), design, Asked(goal=Goal()), reassignment=FEW)
    assert (option.power, option.can_answer) == (None, None)
    small = pilot_design("parallel", n_areas=4, n_periods=6)
    one_stratum = Past(outcomes=past().outcomes)
    option = pilot_option(one_stratum, small, Asked(goal=Goal(), effect=1e6), reassignment=FEW)
    assert option.can_answer is False
    for wrong in ({"effect": -1.0}, {"per_area": -1.0}, {"per_period": np.inf}):
        with pytest.raises(UsageError, match="0 or more"):
            pilot_option(past(), design, Asked(goal=Goal(), **wrong), reassignment=FEW)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_draw_keeps_its_scheme_and_its_balance(design, seed):
    pilot = pilot_design(design, n_areas=12, n_periods=8, n_baseline=6)
    drawn = drawn_pilot(past(seed), pilot, accepted=0.2)
    again = drawn_pilot(past(seed), pilot, accepted=0.2)
    assert drawn.labels.tolist() == again.labels.tolist()
    assert drawn.rule is not None
    assert scheme_of(drawn.data["scheme"]).allows(drawn.labels)
    imbalance = mahalanobis_imbalance(drawn.rule.covariates, drawn.labels)[0]
    assert imbalance <= drawn.rule.threshold * (1 + 1e-9)
    of_chosen = past(seed).outcomes[drawn.chosen, -6:]
    assert drawn.rule.covariates[:, 0] == pytest.approx(of_chosen.mean(axis=1))
    free = drawn_pilot(past(seed), pilot)
    assert free.rule is None
    assert free.data["balance"] is None
    strata = past(seed).strata
    assert strata is not None
    if design != "stepped_wedge":
        treated = drawn.labels == 1
        assert abs(int((strata[drawn.chosen][treated] * 2 - 1).sum())) <= 2


@pytest.mark.parametrize("accepted", [1.0, 0.2])
@pytest.mark.parametrize("n_areas", [8, 16])
def test_a_sealed_draw_is_tested_over_what_could_have_come(accepted, n_areas):
    """Read back from JSON: listed for 8 areas, drawn for 16; balanced ones alone if sealed so."""
    pilot = pilot_design("parallel", n_areas=n_areas, n_periods=8, n_baseline=6)
    drawn = drawn_pilot(Past(outcomes=past().outcomes, seed=4), pilot, accepted=accepted)
    data = json.loads(json.dumps(drawn.data))
    rng = np.random.default_rng(1)
    came, every = sealed_assignments(data, rng=rng, n_draws=500)
    assert came.tolist() == drawn.labels.tolist()
    assert every.exact is (n_areas == 8)
    if drawn.rule is not None:
        imbalance = mahalanobis_imbalance(drawn.rule.covariates, every.labels)
        assert (imbalance <= drawn.rule.threshold * (1 + 1e-9)).all()
    else:
        assert every.n == (70 if n_areas == 8 else 500)
    swapped = {**data, "labels": [1 - one for one in data["labels"]]}
    assert sealed_assignments(swapped, rng=rng)[0].tolist() != came.tolist()
    with pytest.raises(UsageError):
        sealed_assignments({**data, "labels": [1] * n_areas}, rng=rng)
    with pytest.raises(UsageError, match="draw"):
        sealed_assignments({"scheme": data["scheme"]})


def test_every_assignment_is_as_likely_as_any():
    pilot = pilot_design("parallel", n_areas=4, n_periods=8)
    four = past().outcomes[:4]
    n = 3000
    seen: dict[tuple[int, ...], int] = {}
    for seed in range(n):
        labels = tuple(drawn_pilot(Past(outcomes=four, seed=seed), pilot).labels.tolist())
        seen[labels] = seen.get(labels, 0) + 1
    assert len(seen) == 6
    spread = (n * (1 / 6) * (5 / 6)) ** 0.5
    assert max(abs(one - n / 6) for one in seen.values()) < 4 * spread
