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
    """Return the distance from one place to the next, in metres.

    ``value`` is the median over places of the distance to the nearest other one; of areas, the side
    of a square as large as the median area.
    """
    found = facts.spacing_metres
    known = of_interval(found, "m") if found else unknown("m", message("reason.measure.no_places"))
    parts: dict[str, float | None] = {"places": found.n} if found else {}
    return measured(
        "spatial_granularity", known, message("method.spatial_granularity"), parts=parts,
        checks=("coordinate_faults", "missing_coordinates"),
    )  # fmt: skip
