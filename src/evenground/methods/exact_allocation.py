"""How many units land in one group if places fall by chance: the exact distribution.

Units at one place move together. Independent places give a compound binomial; places drawn without
replacement from listed candidates a compound hypergeometric. Both are computed, not simulated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import fft, special

from evenground.language import N_
from evenground.methods.counting_distributions import (
    binomial_mass,
    hypergeometric_mass,
    log_choices,
)
from evenground.methods.validation import Vector, Whole, vector, wrong

_MOST_STEPS = 2**16
_DECIMALS = 3
_NEGLIGIBLE = 1e-13


@dataclass(frozen=True, slots=True, kw_only=True)
class Lattice:
    """Units at places as whole multiples of a step.

    Attributes
    ----------
    steps, shape (n_places,)
        Whole numbers; ``units = steps * step``.
    step
        The largest common step, or a fine one where none fits.
    is_exact
        False where units had to be rounded to the step (no common step within the limits).
    """

    steps: Whole
    step: float
    is_exact: bool

    @property
    def total(self) -> int:
        """All steps together."""
        return int(self.steps.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactDistribution:
    """A distribution over equally spaced values.

    Attributes
    ----------
    support, shape (n_values,)
        Values in units, increasing.
    probability, shape (n_values,)
        Adds up to 1.
    is_exact
        False where the units had to be rounded to a common step.
    """

    support: Vector
    probability: Vector
    is_exact: bool = True

    @property
    def mean(self) -> float:
        """The expectation, in units."""
        return float(self.support @ self.probability)

    def lower(self, value: float) -> float:
        """Return P(X <= value)."""
        return float(self.probability[self.support <= value + self._slack].sum())

    def upper(self, value: float) -> float:
        """Return P(X >= value)."""
        return float(self.probability[self.support >= value - self._slack].sum())

    def mid_p_lower(self, value: float) -> float:
        """Return P(X < value) + P(X = value)/2."""
        return (self.lower(value) + 1.0 - self.upper(value)) / 2

    def mid_p_upper(self, value: float) -> float:
        """Return P(X > value) + P(X = value)/2."""
        return 1.0 - self.mid_p_lower(value)

    def quantile(self, level: float) -> float:
        """Return the smallest value with P(X <= value) >= level."""
        cumulative = np.cumsum(self.probability)
        at = int(np.searchsorted(cumulative, level - 1e-12))
        return float(self.support[min(at, self.support.size - 1)])

    @property
    def _slack(self) -> float:
        return 1e-9 * max(1.0, float(np.abs(self.support[-1])))


def lattice(place_units: ArrayLike) -> Lattice:
    """Return units at places as whole multiples of their common step.

    Units with up to three decimals have one; others are rounded to 1/65,536 of the total, and
    ``is_exact`` says so.

    Raises
    ------
    UsageError
        If a value is negative or missing, or all are zero.
    """
    units = vector("place_units", place_units)
    if not units.sum() > 0:
        raise wrong("no_units", N_("{n} places hold no units"), n=units.size)
    scaled = units * 10**_DECIMALS
    whole = np.rint(scaled)
    if np.allclose(scaled, whole, rtol=0, atol=1e-6):
        common = int(np.gcd.reduce(whole.astype(np.int64)))
        if whole.sum() / common <= 16 * _MOST_STEPS:
            steps = (whole / common).astype(np.int64)
            return Lattice(steps=steps, step=common / 10**_DECIMALS, is_exact=True)
    step = float(units.sum()) / _MOST_STEPS
    return Lattice(steps=np.rint(units / step).astype(np.int64), step=step, is_exact=False)


def mass_function(steps: Whole) -> Callable[[ArrayLike], Vector]:
    """Return the function ``probability (m,) -> mass (m, total + 1)`` of the sum over places.

    One place counts ``steps`` with that probability and 0 otherwise. With all steps 1 this is the
    binomial; otherwise the product of the places' characteristic functions is inverted by a
    discrete Fourier transform, exact to about 1e-15.
    """
    sizes, times = np.unique(steps[steps > 0], return_counts=True)
    total = int((sizes * times).sum())
    x = np.arange(total + 1)
    if sizes.size == 1 and sizes[0] == 1:
        log_ways = log_choices(total, x)

        def binomial(probability: ArrayLike) -> Vector:
            p = np.atleast_1d(np.asarray(probability, dtype=np.float64))[:, None]
            return np.exp(log_ways + special.xlogy(x, p) + special.xlog1py(total - x, -p))

        return binomial
    length = int(
        fft.next_fast_len(total + 1, real=True) or 0
    )  # padding with values of probability 0
    turns = np.arange(length // 2 + 1) / length
    waves = np.exp(-2j * np.pi * np.outer(sizes, turns))

    def compound(probability: ArrayLike) -> Vector:
        p = np.atleast_1d(np.asarray(probability, dtype=np.float64))[:, None]
        spectrum = np.ones((p.shape[0], waves.shape[1]), dtype=np.complex128)
        for wave, n_places in zip(waves, times, strict=True):
            spectrum *= _power(1.0 - p + p * wave, int(n_places))
        mass = np.maximum(np.fft.irfft(spectrum, n=length, axis=1)[:, : total + 1], 0.0)
        return mass / mass.sum(axis=1, keepdims=True)

    return compound


def compound_binomial(place_units: ArrayLike, probability: float) -> ExactDistribution:
    """Return the distribution of the units that land in a group when places fall independently.

    Parameters
    ----------
    place_units, shape (n_places,)
        Units at each place.
    probability
        The chance that a place falls in the group, 0-1.

    Raises
    ------
    UsageError
        If units are negative or all zero, or ``probability`` is outside 0-1.
    """
    if not 0 <= probability <= 1:
        raise wrong("probability", N_("probability is {p}, not within 0-1"), p=probability)
    grid = lattice(place_units)
    mass = mass_function(grid.steps)(probability)[0]
    support = grid.step * np.arange(mass.size, dtype=np.float64)
    return ExactDistribution(support=support, probability=mass, is_exact=grid.is_exact)


def compound_hypergeometric(
    place_units: ArrayLike, *, n_candidates: int, n_candidates_inside: int
) -> ExactDistribution:
    """Return the distribution of units in a group when places are drawn from listed candidates.

    Each place takes another candidate place, without replacement; ``n_candidates_inside`` of the
    ``n_candidates`` lie in the group. How many places land inside is hypergeometric; which of them
    is even over all choices.

    Raises
    ------
    UsageError
        If there are fewer candidates than places, or more inside than there are.
    """
    grid = lattice(place_units)
    n_places = grid.steps.size
    if not 0 <= n_candidates_inside <= n_candidates or n_places > n_candidates:
        raise wrong(
            "candidates",
            N_("{n_places} places, {n_candidates} candidates, {inside} of them inside"),
            n_places=n_places,
            n_candidates=n_candidates,
            inside=n_candidates_inside,
        )
    inside = hypergeometric_mass(
        np.arange(n_places + 1),
        n_all=n_candidates,
        n_inside=n_candidates_inside,
        n_drawn=n_places,
    )
    mass = _weighted_hypergeometric(grid.steps, inside, chance=n_candidates_inside / n_candidates)
    support = grid.step * np.arange(mass.size, dtype=np.float64)
    return ExactDistribution(support=support, probability=mass, is_exact=grid.is_exact)


def _weighted_hypergeometric(steps: Whole, inside: Vector, *, chance: float) -> Vector:
    """Mix the distributions of k places' units over the number k inside, shape (total + 1,).

    The joint distribution of (places, units) for independent places is inverted from its
    characteristic function; given k it is even over all choices of k places whatever the chance,
    and with the chance of the draw itself no k that matters is rare enough to lose precision.
    """
    n_places, total = steps.size, int(steps.sum())
    if chance in (0.0, 1.0):
        return (np.arange(total + 1) == chance * total).astype(np.float64)
    sizes, times = np.unique(steps, return_counts=True)
    turn_k = np.exp(-2j * np.pi * np.arange(n_places + 1) / (n_places + 1))[:, None]
    spectrum = np.ones((n_places + 1, total + 1), dtype=np.complex128)
    for size, n_alike in zip(sizes, times, strict=True):
        turn_s = np.exp(-2j * np.pi * size * np.arange(total + 1) / (total + 1))[None, :]
        spectrum *= _power(1.0 - chance + chance * turn_k * turn_s, int(n_alike))
    joint = np.maximum(np.fft.ifft2(spectrum).real, 0.0)
    of_k = binomial_mass(np.arange(n_places + 1), n_places, chance)
    matters = inside > _NEGLIGIBLE
    mass = (inside[matters] / of_k[matters]) @ joint[matters]
    return mass / mass.sum()


def _power(base: NDArray[np.complex128], exponent: int) -> NDArray[np.complex128]:
    """Raise to a whole power by repeated squaring, several times faster than the general power."""
    result: NDArray[np.complex128] | None = None
    while True:
        if exponent & 1:
            result = base if result is None else result * base
        exponent >>= 1
        if not exponent:
            return np.ones_like(base) if result is None else result
        base = base * base  # not in place: that would change the caller's array
