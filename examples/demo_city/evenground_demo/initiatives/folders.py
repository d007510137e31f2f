"""Write the three initiatives: two folders and a workbook."""

from __future__ import annotations

from pathlib import Path

from evenground_demo.datasets import report_log, trial
from evenground_demo.initiatives import closed_bins, offer, sensor_bins
from evenground_demo.initiatives.offer import write_offer
from evenground_demo.initiatives.today import today_rows
from evenground_demo.text_files import text_file, texts
from evenground_demo.world import World
from evenground_demo.writers import write_csv, write_text

NAMES = ("closed_bins", "sensor_bins", offer.FILE)
"""The good one, the bad one, and the offer of which only the first sheets could be filled in."""


def write_initiatives(folder: Path, world: World) -> None:
    """Write the folders ``closed_bins`` and ``sensor_bins``, and the workbook ``offer.xlsx``."""
    write_offer(folder / offer.FILE)
    for name, made in (("closed_bins", closed_bins), ("sensor_bins", sensor_bins)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        text = text_file(f"initiatives/{name}/initiative.toml")
        write_text(folder / name / "initiative.toml", text)
        write_csv(folder / name / "sites.csv", made.site_rows(world))
        write_csv(folder / name / "bins_today.csv", today_rows(world))
        for table, rows in texts(f"initiatives/{name}/tables").items():
            write_csv(folder / name / f"{table}.csv", rows)
    _write_datasets(folder, world)


def _write_datasets(folder: Path, world: World) -> None:
    """Write the files that the initiatives rest on, each with its datasheet."""
    files = {
        "closed_bins": {"report_log_2025.csv": report_log.log_rows(world)},
        "sensor_bins": {
            "trial_2023.csv": trial.trial_rows(world),
            "crew_check_2023.csv": trial.crew_rows(world),
        },
    }
    sheets = {
        "closed_bins": ("report_log_2025.toml", "crew_counts.toml"),
        "sensor_bins": ("trial_2023.toml",),
    }
    for name, written in files.items():
        for file, rows in written.items():
            write_csv(folder / name / file, rows)
        for sheet in sheets[name]:
            write_text(folder / name / sheet, text_file(f"initiatives/{name}/{sheet}"))
