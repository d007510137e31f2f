"""Readings as files hold them, with faults planted where a test wants them: texts of CSV."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np

FIRST = datetime(2024, 1, 1)  # noqa: DTZ001 - clocks as written
Cell = Callable[[int, int, float], str | None]


def hourly(*, n_sensors: int = 6, n_days: int = 20, cell: Cell | None = None, seed: int = 1) -> str:
    """Return hourly readings of sensors as CSV: station, measured_at, pm25.

    ``cell(sensor, hour, value)`` returns what is written for a reading, or ``None`` to leave the
    row out.
    """
    rng = np.random.default_rng(seed)
    lines = ["station,measured_at,pm25"]
    for sensor in range(n_sensors):
        noise = rng.normal(0, 1.5, n_days * 24)
        for hour in range(n_days * 24):
            value = 20 + 6 * math.sin(hour / 4) + sensor + float(noise[hour])
            text = f"{value:.1f}" if cell is None else cell(sensor, hour, value)
            if text is not None:
                time = (FIRST + timedelta(hours=hour)).isoformat(sep=" ")
                lines.append(f"ST-{sensor:02},{time},{text}")
    return "\n".join(lines) + "\n"
