"""The one that was tried: rounds that follow tallies in 24 areas drawn by lot, and what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground_demo.tables.bins_in_need import FOUND_BY_CREWS, expected_overflows
from evenground_demo.world import CLASSES, World

KEY = "rounds_by_need"
MONTHS = tuple(f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13))
START = MONTHS.index("2024-10")
DRAWN_PER_THIRD = 8
FACTOR_BY_CLASS = (0.86, 0.80, 0.76)
"""Planted: full bins in a drawn area, relative, in higher-, middle-, lower-income areas."""

HOURS_MORE = 0.2
"""Planted: hours on the road that each drawn area takes more, per month."""

LATE = 3
"""So many drawn areas begin two months later than planned."""

COST_OF_TRIAL = 33_400
"""What the trial cost in its first full year; 30,000 were promised."""

_SEASON = (0.78, 0.80, 0.9, 1.0, 1.1, 1.22, 1.3, 1.25, 1.1, 0.95, 0.82, 0.78)
_DEPOSIT_FROM, _DEPOSIT = MONTHS.index("2025-07"), 0.93


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Which areas were drawn, where they begin, (n_peopled,): columns of ``MONTHS``."""

    areas: NDArray[np.int64]
    planned: NDArray[np.int64]
    started: NDArray[np.int64]


def lot(world: World, *, again: int = 0) -> Lot:
    """Draw eight areas in each third; those not drawn start never. ``again`` draws others."""
    rng = world.rng(_stream("lot", again))
    areas = np.flatnonzero(world.income_class >= 0)
    planned = np.full(areas.size, len(MONTHS))
    for third in range(len(CLASSES)):
        members = np.flatnonzero(world.income_class[areas] == third)
        planned[rng.choice(members, DRAWN_PER_THIRD, replace=False)] = START
    started = planned.copy()
    started[rng.choice(np.flatnonzero(planned == START), LATE, replace=False)] += 2
    return Lot(areas=areas, planned=planned, started=started)


def expected(
    world: World, drawn: Lot, *, again: int = 0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return expected full bins by area and month without and with the new rounds."""
    rng = world.rng(_stream("months", again))
    season = np.array(_SEASON)[np.arange(len(MONTHS)) % 12]
    shock = np.exp(rng.normal(0.0, 0.06, len(MONTHS)))
    deposit = np.where(np.arange(len(MONTHS)) >= _DEPOSIT_FROM, _DEPOSIT, 1.0)
    own = np.exp(rng.normal(0.0, 0.08, (drawn.areas.size, len(MONTHS))))
    yearly = expected_overflows(world)[drawn.areas] * FOUND_BY_CREWS
    without = yearly[:, None] / 12 * (season * shock * deposit)[None, :] * own
    on = np.arange(len(MONTHS))[None, :] >= drawn.started[:, None]
    factor = np.array(FACTOR_BY_CLASS)[world.income_class[drawn.areas]]
    return without, without * np.where(on, factor[:, None], 1.0)


def effect_of_being_drawn(world: World, drawn: Lot, *, again: int = 0) -> float:
    """Return the planted effect: full bins a month in areas drawn, from the planned start on."""
    without, with_ = expected(world, drawn, again=again)
    chosen = drawn.planned < len(MONTHS)
    return float((with_ - without)[chosen, START:].mean())


def found(world: World, drawn: Lot, *, again: int = 0) -> NDArray[np.int64]:
    """Return full bins that crews found, by area and month."""
    _, mean = expected(world, drawn, again=again)
    return world.rng(_stream("outcomes", again)).poisson(mean)


def outcome_rows(world: World) -> list[dict[str, Any]]:
    """Return full bins found and hours on the road, by area and month."""
    drawn = lot(world)
    _, mean = expected(world, drawn)
    rng = world.rng(_stream("hours", 0))
    on = np.arange(len(MONTHS))[None, :] >= drawn.started[:, None]
    hours = 6.0 + 0.08 * mean + HOURS_MORE * on + rng.normal(0.0, 0.5, mean.shape)
    cost = {
        "indicator": "cost_of_trial", "unit_id": "all", "period": "2025", "value": COST_OF_TRIAL,
    }  # fmt: skip
    values = {"full_bins_per_month": found(world, drawn), "hours_on_the_road": np.round(hours, 2)}
    measured = [
        {
            "indicator": indicator,
            "unit_id": world.areas[int(area)].code,
            "period": month,
            "value": value[i, t].item(),
            "denominator": int(world.people.total[area]),
        }
        for indicator, value in values.items()
        for i, area in enumerate(drawn.areas)
        for t, month in enumerate(MONTHS)
    ]
    return [*measured, cost]


def rollout_rows(world: World) -> list[dict[str, Any]]:
    """Return which area was to start when, and did; those not drawn stand there too."""
    drawn = lot(world)
    return [
        {
            "unit_id": world.areas[int(area)].code,
            "planned_start": _day(drawn.planned[i]),
            "started": _day(drawn.started[i]),
            "arm": "drawn" if drawn.planned[i] < len(MONTHS) else "not drawn",
            "stratum": CLASSES[world.income_class[area]],
        }
        for i, area in enumerate(drawn.areas)
    ]


def _stream(what: str, again: int) -> str:
    return f"{what} {KEY}" + (f", {again}" if again else "")


def _day(column: int) -> str:
    return f"{MONTHS[column]}-01" if column < len(MONTHS) else ""
