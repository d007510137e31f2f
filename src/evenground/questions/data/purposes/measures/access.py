"""Access: can others get at it?"""

from __future__ import annotations

from evenground.questions.data.metadata.described import record_of
from evenground.questions.data.metadata.points import MetadataPoints, quality_points
from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.results import measured, message, unknown
from evenground.questions.data.purposes.measures.vouching import vouched_for
from evenground.questions.data.purposes.model import Basis, Known, Measured, MeasureKind


def access(facts: Facts) -> Measured:
    """Return the points for accessibility of the catalogue's record, 0-100.

    An address that is there, answers, and leads to the file. Whether it answers is open until
    somebody has tried.

    Aspect ``legal_basis``: whether somebody vouches for what entitles whoever holds the data.

    Source: data.europa.eu, Metadata quality assessment methodology (accessibility).
    """
    declared = vouched_for(facts, "legal_basis")
    points = points_of(facts)
    if points is None:
        known = unknown("points", message("reason.measure.no_record"), basis=Basis.METADATA)
    else:
        known = as_points(points, "accessibility")
    return measured(
        "access", known, message("method.access"), aspects={"legal_basis": declared.known},
        notes=declared.notes, parts={"most": 100.0},
    )  # fmt: skip


def points_of(facts: Facts) -> MetadataPoints | None:
    """Return the points of the record at hand, or of the one that the datasheet amounts to."""
    if facts.metadata is not None:
        return facts.metadata
    return None if facts.datasheet is None else quality_points(record_of(facts.datasheet))


def as_points(points: MetadataPoints, dimension: str = "") -> Known:
    """Return the points of one dimension, or of all together, in unit ``points``."""
    found = points.dimensions[dimension] if dimension else points.total
    exact = found.low == found.high
    return Known(
        unit="points",
        value=found.low if exact else None,
        low=found.low,
        high=found.high,
        kind=MeasureKind.EXACT if exact else MeasureKind.BOUND,
        basis=Basis.METADATA,
        reason=None if exact else message("reason.measure.not_tried"),
    )
