"""Crews' tally of full bins: quarters side by side, a sum, a remark that somebody typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evenground_demo.tables.bins_in_need import found_rows
from evenground_demo.world import World
from evenground_demo.writers import write_workbook

FILE = "Full bins, tally of the crews 2025.xlsx"
HEADER = ("Small area", "Q1", "Q2", "Q3", "Q4", "Sum 2025", "Remarks")
HEADER_ROW = 3
_PARTS = (0.2, 0.27, 0.31)


def write_crews(folder: Path, world: World) -> None:
    """Write one line per area; codes are text here, with a space in the middle in some rows."""
    cells: list[list[Any]] = [
        ["Cleaning department, depot"], ["Full bins that crews found, 2025"], list(HEADER),
    ]  # fmt: skip
    for number, row in enumerate(found_rows(world)):
        total = row["value"]
        quarters = [round(total * part) for part in _PARTS]
        code = row["area_id"]
        written = f"{code[:2]} {code[2:]}" if number % SPACED == SPACED - 1 else code
        remark = "two weeks of strike in Q1" if number == REMARKED else None
        cells.append([written, *quarters, total - sum(quarters), total, remark])
    write_workbook(folder / FILE, {"2025": cells})


SPACED = 17
"""Every so-many-th code has a space after the district."""

REMARKED = 40
