"""Protect counts of people at points within areas."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from evenground.methods.disclosure.population_system import counts_of
from evenground.methods.disclosure.rules import Rules, texts
from evenground.methods.disclosure.table_system import Flags


def protect_points(
    points: pa.Table, *, rules: Rules, area_totals: Mapping[str, float] | None = None
) -> tuple[pa.Table, Flags]:
    """Return the points with small counts evened out within their area, and which were changed.

    Within an area, points with small counts share their sum evenly, together with the smallest
    others that it takes to keep each of them uncertain; the area's sum stays. In an area whose
    public total is itself an allocation, all points share that total.

    Parameters
    ----------
    points
        Columns ``area_id`` and ``count`` of the ``points`` table. Null counts are left alone.
    area_totals
        Public totals of the areas whose true total is hidden.

    Raises
    ------
    UsageError
        If a count is negative or not finite.
    """
    value, known = counts_of(points, "count")
    area = np.array(texts(points, "area_id"), dtype=object)
    changed = np.zeros(value.size, dtype=np.bool_)
    if rules.threshold <= 1:
        return points, changed
    result = value.copy()
    order = np.argsort(area, kind="stable")
    order = order[known[order]]
    cuts = np.flatnonzero(area[order][1:] != area[order][:-1]) + 1
    for members in np.split(order, cuts) if order.size else ():
        name = str(area[members[0]])
        if area_totals is not None and name in area_totals:
            hidden, rest = members, area_totals[name]
        else:
            hidden = _hidden(members, value[members], rules)
            rest = float(value[hidden].sum())
        if hidden.size:
            result[hidden] = round(rest / hidden.size, 9)
            changed[hidden] = True
    column = pa.array(result, mask=~known)
    place = points.column_names.index("count")
    return points.set_column(place, pa.field("count", pa.float64()), column), changed


def _hidden(members: np.ndarray, value: np.ndarray, rules: Rules) -> np.ndarray:
    """Choose the points of one area whose counts are evened out."""
    least = 0 if rules.suppress_zero else 1
    ranked = np.argsort(value, kind="stable")
    ranked = ranked[value[ranked] >= least]
    n_small = int((value[ranked] < rules.threshold).sum())
    for n_hidden in range(n_small, ranked.size + 1):
        slack = float(value[ranked[:n_hidden]].sum()) - least * n_hidden
        if not n_small or (n_hidden > 1 and slack >= rules.threshold - 1):
            return members[ranked[:n_hidden]]
    # So few people that only their area's total can be told: all its points stand for it alike.
    return members
