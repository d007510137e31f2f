"""The timing audit of one log: a table of events in a file, without a city or an initiative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evenground.dossier import Dossier, Section
from evenground.errors import Place, Problem, ProblemKind, UsageError
from evenground.initiative import Decision, Initiative, Option, OptionKind, Stage
from evenground.initiative.tables import EVENTS
from evenground.language import N_, language
from evenground.questions.voice import QUESTION
from evenground.questions.voice.asked import stated_by
from evenground.questions.voice.logged import log_of
from evenground.questions.voice.measures.timing.choices_open import ChoicesOpen, choices_open
from evenground.questions.voice.measures.timing.event import choices_in
from evenground.questions.voice.measures.timing.steps import Step, steps_of
from evenground.stores.table import ReadTable
from evenground.workspace.appraising import Terms, appraise
from evenground.workspace.assembling import assemble
from evenground.workspace.one_table import read_alone
from evenground.workspace.opening import OpenCity, OpenInitiative, nameless_city
from evenground.workspace.telling_problems import reports

NO_EVENT = ProblemKind(
    code="log_without_events",
    what=N_("No line of {file} is an event."),
    rule=N_("An event has a day and says what happened: columns date and kind."),
    way_out=N_(
        "Give each line a date such as 2026-03-10 and a kind such as contract signed; "
        "ten lines will do."
    ),
)
NO_COST = ProblemKind(
    code="log_cost",
    what=N_("{value} is no cost."),
    rule=N_("What was committed is told as a share of what the whole costs."),
    way_out=N_("Give --cost as a number above 0; leave it out where nobody knows."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLog:
    """What is said beside the log.

    Attributes
    ----------
    today
        The day that counts as today.
    title
        What the log is about; the name of its file when empty.
    cost, currency
        What the whole costs, and in which money; ``None`` where nobody knows.
    decided_on, body
        Day of the decision and who decides, where the log does not say.
    still_open, made
        Choices, separated by semicolons, as the decision's paper lists them.
    sheet
        Sheet of a workbook; the first when empty.
    """

    today: date
    title: str = ""
    cost: float | None = None
    currency: str = ""
    decided_on: date | None = None
    body: str = ""
    still_open: str = ""
    made: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAudited:
    """What the log says.

    Attributes
    ----------
    section, dossier
        Voice's section, and the dossier that holds it alone.
    steps
        Each time that people were asked, with the state of every named choice on its first day.
    read
        The log as read.
    """

    section: Section
    dossier: Dossier
    steps: tuple[tuple[Step, ChoicesOpen], ...]
    read: ReadTable

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong in single lines; these count as far as they can be read."""
        return self.read.problems


def audited_log(path: Path, asked: AskedLog) -> LogAudited:
    """Return what was open and committed each time that people were asked, by one log.

    Parameters
    ----------
    path
        CSV, XLSX or another file with the columns of the table ``events``.
    asked
        What is said beside it.

    Raises
    ------
    NotFoundError, UntrustedInputError
        If there is no such file, or it is too large.
    InvalidInputError
        If no line of it is an event; what is missing is listed.
    UsageError
        If the cost is none.
    """
    if asked.cost is not None and not asked.cost > 0:
        raise UsageError(NO_COST.at(Place(), value=str(asked.cost)))
    read = read_alone(path, EVENTS, sheet=asked.sheet, nothing=NO_EVENT)
    title = asked.title or path.stem
    initiative = Initiative(
        title=title,
        stage=Stage.PROPOSED,
        decision=Decision(
            body=asked.body,
            date=asked.decided_on,
            open=choices_in(asked.still_open),
            bound=choices_in(asked.made),
        ),
        options=_options(read, asked, title),
    )
    nowhere = replace(nameless_city(), currency=asked.currency)
    dossier = appraise(
        _opened(read, initiative),
        OpenCity(city=nowhere, tables={}, places={}),
        terms=Terms(today=asked.today, questions=(QUESTION,)),
    )
    (section,) = (one for one in dossier.sections if one.key == QUESTION.key)
    events = log_of(read.table.to_pylist()).events
    stated = stated_by(initiative.decision)
    steps = tuple(
        (step, choices_open(events, step.opened, stated=stated)) for step in steps_of(events).steps
    )
    return LogAudited(section=section, dossier=dossier, steps=steps, read=read)


def _options(read: ReadTable, asked: AskedLog, title: str) -> tuple[Option, ...]:
    """Return the options that the log names, at the whole cost; else one, where that is known."""
    cost = {} if asked.cost is None else {asked.today.year: asked.cost}
    keys: Sequence[str] = list(dict.fromkeys(key for key in read.texts("option") if key))
    if not keys and cost:
        return (Option(key="whole", name=title, kind=OptionKind.FULL, cost=cost),)
    return tuple(Option(key=key, name=key, kind=OptionKind.OTHER, cost=cost) for key in keys)


def _opened(read: ReadTable, initiative: Initiative) -> OpenInitiative:
    assembled = assemble({EVENTS.name: [read]}, "")
    return OpenInitiative(
        initiative=initiative,
        tables=assembled.tables,
        places={},
        reports=reports([read], language("en")),
        problems=read.problems,
        sources=assembled.sources,
        published=assembled.published,
        readings=(read,),
    )
