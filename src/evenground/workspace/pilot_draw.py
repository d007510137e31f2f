"""The draw of a pilot as a file: all of it to seal, or the roll-out that follows from it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from evenground import __version__
from evenground.workspace.one_pilot import PilotFound
from evenground.workspace.writing import write_atomic


def draw_data(found: PilotFound) -> dict[str, Any]:
    """Return the draw with the names of areas, and what it takes to draw it again."""
    drawn = found.drawn
    return {
        "what": "assignment",
        "version": __version__,
        "drawn_from": {
            "file": Path(found.table.place.file).name,
            "sha256": found.table.sha256,
            "units": len(found.units),
            "until": found.times[-1],
        },
        "accepted": found.asked.accepted,
        **drawn.data,
        "areas": [found.units[at] for at in drawn.chosen.tolist()],
        "strata_names": (
            None
            if found.strata is None
            else [found.strata[at] for at in drawn.chosen.tolist()]
        ),
    }  # fmt: skip


def written_draw(found: PilotFound, path: Path) -> Path:
    """Write the draw and return where; a file that is there is left alone: a lot is drawn once.

    Raises
    ------
    WriteError
        If something has that name, or the disk refuses.
    """
    if path.suffix.lower() == ".csv":
        return write_atomic(path, _rollout(found), overwrite=False)
    text = json.dumps(draw_data(found), ensure_ascii=False, indent=2) + "\n"
    return write_atomic(path, text, overwrite=False)


def _rollout(found: PilotFound) -> str:
    """Return rows as the table of the roll-out has them."""
    drawn, out = found.drawn, io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["unit_id", "arm", "stratum", "step"])
    wedge = drawn.design.design == "stepped_wedge"
    for at, label in zip(drawn.chosen.tolist(), drawn.labels.tolist(), strict=True):
        arm = "treated" if wedge or label else "not treated"
        stratum = "" if found.strata is None else found.strata[at]
        rows.writerow([found.units[at], arm, stratum, label + 1 if wedge else ""])
    return out.getvalue()
