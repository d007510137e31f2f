"""When to ask whom what, from what is said on a command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenground.errors import Place, ProblemKind, UsageError
from evenground.language import N_
from evenground.questions.voice.measures.timing.asking_plan import AskingPlan, Before, asking_plan
from evenground.questions.voice.measures.timing.event import choices_in

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
    *,
    hours: float,
    still_open: str,
    made: str,
    committed: float | None = None,
) -> Planned:
    """Return the plan between today and the day of the decision.

    Parameters
    ----------
    days
        Today and the day of the decision.
    hours
        Staff hours that there are.
    still_open, made
        Choices separated by semicolons.
    committed
        Share of the cost that is committed, 0-1; ``None`` where nobody knows.

    Raises
    ------
    UsageError
        If the decision is over, no choice is named, or the share is none.
    """
    today, decided_on = days
    if decided_on <= today:
        raise UsageError(PAST.at(Place(), value=decided_on.isoformat()))
    named: Sequence[str] = choices_in(still_open)
    closed = choices_in(made)
    if not named and not closed:
        raise UsageError(NO_CHOICES.at(Place()))
    if committed is not None and not 0 <= committed <= 1:
        raise UsageError(SHARE.at(Place(), value=str(committed)))
    before = Before(
        today=today,
        decided_on=decided_on,
        hours=hours,
        open=tuple(named),
        made=closed,
        committed_high=1.0 if committed is None else committed,
    )
    return Planned(before=before, plan=asking_plan(before))
