"""What people said and what was tried before, as lists that someone keeps by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evenground_demo.tables.hand_written import account_rows, past_rows
from evenground_demo.world import World
from evenground_demo.writers import write_workbook

FILE = "Conversations and past projects.xlsx"
SAID = ("No.", "Day", "Small area", "Who", "What was said", "How", "May be published")
TRIED = (
    "No.", "Project", "Field", "How far", "Began", "Ended", "Cost EUR", "Promised", "Came of it",
    "Where",
)  # fmt: skip


def write_words(folder: Path, world: World) -> None:
    """Write dates as 14.06.2025, costs with points, consent with capitals and stray spaces."""
    said: list[list[Any]] = [list(SAID)]
    for row in account_rows(world):
        consent = f"{row['consent'].capitalize()} "
        said.append(
            [row["account_id"], _day(row["date"]), row["area_id"], row["role"], row["text"],
             row["source"], consent]
        )  # fmt: skip
    tried: list[list[Any]] = [list(TRIED)]
    for row in past_rows():
        dates = [_day(row["started"]), _day(row["ended"])]
        cost = f"{row['cost']:,}".replace(",", ".")
        tried.append(
            [row["initiative_id"], row["title"], row["domain"], row["stage"], *dates, cost,
             row["promised"], row["came"], row["source"]]
        )  # fmt: skip
    write_workbook(folder / FILE, {"said": said, "tried": tried})


def _day(day: Any) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
