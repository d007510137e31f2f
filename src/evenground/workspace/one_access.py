"""Access of the origins of one file to the sites of another, by any of the measures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Place, ProblemKind, UsageError
from evenground.language import N_
from evenground.methods.accessibility.cumulative_opportunities import (
    cumulative_opportunities,
    group_opportunity_curve,
    reached_share_curve,
)
from evenground.methods.accessibility.decay import Decay
from evenground.methods.accessibility.enhanced_two_step import enhanced_two_step_access
from evenground.methods.accessibility.gravity import gravity_access
from evenground.methods.accessibility.modified_two_step import modified_two_step_access
from evenground.methods.accessibility.nearest import nearest_site
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.accessibility.rational_agent import Agents, rational_agent_access
from evenground.methods.accessibility.spatial_availability import spatial_availability
from evenground.methods.accessibility.three_step import three_step_access
from evenground.methods.accessibility.two_step import two_step_access
from evenground.methods.accessibility.weights import CatchmentWeights, catchment_weights
from evenground.methods.validation import Vector
from evenground.methods.weighted_quantile import weighted_quantile
from evenground.workspace.plain_tables import PlainTable

QUANTILES = (0.1, 0.5, 0.9)
EVERYBODY = N_("everybody")
NEEDS_WITHIN = ProblemKind(
    code="needs_within",
    what=N_("{value} needs to know how far people go."),
    rule=N_("What lies within reach depends on it, so there is no default."),
    way_out=N_("Say --within, in metres or in the unit of the costs."),
)
NEEDS_DECAY = ProblemKind(
    code="needs_decay",
    what=N_("{value} needs to know how much less a place counts the farther it is."),
    rule=N_("The result depends on it, so there is no default."),
    way_out=N_("Say --decay, such as gaussian:500, linear:1000 or bands:10/20/30=1/0.68/0.22."),
)
NEEDS_TAU = ProblemKind(
    code="needs_tau",
    what=N_("{value} needs to know how much travel weighs as much as crowding."),
    rule=N_("The result depends on it; 60 is usual for minutes, and nothing for metres."),
    way_out=N_("Say --tau, in metres or in the unit of the costs."),
)

NOT_SETTLED = ProblemKind(
    code="not_settled",
    what=N_(
        "People did not settle on sites in {n_sweeps} rounds; {value} of all cost is left over."
    ),
    rule=N_("The measure is the cost once nobody gains by going elsewhere."),
    way_out=N_("Say a smaller --within, or a smaller --tau."),
)
_WIDEST_GAP = 1e-3
"""Part of all cost that people may still save where the search for the equilibrium ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessInput:
    """What every measure takes.

    Attributes
    ----------
    pairs
        Who can reach what, at what cost.
    people, shape (n_origins,)
    capacity, shape (n_sites,)
    nearest, shape (n_origins,)
        Cost of the nearest site however far, where pairs end before; ``None`` to take it from them.
    within
        How far people go, in the unit of the pairs; ``None`` where nobody said.
    decay, tau
        Impedance function, and the travel that weighs as much as crowding; perhaps ``None``.
    """

    pairs: Pairs
    people: Vector
    capacity: Vector
    nearest: Vector | None = None
    within: float | None = None
    decay: Decay | None = None
    tau: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure: how it is made, what it is called, and its source.

    ``is_cost``: lower is better, and infinite where nothing is in reach. ``needs`` names what has
    no default: ``within``, ``decay``, ``tau``.
    """

    of: Callable[[AccessInput], Vector]
    name: str
    unit: str
    literature: str
    is_cost: bool = False
    needs: tuple[str, ...] = ()


def _nearest(given: AccessInput) -> Vector:
    return nearest_site(given.pairs).cost if given.nearest is None else given.nearest


def _cumulative(given: AccessInput) -> Vector:
    return cumulative_opportunities(given.pairs, given.capacity, threshold=_within(given))


def _gravity(given: AccessInput) -> Vector:
    return gravity_access(_weights(given), given.capacity)


def _two_step(given: AccessInput) -> Vector:
    return two_step_access(
        given.pairs, threshold=_within(given), supply=given.capacity, demand=given.people
    ).access


def _enhanced(given: AccessInput) -> Vector:
    weights = _weights(given)
    return enhanced_two_step_access(weights, supply=given.capacity, demand=given.people).access


def _modified(given: AccessInput) -> Vector:
    weights = _weights(given)
    return modified_two_step_access(weights, supply=given.capacity, demand=given.people).access


def _three_step(given: AccessInput) -> Vector:
    weights = _weights(given)
    return three_step_access(weights, supply=given.capacity, demand=given.people).access


def _availability(given: AccessInput) -> Vector:
    weights = _weights(given)
    return spatial_availability(
        weights, opportunities=given.capacity, population=given.people
    ).per_person


def _rational(given: AccessInput) -> Vector:
    agents = Agents(tau=given.tau or np.nan)
    found = rational_agent_access(
        _reachable(given), agents, supply=given.capacity, demand=given.people
    )
    if found.gap > _WIDEST_GAP:
        raise UsageError(NOT_SETTLED.at(Place(), value=f"{found.gap:.2g}", n_sweeps=found.n_sweeps))
    return found.cost


MEASURES: Mapping[str, Measure] = {
    "nearest": Measure(
        of=_nearest,
        name=N_("Nearest site"),
        unit="cost",
        literature="Apparicio, Abdelmajid, Riva & Shearmur 2008, "
        "International Journal of Health Geographics 7:7",
        is_cost=True,
    ),
    "cumulative": Measure(
        of=_cumulative,
        name=N_("Within reach"),
        unit="capacity",
        literature="Wachs & Kumagai 1973, Socio-Economic Planning Sciences 7, 437–456",
        needs=("within",),
    ),
    "gravity": Measure(
        of=_gravity,
        name=N_("Gravity"),
        unit="capacity",
        literature="Hansen 1959, Journal of the American Institute of Planners 25, 73–76",
        needs=("decay",),
    ),
    "2sfca": Measure(
        of=_two_step,
        name=N_("Two-step (2SFCA)"),
        unit="capacity_per_person",
        literature="Luo & Wang 2003, Environment and Planning B 30, 865–884",
        needs=("within",),
    ),
    "e2sfca": Measure(
        of=_enhanced,
        name=N_("Enhanced two-step (E2SFCA)"),
        unit="capacity_per_person",
        literature="Luo & Qi 2009, Health & Place 15, 1100–1107",
        needs=("decay",),
    ),
    "m2sfca": Measure(
        of=_modified,
        name=N_("Modified two-step (M2SFCA)"),
        unit="capacity_per_person",
        literature="Delamater 2013, Health & Place 24, 30–43",
        needs=("decay",),
    ),
    "3sfca": Measure(
        of=_three_step,
        name=N_("Three-step (3SFCA)"),
        unit="capacity_per_person",
        literature="Wan, Zou & Sternberg 2012, International Journal of Geographical Information "
        "Science 26, 1073–1089",
        needs=("decay",),
    ),
    "raam": Measure(
        of=_rational,
        name=N_("Rational agent (RAAM)"),
        unit="crowding",
        literature="Saxon & Snow 2020, Annals of the American Association of Geographers 110, "
        "205–222",
        is_cost=True,
        needs=("tau",),
    ),
    "spatial-availability": Measure(
        of=_availability,
        name=N_("Spatial availability"),
        unit="capacity_per_person",
        literature="Soukhov, Páez, Higgins & Mohamed 2023, PLOS ONE 18(1), e0278468",
        needs=("decay",),
    ),
}
"""Every measure that can be asked for, by the word that asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How one measure is spread over the people of one group.

    Attributes
    ----------
    people
        In the group.
    mean
        Over people who have something in reach for a cost, over all otherwise; NaN without any.
    quantiles
        At ``QUANTILES`` of people; a cost may be infinite.
    nothing
        Share of people without anything in reach, 0-1.
    """

    group: str
    people: float
    mean: float
    quantiles: tuple[float, ...]
    nothing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFound:
    """One measure: a value for each origin, and how it is spread, everybody first."""

    key: str
    values: Vector
    spread: tuple[Spread, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveFound:
    """Shares of people with a site within each distance, and capacity within it, by group.

    Attributes
    ----------
    thresholds, shape (n_thresholds,)
    groups
        Everybody first.
    share, opportunities, shape (n_groups, n_thresholds)
    """

    thresholds: Vector
    groups: tuple[str, ...] = field(default_factory=tuple)
    share: Vector
    opportunities: Vector


def refuse_unknown(keys: Sequence[str], given: Mapping[str, object]) -> None:
    """Refuse measures that need something which was not said.

    Raises
    ------
    UsageError
        Naming every measure with what it lacks.
    """
    kinds = {"within": NEEDS_WITHIN, "decay": NEEDS_DECAY, "tau": NEEDS_TAU}
    lacking = [
        kinds[need].at(Place(), value=key)
        for key in keys
        for need in MEASURES[key].needs
        if given.get(need) is None
    ]
    if lacking:
        raise UsageError(*lacking)


def access_found(
    given: AccessInput, keys: Sequence[str], groups: Sequence[str] | None
) -> tuple[AccessFound, ...]:
    """Return every measure asked for.

    Parameters
    ----------
    given
        Pairs, people, capacity and what measures need besides.
    keys
        From ``MEASURES``.
    groups, length n_origins
        The group of each origin's people; ``None`` without groups.
    """
    members = group_members(given.people, groups)
    found: list[AccessFound] = []
    for key in keys:
        measure = MEASURES[key]
        values = measure.of(given)
        spread = tuple(
            _spread(values, people, group=name, is_cost=measure.is_cost)
            for name, people in members.items()
        )
        found.append(AccessFound(key=key, values=values, spread=spread))
    return tuple(found)


def curve_found(
    given: AccessInput, thresholds: Sequence[float], groups: Sequence[str] | None
) -> CurveFound:
    """Return shares and opportunities within each threshold, by group."""
    members = group_members(given.people, groups)
    people = np.array(list(members.values()))
    return CurveFound(
        thresholds=np.asarray(thresholds, dtype=np.float64),
        groups=tuple(members),
        share=reached_share_curve(_nearest(given), thresholds=thresholds, people=people),
        opportunities=group_opportunity_curve(
            given.pairs, given.capacity, thresholds=thresholds, people=people
        ),
    )


def group_members(people: Vector, groups: Sequence[str] | None) -> dict[str, Vector]:
    """Return the people of each group at each origin, everybody first, groups by name."""
    members = {EVERYBODY: people}
    if groups is not None:
        names: NDArray[np.str_] = np.array(groups, dtype=np.str_)
        told = sorted(set(groups), key=_in_order)
        members |= {name: np.where(names == name, people, 0.0) for name in told}
    return members


def _in_order(name: str) -> tuple[int, str]:
    """Put numbers in their order, before words in theirs."""
    return (int(name), "") if name.isdecimal() else (sys.maxsize, name)


def _spread(values: Vector, people: Vector, *, group: str, is_cost: bool) -> Spread:
    lacks = ~np.isfinite(values) if is_cost else ~(values > 0)
    counted = np.isfinite(values) & (people > 0)
    some = bool(counted.any())
    known = np.where(np.isnan(values), 0.0, values)  # nobody lives where a value is missing
    return Spread(
        group=group,
        people=float(people.sum()),
        mean=float(np.average(values[counted], weights=people[counted])) if some else np.nan,
        quantiles=tuple(weighted_quantile(known, people, level) for level in QUANTILES),
        nothing=float(np.average(lacks, weights=people)) if people.any() else np.nan,
    )


def _within(given: AccessInput) -> float:
    return np.nan if given.within is None else given.within


def _weights(given: AccessInput) -> CatchmentWeights:
    """Return weights of all pairs; a decay without an end of its own ends where people do."""
    decay = _decay(given)
    pairs = given.pairs if np.isfinite(decay.reach) else _reachable(given)
    return catchment_weights(pairs, decay)


def _reachable(given: AccessInput) -> Pairs:
    return given.pairs if given.within is None else given.pairs.within(given.within)


def _decay(given: AccessInput) -> Decay:
    if given.decay is None:
        raise UsageError(NEEDS_DECAY.at(Place(), value="decay"))
    return given.decay


def counts(table: PlainTable, name: str) -> Vector:
    """Return a column of counts, or 1 for each row where it was not asked for."""
    return table.number(name) if name in table.columns else np.ones(table.n_used)
