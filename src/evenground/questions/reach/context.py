"""What every finding of Reach is made from: the case, the areas, the units laid over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import Message, Source, sources_of
from evenground.frame.areas import Baseline, Frame, Grouping
from evenground.frame.naming import case_names
from evenground.frame.spending import Spending
from evenground.frame.unit_sets import (
    Placed,
    UnitSet,
    is_today,
    units_where_known,
)
from evenground.methods.apportionment import apportion
from evenground.methods.boundary_assignment import units_by_area
from evenground.methods.null_allocation import FairDraw, fair_draw
from evenground.protocol import Case
from evenground.questions.reach.comparison import Comparison, Terms, compare
from evenground.questions.reach.history import History


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncounted:
    """A group without counts by area: who could be asked, and how many of it were heard."""

    name: str
    who_knows: str
    n_accounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The case with its areas and units.

    ``lead`` is what the dossier speaks of; ``others`` are further options and what stands today,
    ``earlier`` older lists of the lead; ``uncounted`` are groups without counts by area;
    ``history`` is how the units came about, ``spending`` what was spent where.
    """

    case: Case
    frame: Frame
    lead: Placed
    others: tuple[Placed, ...]
    earlier: tuple[Placed, ...]
    uncounted: tuple[Uncounted, ...] = ()
    history: History | None = None
    spending: Spending | None = None

    @property
    def terms(self) -> Terms:
        """What the city set about rates and confidence."""
        settings = self.case.settings
        return Terms(
            per=settings.number("rate_per"),
            confidence=settings.number("confidence"),
            telling_ratio=settings.number("telling_ratio"),
        )

    @property
    def residents(self) -> str:
        """What those are called whom access is shared among, as a name or a wording code."""
        people = self.frame.people
        return (people.choice.unit or people.choice.name) if people else "wording:residents"

    @property
    def bears_on(self) -> tuple[str, ...]:
        """The option that the lead units belong to."""
        return (self.lead.set.option,) if self.lead.set.option else ()

    def known(self, **more: Any) -> dict[str, Any]:
        """Return the parameters that every sentence may name, and more."""
        return {**common(self.case, self.lead.set), **more}

    def sources(self, *tables: str) -> tuple[Source, ...]:
        """Return where the rows of some tables came from."""
        return sources_of(tables, self.case.sources)

    def compared(
        self, placed: Placed, grouping: Grouping, baseline: Baseline, *, pair: tuple[int, int]
    ) -> Comparison:
        """Compare two groups on a baseline."""
        return compare(placed, grouping, baseline, pair=pair, terms=self.terms)

    def fair(self, placed: Placed, baseline: Baseline) -> FairDraw | None:
        """Return chance placement of the same places; ``None`` if none of them lies inside."""
        units = units_where_known(placed, baseline.known)
        n_places = int((units > 0).sum())
        if n_places == 0:
            return None
        candidates = self.listed(placed, baseline)
        return fair_draw(units[units > 0], baseline.counts, candidates=candidates)

    def by_area(self, placed: Placed, baseline: Baseline) -> NDArray[np.float64]:
        """Return units by area, those at places where the baseline is unknown left out."""
        return units_by_area(placed.assignment, units_where_known(placed, baseline.known))

    def listed(self, placed: Placed, baseline: Baseline) -> NDArray[np.float64] | None:
        """Return, by area, the listed places that chance draws from; ``None`` if from anywhere."""
        listed, known = placed.set.candidates, baseline.known
        n_places = int((units_where_known(placed, known) > 0).sum())
        if len(listed) < n_places or not self.frame.has_shapes:
            return None
        tolerance = self.case.settings.number("tolerance_metres")
        where = apportion(listed, self.frame.outlines, tolerance_metres=tolerance)
        by_area = units_by_area(where) * known
        return np.rint(by_area) if by_area.sum() >= n_places else None


def common(case: Case, units: UnitSet | None) -> dict[str, Any]:
    """Return the parameters that every sentence may name."""
    initiative = case.initiative
    names = case_names(case)
    only_today = units is not None and initiative.stage.is_ahead and is_today(units, initiative)
    title = Message(code="title.today", parameters=names) if only_today else initiative.title
    planned = units is not None and initiative.stage.is_ahead and not is_today(units, initiative)
    when = "planned" if planned else "now"
    return {
        "title": title,
        "there_are": Message(code=f"there_are.{when}"),
        "placed": Message(code=f"placed.{when}"),
        **names,
        "per": int(case.settings.number("rate_per")),
        "n": round(units.n) if units else 0,
        "places": units.n_places if units else 0,
    }
