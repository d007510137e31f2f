"""Rows without a place."""

from __future__ import annotations

import numpy as np

from evenground.evidence import Message
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.space.coordinates import Coordinates, flagged

NAME = "missing_coordinates"


def missing_coordinates(places: Coordinates) -> Check:
    """Return the check of rows of which a coordinate is missing (null, not a number, infinite).

    A place at (0, 0) is not missing here: ``coordinate_faults`` counts it. ``detail``: ``share`` of
    all rows, and ``half_rows`` that have one of the two.
    """
    missing = ~places.present
    half = np.isfinite(places.x) ^ np.isfinite(places.y)
    n_missing, n_half = (int(places.times[one].sum()) for one in (missing, half))
    check = missing_rows(n_missing, n_rows=places.n_rows, n_half=n_half, names=names_of(places))
    if places.row is None:
        return check
    at = np.flatnonzero(missing)
    column = np.where(np.isfinite(places.x[at]), places.y_name, places.x_name)
    return check.showing(
        flags=flagged(NAME, places.row[at], column.tolist(), values=[""] * at.size)
    )


def missing_rows(n_missing: int, *, n_rows: int, n_half: int, names: tuple[str, str]) -> Check:
    """Return the same check from counts that an engine made (``coordinate_summary``)."""
    definition = Message(code=f"definition.{NAME}", parameters={"x": names[0], "y": names[1]})
    check = Check.counted(NAME, n_missing, unit="rows", definition=definition)
    return check.showing(share=n_missing / n_rows if n_rows else None, half_rows=n_half)


def names_of(places: Coordinates) -> tuple[str, str]:
    """Return the names of the two columns."""
    return places.x_name, places.y_name
