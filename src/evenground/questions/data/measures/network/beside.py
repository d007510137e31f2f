"""A column's features beside those of its network."""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.data.measures.network.daily import Daily
from evenground.questions.data.measures.network.features import Scale
from evenground.questions.data.measures.network.reference import (
    Places,
    neighbours_of,
    network_of,
    says_something,
)


def beside_network(
    features: Vector, days: Daily, scale: Scale, places: Places | None
) -> Vector | None:
    """Return what the network says of features (n_sensors, 3, n_days), in the same shape.

    ``nan`` for sensors of which it says nothing; ``None`` if it says nothing of any.
    """
    near = neighbours_of(days.sensors, places)
    level = network_of(features[:, 0], near, scale.logarithmic).level
    helps = says_something(features[:, 0], level)
    if not helps.any():
        return None
    reaches = [network_of(features[:, k], near, scale.logarithmic).level for k in (1, 2)]
    network = np.stack([level, *reaches], axis=1)
    network[~helps] = np.nan
    return network
