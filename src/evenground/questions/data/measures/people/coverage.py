"""Residents within reach of at least one working sensor, by group and area, weighted by uptime.

A sensor that is down a third of the time covers nobody for a third of the time. The chance that at
least one of a place's sensors works at a random moment is ``1 - Π (1 - uptime)`` if they fail
independently. Whatever way they fail together, it lies between the largest uptime and the sum of
them (Boole 1854; Fréchet 1935, Fundamenta Mathematicae 25, 379-387).
For groups counted only by area, the group's residents may be those with the lowest chances of the
area or those with the highest (Duncan and Davis 1953; Horowitz and Manski 1995, Econometrica 63,
281-302): the bounds say so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.validation import Vector, Whole, matrix, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """The chance that at least one sensor within reach works at a random moment, by point.

    Attributes
    ----------
    independent, shape (n_points,)
        If sensors fail independently, 0-1; NaN where an uptime within reach is not known.
    least, most, shape (n_points,)
        However they fail together, 0-1; an unknown uptime counts as 0 and as 1.
    if_all_worked, shape (n_points,)
        Whether there is a sensor at all, 0 or 1.
    """

    independent: Vector
    least: Vector
    most: Vector
    if_all_worked: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Shares of residents with at least one working sensor, each shape (n_rows,), 0-1.

    Attributes
    ----------
    people
        Residents of each group or area.
    expected
        If sensors fail independently and, for groups counted by area, if within each area all live
        alike. NaN without residents, or where an uptime is not known.
    least, most
        Whatever way sensors fail together and wherever in an area people of the group live.
    if_all_worked
        If no sensor were ever down, and within each area all lived alike: what maps show.
    """

    people: Vector
    expected: Vector
    least: Vector
    most: Vector
    if_all_worked: Vector


