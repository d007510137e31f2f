"""Each time that people were asked: the step, what was open then, and which level it bears."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenground.initiative import Decision, Initiative, OptionKind
from evenground.protocol import Case
from evenground.questions.voice.logged import Log, Row, number
from evenground.questions.voice.measures.timing.asking_plan import WHETHER
from evenground.questions.voice.measures.timing.choices_open import (
    ChoicesOpen,
    State,
    Stated,
    choices_open,
)
from evenground.questions.voice.measures.timing.committed_share import (
    CommittedShare,
    Cost,
    committed_share,
)
from evenground.questions.voice.measures.timing.event import Event
from evenground.questions.voice.measures.timing.event_kinds import Part, plain
from evenground.questions.voice.measures.timing.fate_of_inputs import (
    FateOfInputs,
    fate_of_inputs,
)
from evenground.questions.voice.measures.timing.lead_time import LeadTime, lead_time
from evenground.questions.voice.measures.timing.level_rules import Level, StepFacts, Thresholds
from evenground.questions.voice.measures.timing.option_origins import Origin, origin_of
from evenground.questions.voice.measures.timing.steps import Step
from evenground.questions.voice.measures.timing.supported_level import (
    SupportedLevel,
    supported_level,
)

_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One step of participation with all that the log says of it.

    ``whom`` and ``form`` are in the words of the log; ``offered`` is what it was about.
    """

    step: Step
    number: int
    choices: ChoicesOpen
    committed: CommittedShare
    lead: LeadTime
    fate: FateOfInputs
    level: SupportedLevel
    whom: str
    form: str
    offered: tuple[str, ...]
    none_of_these: bool | None
    could_propose: bool | None
    n_people: int | None

    @property
    def name(self) -> str:
        """What it is called: its name in the log, else what happened, else its kind."""
        own = self.step.asked
        return own.step or own.text or own.kind

    @property
    def asked_of_made(self) -> tuple[str, ...]:
        """Choices that people were asked about although they were made already."""
        made = {plain(one.name) for one in self.choices.that_are(State.MADE)}
        return tuple(name for name in self.offered if plain(name) in made)


def stated_by(decision: Decision) -> Stated:
    """Return the choices that the decision's paper lists, without what stands in brackets."""
    return Stated(open=tuple(map(_bare, decision.open)), bound=tuple(map(_bare, decision.bound)))


def _bare(words: str) -> str:
    return _BRACKETS.sub("", words).strip() or words


def limits_of(case: Case) -> Thresholds:
    """Return the thresholds that the city set."""
    return Thresholds(
        least_days_open=case.settings.whole("least_days_open"),
        least_days_to_consider=case.settings.whole("least_days_to_consider"),
        most_committed=case.settings.number("most_committed"),
        least_open=case.settings.number("least_choices_open"),
    )


def asked_of(case: Case, log: Log, step: Step, *, number: int, cost: Cost | None) -> Asked:
    """Return what the log says of one step."""
    initiative, day = case.initiative, step.opened
    choices = choices_open(log.events, day, stated=stated_by(initiative.decision))
    committed = committed_share(log.events, day, cost=cost)
    lead = lead_time(day, step.closed, events=log.events, planned=initiative.decision.date)
    fate = fate_of_inputs(step)
    rows = [log.row_of(event) for event in step.events]
    proposing, none = _first_said(rows, "could_propose"), _first_said(rows, "none_of_these")
    facts = StepFacts(
        choices=choices,
        committed=committed,
        lead=lead,
        fate=fate,
        n_options_open=options_open(initiative, log.events, day),
        whether_open=_whether(choices),
        could_propose=proposing,
        none_of_these=none,
        decided_by_them=_decided_by_them(lead, initiative),
    )
    return Asked(
        step=step,
        number=number,
        choices=choices,
        committed=committed,
        lead=lead,
        fate=fate,
        level=supported_level(facts, _claimed(rows), limits=limits_of(case)),
        whom=_first_words(rows, "whom"),
        form=_first_words(rows, "form"),
        offered=step.asked.choices,
        none_of_these=none,
        could_propose=proposing,
        n_people=_people(rows),
    )


def options_open(initiative: Initiative, events: Sequence[Event], day: date) -> tuple[int, int]:
    """Return the fewest and the most options of the decision that were open on a day.

    One that the log opened before is open, unless it was closed; so is staying as it is. Of one
    that the log does not open nobody knows; one that it opens later was not there.
    """
    least = most = 0
    for option in initiative.options:
        own = [one for one in events if one.option == option.key]
        before = [
            one.part for one in own if one.day < day and one.part in (Part.OPENS, Part.CLOSES)
        ]
        later = any(one.part is Part.OPENS and one.day > day for one in own)
        if before:
            is_open = before[-1] is Part.OPENS
            least, most = least + is_open, most + is_open
        elif not later:
            least += option.kind is OptionKind.AS_TODAY
            most += 1
    return least, most


def cost_of(initiative: Initiative, log: Log, lines: Sequence[Row]) -> Cost | None:
    """Return what the whole would cost: that of the options that money was committed to, or of any.

    Options that leave things as they are cost nothing new and are left out.
    """
    bought = {one.option for one in log.events if one.part is Part.COMMITS and one.option}
    kept = [
        option for option in initiative.options
        if (option.key in bought if bought else option.kind is not OptionKind.AS_TODAY)
    ]  # fmt: skip
    ends = [
        (option.whole_life_cost,) * 2 if option.whole_life_cost else _lines(option.key, lines)
        for option in kept
    ]
    known = [(low, high) for low, high in ends if low is not None and high is not None and low > 0]
    if not known or len(known) < len(ends):
        return None
    return Cost(low=min(low for low, _ in known), high=max(high for _, high in known))


def _lines(option: str, lines: Sequence[Row]) -> tuple[float | None, float | None]:
    own = [row for row in lines if row.get("option") == option]
    if not own:
        return None, None
    amounts = [number(row, "amount") for row in own]
    low = [_or(number(row, "low"), amount) for row, amount in zip(own, amounts, strict=True)]
    high = [_or(number(row, "high"), amount) for row, amount in zip(own, amounts, strict=True)]
    least = sum(one for one in low if one is not None)
    return least, math.inf if None in high else sum(one for one in high if one is not None)


def _or(value: float | None, other: float | None) -> float | None:
    return other if value is None else value


def _whether(choices: ChoicesOpen) -> bool | None:
    own = [one.state for one in choices.choices if plain(one.name).split()[:1] == [WHETHER]]
    if not own or State.UNKNOWN in own:
        return None
    return all(state is State.OPEN for state in own)


def _decided_by_them(lead: LeadTime, initiative: Initiative) -> bool | None:
    who = lead.event.by if lead.event is not None and lead.event.by else initiative.decision.body
    return origin_of(who) is Origin.RESIDENT if who else None


def _claimed(rows: Sequence[Row]) -> Level | None:
    said = [Level[one.upper()] for row in rows if (one := row.get("level"))]
    return max(said) if said else None


def _first_said(rows: Sequence[Row], name: str) -> bool | None:
    said = [bool(row[name]) for row in rows if row.get(name) is not None]
    return said[0] if said else None


def _first_words(rows: Sequence[Row], name: str) -> str:
    return next((str(row[name]) for row in rows if row.get(name)), "")


def _people(rows: Sequence[Row]) -> int | None:
    counts = [value for row in rows if (value := number(row, "n_people")) is not None]
    return round(max(counts)) if counts else None
