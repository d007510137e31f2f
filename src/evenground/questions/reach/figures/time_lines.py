"""Values of groups over dates or years: one line a group, its dates as points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenground.drawing import CATEGORIES, DASHES
from evenground.evidence import Figure, Message, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One group's values, as many as there are days."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLines:
    """Days, or years as whole numbers, with at most four lines."""

    days: tuple[date | int, ...]
    lines: tuple[Line, ...]


MANY_YEARS = 4


def _years(days: tuple[date | int, ...]) -> int:
    first, last = (day if isinstance(day, int) else day.year for day in (days[0], days[-1]))
    return MANY_YEARS if isinstance(days[0], int) else last - first


def time_lines(lines: TimeLines, *, key: str, code: str, known: Mapping[str, Any]) -> Figure:
    """Return the figure; ``code`` names its title, its alternative and the title of its axis."""
    rows = [
        {"group": line.name, "day": str(day), "value": round(value, 4)}
        for line in lines.lines
        for day, value in zip(lines.days, line.values, strict=True)
    ]
    table = Table(
        key=code,
        columns=("group", "date", f"value_{code}"),
        rows=tuple(
            (line.name, day, round(value, 2))
            for line in lines.lines
            for day, value in zip(lines.days, line.values, strict=True)
        ),
    )
    return Figure(
        key=f"lines-{key}",
        spec=_spec(rows, lines, code=code),
        title=Message(code=f"figure.{code}", parameters=known),
        alternative=Message(code=f"figure.{code}.alternative", parameters=known),
        table=table,
    )


def _spec(rows: list[dict[str, Any]], lines: TimeLines, *, code: str) -> dict[str, Any]:
    names = [line.name for line in lines.lines]
    n = len(names)
    # Years alone where there are several, else months too; figures, so that no language is wanted.
    dates = "%Y" if _years(lines.days) >= MANY_YEARS else "%Y-%m"
    legend = {"title": None, "symbolType": "stroke", "symbolSize": 600}
    by = {"field": "group", "type": "nominal"}
    colours = {"domain": names, "range": list(CATEGORIES[:n])}
    dashes = {"domain": names, "range": [list(dash) for dash in DASHES[:n]]}
    value = {
        "field": "value",
        "type": "quantitative",
        "title": f"wording:axis.{code}",
        "scale": {"zero": True},
    }
    return {
        "data": {"values": rows},
        "width": 640,
        "height": 300,
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "title": None,
                "axis": {"format": dates, "tickCount": 4},
                "scale": {"type": "utc"},
            },
            "y": value,
        },
        "layer": [
            {
                "mark": {"type": "line"},
                "encoding": {
                    "stroke": {**by, "scale": colours, "legend": legend},
                    "strokeDash": {**by, "scale": dashes, "legend": legend},
                },
            },
            {
                "mark": {"type": "point", "size": 40},
                "encoding": {
                    "fill": {**by, "scale": colours, "legend": None},
                },
            },
        ],
    }
