"""The bare offer: a workbook of which only the first sheets could be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evenground_demo.text_files import texts
from evenground_demo.writers import grid, write_workbook

FILE = "offer.xlsx"


def write_offer(path: Path) -> None:
    """Write keys and values, the options, and what they cost by year."""
    offer = texts("initiatives/help_points")
    options = [{k: v for k, v in one.items() if k != "cost"} for one in offer["options"]]
    costs = [
        {"option": one["key"], "year": int(year), "amount": amount}
        for one in offer["options"]
        for year, amount in one.get("cost", {}).items()
    ]
    sheets = {
        "initiative": [["key", "value"], *([key, value] for key, value in _flat(offer).items())],
        "options": grid(options),
        "costs": grid(costs),
    }
    write_workbook(path, sheets)


def _flat(offer: Mapping[str, Any], under: str = "") -> dict[str, Any]:
    """Write a key inside a table as ``decision.body``, a list with semicolons."""
    flat: dict[str, Any] = {}
    for key, value in offer.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, under=f"{under}{key}.")
        elif key != "options" and value not in ("", []):
            flat[under + key] = "; ".join(value) if isinstance(value, list) else value
    return flat
