"""Ways of asking people, with what they take. All numbers are defaults of ours, to be replaced.

No source that we know gives staff hours by method that hold from city to city: Involve (2005), The
True Costs of Public Participation, found them hard to come by. A city that has counted its own puts
them into the table of ways of asking.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenground.questions.voice.measures.timing.level_rules import OURS, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingMethod:
    """One way of asking.

    Attributes
    ----------
    code, name, whom
        Short code; what it is called and whom it reaches, in the city's words (the wording holds
        those of the ways listed here).
    level
        Highest level of the spectrum that it can bear.
    hours
        Staff hours in all, preparing, holding and answering.
    days_before, days_open, days_after
        Days to prepare, to have a say, and to answer and hand over to those who decide.
    source
        Whose numbers these are.
    """

    code: str
    level: Level
    hours: float
    days_before: int
    days_open: int
    days_after: int
    source: str = OURS
    name: str = ""
    whom: str = ""

    @property
    def days(self) -> int:
        """Days from the first to the last."""
        return self.days_before + self.days_open + self.days_after


METHODS: tuple[AskingMethod, ...] = (
    AskingMethod(
        code="notice", level=Level.INFORM, hours=6, days_before=3, days_open=14, days_after=1
    ),
    AskingMethod(
        code="ask_crews", level=Level.CONSULT, hours=8, days_before=5, days_open=14, days_after=5
    ),
    AskingMethod(
        code="comments", level=Level.CONSULT, hours=20, days_before=5, days_open=21, days_after=10
    ),
    AskingMethod(
        code="doors", level=Level.CONSULT, hours=40, days_before=7, days_open=14, days_after=7
    ),
    AskingMethod(
        code="walks", level=Level.COLLABORATE, hours=36, days_before=14, days_open=21, days_after=10
    ),
    AskingMethod(
        code="survey", level=Level.CONSULT, hours=60, days_before=21, days_open=28, days_after=14
    ),
    AskingMethod(
        code="workshop",
        level=Level.COLLABORATE,
        hours=80,
        days_before=28,
        days_open=21,
        days_after=14,
    ),
    AskingMethod(
        code="panel",
        level=Level.COLLABORATE,
        hours=300,
        days_before=70,
        days_open=42,
        days_after=28,
    ),
    AskingMethod(
        code="vote", level=Level.EMPOWER, hours=400, days_before=90, days_open=28, days_after=14
    ),
)
"""Ways of asking, from the lightest."""
