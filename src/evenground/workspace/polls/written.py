"""A count as a new file: a row for each project, or everything as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evenground.errors import Problem, UsageError
from evenground.language import N_

COLUMNS: tuple[str, ...] = (
    "project_id", "name", "funded", "place", "votes", "score", "cost", "why", "reason",
    "price_per_supporter", "money_left", "money_missing", "winning_cost", "more_votes",
)  # fmt: skip


def refuse_existing(path: Path | None) -> None:
    """Refuse a file that is there already, or whose kind cannot be written.

    Raises
    ------
    UsageError
        If so.
    """
    if path is None:
        return
    if path.suffix.lower() not in {".csv", ".json"}:
        raise UsageError(
            Problem(
                code="count_kind",
                value=str(path),
                what=N_("--write {value} ends neither in .csv nor in .json."),
                rule=N_("A count is written as a table of projects (.csv) or in full (.json)."),
                way_out=N_("Name a file that ends in one of these."),
            )
        )
    if path.exists():
        raise UsageError(
            Problem(
                code="count_exists",
                value=str(path),
                what=N_("{value} is there already."),
                rule=N_("A count is never written over another file."),
                way_out=N_("Name another file, or move this one away first."),
            )
        )


def write_count(path: Path, data: Mapping[str, Any]) -> None:
    """Write the data of a count.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    try:
        if path.suffix.lower() == ".json":
            text = json.dumps(data, ensure_ascii=False, indent=2)
            path.write_text(f"{text}\n", encoding="utf-8")
            return
        with path.open("x", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            for name, project in data["projects"].items():
                row = {"project_id": name, **project, "funded": int(project["funded"])}
                writer.writerow({key: _safe(value) for key, value in row.items()})
    except OSError as error:
        raise UsageError(
            Problem(
                code="count_not_written",
                value=str(path),
                what=N_("{value} cannot be written: {reason}."),
                rule=N_("--write needs a folder that is there and may be written to."),
                way_out=N_("Name a file in such a folder."),
                parameters={"reason": error.strerror or type(error).__name__},
            )
        ) from error


def _safe(value: object) -> object:
    """Return a text so that a spreadsheet does not take it for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
