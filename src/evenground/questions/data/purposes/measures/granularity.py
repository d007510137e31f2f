"""Granularity: how fine in time and in space."""

from __future__ import annotations

from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.results import (
    measured,
    message,
    of_interval,
    unknown,
)
from evenground.questions.data.purposes.model import Measured

OF_WHAT = ("places", "rows", "areas")
"""What ``Facts.spacing_metres`` may be of: distances between places, how finely rows are placed,
or sides of areas."""


def temporal_granularity(facts: Facts) -> Measured:
    """Return the time from one reading to the next, in seconds.

    From the finest series to the coarsest; ``value`` is the most frequent one. Of tables without a
    cadence: the step in which times are written.
    """
    found = facts.cadence_seconds
    known = of_interval(found, "s") if found else unknown("s", message("reason.measure.no_cadence"))
    form = "stream" if facts.is_stream else "times"
    method = message(f"method.temporal_granularity.{form}")
    return measured("temporal_granularity", known, method, checks=("gaps",))


def spatial_granularity(facts: Facts) -> Measured:
    """Return how fine the data are in space, in metres.

    Of readings and things that stand somewhere: the median over places of the distance to the
    nearest other one. Of happenings: how far a row's true place may be from the one written, from
    rounding alone to the spacing of the places to which rows were moved. Of areas: the side of a
    square as large as the median area.
    """
    found = facts.spacing_metres
    known = of_interval(found, "m") if found else unknown("m", message("reason.measure.no_places"))
    parts: dict[str, float | None] = {"places": found.n} if found else {}
    of = found.of if found and found.of in OF_WHAT else "places"
    return measured(
        "spatial_granularity", known, message(f"method.spatial_granularity.{of}"), parts=parts,
        checks=("coordinate_faults", "missing_coordinates"),
    )  # fmt: skip
