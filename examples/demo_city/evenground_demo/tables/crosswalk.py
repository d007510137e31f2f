"""From the areas of 2018 to those of 2024: shares of people, counted from blocks."""

from __future__ import annotations

from typing import Any

import shapely

from evenground_demo.world import World


def crosswalk_rows(world: World) -> list[dict[str, Any]]:
    """Return each old area's parts; shares are exact to four decimals and add up to 1.

    An old area without residents goes by land.
    """
    people = world.people
    points = shapely.points(people.block)
    rows: list[dict[str, Any]] = []
    for old in world.editions.old:
        inside = shapely.contains(old.shape, points)
        counts = {
            i: int(people.block_count[inside & (people.block_area == i)].sum())
            for i in range(len(world.areas))
        }
        if not sum(counts.values()):
            counts = {
                i: round(old.shape.intersection(a.shape).area) for i, a in enumerate(world.areas)
            }
        rows += [
            {
                "from_edition": "2018",
                "from_area": old.code,
                "to_edition": "2024",
                "to_area": world.areas[i].code,
                "share": round(count / sum(counts.values()), 4),
            }
            for i, count in counts.items()
            if round(count / sum(counts.values()), 4) > 0
        ]
    return rows
