"""The Kolm-Pollak index: inequality in the unit of the values, for goods and for burdens.

Source: Kolm (1976), Unequal inequalities I, Journal of Economic Theory 12, 416-442; Sheriff and
Maguire (2020), Health risk, inequality indexes, and environmental justice, Risk Analysis 40,
2661-2674; Logan, Anderson, Williams and Conrow (2021), Measuring inequalities in urban systems,
Computers, Environment and Urban Systems 86, 101590 (the aversion fitted to the data).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.inequality.distribution import checked_distribution, divided
from evenground.methods.validation import Vector, positive_total, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class KolmPollak:
    """The Kolm-Pollak index with what it is made of, in the unit of the values.

    Attributes
    ----------
    index
        0 or more: what everybody would give up (of a good) or take on (of a burden) for equality.
    equally_distributed
        The level that, had by all, would be as good as the distribution: at most the mean for a
        good, at least the mean for a burden.
    mean
        The mean value.
    kappa
        The aversion per unit of the values: above 0 for a good, below 0 for a burden. To compare
        distributions, use one kappa for all of them.
    """

    index: float
    equally_distributed: float
    mean: float
    kappa: float


def kolm_pollak(values: ArrayLike, weights: ArrayLike | None = None, *, kappa: float) -> KolmPollak:
    """Return ``EDE = -ln(Σ w exp(-kappa x) / W) / kappa`` and its distance from the mean.

    Parameters
    ----------
    values, shape (n,)
        What each person of an area has or bears, of any sign. Adding a constant to all values
        leaves the index as it is.
    weights, shape (n,)
        People, 0 or more.
    kappa
        Aversion per unit, as ``fitted_kappa`` gives; above 0 for a good, below 0 for a burden.

    Raises
    ------
    UsageError
        If a value is missing, a weight negative or missing, lengths differ, or kappa is 0.
    """
    if not (np.isfinite(kappa) and kappa != 0):
        raise wrong("kappa", N_("kappa is {kappa}, expected a number that is not 0"), kappa=kappa)
    x, w = checked_distribution(values, weights, least=-np.inf)
    mean = float(x @ w) / float(w.sum())
    equal = float(equally_distributed_rows(x, w[None, :], kappa=kappa)[0])
    return KolmPollak(index=abs(mean - equal), equally_distributed=equal, mean=mean, kappa=kappa)


def fitted_kappa(values: ArrayLike, weights: ArrayLike | None = None, *, aversion: float) -> float:
    """Return ``aversion × Σ w x / Σ w x²``, in one over the unit of the values.

    It makes the aversion comparable with that of an Atkinson index. Fit it once, to the
    distribution that others are compared with, or to all of them together.

    Parameters
    ----------
    values, weights, shape (n,)
        What each person of an area has or bears, and people; 0 or more.
    aversion
        Above 0 for a good (more is better), below 0 for a burden (less is better).

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, or all values are 0.
    """
    x, w = checked_distribution(values, weights)
    positive_total("values times weights", x * w)
    return aversion * float(w @ x) / float(w @ x**2)


def equally_distributed_rows(values: Vector, weight_rows: Vector, *, kappa: float) -> Vector:
    """Return the equally distributed equivalents of many weightings (n_rows, n) at once."""
    # Taking off the value that counts most keeps the exponentials within 0-1.
    least = float(values.min() if kappa > 0 else values.max())
    found = np.exp(-kappa * (values - least))
    people, total = (weight_rows @ np.column_stack([np.ones_like(values), found])).T
    mean = divided(total, people)
    return least - np.log(mean, out=np.full_like(mean, np.nan), where=mean > 0) / kappa


def kolm_pollak_rows(values: Vector, weight_rows: Vector, *, kappa: float) -> Vector:
    """Return the index of many weightings at once, all with the same kappa.

    Parameters
    ----------
    values, shape (n,)
        What each person has or bears.
    weight_rows, shape (n_rows, n)
        People.
    kappa
        Aversion per unit, not 0.

    Returns
    -------
    array, shape (n_rows,)
        In the unit of the values, 0 or more; missing where nobody lives.
    """
    people = weight_rows.sum(axis=1)
    mean = divided(weight_rows @ values, people)
    return np.abs(mean - equally_distributed_rows(values, weight_rows, kappa=kappa))
