"""Where coordinates are at home: the city's bounds, or the bulk of the data themselves.

The bulk is the shortest interval that holds half of the values of each axis, widened: nearly half
of the rows may be wrong before it is. It is read off 21 exact quantiles, so that an engine finds
the same one where the data lie.

Source: Rousseeuw (1984), "Least median of squares regression", Journal of the American Statistical
Association 79, 871-880: the middle of the shortest half.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import settled
from evenground.language import N_
from evenground.methods.validation import Flags, Vector, wrong
from evenground.questions.data.measures.space.coordinates import (
    LARGEST_LATITUDE,
    LARGEST_LONGITUDE,
    Coordinates,
)

Range = tuple[float, float]
Bounds = tuple[float, float, float, float]
"""West, south, east, north."""

SLACK = 0.1
"""A place this part of the city's longer side beyond its bounds is still taken as in the city."""
NEAR = 3.0
"""So many times the city's longer side beyond its bounds is near: it may be a true place."""
BULK = 5.0
"""The bulk reaches so many times its half's width beyond that half."""
NEAR_BULK = 12.0
LEVELS = tuple(step / 20 for step in range(21))
"""Quantiles off which the bulk is read."""
_HALF = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where coordinates are expected.

    Attributes
    ----------
    x, y
        Ranges within which a place is at home.
    near_x, near_y
        Wider ranges: a place within them, though outside the former, may be true.
    degrees
        Whether coordinates are longitudes and latitudes.
    origin
        ``city`` or ``data``: whose bounds they are.
    elsewhere
        Bounds of the same city in other coordinate systems, by their name.
    outline
        The city's shape in the same system, or ``None``; decides between repairs.
    """

    x: Range
    y: Range
    near_x: Range
    near_y: Range
    degrees: bool
    origin: str
    elsewhere: Mapping[str, Bounds] = field(default_factory=dict[str, Bounds])
    outline: Any = None

    def holds(self, x: ArrayLike, y: ArrayLike) -> Flags:
        """Whether places are at home; of the arguments' shape."""
        return within(x, self.x) & within(y, self.y)

    def is_near(self, x: ArrayLike, y: ArrayLike) -> Flags:
        """Whether places are at home or near; of the arguments' shape."""
        return within(x, self.near_x) & within(y, self.near_y)


def within(values: ArrayLike, ends: Range) -> Flags:
    """Whether values lie in a closed range; not a number does not."""
    number = np.asarray(values, dtype=np.float64)
    return np.asarray((number >= ends[0]) & (number <= ends[1]), dtype=np.bool_)


def city_region(
    bounds: Bounds,
    *,
    degrees: bool,
    elsewhere: Mapping[str, Bounds] | None = None,
    outline: Any = None,
) -> Region:
    """Return the region of a city.

    Parameters
    ----------
    bounds
        West, south, east, north of its areas, in the system of the coordinates to be checked.
    degrees
        Whether that is longitude and latitude.
    elsewhere
        The same bounds in other systems, for values that were written in one of them.
    outline
        The city's shape in the system of the coordinates.

    Raises
    ------
    UsageError
        If a bound is not a number, or none lies apart from the other.
    """
    west, south, east, north = (float(bound) for bound in bounds)
    size = max(east - west, north - south)
    if not (np.isfinite([west, south, east, north]).all() and size > 0):
        raise wrong("city_bounds", N_("The bounds are {bounds}"), bounds=tuple(bounds))
    slack, near = SLACK * size, NEAR * size
    return Region(
        x=(west - slack, east + slack),
        y=(south - slack, north + slack),
        near_x=(west - near, east + near),
        near_y=(south - near, north + near),
        degrees=degrees,
        origin="city",
        elsewhere=dict(elsewhere or {}),
        outline=outline,
    )


def bulk_region(
    x_quantiles: Sequence[float], y_quantiles: Sequence[float], *, degrees: bool
) -> Region | None:
    """Return the region that the data's own bulk gives, from their quantiles at ``LEVELS``.

    ``None`` where all places are the same, so that nothing is far or near.
    """
    sides = [_shortest(np.asarray(one, dtype=np.float64)) for one in (x_quantiles, y_quantiles)]
    size = max(high - low for low, high in sides)
    if not size > 0:
        return None
    home = [(settled(low - BULK * size), settled(high + BULK * size)) for low, high in sides]
    near = [
        (settled(low - NEAR_BULK * size), settled(high + NEAR_BULK * size)) for low, high in sides
    ]
    return Region(
        x=home[0], y=home[1], near_x=near[0], near_y=near[1], degrees=degrees, origin="data"
    )


def region_of_data(places: Coordinates, *, degrees: bool | None = None) -> Region | None:
    """Return the region that the data's own bulk gives, from arrays.

    ``degrees=None`` takes them for degrees where the bulk of the values could be. ``None`` where
    fewer than two places differ.
    """
    there = places.take(places.present & ((places.x != 0) | (places.y != 0)))
    if there.x.size == 0:
        return None
    quantiles = [_quantiles(values, there) for values in (there.x, there.y)]
    region = bulk_region(*quantiles, degrees=bool(degrees))
    if region is None or degrees is not None:
        return region
    return replace(region, degrees=looks_like_degrees(*quantiles))


def looks_like_degrees(x_quantiles: Sequence[float], y_quantiles: Sequence[float]) -> bool:
    """Whether the middle half of the values could be longitudes and latitudes, either way round."""
    sides = [_shortest(np.asarray(one, dtype=np.float64)) for one in (x_quantiles, y_quantiles)]
    x, y = (max(abs(low), abs(high)) for low, high in sides)
    return min(x, y) <= LARGEST_LATITUDE and max(x, y) <= LARGEST_LONGITUDE


def _shortest(quantiles: Vector) -> Range:
    """Return the shortest interval between quantiles that holds half, or as much as has a width."""
    for steps in range(_HALF, len(LEVELS)):
        width = quantiles[steps:] - quantiles[: len(LEVELS) - steps]
        first = int(np.argmin(width))
        if width[first] > 0:
            return float(quantiles[first]), float(quantiles[first + steps])
    return float(quantiles[0]), float(quantiles[0])


def _quantiles(values: Vector, places: Coordinates) -> list[float]:
    """Return quantiles at ``LEVELS``, linear between neighbours, as engines do."""
    if (places.times == 1).all():
        return [float(value) for value in np.quantile(values, LEVELS)]
    order = np.argsort(values, kind="stable")
    ends = np.cumsum(places.times[order])
    at = np.asarray(LEVELS) * (ends[-1] - 1)
    low, high = (
        values[order][np.searchsorted(ends, rank, side="right")]
        for rank in (np.floor(at), np.ceil(at))
    )
    return [float(value) for value in low + (high - low) * (at - np.floor(at))]
