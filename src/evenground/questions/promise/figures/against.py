"""What came, for all and by group, as intervals beside what was promised and what is worth it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from evenground.drawing import BAND_LINE, FIRST, INK, SECOND
from evenground.evidence import Figure, Message, Table
from evenground.questions.promise.effects import Counted
from evenground.questions.promise.judged import Judged

_HEIGHT, _TICK = 48, 12
ALL = "wording:for_all"


def against_figure(one: Judged) -> tuple[Figure, ...]:
    """Return the figure; nothing where an interval has no end, or there is nothing to compare."""
    gains = [(ALL, one.gain), *one.came.groups]
    marks = [
        (name, value)
        for name, value in (
            ("wording:legend.nothing", 0.0),
            ("wording:legend.minimum", one.promise.number("minimum_effect")),
            ("wording:legend.promised", one.promise.change.change),
        )
        if value is not None
    ]
    ends = [end for _, gain in gains for end in (gain.low, gain.high)]
    if len(marks) == 1 or not all(map(isfinite, ends)):
        return ()
    known = {"indicator": one.promise.row.get("indicator") or "", "level": one.gain.level}
    return (
        Figure(
            key=f"against-{one.promise.key}",
            spec=_spec(gains, marks),
            title=Message(code="figure.against", parameters=known),
            alternative=Message(code="figure.against.alternative", parameters=known),
            table=Table(
                key="against",
                columns=("group", "change_for_better", "low", "high"),
                rows=tuple(
                    (
                        Message(code="for_all") if name == ALL else name,
                        _settled(gain.value),
                        _settled(gain.low),
                        _settled(gain.high),
                    )
                    for name, gain in gains
                ),
            ),
        ),
    )


def _settled(value: float) -> float:
    return float(f"{value:.4g}")


def _spec(
    gains: Sequence[tuple[str, Counted]], marks: Sequence[tuple[str, float]]
) -> dict[str, Any]:
    rows = [
        {
            "group": name,
            "value": _settled(gain.value),
            "low": _settled(gain.low),
            "high": _settled(gain.high),
        }
        for name, gain in gains
    ]
    at = {
        "field": "group",
        "type": "nominal",
        "sort": [row["group"] for row in rows],
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    titled = {"type": "quantitative", "title": "wording:axis.against"}
    offset = {"yOffset": _TICK}
    span = {
        "mark": {"type": "rule", "color": INK, "strokeWidth": 2, **offset},
        "encoding": {"y": at, "x": {"field": "low", **titled}, "x2": {"field": "high"}},
    }
    point = {
        "mark": {"type": "point", "size": 60, "fill": INK, "stroke": INK, "opacity": 1, **offset},
        "encoding": {"y": at, "x": {"field": "value", **titled}},
    }
    text = {
        "mark": {
            "type": "text", "align": "left", "baseline": "bottom", "yOffset": -3, "color": INK,
        },
        "encoding": {"y": at, "x": {"value": 0}, "text": {"field": "group"}},
    }  # fmt: skip
    return {
        "data": {"values": rows},
        "width": 640,
        "height": {"step": _HEIGHT},
        "layer": [_uprights(marks, titled), span, point, text],
    }


def _uprights(marks: Sequence[tuple[str, float]], titled: Mapping[str, Any]) -> dict[str, Any]:
    """Return the upright lines of what gains are held against."""
    by = {"field": "mark", "type": "nominal"}
    names = [name for name, _ in marks]
    legend = {"title": None, "symbolType": "stroke", "symbolSize": 400}
    colours = {"wording:legend.nothing": BAND_LINE, "wording:legend.minimum": SECOND}
    dashes = {"wording:legend.nothing": [1, 0], "wording:legend.minimum": [7, 3]}
    return {
        "data": {"values": [{"mark": name, "at": _settled(value)} for name, value in marks]},
        "mark": {"type": "rule"},
        "encoding": {
            "x": {"field": "at", **titled},
            "stroke": {
                **by,
                "scale": {"domain": names, "range": [colours.get(name, FIRST) for name in names]},
                "legend": legend,
            },
            "strokeDash": {
                **by,
                "scale": {"domain": names, "range": [dashes.get(name, [2, 3]) for name in names]},
                "legend": legend,
            },
        },
    }
