"""Areas of both editions and districts as layers; blocks as points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely

from evenground_demo.areas import Area, District
from evenground_demo.world import World


def small_area_rows(areas: Sequence[Area], *, edition: str) -> list[dict[str, Any]]:
    """Return small areas with code, name, district and edition."""
    return [
        {
            "area_id": area.code,
            "name": area.name,
            "level": "small_area",
            "parent_id": area.district,
            "edition": edition,
            "geometry": area.shape,
        }
        for area in areas
    ]


def district_rows(districts: Sequence[District], *, edition: str) -> list[dict[str, Any]]:
    """Return districts; their codes have two digits."""
    return [
        {
            "area_id": district.code,
            "name": district.name,
            "level": "district",
            "edition": edition,
            "geometry": district.shape,
        }
        for district in districts
    ]


def block_rows(world: World) -> list[dict[str, Any]]:
    """Return the blocks where people live, as points with their residents."""
    people = world.people
    return [
        {
            "point_id": f"B{number:04d}",
            "area_id": world.areas[int(people.block_area[i])].code,
            "count": int(people.block_count[i]),
            "geometry": shapely.Point(people.block[i]),
        }
        for number, i in enumerate(range(len(people.block)), start=1)
    ]
