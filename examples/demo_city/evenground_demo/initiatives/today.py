"""The litter bins that stand today, as both bin initiatives list them."""

from __future__ import annotations

from typing import Any

from evenground_demo.tables.services import service_rows
from evenground_demo.world import World


def today_rows(world: World) -> list[dict[str, Any]]:
    """Return today's litter bins as sites without an option."""
    return [
        {
            "site_id": row["service_id"],
            "kind": "open bin",
            "units": 1,
            "capacity": row["capacity"],
            "installed": row["opened"],
            "x": row["geometry"].x,
            "y": row["geometry"].y,
        }
        for row in service_rows(world)
        if row["kind"] == "litter_bin"
    ]
