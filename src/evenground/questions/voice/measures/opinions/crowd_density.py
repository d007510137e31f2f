"""Where people stand, told without showing anybody: the densest places that hold half, and most.

Positions of everybody from every resample are counted in cells and smoothed, so that the picture
carries the uncertainty of the map, and no cell is a person.
Source: highest density regions, Hyndman (1996), American Statistician 50, 120-126.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Vector, Whole

N_CELLS = 60
HELD = (0.5, 0.8, 0.95)
"""Shares of people that the regions hold, the densest first."""
_REACH = 5
_WIDTH = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdDensity:
    """Cells of a square and the region that each belongs to.

    Attributes
    ----------
    edges, shape (n_cells + 1,)
        Of the cells along both axes, in units of the map.
    region, shape (n_cells, n_cells)
        By first and second axis: place in ``HELD`` of the smallest region that the cell is in;
        -1 outside all of them.
    """

    edges: Vector
    region: Whole


def crowd_density(positions: Vector) -> CrowdDensity:
    """Return the regions that hold half, 80 % and 95 % of people.

    Parameters
    ----------
    positions, shape (n_resamples, n_people, 2)
        Of everybody on each resampled map.
    """
    points = positions.reshape(-1, 2)
    half = float(np.quantile(np.abs(points), 0.995)) or 1.0
    edges = np.linspace(-1.1 * half, 1.1 * half, N_CELLS + 1)
    counts, _, _ = np.histogram2d(points[:, 0], points[:, 1], bins=(edges, edges))
    steps = np.arange(-_REACH, _REACH + 1)
    kernel = np.exp(-0.5 * (steps / _WIDTH) ** 2)
    smooth = _along(_along(counts, kernel).T, kernel).T
    order = np.argsort(-smooth, axis=None, kind="stable")
    held = np.cumsum(smooth.ravel()[order]) / smooth.sum()
    before = np.concatenate([[0.0], held[:-1]])
    place = np.searchsorted(HELD, before, side="right")
    region = np.empty(smooth.size, np.int64)
    region[order] = np.where(place == len(HELD), -1, place)
    return CrowdDensity(edges=edges, region=region.reshape(smooth.shape))


def runs(crowd: CrowdDensity) -> list[tuple[int, int, int, int]]:
    """Return cells side by side in the same region: first, last, row and region.

    Cells of a run are those from first to last along the first axis, at a row of the second.
    """
    found = list[tuple[int, int, int, int]]()
    for row, line in enumerate(crowd.region.T.tolist()):
        first = 0
        for at in range(1, len(line) + 1):
            if at == len(line) or line[at] != line[first]:
                if line[first] >= 0:
                    found.append((first, at - 1, row, line[first]))
                first = at
    return found


def _along(counts: Vector, kernel: Vector) -> Vector:
    """Return rows smoothed along the last axis."""
    padded = np.pad(counts, ((0, 0), (_REACH, _REACH)))
    n = counts.shape[1]
    total = np.zeros_like(counts)
    for at, weight in enumerate(kernel / kernel.sum()):
        total += weight * padded[:, at : at + n]
    return total


def ellipse(points: Vector, *, held: float = 0.95, n_corners: int = 48) -> Vector:
    """Return corners of the ellipse that holds a share of normal points, shape (n_corners + 1, 2).

    Parameters
    ----------
    points, shape (n, 2)
        At least two.
    held, n_corners
        Share that it holds, inside 0-1; corners of the outline, which ends where it began.
    """
    middle = points.mean(axis=0)
    spread = (points - middle).T @ (points - middle) / max(len(points) - 1, 1)
    values, axes = np.linalg.eigh(spread)
    # The squared distance from the middle, in two dimensions, is exponential with mean 2.
    radius = np.sqrt(-2 * np.log(1 - held) * np.maximum(values, 0))
    angle = np.linspace(0, 2 * np.pi, n_corners + 1)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return middle + (circle * radius) @ axes.T
