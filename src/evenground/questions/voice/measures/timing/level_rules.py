"""What each level of participation needs of a log: one rule a row, with its ground.

Levels are those of the IAP2 spectrum (International Association for Public Participation 2018).
What a level promises to people, the log has to bear: rules follow from those promises, from the
principles of *R v Brent LBC ex parte Gunning* (1985) 84 LGR 168, and, where a number is needed,
from defaults of ours that a city can set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from evenground.questions.voice.measures.timing.choices_open import ChoicesOpen
from evenground.questions.voice.measures.timing.committed_share import CommittedShare
from evenground.questions.voice.measures.timing.fate_of_inputs import FateOfInputs
from evenground.questions.voice.measures.timing.lead_time import LeadTime

SPECTRUM = "IAP2 2018, Spectrum of Public Participation"
GUNNING = "R v Brent LBC ex parte Gunning (1985) 84 LGR 168; R (Moseley) v Haringey [2014] UKSC 56"
OURS = "Evenground's default"


class Level(IntEnum):
    """Levels of the spectrum; 0 where not even that was kept."""

    NONE = 0
    INFORM = 1
    CONSULT = 2
    INVOLVE = 3
    COLLABORATE = 4
    EMPOWER = 5

    @property
    def code(self) -> str:
        """Its name in small letters."""
        return self.name.lower()


ARNSTEIN: dict[Level, tuple[int, ...]] = {
    Level.NONE: (1, 2),
    Level.INFORM: (3,),
    Level.CONSULT: (4,),
    Level.INVOLVE: (5,),
    Level.COLLABORATE: (6,),
    Level.EMPOWER: (7, 8),
}
"""Rungs of Arnstein (1969), Journal of the American Institute of Planners 35, 216-224, beside each
level: 1 manipulation, 2 therapy, 3 informing, 4 consultation, 5 placation, 6 partnership,
7 delegated power, 8 citizen control. Which rung stands beside which level is our reading."""


class Holds(StrEnum):
    """Whether the log bears a rule."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Numbers that a city may set.

    Attributes
    ----------
    least_days_open, least_days_to_consider
        Days that people need to have a say, and that those who decide need to read it.
    most_committed
        Share of the cost that may be committed before people shape a solution together, 0-1.
    least_open
        Share of the named choices that must be open for that, 0-1.
    """

    least_days_open: int = 14
    least_days_to_consider: int = 14
    most_committed: float = 0.5
    least_open: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """What the log says of one step.

    ``n_options_open`` is the fewest and the most options that were open; ``whether_open`` whether
    it was open whether to do it at all. ``None`` stands for what nobody wrote down.
    """

    choices: ChoicesOpen
    committed: CommittedShare
    lead: LeadTime
    fate: FateOfInputs
    n_options_open: tuple[int, int]
    whether_open: bool | None = None
    could_propose: bool | None = None
    none_of_these: bool | None = None
    decided_by_them: bool | None = None


Test = Callable[[StepFacts, Thresholds], Holds]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRule:
    """One rule: from which level on it must hold, how it is tested, on what ground.

    The wording holds the rule in words, and what would have to be written down to tell.
    """

    code: str
    level: Level
    source: str
    test: Test


def _bounded(low: float, high: float, *, most: float) -> Holds:
    """Tell whether a number between two bounds is below a limit."""
    if high < most:
        return Holds.YES
    return Holds.NO if low >= most else Holds.UNKNOWN


def _at_least(low: float, high: float, least: float) -> Holds:
    if low >= least:
        return Holds.YES
    return Holds.NO if high < least else Holds.UNKNOWN


def _said(fact: bool | None) -> Holds:  # noqa: FBT001 - a fact of the log or none
    if fact is None:
        return Holds.UNKNOWN
    return Holds.YES if fact else Holds.NO


def _before_decision(facts: StepFacts, _: Thresholds) -> Holds:
    days = facts.lead.from_opening
    return Holds.UNKNOWN if days is None else _said(days > 0)


def _something_open(facts: StepFacts, _: Thresholds) -> Holds:
    return _at_least(*facts.choices.open_share, least=1e-12)


def _days_open(facts: StepFacts, limits: Thresholds) -> Holds:
    days = facts.lead.days_open
    return Holds.UNKNOWN if days is None else _said(days >= limits.least_days_open)


def _days_to_consider(facts: StepFacts, limits: Thresholds) -> Holds:
    days = facts.lead.from_closing
    if days is None and facts.lead.from_opening is not None:
        # Whoever is asked this late has no more days than that, whenever the step ended.
        too_late = facts.lead.from_opening < limits.least_days_to_consider
        return Holds.NO if too_late else Holds.UNKNOWN
    return Holds.UNKNOWN if days is None else _said(days >= limits.least_days_to_consider)


def _answered(facts: StepFacts, _: Thresholds) -> Holds:
    fate = facts.fate
    if fate.has_response or (fate.answered is not None and fate.answered[0] > 0):
        return Holds.YES
    if fate.n and fate.ignored is not None and fate.ignored[0] >= fate.n:
        return Holds.NO
    return Holds.UNKNOWN


def _ways_open(facts: StepFacts, _: Thresholds) -> Holds:
    if facts.could_propose:
        return Holds.YES
    by_options = _at_least(*facts.n_options_open, least=2)
    if by_options is Holds.NO and facts.could_propose is None:
        return Holds.UNKNOWN
    return by_options


def _changed(facts: StepFacts, _: Thresholds) -> Holds:
    if facts.fate.has_change:
        return Holds.YES
    changed = facts.fate.changed
    return Holds.NO if changed is not None and changed[1] == 0 else Holds.UNKNOWN


def _money_free(facts: StepFacts, limits: Thresholds) -> Holds:
    return _bounded(facts.committed.low, facts.committed.high, most=limits.most_committed)


def _most_open(facts: StepFacts, limits: Thresholds) -> Holds:
    return _at_least(*facts.choices.open_share, least=limits.least_open)


def _could_propose(facts: StepFacts, _: Thresholds) -> Holds:
    return _said(facts.could_propose)


def _whether_open(facts: StepFacts, _: Thresholds) -> Holds:
    return _said(facts.whether_open)


def _none_of_these(facts: StepFacts, _: Thresholds) -> Holds:
    return _said(facts.none_of_these)


def _they_decided(facts: StepFacts, _: Thresholds) -> Holds:
    return _said(facts.decided_by_them)


RULES: tuple[LevelRule, ...] = (
    LevelRule(code="before_decision", level=Level.CONSULT, test=_before_decision, source=GUNNING),
    LevelRule(code="something_open", level=Level.CONSULT, test=_something_open, source=GUNNING),
    LevelRule(code="days_open", level=Level.CONSULT, test=_days_open, source=f"{GUNNING}; {OURS}"),
    LevelRule(
        code="days_to_consider",
        level=Level.CONSULT,
        test=_days_to_consider,
        source=f"{GUNNING}; {OURS}",
    ),
    LevelRule(
        code="answered", level=Level.CONSULT, test=_answered, source=f"{SPECTRUM}; {GUNNING}"
    ),
    LevelRule(code="ways_open", level=Level.INVOLVE, test=_ways_open, source=SPECTRUM),
    LevelRule(code="changed", level=Level.INVOLVE, test=_changed, source=SPECTRUM),
    LevelRule(
        code="money_free", level=Level.COLLABORATE, test=_money_free, source=f"{SPECTRUM}; {OURS}"
    ),
    LevelRule(
        code="most_open", level=Level.COLLABORATE, test=_most_open, source=f"{SPECTRUM}; {OURS}"
    ),
    LevelRule(code="could_propose", level=Level.COLLABORATE, test=_could_propose, source=SPECTRUM),
    LevelRule(code="whether_open", level=Level.EMPOWER, test=_whether_open, source=SPECTRUM),
    LevelRule(code="none_of_these", level=Level.EMPOWER, test=_none_of_these, source=OURS),
    LevelRule(code="they_decided", level=Level.EMPOWER, test=_they_decided, source=SPECTRUM),
)
"""The rules, by level; a level needs its own rules and those of all below it."""
