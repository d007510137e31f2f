"""Figures of the town as a question would specify them: a map, group bars, a threshold curve."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from evenground.dossier.tests.town import Town
from evenground.drawing import (
    BAND,
    CATEGORIES,
    DASHES,
    INK,
    NO_DATA,
    PAPER,
    SEQUENTIAL,
    UNIT,
    WIDTH,
    map_frame,
    map_furniture,
)

Spec = dict[str, Any]


def field(name: str, **more: Any) -> Spec:
    return {"field": name, "type": "quantitative", **more}


def choropleth(
    town: Town, values: list[float | None], *, breaks: list[float], title: str, unit: str = "bin"
) -> Spec:
    frame = map_frame(town.bounds)
    labels = class_labels(breaks)
    rows = [
        {
            "area_id": area,
            "class": "no data" if value is None else labels[int(np.digitize(value, breaks))],
        }
        for area, value in zip(town.area_ids, values, strict=True)
    ]
    fill = {
        "field": "class",
        "type": "ordinal",
        "scale": {"domain": [*labels, "no data"], "range": [*SEQUENTIAL, NO_DATA]},
        "legend": {"title": title, "symbolType": "square"},
    }
    areas = {
        "data": {"name": "areas", "format": {"property": "features"}},
        "transform": [
            {
                "lookup": "id",
                "from": {"data": {"values": rows}, "key": "area_id", "fields": ["class"]},
            }
        ],
        "mark": "geoshape",
        "encoding": {"fill": fill},
    }
    units = {
        "data": {"name": "sites"},
        "mark": {"type": "point", "style": "unit"},
        "encoding": {
            "longitude": field("x"),
            "latitude": field("y"),
            "shape": {
                "datum": unit,
                "type": "nominal",
                "scale": {"range": ["circle"]},
                "legend": {"title": None, "symbolFillColor": UNIT, "symbolStrokeColor": PAPER},
            },
        },
    }
    return {
        "width": frame.width,
        "height": frame.height,
        "projection": frame.projection,
        "layer": [areas, units, *map_furniture(frame)],
    }


def class_labels(breaks: list[float]) -> list[str]:
    inner = [f"{low:g}–{high:g}" for low, high in pairwise(breaks)]
    return [f"under {breaks[0]:g}", *inner, f"{breaks[-1]:g} and over"]


def group_bars(rows: list[Spec], *, title: str) -> Spec:
    key = {"domain": ["planned", "where chance would put it"], "range": [SEQUENTIAL[2], BAND]}
    interval = {
        "datum": "95 % interval",
        "type": "nominal",
        "scale": {"range": [INK]},
        "legend": {"title": None, "symbolType": "stroke"},
    }

    def fill(what: str) -> Spec:
        legend = {"title": None, "symbolType": "square"}
        return {"datum": what, "type": "nominal", "scale": key, "legend": legend}

    return {
        "width": WIDTH,
        "height": {"step": 64},
        "data": {"values": rows},
        "encoding": {
            "y": {
                "field": "group",
                "type": "nominal",
                "sort": [row["group"] for row in rows],
                "axis": None,
                "scale": {"paddingInner": 0, "paddingOuter": 0},
            }
        },
        "layer": [
            {
                "mark": {"type": "bar", "style": "chance", "height": 26, "yOffset": 12},
                "encoding": {
                    "x": field("band_low", title=title, scale={"zero": True}),
                    "x2": {"field": "band_high"},
                    "fill": fill(key["domain"][1]),
                },
            },
            {
                "mark": {"type": "bar", "height": 10, "yOffset": 12},
                "encoding": {"x": field("value"), "fill": fill(key["domain"][0])},
            },
            {
                "mark": {"type": "rule", "yOffset": 12},
                "encoding": {"x": field("low"), "x2": {"field": "high"}, "stroke": interval},
            },
            *(
                {
                    "mark": {"type": "tick", "yOffset": 12, "size": 12},
                    "encoding": {"x": field(end)},
                }
                for end in ("low", "high")
            ),
            {
                "mark": {"type": "text", "align": "left", "baseline": "bottom", "yOffset": -6},
                "encoding": {"x": {"value": 0}, "text": {"field": "group"}},
            },
        ],
    }


def threshold_curve(rows: list[Spec], groups: list[str]) -> Spec:
    def by_group(values: list[Any]) -> Spec:
        return {
            "field": "group",
            "type": "nominal",
            "scale": {"domain": groups, "range": values},
            "legend": {"title": None, "symbolType": "stroke", "symbolSize": 600},
        }

    colour = by_group(list(CATEGORIES[: len(groups)]))
    share = "share of residents within that distance of a bin, straight line"
    y_axis = {"title": share, "axis": {"format": ".0%"}, "scale": {"domain": [0, 1]}}
    return {
        "width": WIDTH,
        "height": 320,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.18},
                "encoding": {
                    "x": field("metres", title="metres"),
                    "y": field("low", **y_axis),
                    "y2": {"field": "high"},
                    "fill": colour,
                },
            },
            {
                "mark": "line",
                "encoding": {
                    "x": field("metres"),
                    "y": field("share"),
                    "color": colour,
                    "strokeDash": by_group([list(dash) for dash in DASHES[: len(groups)]]),
                },
            },
        ],
    }
