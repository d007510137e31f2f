"""A conversation as two tables of an initiative, so that its dossier can tell of it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from evenground.errors import Place, ProblemKind, WriteError
from evenground.language import N_
from evenground.questions.voice.opinion_tables import OPINION_STATEMENTS, OPINION_VOTES
from evenground.workspace.opinion_mapping import OpinionsFound

TABLE_THERE = ProblemKind(
    code="opinion_table_exists",
    what=N_("{value} is there already."),
    rule=N_("Nothing is written over."),
    way_out=N_("Name another folder, or remove the file."),
)
TABLE_NOT_WRITTEN = ProblemKind(
    code="opinion_table_not_written",
    what=N_("{value} could not be written: {reason}."),
    rule=N_("The initiative reads the conversation from it."),
    way_out=N_("Check that the folder is there, and its permissions."),
)


def written_tables(found: OpinionsFound, folder: Path) -> tuple[Path, Path]:
    """Write statements and votes that count into a folder and return the files.

    Parameters
    ----------
    found
        What was read; statements that were left out are not written.
    folder
        Of the initiative; must be there.

    Raises
    ------
    WriteError
        If a file is there already, or cannot be written.
    """
    paths = tuple(folder / f"{one.name}.csv" for one in (OPINION_STATEMENTS, OPINION_VOTES))
    for path in paths:
        if path.exists():
            raise WriteError(TABLE_THERE.at(Place(), value=path.name))
    keys = [one.key for one in found.statements]
    statements = [[one.key, one.text, one.moderated] for one in found.statements]
    cast = np.argwhere(found.votes.seen > 0).tolist()
    value = found.votes.value
    votes = ([f"p{who}", keys[what], int(value[who, what])] for who, what in cast)
    _write(paths[0], ("statement", "text", "moderated"), statements)
    _write(paths[1], ("participant", "statement", "vote"), votes)
    return paths[0], paths[1]


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    try:
        with path.open("x", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteError(TABLE_NOT_WRITTEN.at(Place(), value=path.name, reason=reason)) from error
