"""Who lives where: the true people of Quillhaven, before any office counts or asks them.

Shares vary smoothly over the map (a Gaussian field) around what each district is like. Everything
here is planted truth; ``population`` and ``survey`` turn it into what a city would hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from evenground_demo.areas import Area, middles
from evenground_demo.chance import stream
from evenground_demo.land import Points
from evenground_demo.tessellation import density

N_PEOPLE = 203_000
FEW = {"port": 14, "park": 0, "nature reserve": 3, "forest": 9, "industry": 40, "airfield": 0}
"""Residents of an area without homes, by its use: wardens, crews, caretakers."""

FEWEST_RESIDENTS = 100
"""Below this nobody is asked in a survey, and an area belongs to no income class."""

GROUPS = (
    "under_18", "age_18_to_64", "age_65_plus", "low_income", "renters", "owners", "foreign_born",
    "without_car", "without_internet",
)  # fmt: skip

_DISTRICT: dict[str, dict[str, float]] = {  # logits added to the city's level
    #      low income     renters       born abroad      no car       over 64     under 18
    "01": {"poor": -0.9, "rent": 0.3, "abroad": 0.1, "car": 0.8, "old": 0.1, "young": -0.5},
    "02": {"poor": -0.1, "rent": 0.5, "abroad": 0.3, "car": 0.6, "old": -0.1, "young": -0.2},
    "03": {"poor": 1.05, "rent": 0.7, "abroad": 0.5, "car": 0.5, "old": 0.0, "young": 0.3},
    "04": {"poor": 1.0, "rent": 0.9, "abroad": 0.7, "car": 0.3, "old": -0.1, "young": 0.4},
    "05": {"poor": -1.4, "rent": -1.0, "abroad": -0.5, "car": -1.0, "old": 0.5, "young": 0.1},
    "06": {"poor": 0.8, "rent": 0.5, "abroad": 0.6, "car": 0.5, "old": -0.2, "young": 0.1},
    "07": {"poor": -0.15, "rent": -0.1, "abroad": -0.1, "car": -0.3, "old": 0.2, "young": 0.0},
    "08": {"poor": -0.7, "rent": -0.9, "abroad": -0.4, "car": -1.1, "old": -0.3, "young": 0.5},
}  # fmt: skip
_CITY = {"poor": -1.75, "rent": 0.05, "abroad": -1.6, "car": -0.85, "old": -1.5, "young": -1.4}


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """True counts by area: ``total`` (n_areas,) and ``group[name]`` (n_areas,), whole people.

    ``block``, ``block_area``, ``block_count``: places where they live, (n_blocks, 2), the index of
    the area and whole people, adding up to ``total``.
    """

    total: NDArray[np.int64]
    group: dict[str, NDArray[np.int64]]
    block: Points
    block_area: NDArray[np.int64]
    block_count: NDArray[np.int64]

    def share(self, group: str) -> NDArray[np.float64]:
        """Return a group's true share of residents by area, 0-1; 0 where nobody lives."""
        return self.group[group] / np.maximum(self.total, 1)


def make_people(areas: Sequence[Area], *, seed: int) -> People:
    """Settle the city: residents, their groups, and the blocks in which they live."""
    total = _residents(areas, stream(seed, "residents"))
    block, block_area, block_count = _blocks(areas, total, stream(seed, "blocks"))
    return People(
        total=total,
        group=_groups(areas, total, stream(seed, "groups")),
        block=block,
        block_area=block_area,
        block_count=block_count,
    )


