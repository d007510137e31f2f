"""Homes without internet: a survey of 2018, on the boundaries of 2018."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from evenground_demo.people import FEWEST_RESIDENTS
from evenground_demo.tables.population import Z_90
from evenground_demo.world import World

PEOPLE_PER_HOME = 2.1
HOMES_ASKED = 0.10


def internet_rows(world: World) -> list[dict[str, Any]]:
    """Return the share of homes without internet by area of 2018, per cent, with 90 % margins."""
    rng = world.rng("internet")
    share = world.people.share("without_internet")
    residents, without = by_old_area(world, np.ones(len(share))), by_old_area(world, share)
    rows: list[dict[str, Any]] = []
    for area, people, offline in zip(world.editions.old, residents, without, strict=True):
        if people < FEWEST_RESIDENTS:
            continue
        homes = round(people / PEOPLE_PER_HOME)
        asked = max(round(homes * HOMES_ASKED), 1)
        found = rng.binomial(asked, offline / people) / asked
        error = float(np.sqrt((found + 0.5 / asked) * (1.0 - found) / asked * (1.0 - HOMES_ASKED)))
        rows.append(
            {
                "area_id": area.code,
                "indicator": "no_internet_share",
                "period": "2018",
                "value": round(100.0 * found, 1),
                "margin": round(100.0 * Z_90 * error, 1),
                "numerator": round(found * homes),
                "denominator": homes,
                "unit": "%",
                "source": "Digital life survey 2018",
                "edition": "2018",
            }
        )
    return rows


def by_old_area(world: World, weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up people times a weight of their 2024 area, by area of 2018, (n_old_areas,)."""
    people = world.people
    points = shapely.points(people.block)
    value = people.block_count * weight[people.block_area]
    return np.array(
        [value[shapely.contains(area.shape, points)].sum() for area in world.editions.old]
    )
