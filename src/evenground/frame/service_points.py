"""Services that stand on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.frame.sites import present


def standing(places: Any, today: date, *, kind: str = "") -> NDArray[np.object_]:
    """Return the shapes of services that are open on a day, of one kind if it is named."""
    import shapely

    shapes = places.geometry.to_numpy()
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    same = np.array(
        [not kind or _text(one) == kind.casefold() for one in places["kind"]], dtype=np.bool_
    )
    open_ = np.array(
        [
            _on_or_before(opened, today) and not _on_or_before(closed, today, unknown=False)
            for opened, closed in zip(places["opened"], places["closed"], strict=True)
        ],
        dtype=np.bool_,
    )
    return shapes[there & same & open_]


def _text(value: Any) -> str:
    return str(value).casefold() if present(value) else ""


def _on_or_before(day: Any, today: date, *, unknown: bool = True) -> bool:
    if not present(day):
        return unknown
    return (day if type(day) is date else day.date()) <= today
