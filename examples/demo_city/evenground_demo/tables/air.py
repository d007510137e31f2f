"""Nitrogen dioxide by area as a model gives it, with one measuring box that had stood still."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenground_demo.areas import middles
from evenground_demo.land import placed
from evenground_demo.people import field
from evenground_demo.world import World

STUCK_VALUE = 31.4
N_STUCK = 4
"""In this many areas the model copied a broken box's last value instead of working one out."""


def air_rows(world: World) -> list[dict[str, Any]]:
    """Return yearly means of 2024 in µg/m³ with 90 % margins."""
    rng = world.rng("air")
    middle = middles(world.areas)
    port = np.hypot(*(middle - placed(np.array([-2400.0, 900.0]))).T)
    value = 11.0 + 9.0 * np.exp(-world.centre_metres / 2500.0) + 11.0 * np.exp(-port / 1300.0)
    value += 0.8 * field(middle, length=700.0, rng=rng)
    stuck = stuck_areas(world)
    return [
        {
            "area_id": area.code,
            "indicator": "no2",
            "period": "2024",
            "value": STUCK_VALUE if area.code in stuck else round(float(value[i]), 1),
            "margin": round(1.2 + 0.08 * float(value[i]), 1),
            "unit": "µg/m³",
            "source": "Air model of the environment department",
            "edition": "2024",
        }
        for i, area in enumerate(world.areas)
    ]


def stuck_areas(world: World) -> tuple[str, ...]:
    """Return the codes of the areas with the copied value."""
    homes = [area.code for area in world.areas if area.district == "04" and area.use == "homes"]
    return tuple(homes[3 : 3 + N_STUCK])
