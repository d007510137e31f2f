"""Who has each basic service: a pair of bars for each, one for either group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenground.drawing import FIRST, INK, SECOND
from evenground.evidence import Figure, Message, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """The share of one group that has a service by its standard."""

    service: str
    group: str
    share: float


def coverage_bars(rows: Sequence[Covered], *, known: Mapping[str, Any]) -> Figure:
    """Return bars from 0 to 100 % for each service; groups differ by colour and by their order."""
    groups = list(dict.fromkeys(row.group for row in rows))
    services = list(dict.fromkeys(row.service for row in rows))
    values = [
        {
            "service": row.service,
            "group": row.group,
            "share": round(row.share, 4),
            "at": groups.index(row.group),
        }
        for row in rows
    ]
    return Figure(
        key="coverage",
        spec=_spec(values, groups, services),
        title=Message(code="figure.coverage", parameters=known),
        alternative=Message(code="figure.coverage.alternative", parameters=known),
        table=Table(
            key="coverage",
            columns=("service", "group", "covered"),
            rows=tuple((row.service, row.group, round(row.share, 3)) for row in rows),
        ),
    )


def _spec(values: list[dict[str, Any]], groups: list[str], services: list[str]) -> dict[str, Any]:
    at = {
        "field": "service",
        "type": "nominal",
        "sort": services,
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    share = {
        "field": "share",
        "type": "quantitative",
        "title": "wording:axis.covered",
        "axis": {"format": "%"},
        "scale": {"domain": [0, 1]},
    }
    fill = {
        "field": "group",
        "type": "nominal",
        "scale": {"domain": groups, "range": [FIRST, SECOND][: len(groups)]},
        "legend": {"title": None, "symbolType": "square"},
    }
    text = {"type": "text", "align": "left", "baseline": "bottom", "yOffset": -8, "color": INK}
    bars = [
        {
            "transform": [{"filter": f"datum.at == {row}"}],
            "mark": {"type": "bar", "height": 10, "yOffset": 2 + 13 * row},
            "encoding": {"x": share, "fill": fill},
        }
        for row in range(len(groups))
    ]
    names = {
        "data": {"values": [{"service": name} for name in services]},
        "mark": text,
        "encoding": {"x": {"value": 0}, "text": {"field": "service"}},
    }
    return {
        "data": {"values": values},
        "width": 640,
        "height": {"step": 64},
        "encoding": {"y": at},
        "layer": [*bars, names],
    }
