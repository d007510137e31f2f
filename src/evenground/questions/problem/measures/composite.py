"""Several indicators in one figure by area, by weights that the city writes and signs.

Never an answer by itself: it stands beside its parts and beside how stable it is
(``need_stability``).
Source: Nardo et al. (2008), Handbook on Constructing Composite Indicators, OECD/JRC, step 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, positive_total, vector, wrong
from evenground.questions.problem.measures.imputation import Imputation, imputed
from evenground.questions.problem.measures.normalisations import (
    Normalisation,
    normalised,
    on_one_to_hundred,
)


class Aggregation(StrEnum):
    """How the parts are put together."""

    ARITHMETIC = "arithmetic mean"
    GEOMETRIC = "geometric mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The choices behind a composite figure."""

    normalisation: Normalisation = Normalisation.MIN_MAX
    aggregation: Aggregation = Aggregation.ARITHMETIC
    imputation: Imputation = Imputation.MEDIAN


USUAL_RECIPE = Recipe()


def composite(
    values: ArrayLike,
    weights: ArrayLike,
    *,
    directions: ArrayLike | None = None,
    recipe: Recipe = USUAL_RECIPE,
) -> Vector:
    """Return the composite figure of each area, more being more need.

    Parameters
    ----------
    values, shape (n_areas, n_indicators)
        Of any unit and sign, NaN where missing.
    weights, shape (n_indicators,)
        0 or more; only their proportions matter.
    directions, shape (n_indicators,)
        1: more is more need; -1: more is less need.
    recipe
        Normalisation, aggregation, imputation. For a geometric mean every normalised indicator is
        stretched to 1-100 first; then min-max, z-score and distance to best say the same, and so do
        rank and percentile.

    Returns
    -------
    array, shape (n_areas,)
        In the unit of the normalisation; 1-100 for geometric means.

    Raises
    ------
    UsageError
        If weights are negative, missing or all 0, shapes differ, a value is infinite, or an area or
        an indicator has no value at all.
    """
    full = imputed(values, method=recipe.imputation)
    share = checked_weights(weights, full.shape[1])
    parts = normalised(full, directions, method=recipe.normalisation)
    if recipe.aggregation is Aggregation.ARITHMETIC:
        return arithmetic_mean(parts, share)
    return geometric_mean(on_one_to_hundred(parts), share)


def checked_weights(weights: ArrayLike, n_indicators: int) -> Vector:
    """Return weights that add up to 1, shape (n_indicators,).

    Raises
    ------
    UsageError
        If weights are negative, missing or all 0, or as many as indicators they are not.
    """
    given = vector("weights", weights, size=n_indicators)
    return given / positive_total("weights", given)


def arithmetic_mean(parts: Vector, weights: Vector) -> Vector:
    """Return ``Σ w x`` by area, shape (n_areas,); weights add up to 1."""
    return parts @ weights


def geometric_mean(parts: Vector, weights: Vector) -> Vector:
    """Return ``Π x^w`` by area, shape (n_areas,); weights add up to 1.

    Raises
    ------
    UsageError
        If a part is not above 0.
    """
    x = matrix("parts", parts, shape=(None, weights.size))
    if not (x > 0).all():
        raise wrong("not_above_zero", N_("{n} parts are 0"), n=int((x <= 0).sum()))
    return np.exp(np.log(x) @ weights)
