"""What lies around treated units: how far away the others are, and who lives where."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.promise.context import Context
from evenground.questions.promise.measures.evaluation.checks import Around
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.panels import Outcomes
from evenground.questions.promise.stated import Promise


def around_of(context: Context, promise: Promise, outcomes: Outcomes) -> Around:
    """Return distances from the nearest treated unit and groups, as far as both are known."""
    reach = promise.evaluation.get("spillover_metres")
    distance = _distance(context, outcomes.panel) if reach else None
    return Around(
        distance=distance,
        rings=None if not reach or distance is None else np.array([float(reach)]),
        groups=outcomes.groups,
        shares=outcomes.shares,
    )


def _distance(context: Context, panel: Panel) -> Vector | None:
    """Return metres from each unit's edge to the nearest treated one; none where any is no area."""
    import shapely

    areas = context.case.places.get("areas")
    if areas is None:
        return None
    ids: list[str] = areas["area_id"].tolist()
    geometries: list[Any] = areas.geometry.tolist()
    known = dict(zip(ids, geometries, strict=True))
    shapes = np.array([known.get(unit) for unit in panel.units], dtype=object)
    if any(shape is None for shape in shapes):
        return None
    tree = shapely.STRtree(shapes[panel.ever_treated])
    nearest = tree.query_nearest(shapes, all_matches=False, return_distance=True)
    return np.asarray(nearest[1], dtype=np.float64)
