"""A code of the record that somebody noted outside, as ``verify`` and ``appraise`` take it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypeAlias

import typer

from evenground.errors import Problem, UsageError
from evenground.language import N_
from evenground.record.witness import Witness

Head: TypeAlias = Annotated[
    str, typer.Option(help="Head or short code of the record, from the minutes or the auditor.")
]
On: TypeAlias = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day on which that code was noted."),
]


def witness_of(head: str, on: datetime | None) -> Witness | None:
    """Return the code with its day; ``None`` for none.

    Raises
    ------
    UsageError
        If there is a day and no code.
    """
    if head:
        return Witness(code=head, on=None if on is None else on.date())
    if on is None:
        return None
    raise UsageError(
        Problem(
            code="day_without_code",
            value=f"{on:%Y-%m-%d}",
            what=N_("--on {value} says when a code was noted, and no code is given."),
            rule=N_("A day alone proves nothing."),
            way_out=N_("Add the code: --head CODE"),
        )
    )
