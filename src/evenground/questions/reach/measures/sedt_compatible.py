"""The Urban Institute's Spatial Equity Data Tool: its scores, its tests, and what they should be.

Its demographic score is the average of areas' percentages, weighted by units, less the city's
percentage. Its test divides by ``sqrt(sd² + MOE_city²)``: the areas' part is turned into a standard
error, the city's 90 % margin is used as it stands, 1.645 times too large. Its geographic score is
an area's share of units less its share of a baseline, called significant beyond 1.96 margins, again
as though a margin were a standard error. Neither test knows that few units fall unevenly by chance.
Sources: Narayanan, Stern and MacDonald (2020), Spatial Equity Data Tool Technical Appendix, Urban
Institute; the tool's published calculation code; U.S. Census Bureau (2018), ACS handbook, chapters
7 and 8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.margins_of_error import CENSUS_FACTOR_90
from evenground.methods.validation import Flags, Vector, matrix, positive_total, vector, wrong

_CRITICAL_95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class SedtDemographic:
    """Demographic disparity scores by group.

    Attributes
    ----------
    data_implied, city, difference, shape (n_groups,)
        Unit-weighted percentage of the areas, the city's, and the first less the second; in the
        unit given (percentages, as the tool has them).
    z_tool, significant_tool, shape (n_groups,)
        The tool's statistic and its verdict at 95 %.
    z_correct, significant_correct, shape (n_groups,)
        The same with the city's margin turned into a standard error.
    verdict_changes, shape (n_groups,)
        Where the two disagree. The tool's denominator is the larger one, so it misses differences;
        it never finds one that the corrected test does not.
    """

    data_implied: Vector
    city: Vector
    difference: Vector
    z_tool: Vector
    significant_tool: Flags
    z_correct: Vector
    significant_correct: Flags
    verdict_changes: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class SedtGeographic:
    """Geographic disparity scores by area.

    Attributes
    ----------
    difference, shape (n_areas,)
        Share of units less share of the baseline, both rounded to three decimals first, as the
        tool does.
    significant_tool, significant_correct, shape (n_areas,)
        Beyond 1.96 margins; beyond 1.96 standard errors.
    verdict_changes, shape (n_areas,)
        Where the two disagree.
    """

    difference: Vector
    significant_tool: Flags
    significant_correct: Flags
    verdict_changes: Flags


def sedt_demographic(
    units: ArrayLike,
    percentage: ArrayLike,
    percentage_margin: ArrayLike,
    city: ArrayLike,
    city_margin: ArrayLike,
) -> SedtDemographic:
    """Return the tool's demographic disparity scores and both verdicts.

    Parameters
    ----------
    units, shape (n_areas,)
        Units by area.
    percentage, percentage_margin, shape (n_groups, n_areas)
        Each group's percentage of each area and its 90 % margin.
    city, city_margin, shape (n_groups,)
        The city's percentages and their 90 % margins.

    Raises
    ------
    UsageError
        If shapes differ, values are negative or missing, or there is no unit.
    """
    count = vector("units", units)
    share = count / positive_total("units", count)
    local = matrix("percentage", percentage, shape=(None, count.size))
    local_margin = matrix("percentage_margin", percentage_margin, shape=local.shape)
    whole = vector("city", city, size=local.shape[0])
    whole_margin = vector("city_margin", city_margin, size=local.shape[0])
    implied = local @ share
    local_error = np.sqrt(local_margin**2 @ share**2) / CENSUS_FACTOR_90
    z_tool = _z(implied - whole, np.hypot(local_error, whole_margin))
    z_correct = _z(implied - whole, np.hypot(local_error, whole_margin / CENSUS_FACTOR_90))
    tool, correct = np.abs(z_tool) > _CRITICAL_95, np.abs(z_correct) > _CRITICAL_95
    return SedtDemographic(
        data_implied=implied,
        city=whole,
        difference=implied - whole,
        z_tool=z_tool,
        significant_tool=tool,
        z_correct=z_correct,
        significant_correct=correct,
        verdict_changes=tool != correct,
    )


def sedt_geographic(
    units: ArrayLike, baseline_share: ArrayLike, baseline_share_margin: ArrayLike
) -> SedtGeographic:
    """Return the tool's geographic disparity scores and both verdicts; all of shape (n_areas,).

    Raises
    ------
    UsageError
        If shapes differ, values are negative or missing, or there is no unit.
    """
    count = vector("units", units)
    share = count / positive_total("units", count)
    base = vector("baseline_share", baseline_share, size=count.size)
    margin = vector("baseline_share_margin", baseline_share_margin, size=count.size)
    if base.sum() > 1 + 1e-6:
        raise wrong(
            "shares_exceed",
            N_("{name} adds up to {total}"),
            name="baseline_share",
            total=float(base.sum()),
        )
    tool = np.abs(share - base) >= _CRITICAL_95 * margin
    correct = np.abs(share - base) >= _CRITICAL_95 * margin / CENSUS_FACTOR_90
    return SedtGeographic(
        difference=np.round(share, 3) - np.round(base, 3),
        significant_tool=tool,
        significant_correct=correct,
        verdict_changes=tool != correct,
    )


def _z(difference: Vector, error: Vector) -> Vector:
    certain = np.where(difference == 0, 0.0, np.copysign(np.inf, difference))
    return np.divide(difference, error, out=certain, where=error > 0)
