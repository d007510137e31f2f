"""The survey as an old program exports it: semicolons, decimal commas, Windows letters."""

from __future__ import annotations

from pathlib import Path

from evenground_demo.tables.income import income_rows
from evenground_demo.tables.population import SURVEYED, survey_rows
from evenground_demo.world import World

FILE = "survey_2022_2024.csv"
ENCODING = "cp1252"
_NAMES = {
    "low_income": "Low income", "renters": "Rents", "owners": "Owns", "without_car": "No car",
}  # fmt: skip
HEADER = ("Area", "Name", "Low income %", "± %",
          *(name for key in SURVEYED for name in (_NAMES[key], f"± {_NAMES[key]}")))  # fmt: skip


def write_survey(folder: Path, world: World) -> None:
    """Write shares with decimal commas, thousands with a point, ``..`` where too few answered."""
    survey = survey_rows(world)
    shares = {row["area_id"]: row for row in income_rows(world, survey)}
    lines = [";".join(HEADER)]
    for row in survey:
        share = shares.get(row["area_id"])
        cells = [row["area_id"], row["name"]]
        cells += [_comma(share["value"]), _comma(share["margin"])] if share else ["..", ".."]
        for group in SURVEYED:
            cells += [_thousands(row[group]), _thousands(row[f"{group}_moe"])]
        lines.append(";".join(cells))
    lines.append("Living conditions survey 2022-2024; margins (±) at 90 % confidence")
    (folder / FILE).write_bytes("\r\n".join([*lines, ""]).encode(ENCODING))


def _comma(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _thousands(value: int | None) -> str:
    return ".." if value is None else f"{value:,}".replace(",", ".")
