"""Metadata availability: is it described so that others find, get and use it?"""

from __future__ import annotations

from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.access import as_points, points_of
from evenground.questions.data.purposes.measures.results import measured, message, unknown
from evenground.questions.data.purposes.model import Basis, Measured


def metadata_availability(facts: Facts) -> Measured:
    """Return the points of the catalogue's record, 0-405.

    Source: data.europa.eu, Metadata quality assessment methodology.
    """
    points = points_of(facts)
    method = message("method.metadata_availability")
    if points is None:
        known = unknown("points", message("reason.measure.no_record"), basis=Basis.METADATA)
        return measured("metadata_availability", known, method)
    parts: dict[str, float | None] = {"most": points.total.most}
    for name, found in points.dimensions.items():
        parts |= {f"{name}_low": found.low, f"{name}_high": found.high, f"{name}_most": found.most}
    return measured("metadata_availability", as_points(points), method, parts=parts)
