"""What came before on one time axis: initiatives as bars, money as dots, one row for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenground.drawing import FIRST, INK, SECOND
from evenground.evidence import Figure, Message, Table

SHORTEST = 0.1
"""No bar is shorter than this, in years, or it could not be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An initiative, from its start to its end."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Money spent on a programme in a year."""

    name: str
    year: int
    amount: float


def time_axis(spans: Sequence[Span], spots: Sequence[Spot], *, known: Mapping[str, Any]) -> Figure:
    """Return the figure: a row for each initiative, then one for each programme."""
    order = list(dict.fromkeys([*(one.name for one in spans), *(one.name for one in spots)]))
    most = max((one.amount for one in spots), default=1.0)
    bars = [
        {
            "name": one.name,
            "first": _decimal(one.first),
            "last": max(_decimal(one.last), _decimal(one.first) + 0.1),
        }
        for one in spans
    ]
    dots = [
        {"name": one.name, "first": one.year + 0.5, "amount": round(one.amount / most, 4)}
        for one in spots
    ]
    rows = [(one.name, _years(one), "") for one in spans]
    rows += [(one.name, str(one.year), round(one.amount)) for one in spots]
    return Figure(
        key="record",
        spec=_spec(bars, dots, order),
        title=Message(code="figure.record", parameters=known),
        alternative=Message(code="figure.record.alternative", parameters=known),
        table=Table(key="record", columns=("what", "years", "amount"), rows=tuple(rows)),
    )


def _decimal(day: date) -> float:
    return round(day.year + (day.timetuple().tm_yday - 1) / 365.25, 2)


def _years(one: Span) -> str:
    first, last = one.first.year, one.last.year
    return str(first) if first == last else f"{first}–{last}"


def _spec(
    bars: list[dict[str, Any]], dots: list[dict[str, Any]], order: list[str]
) -> dict[str, Any]:
    at = {
        "field": "name",
        "type": "nominal",
        "sort": order,
        "axis": None,
        "scale": {"domain": order, "paddingInner": 0, "paddingOuter": 0},
    }
    first = {
        "field": "first",
        "type": "quantitative",
        "title": None,
        "axis": {"format": "d"},
        "scale": {"zero": False, "nice": True},
    }
    names = {
        "data": {"values": [{"name": name} for name in order]},
        "mark": {
            "type": "text", "align": "left", "baseline": "bottom", "yOffset": -1, "color": INK,
        },
        "encoding": {"y": at, "x": {"value": 0}, "text": {"field": "name"}},
    }  # fmt: skip
    layers = [
        names,
        *([_bars(bars, at, first)] if bars else []),
        *([_dots(dots, at, first)] if dots else []),
    ]
    return {
        "width": 640,
        "height": {"step": 44},
        "resolve": {"scale": {"fill": "independent", "stroke": "independent"}},
        "layer": layers,
    }


def _bars(rows: list[dict[str, Any]], at: Any, first: Any) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 8, "yOffset": 9},
        "encoding": {
            "y": at,
            "x": first,
            "x2": {"field": "last"},
            "fill": {
                "datum": "wording:legend.initiative",
                "type": "nominal",
                "scale": {"range": [FIRST]},
                "legend": {"title": None, "symbolType": "square"},
            },
        },
    }


def _dots(rows: list[dict[str, Any]], at: Any, first: Any) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "yOffset": 9},
        "encoding": {
            "y": at,
            "x": first,
            "size": {
                "field": "amount",
                "type": "quantitative",
                "scale": {"domain": [0, 1], "range": [12, 220]},
                "legend": None,
            },
            "fill": {
                "datum": "wording:legend.money",
                "type": "nominal",
                "scale": {"range": [SECOND]},
                "legend": {"title": None, "symbolType": "circle"},
            },
        },
    }
