"""Theil's indices split into what lies within groups and what lies between them.

Source: Bourguignon (1979), Decomposable income inequality measures, Econometrica 47, 901-920;
Shorrocks (1980), The class of additively decomposable inequality measures, Econometrica 48,
613-625.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evenground.language import N_
from evenground.methods.inequality.distribution import checked_shares, divided
from evenground.methods.inequality.theil import theil_l_rows, theil_t_rows
from evenground.methods.validation import Vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class TheilParts:
    """A Theil index split by groups: ``total = within + between``.

    Attributes
    ----------
    total, within, between
        In nats, 0 or more. Between is the index if each group shared equally among its own.
    groups, shape (n_groups,)
        The groups' names, sorted.
    people_share, value_share, shape (n_groups,)
        Each group's part of the people and of what they have, 0-1.
    within_by_group, shape (n_groups,)
        Each group's part of ``within``: its index times its value share (T) or people share (L).
    between_by_group, shape (n_groups,)
        Each group's part of ``between``; positive and negative terms.
    """

    total: float
    within: float
    between: float
    groups: NDArray[Any]
    people_share: Vector
    value_share: Vector
    within_by_group: Vector
    between_by_group: Vector


def theil_t_decomposition(
    values: ArrayLike, groups: Sequence[Any] | NDArray[Any], *, weights: ArrayLike | None = None
) -> TheilParts:
    """Return T within and between groups; within, each group counts by its share of the total.

    Parameters
    ----------
    values, weights, shape (n,)
        What each person of an area has, and people; 0 or more.
    groups, length n
        The group of each area.

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, or there is nothing to share.
    """
    x, rows, names = _by_group(values, groups, weights)
    people, amount = _shares(x, rows)
    between = special.xlogy(amount, divided(amount, people))
    inner = np.nan_to_num(theil_t_rows(x, rows), nan=0.0) * amount
    return _parts(names, (people, amount), inner=inner, between=np.nan_to_num(between))


def theil_l_decomposition(
    values: ArrayLike, groups: Sequence[Any] | NDArray[Any], *, weights: ArrayLike | None = None
) -> TheilParts:
    """Return L within and between groups; within, each group counts by its share of the people.

    Infinite parts come from groups in which somebody has nothing.

    Parameters
    ----------
    values, weights, shape (n,)
        What each person of an area has, and people; 0 or more.
    groups, length n
        The group of each area.

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, or there is nothing to share.
    """
    x, rows, names = _by_group(values, groups, weights)
    people, amount = _shares(x, rows)
    lives = people > 0
    gap = np.divide(people, amount, out=np.full_like(people, np.inf), where=amount > 0)
    between = np.multiply(people, np.log(gap, where=lives, out=np.zeros_like(gap)))
    inner = np.zeros_like(people)
    # A group that has nothing is all alike: its part lies between groups.
    shares = lives & (amount > 0)
    inner[shares] = theil_l_rows(x, rows[shares]) * people[shares]
    return _parts(names, (people, amount), inner=inner, between=between)


def theil_t_between_rows(
    values: Vector, weight_rows: Vector, *, group_of: NDArray[np.int64]
) -> Vector:
    """Return the part of T between groups, of many weightings at once.

    Parameters
    ----------
    values, shape (n,)
        What each person has.
    weight_rows, shape (n_rows, n)
        People.
    group_of, shape (n,)
        Number of each area's group, 0 to n_groups - 1.

    Returns
    -------
    array, shape (n_rows,)
        0 or more; missing where a row has nothing to share.
    """
    member = np.zeros((values.size, int(group_of.max()) + 1))
    member[np.arange(values.size), group_of] = 1.0
    people = weight_rows @ member
    amount = weight_rows @ (member * values[:, None])
    everybody, total = people.sum(axis=1), amount.sum(axis=1)
    # Σ s ln(s / p) with s and p shares, so that the totals come in once.
    mean = np.divide(amount, people, out=np.zeros_like(amount), where=people > 0)
    overall = divided(total, everybody)
    log_mean = np.log(overall, out=np.full_like(overall, np.nan), where=overall > 0)
    return np.maximum(divided(special.xlogy(amount, mean).sum(axis=1), total) - log_mean, 0.0)


def _by_group(
    values: ArrayLike, groups: Sequence[Any] | NDArray[Any], weights: ArrayLike | None
) -> tuple[Vector, Vector, NDArray[Any]]:
    x, w = checked_shares(values, weights)
    label = np.asarray(groups)
    if label.shape != x.shape:
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},)"),
            name="groups",
            shape=label.shape,
            size=x.size,
        )
    names, group_of = np.unique(label, return_inverse=True)
    rows = np.zeros((names.size, x.size))
    rows[group_of, np.arange(x.size)] = w
    return x, rows, names


def _shares(values: Vector, rows: Vector) -> tuple[Vector, Vector]:
    people, amount = rows.sum(axis=1), rows @ values
    return people / people.sum(), amount / amount.sum()


def _parts(
    names: NDArray[Any], shares: tuple[Vector, Vector], *, inner: Vector, between: Vector
) -> TheilParts:
    within, across = float(inner.sum()), max(float(between.sum()), 0.0)
    return TheilParts(
        total=within + across,
        within=within,
        between=across,
        groups=names,
        people_share=shares[0],
        value_share=shares[1],
        within_by_group=inner,
        between_by_group=between,
    )
