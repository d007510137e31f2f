"""The initiative as ``initiative.toml`` states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """How far an initiative has come."""

    IDEA = "idea"
    PROPOSED = "proposed"
    DECIDED = "decided"
    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"
    DECLINED = "declined"

    @property
    def is_ahead(self) -> bool:
        """Whether the initiative's units are planned ones: nothing of it runs or ran."""
        return self in (Stage.IDEA, Stage.PROPOSED, Stage.DECIDED, Stage.DECLINED)


class OptionKind(StrEnum):
    """What sort of way an option is; the first two belong in every decision."""

    AS_TODAY = "as_today"
    WITHOUT_NEW_TECHNOLOGY = "without_new_technology"
    TRIAL = "trial"
    FULL = "full"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemStatement:
    """The problem in the words of one party (``city`` or ``residents``), and what measures it.

    ``worse_when`` says whether ``more`` or ``less`` of the indicator is the problem; ``in_links``
    is what the problem is called in the table of links.
    """

    by: str
    words: str
    source: str = ""
    when: date | None = None
    indicator: str = ""
    worse_when: str = "more"
    in_links: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decides, when, what is still open, what is bound, and how to be heard until when."""

    body: str = ""
    date: date | None = None
    open: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    to_be_heard: str = ""
    heard_until: date | None = None

    @property
    def ask_by(self) -> date | None:
        """The day by which replies are needed to be read before the decision: two weeks before."""
        return self.date - timedelta(days=14) if self.date else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way compared: cost by year over the whole life, sites, terms, cost of leaving.

    ``cost`` maps year to an amount in the city's currency at ``price_year`` prices; empty means
    that no cost was given. ``n_sites`` is what the option states; sites with places are in a table.
    ``acts_on`` are things in the table of links that the option changes.
    """

    key: str
    name: str
    kind: OptionKind
    cost: Mapping[int, float] = field(default_factory=dict[int, float])
    price_year: int | None = None
    n_sites: int | None = None
    terms: str = ""
    cost_of_leaving: float | None = None
    leaving: str = ""
    gains: str = ""
    loses: str = ""
    irreversible: str = ""
    proposed_by: str = ""
    acts_on: tuple[str, ...] = ()

    @property
    def whole_life_cost(self) -> float | None:
        """Sum of the stated yearly costs, undiscounted; ``None`` when none was given."""
        return float(sum(self.cost.values())) if self.cost else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who made the dossier: name, role, interest, payer, and who checked it."""

    name: str = ""
    role: str = ""
    interest: str = ""
    payer: str = ""
    checked_by: str = ""
    is_seller: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """All of ``initiative.toml`` that is not a table."""

    title: str
    stage: Stage
    domain: str = ""
    offered_by: str = ""
    offered_on: date | None = None
    summary: str = ""
    problems: tuple[ProblemStatement, ...] = ()
    decision: Decision = field(default_factory=Decision)
    options: tuple[Option, ...] = ()
    made_by: Maker = field(default_factory=Maker)
    unit: str = ""
    unit_plural: str = ""
    counts: str = "units"

    def options_of(self, kind: OptionKind) -> tuple[Option, ...]:
        """Return the options of one kind."""
        return tuple(option for option in self.options if option.kind is kind)
