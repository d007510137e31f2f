"""One sensor's days: the middle of each day's readings, their span, and which days are flagged."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.drawing import BAND, CATEGORIES, FIRST, PAPER, SHAPES
from evenground.evidence import Figure, Message, Table
from evenground.questions.data.figures.availability_strip import label
from evenground.questions.data.figures.sensor_days import SensorDays
from evenground.questions.data.figures.when import DAY, milliseconds, time_axis

MOST_DAYS = 366
"""Of longer series the last so many days with a flag among them are drawn."""

_KINDS = len(SHAPES)
_OTHER = "other"
_OUTLYING = 0.01
_ROOM = 0.08


def flagged_days(found: SensorDays) -> Figure:
    """Return the figure; each check has a shape of its own, the fourth stands for all others."""
    shown = _window(found)
    flagged = np.intersect1d(found.flagged_days, found.day)
    known = {
        "sensor": label(found.sensor),
        "column": found.column,
        "n": int(flagged.size),
        "n_days": int(found.day.size),
        "n_shown": int(shown.sum()),
        "n_sensors": found.n_sensors,
    }
    code = "one" if found.sensor == "" else "sensor"
    return Figure(
        key="flagged-days",
        spec=_spec(found, shown),
        title=Message(code=f"figure.flagged_days.{code}", parameters=known),
        alternative=Message(code="figure.flagged_days.alternative", parameters=known),
        table=_table(found),
    )


def _table(found: SensorDays) -> Table:
    """Return a row for each flagged day: which checks flag it, and its readings."""
    rows: list[tuple[Any, ...]] = []
    for at in np.flatnonzero(np.isin(found.day, found.flagged_days)).tolist():
        day = int(found.day[at])
        checks = [
            Message(code=f"check.{name}") for name, days in found.flagged.items() if day in days
        ]
        numbers = (found.median[at], found.low[at], found.high[at])
        rows.append((_written(day), tuple(checks), *(_settled(one) for one in numbers)))
    return Table(
        key="flagged_days",
        columns=("day", "flagged_by", "day_median", "day_low", "day_high"),
        rows=tuple(rows),
    )


def _written(day: int) -> Any:
    return np.datetime64(day, "D").astype(object)


def _settled(value: float) -> float | None:
    return None if np.isnan(value) else float(f"{value:.5g}")


def _window(found: SensorDays) -> NDArray[np.bool_]:
    """Return which days are drawn: the span of so many days that holds most flags, the latest."""
    first = int(found.day[0])
    if int(found.day[-1]) - first < MOST_DAYS:
        return np.ones(found.day.size, dtype=np.bool_)
    flagged = found.flagged_days
    within = np.searchsorted(flagged, flagged + MOST_DAYS, side="left") - np.arange(flagged.size)
    best = int(np.flatnonzero(within == within.max())[-1])
    inside = flagged[best : best + int(within[best])]
    middle = int(inside[0] + inside[-1]) // 2
    start = min(max(middle - MOST_DAYS // 2, first), int(found.day[-1]) - MOST_DAYS + 1)
    return (found.day >= start) & (found.day < start + MOST_DAYS)


def _spec(found: SensorDays, shown: NDArray[np.bool_]) -> dict[str, Any]:
    day = found.day[shown]
    low, high = _ends(found, shown)
    kinds = list(found.flagged)
    if len(kinds) > _KINDS:
        kinds = [*kinds[: _KINDS - 1], _OTHER]
    names = [f"wording:check.{kind}" for kind in kinds]
    value = {
        "type": "quantitative",
        "title": "wording:axis.day_median",
        "scale": {"domain": [low, high], "zero": False, "nice": False},
    }
    x = {"field": "at", **time_axis(int(day[0]) * DAY, (int(day[-1]) + 1) * DAY)}
    by = {"field": "check", "type": "nominal"}
    legend = {"title": "wording:legend.flagged_days", "columns": 1}
    return {
        "width": 640,
        "height": 300,
        "encoding": {"x": x},
        "layer": [
            {
                "data": {"values": _rows(found, shown)},
                "mark": {"type": "rule", "color": BAND, "strokeWidth": 2, "clip": True},
                "encoding": {"y": {"field": "low", **value}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": _rows(found, shown)},
                "mark": {"type": "line", "color": FIRST, "strokeWidth": 1.5, "clip": True},
                "encoding": {"y": {"field": "median", **value}},
            },
            {
                "data": {"values": _flags(found, shown, kinds, (low, high))},
                "mark": {"type": "point", "filled": True, "size": 60, "stroke": PAPER,
                         "strokeWidth": 0.7},
                "encoding": {
                    "y": {"field": "median", **value},
                    "shape": {**by, "scale": {"domain": names, "range": list(SHAPES[: len(names)])},
                              "legend": legend},
                    "fill": {**by, "scale": {"domain": names, "range": _colours(len(names))},
                             "legend": legend},
                },
            },
        ],
    }  # fmt: skip


def _colours(n: int) -> list[str]:
    """Return colours of marks: not the line's first, so that marks stand out from it."""
    return [*CATEGORIES[1:], CATEGORIES[0]][:n]


def _ends(found: SensorDays, shown: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the ends of the upright axis: nearly all of what days hold, outliers left out."""
    inside = np.concatenate([found.low[shown], found.median[shown], found.high[shown]])
    inside = inside[np.isfinite(inside)]
    if not inside.size:
        return 0.0, 1.0
    low, high = (float(one) for one in np.quantile(inside, [_OUTLYING, 1 - _OUTLYING]))
    room = (high - low) * _ROOM or max(abs(high), 1.0) * _ROOM
    return float(f"{low - room:.6g}"), float(f"{high + room:.6g}")


def _rows(found: SensorDays, shown: NDArray[np.bool_]) -> list[dict[str, Any]]:
    """Return a row for each day from first to last; one without readings breaks the line."""
    day = found.day[shown]
    nothing = {"median": None, "low": None, "high": None}
    every = range(int(day[0]), int(day[-1]) + 1)
    rows: dict[int, dict[str, Any]] = {one: {"at": _at(one), **nothing} for one in every}
    for at in np.flatnonzero(shown).tolist():
        numbers = {"median": found.median[at], "low": found.low[at], "high": found.high[at]}
        rows[int(found.day[at])] |= {name: _settled(one) for name, one in numbers.items()}
    return list(rows.values())


def _flags(
    found: SensorDays, shown: NDArray[np.bool_], kinds: list[str], ends: tuple[float, float]
) -> list[dict[str, Any]]:
    """Return a mark for each day and check; one beyond the axis stands at its end."""
    at_day = {int(found.day[at]): at for at in np.flatnonzero(shown).tolist()}
    marks: list[dict[str, Any]] = []
    for name, days in found.flagged.items():  # those with few days come last, on top
        kind = name if name in kinds else _OTHER
        for day in days.tolist():
            if day in at_day and np.isfinite(found.median[at_day[day]]):
                height = float(np.clip(found.median[at_day[day]], *ends))
                marks.append({"at": _at(day), "median": float(f"{height:.5g}"),
                              "check": f"wording:check.{kind}"})  # fmt: skip
    return marks


def _at(day: int) -> int:
    """Return noon of a day."""
    return milliseconds(int(day) * DAY + DAY // 2)
