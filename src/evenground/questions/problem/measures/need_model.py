"""Need by area as a function of choices: weights, normalisation, aggregation, gaps, errors.

Source: as ``need_stability``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, matrix, wrong
from evenground.questions.problem.measures.composite import Aggregation, Recipe
from evenground.questions.problem.measures.imputation import Imputation, checked_gaps, imputed
from evenground.questions.problem.measures.normalisations import (
    NORMALISATIONS,
    checked_directions,
    on_one_to_hundred,
)

_DIGITS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """Indicators of need by area.

    Attributes
    ----------
    values, shape (n_areas, n_indicators)
        NaN where missing.
    directions, shape (n_indicators,)
        1: more is more need; -1: more is less need.
    standard_errors, shape (n_areas, n_indicators)
        In the unit of the values; 0 where none is known or the value is missing.
    """

    values: Vector
    directions: Vector
    standard_errors: Vector


def indicators(
    values: ArrayLike,
    *,
    directions: ArrayLike | None = None,
    standard_errors: ArrayLike | None = None,
) -> Indicators:
    """Return checked indicators.

    Raises
    ------
    UsageError
        If shapes differ, a value is infinite, an area or an indicator has no value at all, a
        standard error of a known value is negative or missing, or a direction is neither 1 nor -1.
    """
    x = checked_gaps(values)
    errors = np.zeros_like(x)
    if standard_errors is not None:
        found = np.array(standard_errors, dtype=np.float64)
        if found.shape != x.shape:
            raise wrong(
                "array_shape",
                N_("{name} has shape {shape}, expected {expected}"),
                name="standard_errors",
                shape=found.shape,
                expected=x.shape,
            )
        errors = matrix("standard_errors", np.where(np.isnan(x), 0.0, found), shape=x.shape)
    return Indicators(
        values=x, directions=checked_directions(directions, x.shape[1]), standard_errors=errors
    )


def need_ranks(need: Vector) -> Whole:
    """Return ranks, shape (n_areas,): 1 is the greatest need, equal needs share the best rank.

    Needs that differ beyond the tenth digit count as equal: sums differ there by their order.
    """
    told = _told(need)
    return need.size - np.searchsorted(np.sort(told), told, side="right").astype(np.int64) + 1


def last_ranks(need: Vector) -> Whole:
    """Return ranks as ``need_ranks``, but equal needs share the rank of the last of them."""
    told = _told(need)
    return need.size - np.searchsorted(np.sort(told), told, side="left").astype(np.int64)


def _told(need: Vector) -> Vector:
    size = np.abs(need).max(initial=0.0)
    return np.round(need / size, _DIGITS) if size > 0 else need


class NeedModel:
    """Need by area for any recipe, with what does not change from draw to draw kept."""

    def __init__(self, given: Indicators) -> None:
        self.given = given
        self.has_errors = bool(given.standard_errors.any())
        self._full: dict[Imputation, Vector] = {}
        self._parts: dict[Recipe, Vector] = {}

    def noise(self, rng: np.random.Generator) -> Vector | None:
        """Return errors of the values, shape (n_areas, n_indicators); ``None`` if there are none.

        Values that were filled in stay: how far off they are, the ways of filling in show.
        """
        if not self.has_errors:
            return None
        errors = self.given.standard_errors
        return rng.standard_normal(errors.shape) * errors

    def parts(self, recipe: Recipe, noise: Vector | None = None) -> Vector:
        """Return what is weighted and added up, shape (n_areas, n_indicators).

        For a geometric mean these are logarithms: ranks of a sum of logarithms are those of the
        product.
        """
        if noise is None and recipe in self._parts:
            return self._parts[recipe]
        full = self._filled(recipe.imputation)
        if noise is not None:
            full = full + noise * self.given.directions
        parts = NORMALISATIONS[recipe.normalisation](full)
        if recipe.aggregation is Aggregation.GEOMETRIC:
            parts = np.log(on_one_to_hundred(parts))
        if noise is None:
            self._parts[recipe] = parts
        return parts

    def need(self, weights: Vector, recipe: Recipe, noise: Vector | None = None) -> Vector:
        """Return need by area, shape (n_areas,), in the order that the composite has."""
        return self.parts(recipe, noise) @ weights

    def _filled(self, method: Imputation) -> Vector:
        if method not in self._full:
            full = imputed(self.given.values, method=method)
            self._full[method] = full * self.given.directions
        return self._full[method]
