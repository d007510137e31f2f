"""Money spent since 2008: public money goes where public money went, private money follows.

Planted: lower-income areas get ``PUBLIC_BY_CLASS`` of what their residents would suggest, every
euro already spent in an area draws more, and private money comes ``LAG_YEARS`` later.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground_demo.world import World

YEARS = tuple(range(2008, 2026))
PUBLIC_PER_YEAR, PRIVATE_PER_YEAR = 26, 20
PUBLIC_BY_CLASS = (1.25, 1.0, 0.75)
CUMULATIVE_ADVANTAGE = 0.6
"""A resident's weight grows by this for every 1,000 euros per head already spent in the area."""

LAG_YEARS = 2
PRICE_YEAR = 2025
_PUBLIC = (
    "Street renewal", "Square and waterfront", "School buildings", "Parks and playgrounds",
    "Cycle paths", "Smart street lights", "Tram stops", "Flood protection", "Libraries",
)  # fmt: skip
_PRIVATE = ("Housing", "Offices", "Hotels", "Shops", "Fibre network", "Charging points")


def spending_rows(world: World) -> list[dict[str, Any]]:
    """Return one row per project: area, year, amount in euros of 2025, programme, payer."""
    rng = world.rng("spending")
    residents = world.people.total.astype(float)
    public = np.zeros((len(YEARS), len(residents)))
    rows: list[dict[str, Any]] = []
    for t, year in enumerate(YEARS):
        per_head = public[:t].sum(axis=0) / np.maximum(residents, 200.0)
        weight = residents * world.of_class(PUBLIC_BY_CLASS, 1.0)
        weight *= 1.0 + CUMULATIVE_ADVANTAGE * per_head / 1_000.0
        projects = _projects(rng, weight, PUBLIC_PER_YEAR, centre=13.1)
        for area, amount in projects:
            public[t, area] += amount
        rows += [
            _row(world, project, year=year, programme=_one_of(_PUBLIC, rng), payer="public")
            for project in projects
        ]
        earlier = public[t - LAG_YEARS] if t >= LAG_YEARS else np.zeros_like(residents)
        draw = residents * world.of_class((1.3, 1.0, 0.7), 0.6) * (1.0 + earlier / 3e5)
        rows += [
            _row(world, project, year=year, programme=_one_of(_PRIVATE, rng), payer="private")
            for project in _projects(rng, draw, PRIVATE_PER_YEAR, centre=13.6)
        ]
    return rows


def _one_of(names: tuple[str, ...], rng: np.random.Generator) -> str:
    return names[int(rng.integers(len(names)))]


def _projects(
    rng: np.random.Generator, weight: NDArray[np.float64], n: int, *, centre: float
) -> list[tuple[int, int]]:
    areas = np.sort(rng.choice(len(weight), n, p=weight / weight.sum()))
    amounts = np.round(rng.lognormal(centre, 0.8, n), -3)
    return [(int(area), int(amount)) for area, amount in zip(areas, amounts, strict=True)]


def _row(
    world: World, project: tuple[int, int], *, year: int, programme: str, payer: str
) -> dict[str, Any]:
    area, amount = project
    return {
        "area_id": world.areas[area].code,
        "year": year,
        "amount": amount,
        "currency": "EUR",
        "price_year": PRICE_YEAR,
        "programme": programme,
        "payer": payer,
    }
