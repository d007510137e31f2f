"""Words that stand for one of several ways, as they are asked for on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from evenground.errors import Problem, UsageError
from evenground.language import N_

Word = TypeVar("Word", bound=str)


def one_of(option: str, value: str, allowed: Sequence[Word]) -> Word:
    """Return the word that is asked for.

    Parameters
    ----------
    option
        What it is asked for by, such as ``--rule``.
    value, allowed
        The word, and those that there are.

    Raises
    ------
    UsageError
        If it is none of them.
    """
    for one in allowed:
        if one == value:
            return one
    raise UsageError(
        Problem(
            code="no_such_choice",
            value=value,
            what=N_("{option} is {value}."),
            rule=N_("It is one of: {allowed}."),
            way_out=N_("Write one of these, or leave it out."),
            parameters={"option": option, "allowed": ", ".join(allowed)},
        )
    )
