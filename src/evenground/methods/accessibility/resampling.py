"""Many versions of who lives where, a block at a time: resampled origins or areas, or given ones.

Source: Efron (1979), Annals of Statistics 7, 1-26; whole areas are resampled where what is
uncertain belongs to an area, as in Davison and Hinkley (1997), Bootstrap Methods, section 3.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, matrix, wrong

_CELLS_AT_ONCE = 1_000_000
_FEWEST, _MOST = 8, 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampling:
    """A bootstrap of origins, or of the areas they lie in.

    Attributes
    ----------
    rng, n_draws
        Source of chance and number of resamples.
    area, shape (n_origins,)
        The area of each origin, by any number; all origins of an area are drawn together. ``None``
        draws origins one by one.
    """

    rng: np.random.Generator
    n_draws: int
    area: ArrayLike | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Multipliers of units, and which unit each origin belongs to.

    Attributes
    ----------
    unit, shape (n_origins,)
        0 to ``n_units`` - 1.
    n_units
        How many there are.
    times
        Blocks of shape (n_units, n): how often each unit counts in the next n draws.
    """

    unit: Whole
    n_units: int
    times: Iterator[Vector]


def blocks_of(draws: Resampling | ArrayLike, *, n_origins: int) -> Blocks:
    """Return multipliers in blocks that fit into the processor's memory.

    Parameters
    ----------
    draws
        A resampling, or multipliers of shape (n_draws, n_origins), 0 or more: how many times its
        people each origin counts in each draw.
    n_origins
        How many there are.

    Raises
    ------
    UsageError
        If a shape is another, a multiplier is negative or missing, or there is no draw.
    """
    width = int(np.clip(_CELLS_AT_ONCE // max(n_origins, 1), _FEWEST, _MOST))
    if isinstance(draws, Resampling):
        unit, n_units = _units(draws.area, n_origins)
        n_draws, times = draws.n_draws, _resampled(draws, n_units=n_units, width=width)
    else:
        given = matrix("draws", draws, shape=(None, n_origins))
        unit, n_units = np.arange(n_origins), n_origins
        n_draws, times = len(given), _given(given, width=width)
    if n_draws < 1:
        raise wrong("no_draws", N_("{n} draws are asked for, expected 1 or more"), n=n_draws)
    return Blocks(unit=unit, n_units=n_units, times=times)


def _given(times: Vector, *, width: int) -> Iterator[Vector]:
    for start in range(0, len(times), width):
        yield times[start : start + width].T.copy()


def _resampled(draws: Resampling, *, n_units: int, width: int) -> Iterator[Vector]:
    for start in range(0, draws.n_draws, width):
        n = min(width, draws.n_draws - start)
        times = np.empty((n, n_units))
        for row in times:
            row[:] = np.bincount(draws.rng.integers(n_units, size=n_units), minlength=n_units)
        yield times.T.copy()


def _units(area: ArrayLike | None, n_origins: int) -> tuple[Whole, int]:
    if area is None:
        return np.arange(n_origins), n_origins
    code = np.asarray(area)
    if code.shape != (n_origins,) or not np.issubdtype(code.dtype, np.integer):
        raise wrong(
            "area_codes",
            N_("area has shape {shape} of {kind}, expected {size} whole numbers"),
            shape=code.shape,
            kind=str(code.dtype),
            size=n_origins,
        )
    names, unit = np.unique(code, return_inverse=True)
    return unit.astype(np.int64), names.size
