"""Files around a draw: the secret seed, a panel drawn before, and the list of panels."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from evenground.errors import FormatError, Place
from evenground.schema import Kind
from evenground.workspace import panel_messages as say
from evenground.workspace.existing_file import existing_file
from evenground.workspace.panel_drawing import PanelFound
from evenground.workspace.plain_reading import read_plain_table
from evenground.workspace.plain_tables import Wanted
from evenground.workspace.writing import write_atomic


def seed_text(path: Path) -> str:
    """Return the text of a seed without blanks at its ends.

    Raises
    ------
    NotFoundError
        If there is no such file.
    FormatError
        If it holds no text.
    """
    try:
        return existing_file(path).read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        raise FormatError(say.SEED_NO_TEXT.at(Place(file=str(path)))) from None


def panel_ids(path: Path, *, person: str) -> tuple[str, ...]:
    """Return the ids of a panel drawn before.

    Raises
    ------
    NotFoundError
        If there is no such file or column.
    """
    wanted = {"person": Wanted(column=person, option="--panel", kind=Kind.TEXT)}
    return tuple(text.strip() for text in read_plain_table(path, wanted).texts("person"))


def written_panels(found: PanelFound, path: Path) -> Path:
    """Write a row for each panel and return where; a file that is there is left alone.

    Raises
    ------
    WriteError
        If something has that name, or the disk refuses.
    """
    out, names = io.StringIO(), found.names
    rows = csv.writer(out, lineterminator="\n")
    places = [f"person_{at + 1}" for at in range(found.size)]
    if found.tickets is None:
        rows.writerow(["panel", "weight", *places])
        panels, weights = found.lottery.panels.tolist(), found.lottery.weights.tolist()
        for at, (panel, weight) in enumerate(zip(panels, weights, strict=True)):
            rows.writerow([at + 1, repr(weight), *(names[one] for one in panel)])
    else:
        rows.writerow(["ticket", *places])
        for at, panel in enumerate(found.tickets.panels.tolist()):
            rows.writerow([at + 1, *(names[one] for one in panel)])
    return write_atomic(path, out.getvalue(), overwrite=False)
