"""Write the four initiatives: three folders and a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evenground_demo.asked import conversation, panel, small_works
from evenground_demo.datasets import report_log, trial
from evenground_demo.initiatives import closed_bins, offer, rounds_by_need, sensor_bins
from evenground_demo.initiatives.offer import write_offer
from evenground_demo.initiatives.seals import write_seals
from evenground_demo.initiatives.today import today_rows
from evenground_demo.text_files import text_file, texts
from evenground_demo.world import World
from evenground_demo.writers import write_csv, write_text

NAMES = ("closed_bins", "sensor_bins", rounds_by_need.KEY, offer.FILE)
"""The good one, the bad one, the one that was tried, and the offer that is hardly filled in."""


def write_initiatives(folder: Path, world: World) -> None:
    """Write three folders with what was sealed of them, and the workbook ``offer.xlsx``."""
    write_offer(folder / offer.FILE)
    for name, made in (("closed_bins", closed_bins), ("sensor_bins", sensor_bins)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        text = text_file(f"initiatives/{name}/initiative.toml")
        write_text(folder / name / "initiative.toml", text)
        write_csv(folder / name / "sites.csv", made.site_rows(world))
        write_csv(folder / name / "bins_today.csv", today_rows(world))
        tables = texts(f"initiatives/{name}/tables")
        for table, rows in (_asked(tables, world) if name == "closed_bins" else tables).items():
            write_csv(folder / name / f"{table}.csv", rows)
    _write_tried(folder / rounds_by_need.KEY, world)
    _write_datasets(folder, world)
    write_seals(folder)


def _asked(tables: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Return the tables of the closed bins, and what residents were asked beside them."""
    ballots = small_works.ballot_rows(world)
    result = {"step": small_works.STEP, "kind": "response published"}
    changed = {"n_changed": small_works.n_who_got_something(ballots)}
    events = [row | changed if result.items() <= row.items() else row for row in tables["events"]]
    return {
        **tables,
        "events": events,
        "took_part": [*tables["took_part"], *small_works.voters_by_age(world, ballots)],
        "budget_votes": small_works.vote_rows(),
        "ballot_projects": small_works.work_rows(ballots),
        "ballots": ballots,
        "opinion_statements": conversation.statement_rows(),
        "opinion_votes": conversation.opinion_rows(world),
        "panel_pool": panel.pool_rows(world),
        "panel_quotas": panel.quota_rows(),
        "panel_members": panel.member_rows(world),
    }


def _write_tried(folder: Path, world: World) -> None:
    """Write the one that was tried: what was promised, where it began, and what came."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text(
        folder / "initiative.toml", text_file(f"initiatives/{rounds_by_need.KEY}/initiative.toml")
    )
    for table, rows in texts(f"initiatives/{rounds_by_need.KEY}/tables").items():
        write_csv(folder / f"{table}.csv", rows)
    write_csv(folder / "rollout.csv", rounds_by_need.rollout_rows(world))
    write_csv(folder / "outcomes.csv", rounds_by_need.outcome_rows(world))


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
