"""A day in three figures: how high it lies, and how far it reaches up and down from there.

A conversion to another unit moves all three in a known way; a shift moves the first alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.data.measures.network.daily import Daily
from evenground.questions.data.measures.network.windows import known_median, without_weekdays

_MOSTLY = 0.99
_NEARLY = 0.9
_SMALL = 0.2
_FLOOR = 0.25
"""Reaches far below the usual one are told apart less and less: added before taking logarithms, as
a share of the usual reach."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How the figures of some sensors are scaled.

    Attributes
    ----------
    logarithmic
        Whether the level is the logarithm of the median, shape (n_sensors,).
    floor
        Added to reaches upwards and downwards, shape (2, n_sensors); ``nan`` without any reach.
    """

    logarithmic: Flags
    floor: Vector

    def of(self, sensor: int) -> Scale:
        """Return the scale of one sensor."""
        return Scale(self.logarithmic[[sensor]], self.floor[:, [sensor]])


def scale_of(days: Daily) -> Scale:
    """Return the scale that suits each sensor.

    Levels are logarithms where ratios mean something: values of 0 or more and medians above 0, for
    nine sensors in ten or more. A few days may differ, as placeholders such as -999 are no values.
    """
    found = np.isfinite(days.median)
    n = np.maximum(found.sum(axis=1), 1)
    above = (found & (days.median > 0)).sum(axis=1) / n
    not_below = (found & (days.low >= 0)).sum(axis=1) / n
    ratios = (above >= _MOSTLY) & (not_below >= _NEARLY)
    if ratios.size and ratios.mean() < _NEARLY:
        ratios = np.zeros_like(ratios)
    reach = np.stack([days.high - days.median, days.median - days.low])
    return Scale(ratios, _FLOOR * _usual(reach))


def counts_activity(days: Daily) -> Flags:
    """Say which sensors count what people do: whole numbers that are small once a day.

    Shape (n_sensors,). Such counts are multiplied by holidays and storms, which other values are
    not.
    """
    whole = np.isfinite(days.resolution) & (days.resolution % 1 == 0)
    known = np.maximum(np.isfinite(days.resolution).sum(axis=1), 1)
    above = np.where(days.median > 0, days.median, np.nan)
    small = known_median(days.low / above)
    return (whole.sum(axis=1) >= _NEARLY * known) & (np.nan_to_num(small, nan=1.0) <= _SMALL)


def day_features(profile: Vector, scale: Scale) -> Vector:
    """Return level and reach of each day.

    Parameters
    ----------
    profile, shape (3, n_sensors, n_days)
        Low, median and high.
    scale
        How each sensor's are scaled.

    Returns
    -------
    array, shape (n_sensors, 3, n_days)
        Level, logarithm of the reach upwards, and of the reach downwards; ``nan`` without meaning.
    """
    low, median, high = profile
    up, down = scale.floor
    level = np.where(scale.logarithmic[:, None], _log(median), median)
    reach_up, reach_down = high - median + up[:, None], median - low + down[:, None]
    return np.stack([level, _log(reach_up), _log(reach_down)], axis=1)


def steady_features(days: Daily, scale: Scale) -> Vector:
    """Return level and reach of each day, less what the weekdays have in themselves."""
    return without_weekdays(day_features(days.profile, scale), days.day)


def _usual(reach: Vector) -> Vector:
    """Return the median reach of each sensor, ``nan`` where it is 0 or unknown."""
    usual = known_median(reach)
    return np.where(usual > 0, usual, np.nan)


def _log(x: Vector) -> Vector:
    return np.log(np.where(x > 0, x, np.nan))
