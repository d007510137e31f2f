"""What a page shows, ready to be laid out: rows and words, no markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evenground.dossier.cells import Cell, cell, column_decimals, interval_text, number, value_text
from evenground.dossier.figures import Drawing
from evenground.dossier.labels import LABELS, WORDS
from evenground.dossier.model import Dossier, Section, ToldFigure, ToldFinding, ToldTable
from evenground.evidence import Estimate
from evenground.initiative import Option, ProblemStatement
from evenground.language import Language

_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_ALL_ANSWERS = 8
_LONG = 40
_NARROW = 4


Drawn = tuple[tuple[ToldFigure, Drawing], ...]


def figures_of(section: Section) -> tuple[ToldFigure, ...]:
    """Return a section's figures in reading order."""
    return tuple(
        figure for told in (section.headline, *section.findings) for figure in told.figures
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table to be laid out: ``numeric`` says which columns are set to the right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def long(self) -> bool:
        """Whether print sets it in two columns: many rows, each of them short."""
        return len(self.rows) > _LONG and len(self.columns) <= _NARROW

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Whether a column holds numbers and nothing else but gaps."""
        return tuple(
            any(row[place].numeric for row in self.rows)
            and not any(row[place].numeric is False and row[place].text for row in self.rows)
            for place in range(len(self.columns))
        )


def grid_of(table: ToldTable, speaks: Language, *, title: str = "") -> Grid:
    """Return a table with its cells in words; ``title`` stands in for a missing one."""
    shared = [column_decimals(column) for column in zip(*table.rows, strict=True)]
    rows = tuple(
        tuple(cell(value, speaks, decimals) for value, decimals in zip(row, shared, strict=True))
        for row in table.rows
    )
    return Grid(title=table.title or title, columns=table.columns, rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A dossier in its language, with its drawings and its seal."""

    dossier: Dossier
    language: Language
    seal: str
    drawings: tuple[Drawing, ...] = ()
    shared: str = ""

    def t(self, label: str, **parameters: Any) -> str:
        """Return a fixed label, filled in."""
        return self.language.say(LABELS[label], parameters)

    def given(self, text: object) -> str:
        """Return the text, or that it was not given."""
        return str(text) if text not in ("", None) else self.t("not_given")

    def list(self, items: Sequence[str], otherwise: str) -> str:
        """Join items as a sentence does; a label where there are none."""
        return self.language.list(list(items)) if items else self.t(otherwise)

    def day(self, day: Any) -> str:
        """Return a calendar day, or that it was not given."""
        return self.language.say("{day:date}", {"day": day}) if day else self.t("not_given")

    def number(self, value: float) -> str:
        """Return a plain number as tables write it."""
        return number(value)

    def anchor(self, section: Section) -> str:
        """Return the id of a section: its key where that can be an id."""
        place = self.dossier.sections.index(section) + 1
        return section.key if _NAME.fullmatch(section.key) else f"question-{place}"

    def findings(self, section: Section) -> Iterator[tuple[ToldFinding, Drawn]]:
        """Yield a section's findings, the headline first, with their figures and drawings."""
        earlier = self.dossier.sections[: self.dossier.sections.index(section)]
        waiting = iter(self.drawings[sum(len(figures_of(one)) for one in earlier) :])
        for told in (section.headline, *section.findings):
            yield told, tuple((figure, next(waiting)) for figure in told.figures)

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """The words that a reader may want explained, each with its explanation."""
        return tuple((self.language.text(word), self.language.text(what)) for word, what in WORDS)

    @property
    def answers_title(self) -> str:
        """How many answers there are, in words."""
        n = len(self.dossier.sections)
        return self.t(f"answers_{n}" if 1 <= n <= _ALL_ANSWERS else "answers")

    def problems(self) -> tuple[tuple[str, tuple[ProblemStatement, ...]], ...]:
        """Return who states the problem and how: the city, residents, then anybody else."""
        stated = self.dossier.initiative.problems
        others = dict.fromkeys(one.by for one in stated if one.by not in ("city", "residents"))
        return tuple(
            (by, tuple(one for one in stated if one.by == by))
            for by in ("city", "residents", *others)
        )

    def ways(self) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
        """Return what is compared, and for each way its lines of words."""
        rows: tuple[tuple[str, Callable[[Option], tuple[str, ...]]], ...] = (
            ("cost", self._cost),
            ("n_sites", lambda way: (self._number(way.n_sites),)),
            ("terms", lambda way: (self.given(way.terms),)),
            ("gains", lambda way: (self.given(way.gains),)),
            ("loses", lambda way: (self.given(way.loses),)),
            ("irreversible", lambda way: (self.given(way.irreversible),)),
            ("leaving", self._leaving),
            ("proposed_by", lambda way: (self.given(way.proposed_by),)),
        )
        ways = self.dossier.initiative.options
        return tuple((self.t(label), tuple(say(way) for way in ways)) for label, say in rows)

    def _number(self, value: float | None) -> str:
        return self.given("" if value is None else number(value))

    def _cost(self, way: Option) -> tuple[str, ...]:
        cost = way.whole_life_cost
        if cost is None:
            return (self.t("not_given"),)
        years = self.t("cost_years", first=min(way.cost), last=max(way.cost))
        lines = [self._money(cost), str(min(way.cost)) if len(way.cost) == 1 else years]
        if way.price_year is not None:
            lines.append(self.t("cost_prices", year=way.price_year))
        return tuple(lines)

    def _leaving(self, way: Option) -> tuple[str, ...]:
        amount = "" if way.cost_of_leaving is None else self._money(way.cost_of_leaving)
        return tuple(text for text in (amount, way.leaving) if text) or (self.t("not_given"),)

    def _money(self, amount: float) -> str:
        return self.language.say("{amount:money}", {"amount": amount})

    def bears_on(self, told: ToldFinding) -> str:
        """Return the names of the options that a finding bears on."""
        names = {option.key: option.name for option in self.dossier.initiative.options}
        return self.language.list([names.get(key, key) for key in told.finding.bears_on])

    def grid(self, table: ToldTable, title: str = "") -> Grid:
        """Return a table with its cells in words; ``title`` stands in for a missing one."""
        return grid_of(table, self.language, title=title)

    def estimates(self, told: ToldFinding) -> Grid:
        """Return a finding's numbers with unit, interval, confidence and how they are known."""
        return Grid(
            title=self.t("numbers_of", sentence=told.sentence),
            columns=tuple(
                self.t(label) for label in ("measure", "value", "unit", "interval", "kind")
            ),
            rows=tuple(self._estimate(told, one) for one in told.finding.estimates),
        )

    def _estimate(self, told: ToldFinding, estimate: Estimate) -> tuple[Cell, ...]:
        level = "" if estimate.level is None else f"{estimate.level * 100:g}"
        return (
            Cell(text=told.labels.get(estimate.name, estimate.name), note=estimate.about),
            Cell(text=value_text(estimate), numeric=True),
            Cell(text=estimate.unit),
            Cell(text=_whole(interval_text(estimate, self.language) or self.t("no_interval"))),
            Cell(
                text=self.t(f"kind.{estimate.kind.value}"),
                note=_whole(self.t("level", per_cent=level)) if level else "",
            ),
        )


def _whole(text: str) -> str:
    """Keep a short phrase on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")
