"""Open the file of a vote, whatever kind it is."""

from __future__ import annotations

from pathlib import Path

from evenground.connectors.pabulib.document import PabulibFile
from evenground.connectors.pabulib.reading import read_pabulib
from evenground.errors import Place, ProblemKind, UsageError
from evenground.language import N_
from evenground.workspace.polls.pabulib_poll import pabulib_poll
from evenground.workspace.polls.poll import Poll

FILE_UNREADABLE = ProblemKind(
    code="ballots_unreadable",
    what=N_("{file} cannot be opened: {reason}."),
    rule=N_("Ballots are read from a file."),
    way_out=N_("Check the name of the file, and whether you may read it."),
)


def open_pabulib(path: Path) -> PabulibFile:
    """Return a ``.pb`` file as it stands.

    Raises
    ------
    UsageError
        If the file cannot be opened.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(FILE_UNREADABLE.at(Place(file=str(path)), reason=reason)) from error
    return read_pabulib(data, file=path.name)


def open_poll(path: Path) -> Poll:
    """Return the vote that a file holds.

    Raises
    ------
    UsageError
        If the file cannot be opened, or something in it stands in the way of counting.
    """
    return pabulib_poll(open_pabulib(path))
