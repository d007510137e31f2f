"""What the other sensors of the network say of a day, so that weather is not taken for a fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.data.measures.network.windows import (
    known_median,
    robust_scale,
    window_differences,
)

LEAST_NEIGHBOURS = 5
"""Fewer neighbours are no network."""
NEAREST = 10
"""So many of the nearest sensors are a sensor's neighbours where places are known."""
_POLISHES = 3
_ALL_TOGETHER = 60
"""From this many sensors on, one more or less in a median is nothing."""
_HELPS = 0.8


class Places(NamedTuple):
    """Where sensors stand, in metres of any plane; arrays of the same length."""

    sensor: tuple[str, ...]
    x: Vector
    y: Vector


@dataclass(frozen=True, slots=True)
class Network:
    """What the neighbours of each sensor have in common.

    Attributes
    ----------
    level
        Median of the neighbours' figures less what each has in itself, shape of the figures;
        ``nan`` where fewer than five neighbours have the day.
    n_neighbours
        Neighbours of each sensor, shape (n_sensors,).
    """

    level: Vector
    n_neighbours: Whole


def neighbours_of(sensors: tuple[str, ...], places: Places | None) -> list[Whole]:
    """Return each sensor's neighbours as positions: the nearest ten, or all others.

    A sensor whose place is not known has none if places of others are.
    """
    everyone = np.arange(len(sensors), dtype=np.int64)
    if places is None:
        return [everyone[everyone != i] for i in everyone]
    where = {code: k for k, code in enumerate(places.sensor)}
    at = np.array([where.get(code, -1) for code in sensors], dtype=np.int64)
    xy = np.stack([places.x, places.y], axis=1)[at]
    xy[(at < 0) | ~np.isfinite(xy).all(axis=1)] = np.nan
    near: list[Whole] = []
    for i in everyone:
        distance = np.hypot(*(xy - xy[i]).T)
        distance[i] = np.nan
        order = np.argsort(distance, kind="stable")
        near.append(order[: min(NEAREST, int(np.isfinite(distance).sum()))])
    return near


def network_of(figures: Vector, neighbours: list[Whole], alike: Flags) -> Network:
    """Return what each sensor's neighbours have in common.

    Parameters
    ----------
    figures, shape (n_sensors, n_days)
        One figure of each day; ``nan`` where there is none.
    neighbours
        Positions of each sensor's neighbours.
    alike, shape (n_sensors,)
        Sensors whose figures are of one kind; those of the other kind are no neighbours to them.
    """
    own = np.full(figures.shape, np.nan)
    for kind in (True, False):
        mine = alike == kind
        own[mine] = polished(figures[mine])
    level = np.full(figures.shape, np.nan)
    counts = np.zeros(len(neighbours), dtype=np.int64)
    together: dict[bool, Vector] = {}
    for i, near in enumerate(neighbours):
        kind = bool(alike[i])
        others = near[alike[near] == kind]
        counts[i] = others.size
        if others.size < LEAST_NEIGHBOURS:
            continue
        if others.size < _ALL_TOGETHER:
            level[i] = median_by_day(own[others])
        else:
            if kind not in together:
                together[kind] = median_by_day(own[alike == kind])
            level[i] = together[kind]
    return Network(level, counts)


def says_something(figures: Vector, network: Vector) -> Flags:
    """Say for which sensors the network takes away a fifth or more of what a series varies by."""
    alone = robust_scale(window_differences(figures, 4, 4))
    beside = robust_scale(window_differences(figures - network, 4, 4))
    return np.isfinite(beside) & (beside <= _HELPS * alone)


def polished(figures: Vector) -> Vector:
    """Return figures less what each sensor has in itself.

    Source: Tukey (1977), Exploratory Data Analysis, chapter 11 (median polish).
    """
    own = np.zeros((figures.shape[0], 1))
    for _ in range(_POLISHES):
        day = np.nan_to_num(known_median(figures - own, axis=0))
        own = np.nan_to_num(known_median(figures - day, axis=1))[:, None]
    return figures - own


def median_by_day(x: Vector) -> Vector:
    """Return the median of each day of (n_sensors, n_days), ``nan`` if fewer than five have it."""
    enough = np.isfinite(x).sum(axis=0) >= LEAST_NEIGHBOURS
    return np.where(enough, known_median(x, axis=0), np.nan)
