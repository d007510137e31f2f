"""Projects that options name by their ids: one that the vote does not have is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evenground.errors import Place, ProblemKind, UsageError, nearest_name
from evenground.language import N_
from evenground.workspace.polls.poll import Poll

_SHOWN = 12
NO_SUCH_PROJECT = ProblemKind(
    code="no_such_project",
    what=N_("{option} names {value}, and {file} has no project of that id."),
    rule=N_("Projects are named by what stands in the column project_id."),
    way_out=N_("Name one of: {known}."),
    suggestion=N_("Did you mean {nearest}? There are: {known}."),
)


def refuse_unknown(poll: Poll, named: Mapping[str, Iterable[str]]) -> None:
    """Refuse ids that no project has.

    Parameters
    ----------
    poll
        The vote.
    named
        Ids by the option that names them.

    Raises
    ------
    UsageError
        If an id is unknown; every such id is told, with its option.
    """
    ids = poll.election.projects
    has = set(ids)
    known = ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
    wrong = [
        NO_SUCH_PROJECT.at(
            Place(),
            value=one,
            nearest=nearest_name(one, ids),
            option=option,
            file=poll.file,
            known=known,
        )
        for option, ones in named.items()
        for one in ones
        if one not in has
    ]
    if wrong:
        raise UsageError(*wrong)
