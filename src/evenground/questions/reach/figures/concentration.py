"""The concentration curve: what share of access residents hold, counted from one end of a rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.drawing import DASHES, FIRST, MUTED, SECOND
from evenground.evidence import Figure, Message, Table
from evenground.methods.inequality.lorenz import LorenzCurve

_STEPS = 100
_IN_TABLE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """The Lorenz curve, and the concentration curve where residents are ranked by something."""

    lorenz: LorenzCurve
    ranked: LorenzCurve | None


def concentration_figure(
    curves: Curves, *, key: str, code: str, known: Mapping[str, Any]
) -> Figure:
    """Return both curves with the diagonal; ``code`` says in the title what they show."""
    drawn = {"wording:curve.ranked": curves.ranked, "wording:curve.lorenz": curves.lorenz}
    at = np.linspace(0, 1, _STEPS + 1)
    rows = [
        {"curve": name, "people": round(float(x), 4), "share": round(float(y), 5)}
        for name, curve in drawn.items()
        if curve is not None
        for x, y in zip(at, curve.at(at), strict=True)
    ]
    rows += [{"curve": "wording:curve.even", "people": x, "share": x} for x in (0.0, 1.0)]
    names = [name for name, curve in drawn.items() if curve is not None]
    kind = code.split(".", maxsplit=1)[0]
    ends = np.linspace(0, 1, _IN_TABLE + 1)[1:]
    shown = [curve for curve in drawn.values() if curve is not None]
    table = Table(
        key="concentration",
        columns=(
            "people_share",
            *(name.removeprefix("wording:").replace(".", "_") for name in names),
        ),
        rows=tuple(
            (round(float(x), 2), *(round(float(curve.at([x])[0]), 3) for curve in shown))
            for x in ends
        ),
    )
    return Figure(
        key=f"concentration-{key}",
        spec=_spec(rows, [*names, "wording:curve.even"]),
        title=Message(code=f"figure.{code}", parameters=known),
        alternative=Message(code=f"figure.{kind}.alternative", parameters=known),
        table=table,
    )


def _spec(rows: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    style = {
        "wording:curve.ranked": (FIRST, DASHES[0]),
        "wording:curve.lorenz": (SECOND, DASHES[1]),
        "wording:curve.even": (MUTED, DASHES[2]),
    }
    legend = {"title": None, "symbolType": "stroke", "symbolSize": 600}
    colours = {"domain": names, "range": [style[name][0] for name in names]}
    dashes = {"domain": names, "range": [list(style[name][1]) for name in names]}
    share = {
        "type": "quantitative",
        "axis": {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]},
        "scale": {"domain": [0, 1]},
    }
    return {
        "data": {"values": rows},
        "width": 640,
        "height": 420,
        "mark": {"type": "line"},
        "encoding": {
            "x": {"field": "people", **share, "title": "wording:axis.people_share"},
            "y": {"field": "share", **share, "title": "wording:axis.access_share"},
            "stroke": {"field": "curve", "type": "nominal", "scale": colours, "legend": legend},
            "strokeDash": {"field": "curve", "type": "nominal", "scale": dashes, "legend": legend},
        },
    }
