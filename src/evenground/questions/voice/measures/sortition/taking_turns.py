"""Who of a class is on which panel of a list: whoever was on the fewest panels so far comes next.

Where classes share households, the places that a panel gives to one sort of household are divided
among its households together, by least-cost assignment, and once more when the list is full.
Source: Kuhn (1955), The Hungarian method for the assignment problem, Naval Research Logistics
Quarterly 2, 83-97.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Whole
from evenground.questions.voice.measures.sortition.people_classes import PeopleClasses

_ROUNDS = 4


def taking_turns(classes: PeopleClasses, by_class: Whole) -> Whole:
    """Return panels of people, shape (m, size), for panels by class, shape (m, n_classes)."""
    order = np.lexsort((classes.member_rank, classes.household_rank, classes.class_of))
    people = np.split(order, np.cumsum(classes.people)[:-1])
    counts = np.zeros(classes.class_of.size, dtype=np.int64)
    shared = (np.bincount(classes.kind_of) > 1)[classes.kind_of] | (classes.n_alike > 1)
    rows: list[list[int]] = [[] for _ in by_class]
    for at in np.flatnonzero(~shared & by_class.any(axis=0)).tolist():
        free = people[at]
        for row, n in zip(rows, by_class[:, at].tolist(), strict=True):
            first = free[np.argsort(counts[free], kind="stable")[:n]]
            counts[first] += 1
            row.extend(first.tolist())
    for kind in np.unique(classes.kind_of[shared]).tolist():
        for row, homes in zip(rows, _by_household(classes, by_class, kind, people), strict=True):
            row.extend(homes)
    return np.sort(np.array(rows, dtype=np.int64), axis=1)


def _by_household(
    classes: PeopleClasses, by_class: Whole, kind: int, people: list[Whole]
) -> list[list[int]]:
    """Return who of one sort of household is on each panel, at most one of each household."""
    which = np.flatnonzero(classes.kind_of == kind)
    shape = int(classes.n_households[which[0]])
    members = [people[at].reshape(shape, -1) for at in which.tolist()]
    counts = np.zeros(classes.class_of.size, dtype=np.int64)
    rows: list[list[int]] = [[] for _ in by_class]
    for _ in range(_ROUNDS):
        for at, panel in enumerate(by_class[:, which]):
            counts[rows[at]] -= 1
            rows[at] = _assigned(np.repeat(np.arange(which.size), panel), members, counts)
            counts[rows[at]] += 1
        if all(np.ptp(counts[one]) <= 1 for one in members):
            break
    return rows


def _assigned(slots: Whole, members: list[Whole], counts: Whole) -> list[int]:
    from scipy.optimize import linear_sum_assignment

    if not slots.size:
        return []
    # Squares, as one more for somebody drawn often is worse than one more for somebody drawn less.
    least = [counts[one].min(axis=1) ** 2 for one in members]
    places, homes = linear_sum_assignment(np.array([least[one] for one in slots.tolist()]))
    chosen: list[int] = []
    for place, home in zip(places.tolist(), homes.tolist(), strict=True):
        free = members[int(slots[place])][home]
        chosen.append(int(free[np.argmin(counts[free])]))
    return chosen