def working_within_reach(reach: Pairs, uptime: ArrayLike) -> Working:
    """Return the chance, by point, that at least one sensor within reach works.

    Parameters
    ----------
    reach
        Pairs of a point with people (origin) and a sensor (site) within its reach, by straight line
        or on a network.
    uptime, shape (n_sensors,)
        Share of the time that each sensor works, 0-1; NaN where it is not known.

    Raises
    ------
    UsageError
        If the length differs or an uptime is outside 0-1.
    """
    share = np.asarray(uptime, dtype=np.float64)
    known = ~np.isnan(share)
    if share.shape != (reach.n_sites,) or not ((share[known] >= 0) & (share[known] <= 1)).all():
        raise wrong("share_range", N_("{name} has values outside 0-1"), name="uptime")
    point, sensor, n = reach.origin, reach.site, reach.n_origins
    least, most = np.zeros(n), np.zeros(n)
    np.maximum.at(least, point, np.where(known, share, 0.0)[sensor])
    np.add.at(most, point, np.where(known, share, 1.0)[sensor])
    all_down = np.ones(n)
    np.multiply.at(all_down, point, 1.0 - share[sensor])
    if_all_worked = np.zeros(n)
    if_all_worked[point] = 1.0
    return Working(
        independent=1.0 - all_down,
        least=least,
        most=np.minimum(most, 1.0),
        if_all_worked=if_all_worked,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Residents:
    """Where people live: points with people, each in an area.

    Attributes
    ----------
    people, shape (n_points,)
        Everybody at each point, 0 or more.
    area, shape (n_points,)
        Area of each point, 0 to ``n_areas - 1``; -1 outside, which does not count.
    n_areas
        How many areas.
    """

    people: ArrayLike
    area: ArrayLike
    n_areas: int


def covered_by_point(working: Working, people: ArrayLike) -> Covered:
    """Return the shares covered of groups whose residents are known by point.

    Parameters
    ----------
    working
        From ``working_within_reach``.
    people, shape (n_groups, n_points)
        Residents of each group at each point, 0 or more.

    Raises
    ------
    UsageError
        If the shape differs or people are negative or missing.
    """
    living = matrix("people", people, shape=(None, working.least.size))
    return Covered(
        people=living.sum(axis=1),
        expected=_mean(working.independent, living),
        least=_mean(working.least, living),
        most=_mean(working.most, living),
        if_all_worked=_mean(working.if_all_worked, living),
    )


def covered_by_area(working: Working, residents: Residents) -> Covered:
    """Return the shares covered of everybody, one row for each area.

    Raises
    ------
    UsageError
        If lengths differ, people are negative or missing, or an area is out of range.
    """
    people, area = _checked(working, residents)
    return Covered(
        people=np.bincount(area, people, minlength=residents.n_areas).astype(np.float64),
        expected=_mean_by_area(working.independent, people, area, residents.n_areas),
        least=_mean_by_area(working.least, people, area, residents.n_areas),
        most=_mean_by_area(working.most, people, area, residents.n_areas),
        if_all_worked=_mean_by_area(working.if_all_worked, people, area, residents.n_areas),
    )


def covered_by_group(
    working: Working, residents: Residents, group_counts: ArrayLike, *, everybody: ArrayLike
) -> Covered:
    """Return the shares covered of groups that are counted by area only.

    Within an area, the group's residents are at the least those for whom a working sensor is least
    likely, at the most those for whom it is likeliest. Of areas in which no point has people,
    nothing is known: none or all of the group are covered there.

    Parameters
    ----------
    working
        From ``working_within_reach``.
    residents
        Where everybody lives.
    group_counts, shape (n_groups, n_areas)
        People of each group in each area.
    everybody, shape (n_areas,)
        All people of each area, of the same table as the groups.

    Raises
    ------
    UsageError
        If shapes differ, counts are negative or missing, or an area is out of range.
    """
    people, area = _checked(working, residents)
    n = residents.n_areas
    group = matrix("group_counts", group_counts, shape=(None, n))
    everyone = vector("everybody", everybody, size=n)
    share = np.divide(group, everyone, out=np.zeros_like(group), where=everyone > 0)
    share = np.minimum(share, 1.0)
    placed = np.bincount(area, people, minlength=n) > 0
    total = group.sum(axis=1)
    lowest = _mean_of_lowest(working.least, (people, area, n), share)
    highest = 1.0 - _mean_of_lowest(1.0 - working.most, (people, area, n), share)
    alike = [
        _mean(_mean_by_area(one, people, area, n), np.where(placed, group, 0.0))
        for one in (working.independent, working.if_all_worked)
    ]
    least = (group * np.where(placed & (group > 0), lowest, 0.0)).sum(axis=1)
    most = (group * np.where(placed & (group > 0), highest, 1.0)).sum(axis=1)
    return Covered(
        people=total,
        expected=alike[0],
        least=_share_of(least, total),
        most=_share_of(most, total),
        if_all_worked=alike[1],
    )


def _checked(working: Working, residents: Residents) -> tuple[Vector, Whole]:
    """Return people and area of the points that lie in an area; others count no people."""
    people = vector("people", residents.people, size=working.least.size)
    area = np.asarray(residents.area, dtype=np.int64)
    if area.shape != people.shape or ((area < -1) | (area >= residents.n_areas)).any():
        raise wrong("class_range", N_("areas run from -1 to {last}"), last=residents.n_areas - 1)
    return np.where(area >= 0, people, 0.0), np.maximum(area, 0)


def _mean(value: Vector, weight: Vector) -> Vector:
    """Return weighted means, shape (n_groups,); a missing value matters only where it weighs."""
    weighed = np.where(weight > 0, weight * value, 0.0)
    return _share_of(weighed.sum(axis=1), weight.sum(axis=1))


def _mean_by_area(value: Vector, people: Vector, area: Whole, n_areas: int) -> Vector:
    weighed = np.where(people > 0, people * value, 0.0)
    return _share_of(
        np.bincount(area, weighed, minlength=n_areas).astype(np.float64),
        np.bincount(area, people, minlength=n_areas).astype(np.float64),
    )


def _mean_of_lowest(value: Vector, where: tuple[Vector, Whole, int], share: Vector) -> Vector:
    """Return, by group and area, the mean of ``value`` over the share of people with the lowest.

    ``share`` has shape (n_groups, n_areas), as has the result; NaN where share or people are 0.
    """
    people, area, n_areas = where
    total = np.bincount(area, people, minlength=n_areas)
    kept = people > 0
    order = np.lexsort((value[kept], area[kept]))
    at, part = area[kept][order], (people[kept] / total[area[kept]])[order]
    level = value[kept][order]
    # Shares and sums from the lowest on, restarted in each area; areas lie two apart on one line.
    before = np.searchsorted(at, np.arange(n_areas))
    cumulative = np.cumsum(part)
    summed = np.cumsum(part * level)
    start = np.where(before[at] > 0, cumulative[before[at] - 1], 0.0)
    start_sum = np.where(before[at] > 0, summed[before[at] - 1], 0.0)
    line = np.concatenate([2.0 * np.arange(n_areas), 2.0 * at + np.minimum(cumulative - start, 1)])
    height = np.concatenate([np.zeros(n_areas), summed - start_sum])
    sort = np.argsort(line, kind="stable")
    reached = np.interp(2.0 * np.arange(n_areas) + share, line[sort], height[sort])
    return np.divide(
        reached, share, out=np.full_like(share, np.nan), where=(share > 0) & (total > 0)
    )


def _share_of(above: Vector, below: Vector) -> Vector:
    ratio = np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
    return np.clip(ratio, 0.0, 1.0)  # rounding may carry a share a hair beyond
