"""The treated and what they are compared with, period by period, with the start marked."""

from __future__ import annotations

from typing import Any

from evenground.drawing import CATEGORIES, DASHES, MUTED
from evenground.evidence import Figure, Message, Table
from evenground.questions.promise.judged import Judged

_LABELS = 5
WITH, WITHOUT = "wording:legend.with_it", "wording:legend.without_it"


def course_figure(one: Judged) -> tuple[Figure, ...]:
    """Return the figure; nothing where the effect has no single course, as with several starts."""
    course = one.effect.course
    if course is None:
        return ()
    times = one.outcomes.panel.times
    lines = ((WITH, course.treated), (WITHOUT, course.comparison))
    rows = [
        {"line": name, "at": time, "value": float(f"{value:.4g}")}
        for name, values in lines
        for time, value in zip(times, values.tolist(), strict=True)
    ]
    known = {"start": times[course.start], "indicator": one.promise.row.get("indicator") or ""}
    table = Table(
        key="course",
        columns=("period", "with_it", "without_it"),
        rows=tuple(
            (time, float(f"{first:.4g}"), float(f"{second:.4g}"))
            for time, first, second in zip(
                times, course.treated.tolist(), course.comparison.tolist(), strict=True
            )
        ),
    )
    return (
        Figure(
            key=f"course-{one.promise.key}",
            spec=_spec(rows, times, times[course.start]),
            title=Message(code="figure.course", parameters=known),
            alternative=Message(code="figure.course.alternative", parameters=known),
            table=table,
        ),
    )


def _spec(rows: list[dict[str, Any]], times: tuple[str, ...], start: str) -> dict[str, Any]:
    step = max(1, -(-len(times) // _LABELS))
    by = {"field": "line", "type": "nominal"}
    names = [WITH, WITHOUT]
    at = {
        "field": "at",
        "type": "ordinal",
        "sort": list(times),
        "title": None,
        "axis": {"values": list(times[::step]), "labelAngle": 0},
        "scale": {"domain": list(times)},
    }
    legend = {"title": None, "symbolType": "stroke", "symbolSize": 600}
    return {
        "data": {"values": rows},
        "width": 640,
        "height": 300,
        "encoding": {"x": at},
        "layer": [
            {
                "data": {"values": [{"at": start}]},
                "mark": {"type": "rule", "color": MUTED, "strokeDash": [2, 3]},
            },
            {
                "mark": {"type": "line"},
                "encoding": {
                    "y": {
                        "field": "value",
                        "type": "quantitative",
                        "title": "wording:axis.course",
                        "scale": {"zero": False, "nice": True},
                    },
                    "stroke": {
                        **by,
                        "scale": {"domain": names, "range": list(CATEGORIES[:2])},
                        "legend": legend,
                    },
                    "strokeDash": {
                        **by,
                        "scale": {"domain": names, "range": [list(one) for one in DASHES[:2]]},
                        "legend": legend,
                    },
                },
            },
        ],
    }
