"""Which choice moves the ranking by need: weights, normalisation, aggregation, gaps or errors?

Source: the mean shift in rank, Saisana, Saltelli and Tarantola (2005), Journal of the Royal
Statistical Society A 168, 307-323; shares of its variance as in ``sobol_indices``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector
from evenground.questions.problem.measures.composite import Recipe, checked_weights
from evenground.questions.problem.measures.need_model import Indicators, NeedModel, need_ranks
from evenground.questions.problem.measures.need_stability import (
    USUAL_PLAN,
    StabilityPlan,
    drawn_weights,
    used_imputations,
)
from evenground.questions.problem.measures.sobol_indices import (
    SobolIndices,
    sobol_design,
    sobol_indices,
)

N_DRAWS = 256
"""Rows of each of the two samples; the ranking is made ``N_DRAWS (n_choices + 2)`` times."""


class Choice(StrEnum):
    """What a ranking by need rests on."""

    WEIGHTS = "weights"
    NORMALISATION = "normalisation"
    AGGREGATION = "aggregation"
    IMPUTATION = "imputation"
    SAMPLING_ERROR = "sampling error"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSensitivity:
    """Shares of the variance of the mean shift in ranks, by choice.

    Attributes
    ----------
    choices
        Those that can be made in more than one way, in the order of ``indices``.
    indices
        First-order and total, with intervals.
    mean_shift
        Mean of the shift over the first sample, in ranks.
    """

    choices: tuple[Choice, ...]
    indices: SobolIndices
    mean_shift: float


def need_sensitivity(
    given: Indicators,
    weights: ArrayLike,
    *,
    rng: np.random.Generator,
    plan: StabilityPlan = USUAL_PLAN,
    n_draws: int = N_DRAWS,
) -> NeedSensitivity:
    """Return how much of the mean shift in ranks is due to each choice.

    Parameters
    ----------
    given, weights, rng, plan
        As for ``need_stability``; weights are drawn around the signed ones.
    n_draws
        Rows of each sample, 2 or more.

    Raises
    ------
    UsageError
        As ``need_stability``.
    """
    signed = checked_weights(weights, given.values.shape[1])
    model = NeedModel(given)
    shift = _Shift(model, signed, plan, rng)
    first, second, mixed = sobol_design(shift, len(shift.choices), n_draws=n_draws, rng=rng)
    return NeedSensitivity(
        choices=shift.choices,
        indices=sobol_indices(first, second, mixed, rng=rng),
        mean_shift=float(first.mean()),
    )


class _Shift:
    """The mean shift in ranks as a function of numbers within 0-1, one for each choice."""

    def __init__(
        self, model: NeedModel, signed: Vector, plan: StabilityPlan, rng: np.random.Generator
    ) -> None:
        self.model = model
        self.plan = plan
        self.signed = signed
        self.rank = need_ranks(model.need(signed, plan.recipe))
        self.weights = drawn_weights(signed, plan, rng=rng)
        self.imputations = used_imputations(plan, model.given)
        self.key = int(rng.integers(2**31))
        ways = {
            Choice.WEIGHTS: int((signed > 0).sum()),
            Choice.NORMALISATION: len(plan.normalisations),
            Choice.AGGREGATION: len(plan.aggregations),
            Choice.IMPUTATION: len(self.imputations),
            Choice.SAMPLING_ERROR: 1 + model.has_errors,
        }
        self.choices = tuple(choice for choice, n in ways.items() if n > 1)

    def __call__(self, factors: Vector) -> float:
        at = dict(zip(self.choices, factors.tolist(), strict=True))
        normalisations, aggregations = self.plan.normalisations, self.plan.aggregations
        recipe = Recipe(
            normalisation=normalisations[_pick(at, Choice.NORMALISATION, len(normalisations))],
            aggregation=aggregations[_pick(at, Choice.AGGREGATION, len(aggregations))],
            imputation=self.imputations[_pick(at, Choice.IMPUTATION, len(self.imputations))],
        )
        weights = self.signed
        if Choice.WEIGHTS in at:
            weights = self.weights[_pick(at, Choice.WEIGHTS, len(self.weights))]
        # The same number gives the same errors: a draw is a function of its factors.
        own = _pick(at, Choice.SAMPLING_ERROR, 2**31)
        noise = self.model.noise(np.random.default_rng([self.key, own]))
        rank = need_ranks(self.model.need(weights, recipe, noise))
        return float(np.abs(rank - self.rank).mean())


def _pick(at: dict[Choice, float], choice: Choice, n: int) -> int:
    return int(at.get(choice, 0.0) * n)
