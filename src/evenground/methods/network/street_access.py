"""From street lines, people's places and sites to pairs, with all that limits what they say."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import KDTree

from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.network.components import NetworkFacts, network_facts
from evenground.methods.network.detour import Detour, detour_index
from evenground.methods.network.fallback import with_straight_lines
from evenground.methods.network.places import NetworkPlaces, places_on_network
from evenground.methods.network.shortest_paths import (
    NetworkNearest,
    nearest_on_network,
    network_pairs,
)
from evenground.methods.network.street_network import StreetNetwork
from evenground.methods.validation import Flags, Vector, matrix, vector, wrong

FAR_METRES = 250.0
"""Beyond this a place is not taken to lie on a street: the reach of a large block's middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetTerms:
    """How ways are sought.

    Attributes
    ----------
    limit
        Metres up to which pairs are listed; above 0, infinite for as far as streets lead.
    far
        Metres from a street beyond which a place is said to be far from any, 0 or more.
    straight_for_cut_off
        Whether origins from which streets lead to no site get straight lines instead (with a finite
        limit).
    compiled
        Whether numba or SciPy searches; ``None`` for what is faster. The result is the same.
    """

    limit: float
    far: float = FAR_METRES
    straight_for_cut_off: bool = False
    compiled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetAccess:
    """Pairs along streets, and what is to be said beside them.

    Attributes
    ----------
    pairs
        Origins and sites within the limit, in metres, getting to the street included.
    nearest
        The nearest site of each origin, however far; infinite where streets lead to none.
    nearest_straight, shape (n_origins,)
        Metres to the nearest site in a straight line, which may be another site.
    detour
        Of the nearest sites along streets, weighted by people.
    cut_off, shape (n_origins,)
        From where streets lead to no site at all.
    straight, shape (n_origins,)
        Which origins have straight lines in ``pairs`` instead; ``nearest`` stays as it is.
    origins, sites
        Where places stand on the network.
    far_origins, shape (n_origins,), and far_sites, shape (n_sites,)
        Places farther from any street than the terms say; they are in all results.
    lost_sites, shape (n_sites,)
        Sites that streets lead to from no origin at all.
    people_cut_off, people_far
        How many people those places are home to.
    facts
        What the network is made of.
    """

    pairs: Pairs
    nearest: NetworkNearest
    nearest_straight: Vector
    detour: Detour
    cut_off: Flags
    straight: Flags
    origins: NetworkPlaces
    sites: NetworkPlaces
    far_origins: Flags
    far_sites: Flags
    lost_sites: Flags
    people_cut_off: float
    people_far: float
    facts: NetworkFacts


def street_access(
    network: StreetNetwork,
    origins: ArrayLike,
    *,
    sites: ArrayLike,
    terms: StreetTerms,
    people: ArrayLike | None = None,
) -> StreetAccess:
    """Return which sites can be got to along streets, and what limits that.

    Parameters
    ----------
    network
        Streets, with lengths in metres.
    origins, shape (n_origins, 2)
        Where people live, in the network's system.
    sites, shape (n_sites, 2)
        Where they want to get; at least one.
    terms
        How ways are sought.
    people, shape (n_origins,)
        How many live there, 0 or more; by default 1 each.

    Raises
    ------
    UsageError
        If there is no site, a coordinate or a number is missing, a shape is another, or ``terms``
        makes no sense.
    """
    start = matrix("origins", origins, shape=(None, 2), least=-np.inf)
    goal = matrix("sites", sites, shape=(None, 2), least=-np.inf)
    many = np.ones(len(start)) if people is None else vector("people", people, size=len(start))
    _refuse_senseless(terms, n_sites=len(goal))
    places = (places_on_network(network, start), places_on_network(network, goal))
    nearest = nearest_on_network(network, places[0], sites=places[1], compiled=terms.compiled)
    pairs = network_pairs(
        network, places[0], sites=places[1], limit=terms.limit, compiled=terms.compiled
    )
    cut_off = nearest.site < 0
    if terms.straight_for_cut_off and cut_off.any():
        pairs = with_straight_lines(pairs, start, sites=goal, instead=cut_off)
    to_it = np.hypot(*(start - goal[nearest.site]).T)
    far = places[0].off > terms.far
    return StreetAccess(
        pairs=pairs,
        nearest=nearest,
        nearest_straight=np.asarray(KDTree(goal).query(start)[0], dtype=np.float64),
        detour=detour_index(nearest.cost, to_it, weights=many),
        cut_off=cut_off,
        straight=cut_off & terms.straight_for_cut_off,
        origins=places[0],
        sites=places[1],
        far_origins=far,
        far_sites=places[1].off > terms.far,
        lost_sites=_lost(network, places, compiled=terms.compiled),
        people_cut_off=float(many[cut_off].sum()),
        people_far=float(many[far].sum()),
        facts=network_facts(network),
    )


def _lost(
    network: StreetNetwork, places: tuple[NetworkPlaces, NetworkPlaces], *, compiled: bool | None
) -> Flags:
    """Return which sites streets lead to from nowhere: from them, against all one-ways."""
    turned = replace(network, way=(-network.way).astype(np.int8))
    found = nearest_on_network(turned, places[1], sites=places[0], compiled=compiled)
    return found.site < 0


def _refuse_senseless(terms: StreetTerms, *, n_sites: int) -> None:
    if not terms.far >= 0:
        raise wrong("street_terms", N_("far is {far}, expected a number from 0"), far=terms.far)
    if not n_sites:
        raise wrong("no_sites", N_("there are {n} sites"), n=0)
    if terms.straight_for_cut_off and not terms.limit < np.inf:
        raise wrong(
            "endless_straight_lines",
            N_("limit is {limit}; straight lines instead of ways need a finite one"),
            limit=terms.limit,
        )
