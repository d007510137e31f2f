"""Services that exist: places, bus stops, litter bins of today, roads and the tram."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from evenground_demo.land import placed, smooth
from evenground_demo.people import scattered
from evenground_demo.world import World

KINDS: Mapping[str, tuple[int, tuple[float, float, float], str]] = {
    # kind: (how many, how often per resident by income class, provider)
    "library": (11, (1.5, 1.0, 0.8), "city"),
    "clinic": (16, (1.6, 1.0, 0.7), "company"),
    "school": (34, (0.9, 1.0, 1.1), "city"),
    "recycling_point": (72, (1.5, 1.0, 0.6), "company"),
    "public_toilet": (14, (1.8, 1.0, 0.5), "city"),
    "playground": (58, (1.2, 1.0, 0.9), "city"),
    "repair_cafe": (9, (0.7, 1.0, 1.5), "association"),
    "compost_yard": (13, (1.0, 1.2, 0.6), "residents"),
    "caretaker_round": (18, (0.2, 0.6, 2.2), "landlord"),
    "bus_stop": (210, (0.9, 1.0, 1.1), "city"),
    "litter_bin": (460, (1.15, 1.0, 0.9), "city"),
}
_CAPACITY = {"school": (180, 620), "litter_bin": (50, 110), "recycling_point": (1500, 4500)}
_CLOSED = {"library": 2, "clinic": 1}
_ROADS = {
    "Northern Road": [(-300, 600), (-900, 1700), (-1500, 3100), (-2100, 4400), (-2500, 5600)],
    "Hazel Road": [(-300, 600), (700, 1500), (1900, 2500), (3000, 3900), (4000, 4400)],
    "Eastern Road": [(-300, 600), (900, 500), (2200, 800), (3700, 900), (5200, 900), (7000, 500)],
    "Market Bridge Road": [(-300, 600), (-750, -100), (-900, -900), (-700, -1700), (300, -2700)],
    "Marsh Road": [(-900, -900), (-1900, -1700), (-2900, -2600), (-3700, -3300), (-4300, -4200)],
    "Toll Road": [(-700, -1700), (900, -2100), (2300, -2800), (3900, -3000), (6000, -3200)],
}
_TRAM = {
    "Tram 1": [(-2500, 4300), (-1900, 3500), (-1000, 1900), (-400, 700), (-800, -300),
               (-700, -1400), (600, -2000), (2100, -2600)],
    "Tram 2": [(-1900, 900), (-400, 700), (1100, 600), (2500, 800), (4200, 1000), (5600, 800)],
}  # fmt: skip


def service_rows(world: World) -> list[dict[str, Any]]:
    """Return places, stops, bins and lines with provider, capacity and dates."""
    rows: list[dict[str, Any]] = []
    for kind, (n, by_class, provider) in KINDS.items():
        rng = world.rng(f"services {kind}")
        for number, (area, point) in enumerate(_places(world, n, by_class, rng), start=1):
            rows.append(
                {
                    "service_id": f"{kind[:3].upper()}{number:03d}",
                    "kind": kind,
                    "name": f"{world.areas[area].name} {kind.replace('_', ' ')}",
                    "provider": provider,
                    "capacity": int(rng.integers(*_CAPACITY[kind])) if kind in _CAPACITY else None,
                    "opened": date(int(rng.integers(1955, 2022)), int(rng.integers(1, 13)), 15),
                    "closed": date(2023, 6, 30) if number <= _CLOSED.get(kind, 0) else None,
                    "geometry": shapely.Point(point),
                }
            )
    return rows + _lines("main_road", _ROADS) + _lines("tram_line", _TRAM)


def _places(
    world: World, n: int, by_class: tuple[float, float, float], rng: np.random.Generator
) -> list[tuple[int, NDArray[np.float64]]]:
    weight = world.people.total * world.of_class(by_class, 0.3)
    chosen = np.sort(rng.choice(len(weight), n, p=weight / weight.sum()))
    return [
        (int(i), scattered(world.areas[i].shape, 1, rng=rng, inside_by=12.0)[0]) for i in chosen
    ]


def _lines(kind: str, lines: Mapping[str, list[tuple[int, int]]]) -> list[dict[str, Any]]:
    return [
        {
            "service_id": f"{kind[:2].upper()}{number:03d}",
            "kind": kind,
            "name": name,
            "provider": "city",
            "geometry": shapely.LineString(
                np.round(placed(smooth(np.array(points, float), rounds=2)), 1)
            ),
        }
        for number, (name, points) in enumerate(lines.items(), start=1)
    ]
