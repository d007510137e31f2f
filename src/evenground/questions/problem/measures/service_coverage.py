"""Whom a basic service reaches by the city's own standard, and how far it falls short of it.

Source: Foster, Greer and Thorbecke (1984), A class of decomposable poverty measures, Econometrica
52, 761-766, applied to the part of the standard that people have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.inequality.foster_greer_thorbecke import (
    Side,
    foster_greer_thorbecke_rows,
)
from evenground.methods.validation import Vector, Whole, matrix, vector, wrong

POWERS = (0.0, 1.0, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Residents:
    """Who lives where.

    Attributes
    ----------
    people, shape (n_origins,)
        At each point where people live, or in each area.
    area, shape (n_origins,)
        Position of the area of each origin, 0 to ``n_areas - 1``.
    n_areas
        How many areas there are.
    membership, shape (n_groups, n_origins)
        The part of each origin's people that belongs to each group, 0-1.
    """

    people: Vector
    area: Whole
    n_areas: int
    membership: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCoverage:
    """People who have a basic service by its standard.

    Attributes
    ----------
    people_by_area, covered_by_area, shape (n_areas,)
        All people, and those who have the service by its standard.
    people_by_group, covered_by_group, shape (n_groups,)
        The same by group.
    shortfall, shape (3,)
        Foster-Greer-Thorbecke measures with powers 0, 1 and 2 of the part of the standard that
        people have, each 0-1: share of people below it; mean part that is missing; severity.
    shortfall_by_group, shape (n_groups, 3)
        The same by group; missing where a group has no people.
    shortfall_by_area, shape (n_areas,)
        Power 1 by area; missing where nobody lives.
    """

    people_by_area: Vector
    covered_by_area: Vector
    people_by_group: Vector
    covered_by_group: Vector
    shortfall: Vector
    shortfall_by_group: Vector
    shortfall_by_area: Vector

    @property
    def share_covered(self) -> float:
        """The share of all people who have the service by its standard, 0-1."""
        return float(self.covered_by_area.sum() / self.people_by_area.sum())

    @property
    def share_by_group(self) -> Vector:
        """The same in each group, shape (n_groups,); missing where a group has no people."""
        return _share(self.covered_by_group, self.people_by_group)

    @property
    def share_by_area(self) -> Vector:
        """The same in each area, shape (n_areas,); missing where nobody lives."""
        return _share(self.covered_by_area, self.people_by_area)


def residents(
    people: ArrayLike,
    *,
    area: ArrayLike | None = None,
    n_areas: int | None = None,
    membership: ArrayLike | None = None,
) -> Residents:
    """Return checked residents; without ``area`` each entry is an area.

    Raises
    ------
    UsageError
        If people are negative, missing or none, shapes differ, or an area is out of range.
    """
    living = vector("people", people)
    if not living.sum() > 0:
        raise wrong("nobody", N_("nobody lives in {n} places"), n=living.size)
    at = np.arange(living.size) if area is None else np.asarray(area, dtype=np.int64)
    n = int(at.max()) + 1 if n_areas is None else n_areas
    if at.shape != living.shape or not 0 <= at.min() <= at.max() < n:
        raise wrong(
            "area_range",
            N_("areas of shape {shape} run from {first} to {last}, expected 0 to {most}"),
            shape=at.shape,
            first=int(at.min(initial=0)),
            last=int(at.max(initial=0)),
            most=n - 1,
        )
    parts = np.empty((0, living.size)) if membership is None else membership
    groups = matrix("membership", parts, shape=(None, living.size))
    return Residents(people=living, area=at, n_areas=n, membership=groups)


def attained(level: ArrayLike, standard: float, *, side: Side | str) -> Vector:
    """Return the part of a standard that people have, 0-1, shape (n_origins,).

    Parameters
    ----------
    level, shape (n_origins,)
        What people have, 0 or more: places per 1,000 people, or metres to the nearest; infinite
        where none is in reach.
    standard
        In the same unit, above 0; being at it is enough.
    side
        ``below``: too little is bad, the part is ``level / standard``. ``above``: too much is bad
        (a distance), the part is ``standard / level``. Neither exceeds 1.

    Raises
    ------
    UsageError
        If a level is negative or missing, the standard is not above 0, or the side is neither.
    """
    given = np.asarray(level, dtype=np.float64)
    vector("level", np.where(np.isposinf(given), 0.0, given))
    if not 0 < standard < np.inf:
        raise wrong("standard", N_("standard is {standard}, not above 0"), standard=standard)
    if side not in set(Side):
        raise wrong("side", N_("side is {side}, expected below or above"), side=side)
    if Side(side) is Side.BELOW:
        return np.minimum(given / standard, 1.0)
    return standard / np.maximum(given, standard)


def service_coverage(
    level: ArrayLike, among: Residents, *, standard: float, side: Side | str
) -> ServiceCoverage:
    """Return who has a basic service by its standard.

    Parameters
    ----------
    level, standard, side
        As for ``attained``, one level for each origin.
    among
        Who lives where.

    Raises
    ------
    UsageError
        As ``attained``, or if levels are more or fewer than origins.
    """
    part = vector("level", attained(level, standard, side=side), size=among.people.size)
    covered = among.people * (part >= 1.0)
    by_group = among.membership * among.people
    people_by_area = _by_area(among, among.people)
    missing = _by_area(among, among.people * (1.0 - part))
    return ServiceCoverage(
        people_by_area=people_by_area,
        covered_by_area=_by_area(among, covered),
        people_by_group=by_group.sum(axis=1),
        covered_by_group=among.membership @ covered,
        shortfall=_shortfall(part, among.people[None, :])[0],
        shortfall_by_group=_shortfall(part, by_group),
        shortfall_by_area=_share(missing, people_by_area),
    )


def _by_area(among: Residents, values: Vector) -> Vector:
    return np.bincount(among.area, values, among.n_areas).astype(np.float64)


def _shortfall(part: Vector, weight_rows: Vector) -> Vector:
    if not len(weight_rows):
        return np.empty((0, len(POWERS)))
    rows = [
        foster_greer_thorbecke_rows(part, weight_rows, line=1.0, power=power) for power in POWERS
    ]
    return np.stack(rows, axis=1)


def _share(part: Vector, whole: Vector) -> Vector:
    return np.divide(part, whole, out=np.full_like(whole, np.nan), where=whole > 0)
