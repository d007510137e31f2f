"""Spatial coverage: for how many residents is there anything in the data?"""

from __future__ import annotations

from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.results import (
    measured,
    message,
    of_interval,
    unknown,
)
from evenground.questions.data.purposes.model import Measured


def spatial_coverage(facts: Facts) -> Measured:
    """Return the share of residents within reach of at least one place that works.

    The interval is what uptime and places of residence allow; who is in reach of a sensor that is
    silent half the time is so half the time.
    """
    found = facts.coverage
    known = (
        of_interval(found, "share")
        if found
        else unknown("share", message("reason.measure.no_city"))
    )
    parts: dict[str, float | None] = {"residents": found.n} if found else {}
    method = message("method.spatial_coverage")
    return measured("spatial_coverage", known, method, parts=parts, checks=("outside_city",))
