"""Tables that are words: accounts, past initiatives, communities, groups that nobody counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from evenground_demo.land import placed, smooth
from evenground_demo.text_files import texts
from evenground_demo.world import World


def account_rows(world: World) -> list[dict[str, Any]]:
    """Return what people said, placed in an area of their district."""
    rows: list[dict[str, Any]] = []
    for entry in texts("accounts")["accounts"]:
        homes = [a for a in world.areas if a.district == entry["district"] and a.use == "homes"]
        area = homes[(entry["small_area"] - 1) % len(homes)]
        rows.append(
            {
                "account_id": entry["account_id"],
                "date": entry["date"],
                "area_id": area.code,
                "place": area.name,
                "role": entry["role"],
                "text": entry["text"],
                "source": entry["source"],
                "consent": entry["consent"],
            }
        )
    return rows


def past_rows() -> list[dict[str, Any]]:
    """Return what was tried before, declined and stopped included."""
    names = ("initiative_id", "title", "domain", "stage", "started", "ended", "cost", "promised",
             "came", "source")  # fmt: skip
    return [
        {name: entry.get(name) for name in names}
        for entry in texts("past_initiatives")["past_initiatives"]
    ]


def past_promise_rows() -> list[dict[str, Any]]:
    """Return what was promised of it in figures, and what came."""
    return texts("past_promises")["past_promises"]


def uncounted_rows() -> list[dict[str, Any]]:
    """Return groups without counts by area."""
    names = ("group", "estimate", "source", "who_knows")
    return [{name: e.get(name) for name in names} for e in texts("lists")["uncounted_groups"]]


def dataset_rows() -> list[dict[str, Any]]:
    """Return the datasets that the city relies on."""
    names = ("dataset_id", "title", "producer", "purpose", "not_in_it", "conditions", "file")
    return [{name: e.get(name) for name in names} for e in texts("lists")["datasets"]]


def need_rows() -> list[dict[str, Any]]:
    """Return what counts as need, with the weights that the city signed."""
    names = ("indicator", "name", "domain", "period", "worse_when", "per", "measured_by", "weight",
             "signed_by", "signed_on")  # fmt: skip
    return [{name: e.get(name) for name in names} for e in texts("lists")["needs"]]


def basic_service_rows() -> list[dict[str, Any]]:
    """Return the basic services that the city names, with their standards."""
    names = ("service", "name", "within_metres", "people_per_unit", "unit_cost", "unit_cost_high",
             "price_year", "set_by")  # fmt: skip
    return [{name: e.get(name) for name in names} for e in texts("lists")["basic_services"]]


def community_rows(world: World) -> list[dict[str, Any]]:
    """Return communities with the outline that they drew."""
    rows: list[dict[str, Any]] = []
    for entry in texts("lists")["communities"]:
        line = shapely.LineString(placed(smooth(np.array(entry["around"], float), rounds=2)))
        drawn = shapely.convex_hull(line) if entry["width"] >= WIDE else line
        outline = drawn.buffer(entry["width"], quad_segs=4).intersection(world.land.limit)
        kept = ("community_id", "name", "drawn_by", "conditions")
        rows.append(
            {name: entry[name] for name in kept} | {"geometry": shapely.set_precision(outline, 1.0)}
        )
    return rows


WIDE = 300
"""From this width (metres) a community is drawn as a field, below it as a band along a line."""
