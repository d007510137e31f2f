"""A dossier as data: the first screen, a section per question, inputs, settings, shared shapes.

Everything that a page shows is in here; rendering adds no words of its own beyond fixed labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from evenground.evidence import Estimate, Finding, Parameter
from evenground.initiative import Initiative

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1


class Audience(StrEnum):
    """For whom an edition is: the public one leaves out what must not be published."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTable:
    """A table with its headings in words; cells stay values (estimates keep their interval)."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Parameter, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFigure:
    """A figure with title and alternative in words; ``spec`` has its labels filled in."""

    key: str
    title: str
    alternative: str
    spec: Mapping[str, Any]
    table: ToldTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAsk:
    """Whom to ask, for what, and what the reply unlocks, in words."""

    to: str
    what: str
    unlocks: str
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFinding:
    """A finding beside everything that is said about it. ``labels`` names its estimates."""

    finding: Finding
    sentence: str
    verdict: str
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    caveats: tuple[str, ...] = ()
    would_change: tuple[str, ...] = ()
    asks: tuple[ToldAsk, ...] = ()
    tables: tuple[ToldTable, ...] = ()
    figures: tuple[ToldFigure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One question's answer in words; ``asked`` is false where the question is not built yet."""

    key: str
    title: str
    asks: str
    asked: bool
    headline: ToldFinding
    findings: tuple[ToldFinding, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InputReport:
    """What became of one input file: rows read, used, set aside and why; what was noticed."""

    table: str
    file: str
    sha256: str
    rows_read: int
    rows_used: int
    set_aside: tuple[tuple[str, int], ...] = ()
    noticed: tuple[str, ...] = ()
    title: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChange:
    """A setting that differs from its default."""

    key: str
    meaning: str
    default: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstScreen:
    """What page one says beside decision, problem, options and the seven answers.

    ``no_other_way`` says that a kind of option was not considered; ``before_you_decide`` holds at
    most five questions; ``not_measured``, ``not_in_figures`` and ``turning_choices`` are sentences;
    ``who_gains`` is the who-gains table, uncounted groups included; ``sealed`` says whether what
    was promised is sealed, by whose date, and under which code.
    """

    no_other_way: tuple[str, ...] = ()
    before_you_decide: tuple[ToldAsk, ...] = ()
    not_measured: tuple[str, ...] = ()
    not_in_figures: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    turning_choices: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One initiative in one city on one day, for one audience.

    ``datasets`` holds shapes and tables that figures share by name (GeoJSON or lists of rows);
    ``seed`` with the finding's code seeds every random draw.
    """

    city: str
    language: str
    currency: str
    initiative: Initiative
    today: date
    audience: Audience
    version: str
    seed: int
    first_screen: FirstScreen
    sections: tuple[Section, ...]
    inputs: tuple[InputReport, ...]
    settings: tuple[SettingChange, ...] = ()
    datasets: Mapping[str, Any] = field(default_factory=dict[str, Any])
    format: int = FORMAT

    def findings(self) -> tuple[Finding, ...]:
        """Return every finding in reading order, headlines first within a section."""
        return tuple(
            told.finding
            for section in self.sections
            for told in (section.headline, *section.findings)
        )

    def frame(self) -> pd.DataFrame:
        """Return one row per estimate: section, finding, verdict, name, value, low, high, unit …"""
        import pandas as pd

        rows = [
            _row(section.key, told, estimate)
            for section in self.sections
            for told in (section.headline, *section.findings)
            for estimate in told.finding.estimates
        ]
        return pd.DataFrame(rows)

    def _repr_html_(self) -> str:
        """Show the dossier's first screen in a notebook."""
        from evenground.dossier.html import notebook_html

        return notebook_html(self)

    def html(self) -> str:
        """Return the self-contained page."""
        from evenground.dossier.html import to_html

        return to_html(self)

    def json(self) -> str:
        """Return ``dossier.json``: canonical, sorted, newline-terminated."""
        from evenground.dossier.json import to_json

        return to_json(self)

    @property
    def seal(self) -> str:
        """SHA-256 of the canonical JSON: the same dossier always has the same seal."""
        from evenground.dossier.json import seal

        return seal(self)


def _row(section: str, told: ToldFinding, estimate: Estimate) -> dict[str, Any]:
    return {
        "question": section,
        "finding": told.finding.code,
        "verdict": told.verdict,
        "sentence": told.sentence,
        "estimate": estimate.name,
        "about": estimate.about,
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "level": estimate.level,
        "kind": estimate.kind.value,
        "unit": estimate.unit,
    }
