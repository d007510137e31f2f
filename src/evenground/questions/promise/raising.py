"""By how much costs are raised: what the city's own past went over, else what is published."""

from __future__ import annotations

from dataclasses import dataclass

from evenground.methods.validation import Vector
from evenground.questions.promise.measures.reference_class.forecast import (
    ClassForecast,
    Shrinking,
    class_forecast,
)
from evenground.questions.promise.published import Uplift, optimism_bias, reference_classes
from evenground.questions.promise.settings import NO_CLASS
from evenground.schema import Settings

PLAN = 1.0
"""More than was planned."""
COSTS = ("capital_cost", "operating_cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """Multiples by which costs are raised.

    Attributes
    ----------
    lower, higher
        What half and four in five of past costs did not exceed; else one and the published uplift,
        its lower and its upper figure, which are starting points and no quantiles.
    n_own
        Past costs of the city's own.
    published
        The published uplift where the own past is too short; ``None`` where it suffices.
    """

    lower: float
    higher: float
    n_own: int
    published: Uplift | None


def cost_forecast(cost_ratios: Vector, settings: Settings) -> ClassForecast:
    """Return by how much costs went over, shrunk to a published class where one was chosen.

    Parameters
    ----------
    cost_ratios, shape (n,)
        Actual divided by planned costs.
    settings
        Of the city: ``cost_class``, ``class_weight``, ``confidence``.
    """
    chosen = str(settings["cost_class"])
    shrinking = None
    if chosen != NO_CLASS:
        (found,) = (one for one in reference_classes() if one.key == chosen)
        shrinking = Shrinking(
            published=found.distribution, prior_weight=settings.number("class_weight")
        )
    return class_forecast(
        cost_ratios, shrinking=shrinking, threshold=PLAN, confidence=settings.number("confidence")
    )


def own_costs_suffice(cost_ratios: Vector, settings: Settings) -> bool:
    """Tell whether the own past, or a class that it is shrunk to, says by how much to raise."""
    chosen = str(settings["cost_class"]) != NO_CLASS and settings.number("class_weight") > 0
    return chosen or cost_ratios.size >= settings.whole("least_in_class")


def cost_uplift(settings: Settings) -> Uplift:
    """Return the published uplift on cost of the kind of project that the city chose."""
    return next(one for one in _uplifts(settings) if one.measure in COSTS)


def time_uplift(settings: Settings) -> Uplift | None:
    """Return the published uplift on the time of works; ``None`` for kinds that have no works."""
    return next((one for one in _uplifts(settings) if one.measure == "works_duration"), None)


def _uplifts(settings: Settings) -> list[Uplift]:
    chosen = str(settings["uplift_category"])
    return [one for one in optimism_bias() if one.category == chosen]


def raised(cost_ratios: Vector, settings: Settings) -> Raised:
    """Return by how much costs are raised.

    Parameters
    ----------
    cost_ratios, shape (n,)
        Actual divided by planned costs of the city's own past; may be none.
    settings
        Of the city: as of ``cost_forecast``, with ``least_in_class`` and ``uplift_category``.
    """
    n = int(cost_ratios.size)
    if own_costs_suffice(cost_ratios, settings):
        found = cost_forecast(cost_ratios, settings)
        return Raised(lower=found.p50.value, higher=found.p80.value, n_own=n, published=None)
    uplift = cost_uplift(settings)
    return Raised(lower=1 + uplift.lower, higher=1 + uplift.upper, n_own=n, published=uplift)
