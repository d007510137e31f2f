"""Saltmarsh with data that follow people: alone on their ways, or all on one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pyarrow as pa

from evenground.tests.scenarios_of_data import FIRST, HOUR, listing, village
from evenground.tests.towns import Town, area_id
from evenground.workspace.opening import DatasetAtHand

FOLLOWS: Mapping[str, Any] = {
    "roles": {"form": "events", "time": "at", "area": "area_id", "person": "who"}
}


def trips(n_people: int = 6, *, alike: bool = False, short: int = 0) -> pa.Table:
    """Return where people were in five hours, each one hour later than the one before, or alike.

    ``short`` more people were somewhere once.
    """
    rows = [
        {"who": f"P{who}", "area_id": area_id(at % 2, 0),
         "at": FIRST + HOUR * (at + (0 if alike else who)) + timedelta(minutes=who)}
        for who in range(n_people) for at in range(5)
    ]  # fmt: skip
    rows += [
        {"who": f"Q{who}", "area_id": area_id(0, 0), "at": FIRST + timedelta(minutes=7)}
        for who in range(short)
    ]
    return pa.Table.from_pylist(rows)


def following() -> Town:
    """Return the town whose datasets follow people."""

    def held(**how: Any) -> DatasetAtHand:
        return DatasetAtHand(rows=trips(**how), datasheet=FOLLOWS)

    return listing(
        village(), bikes=held(), buses=held(alike=True), cars=held(short=1), cabs=held(short=2)
    )


OF_TRACES: Mapping[str, Callable[[], Town]] = {"data that follow people": following}
