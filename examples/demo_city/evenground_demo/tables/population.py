"""Population as two offices hold it: a register rounded to fives, a survey with margins."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground_demo.people import FEWEST_RESIDENTS
from evenground_demo.world import World

ROUNDED_TO = 5
SAMPLED = 1 / 12
"""Share of residents whose household answered the survey."""

DESIGN_EFFECT = 1.3
"""Variance of the survey's clustered sample over that of a simple random one."""

Z_90 = 1.6448536269514722
REGISTERED = ("under_18", "age_18_to_64", "age_65_plus", "foreign_born")
SURVEYED = ("low_income", "renters", "owners", "without_car")


def register_rows(world: World) -> list[dict[str, Any]]:
    """Return the register of 1 January 2024: one row per area and group, rounded to fives."""
    people = world.people
    counts = {"total": people.total, **{name: people.group[name] for name in REGISTERED}}
    return [
        {
            "area_id": area.code,
            "group": name,
            "count": rounded(int(count[i])),
            "rounded_to": ROUNDED_TO,
            "vintage": "2024",
            "edition": "2024",
        }
        for i, area in enumerate(world.areas)
        for name, count in counts.items()
    ]


def survey_rows(world: World) -> list[dict[str, Any]]:
    """Return the survey of 2022-2024: estimates with 90 % margins, empty where too few answered."""
    rng = world.rng("survey")
    rows: list[dict[str, Any]] = [{"area_id": area.code, "name": area.name} for area in world.areas]
    asked = {name: sampled(world, name, rng=rng) for name in SURVEYED if name != "owners"}
    share, error = asked["renters"]
    asked["owners"] = (1.0 - share, error)
    for name in SURVEYED:
        for row, total, share_here, error_here in zip(
            rows, world.people.total, *asked[name], strict=True
        ):
            known = not np.isnan(share_here)
            row[name] = round(float(total * share_here)) if known else None
            row[f"{name}_moe"] = round(float(total * error_here * Z_90)) if known else None
    return rows


def sampled(
    world: World, group: str, *, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ask a sample: estimated shares and their standard errors by area; NaN where few live."""
    total, share = world.people.total, world.people.share(group)
    n = np.maximum(np.round(total * SAMPLED), 1.0)
    effective = np.maximum(np.round(n / DESIGN_EFFECT), 1.0).astype(np.int64)
    found = rng.binomial(effective, share) / effective
    # The published error adds half an answer, so that none and all are not said to be certain.
    smoothed = (found * effective + 0.5) / (effective + 1.0)
    error = np.sqrt(smoothed * (1.0 - smoothed) / effective * (1.0 - SAMPLED))
    peopled = total >= FEWEST_RESIDENTS
    return np.where(peopled, found, np.nan), np.where(peopled, error, np.nan)


def rounded(count: int) -> int:
    """Round to the nearest five, as the register's publisher does."""
    return ROUNDED_TO * round(count / ROUNDED_TO)
