"""Classes of people who cannot be told apart, and the limits that quotas and households set.

Two people are in one class if all features are alike and, where households count, their households
are made up alike. Chances of being drawn can then be equal within a class without loss: swapping
two such people turns any lottery into one that is just as good. Source: Flanigan, Gölz, Gupta,
Hennig and Procaccia (2021), Nature 596, 548-552, whose chances are per person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Whole, wrong
from evenground.questions.voice.measures.sortition.panel_model import PanelModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many people with one value of a feature a panel has, at least and at most.

    Attributes
    ----------
    feature, value
        Column of the feature and code of its value, as in ``codes``.
    low, high
        Whole numbers, ``0 <= low <= high``.
    """

    feature: int
    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleClasses:
    """Who is in which class.

    Attributes
    ----------
    class_of, shape (n_people,)
        Class of each person.
    kind_of, shape (n_classes,)
        Sort of household of each class; its classes are next to one another.
    n_households, n_alike, shape (n_classes,)
        Households of that sort, and people of the class in each of them.
    household_rank, member_rank, shape (n_people,)
        Which household of its sort, and which of those alike in it, a person is.
    codes, shape (n_classes, n_features)
        Features of each class.
    """

    class_of: Whole
    kind_of: Whole
    n_households: Whole
    n_alike: Whole
    household_rank: Whole
    member_rank: Whole
    codes: Whole

    @property
    def people(self) -> Whole:
        """How many people are in each class, shape (n_classes,)."""
        return self.n_households * self.n_alike


def people_classes(codes: ArrayLike, households: ArrayLike | None = None) -> PeopleClasses:
    """Return the classes of a pool.

    Parameters
    ----------
    codes, shape (n_people, n_features)
        Whole numbers that stand for the values of features.
    households, shape (n_people,)
        Whole numbers that name households; ``None`` if each person is one by themselves.

    Raises
    ------
    UsageError
        If nobody is there or shapes differ.
    """
    known = np.asarray(codes, dtype=np.int64)
    if known.ndim != 2 or not known.shape[0]:  # noqa: PLR2004 - people by features
        raise wrong("pool_empty", N_("codes has shape {shape}: nobody is there"), shape=known.shape)
    n = known.shape[0]
    homes = np.arange(n) if households is None else np.asarray(households, dtype=np.int64)
    if homes.shape != (n,):
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},)"),
            name="households", shape=homes.shape, size=n,
        )  # fmt: skip
    kinds, type_of = np.unique(known, axis=0, return_inverse=True)
    return _laid_out(kinds, type_of.reshape(-1), np.unique(homes, return_inverse=True)[1])


def _laid_out(kinds: Whole, type_of: Whole, home_of: Whole) -> PeopleClasses:
    members: list[list[int]] = [[] for _ in range(int(home_of.max()) + 1)]
    for person, home in enumerate(home_of.tolist()):
        members[home].append(person)
    alike: dict[tuple[int, ...], list[list[int]]] = {}
    for people in members:
        people.sort(key=lambda person: (type_of[person], person))
        alike.setdefault(tuple(type_of[people].tolist()), []).append(people)
    places = np.zeros((3, type_of.size), dtype=np.int64)
    rows: list[tuple[int, int, int, int]] = []
    for kind, makeup in enumerate(sorted(alike)):
        for which in sorted(set(makeup)):
            at = [slot for slot, one in enumerate(makeup) if one == which]
            for rank, people in enumerate(alike[makeup]):
                for member, slot in enumerate(at):
                    places[:, people[slot]] = len(rows), rank, member
            rows.append((kind, len(alike[makeup]), len(at), which))
    table = np.array(rows, dtype=np.int64)
    return PeopleClasses(
        class_of=places[0],
        kind_of=table[:, 0],
        n_households=table[:, 1],
        n_alike=table[:, 2],
        household_rank=places[1],
        member_rank=places[2],
        codes=kinds[table[:, 3]],
    )


def panel_model(classes: PeopleClasses, quotas: Sequence[Quota], *, size: int) -> PanelModel:
    """Return what a panel may be: its size, quotas, and at most one person of a household.

    Raises
    ------
    UsageError
        If the size or a quota makes no sense by itself; quotas that no panel can meet together are
        a result (``quota_repair``).
    """
    _refuse(classes, quotas, size)
    found = [(np.arange(classes.kind_of.size), size, size)]
    found += [(np.flatnonzero(classes.codes[:, one.feature] == one.value), one.low, one.high)
              for one in quotas]  # fmt: skip
    kinds, firsts, n_each = np.unique(classes.kind_of, return_index=True, return_counts=True)
    found += [
        (np.arange(first, first + n), 0, int(classes.n_households[first]))
        for _, first, n in zip(kinds, firsts, n_each, strict=True)
        if n > 1
    ]
    return PanelModel(
        people=classes.people,
        most=np.minimum(classes.n_households, size),
        row=np.concatenate([np.full(at.size, row) for row, (at, _, _) in enumerate(found)]),
        column=np.concatenate([at for at, _, _ in found]),
        low=np.array([low for _, low, _ in found], dtype=np.int64),
        high=np.array([high for _, _, high in found], dtype=np.int64),
    )


def _refuse(classes: PeopleClasses, quotas: Sequence[Quota], size: int) -> None:
    if size < 1:
        raise wrong(
            "panel_size", N_("the panel has {size} people, at least 1 is needed"), size=size
        )
    for one in quotas:
        if not 0 <= one.feature < classes.codes.shape[1]:
            raise wrong("quota_feature", N_("there is no feature {feature}"), feature=one.feature)
        if not 0 <= one.low <= one.high:
            raise wrong(
                "quota_range",
                N_("a quota asks for {low} at least and {high} at most"),
                low=one.low, high=one.high,
            )  # fmt: skip
