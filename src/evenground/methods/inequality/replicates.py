"""Many weightings of the same areas: resampled, one area left out, or given.

Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 6 and 11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.bootstrap import resampled_counts
from evenground.methods.inequality.distribution import IndexRows
from evenground.methods.validation import Vector, Whole, matrix, positive_total, vector

BLOCK = 2**17
"""Weights held at once; a block that fits the processor's cache is also the quickest."""

MOST_LEFT_OUT = 200
"""With more areas than this, several are left out together."""


def bootstrap_weights(weights: ArrayLike, *, rng: np.random.Generator, n_draws: int) -> Vector:
    """Return weights of resampled areas, shape (n_draws, n).

    Parameters
    ----------
    weights, shape (n,) or (n_draws, n)
        People, 0 or more. One row for each draw lets people be uncertain as well as areas be
        sampled (``margins_of_error.draw_counts``).
    rng, n_draws
        Source of chance and number of resamples. A resample draws as many areas as have people,
        with replacement; areas without people stay without.

    Raises
    ------
    UsageError
        If a weight is negative or missing, rows are not as many as draws, or weights add up to
        nothing.
    """
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim == 1:
        rows = vector("weights", given)[None, :]
    else:
        rows = matrix("weights", given, shape=(n_draws, None))
    positive_total("weights", rows)
    lived_in = (rows > 0).any(axis=0)
    drawn = np.zeros((n_draws, rows.shape[1]))
    drawn[:, lived_in] = resampled_counts(int(lived_in.sum()), rng=rng, n_draws=n_draws)
    drawn *= rows
    return drawn


def jackknife_weights(weights: Vector, area: Whole | None = None) -> Vector:
    """Return weights with one area left out in each row, shape (n_left_out, n).

    Only areas with people are left out. Of more than 200, every 200th is left out together with its
    like, which leaves the skewness that is learnt from them what it is. ``area`` (n,) is the area
    of each entry where an area has several; all of them are left out together.
    """
    lived_in = np.flatnonzero(weights > 0)
    number = np.arange(lived_in.size)
    if area is not None:
        number = np.unique(area[lived_in], return_inverse=True)[1]
    n_rows = min(int(number.max(initial=-1)) + 1, MOST_LEFT_OUT)
    rows = np.tile(weights, (n_rows, 1))
    rows[number % n_rows, lived_in] = 0.0
    return rows


def index_draws(
    indices: Mapping[str, IndexRows], values: Vector, blocks: Iterator[Vector]
) -> dict[str, Vector]:
    """Return what each kernel gives for each row of weights, all from the same rows.

    Parameters
    ----------
    indices
        Kernels by name.
    values, shape (n,)
        What each person of an area has.
    blocks
        Weight rows, piece by piece, each of shape (n_some, n).

    Returns
    -------
    dict
        By name, arrays of shape (n_rows,).
    """
    found: dict[str, list[Vector]] = {name: [] for name in indices}
    for rows in blocks:
        for name, index_rows in indices.items():
            found[name].append(index_rows(values, rows))
    return {name: np.concatenate(parts) for name, parts in found.items()}


def row_blocks(weight_rows: Vector) -> Iterator[Vector]:
    """Yield the rows in pieces that are quick to work on."""
    step = rows_at_once(weight_rows.shape[1])
    for start in range(0, weight_rows.shape[0], step):
        yield weight_rows[start : start + step]


def bootstrap_blocks(
    weights: Vector, *, rng: np.random.Generator, n_draws: int, area: Whole | None = None
) -> Iterator[Vector]:
    """Yield ``bootstrap_weights`` in pieces, so that they never lie in memory together.

    ``area`` (n,) is the area of each entry where an area has several; it is drawn with all of them.
    """
    step = rows_at_once(weights.size)
    people, at = (weights, None) if area is None else people_by_area(weights, area)
    for start in range(0, n_draws, step):
        n = min(step, n_draws - start)
        if at is None:
            yield bootstrap_weights(weights, rng=rng, n_draws=n)
        else:
            times = bootstrap_weights((people > 0).astype(np.float64), rng=rng, n_draws=n)
            yield times[:, at] * weights


def people_by_area(weights: Vector, area: Whole) -> tuple[Vector, Whole]:
    """Return the people of each area, shape (n_areas,), and the position of each entry's (n,)."""
    at = np.unique(area, return_inverse=True)[1]
    return np.bincount(at, weights=weights).astype(np.float64), at.astype(np.int64)


def rows_at_once(n: int) -> int:
    """Return how many rows of ``n`` weights make up a block."""
    return max(1, BLOCK // n)
