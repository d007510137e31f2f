"""How little a large dataset may tell: Meng's data defect correlation and the effective size.

The error of a mean is the product of three things: the correlation between being in the data and
what is measured, the root of the odds of not being in it, and the standard deviation of what is
measured. The first cannot be known from the data. So what is shown is a curve: for each correlation
that may be, the size of a random sample that would err as much.
Source: Meng (2018), Statistical paradises and paradoxes in big data (I): law of large populations,
big data paradox, and the 2016 US presidential election, Annals of Applied Statistics 12, 685-726,
sections 2 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.validation import Vector, vector, wrong

CORRELATIONS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)
"""Shown unless others are asked for; 0.005 is what Meng found for an election survey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataDefect:
    """The error of a mean and its three factors.

    Attributes
    ----------
    error
        Mean in the data minus mean of the population, in the unit of what is measured.
    correlation
        Data defect correlation, -1 to 1.
    quantity
        ``√((1 - f) / f)`` with f the share of the population that is in the data.
    difficulty
        Standard deviation over the population, in the unit of what is measured.
    effective_size
        A random sample of that size would err as much on average.
    """

    error: float
    correlation: float
    quantity: float
    difficulty: float
    effective_size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectCurve:
    """What the data are worth, for each correlation that may be.

    Attributes
    ----------
    correlation, shape (n,)
        Absolute data defect correlations, 0-1.
    effective_size, shape (n,)
        Size of a random sample that errs as much, 0 or more, at most the population.
    error, shape (n,)
        Error of a mean in standard deviations of what is measured.
    n, population
        In the data, and in the population.
    random
        The correlation, on average without its sign, that a random sample of this size would have:
        ``1 / √(N - 1)`` at the root of the mean square.
    """

    correlation: Vector
    effective_size: Vector
    error: Vector
    n: int
    population: int
    random: float


def data_defect(values: ArrayLike, is_recorded: ArrayLike) -> DataDefect | CannotTell:
    """Return the error of a mean and its factors, where the whole population is known.

    Parameters
    ----------
    values, shape (N,)
        What is measured, of everybody.
    is_recorded, shape (N,)
        Whether each is in the data.

    Returns
    -------
    DataDefect or CannotTell
        The latter where nobody or everybody is in the data, or all values are the same.

    Raises
    ------
    UsageError
        If lengths differ or a value is missing.
    """
    x = vector("values", values, least=-np.inf)
    r = vector("is_recorded", is_recorded, size=x.size)
    f, spread = float((r > 0).mean()) if x.size else 0.0, float(x.std()) if x.size else 0.0
    if not (0 < f < 1 and spread > 0):
        return CannotTell(
            reason=Message(code="reason.defect.no_contrast", parameters={"n": x.size})
        )
    error = float(x[r > 0].mean() - x.mean())
    return _factors(error, f, spread, population=x.size)


def data_defect_of_share(
    share_in_data: float, share_in_population: float, *, n: int, population: int
) -> DataDefect | CannotTell:
    """Return the data defect of a trait whose share in the population is known.

    It shows what size of correlation this data has for something that can be looked up, and so
    which part of the curve to look at for what cannot.

    Parameters
    ----------
    share_in_data, share_in_population
        0-1.
    n, population
        Persons in the data, and in the population.

    Returns
    -------
    DataDefect or CannotTell
        The latter where nobody or everybody is in the data, or the share in the population is 0
        or 1.

    Raises
    ------
    UsageError
        If a share is outside 0-1 or there are more in the data than in the population.
    """
    _check(n, population)
    if not (0 <= share_in_data <= 1 and 0 <= share_in_population <= 1):
        raise wrong("share_range", N_("{name} has values outside 0-1"), name="share")
    spread = float(share_in_population * (1 - share_in_population)) ** 0.5
    if not (0 < n < population and spread > 0):
        return CannotTell(
            reason=Message(code="reason.defect.no_contrast", parameters={"n": population})
        )
    error = float(share_in_data - share_in_population)
    return _factors(error, n / population, spread, population=population)


def defect_curve(n: int, population: int, *, correlations: ArrayLike = CORRELATIONS) -> DefectCurve:
    """Return the effective size of the data for each correlation that may be.

    Parameters
    ----------
    n, population
        Persons in the data, and in the population; ``n`` above 0.
    correlations, shape (n_correlations,)
        Absolute values, 0-1.

    Raises
    ------
    UsageError
        If a correlation is outside 0-1, nobody is in the data, or more than in the population.
    """
    _check(n, population)
    rho = vector("correlations", correlations)
    if (rho > 1).any() or n < 1:
        raise wrong("defect_curve", N_("correlations run from 0 to 1, and somebody is in the data"))
    quantity = ((population - n) / n) ** 0.5
    return DefectCurve(
        correlation=rho,
        effective_size=effective_sample_size(rho, n=n, population=population),
        error=rho * quantity,
        n=n,
        population=population,
        random=(population - 1) ** -0.5 if population > 1 else 0.0,
    )


def effective_sample_size(correlation: ArrayLike, *, n: int, population: int) -> Vector:
    """Return the size of the random sample, drawn without replacement, that errs as much.

    ``N / (1 + (N - 1) ρ² (N - n) / n)``, the population where the correlation is 0. In Meng's
    words ``m / (1 + (m - 1) / N)`` with ``m = n / ((N - n) ρ²)``.

    Parameters
    ----------
    correlation, any shape
        Data defect correlation, -1 to 1.
    n, population
        Persons in the data, and in the population.
    """
    rho = np.asarray(correlation, dtype=np.float64)
    defect = rho**2 * (population - n) / n
    return population / (1.0 + (population - 1) * defect)


def _factors(error: float, f: float, spread: float, *, population: int) -> DataDefect:
    quantity = ((1 - f) / f) ** 0.5
    rho = error / (quantity * spread)
    n = round(f * population)
    return DataDefect(
        error=error,
        correlation=rho,
        quantity=quantity,
        difficulty=spread,
        effective_size=float(effective_sample_size(rho, n=n, population=population)),
    )


def _check(n: int, population: int) -> None:
    if not 0 <= n <= population:
        raise wrong(
            "defect_size",
            N_("{n} in the data of a population of {population}"),
            n=n,
            population=population,
        )
