"""How much of what the sites offer residents can get at, by every method on the same input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenground.frame.areas import Frame
from evenground.frame.origins import Origins
from evenground.frame.unit_sets import UnitSet
from evenground.frame.ways import Ways, ways_of
from evenground.methods.accessibility.cumulative_opportunities import cumulative_opportunities
from evenground.methods.accessibility.decay import Bands, GaussianCatchment
from evenground.methods.accessibility.enhanced_two_step import enhanced_two_step_access
from evenground.methods.accessibility.gravity import gravity_access
from evenground.methods.accessibility.modified_two_step import modified_two_step_access
from evenground.methods.accessibility.pairs import Pairs, straight_line_pairs
from evenground.methods.accessibility.rational_agent import Agents, rational_agent_access
from evenground.methods.accessibility.three_step import three_step_access
from evenground.methods.accessibility.two_step import two_step_access
from evenground.methods.accessibility.weights import CatchmentWeights, catchment_weights
from evenground.methods.validation import Vector, Whole
from evenground.questions.reach.context import Context

LEAD = "enhanced_two_step"
"""The method that sentences speak of: supply is shared, and what is nearer counts for more."""

WIDEST = 2.0
"""How many times as wide as the city's catchment the widest one is that it is compared with."""

STRAIGHT = "straight"
"""The method that sentences speak of, in a straight line, where ways follow streets."""

COST = "rational_agent"
"""The method whose score is a cost: less is better."""

MOST_GAP = 1e-3
MOST_PAIRS = 20_000
"""More pairs than this take longer to bring to equilibrium than a reader waits."""

