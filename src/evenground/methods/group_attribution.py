"""Which part of each area belongs to which group.

Two ways that must not be confused. A *class of areas* (poorest third) holds whole areas, and what
is found holds for the areas. A *population group* lives in every area in some number; units of an
area are then attributed to its residents in proportion, which assumes that within an area the group
is served like everybody else: the ecological step (Robinson 1950, American Sociological Review 15,
351-357), and ``ecological`` says that it was taken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The part of each area that belongs to each group.

    Attributes
    ----------
    share, shape (n_groups, n_areas)
        0-1. For classes of areas 0 or 1.
    ecological
        Whether units were attributed within areas in proportion to people.
    """

    share: Vector
    ecological: bool

    @property
    def n_groups(self) -> int:
        """How many groups there are."""
        return self.share.shape[0]

    def take(self, groups: ArrayLike) -> Membership:
        """Return the membership of the groups at these positions."""
        return Membership(share=self.share[np.asarray(groups)], ecological=self.ecological)


def area_classes(classes: ArrayLike, *, n_classes: int) -> Membership:
    """Return the membership of classes of areas.

    Parameters
    ----------
    classes, shape (n_areas,)
        Class of each area, 0 to ``n_classes - 1``; -1 for areas in no class.

    Raises
    ------
    UsageError
        If a class is outside that range.
    """
    labels = np.asarray(classes)
    if labels.ndim != 1 or ((labels < -1) | (labels >= n_classes)).any():
        raise wrong(
            "class_range", N_("classes run from -1 to {last}"), last=n_classes - 1, n=labels.size
        )
    share = (labels[None, :] == np.arange(n_classes)[:, None]).astype(np.float64)
    return Membership(share=share, ecological=False)


def population_groups(group_counts: ArrayLike, population: ArrayLike) -> Membership:
    """Return the membership of population groups counted within areas.

    Parameters
    ----------
    group_counts, shape (n_groups, n_areas)
        People of each group in each area.
    population, shape (n_areas,)
        All people of each area (the universe of the group table).

    Returns
    -------
    Membership
        ``share = group_counts / population``, 0 where nobody lives.

    Raises
    ------
    UsageError
        If a group is larger than the population of its area.
    """
    people = vector("population", population)
    counts = matrix("group_counts", group_counts, shape=(None, people.size))
    if (counts > people * (1 + 1e-9)).any():
        group, area = (int(i) for i in np.argwhere(counts > people * (1 + 1e-9))[0])
        raise wrong(
            "group_exceeds_population",
            N_("group {group} counts {count} in area {area}, which holds {people}"),
            group=group,
            area=area,
            count=float(counts[group, area]),
            people=float(people[area]),
        )
    share = np.divide(counts, people, out=np.zeros_like(counts), where=people > 0)
    return Membership(share=np.minimum(share, 1.0), ecological=True)


def place_share(membership: Membership, place_area: ArrayLike) -> Vector:
    """Return what each place gives to each group, shape (n_groups, n_places).

    Parameters
    ----------
    membership, n_areas
        From ``area_classes`` or ``population_groups``.
    place_area, shape (n_places,)
        Position of the area that holds each place; -1 outside gives nothing to anybody.
    """
    at = np.asarray(place_area, dtype=np.int64)
    return np.where(at >= 0, membership.share[:, at], 0.0)
