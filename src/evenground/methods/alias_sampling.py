"""Draws from a list of areas at constant cost each, however many areas there are.

Source: Walker (1977), ACM Transactions on Mathematical Software 3, 253-256; built as in Vose
(1991), IEEE Transactions on Software Engineering 17, 972-975.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Vector, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasTable:
    """A distribution cut into equal cells, each holding at most two areas.

    Attributes
    ----------
    own, shape (n_areas,)
        The part of a cell that its own area keeps, 0-1.
    other, shape (n_areas,)
        The area that has the rest of the cell.
    """

    own: Vector
    other: Whole


def alias_table(probability: Vector) -> AliasTable:
    """Return the table for chances of shape (n_areas,), which add up to 1."""
    own = (probability * probability.size).tolist()
    other = list(range(len(own)))
    short = [cell for cell, part in enumerate(own) if part < 1]
    full = [cell for cell, part in enumerate(own) if part >= 1]
    while short and full:
        cell, giver = short.pop(), full[-1]
        other[cell] = giver
        own[giver] -= 1 - own[cell]
        if own[giver] < 1:
            short.append(full.pop())
    for cell in short + full:  # what rounding left over: cells that hold one area only
        own[cell] = 1.0
    return AliasTable(own=np.array(own), other=np.array(other, dtype=np.int64))


def alias_counts(
    table: AliasTable, n_places: int, *, rng: np.random.Generator, n_draws: int
) -> Vector:
    """Return how many of ``n_places`` fall in each area, shape (n_draws, n_areas)."""
    n_areas = table.own.size
    spot = rng.random((n_draws, n_places))
    spot *= n_areas
    cell = spot.astype(np.int64)
    spot -= cell
    area = np.where(spot < table.own[cell], cell, table.other[cell])
    area += np.arange(n_draws)[:, None] * n_areas
    counts = np.bincount(area.ravel(), minlength=n_draws * n_areas)
    return counts.reshape(n_draws, n_areas).astype(np.float64)
