"""How far each group has to go, today and with places chosen otherwise: dots on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenground.drawing import CATEGORIES, INK, SHAPES
from evenground.evidence import Figure, Message, Table

_HEIGHT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """The mean distance of one group with one choice of places; ``series`` is a wording code."""

    series: str
    group: str
    metres: float


def siting_dots(dots: Sequence[Dots], *, known: Mapping[str, Any]) -> Figure:
    """Return a row for each group with a dot for each choice; they differ by shape and colour."""
    values = [{"series": d.series, "group": d.group, "metres": round(d.metres)} for d in dots]
    return Figure(
        key="resited",
        spec=_spec(values),
        title=Message(code="figure.resited", parameters=known),
        alternative=Message(code="figure.resited.alternative", parameters=known),
        table=Table(
            key="resited_dots",
            columns=("group", "plan", "metres"),
            rows=tuple((d.group, d.series, round(d.metres)) for d in dots),
        ),
    )


def _spec(values: list[dict[str, Any]]) -> dict[str, Any]:
    series = list(dict.fromkeys(row["series"] for row in values))
    groups = list(dict.fromkeys(row["group"] for row in values))
    at = {
        "field": "group",
        "type": "nominal",
        "sort": groups,
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    metres = {
        "field": "metres",
        "type": "quantitative",
        "title": "wording:axis.resited",
        "scale": {"zero": True},
    }
    legend = {"title": None}
    n = len(series)
    return {
        "data": {"values": values},
        "width": 640,
        "height": {"step": _HEIGHT},
        "encoding": {"y": at},
        "layer": [
            {
                "mark": {"type": "point", "filled": True, "size": 110, "yOffset": 8},
                "encoding": {
                    "x": metres,
                    "fill": {
                        "field": "series",
                        "type": "nominal",
                        "scale": {"domain": series, "range": list(CATEGORIES[:n])},
                        "legend": legend,
                    },
                    "shape": {
                        "field": "series",
                        "type": "nominal",
                        "scale": {"domain": series, "range": list(SHAPES[:n])},
                        "legend": legend,
                    },
                },
            },
            {
                "data": {"values": [{"group": group} for group in groups]},
                "mark": {
                    "type": "text", "align": "left", "baseline": "bottom", "yOffset": -5,
                    "color": INK,
                },
                "encoding": {"y": at, "x": {"value": 0}, "text": {"field": "group"}},
            },
        ],
    }  # fmt: skip
