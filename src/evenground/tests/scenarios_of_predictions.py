"""Saltmarsh with models that predict chances and amounts: right, wrong, and beyond telling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from evenground.tests.scenarios_of_data import listing, village
from evenground.tests.towns import Row, Town, area_id
from evenground.workspace.opening import DatasetAtHand

CHANCES = (0.1, 0.5, 0.9)
"""Predicted chances: of ten cases each, one, five and nine should come."""
PREDICTS: Mapping[str, Any] = {
    "roles": {"form": "rows", "prediction": "said", "outcome": "came", "group": "district",
              "area": "area_id"}
}  # fmt: skip
NO_AREA: Mapping[str, Any] = {"roles": {**PREDICTS["roles"], "area": ""}}


def chanced(
    came: Mapping[str | None, Sequence[int]], *, tens: int = 6, said: Sequence[float] = CHANCES
) -> pa.Table:
    """Return cases with a chance each: of ten so many came, for each chance, by district."""
    rows: list[Row] = [
        {"district": name, "area_id": area_id(0, at % 2), "said": chance, "came": int(one < n)}
        for at, (name, counts) in enumerate(came.items())
        for chance, n in zip(said, counts, strict=True)
        for one in range(10)
        for _ in range(tens)
    ]
    return pa.Table.from_pylist(rows)


def amounted(off: Mapping[str | None, float], *, n: int = 40) -> pa.Table:
    """Return amounts, by district so much too high on average."""
    rows: list[Row] = [
        {"district": name, "area_id": area_id(0, 0), "came": 20.0 + at % 7,
         "said": 20.0 + at % 7 + much + (at % 5 - 2)}
        for name, much in off.items() for at in range(n)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)


def at_hand(rows: pa.Table, sheet: Mapping[str, Any] = PREDICTS) -> DatasetAtHand:
    """Return predictions with their datasheet."""
    return DatasetAtHand(rows=rows, datasheet=sheet)


def predicting() -> Town:
    """Return the town whose datasets hold predictions of many kinds."""
    few = {**{f"D{at}": (1, 5, 9) for at in range(6)}, "D6": (0, 2, 6)}
    return listing(
        village(),
        misled=at_hand(chanced({"D0": (1, 5, 9), "D1": (8, 5, 2), None: (5, 5, 5)})),
        fair=at_hand(chanced({"D0": (1, 5, 9), "D1": (1, 5, 9)}), NO_AREA),
        few=at_hand(chanced(few, tens=1)),
        tenths=at_hand(chanced({"D0": (1, 5, 9), "D1": (1, 5, 9)}, said=(1, 5, 9))),
        leaning=at_hand(amounted({"D0": 3.0, "D1": -3.0, "D2": 0.0})),
        even=at_hand(amounted({"D0": 0.0, "D1": 0.0}), NO_AREA),
        turned=at_hand(chanced({f"D{at}": (9, 5, 1) for at in range(8)})),
    )


OF_PREDICTIONS: Mapping[str, Callable[[], Town]] = {"predictions of many kinds": predicting}
