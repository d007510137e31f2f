"""Write the raw folder."""

from __future__ import annotations

from pathlib import Path

from evenground_demo.raw.boundaries import write_boundaries
from evenground_demo.raw.crews import write_crews
from evenground_demo.raw.register import write_register
from evenground_demo.raw.stops import write_places
from evenground_demo.raw.survey import write_survey
from evenground_demo.raw.words import write_words
from evenground_demo.world import World


def write_raw(folder: Path, world: World) -> None:
    """Write six flawed files under ``folder``; what is wrong stands in ``truth.toml``."""
    folder.mkdir(parents=True, exist_ok=True)
    for write in (
        write_register, write_survey, write_boundaries, write_crews, write_words, write_places,
    ):  # fmt: skip
        write(folder, world)
