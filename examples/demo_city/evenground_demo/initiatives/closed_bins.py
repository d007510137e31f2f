"""The good initiative: 240 closed litter bins, even by people and even by need."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground_demo.siting import Place, settled_places, whole_shares
from evenground_demo.tables.bins_in_need import expected_overflows
from evenground_demo.world import World

KEY = "closed_bins"
N_UNITS = 240
N_NOT_CHOSEN = 180
N_ON_EDGE = 3
GAUGED = 40
"""The bins farthest from the depot carry a gauge, where a wasted trip costs most."""


def units_by_area(world: World) -> NDArray[np.int64]:
    """Return bins per area: halfway (geometric mean) between people and need."""
    return whole_shares(np.sqrt(world.people.total * expected_overflows(world)), N_UNITS)


def site_rows(world: World) -> list[dict[str, Any]]:
    """Return the 240 chosen places and the 180 that walks proposed and that were not chosen."""
    rng = world.rng(f"sites {KEY}")
    chosen = settled_places(world, units_by_area(world), rng=rng, n_on_edge=N_ON_EDGE, apart=True)
    spare = settled_places(world, whole_shares(_wished(world, rng), N_NOT_CHOSEN), rng=rng)
    gauged = _farthest(world, chosen)
    rows = [
        _row(
            f"C{i + 1:03d}", place, "closed bin with gauge" if i in gauged else "closed bin", world
        )
        | {"option": KEY, "units": 1, "capacity": 120, "candidate": "no"}
        for i, place in enumerate(chosen)
    ]
    return rows + [
        _row(f"N{i:03d}", place, "closed bin", world)
        | {"option": KEY, "units": 1, "capacity": 120, "candidate": "yes"}
        for i, place in enumerate(spare, start=1)
    ]


def _wished(world: World, rng: np.random.Generator) -> NDArray[np.float64]:
    return world.people.total.astype(float) * np.exp(rng.normal(0.0, 0.25, len(world.areas)))


def _row(site_id: str, place: Place, kind: str, world: World) -> dict[str, Any]:
    return {
        "site_id": site_id,
        "name": world.areas[place.area].name,
        "kind": kind,
        "x": place.point.x,
        "y": place.point.y,
    }


def _farthest(world: World, places: list[Place]) -> set[int]:
    away = world.centre_metres[[place.area for place in places]]
    return {int(i) for i in np.argsort(-away, kind="stable")[:GAUGED]}
