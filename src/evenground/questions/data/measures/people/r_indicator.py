"""How much the chance to be in the data differs between kinds of people: the R-indicator.

``R = 1 - 2 S`` with S the standard deviation of that chance over the population, 1 if all kinds of
people are as likely to be in the data. Where few are in the data at all, R is near 1 whoever they
are; then the coefficient of variation ``S / mean`` tells more, and bounds the bias of a mean in
standard deviations of what is measured.
Source: Schouten, Cobben and Bethlehem (2009), Indicators for the representativeness of survey
response, Survey Methodology 35, 101-113; partial indicators: Schouten, Shlomo and Skinner (2011),
Indicators for monitoring and improving representativeness of response, Journal of Official
Statistics 27, 231-253; chance taken off: Shlomo, Skinner and Schouten (2012), Journal of
Statistical Planning and Inference 142, 201-211; population counts: Bianchi, Shlomo, Schouten, da
Silva and Skinner (2019), Survey Methodology 45, 217-247.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.exact_limits import tail
from evenground.methods.margins_of_error import UncertainCounts
from evenground.methods.validation import Vector, Whole, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """What one trait adds to the differences.

    Attributes
    ----------
    unconditional
        Standard deviation of the chance between categories, 0-0.5: what the trait alone shows.
    conditional
        Standard deviation within people who are alike in all other traits, 0-0.5: what the trait
        shows beyond the others.
    by_category, shape (n_categories,)
        ``√share (chance - mean)``: below 0 where the category is there too seldom. NaN for a
        category without people.
    conditional_by_category, shape (n_categories,)
        The part of each category in ``conditional``, as a root, 0 or more.
    """

    unconditional: float
    conditional: float
    by_category: Vector
    conditional_by_category: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class RIndicator:
    """How alike kinds of people are in their chance to be in the data.

    Attributes
    ----------
    r, low, high
        1 - 2 S, 0-1, what chance alone would bring taken off, with limits.
    without_adjustment
        The same before.
    mean_chance
        Share of the population that is in the data, 0-1.
    variation, variation_low, variation_high
        Coefficient of variation S / mean, 0 or more: the bias of a mean from the data is at most
        that many standard deviations of what is measured, if the kinds of people tell all that
        decides who is there.
    partial, n_traits
        For each trait.
    n_kinds
        Kinds of people, each a combination of categories.
    n_of_nobody
        How many in the data are of kinds that nobody in the population is of, and were left out.
    confidence
        0-1.
    """

    r: float
    low: float
    high: float
    without_adjustment: float
    mean_chance: float
    variation: float
    variation_low: float
    variation_high: float
    partial: tuple[Partial, ...]
    n_kinds: int
    n_of_nobody: float
    confidence: float


def r_indicator(
    n_in_data: ArrayLike,
    population: UncertainCounts,
    traits: Sequence[ArrayLike],
    *,
    confidence: float = 0.95,
) -> RIndicator | CannotTell:
    """Return the R-indicator with its partial indicators, from counts of kinds of people.

    Parameters
    ----------
    n_in_data, shape (n_cells,)
        Persons in the data by area, group or any other cell, 0 or more.
    population, n_cells
        Persons of each cell in the population, with margins of error.
    traits, n_traits of shape (n_cells,)
        Category of each cell on each trait, whole numbers from 0. Cells alike in all traits are one
        kind of people. Kinds without people do not count, nor do those in the data said to be of
        them: ``n_of_nobody``.
    confidence
        0-1.

    Returns
    -------
    RIndicator or CannotTell
        The latter where fewer than two kinds have people, nobody is in the data, or more are in the
        data than there are (then rows are not persons).

    Raises
    ------
    UsageError
        If lengths differ or a count is negative or missing.
    """
    count = vector("n_in_data", n_in_data, size=population.size)
    kinds, which = np.unique(_codes(traits, population.size), axis=1, return_inverse=True)
    c, people, square_error = (
        np.bincount(which.reshape(-1), one, minlength=kinds.shape[1]).astype(np.float64)
        for one in (count, population.value, population.standard_error**2)
    )
    lived = people > 0
    n_of_nobody = float(c[~lived].sum())
    kinds, c, people = kinds[:, lived], c[lived], people[lived]
    if reason := _unknowable(c, people):
        return CannotTell(reason=reason)
    cells = _Cells.of(c, people, np.sqrt(square_error[lived]))
    z = float(-special.ndtri(tail(confidence)))
    square, least, most = cells.square(z)
    spread = cells.p - cells.mean
    return RIndicator(
        r=1 - 2 * square**0.5,
        low=max(1 - 2 * most**0.5, 0.0),
        high=1 - 2 * least**0.5,
        without_adjustment=1 - 2 * float(cells.w @ spread**2) ** 0.5,
        mean_chance=cells.mean,
        variation=square**0.5 / cells.mean,
        variation_low=least**0.5 / cells.mean,
        variation_high=most**0.5 / cells.mean,
        partial=tuple(_partial(cells, kinds, k) for k in range(len(kinds))),
        n_kinds=int(lived.sum()),
        n_of_nobody=n_of_nobody,
        confidence=confidence,
    )


def _codes(traits: Sequence[ArrayLike], n: int) -> Whole:
    """Return the traits of cells, shape (n_traits, n)."""
    columns = [np.asarray(one) for one in traits]
    fits = all(one.shape == (n,) and np.issubdtype(one.dtype, np.integer) for one in columns)
    if not columns or not fits or min(int(one.min(initial=0)) for one in columns) < 0:
        raise wrong("class_range", N_("a trait needs a whole number from 0 for each of {n}"), n=n)
    return np.array(columns, dtype=np.int64)


def _unknowable(count: Vector, people: Vector) -> Message | None:
    """Return why nothing can be told, or nothing."""
    if people.size < 2:  # noqa: PLR2004 - a difference is between two
        return Message(code="reason.r_indicator.one_kind", parameters={"n": people.size})
    if not count.any():
        return Message(code="reason.r_indicator.nobody", parameters={})
    if (count > people).any():
        at = int(np.argmax(count - people))
        known = {"n": float(count[at]), "people": float(people[at])}
        return Message(code="reason.r_indicator.not_persons", parameters=known)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """Kinds of people, shape (n_kinds,).

    ``p`` is the chance to be in the data, ``w`` the share of the population, ``noise`` the variance
    of ``p`` by chance and by the margin of error of ``people``, ``binomial`` that by chance alone.
    """

    p: Vector
    w: Vector
    people: Vector
    error: Vector
    noise: Vector
    binomial: Vector
    mean: float

    @classmethod
    def of(cls, count: Vector, people: Vector, error: Vector) -> _Cells:
        p, w = count / people, people / people.sum()
        binomial = p * (1 - p) / np.maximum(people - 1, 1.0)
        return cls(
            p=p, w=w, people=people, error=error, binomial=binomial,
            noise=binomial + (p * error / people) ** 2, mean=float(w @ p),
        )  # fmt: skip

    def square(self, z: float) -> tuple[float, float, float]:
        """Return the variance of the chance with what noise brings taken off, and its limits."""
        w, v, spread = self.w, self.noise, self.p - self.mean
        raw = float(w @ spread**2)
        found = raw - float(w @ v - w**2 @ v)
        # Var of a quadratic form of normal errors: 4 Σ (w (p - mean))² v + 2 tr((A V)²).
        trace = float((w * v) @ (w * v) - 2 * (w**3 @ v**2) + (w**2 @ v) ** 2)
        by_chance = float(4 * (w * spread) ** 2 @ self.binomial)
        slope = (self.mean**2 - self.p**2 - raw) / self.people.sum()
        by_margins = float(slope**2 @ self.error**2)
        deviation = np.sqrt(max(by_chance + by_margins - 4 * trace, 0.0) + 2 * trace)
        least, most = found - z * deviation, found + z * deviation
        return max(found, 0.0), max(float(least), 0.0), max(float(most), 0.0)


def _partial(cells: _Cells, traits: Whole, k: int) -> Partial:
    w, p, v = cells.w, cells.p, cells.noise
    own, n = traits[k], int(traits[k].max()) + 1
    share, mean = _means(cells, own, n)
    between = float(np.nansum(share * (mean - cells.mean) ** 2))
    noise = float((w**2 / share[own] - w**2) @ v)
    others = np.delete(traits, k, axis=0) if len(traits) > 1 else np.zeros_like(traits)
    stratum = np.unique(others, axis=1, return_inverse=True)[1].reshape(-1)
    share_alike, mean_alike = _means(cells, stratum, int(stratum.max()) + 1)
    part = w / share_alike[stratum]
    lent = np.bincount(stratum, part**2 * v)[stratum]
    within = w * ((p - mean_alike[stratum]) ** 2 - v * (1 - 2 * part) - lent)
    by_category = np.bincount(own, within, minlength=n)
    return Partial(
        unconditional=max(between - noise, 0.0) ** 0.5,
        conditional=max(float(within.sum()), 0.0) ** 0.5,
        by_category=np.sqrt(share) * (mean - cells.mean),
        conditional_by_category=np.sqrt(np.maximum(by_category, 0.0)),
    )


def _means(cells: _Cells, label: Whole, n: int) -> tuple[Vector, Vector]:
    """Return share of the population and mean chance of each class; NaN for one without people."""
    share = np.bincount(label, cells.w, minlength=n).astype(np.float64)
    total = np.bincount(label, cells.w * cells.p, minlength=n).astype(np.float64)
    return share, np.divide(total, share, out=np.full_like(total, np.nan), where=share > 0)
