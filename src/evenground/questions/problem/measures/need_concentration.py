"""Does provision follow need along the social ladder?

Two answers with names of their own. Le Grand's: the concentration index of provision minus that of
need. Wagstaff and van Doorslaer's horizontal inequity: the concentration index of provision minus
that of the provision that areas of such need have on average (indirect standardisation). Above 0:
those of higher rank have more than their need says.
Source: Le Grand (1978), The distribution of public expenditure: the case of health care, Economica
45, 125-142; Wagstaff and van Doorslaer (2000), Measuring and testing for inequity in the delivery
of health care, Journal of Human Resources 35, 716-733; that the former finds inequity where there
is none if provision is not in proportion to need: Wagstaff, van Doorslaer and Paci (1991), On the
measurement of horizontal inequity in the delivery of health care, Journal of Health Economics 10,
169-205.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.inequality.concentration_index import concentration_index_rows
from evenground.methods.inequality.distribution import checked_shares
from evenground.methods.inequality.interval import (
    THOUSAND_AT_95,
    Interval,
    Resampling,
    intervals_of,
)
from evenground.methods.validation import Vector, matrix, vector
from evenground.questions.problem.measures.need_standardisation import (
    Explanation,
    concentration_rows,
    explained_share,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Who counts, and on which rung of the ladder.

    Attributes
    ----------
    people, shape (n_areas,)
        0 or more.
    rank_by, shape (n_areas,)
        What ranks areas, lowest first (an income); equal ones share a rank.
    """

    people: Vector
    rank_by: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class LeGrandIndex:
    """Concentration indices of provision and of need, and the first minus the second.

    Each with an interval from resampling areas. Negative indices: more among those of low rank;
    a difference above 0: those of high rank have more for their need.
    """

    provision: Interval
    need: Interval
    difference: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizontalInequity:
    """Concentration indices of provision as it is and as need would have it, and the difference.

    Attributes
    ----------
    actual, need_expected, index
        With intervals from resampling areas, the regression made anew in each; ``index`` is actual
        minus need-expected.
    explained
        The share of the variance of provision that need and controls explain, 0-1. Near 0, "need"
        hardly says anything about provision, and the index is little more than that of provision.
    """

    actual: Interval
    need_expected: Interval
    index: Interval
    explained: float


def ranked(people: ArrayLike, rank_by: ArrayLike) -> Ranked:
    """Return checked people and ranking variable, each of shape (n_areas,).

    Raises
    ------
    UsageError
        If people are negative or missing, a rank is missing, or lengths differ.
    """
    living = vector("people", people)
    return Ranked(
        people=living, rank_by=vector("rank_by", rank_by, size=living.size, least=-np.inf)
    )


def le_grand_index(
    provision: ArrayLike,
    need: ArrayLike,
    *,
    of: Ranked,
    rng: np.random.Generator,
    resampling: Resampling = THOUSAND_AT_95,
) -> LeGrandIndex:
    """Return the concentration of provision minus that of need.

    Parameters
    ----------
    provision, need, shape (n_areas,)
        Per person, 0 or more; each in a unit of its own, which does not matter.
    of
        People and what ranks them.
    rng, resampling
        Source of chance; how many resamples and which confidence.

    Raises
    ------
    UsageError
        If values are negative or missing, lengths differ, or there is no provision or no need.
    """
    have, people = checked_shares(provision, of.people)
    lack, _ = checked_shares(need, of.people)
    of_provision = partial(_concentration, values=have, rank_by=of.rank_by)
    of_need = partial(_concentration, values=lack, rank_by=of.rank_by)
    found = intervals_of(
        {
            "provision": of_provision,
            "need": of_need,
            "difference": lambda _, rows: of_provision(_, rows) - of_need(_, rows),
        },
        have,
        people,
        rng=rng,
        resampling=resampling,
    )
    return LeGrandIndex(**found)


def horizontal_inequity(
    provision: ArrayLike,
    by: Explanation,
    *,
    of: Ranked,
    rng: np.random.Generator,
    resampling: Resampling = THOUSAND_AT_95,
) -> HorizontalInequity:
    """Return the concentration of provision minus that of the provision that need would have.

    Parameters
    ----------
    provision, shape (n_areas,)
        Per person, 0 or more.
    by
        Indicators of need and, optionally, of what is no need: ``explanation(need, controls)``.
    of
        People and what ranks them.
    rng, resampling
        Source of chance; how many resamples and which confidence.

    Raises
    ------
    UsageError
        If provision is negative or missing, lengths differ, or there is none.
    """
    have, people = checked_shares(provision, of.people)
    vector("rank_by", of.rank_by, size=have.size, least=-np.inf)
    matrix("need", by.need, shape=(have.size, None), least=-np.inf)

    def both(rows: Vector) -> tuple[Vector, Vector]:
        return concentration_rows(have, rows, by=by, rank_by=of.rank_by)

    def difference(_: Vector, rows: Vector) -> Vector:
        actual, expected = both(rows)
        return actual - expected

    found = intervals_of(
        {
            "actual": lambda _, rows: both(rows)[0],
            "need_expected": lambda _, rows: both(rows)[1],
            "index": difference,
        },
        have,
        people,
        rng=rng,
        resampling=resampling,
    )
    return HorizontalInequity(**found, explained=explained_share(have, by, people))


def _concentration(_: Vector, weight_rows: Vector, *, values: Vector, rank_by: Vector) -> Vector:
    return concentration_index_rows(values, weight_rows, rank_by=rank_by)
