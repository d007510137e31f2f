"""An audit in words, in the order in which it is read; whoever prints it adds no sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evenground.dossier import ToldFigure
from evenground.language import Language
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.purposes.model import CanCarry, Outcome
from evenground.workspace.auditing.wording import LABELS
from evenground.workspace.telling_problems import ToldProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCheck:
    """One fault looked for.

    ``count`` says how often in words; ``share`` is that count's share of all rows or readings
    (0-1), ``None`` where it has none; ``notes`` are sentences to read beside it, ``untold``
    why something more cannot be told; ``detail`` are further figures by name.
    """

    name: str
    label: str
    status: Status
    count: str
    share: float | None
    definition: str
    reason: str
    notes: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCell:
    """What one purpose asks of one measure, who set that, and what came of it."""

    purpose: str
    outcome: Outcome
    words: str
    rule: str = ""
    origin: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMeasure:
    """One measure, or one aspect of it, with its cell for each purpose that was asked.

    ``known`` is the value with its interval, ``kind`` how that is known, ``declared`` who said it
    and by which document, ``checks`` the names of checks that it rests on.
    """

    name: str
    label: str
    meaning: str
    known: str
    established: bool
    kind: str
    declared: tuple[str, ...]
    method: str
    reason: str
    checks: tuple[str, ...]
    cells: tuple[ToldCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldVerdict:
    """Whether the data can carry one purpose, why, and what would change that."""

    purpose: str
    label: str
    verdict: CanCarry
    words: str
    alone: str
    because: tuple[str, ...]
    would_change: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each reason with what would change it; empty where not every reason has one."""
        if len(self.because) != len(self.would_change):
            return ()
        return tuple(zip(self.because, self.would_change, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRole:
    """What one column stands for, why that was taken, and how to say otherwise.

    ``option`` is the command's option for it, empty where there is none.
    """

    role: str
    label: str
    column: str
    why: str
    option: str
    otherwise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAudit:
    """All of an audit in words; checks come by what they bear on, then by their share."""

    audit: DatasetAudit
    speaks: Language
    size: str
    period: str
    form: str
    row_is: str
    roles: tuple[ToldRole, ...]
    problems: tuple[ToldProblem, ...]
    checks: tuple[ToldCheck, ...]
    measures: tuple[ToldMeasure, ...]
    verdicts: tuple[ToldVerdict, ...]
    figures: tuple[ToldFigure, ...]

    def of(self, status: Status) -> tuple[ToldCheck, ...]:
        """Return the checks of one status, in their order."""
        return tuple(one for one in self.checks if one.status is status)

    def t(self, label: str, **parameters: Any) -> str:
        """Return a fixed label, filled in."""
        return self.speaks.say(LABELS[label], parameters)
