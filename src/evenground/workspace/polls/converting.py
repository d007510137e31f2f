"""Write the exports of a platform as a Pabulib file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evenground.connectors.pabulib.writing import pabulib_bytes
from evenground.connectors.platforms.terms import VoteTerms
from evenground.errors import Place, Problem, ProblemKind, UsageError, WriteError
from evenground.language import N_
from evenground.workspace.polls.opening import open_export
from evenground.workspace.polls.pabulib_poll import pabulib_poll

EXISTS = ProblemKind(
    code="ballots_exist",
    what=N_("{value} is there already."),
    rule=N_("Ballots are never written over another file."),
    way_out=N_("Name another file, or move this one away first."),
)
NOT_WRITTEN = ProblemKind(
    code="ballots_not_written",
    what=N_("{value} cannot be written: {reason}."),
    rule=N_("The ballots go into a new file."),
    way_out=N_("Name a folder that is there and that you may write to."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What was written, and what the exports lack."""

    n_projects: int
    n_voters: int
    notes: tuple[Problem, ...]


def converted(
    platform: str, projects: Path, ballots: Path, *, terms: VoteTerms, write: Path
) -> Converted:
    """Write the exports of a platform as a ``.pb`` file, if they can be counted.

    Parameters
    ----------
    platform
        "decidim" or "consul".
    projects, ballots
        Exports as CSV, XLSX or JSON.
    terms
        What the exports do not say.
    write
        A file that is not there yet.

    Raises
    ------
    EvengroundError
        If the exports cannot be read or counted, or the file is there or cannot be written.
    """
    if write.exists():
        raise UsageError(EXISTS.at(Place(), value=str(write)))
    file = open_export(platform, projects, ballots, terms=terms)
    poll = pabulib_poll(file)
    try:
        with write.open("xb") as new:
            new.write(pabulib_bytes(file))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteError(NOT_WRITTEN.at(Place(), value=str(write), reason=reason)) from error
    return Converted(
        n_projects=poll.election.n_projects, n_voters=poll.election.n_voters, notes=poll.lacks
    )
