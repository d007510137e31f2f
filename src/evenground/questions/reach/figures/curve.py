"""The share of people within any distance of the nearest unit: one line a group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from evenground.drawing import CATEGORIES, DASHES
from evenground.evidence import Figure, Message, Table
from evenground.questions.reach.measures.threshold_curve import ThresholdCurve

_IN_TABLE = 8


def distance_curve(
    curve: ThresholdCurve, names: tuple[str, ...], *, key: str, known: Mapping[str, Any]
) -> Figure:
    """Return the curve of at most four groups; ``names`` belong to the curve's rows."""
    rows = [
        {
            "group": name,
            "metres": float(metres),
            "share": round(float(curve.share[group, at]), 5),
            "low": round(float(curve.low[group, at]), 5),
            "high": round(float(curve.high[group, at]), 5),
        }
        for group, name in enumerate(names)
        for at, metres in enumerate(curve.metres)
    ]
    shown = np.unique(np.linspace(0, len(curve.metres) - 1, _IN_TABLE + 1).astype(int))[1:]
    table = Table(
        key="curve",
        columns=("group", "metres", "share_within"),
        rows=tuple(
            (name, int(curve.metres[at]), round(float(curve.share[group, at]), 3))
            for group, name in enumerate(names)
            for at in shown
        ),
    )
    return Figure(
        key=f"curve-{key}",
        spec=_spec(rows, names),
        title=Message(code="figure.curve", parameters=known),
        alternative=Message(code="figure.curve.alternative", parameters=known),
        table=table,
    )


def _spec(rows: list[dict[str, Any]], names: tuple[str, ...]) -> dict[str, Any]:
    n = len(names)
    x = {"field": "metres", "type": "quantitative", "title": "wording:axis.metres"}
    legend = {"title": None, "symbolType": "stroke", "symbolSize": 600}
    domain = {"domain": list(names), "range": list(CATEGORIES[:n])}
    colour = {"field": "group", "type": "nominal", "scale": domain, "legend": legend}
    dashes = {"domain": list(names), "range": [list(dash) for dash in DASHES[:n]]}
    dash = {"field": "group", "type": "nominal", "scale": dashes, "legend": legend}
    share = {
        "type": "quantitative",
        "axis": {"format": ".0%"},
        "title": "wording:axis.share_within",
    }
    return {
        "data": {"values": rows},
        "width": 640,
        "height": 320,
        "encoding": {"x": x},
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.18},
                "encoding": {
                    "y": {"field": "low", **share},
                    "y2": {"field": "high"},
                    "fill": {**colour, "legend": None},
                },
            },
            {
                "mark": {"type": "line"},
                "encoding": {
                    "y": {"field": "share", **share},
                    "stroke": colour,
                    "strokeDash": dash,
                },
            },
        ],
    }
