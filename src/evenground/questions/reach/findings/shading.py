"""What a map is shaded by: the city's first grouping of areas, else the rate of units."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import Message
from evenground.frame.areas import Baseline
from evenground.frame.maps import MOST_CLASSES, Shading
from evenground.questions.reach.context import Context


def shading(context: Context) -> Shading:
    """Return classes of areas for the map."""
    for grouping in context.frame.groupings:
        if grouping.classes is not None and len(grouping.names) <= MOST_CLASSES:
            return Shading(
                classes=grouping.classes,
                names=grouping.names,
                title=Message(code="text", parameters={"text": grouping.group.name}),
            )
    return _rates(context)


def _rates(context: Context) -> Shading:
    """Shade by units per so many people, cut at quantiles that people can read."""
    units = context.lead.by_area
    none = np.full(len(units), -1, dtype=np.int64)
    people = context.frame.people
    title = Message(code="legend.rate", parameters=context.known())
    if people is None:
        return Shading(
            classes=np.minimum(units, 1).astype(np.int64), names=_held(context), title=title
        )
    enough = enough_people(context, people)
    if not enough.any():
        return Shading(classes=none, names=(), title=title)
    rate = np.zeros(len(units))
    rate[enough] = context.terms.per * units[enough] / people.counts.value[enough]
    cuts = _readable(np.quantile(rate[enough], [0.2, 0.4, 0.6, 0.8]))
    classes = np.where(enough, np.searchsorted(cuts, rate, side="right"), -1)
    edges = [f"{cut:g}" for cut in cuts]
    if not edges:  # so few units that most areas have none
        classes = np.where(enough, (rate > 0).astype(np.int64), -1)
        return Shading(classes=classes, names=("0", "> 0") if rate.any() else ("0",), title=title)
    names = (
        f"< {edges[0]}",
        *(f"{a}–{b}" for a, b in pairwise(edges)),
        f"≥ {edges[-1]}",
    )
    return Shading(classes=classes.astype(np.int64), names=names, title=title)


def enough_people(context: Context, baseline: Baseline) -> NDArray[np.bool_]:
    """Tell for each area whether it has people enough for a rate, shape (n_areas,)."""
    least = context.case.settings.number("least_people")
    return baseline.known & (baseline.counts.value >= least)


def _held(context: Context) -> tuple[Message, ...]:
    return tuple(
        Message(code=f"class.{word}", parameters=context.known()) for word in ("without", "with")
    )


def _readable(cuts: np.ndarray) -> list[float]:
    """Round cut points to two digits; equal ones and zero fall away."""
    return sorted({float(f"{cut:.2g}") for cut in cuts if cut > 0})
