"""A lot as ``design-pilot --draw`` wrote it, held against the outcomes that came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np

from evenground.errors import FormatError, InvalidInputError, NotFoundError, Place, ProblemKind
from evenground.language import N_
from evenground.methods.validation import Whole
from evenground.questions.promise.measures.evaluation.by_lot import lot_of
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.pilot.drawn_pilot import sealed_assignments
from evenground.questions.promise.measures.randomised.assignments import Assignments
from evenground.stores.folder import sha256_of
from evenground.stores.listing import capped

NO_LOT = ProblemKind(
    code="lot_missing",
    what=N_("There is no file {value}."),
    rule=N_("It says who was drawn, and what else could have been."),
    way_out=N_("Check the name; evenground design-pilot --draw writes such a file."),
)
NO_DRAW = ProblemKind(
    code="lot_unreadable",
    what=N_("{value} holds no draw."),
    rule=N_("A draw is JSON with areas, labels, their scheme and the rule of balance."),
    way_out=N_("Hand over the .json file that evenground design-pilot --draw wrote, unchanged."),
)
AREA_LACKS = ProblemKind(
    code="lot_area_lacks",
    what=N_("{value} took part in the draw and has no outcomes at every time."),
    rule=N_("A test over the lots needs everybody who was drawn, treated or not."),
    way_out=N_("Add the missing rows, or leave out the times that some areas lack."),
)
NOT_AS_DRAWN = ProblemKind(
    code="lot_not_as_drawn",
    what=N_("{value} is not treated in the panel as it was drawn."),
    rule=N_("What is compared is who was drawn to be treated, whether they were or not."),
    way_out=N_("Name in --first-treated or --treated what the lot gave, not what became of it."),
)
_SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LotDrawn:
    """A draw that was read.

    Attributes
    ----------
    place, sha256
        Its file.
    areas
        Who took part.
    labels, shape (n_areas,)
        What each got: 1 treated and 0 not, or its step from 0.
    assignments
        What could have come: after a draw that was balanced, what its rule accepts.
    """

    place: Place
    sha256: str
    areas: tuple[str, ...]
    labels: Whole
    assignments: Assignments

    @property
    def strata(self) -> tuple[str, ...] | None:
        """The stratum of each area; ``None`` where there is one."""
        strata = self.assignments.scheme.strata
        return tuple(str(one) for one in strata) if len(set(strata)) > 1 else None


def lot_drawn(path: Path) -> LotDrawn:
    """Return the draw in a file.

    Raises
    ------
    NotFoundError
        If there is no such file.
    FormatError
        If it holds no draw.
    UsageError
        If its assignment cannot have come from its scheme, or breaks its rule of balance.
    """
    if not path.is_file():
        raise NotFoundError(NO_LOT.at(Place(), value=path))
    place = Place(file=path.name)
    try:
        data = cast("Mapping[str, Any]", json.loads(path.read_text(encoding="utf-8")))
        areas = tuple(str(one) for one in data["areas"])
        rng = np.random.default_rng(_SEED)
        labels, assignments = sealed_assignments(data, rng=rng)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise FormatError(NO_DRAW.at(place, value=path.name)) from error
    if len(set(areas)) != labels.size or len(areas) != labels.size:
        raise FormatError(NO_DRAW.at(place, value=path.name))
    return LotDrawn(
        place=place,
        sha256=sha256_of(path, name=path.name),
        areas=areas,
        labels=labels,
        assignments=assignments,
    )


def of_the_lot(given: Panel, lot: LotDrawn) -> Panel:
    """Return the panel of those who took part in a draw, in its order.

    Raises
    ------
    InvalidInputError
        If somebody who took part is not in the panel, or is treated otherwise than drawn.
    """
    at = {name: row for row, name in enumerate(given.units)}
    lacking = [name for name in lot.areas if name not in at]
    if lacking:
        raise InvalidInputError(*capped(AREA_LACKS.at(lot.place, value=one) for one in lacking))
    rows = [at[name] for name in lot.areas]
    drawn = replace(
        given,
        outcomes=given.outcomes[rows],
        first_treated=given.first_treated[rows],
        units=lot.areas,
    )
    came = lot_of(drawn).labels if drawn.cohorts.size else np.zeros_like(lot.labels)
    other = np.flatnonzero(came != lot.labels).tolist()
    if other:
        names = (lot.areas[area] for area in other)
        raise InvalidInputError(*capped(NOT_AS_DRAWN.at(lot.place, value=one) for one in names))
    return drawn
