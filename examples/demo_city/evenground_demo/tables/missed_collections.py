"""Missed collections by month, and what the evening round in Foundry truly did to them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground_demo.world import World

MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13))
PER_RESIDENT_AND_MONTH = 0.0024
BY_CLASS = (0.75, 1.0, 1.4)
TREATED_DISTRICT = "06"
TREATED_FROM = "2025-03"
EFFECT = 0.70
"""True effect of the evening round: missed collections are multiplied by this."""

TREND_PER_MONTH = 0.004
"""Everywhere, missed collections grow by this share a month, which misleads before-and-after."""


def expected_missed(world: World) -> NDArray[np.float64]:
    """Return the true expected counts, (n_areas, n_months)."""
    month = np.arange(len(MONTHS))
    season = 1.0 + 0.18 * np.cos(2.0 * np.pi * (month % 12 - 6) / 12.0)
    base = PER_RESIDENT_AND_MONTH * world.people.total * world.of_class(BY_CLASS, 1.0)
    expected = base[:, None] * (season * np.exp(TREND_PER_MONTH * month))[None, :]
    treated = np.array([area.district == TREATED_DISTRICT for area in world.areas])
    after = np.array([name >= TREATED_FROM for name in MONTHS])
    return np.where(treated[:, None] & after[None, :], EFFECT, 1.0) * expected


def missed_year_rows(world: World) -> list[dict[str, Any]]:
    """Return the same counts, added up over the last year."""
    last = MONTHS[-1][:4]
    total: dict[str, int] = {}
    for row in missed_rows(world):
        if row["period"].startswith(last):
            total[row["area_id"]] = total.get(row["area_id"], 0) + row["value"]
    return [
        {
            "area_id": area_id,
            "indicator": "missed_collections_year",
            "period": last,
            "value": value,
            "unit": "missed collections",
            "source": "Hotline and drivers' logs",
            "edition": "2024",
        }
        for area_id, value in total.items()
    ]


def missed_rows(world: World) -> list[dict[str, Any]]:
    """Return counts by area and month."""
    counts = world.rng("missed_collections").poisson(expected_missed(world))
    return [
        {
            "area_id": area.code,
            "indicator": "missed_collections",
            "period": month,
            "value": int(counts[i, j]),
            "unit": "missed collections",
            "source": "Hotline and drivers' logs",
            "edition": "2024",
        }
        for i, area in enumerate(world.areas)
        for j, month in enumerate(MONTHS)
    ]
