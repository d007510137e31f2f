"""How far each sensor lies from its network, day by day."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.data.measures.network.daily import Daily
from evenground.questions.data.measures.network.ramps import ENOUGH_NEIGHBOURS
from evenground.questions.data.measures.network.reference import (
    Places,
    median_by_day,
    neighbours_of,
    network_of,
    polished,
)
from evenground.questions.data.measures.network.windows import (
    robust_scale,
    window_differences,
    without_weekdays,
)

_WIDTH = 4
_CLEARLY = 0.9
_ORDINARY = 4.0
_ALIKE = 0.5
_LEAST_RESPONSE, _MOST_RESPONSE = 0.3, 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Departures:
    """Sensors beside their networks.

    Attributes
    ----------
    own
        Each sensor's level less what it has in itself, shape (n_sensors, n_days).
    network, beside
        What its network does, and the sensor less that, in the same shape.
    neighbours
        Positions of each sensor's neighbours.
    logarithmic
        Whether levels are logarithms, so that departures are ratios.
    """

    own: Vector
    network: Vector
    beside: Vector
    neighbours: list[Whole]
    logarithmic: bool


def departures(days: Daily, places: Places | None = None) -> Departures:
    """Return the departures of one column, as ratios if the network then explains clearly more.

    A sensor that moves with its network, but more or less than it does, is set beside that multiple
    of it which its moves from one pair of days to the next show: what it did over months, such as a
    season or a drift, plays no part in that.
    """
    neighbours = neighbours_of(days.sensors, places)
    plain, left = _departures(days.median, days.day, neighbours)
    if np.nanmin(days.median, initial=np.inf) > 0:
        ratios, left_of_ratios = _departures(np.log(days.median), days.day, neighbours)
        if left_of_ratios < _CLEARLY * left:
            return replace(ratios, logarithmic=True)
    return plain


def without_one(apart: Departures, sensor: int) -> Vector:
    """Return the departures of a sensor's neighbours from each other, shape (n_neighbours, n_days).

    The sensor itself plays no part, so that what it does is not seen in them. Of more than forty
    neighbours, some are taken.
    """
    near = apart.own[apart.neighbours[sensor]]
    if near.shape[0] > ENOUGH_NEIGHBOURS:
        return apart.beside[apart.neighbours[sensor]][:: near.shape[0] // ENOUGH_NEIGHBOURS]
    together = median_by_day(near)
    return near - _response(near, np.broadcast_to(together, near.shape))[:, None] * together


def _departures(median: Vector, day: Whole, neighbours: list[Whole]) -> tuple[Departures, float]:
    """Return departures, and which share of the variation from days to days is left in them."""
    level = without_weekdays(median, day)
    own = polished(level)
    everyone = np.ones(level.shape[0], dtype=np.bool_)
    network = network_of(level, neighbours, everyone).level
    beside = own - _response(own, network)[:, None] * network
    left = robust_scale(window_differences(beside, _WIDTH, _WIDTH))
    whole = robust_scale(window_differences(level, _WIDTH, _WIDTH))
    known = np.isfinite(left) & (whole > 0)
    share = float(np.median(left[known] / whole[known])) if known.any() else 1.0
    apart = Departures(
        own=own, network=network, beside=beside, neighbours=neighbours, logarithmic=False
    )
    return apart, share


def _response(level: Vector, network: Vector) -> Vector:
    """Return by how much each sensor moves when its network does by 1, shape (n_sensors,)."""
    own, common = window_differences(level, 2, 2), window_differences(network, 2, 2)
    ordinary = np.isfinite(own) & np.isfinite(common)
    for one in (own, common):
        scale = np.nan_to_num(robust_scale(one))[:, None]
        ordinary &= np.abs(np.nan_to_num(one)) <= _ORDINARY * scale
    x, y = np.where(ordinary, common, 0.0), np.where(ordinary, own, 0.0)
    xx, yy, xy = (x * x).sum(axis=1), (y * y).sum(axis=1), (x * y).sum(axis=1)
    slope = np.clip(xy / np.where(xx > 0, xx, 1.0), _LEAST_RESPONSE, _MOST_RESPONSE)
    return np.where((xy > 0) & (xy**2 >= _ALIKE * xx * yy) & (xx > 0), slope, 1.0)
