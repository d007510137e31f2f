"""The bad initiative: 200 sensor bins, thick in the well-off centre, thin in lower-income areas."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground_demo.siting import settled_places, whole_shares
from evenground_demo.world import World

KEY = "sensor_bins"
N_UNITS = 200
N_ON_EDGE = 9
RATE_BY_CLASS = (1.0, 0.62, 0.38)
"""Planted: bins per resident, relative to higher-income areas."""

CENTRE_METRES = 1800.0
"""Within a class, bins thin out from the old market with this length."""


def class_units(world: World) -> NDArray[np.int64]:
    """Return bins by income class, shape (3,): as near to the planted rates as whole bins allow."""
    residents = np.array([world.people.total[world.income_class == c].sum() for c in range(3)])
    return whole_shares(residents * np.array(RATE_BY_CLASS), N_UNITS)


def site_rows(world: World) -> list[dict[str, Any]]:
    """Return the places, one to three bins at each."""
    rng = world.rng(f"sites {KEY}")
    rows: list[dict[str, Any]] = []
    for income_class, n_bins in enumerate(class_units(world)):
        groups = _groups_of_bins(int(n_bins), rng)
        drawn = rng.choice(len(world.areas), len(groups), p=_chances(world, income_class))
        per_area = np.bincount(drawn, minlength=len(world.areas))
        on_edge = N_ON_EDGE // 3
        places = settled_places(world, per_area, rng=rng, n_on_edge=on_edge)
        rows += [
            {
                "name": world.areas[place.area].name,
                "kind": "sensor bin",
                "units": n,
                "x": place.point.x,
                "y": place.point.y,
                "option": KEY,
            }
            for place, n in zip(places, groups, strict=True)
        ]
    return [{"site_id": f"VX-{i:04d}", **row} for i, row in enumerate(rows, start=1)]


def _groups_of_bins(n: int, rng: np.random.Generator) -> list[int]:
    groups: list[int] = []
    while sum(groups) < n:
        groups.append(min(int(rng.choice([1, 1, 1, 2, 2, 3])), n - sum(groups)))
    return groups


def _chances(world: World, income_class: int) -> NDArray[np.float64]:
    near = np.exp(-world.centre_metres / CENTRE_METRES)
    weight = np.where(world.income_class == income_class, world.people.total * near, 0.0)
    return weight / weight.sum()
