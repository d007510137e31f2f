"""All that is true of Quillhaven; every table is made from this and its own random stream."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenground_demo.areas import Area, District, make_areas, make_districts, middles
from evenground_demo.chance import stream
from evenground_demo.land import Land, Points, make_land, placed
from evenground_demo.people import FEWEST_RESIDENTS, People, make_people
from evenground_demo.reform import Editions, make_editions

SEED = 2026
CLASSES = ("higher-income", "middle-income", "lower-income")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Land, areas of both editions, and people; ``areas`` are those of 2024, sorted by code."""

    seed: int
    land: Land
    editions: Editions
    districts: tuple[District, ...]
    people: People
    income_class: NDArray[np.int64]

    @property
    def areas(self) -> tuple[Area, ...]:
        """Small areas of the 2024 edition."""
        return self.editions.new

    @property
    def centre_metres(self) -> NDArray[np.float64]:
        """Distance of each area from the old market, metres, (n_areas,)."""
        return metres_from_market(middles(self.areas))

    def rng(self, table: str) -> np.random.Generator:
        """Return the random stream of one table."""
        return stream(self.seed, table)

    def of_class(self, values: tuple[float, float, float], otherwise: float) -> NDArray[np.float64]:
        """Return a value by income class for every area; ``otherwise`` where few people live."""
        table = np.array([*values, otherwise])
        return table[self.income_class]


def make_world(seed: int = SEED) -> World:
    """Make the city; the same seed gives the same city."""
    land = make_land(seed)
    editions = make_editions(make_areas(land, seed=seed))
    people = make_people(editions.new, seed=seed)
    return World(
        seed=seed,
        land=land,
        editions=editions,
        districts=make_districts(editions.new),
        people=people,
        income_class=_thirds(people.share("low_income"), people.total >= FEWEST_RESIDENTS),
    )


def metres_from_market(points: Points) -> NDArray[np.float64]:
    """Return distances of (n, 2) projected points from the old market, metres."""
    return np.hypot(*(points - placed(np.zeros(2))).T)


def _thirds(share: NDArray[np.float64], peopled: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Sort areas into thirds by their true share of people on low incomes; -1 where few live."""
    thirds = np.full(len(share), -1, dtype=np.int64)
    order = np.flatnonzero(peopled)[np.argsort(share[peopled], kind="stable")]
    for index, members in enumerate(np.array_split(order, 3)):
        thirds[members] = index
    return thirds
