"""Areas shaded by what their residents can get at, with the units on them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.drawing import map_frame, map_furniture
from evenground.evidence import Figure, Message, Table
from evenground.frame.areas import Frame
from evenground.frame.maps import Shading, shaded_areas, unit_points
from evenground.frame.unit_sets import Placed
from evenground.questions.reach.figures.map import MOST_DRAWN

_QUANTILES = (0.25, 0.5, 0.75)


def access_map(
    placed: Placed, areas: Frame, rate: NDArray[np.float64], *, known: Mapping[str, Any]
) -> Figure:
    """Return the map of access by area; ``rate`` (n_areas,) is NaN where nobody is counted."""
    import shapely

    frame = map_frame(tuple(float(edge) for edge in shapely.total_bounds(areas.outlines)))
    shading = _shading(rate, Message(code="legend.access", parameters=known))
    labels = [str(name) for name in shading.names]
    many = placed.set.n_places > MOST_DRAWN
    spec = {
        "width": frame.width,
        "height": frame.height,
        "projection": frame.projection,
        "layer": [
            shaded_areas(areas.area_ids, shading, labels),
            *([] if many else [unit_points(placed, areas)]),
            *map_furniture(frame, north="wording:map.north"),
        ],
    }
    return Figure(
        key=f"access-{placed.set.option or 'today'}",
        spec=spec,
        title=Message(code="figure.access", parameters={**known, "shading": shading.title}),
        alternative=Message(code="figure.access.alternative", parameters=known),
        table=Table(
            key="access_map",
            columns=("area", "access"),
            rows=tuple(
                (code, round(one, 2) if np.isfinite(one) else Message(code="class.none"))
                for code, one in zip(areas.area_ids, rate.tolist(), strict=True)
            ),
        ),
    )


def _shading(rate: NDArray[np.float64], title: Message) -> Shading:
    """Cut rates at quantiles of those above 0, rounded to what people can read."""
    known = np.isfinite(rate)
    some = rate[known & (rate > 0)]
    cuts = sorted({float(f"{cut:.2g}") for cut in np.quantile(some, _QUANTILES)})
    inner = np.array([0.0, *cuts])
    classes = np.where(known, np.searchsorted(inner, np.nan_to_num(rate), side="left"), -1)
    edges = [f"{cut:g}" for cut in cuts]
    names = ("0", f"≤ {edges[0]}", *(f"{a}–{b}" for a, b in pairwise(edges)), f"> {edges[-1]}")
    if not (classes == 0).any():
        names, classes = names[1:], np.where(classes > 0, classes - 1, -1)
    return Shading(classes=classes.astype(np.int64), names=names, title=title)
