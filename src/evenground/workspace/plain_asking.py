"""When to ask whom what, from what is said on a command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evenground.errors import InvalidInputError, Place, ProblemKind, Severity, UsageError
from evenground.language import N_
from evenground.questions.voice.findings.planned import own_ways
from evenground.questions.voice.measures.timing.asking_methods import METHODS, AskingMethod
from evenground.questions.voice.measures.timing.asking_plan import AskingPlan, Before, asking_plan
from evenground.questions.voice.measures.timing.event import choices_in
from evenground.questions.voice.schemas import ASKING_WAYS
from evenground.workspace.one_table import read_alone

NO_DAY = ProblemKind(
    code="asking_day",
    what=N_("“{value}” is not a day."),
    rule=N_("The days that are left are counted back from the day of the decision."),
    way_out=N_("Write it as 2026-06-10."),
)
PAST = ProblemKind(
    code="asking_past",
    what=N_("The decision of {value} is over."),
    rule=N_("Nobody can be asked before a decision that was made."),
    way_out=N_("Give the day of the next decision with --decided-on, or of today with --as-of."),
)
NO_CHOICES = ProblemKind(
    code="asking_choices",
    what=N_("Nobody says what is open or made."),
    rule=N_("What can honestly be asked is what is still open."),
    way_out=N_("Name choices with --open and --made, separated by semicolons: whether; where."),
)
NO_WAYS = ProblemKind(
    code="asking_ways",
    what=N_("No line of {file} is a way of asking people."),
    rule=N_("A way has a name and the staff hours that it takes: columns way and hours."),
    way_out=N_("Give each line a way and its hours, or leave --ways out for the defaults."),
)
SHARE = ProblemKind(
    code="asking_share",
    what=N_("{value} is not a share of the cost."),
    rule=N_("A share lies between 0 and 1."),
    way_out=N_("Give --committed as 0.25 for a quarter; leave it out where nobody knows."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What was asked and the plan."""

    before: Before
    plan: AskingPlan


def ways_in(path: Path) -> tuple[AskingMethod, ...]:
    """Return the ways of asking that a file lists, as a city's table ``asking_ways`` does.

    Raises
    ------
    NotFoundError
        If there is no such file.
    InvalidInputError
        If it lists none, or a line is wrong.
    """
    read = read_alone(path, ASKING_WAYS, nothing=NO_WAYS)
    errors = [one for one in read.problems if one.severity is Severity.ERROR]
    if errors:
        raise InvalidInputError(*errors)
    return own_ways(read.table.to_pylist())


def day_of(words: str) -> date:
    """Return a day that is written as 2026-06-10.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        raise UsageError(NO_DAY.at(Place(), value=words)) from None


def plan_for(
    days: tuple[date, date],
    choices: tuple[str, str],
    *,
    hours: float,
    committed: float | None = None,
    ways: Sequence[AskingMethod] = (),
) -> Planned:
    """Return the plan between today and the day of the decision.

    Parameters
    ----------
    days
        Today and the day of the decision.
    choices
        What is still open and what is made, each separated by semicolons.
    hours
        Staff hours that there are.
    committed
        Share of the cost that is committed, 0-1; ``None`` where nobody knows.
    ways
        The city's own ways of asking; the defaults where there are none.

    Raises
    ------
    UsageError
        If the decision is over, no choice is named, or the share is none.
    """
    today, decided_on = days
    if decided_on <= today:
        raise UsageError(PAST.at(Place(), value=decided_on.isoformat()))
    named, closed = (choices_in(words) for words in choices)
    if not named and not closed:
        raise UsageError(NO_CHOICES.at(Place()))
    if committed is not None and not 0 <= committed <= 1:
        raise UsageError(SHARE.at(Place(), value=str(committed)))
    before = Before(
        today=today,
        decided_on=decided_on,
        hours=hours,
        open=named,
        made=closed,
        committed_high=1.0 if committed is None else committed,
    )
    return Planned(before=before, plan=asking_plan(before, methods=tuple(ways) or METHODS))
