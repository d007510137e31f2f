"""Published tables as data: each figure with unit, year, source, and the day it was seen.

What could not be found in a source is not here; a city that knows better gives its own figures.
"""

from evenground.questions.promise.published.reading import (
    Elasticity,
    HeavyTail,
    PublishedSchedule,
    ReferenceClass,
    Seen,
    Uplift,
    discount_schedule,
    discount_schedules,
    elasticities,
    heavy_tails,
    optimism_bias,
    reference_classes,
)

__all__ = [
    "Elasticity",
    "HeavyTail",
    "PublishedSchedule",
    "ReferenceClass",
    "Seen",
    "Uplift",
    "discount_schedule",
    "discount_schedules",
    "elasticities",
    "heavy_tails",
    "optimism_bias",
    "reference_classes",
]
