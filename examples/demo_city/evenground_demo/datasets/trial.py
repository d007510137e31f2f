"""The vendor's trial of 2023: fill levels of five bins by the hour, and what crews saw beside them.

What was planted stands in ``PLANTED``, so that an audit can be held against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from evenground_demo.land import CRS, placed
from evenground_demo.world import World

ZONE = ZoneInfo("Europe/Amsterdam")
FIRST, LAST = datetime(2023, 3, 1, tzinfo=ZONE), datetime(2023, 8, 31, 23, tzinfo=ZONE)
HOUR = timedelta(hours=1)
BINS = {
    "VX-T1": (-40, 60),
    "VX-T2": (70, -30),
    "VX-T3": (120, 90),
    "VX-T4": (-130, 20),
    "VX-T5": (30, 150),
}
"""The five bins, in metres from the old market: all of them stand in Old Quay."""

PLANTED = {"stuck_hours": 1008, "lost_hours": 552, "repeated": 40, "placeholders": 12}
STUCK = ("VX-T3", datetime(2023, 5, 8, 9, tzinfo=ZONE))
"""A pizza box stood upright: this bin said the same for six weeks from then on."""

STUCK_AT = 96.4
SILENT = (
    ("VX-T2", datetime(2023, 4, 3, tzinfo=ZONE), 14 * 24),
    ("VX-T2", datetime(2023, 7, 10, tzinfo=ZONE), 7 * 24),
    ("VX-T5", datetime(2023, 6, 17, 12, tzinfo=ZONE), 48),
)
"""From when on a sensor sent nothing, and for how many hours."""

REPEATED = ("VX-T4", datetime(2023, 6, 2, 4, tzinfo=ZONE))
PER_MILLE = ("VX-T1", datetime(2023, 7, 24, tzinfo=ZONE))
"""After an update this bin sent tenths of a per cent to the end of the trial."""

PLACEHOLDER = -99.0
READS_HIGH = 6.0
"""The sensor's echo reads this many percentage points more than a crew sees."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """One bin by the hour: when, how full it truly is, and whether a crew just came."""

    when: tuple[datetime, ...]
    level: NDArray[np.float64]
    emptied: NDArray[np.bool_]


def _hours() -> tuple[datetime, ...]:
    """Return every hour of the trial by the clock on the wall, in the order in which they come."""
    n_hours = round((LAST.timestamp() - FIRST.timestamp()) / 3600) + 1
    start = FIRST.timestamp()
    return tuple(datetime.fromtimestamp(start + 3600 * i, ZONE) for i in range(n_hours))


def _filled(rng: np.random.Generator) -> _Filled:
    hours = _hours()
    by_hour = 0.75 * np.array([0.4, 0.3, 0.2, 0.2, 0.3, 0.5, 0.9, 1.4, 1.6, 1.7, 1.9, 2.4,
                        2.6, 2.4, 2.2, 2.1, 2.3, 2.6, 2.5, 2.1, 1.6, 1.2, 0.9, 0.6])  # fmt: skip
    level, emptied = np.zeros(len(hours)), np.zeros(len(hours), dtype=bool)
    now = 20.0
    for i, when in enumerate(hours):
        now += by_hour[when.hour] * rng.gamma(4.0, 0.25) * (1.25 if when.weekday() > 4 else 1.0)  # noqa: PLR2004
        crew = when.hour == 7 and when.weekday() in {0, 2, 4}  # noqa: PLR2004
        level[i] = min(now, 100.0)
        if crew:
            emptied[i], now = True, 3.0
    return _Filled(when=hours, level=level, emptied=emptied)


def _truth(world: World, name: str) -> _Filled:
    return _filled(world.rng(f"trial_2023 {name}"))


def trial_rows(world: World) -> list[dict[str, Any]]:
    """Return what the vendor handed over: one reading a row, local time without a zone."""
    rng = world.rng("trial_2023")
    rows: list[dict[str, Any]] = []
    for name in BINS:
        truth = _truth(world, name)
        said = truth.level + READS_HIGH + rng.normal(0.0, 0.8, len(truth.level))
        rows += _sent(name, truth.when, said, rng)
    return rows


def _sent(
    name: str, when: tuple[datetime, ...], said: NDArray[np.float64], rng: np.random.Generator
) -> list[dict[str, Any]]:
    lon, lat = _degrees(BINS[name])
    value = np.round(np.clip(said, 0.0, 100.0), 1)
    if name == STUCK[0]:
        first = when.index(STUCK[1])
        value[first : first + PLANTED["stuck_hours"]] = STUCK_AT
    if name == PER_MILLE[0]:
        first = when.index(PER_MILLE[1])
        value[first:] = np.round(10.0 * value[first:])
        lost = rng.choice(first, PLANTED["placeholders"], replace=False)
        value[lost] = PLACEHOLDER
    silent = {when.index(start) + i for bin_, start, n in SILENT if bin_ == name for i in range(n)}
    rows = [
        {
            "bin": name,
            "time": f"{moment:%Y-%m-%d %H:%M}",
            "fill_level": float(value[i]),
            "lon": lon,
            "lat": lat,
        }
        for i, moment in enumerate(when)
        if i not in silent
    ]
    if name == REPEATED[0]:
        first = when.index(REPEATED[1])
        rows[first : first + PLANTED["repeated"]] *= 2
    return rows


def crew_rows(world: World) -> list[dict[str, Any]]:
    """Return what crews wrote down before they emptied: the level as they saw it, in tens."""
    seen = world.rng("trial_2023 crews")
    rows: list[dict[str, Any]] = []
    for name in BINS:
        truth = _truth(world, name)
        noted = np.sort(seen.choice(np.flatnonzero(truth.emptied), 24, replace=False))
        level = np.clip(10.0 * np.round((truth.level[noted] + seen.normal(0, 3, 24)) / 10), 0, 100)
        rows += [
            {"bin": name, "time": f"{truth.when[i]:%Y-%m-%d %H:%M}", "fill_level": float(level[n])}
            for n, i in enumerate(noted.tolist())
        ]
    return rows


def _degrees(metres: tuple[int, int]) -> tuple[float, float]:
    from pyproj import Transformer

    x, y = placed(np.array(metres, float))
    lon, lat = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True).transform(x, y)
    return round(lon, 5), round(lat, 5)
