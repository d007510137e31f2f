"""How far two cities are apart, dimension by dimension, by the yardstick of other cities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong

FEWEST_REFERENCES = 5
"""With fewer cities, how far cities usually are apart is not known."""
ROUNDING = 1e-9
"""Two distances within this share of each other are the same: another unit rounds otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextDifferences:
    """Two cities beside each other, in the order of the dimensions.

    Attributes
    ----------
    dimensions
        Their names.
    difference, shape (n,)
        Here less there, in each dimension's unit; NaN where either is not known.
    standardised, shape (n,)
        ``difference`` in standard deviations of the reference cities; NaN where there are too few,
        or they are all alike.
    closer_pairs, shape (n,)
        Share of pairs of reference cities that are closer together than these two, 0-1; pairs
        exactly as far apart count half. NaN where there are too few.
    differs, shape (n,)
        Whether ``closer_pairs`` is ``unusual`` or more.
    n_references, shape (n,)
        Reference cities of which the dimension is known.
    """

    dimensions: tuple[str, ...]
    difference: Vector
    standardised: Vector
    closer_pairs: Vector
    differs: Flags
    n_references: Whole

    @property
    def unknown(self) -> tuple[str, ...]:
        """Dimensions that one of the two cities lacks."""
        gone = np.isnan(self.difference)
        return tuple(name for name, out in zip(self.dimensions, gone, strict=True) if out)

    @property
    def unjudged(self) -> tuple[str, ...]:
        """Dimensions known of both, with too few references to say what is usual."""
        bare = np.isnan(self.closer_pairs) & ~np.isnan(self.difference)
        return tuple(name for name, out in zip(self.dimensions, bare, strict=True) if out)

    @property
    def differing(self) -> tuple[str, ...]:
        """Dimensions in which the two cities are unusually far apart."""
        return tuple(name for name, far in zip(self.dimensions, self.differs, strict=True) if far)


def context_differences(
    here: ArrayLike,
    there: ArrayLike,
    *,
    dimensions: Sequence[str],
    references: ArrayLike | None = None,
    unusual: float = 0.8,
) -> ContextDifferences:
    """Return how far apart two cities are in each dimension.

    Nothing is averaged over dimensions: which of them matters is for people to say. The share of
    closer pairs is a rank and needs no distribution; the standardised difference is Cohen's d with
    the spread of cities as its unit (Cohen 1988, Statistical Power Analysis, equation 2.2.1).

    Parameters
    ----------
    here, there, shape (n,)
        The city that borrows, and the city that is borrowed from; NaN for what is not known.
    dimensions
        Their names, as many.
    references, shape (n_cities, n)
        Cities that the two are to be measured by; NaN for what is not known.
    unusual
        Share of closer pairs from which on two cities differ, within 0-1.

    Raises
    ------
    UsageError
        If shapes do not fit, a number is infinite, or ``unusual`` is not within 0-1.
    """
    n = len(dimensions)
    own, other = _profile("here", here, n), _profile("there", there, n)
    known = _references(references, n)
    if not 0 < unusual <= 1:
        raise wrong("unusual_share", N_("unusual is {found}, not within 0-1"), found=unusual)
    difference = own - other
    judged = [
        _judged(gap, column[~np.isnan(column)])
        for gap, column in zip(difference.tolist(), known.T, strict=True)
    ]
    standardised, closer = np.array(judged, dtype=np.float64).reshape(n, 2).T
    return ContextDifferences(
        dimensions=tuple(dimensions),
        difference=difference,
        standardised=standardised,
        closer_pairs=closer,
        differs=np.nan_to_num(closer) >= unusual,
        n_references=(~np.isnan(known)).sum(axis=0).astype(np.int64),
    )


def _judged(gap: float, cities: Vector) -> tuple[float, float]:
    """Return the standardised difference and the share of closer pairs of one dimension."""
    if np.isnan(gap) or len(cities) < FEWEST_REFERENCES:
        return float("nan"), float("nan")
    first, second = np.triu_indices(len(cities), k=1)
    apart = np.abs(cities[first] - cities[second])
    alike = np.isclose(apart, abs(gap), rtol=ROUNDING, atol=0.0)
    closer = float(np.mean(np.where(alike, 0.5, apart < abs(gap))))
    spread = float(np.std(cities, ddof=1))
    return (gap / spread if spread > 0 else float("nan")), closer


def _profile(name: str, values: ArrayLike, n: int) -> Vector:
    array = np.asarray(values, dtype=np.float64)
    _refuse(name, array, (n,))
    return array


def _references(values: ArrayLike | None, n: int) -> Vector:
    array = np.zeros((0, n)) if values is None else np.asarray(values, dtype=np.float64)
    if array.size == 0:
        array = array.reshape(0, n)
    _refuse("references", array, (len(array), n))
    return array


def _refuse(name: str, array: Vector, shape: tuple[int, ...]) -> None:
    if array.shape != shape or np.isinf(array).any():
        raise wrong(
            "context_profile",
            N_("{name} has shape {shape}, expected {expected}, and no infinite number"),
            name=name,
            shape=array.shape,
            expected=shape,
        )
