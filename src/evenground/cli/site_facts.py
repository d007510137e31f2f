"""What ``evenground site`` found, as its sentences, tables and data need it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evenground.cli.site_asked import Asked
    from evenground.methods.validation import Flags, Vector
    from evenground.workspace.one_siting import SitingFound
    from evenground.workspace.siting_effects import Effect
    from evenground.workspace.siting_problem import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """All that is told: what was asked, what was found, and who gains and who loses.

    ``effects`` are ``None`` without an answer; everybody first, then the groups.
    """

    asked: Asked
    found: SitingFound
    effects: tuple[Effect, ...] | None
    interrupted: bool
    out_of_time: bool

    @property
    def people(self) -> Vector:
        """People at each place, shape (n,)."""
        import numpy as np

        return np.asarray(self.asked.problem.weights, dtype=np.float64)

    @property
    def stopped_by(self) -> str | None:
        """What ended the search before its end: "interrupt", "time", "work", "gap" or nothing."""
        found = self.found.siting
        limit = self.asked.said["work_limit"]
        if found.status != "gap":
            return None
        if self.interrupted:
            return "interrupt"
        if self.out_of_time:
            return "time"
        return "work" if limit is not None and found.work >= limit else "gap"


def effects_of(asked: Asked, found: SitingFound) -> tuple[Effect, ...] | None:
    """Return what changes for everybody and for each group; ``None`` without an answer."""
    import numpy as np

    from evenground.workspace.siting_effects import effects

    if not found.siting.sites.size:
        return None
    people = np.vstack([np.asarray(asked.problem.weights)[None, :], asked.groups.people])
    return effects(
        people, before=found.before, after=found.siting.cost, coverage=found.terms.coverage
    )


def reasons(report: SiteReport) -> tuple[Reason, ...]:
    """Return why there is no answer; nothing if there is one, or may be."""
    from evenground.workspace.siting_problem import reasons_of

    asked = report.asked
    return reasons_of(report.found.siting, asked.problem, asked.ways, districts=asked.districts)


def turned(report: SiteReport, *, losing: bool) -> Flags | None:
    """Return where people pay more (or less) than today; ``None`` if that is not known."""
    from evenground.workspace.siting_effects import better_off, worse_off

    found = report.found
    if found.before is None or report.effects is None:
        return None
    of = worse_off if losing else better_off
    return of(found.before, found.siting.cost, report.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A chosen site: its people, what they pay in the mean, and its cells in the file."""

    name: str
    state: str
    today: bool | None
    people: float
    mean: float
    cells: Mapping[str, float]


def chosen(report: SiteReport) -> tuple[Chosen, ...]:
    """Return the chosen sites in the order of the file; people go to their nearest or assigned."""
    import numpy as np

    from evenground.workspace.plain_siting import states_of

    asked, siting = report.asked, report.found.siting
    table, people = asked.ways.candidates, report.people
    states, names = states_of(table), table.texts("id")
    somewhere = siting.site >= 0
    served, paid = (
        np.bincount(siting.site[somewhere], one[somewhere], len(names))
        for one in (people, people * np.where(somewhere, siting.cost, 0.0))
    )
    return tuple(
        Chosen(
            name=names[at], state=states[at],
            today=None if asked.today is None else bool(asked.today[at]),
            people=float(served[at]), mean=float(paid[at] / served[at]) if served[at] else math.nan,
            cells={
                key: float(table.number(key)[at])
                for key in ("cost", "capacity")
                if key in table.columns
            },
        )
        for at in siting.sites.tolist()
    )  # fmt: skip


def site_names(report: SiteReport, positions: Iterable[int]) -> list[str]:
    """Return the names of candidates."""
    names = report.asked.ways.candidates.columns["id"]
    return [str(names[int(at)]) for at in positions]
