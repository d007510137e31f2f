"""Make the demo: a clean city, the same city raw, four initiatives, and what is true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tomlkit

from evenground_demo.city_folder import write_city
from evenground_demo.initiatives.folders import NAMES, write_initiatives
from evenground_demo.raw.folder import write_raw
from evenground_demo.text_files import text_file
from evenground_demo.truth import truth
from evenground_demo.world import SEED, make_world
from evenground_demo.writers import write_text

AS_OF = date(2026, 4, 15)
"""The day on which the demo's dossiers are made: the decisions still lie ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFolder:
    """Where all lies; ``initiatives`` are three folders (good, bad, tried) and a bare workbook."""

    root: Path
    city: Path
    raw: Path
    initiatives: tuple[Path, ...]
    truth: Path


def make_demo(folder: Path, *, seed: int = SEED) -> DemoFolder:
    """Write the demo into ``folder``, over what an earlier run left there.

    Parameters
    ----------
    folder
        Is made if it is not there. Files of other names in it stay as they are.
    seed
        Another seed makes another city of the same kind.
    """
    world = make_world(seed)
    made = DemoFolder(
        root=folder,
        city=folder / "city",
        raw=folder / "raw",
        initiatives=tuple(folder / name for name in NAMES),
        truth=folder / "truth.toml",
    )
    write_city(made.city, world)
    write_initiatives(folder, world)
    write_raw(made.raw, world)
    write_text(made.truth, _HEAD + tomlkit.dumps(truth(world)))
    write_text(folder / "README.md", text_file("README.md"))
    return made


_HEAD = (
    "# Planted truth of Quillhaven, an invented city (CC0). Do not look before you have guessed.\n"
)
