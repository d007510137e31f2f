"""Cells of a grid that lie wholly inside the city: what they hold needs no further look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.data.measures.space.region import Bounds

SIDE = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class InnerCells:
    """A grid over the city.

    Attributes
    ----------
    bounds
        West, south, east, north of the grid.
    n_side
        Cells along each side.
    inner, shape (n_inner,)
        Numbers of cells wholly inside, ``column * n_side + row``, in order.
    """

    bounds: Bounds
    n_side: int
    inner: Whole

    @property
    def width(self) -> float:
        """Width of a cell."""
        return (self.bounds[2] - self.bounds[0]) / self.n_side

    @property
    def height(self) -> float:
        """Height of a cell."""
        return (self.bounds[3] - self.bounds[1]) / self.n_side

    def hold(self, x: Vector, y: Vector) -> Flags:
        """Whether an inner cell holds each place, shape (n,)."""
        west, south, east, north = self.bounds
        found = np.zeros(x.size, dtype=np.bool_)
        at = np.flatnonzero((x >= west) & (x < east) & (y >= south) & (y < north))
        column = np.floor((x[at] - west) / self.width).astype(np.int64)
        row = np.floor((y[at] - south) / self.height).astype(np.int64)
        is_inner = np.zeros((self.n_side + 1) ** 2, dtype=np.bool_)
        is_inner[self.inner] = True
        found[at] = is_inner[column * self.n_side + row]
        return found


def inner_cells(outline: Any, *, n_side: int = SIDE) -> InnerCells:
    """Return the cells of a grid over ``outline`` (one polygon or multipolygon) wholly inside it.

    A cell that the edge so much as touches is not inside.
    """
    import shapely

    west, south, east, north = (float(one) for one in shapely.bounds(outline))
    bounds = (west, south, east, north)
    grid = InnerCells(bounds=bounds, n_side=n_side, inner=np.zeros(0, dtype=np.int64))
    column, row = np.divmod(np.arange(n_side**2), n_side)
    x, y = west + column * grid.width, south + row * grid.height
    # A little wider than the cell, so that rounding in an engine's division cannot matter.
    slack_x, slack_y = 0.01 * grid.width, 0.01 * grid.height
    boxes = shapely.box(
        x - slack_x, y - slack_y, x + grid.width + slack_x, y + grid.height + slack_y
    )
    shapely.prepare(outline)
    inner = np.flatnonzero(shapely.contains_properly(outline, boxes)).astype(np.int64)
    return InnerCells(bounds=bounds, n_side=n_side, inner=inner)
