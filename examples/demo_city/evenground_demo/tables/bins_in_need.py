"""Bins that overflow: how often they do, how often crews find it, how often the app hears of it.

The app hears most where people have most: its counts are not need. Crews go everywhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground_demo.world import World

PER_RESIDENT = 0.034
NEED_BY_CLASS = (0.93, 1.0, 1.17)
"""Overflowing bins per resident and year, relative, in higher-, middle-, lower-income areas."""

FOUND_BY_CREWS = 0.9
REPORTED_BY_CLASS = (0.62, 0.40, 0.22)
"""Share of overflows that someone reports in the app, by class."""

REPORTED_ELSEWHERE = 0.1
QUARTERS = tuple(f"{year}-Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4))
_SEASON = (0.8, 1.05, 1.25, 0.9)


def expected_overflows(world: World) -> NDArray[np.float64]:
    """Return the true expected number of overflowing bins per year and area, (n_areas,)."""
    footfall = 1.0 + 0.5 * np.exp(-((world.centre_metres / 1500.0) ** 2))
    return PER_RESIDENT * world.people.total * world.of_class(NEED_BY_CLASS, 1.0) * footfall


def found_rows(world: World) -> list[dict[str, Any]]:
    """Return what crews tallied in 2025: full bins found, by area and year."""
    rng = world.rng("full_bins_found")
    found = rng.poisson(expected_overflows(world) * FOUND_BY_CREWS)
    return [
        {
            "area_id": area.code,
            "indicator": "full_bins_found",
            "period": "2025",
            "value": int(found[i]),
            "unit": "full bins",
            "source": "Crews' tally sheets",
            "edition": "2024",
        }
        for i, area in enumerate(world.areas)
    ]


def reported_rows(world: World) -> list[dict[str, Any]]:
    """Return reports in the app by area and quarter."""
    rng = world.rng("overflow_reports")
    reporting = world.of_class(REPORTED_BY_CLASS, REPORTED_ELSEWHERE)
    yearly = expected_overflows(world) * reporting
    return [
        {
            "area_id": area.code,
            "indicator": "overflow_reports",
            "period": quarter,
            "value": int(rng.poisson(yearly[i] / 4.0 * _SEASON[int(quarter[-1]) - 1])),
            "unit": "reports",
            "source": "Reports in the city's app",
            "edition": "2024",
        }
        for i, area in enumerate(world.areas)
        for quarter in QUARTERS
    ]
