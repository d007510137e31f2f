"""Accessibility: what people can get to, at what cost, and how many others want the same.

Every method takes the same input: pairs of an origin and a site with a cost, from straight lines, a
network or a table of travel times. ``docs/reference/methods/accessibility.md`` says which to use
when.
"""

from evenground.methods.accessibility.cumulative_opportunities import (
    cumulative_opportunities,
    group_opportunity_curve,
    opportunity_curve,
    reached_share_curve,
)
from evenground.methods.accessibility.decay import (
    Bands,
    Binary,
    Decay,
    Exponential,
    Gaussian,
    GaussianCatchment,
    InversePower,
    Linear,
    LogLogistic,
)
from evenground.methods.accessibility.enhanced_two_step import enhanced_two_step_access
from evenground.methods.accessibility.floating_catchment import FloatingCatchment
from evenground.methods.accessibility.gravity import gravity_access
from evenground.methods.accessibility.group_access import (
    GroupAccess,
    access_statistic_draws,
    group_access_draws,
)
from evenground.methods.accessibility.modified_two_step import modified_two_step_access
from evenground.methods.accessibility.nearest import NearestSite, nearest_site
from evenground.methods.accessibility.pairs import Pairs, pairs_from_costs, straight_line_pairs
from evenground.methods.accessibility.rational_agent import (
    Agents,
    RationalAgentAccess,
    rational_agent_access,
)
from evenground.methods.accessibility.resampling import Resampling
from evenground.methods.accessibility.spatial_availability import (
    SpatialAvailability,
    spatial_availability,
)
from evenground.methods.accessibility.three_step import selection_weights, three_step_access
from evenground.methods.accessibility.two_step import two_step_access
from evenground.methods.accessibility.weights import CatchmentWeights, catchment_weights

__all__ = [
    "Agents",
    "Bands",
    "Binary",
    "CatchmentWeights",
    "Decay",
    "Exponential",
    "FloatingCatchment",
    "Gaussian",
    "GaussianCatchment",
    "GroupAccess",
    "InversePower",
    "Linear",
    "LogLogistic",
    "NearestSite",
    "Pairs",
    "RationalAgentAccess",
    "Resampling",
    "SpatialAvailability",
    "access_statistic_draws",
    "catchment_weights",
    "cumulative_opportunities",
    "enhanced_two_step_access",
    "gravity_access",
    "group_access_draws",
    "group_opportunity_curve",
    "modified_two_step_access",
    "nearest_site",
    "opportunity_curve",
    "pairs_from_costs",
    "rational_agent_access",
    "reached_share_curve",
    "selection_weights",
    "spatial_availability",
    "straight_line_pairs",
    "three_step_access",
    "two_step_access",
]
