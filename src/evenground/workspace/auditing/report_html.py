"""One self-contained page of an audit: no request, no script, every word escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from evenground import __version__
from evenground.dossier import ToldTable
from evenground.dossier.cells import number
from evenground.dossier.figures import Drawing, draw
from evenground.dossier.html import POLICY
from evenground.dossier.labels import LABELS as PAGE_LABELS
from evenground.dossier.page import Grid, grid_of
from evenground.drawing import VARIABLES
from evenground.phrasing import say_per_cent
from evenground.questions.data.measures.checks import Status
from evenground.workspace.auditing.told import ToldAudit, ToldCheck
from evenground.workspace.auditing.wording import LABELS

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """What the page shows beside the audit: the day, the seed, the drawings."""

    told: ToldAudit
    day: date
    seed: int
    drawings: tuple[Drawing, ...]
    shared: str

    def t(self, label: str, **parameters: Any) -> str:
        """Return a fixed label of audits, or of every page, filled in."""
        words = LABELS[label] if label in LABELS else PAGE_LABELS[label]
        return self.told.speaks.say(words, parameters)

    def grid(self, table: ToldTable, title: str) -> Grid:
        """Return a figure's table with its cells in words."""
        return grid_of(table, self.told.speaks, title=title)

    def number(self, value: float) -> str:
        """Return a plain number as tables write it."""
        return number(value)

    def share(self, value: float | None) -> str:
        """Return a share as tables write it; empty where there is none."""
        return "" if value is None else say_per_cent(value, self.told.speaks)

    def further(self, check: ToldCheck) -> tuple[tuple[str, str], ...]:
        """Return a check's further figures by their name in data."""
        return further(check.detail)


def further(detail: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return figures that are single values, written as tables write them, by name."""
    return tuple(
        (name, written)
        for name, value in detail.items()
        if (written := _written(value)) is not None
    )


def _written(value: Any) -> str | None:
    if isinstance(value, bool) or value is None or isinstance(value, (Mapping, Sequence)):
        return value if isinstance(value, str) else None
    return number(value) if isinstance(value, (int, float)) else str(value)


def audit_html(told: ToldAudit, *, day: date, seed: int, datasets: Mapping[str, Any]) -> str:
    """Return an audit as a page that opens from a file; the same audit gives the same bytes.

    Parameters
    ----------
    told
        The audit in words.
    day, seed
        The day on which it was asked, and the seed of random draws.
    datasets
        Shapes that figures share by name: areas, where a city was given.

    Raises
    ------
    FormatError
        If a figure cannot be drawn, or asks for anything from elsewhere.
    """
    drawn = draw(told.figures, datasets)
    page = ReportPage(told=told, day=day, seed=seed, drawings=drawn.drawings, shared=drawn.shared)
    colours = [(name, light, dark) for light, (name, dark) in VARIABLES.items()]
    parts = {
        "found": told.of(Status.FOUND),
        "none": told.of(Status.NONE),
        "open": told.of(Status.NOT_ESTABLISHED),
    }
    template = _environment().get_template("audit.html.j2")
    return template.render(
        page=page, a=told, audit=told.audit, t=page.t, policy=POLICY, colours=colours,
        version=__version__, **parts,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    loaders = [PackageLoader("evenground.workspace.auditing"), PackageLoader("evenground.dossier")]
    return Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
