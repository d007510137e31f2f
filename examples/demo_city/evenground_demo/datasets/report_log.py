"""The app's log of 2025: every report of a full bin, with the incident that it belongs to.

How often an open incident is reported again tells how soon residents report: in lower-income areas
four times more slowly, as planted in ``tables/bins_in_need.py``.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground_demo.tables.bins_in_need import (
    REPORTED_BY_CLASS,
    REPORTED_ELSEWHERE,
    expected_overflows,
)
from evenground_demo.world import World

OPEN_DAYS = 2.0
"""A full bin stays full for so long, until a crew comes."""

YEAR = datetime(2025, 1, 1)  # noqa: DTZ001 - the clock on the wall in Quillhaven
DAYS = 365


def reports_per_day(world: World) -> NDArray[np.float64]:
    """Return how often a full bin is reported a day, by area: so that a class's share is met."""
    share = world.of_class(REPORTED_BY_CLASS, REPORTED_ELSEWHERE)
    return -np.log1p(-share) / OPEN_DAYS


def log_rows(world: World) -> list[dict[str, Any]]:
    """Return one report a row, sorted by time; what nobody reported is not in it."""
    rng = world.rng("report_log")
    rate = reports_per_day(world)
    n_full = rng.poisson(expected_overflows(world))
    reports: list[tuple[datetime, datetime, int, str]] = []
    incident = 0
    for index, area in enumerate(world.areas):
        for start in rng.uniform(0.0, DAYS - OPEN_DAYS, n_full[index]).tolist():
            n = int(rng.poisson(rate[index] * OPEN_DAYS))
            incident += n > 0
            cleared = YEAR + timedelta(days=start + OPEN_DAYS)
            reports += [
                (YEAR + timedelta(days=day), cleared, incident, area.code)
                for day in rng.uniform(start, start + OPEN_DAYS, n).tolist()
            ]
    return [
        {
            "report_id": f"R{number:05d}",
            "incident_id": f"F{of:05d}",
            "reported_at": f"{when:%Y-%m-%d %H:%M:%S}",
            "cleared_at": f"{cleared:%Y-%m-%d %H:%M:%S}",
            "area_id": code,
        }
        for number, (when, cleared, of, code) in enumerate(sorted(reports), start=1)
    ]
