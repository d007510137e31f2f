"""Which areas are among those of greatest need whatever reasonable choice one makes.

A composite figure rests on choices: weights, normalisation, aggregation, what stands in for missing
values; and its parts are estimates. All are drawn together many times, and what holds in nearly all
draws is called stable.
Source: Saisana, Saltelli and Tarantola (2005), Uncertainty and sensitivity analysis techniques as
tools for the quality assessment of composite indicators, Journal of the Royal Statistical Society A
168, 307-323; Nardo et al. (2008), Handbook on Constructing Composite Indicators, OECD/JRC, step 7;
COINr: Becker et al. (2022), Journal of Open Source Software 7(78), 4567.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.problem.measures.composite import (
    USUAL_RECIPE,
    Aggregation,
    Recipe,
    checked_weights,
)
from evenground.questions.problem.measures.imputation import Imputation
from evenground.questions.problem.measures.need_model import (
    Indicators,
    NeedModel,
    last_ranks,
    need_ranks,
)
from evenground.questions.problem.measures.normalisations import Normalisation


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityPlan:
    """What is drawn.

    Attributes
    ----------
    recipe
        The city's own choices, from which shifts are measured.
    normalisations, aggregations, imputations
        Those drawn from with even chances; one imputation is enough where nothing is missing.
    concentration
        Of the Dirichlet distribution around the signed weights, above 0: a weight ``w`` is drawn
        with a standard deviation of ``sqrt(w (1 - w) / (concentration + 1))``. With 50, a weight of
        a quarter is drawn between about 0.14 and 0.37.
    draws
        Joint draws.
    stable_share
        The share of draws, 0-1, from which an area counts as stably among the top.
    """

    recipe: Recipe = USUAL_RECIPE
    normalisations: tuple[Normalisation, ...] = tuple(Normalisation)
    aggregations: tuple[Aggregation, ...] = tuple(Aggregation)
    imputations: tuple[Imputation, ...] = tuple(Imputation)
    concentration: float = 50.0
    draws: int = 1_000
    stable_share: float = 0.9


USUAL_PLAN = StabilityPlan()


@dataclass(frozen=True, slots=True, kw_only=True)
class RankSpread:
    """Where areas stand over all draws; rank 1 is the greatest need, equal needs share a rank.

    Attributes
    ----------
    top_share, shape (n_areas,)
        The share of draws in which an area is among the top, 0-1; of equal needs all are.
    sure_share, shape (n_areas,)
        The same, but of equal needs none are if not all find room there.
    low, median, high, shape (n_areas,)
        Ranks below which 5, 50 and 95 % of draws lie.
    stable, shape (n_areas,)
        Whether ``sure_share`` reaches the plan's ``stable_share``.
    """

    top_share: Vector
    sure_share: Vector
    low: Vector
    median: Vector
    high: Vector
    stable: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedStability:
    """What remains of a ranking by need when its choices change. Never a list of areas.

    Attributes
    ----------
    rank, shape (n_areas,)
        By the signed weights and the city's own choices.
    in_top, shape (n_areas,)
        Whether that rank is among the top.
    surely_in_top, shape (n_areas,)
        Whether it is even as the last of those with equal needs.
    around
        With weights drawn around the signed ones.
    wide
        With weights drawn evenly from all there can be, for indicators that have a weight at all.
    mean_shift
        The mean over areas of how many ranks a draw around the signed weights moves them, averaged
        over draws.
    top, n_draws
        How many areas make the top; draws.
    """

    rank: Whole
    in_top: Flags
    surely_in_top: Flags
    around: RankSpread
    wide: RankSpread
    mean_shift: float
    top: int
    n_draws: int

    @property
    def n_top_stable(self) -> int:
        """How many areas are stably among the top."""
        return int(self.around.stable.sum())


def need_stability(
    given: Indicators,
    weights: ArrayLike,
    *,
    top: int,
    rng: np.random.Generator,
    plan: StabilityPlan = USUAL_PLAN,
) -> NeedStability:
    """Return how stable the areas of greatest need are.

    Parameters
    ----------
    given
        Indicators by area, with their directions and standard errors.
    weights, shape (n_indicators,)
        As signed by the city; 0 or more.
    top
        How many areas count as the top, 1 to n_areas; more where needs are equal.
    rng, plan
        Source of chance; what is drawn.

    Raises
    ------
    UsageError
        If weights are negative, missing or all 0, ``top`` is out of range, or the plan is empty.
    """
    signed = checked_weights(weights, given.values.shape[1])
    _check(given, plan, top)
    model = NeedModel(given)
    centre = model.need(signed, plan.recipe)
    rank = need_ranks(centre)
    around = np.empty((2, plan.draws, rank.size), dtype=np.int64)
    wide = np.empty_like(around)
    pairs = drawn_weights(signed, plan, rng=rng), even_weights(signed, plan.draws, rng=rng)
    recipes = drawn_recipes(plan, given, rng=rng)
    for draw, recipe in enumerate(recipes):
        noise = model.noise(rng)
        parts = model.parts(recipe, noise)
        for ranks, drawn in zip((around, wide), pairs, strict=True):
            need = parts @ drawn[draw]
            ranks[:, draw] = need_ranks(need), last_ranks(need)
    shift = float(np.abs(around[0] - rank).mean())
    return NeedStability(
        rank=rank,
        in_top=rank <= top,
        surely_in_top=last_ranks(centre) <= top,
        around=_spread(around, top, plan.stable_share),
        wide=_spread(wide, top, plan.stable_share),
        mean_shift=shift,
        top=top,
        n_draws=plan.draws,
    )


def drawn_weights(signed: Vector, plan: StabilityPlan, *, rng: np.random.Generator) -> Vector:
    """Return weights around the signed ones, shape (draws, n_indicators); those of 0 stay 0."""
    return _dirichlet(plan.concentration * signed, plan.draws, rng=rng)


def even_weights(signed: Vector, draws: int, *, rng: np.random.Generator) -> Vector:
    """Return weights evenly from all there can be, shape (draws, n_indicators); 0 stays 0."""
    return _dirichlet((signed > 0).astype(np.float64), draws, rng=rng)


def _dirichlet(alpha: Vector, draws: int, *, rng: np.random.Generator) -> Vector:
    weights = np.zeros((draws, alpha.size))
    weights[:, alpha > 0] = rng.dirichlet(alpha[alpha > 0], size=draws)
    return weights


def drawn_recipes(
    plan: StabilityPlan, given: Indicators, *, rng: np.random.Generator
) -> list[Recipe]:
    """Return a recipe for each draw, every choice with even chances."""
    imputations = used_imputations(plan, given)
    sizes = (len(plan.normalisations), len(plan.aggregations), len(imputations))
    at = [rng.integers(size, size=plan.draws) for size in sizes]
    return [
        Recipe(
            normalisation=plan.normalisations[i],
            aggregation=plan.aggregations[j],
            imputation=imputations[k],
        )
        for i, j, k in zip(*at, strict=True)
    ]


def used_imputations(plan: StabilityPlan, given: Indicators) -> tuple[Imputation, ...]:
    """Return the ways to fill in what is missing; a single one where nothing is."""
    return plan.imputations if np.isnan(given.values).any() else plan.imputations[:1]


def _spread(ranks: Whole, top: int, stable_share: float) -> RankSpread:
    share, sure = (ranks <= top).mean(axis=1)
    ordered = np.sort(ranks[0], axis=0)
    last = len(ordered) - 1
    low, median, high = (
        ordered[round(level * last)].astype(np.float64) for level in (0.05, 0.5, 0.95)
    )
    return RankSpread(
        top_share=share,
        sure_share=sure,
        low=low,
        median=median,
        high=high,
        stable=sure >= stable_share,
    )


def _check(given: Indicators, plan: StabilityPlan, top: int) -> None:
    n_areas = given.values.shape[0]
    if not 1 <= top <= n_areas:
        raise wrong("top", N_("top is {top}, expected 1 to {n_areas}"), top=top, n_areas=n_areas)
    choices = (plan.normalisations, plan.aggregations, plan.imputations)
    if plan.draws < 1 or not plan.concentration > 0 or not all(choices):
        raise wrong(
            "stability_plan",
            N_("a plan needs draws, a concentration above 0 and at least one of each choice"),
        )
