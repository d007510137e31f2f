"""Appraise one initiative in one city: ask every question, say the answers, make the dossier."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from evenground import __version__
from evenground.city import CITY_SETTINGS
from evenground.dossier import Audience, Dossier, Section, SettingChange
from evenground.errors import Problem, UsageError
from evenground.evidence import Finding, Verdict
from evenground.language import N_, Language, language
from evenground.protocol import Answer, Case, Question
from evenground.questions import discover
from evenground.record import SealStatus, may_evaluate
from evenground.schema import Settings
from evenground.workspace.auditing.in_dossier import OpenDatasets, open_datasets
from evenground.workspace.editions import Edition, edition_for
from evenground.workspace.first_screen import Asked, first_screen, missing_tables
from evenground.workspace.opening import OpenCity, OpenInitiative, open_city, open_initiative
from evenground.workspace.sealing.in_dossier import SealTerms, seal_lines, seal_of
from evenground.workspace.sealing.wording import SEAL_LINES
from evenground.workspace.shapes import shapes
from evenground.workspace.telling import Teller
from evenground.workspace.voices import with_voices

NOT_CHOSEN = Verdict("not_chosen")
"""The question is built, and the city left it out."""
Progress = Callable[[float | None, str], None]
DEFAULT_SEED = 2021
"""Seed of the random draws unless another is asked for; each finding draws from its own stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a dossier is made: the day, the audience, the seed, the questions, the seal.

    ``sealing`` says whether outcome data are held against promises that were not sealed, and what
    outsiders noted of the record; ``progress`` is told which question is being asked.
    """

    today: date | None = None
    audience: Audience = Audience.PUBLIC
    seed: int = DEFAULT_SEED
    questions: tuple[Question, ...] | None = None
    sealing: SealTerms = field(default_factory=SealTerms)
    progress: Progress | None = None


def appraise(
    initiative: OpenInitiative | Path | str,
    city: OpenCity | Path | str | None = None,
    *,
    terms: Terms | None = None,
) -> Dossier:
    """Ask every question about ``initiative`` in ``city`` and return the dossier.

    Parameters
    ----------
    initiative
        An open initiative, or the path of its folder or workbook.
    city
        An open city, or the path of its folder; ``None`` where the initiative's workbook holds the
        city's sheets too, or where there are no city tables.
    terms
        Day, audience, seed, questions; the day is today in the city's time zone unless given.

    Raises
    ------
    EvengroundError
        If a folder cannot be read; what is merely missing is an answer, not an error.
    """
    terms = terms or Terms()
    opened = initiative if isinstance(initiative, OpenInitiative) else open_initiative(initiative)
    place = _city_of(opened, city)
    opened = opened.in_city(place)
    speaks = language(place.city.language, currency=place.city.currency)
    questions = terms.questions or discover()
    edition = edition_for(
        terms.audience,
        opened,
        place,
        settings=_settings(questions, place.city.overrides),
        brought=[table for question in questions for table in question.tables],
    )
    internal = terms.audience is Audience.INTERNAL
    seal = seal_of(opened, witness=terms.sealing.witness, internal=internal)
    today = terms.today or _today(place.city.time_zone)
    with _datasets(questions, opened, place, today) as datasets:
        asker = _Asker(
            opened=opened,
            place=place,
            edition=edition,
            datasets=datasets,
            today=today,
            seed=terms.seed,
            speaks=speaks,
            seal=seal,
            unsealed=terms.sealing.unsealed,
            progress=terms.progress or _silent,
        )
        answers = tuple(
            asker.ask(question, done=index / len(questions))
            for index, question in enumerate(questions)
        )
    return asker.dossier(answers, audience=terms.audience)


def _datasets(
    questions: Sequence[Question], opened: OpenInitiative, place: OpenCity, today: date
) -> AbstractContextManager[OpenDatasets]:
    """Open the initiative's datasets where a question that is asked looks at each of them."""
    chosen = place.city.questions
    looks = any(
        need.each
        for question in questions
        if question.answer is not None and (not chosen or question.key in chosen)
        for need in question.needs
    )
    return open_datasets(opened, place, today=today) if looks else nullcontext(OpenDatasets())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asker:
    """What every question is asked with."""

    opened: OpenInitiative
    place: OpenCity
    edition: Edition
    datasets: OpenDatasets
    today: date
    seed: int
    speaks: Language
    seal: SealStatus
    unsealed: bool
    progress: Progress

    def ask(self, question: Question, *, done: float) -> Asked:
        """Ask one question; an unbuilt or unchosen one has no answer."""
        self.progress(done, self.speaks.text(question.title))
        chosen = self.place.city.questions
        answer = None
        if question.answer is not None and (not chosen or question.key in chosen):
            answer = self._answer(question)
        return Asked(
            question=question,
            title=self.speaks.text(question.title),
            answer=answer,
            teller=Teller(question.wording, self.speaks),
        )

    def _answer(self, question: Question) -> Answer:
        from evenground.stores.duckdb import collect

        case = self.case(question)
        given = {**self.edition.tables, **(self.datasets.tables if case.datasets else {})}
        tables = collect(given, question.prepare, case) if question.prepare else {}
        if question.answer is None:
            raise _unasked(question.key)
        return with_voices(question.answer(tables, case), question.key, self.edition.tables)

    def case(self, question: Question) -> Case:
        """Return all that is not a table, with random streams that belong to the question."""

        def rng(code: str) -> np.random.Generator:
            name = hashlib.sha256(f"{question.key}:{code}".encode()).digest()
            return np.random.default_rng([self.seed, int.from_bytes(name[:8], "big")])

        return Case(
            initiative=self.opened.initiative,
            city=self.place.city,
            settings=self.edition.settings,
            today=self.today,
            places=self.edition.places,
            rng=rng,
            progress=self.progress,
            sources={**self.place.sources, **self.opened.sources},
            suppressed=self.edition.suppressed,
            notes={**self.place.notes, **self.opened.notes},
            datasets=self.datasets.cards if any(need.each for need in question.needs) else {},
            seal=self.seal,
            unsealed=self.unsealed,
        )

    def dossier(self, answers: Sequence[Asked], *, audience: Audience) -> Dossier:
        """Put the answers into a dossier."""
        shared = Teller({}, self.speaks)
        screen = first_screen(
            self.opened.initiative,
            self.edition.tables,
            answers,
            teller=shared,
            left_out=self.edition.left_out,
        )
        return Dossier(
            city=self.place.city.name,
            language=self.place.city.language,
            currency=self.place.city.currency,
            initiative=self.opened.initiative,
            today=self.today,
            audience=audience,
            version=__version__,
            seed=self.seed,
            first_screen=replace(screen, sealed=self.sealed()),
            sections=tuple(self.section(asked) for asked in answers),
            inputs=(*self.place.reports, *self.opened.reports),
            settings=tuple(
                _change(self.edition.settings, key, self.speaks)
                for key in self.edition.settings.changed
            ),
            datasets=shapes(self.edition.places),
        )

    def sealed(self) -> tuple[str, ...]:
        """Say on page one whether what was promised is sealed."""
        permission = may_evaluate(self.seal, unsealed=self.unsealed)
        teller = Teller(SEAL_LINES, self.speaks)
        lines = seal_lines(self.seal, permission, self.edition.tables)
        return tuple(teller.message(line) for line in lines)

    def section(self, asked: Asked) -> Section:
        """Say one answer, or that the question was not asked."""
        question, answer, teller = asked.question, asked.answer, asked.teller
        if answer is None:
            verdict = Verdict.NOT_ASKED if question.answer is None else NOT_CHOSEN
            headline = teller.finding(Finding(code=verdict.code, verdict=verdict))
            findings, missing = (), ()
        else:
            headline = teller.finding(answer.headline)
            findings = tuple(teller.finding(finding) for finding in answer.findings)
            missing = tuple(missing_tables(answer, teller))
        return Section(
            key=question.key,
            title=asked.title,
            asks=self.speaks.text(question.asks),
            asked=answer is not None,
            headline=headline,
            findings=findings,
            missing=missing,
        )


def _city_of(initiative: OpenInitiative, city: OpenCity | Path | str | None) -> OpenCity:
    if isinstance(city, OpenCity):
        return city
    if city is not None:
        return open_city(city)
    return initiative.own_city()


def _settings(questions: Sequence[Question], overrides: Mapping[str, Any]) -> Settings:
    declared = [*CITY_SETTINGS, *(one for question in questions for one in question.settings)]
    return Settings({one.key: one for one in declared}, overrides)


def _change(settings: Settings, key: str, speaks: Language) -> SettingChange:
    default, value = settings.changed[key]
    return SettingChange(
        key=key,
        meaning=speaks.text(settings.declared[key].meaning),
        default=str(default),
        value=str(value),
    )


def _today(time_zone: str) -> date:
    return datetime.now(ZoneInfo(time_zone) if time_zone else UTC).date()


def _silent(_: float | None, __: str) -> None:
    """Report nothing."""


def _unasked(key: str) -> UsageError:
    return UsageError(
        Problem(
            code="question_not_built",
            value=key,
            what=N_("The question {value} is not asked yet."),
            rule=N_("Only questions that are built can be answered."),
            way_out=N_("Leave it out."),
        )
    )
