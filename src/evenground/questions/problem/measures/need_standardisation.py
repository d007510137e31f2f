"""The provision that areas of such need have on average, and its concentration.

Source: indirect standardisation by regression, Wagstaff and van Doorslaer (2000), Journal of Human
Resources 35, 716-733; O'Donnell, van Doorslaer, Wagstaff and Lindelow (2008), Analyzing Health
Equity Using Household Survey Data, World Bank, chapters 5 and 15.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.inequality.distribution import divided
from evenground.methods.validation import Vector, matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What provision is regressed on.

    Attributes
    ----------
    need, shape (n_areas, n_need)
        What provision is to follow.
    controls, shape (n_areas, n_controls)
        What goes with provision and is no need (income, density); held at their means in what need
        would have, so that need does not answer for them.
    """

    need: Vector
    controls: Vector


def explanation(need: ArrayLike, controls: ArrayLike | None = None) -> Explanation:
    """Return checked need and controls; a single one may come as an array of shape (n_areas,).

    Raises
    ------
    UsageError
        If a value is missing or lengths differ.
    """
    needs = matrix("need", _as_columns(need), shape=(None, None), least=-np.inf)
    others = np.empty((len(needs), 0)) if controls is None else _as_columns(controls)
    others = matrix("controls", others, shape=(len(needs), None), least=-np.inf)
    return Explanation(need=needs, controls=others)


def need_expected(provision: Vector, by: Explanation, people: Vector) -> Vector:
    """Return the provision per person that each area's need would have, shape (n_areas,).

    Least squares weighted by people; controls at their means. Its mean is that of provision.
    """
    design, n_need = _design(by, people)
    slopes = _slopes(design, provision, people[None, :])[0]
    return design[:, : n_need + 1] @ slopes[: n_need + 1]


def explained_share(provision: Vector, by: Explanation, people: Vector) -> float:
    """Return the share of the variance of provision that the regression explains, 0-1.

    Missing where provision does not vary.
    """
    design, _ = _design(by, people)
    fitted = design @ _slopes(design, provision, people[None, :])[0]
    mean = float(people @ provision / people.sum())
    around = float(people @ (provision - mean) ** 2)
    return 1.0 - float(people @ (provision - fitted) ** 2) / around if around > 0 else float("nan")


def concentration_rows(
    provision: Vector, weight_rows: Vector, *, by: Explanation, rank_by: Vector
) -> tuple[Vector, Vector]:
    """Return the concentration of provision and of need-expected provision in many weightings.

    Parameters
    ----------
    provision, rank_by, shape (n_areas,)
        Per person, and what ranks areas.
    weight_rows, shape (n_rows, n_areas)
        People.
    by
        Need and controls; the regression is made anew in each row.

    Returns
    -------
    tuple
        Two arrays of shape (n_rows,); missing where a row has no provision.
    """
    design, n_need = _design(by, np.ones(provision.size))
    slopes = _slopes(design, provision, weight_rows)
    scored = weight_rows * rank_scores(weight_rows, rank_by)
    amount = weight_rows @ provision
    # Expected provision is linear in need, so its covariance with rank is the sum of its parts'.
    parts = (scored @ design[:, 1 : n_need + 1]) * slopes[:, 1 : n_need + 1]
    # The scores add up to nothing over people, so a constant may be taken off first.
    centred = scored @ (provision - provision.mean())
    return divided(centred, amount), divided(parts.sum(axis=1), amount)


def rank_scores(weight_rows: Vector, rank_by: Vector) -> Vector:
    """Return ``2 R - 1`` of each entry, shape (n_rows, n): -1 for the lowest rank to 1.

    ``R`` is the fractional rank in the middle of the people who share a rank.
    """
    _, position = np.unique(rank_by, return_inverse=True)
    order = np.argsort(position, kind="stable")
    first = np.flatnonzero(np.diff(position[order], prepend=-1))
    people = np.add.reduceat(weight_rows[:, order], first, axis=1)
    reached = np.cumsum(people, axis=1)
    total = reached[:, -1:]
    middle = np.divide(2.0 * reached - people, total, out=np.ones_like(people), where=total > 0)
    return (middle - 1.0)[:, position]


def _design(by: Explanation, people: Vector) -> tuple[Vector, int]:
    """Return an intercept, need and controls as columns about their means, and how many needs."""
    columns = np.column_stack([by.need, by.controls])
    mean = people @ columns / people.sum()
    spread = np.sqrt(people @ (columns - mean) ** 2 / people.sum())
    scaled = np.divide(columns - mean, spread, out=np.zeros_like(columns), where=spread > 0)
    return np.column_stack([np.ones(len(columns)), scaled]), by.need.shape[1]


def _slopes(design: Vector, provision: Vector, weight_rows: Vector) -> Vector:
    """Return weighted least squares in each row, shape (n_rows, n_columns)."""
    n_columns = design.shape[1]
    squares = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
    normal = (weight_rows @ squares).reshape(-1, n_columns, n_columns)
    right = weight_rows @ (design * provision[:, None])
    # A resample may leave columns that say the same; the shortest solution gives the same fit.
    return np.einsum("rij,rj->ri", np.linalg.pinv(normal, rcond=1e-10, hermitian=True), right)


def _as_columns(values: ArrayLike) -> Vector:
    array = np.asarray(values, dtype=np.float64)
    return array[:, None] if array.ndim == 1 else array