THIRDS = (1 / 3, 2 / 3, 1.0)
"""Where the zones of a catchment end: Luo and Qi's 10, 20 and 30 minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Where units stand and what they offer: coordinates (n_sites, 2) and supply (n_sites,)."""

    at: Vector
    supply: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Access of every origin to one set of units.

    Attributes
    ----------
    origins, people, shape (n_origins,)
        Where people live, and how many.
    ways
        Along streets or in straight lines.
    pairs
        Origins and sites up to twice the catchment apart.
    weights
        Of the pairs in the catchment, by zone.
    scores, shape (n_origins,) each
        By method: units (or capacity) per person, or units in reach; 0 where nothing is in reach.
    supply, unreached
        What all sites offer, and the part of it that nobody is near.
    """

    origins: Origins
    people: Vector
    sites: Sites
    ways: Ways
    pairs: Pairs
    weights: CatchmentWeights
    scores: Mapping[str, Vector]
    catchment: float
    unreached: float

    @property
    def lead(self) -> Vector:
        """The score that sentences speak of, shape (n_origins,)."""
        return self.scores[LEAD]


def sites_of(areas: Frame, *sets: UnitSet, by_capacity: bool | None = None) -> Sites:
    """Return where units stand, in an order that rows do not decide.

    A place that only names its area is taken to stand in its middle. Capacity and units are no
    common measure: capacity counts where all sets state it, unless ``by_capacity`` says so.
    """
    import shapely

    stated = states_capacity(*sets) if by_capacity is None else by_capacity
    located = [_located(areas, one) for one in sets]
    shapes = np.concatenate([shapes for shapes, _ in located])
    supply = np.concatenate(
        [
            (one.supply if stated else one.units)[kept]
            for one, (_, kept) in zip(sets, located, strict=True)
        ]
    )
    at = shapely.get_coordinates(shapely.centroid(shapes))
    order = np.lexsort((supply, at[:, 1], at[:, 0]))
    return Sites(at=at[order], supply=supply[order])


def states_capacity(*sets: UnitSet) -> bool:
    """Tell whether all sets state their capacity."""
    return all(one.capacity is not None for one in sets)


def _located(areas: Frame, one: UnitSet) -> tuple[NDArray[np.object_], Whole]:
    """Return the shapes of the places that can be located, and which these are."""
    import shapely

    order = {area_id: row for row, area_id in enumerate(areas.area_ids)}
    shapes = one.places.copy()
    for row, (shape, code) in enumerate(zip(one.places, one.area_ids, strict=True)):
        if shape is None and code in order:
            shapes[row] = shapely.point_on_surface(areas.outlines[order[code]])
    kept = np.flatnonzero([shape is not None for shape in shapes])
    return shapes[kept], kept


def access_of(context: Context, origins: Origins, *sets: UnitSet) -> Access | None:
    """Return access by every method; ``None`` without people, or without a place of a unit."""
    if origins.people is None or not origins.people.value.any():
        return None
    sites = sites_of(context.frame, *sets)
    if not sites.supply.any():
        return None
    import shapely

    settings = context.case.settings
    catchment, near = settings.number("catchment_metres"), settings.number("near_metres")
    start = shapely.get_coordinates(origins.points)
    ways = ways_of(context.case)
    widest = ways.pairs(start, sites.at, limit=max(WIDEST * catchment, near))
    pairs = widest.within(max(catchment, near))
    people = origins.people.value
    weights = zoned(pairs, catchment)
    found = enhanced_two_step_access(weights, supply=sites.supply, demand=people)
    return Access(
        origins=origins,
        people=people,
        sites=sites,
        ways=ways,
        pairs=widest,
        weights=weights,
        scores={
            LEAD: found.access,
            **{
                key: method(pairs, sites.supply, people, catchment)
                for key, method in OTHERS.items()
            },
            "near": cumulative_opportunities(pairs, sites.supply, threshold=near),
            **_agents(pairs.within(catchment), sites.supply, people),
            **_straight(ways, start, sites, (people, catchment)),
        },
        catchment=catchment,
        unreached=float(found.supply_unreached),
    )


def zoned(pairs: Pairs, catchment: float) -> CatchmentWeights:
    """Return weights that fall from zone to zone of a catchment, after Luo and Qi."""
    return catchment_weights(pairs, Bands(ends=tuple(catchment * part for part in THIRDS)))


Method = Callable[[Pairs, Vector, Vector, float], Vector]


def _two_step(pairs: Pairs, supply: Vector, people: Vector, catchment: float) -> Vector:
    return two_step_access(pairs, supply=supply, demand=people, threshold=catchment).access


def _modified(pairs: Pairs, supply: Vector, people: Vector, catchment: float) -> Vector:
    return modified_two_step_access(zoned(pairs, catchment), supply=supply, demand=people).access


def _three_step(pairs: Pairs, supply: Vector, people: Vector, catchment: float) -> Vector:
    return three_step_access(zoned(pairs, catchment), supply=supply, demand=people).access


def _gravity(pairs: Pairs, supply: Vector, people: Vector, catchment: float) -> Vector:
    del people
    return gravity_access(catchment_weights(pairs, GaussianCatchment(threshold=catchment)), supply)


def _agents(pairs: Pairs, supply: Vector, people: Vector) -> dict[str, Vector]:
    """Return the cost of crowding and distance, where everybody has a place within reach.

    Whoever has none bears a cost without end, and so would the average.
    """
    agents = Agents(tau=pairs.limit, gap=MOST_GAP, compiled=False)
    if pairs.n_pairs > MOST_PAIRS:
        return {}
    found = rational_agent_access(pairs, agents, supply=supply, demand=people)
    if found.demand_unreached > 0 or not found.converged:
        return {}
    return {COST: np.where(people > 0, found.cost, 0.0)}


def _straight(
    ways: Ways, start: Vector, sites: Sites, shared: tuple[Vector, float]
) -> dict[str, Vector]:
    """Return what straight lines would give instead, where ways follow streets."""
    if ways.network is None:
        return {}
    people, catchment = shared
    pairs = straight_line_pairs(start, sites.at, limit=catchment)
    weights = zoned(pairs, catchment)
    found = enhanced_two_step_access(weights, supply=sites.supply, demand=people)
    return {STRAIGHT: found.access}


OTHERS: Mapping[str, Method] = {
    "two_step": _two_step,
    "modified_two_step": _modified,
    "three_step": _three_step,
    "gravity": _gravity,
}
PER_PERSON = (LEAD, "two_step", "modified_two_step", "three_step", STRAIGHT)
"""Methods whose score is supply per person; the others count what is in reach."""


def group_means(scores: Vector, people: Vector, share: Vector) -> Vector:
    """Return means over the people of each group, shape (n_groups,).

    Parameters
    ----------
    scores, people, shape (n_origins,)
        What everybody at an origin has, and how many they are.
    share, shape (n_groups, n_origins)
        The part of each origin's people that belongs to each group.
    """
    weight = share * people
    total = weight.sum(axis=1)
    return np.divide(weight @ scores, total, out=np.full(len(total), np.nan), where=total > 0)
