"""Which areas are among those of greatest need whatever reasonable choice one makes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.problem.measures.composite import Aggregation, Recipe, composite
from evenground.questions.problem.measures.imputation import Imputation
from evenground.questions.problem.measures.need_model import (
    NeedModel,
    indicators,
    last_ranks,
    need_ranks,
)
from evenground.questions.problem.measures.need_sensitivity import Choice, need_sensitivity
from evenground.questions.problem.measures.need_stability import (
    StabilityPlan,
    drawn_weights,
    even_weights,
    need_stability,
)
from evenground.questions.problem.measures.normalisations import Normalisation

FEW = StabilityPlan(draws=200)


def town(seed, *, gaps=0.0, n=40):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, 4)) + 2 * rng.normal(size=(n, 1))
    values[rng.random(values.shape) < gaps] = np.nan
    values[:, 0] = np.where(np.isnan(values).all(axis=1), 0.0, values[:, 0])
    return values


def test_ranks_by_hand():
    """Equal needs share the best rank; a difference in the twelfth digit is none."""
    assert need_ranks(np.array([3.0, 9, 3, 1])).tolist() == [2, 1, 2, 4]
    assert need_ranks(np.array([1.0, 1.0 + 1e-12, 0.5])).tolist() == [1, 1, 3]
    assert need_ranks(np.zeros(3)).tolist() == [1, 1, 1]
    assert last_ranks(np.array([3.0, 9, 3, 1])).tolist() == [3, 1, 3, 4]
    assert last_ranks(np.zeros(3)).tolist() == [3, 3, 3]


def test_an_area_worst_in_everything_is_always_on_top():
    values = np.array([[9.0, 9, 9], [1, 2, 3], [3, 1, 2], [2, 3, 1]])
    found = need_stability(
        indicators(values), [1, 1, 1], top=1, rng=np.random.default_rng(1), plan=FEW
    )
    for spread in (found.around, found.wide):
        assert spread.top_share[0] == 1
        assert spread.stable.tolist() == [True, False, False, False]
        assert (spread.low[0], spread.median[0], spread.high[0]) == (1, 1, 1)
    assert found.in_top.tolist() == [True, False, False, False]
    assert found.n_top_stable == 1


def test_of_equal_needs_that_do_not_all_find_room_none_is_sure():
    """One area stands out, three are equal, and two are on top: the three may be there or not."""
    values = np.array([[9.0, 9], [1, 1], [1, 1], [1, 1]])
    found = need_stability(
        indicators(values), [1, 1], top=2, rng=np.random.default_rng(1), plan=FEW
    )
    assert found.around.top_share.tolist() == [1, 1, 1, 1]
    assert found.around.sure_share.tolist() == [1, 0, 0, 0]
    assert found.around.stable.tolist() == found.surely_in_top.tolist() == [True, *[False] * 3]


def test_areas_that_only_weights_tell_apart():
    """Area 0 is worst in the first indicator, area 1 in the second: with weights from all there
    can be, each leads in half of the draws; close to signed weights of 3 to 1, area 0 always."""
    values = np.array([[1.0, 0], [0, 1], [0, 0]])
    plan = StabilityPlan(
        draws=2_000,
        concentration=400,
        normalisations=(Normalisation.MIN_MAX,),
        aggregations=(Aggregation.ARITHMETIC,),
    )
    found = need_stability(
        indicators(values), [3, 1], top=1, rng=np.random.default_rng(2), plan=plan
    )
    assert found.around.top_share.tolist() == [1, 0, 0]
    assert found.wide.top_share == pytest.approx([0.5, 0.5, 0], abs=0.04)
    assert found.mean_shift == 0


def test_sampling_error_makes_near_needs_change_places():
    """Needs of 1.0 and 1.1 with errors of 0.1 each: the first leads with P(Z > 1 / sqrt 2)."""
    values = np.array([[1.0], [1.1], [-5.0]])
    plan = StabilityPlan(draws=4_000, normalisations=(Normalisation.Z_SCORE,))
    given_ = indicators(values, standard_errors=[[0.1], [0.1], [0.0]])
    found = need_stability(given_, [1], top=1, rng=np.random.default_rng(3), plan=plan)
    assert found.around.top_share[0] == pytest.approx(0.2398, abs=0.02)
    assert found.rank.tolist() == [2, 1, 3]


def test_the_model_ranks_as_the_composite_does():
    values, directions = town(5, gaps=0.1), np.array([1, -1, 1, 1])
    model = NeedModel(indicators(values, directions=directions))
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    for normalisation in Normalisation:
        for aggregation in Aggregation:
            for imputation in Imputation:
                recipe = Recipe(
                    normalisation=normalisation, aggregation=aggregation, imputation=imputation
                )
                plain = composite(values, weights, directions=directions, recipe=recipe)
                assert (need_ranks(model.need(weights, recipe)) == need_ranks(plain)).all()


def test_weights_are_drawn_around_the_signed_ones():
    signed = np.array([0.25, 0.25, 0.5, 0.0])
    plan = StabilityPlan(draws=20_000)
    drawn = drawn_weights(signed, plan, rng=np.random.default_rng(1))
    assert drawn.sum(axis=1) == pytest.approx(np.ones(plan.draws))
    assert drawn.mean(axis=0) == pytest.approx(signed, abs=0.002)
    assert drawn.std(axis=0) == pytest.approx(np.sqrt(signed * (1 - signed) / 51), abs=0.002)
    low, high = np.quantile(drawn[:, 0], [0.025, 0.975])
    assert (low, high) == pytest.approx((0.14, 0.38), abs=0.01)
    assert not drawn[:, 3].any()
    even = even_weights(signed, 20_000, rng=np.random.default_rng(1))
    assert even.mean(axis=0) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0], abs=0.01)
    assert even.std(axis=0)[:3] == pytest.approx(np.sqrt(2 / 36), abs=0.01)


@pytest.mark.parametrize("gaps", [0.0, 0.1])
def test_the_same_generator_gives_the_same(gaps):
    given_ = indicators(town(1, gaps=gaps), standard_errors=np.full((40, 4), 0.1))
    first, second = (
        need_stability(given_, [1, 2, 3, 4], top=8, rng=np.random.default_rng(9), plan=FEW)
        for _ in range(2)
    )
    assert (first.around.top_share == second.around.top_share).all()
    assert (first.wide.low == second.wide.low).all()


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 40), st.floats(0.05, 20))
def test_what_a_draw_holds(seed, top, times):
    """Without errors neither unit nor row order matters, and ``top`` areas or more are on top."""
    values = town(seed, gaps=0.05)
    plan = replace(FEW, draws=40, imputations=(Imputation.MEAN, Imputation.MEDIAN))
    found = need_stability(
        indicators(values), [1, 2, 3, 4], top=top, rng=np.random.default_rng(1), plan=plan
    )
    assert found.around.top_share.sum() >= top * (1 - 1e-9)
    assert found.in_top.sum() >= top >= found.surely_in_top.sum()
    assert (found.around.sure_share <= found.around.top_share).all()
    assert found.around.sure_share.sum() <= top * (1 + 1e-9)
    assert (found.around.low <= found.around.median).all()
    assert (found.around.median <= found.around.high).all()
    turned = need_stability(
        indicators(values[::-1] * times), [1, 2, 3, 4], top=top,
        rng=np.random.default_rng(1), plan=plan,
    )  # fmt: skip
    assert turned.around.top_share[::-1] == pytest.approx(found.around.top_share)
    assert turned.rank[::-1].tolist() == found.rank.tolist()


def test_sensitivity_names_only_choices_that_there_are():
    full = indicators(town(1))
    plan = StabilityPlan(draws=64, aggregations=(Aggregation.ARITHMETIC,))
    found = need_sensitivity(full, np.ones(4), rng=np.random.default_rng(1), plan=plan, n_draws=16)
    assert found.choices == (Choice.WEIGHTS, Choice.NORMALISATION)
    all_five = indicators(town(1, gaps=0.1), standard_errors=np.full((40, 4), 0.2))
    found = need_sensitivity(all_five, np.ones(4), rng=np.random.default_rng(1), n_draws=16)
    assert found.choices == tuple(Choice)
    assert found.indices.total.shape == (5,)
    assert found.mean_shift > 0


def test_one_choice_explains_all_when_it_is_the_only_one():
    """Only weights are open: the first-order index of weights is 1, whatever the town."""
    plan = StabilityPlan(
        draws=500,
        normalisations=(Normalisation.MIN_MAX,),
        aggregations=(Aggregation.ARITHMETIC,),
    )
    found = need_sensitivity(
        indicators(town(2)), np.ones(4), rng=np.random.default_rng(2), plan=plan, n_draws=512
    )
    assert found.choices == (Choice.WEIGHTS,)
    assert found.indices.total[0] == pytest.approx(1, abs=0.15)
    assert found.indices.first_low[0] <= 1 <= found.indices.first_high[0]


def test_an_indicator_alone_leaves_nothing_to_choose_among_ranks():
    """One indicator: every normalisation and mean keeps its order, so nothing shifts."""
    given_ = indicators(town(3)[:, :1])
    found = need_sensitivity(given_, [1], rng=np.random.default_rng(1), n_draws=16)
    assert Choice.WEIGHTS not in found.choices
    assert found.mean_shift == 0
    assert not found.indices.total.any()


@pytest.mark.parametrize(
    ("top", "plan"),
    [(0, FEW), (41, FEW), (1, StabilityPlan(draws=0)), (1, StabilityPlan(concentration=0.0)),
     (1, StabilityPlan(normalisations=()))],
)  # fmt: skip
def test_bad_plans_are_refused(top, plan):
    with pytest.raises(UsageError):
        need_stability(
            indicators(town(1)), np.ones(4), top=top, rng=np.random.default_rng(1), plan=plan
        )


@pytest.mark.parametrize("errors", [np.full((40, 3), 1.0), np.full((40, 4), -1.0)])
def test_bad_errors_are_refused(errors):
    with pytest.raises(UsageError):
        indicators(town(1), standard_errors=errors)
