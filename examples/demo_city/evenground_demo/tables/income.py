"""The indicator by which areas are sorted into thirds: share of people on a low income."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evenground_demo.tables.population import rounded
from evenground_demo.world import World


def income_rows(world: World, survey: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the share in per cent with its 90 % margin, from the survey's own counts."""
    return [
        {
            "area_id": row["area_id"],
            "indicator": "low_income_share",
            "period": "2024",
            "value": round(100.0 * row["low_income"] / residents, 1),
            "margin": round(100.0 * row["low_income_moe"] / residents, 1),
            "numerator": row["low_income"],
            "denominator": residents,
            "unit": "%",
            "source": "Living conditions survey 2022-2024",
            "edition": "2024",
        }
        for row, residents in zip(survey, map(int, world.people.total), strict=True)
        if row["low_income"] is not None and rounded(residents) > 0
    ]
