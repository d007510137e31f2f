"""What every finding of Problem is made from: the case, areas and units, needs and services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Source, sources_of
from evenground.frame.areas import Frame, Grouping, frame
from evenground.frame.columns import Vector
from evenground.frame.naming import case_names
from evenground.frame.sites import sites_of
from evenground.frame.unit_sets import (
    Placed,
    is_today,
    lead_and_others,
    place,
    unit_sets,
)
from evenground.frame.ways import Ways, ways_of
from evenground.protocol import Case
from evenground.questions.problem.indicators import Indicator, groups_only, indicators_of

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The case with its areas, needs and units.

    ``ways`` lead from where people live to places. ``lead`` is what the dossier speaks of,
    ``today`` what stands already where that is something else; both are ``None`` where nobody says
    where units are.
    """

    case: Case
    tables: Mapping[str, pa.Table]
    frame: Frame | None
    indicators: tuple[Indicator, ...]
    lead: Placed | None
    today: Placed | None
    ways: Ways

    @property
    def confidence(self) -> float:
        """Of all intervals."""
        return self.case.settings.number("confidence")

    @property
    def grouping(self) -> Grouping | None:
        """The city's first grouping, which sentences speak of."""
        return self.frame.groupings[0] if self.frame and self.frame.groupings else None

    @property
    def people(self) -> Vector:
        """Residents by area, shape (n_areas,); 0 where they are not counted."""
        if self.frame is None or self.frame.people is None:
            return np.zeros(0 if self.frame is None else len(self.frame.area_ids))
        return self.frame.people.counts.value * self.frame.people.known

    @property
    def bears_on(self) -> tuple[str, ...]:
        """The option that the lead units belong to."""
        return (self.lead.set.option,) if self.lead and self.lead.set.option else ()

    def known(self, **more: Any) -> dict[str, Any]:
        """Return the parameters that every sentence may name, and more."""
        return {**case_names(self.case), "title": self.case.initiative.title, **more}

    def sources(self, *tables: str) -> tuple[Source, ...]:
        """Return where the rows of some tables came from."""
        return sources_of(tables, self.case.sources)


def context_of(tables: Mapping[str, pa.Table], case: Case) -> Context:
    """Lay out what there is."""
    groups = groups_only(tables.get("indicators"))
    framed = frame({**tables, **({} if groups is None else {"indicators": groups})}, case)
    lead, today = _units(tables, case, framed)
    return Context(
        case=case,
        tables=tables,
        frame=framed,
        indicators=() if framed is None else indicators_of(tables, case, framed),
        lead=lead,
        today=today,
        ways=ways_of(case),
    )


def _units(
    tables: Mapping[str, pa.Table], case: Case, areas: Frame | None
) -> tuple[Placed | None, Placed | None]:
    """Return the units that the dossier speaks of, and those that stand today beside them."""
    sets = unit_sets(case, sites_of(case.places.get("sites"), tables.get("sites")))
    if areas is None or not sets:
        return None, None
    tolerance = case.settings.number("tolerance_metres")
    first, others, _ = lead_and_others(sets)
    standing = next((one for one in others if is_today(one, case.initiative)), None)
    placed = (
        place(one, areas, tolerance_metres=tolerance) if one is not None else None
        for one in (first, standing)
    )
    lead, today = placed
    return lead, today
