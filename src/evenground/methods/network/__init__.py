"""Street networks: from lines to nodes and edges, places on them, and what it takes to get there.

The result is pairs of an origin and a site, the input of every method in ``methods.accessibility``.
``docs/reference/methods/network.md`` says which function does what.
"""

from evenground.methods.network.components import NetworkFacts, components, network_facts
from evenground.methods.network.detour import Detour, detour_index
from evenground.methods.network.fallback import with_straight_lines
from evenground.methods.network.places import NetworkPlaces, places_at_nodes, places_on_network
from evenground.methods.network.shortest_paths import (
    NetworkNearest,
    nearest_on_network,
    network_pairs,
)
from evenground.methods.network.street_access import (
    FAR_METRES,
    StreetAccess,
    StreetTerms,
    street_access,
)
from evenground.methods.network.street_lines import network_from_lines, network_from_named_ends
from evenground.methods.network.street_network import (
    BACKWARD,
    BOTH,
    FORWARD,
    StreetNetwork,
    network_from_tables,
)

__all__ = [
    "BACKWARD",
    "BOTH",
    "FAR_METRES",
    "FORWARD",
    "Detour",
    "NetworkFacts",
    "NetworkNearest",
    "NetworkPlaces",
    "StreetAccess",
    "StreetNetwork",
    "StreetTerms",
    "components",
    "detour_index",
    "nearest_on_network",
    "network_facts",
    "network_from_lines",
    "network_from_named_ends",
    "network_from_tables",
    "network_pairs",
    "places_at_nodes",
    "places_on_network",
    "street_access",
    "with_straight_lines",
]
