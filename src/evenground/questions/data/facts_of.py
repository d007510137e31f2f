"""All that the sixteen measures of a dataset rest on, gathered from its checks and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from evenground.frame.areas import Frame
from evenground.protocol import Case, DatasetCard
from evenground.questions.data.covering import Reached, coverage_of
from evenground.questions.data.dataset_checks import Looked
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.columns.column_profile import ColumnProfile, Holds
from evenground.questions.data.measures.exposure.k_anonymity import k_anonymity
from evenground.questions.data.measures.roles import Roles
from evenground.questions.data.measures.space.granularity import area_granularity
from evenground.questions.data.metadata.described import record_of
from evenground.questions.data.metadata.points import quality_points
from evenground.questions.data.plan import CLASSES
from evenground.questions.data.purposes.facts import Cells, Disclosure, Facts, Interval
from evenground.questions.data.purposes.gathering import (
    cadence_of,
    delivering_of,
    readings_of,
    recent_readings,
    spacing_of,
)

if TYPE_CHECKING:
    import pyarrow as pa

Tables = Mapping[str, "pa.Table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What facts are gathered from: a dataset's tables, its card, what was found, the city.

    ``sheet`` is the datasheet that a person gave, ``None`` where all of it was guessed.
    """

    own: Tables
    card: DatasetCard
    looked: Looked
    sheet: Datasheet | None
    roles: Roles
    reached: Reached | None
    case: Case
    frame: Frame | None


def facts_of(given: Given) -> Facts:
    """Return the facts of one dataset."""
    card, looked, roles = given.card, given.looked, given.roles
    series, days = looked.series, given.case.settings.whole("recent_days")
    checks = {check.name: check for check in looked.checks}
    zeros = checks.get("unmeasured_zeros")
    facts = Facts(
        today=given.case.today,
        n_rows=card.n_rows or 0,
        n_columns=len(card.columns),
        columns=tuple(column.name for column in card.columns),
        numeric=tuple(c.name for c in card.columns if c.holds in (Holds.WHOLE, Holds.NUMBER)),
        roles=roles,
        checks=checks,
        datasheet=given.sheet,
        recent_days=days,
        spacing_metres=_spacing(looked, roles, given.frame),
        coverage=coverage_of(given.own, given.reached, given.frame),
        relative_error=looked.relative_error,
        disclosure=_disclosure(given.own, roles),
        metadata=quality_points(record_of(given.sheet)) if given.sheet else None,
    )
    if series is None:
        return replace(facts, cells=cells_of(card.columns, roles, given.sheet or Datasheet()))
    unmeasured = zeros is not None and zeros.status is Status.FOUND
    return replace(
        facts,
        n_series=series.num_rows,
        readings=readings_of(series, unmeasured_zeros=unmeasured),
        recent=recent_readings(series, days=days),
        delivering=delivering_of(series),
        cadence_seconds=cadence_of(series),
    )


def cells_of(columns: tuple[ColumnProfile, ...], roles: Roles, sheet: Datasheet) -> Cells | None:
    """Return how many cells should be filled, and how many are.

    Those of columns that the datasheet calls required, and of those that say what a row is:
    its identifier, time, place, area and values.
    """
    told = {roles.row_id, roles.time, roles.x, roles.y, roles.area, *roles.values}
    wanted = told | {name for name, column in sheet.columns.items() if column.required}
    asked = [column for column in columns if column.name in wanted]
    if not asked:
        return None
    return Cells(
        should=sum(column.n for column in asked),
        filled=sum(column.n_filled for column in asked),
    )


def _spacing(looked: Looked, roles: Roles, frame: Frame | None) -> Interval | None:
    """Return how finely rows are placed, in metres: by coordinates, else by their areas."""
    if looked.granularity is not None:
        return spacing_of(looked.granularity, roles.form)
    if roles.area and frame is not None and frame.has_shapes:
        import shapely

        low, high = area_granularity(shapely.area(frame.outlines))
        return Interval(low=low, high=high, n=len(frame.area_ids), of="areas")
    return None


def _disclosure(own: Tables, roles: Roles) -> Disclosure | None:
    classes = own.get(CLASSES)
    if classes is None or not classes.num_rows:
        return None
    sizes = np.asarray(classes["size"].to_numpy(), np.int64)
    found = k_anonymity(sizes, np.asarray(classes["classes"].to_numpy(), np.int64))
    if found is None:
        return None
    return Disclosure(smallest=found.k, share_alone=found.share_unique, columns=tuple(roles.quasi))
