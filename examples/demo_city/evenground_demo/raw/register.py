"""The register as a spreadsheet made to be read by people, not by machines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evenground_demo.tables.population import rounded
from evenground_demo.world import World
from evenground_demo.writers import write_workbook

FILE = "Population by small area 2024.xlsx"
SHEET = "Table 1"
HEADER = (
    "Small area no.", "Small area", "Residents", "0-17 years", "18-64 years", "65 years and over",
    "Born abroad",
)  # fmt: skip
HEADER_ROW = 4
FEWEST_SHOWN = 50
_GROUPS = ("under_18", "age_18_to_64", "age_65_plus", "foreign_born")


def old_code_row(world: World) -> tuple[str, str]:
    """Return the code of 2018 that somebody left in the sheet, and the one that it should be."""
    merged = world.editions.merged[0]
    name = next(area.name for area in world.areas if area.code == merged)
    old = next(area.code for area in world.editions.old if area.name == f"{name} West")
    return old, merged


def write_register(folder: Path, world: World) -> None:
    """Write titles above, footnotes below, a total row, ``x`` for few, codes as numbers."""
    wrong, right = old_code_row(world)
    cells: list[list[Any]] = [
        ["Quillhaven statistics office (invented): population register, 1 January 2024"],
        ["Counts are rounded to the nearest five."],
        [],
        list(HEADER),
    ]
    counts = [world.people.total, *(world.people.group[name] for name in _GROUPS)]
    for i, area in enumerate(world.areas):
        code = wrong if area.code == right else area.code
        shown = world.people.total[i] >= FEWEST_SHOWN
        values = [rounded(int(count[i])) if shown else "x" for count in counts]
        # A spreadsheet program takes 0101 for a number and drops the zero.
        cells.append([int(code), area.name, *values])
    cells.append(["", "Quillhaven total", *(rounded(int(count.sum())) for count in counts)])
    cells += [
        [],
        [f"x = fewer than {FEWEST_SHOWN} residents, not shown"],
        ["Source: population register. Small areas as of 1 January 2024."],
    ]
    write_workbook(folder / FILE, {"Read me": [["See next sheet"]], SHEET: cells})