def field(points: Points, *, length: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw a smooth Gaussian field (mean 0, variance 1) at (n, 2) points; ``length`` in metres."""
    squared = ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    covariance = np.exp(-squared / (2.0 * length**2)) + 1e-6 * np.eye(len(points))
    return np.linalg.cholesky(covariance) @ rng.standard_normal(len(points))


def logistic(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shares (0-1) for logits."""
    return 1.0 / (1.0 + np.exp(-logit))


def _residents(areas: Sequence[Area], rng: np.random.Generator) -> NDArray[np.int64]:
    middle = middles(areas)
    km2 = np.array([area.shape.area for area in areas]) / 1e6
    size = density(middle) ** 0.8 * km2**0.85 * np.exp(rng.normal(0.0, 0.22, len(areas)))
    homes = np.array([area.use == "homes" for area in areas])
    size = np.where(homes, size, 0.0)
    total = np.round(size / size.sum() * N_PEOPLE).astype(np.int64)
    few = np.array([FEW.get(area.use, 0) for area in areas], dtype=np.int64)
    return np.where(homes, total, few)


def _groups(
    areas: Sequence[Area], total: NDArray[np.int64], rng: np.random.Generator
) -> dict[str, NDArray[np.int64]]:
    middle = middles(areas)
    means = {key: field(middle, length=900.0, rng=rng) for key in _CITY}
    shared = 0.35 * field(middle, length=1300.0, rng=rng)

    def share(key: str, *, spread: float, with_income: float = 0.0) -> NDArray[np.float64]:
        by_district = np.array([_DISTRICT[area.district][key] for area in areas])
        return logistic(_CITY[key] + by_district + spread * means[key] + with_income * shared)

    poor = share("poor", spread=0.3, with_income=1.0)
    young, old = share("young", spread=0.2), share("old", spread=0.3, with_income=-0.3)
    rent = share("rent", spread=0.45, with_income=0.8)
    counts = {
        "under_18": young * 0.98,
        "age_65_plus": old * (1.0 - 0.6 * young),
        "low_income": poor,
        "renters": rent,
        "foreign_born": share("abroad", spread=0.4, with_income=0.6),
        "without_car": share("car", spread=0.3, with_income=0.7),
        "without_internet": 0.035 + 0.28 * poor * (0.55 + 1.6 * old),
    }
    groups = {key: np.round(total * part).astype(np.int64) for key, part in counts.items()}
    groups["age_18_to_64"] = total - groups["under_18"] - groups["age_65_plus"]
    groups["owners"] = total - groups["renters"]
    return groups


def _blocks(
    areas: Sequence[Area], total: NDArray[np.int64], rng: np.random.Generator
) -> tuple[Points, NDArray[np.int64], NDArray[np.int64]]:
    points: list[Points] = []
    owners: list[NDArray[np.int64]] = []
    counts: list[NDArray[np.int64]] = []
    for i, area in enumerate(areas):
        n = (
            int(np.clip(total[i] / 130, 4, 22))
            if total[i] >= FEWEST_RESIDENTS
            else int(total[i] > 0)
        )
        points.append(scattered(area.shape, n, rng=rng, inside_by=25.0))
        owners.append(np.full(n, i, dtype=np.int64))
        counts.append(
            rng.multinomial(total[i], rng.dirichlet(np.full(n, 6.0))) if n else owners[-1]
        )
    return np.vstack(points), np.concatenate(owners), np.concatenate(counts)


def scattered(
    shape: shapely.Polygon, n: int, *, rng: np.random.Generator, inside_by: float
) -> Points:
    """Draw ``n`` places within a shape, ``inside_by`` metres from its edge where there is room.

    Where people are dense, places are dense too; coordinates are whole decimetres.
    """
    room = shape.buffer(-inside_by)
    if room.is_empty:
        room = shape.buffer(-min(inside_by, 5.0))
    low_x, low_y, high_x, high_y = room.bounds
    drawn = np.empty((0, 2))
    while len(drawn) < n:
        points = np.round(rng.uniform((low_x, low_y), (high_x, high_y), (8 * n + 64, 2)), 1)
        points = points[shapely.contains_xy(room, points[:, 0], points[:, 1])]
        lived_in = density(points)
        keep = rng.random(len(points)) < lived_in / lived_in.max(initial=1e-9)
        drawn = np.vstack([drawn, points[keep]])
    return drawn[:n]
