"""Seals of the demo: keys that anybody can work out, and days of long ago, for the same bytes."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from evenground_demo.initiatives import rounds_by_need
from evenground_demo.writers import write_csv

if TYPE_CHECKING:
    from evenground.workspace.sealing import Terms

SEALED_ON, AMENDED_ON, OPENED_ON = date(2024, 7, 4), date(2024, 9, 16), date(2026, 2, 3)
"""Of the trial: before the lots were drawn, before the first area began, after the last month."""
PLANNED_ON = date(2026, 3, 2)
"""Of the closed bins, of which nothing stands yet."""
REASON = (
    "24 of 120 areas were drawn by lot on 12 September. The works council set a limit for hours "
    "on the road, which had been left open."
)
RECORD = ("seals.jsonl", "seals.opened.jsonl", ".gitattributes")
PRIVATE = "seals.private"


def write_seals(folder: Path) -> None:
    """Seal what was promised in those initiatives below ``folder`` that are there.

    The trial is sealed before the lots are drawn, amended once, and opened when the results are in.
    The closed bins are sealed and not opened. What the seller of sensors promises is not sealed.
    """
    for name, seals in ((rounds_by_need.KEY, _seal_trial), ("closed_bins", _seal_closed_bins)):
        if (folder / name).is_dir():
            _forget(folder / name)
            seals(folder / name)


def _seal_closed_bins(folder: Path) -> None:
    from evenground.workspace.sealing import seal

    seal(folder, terms=_terms_of("closed bins")(PLANNED_ON))


def _seal_trial(folder: Path) -> None:
    """Make each entry in a copy of the folder as it was on that day."""
    from evenground.workspace.sealing import amend, open_seals, seal

    terms = _terms_of(rounds_by_need.KEY)
    with TemporaryDirectory() as place:
        then = Path(place) / folder.name
        _copy(folder, then)
        _before_the_lots(then)
        _until(then, "2024-06")
        seal(then, terms=terms(SEALED_ON))
        _copy(folder, then)
        _until(then, "2024-08")
        amend(then, REASON, terms=terms(AMENDED_ON))
        open_seals(then, terms=terms(OPENED_ON))
        for name in RECORD:
            shutil.copyfile(then / name, folder / name)
        shutil.copytree(then / PRIVATE, folder / PRIVATE)


def _before_the_lots(folder: Path) -> None:
    """Take away what was not known before the lots were drawn."""
    (folder / "rollout.csv").unlink()
    _change(folder / "evaluation.csv", {"assignment": "", "rule": "By lot; how, is not set yet"})
    _change(folder / "harms.csv", {"limit": "", "why": ""})


def _until(folder: Path, month: str) -> None:
    """Keep the outcome data that there were at the end of a month."""
    path = folder / "outcomes.csv"
    write_csv(path, [row for row in _rows(path) if row["period"] <= month])


def _change(path: Path, cells: Mapping[str, str]) -> None:
    write_csv(path, [{**row, **cells} for row in _rows(path)])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _copy(folder: Path, then: Path) -> None:
    """Copy the tables; what else lies in the folder is no part of a seal."""
    then.mkdir(exist_ok=True)
    for path in (folder / "initiative.toml", *sorted(folder.glob("*.csv"))):
        shutil.copyfile(path, then / path.name)


def _forget(folder: Path) -> None:
    """Take away the seals of an earlier run."""
    for name in RECORD:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / PRIVATE, ignore_errors=True)


def _terms_of(name: str) -> Callable[[date], Terms]:
    """Return the terms of an entry by its day; each has a key of its own."""
    from evenground.workspace.sealing import Terms

    keys = _keys(name)
    return lambda day: Terms(by="Cleaning department", today=day, draw_key=lambda: next(keys))


def _keys(name: str) -> Iterator[bytes]:
    """Yield keys that are no secret; a city draws its own at random."""
    for number in count(1):
        yield hashlib.sha256(f"Quillhaven, {name}, entry {number}".encode()).digest()
