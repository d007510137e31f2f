"""The most even distribution that whole units allow.

Sixty docks cannot be spread evenly over 116 areas. The method of the largest remainder (Hamilton's
apportionment) gives the whole numbers nearest to even shares: it minimises the sum of absolute
deviations, hence the dissimilarity index.
Source: Balinski and Young (1982), Fair Representation, appendix A, propositions on Hamilton's
method.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Whole, positive_total, vector, wrong
from evenground.questions.reach.measures.dissimilarity import dissimilarity_rows

_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastAttainable:
    """The most even whole-number distribution.

    Attributes
    ----------
    units, shape (n_areas,)
        Whole units of each area.
    dissimilarity
        Their dissimilarity from the baseline, 0-1: no placement of as many units has a lower one.
    """

    units: Whole
    dissimilarity: float


def largest_remainder(n_units: int, baseline: ArrayLike) -> Whole:
    """Return whole numbers adding up to ``n_units`` in proportion to the baseline, (n_areas,).

    Every area gets its quota rounded down; units left go to the largest remainders, equal ones to
    the areas that come first.
    """
    weight = vector("baseline", baseline)
    quota = n_units * weight / positive_total("baseline", weight)
    # Rounding keeps remainders that are equal by arithmetic equal in floating point.
    whole = np.floor(np.round(quota, _DECIMALS)).astype(np.int64)
    remainder = np.round(quota - whole, _DECIMALS)
    winners = np.argsort(-remainder, kind="stable")[: n_units - int(whole.sum())]
    whole[winners] += 1
    return whole


def least_attainable_dissimilarity(n_units: int, baseline: ArrayLike) -> LeastAttainable:
    """Return the most even distribution of ``n_units`` whole units over areas.

    Parameters
    ----------
    n_units
        1 or more.
    baseline, shape (n_areas,)
        People, need or surface, 0 or more.

    Raises
    ------
    UsageError
        If there is no unit, or the baseline is negative, missing or adds up to nothing.
    """
    if n_units < 1:
        raise wrong("no_units", N_("{n} places hold no units"), n=n_units)
    weight = vector("baseline", baseline)
    units = largest_remainder(n_units, weight)
    share = weight / weight.sum()
    index = dissimilarity_rows(units[None, :].astype(np.float64), share)[0]
    return LeastAttainable(units=units, dissimilarity=float(index))
