"""Every check of one dataset, from the tables that were worked out where its rows are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.frame.areas import Frame
from evenground.protocol import Case, DatasetCard
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.datasheet.rules import series_rules
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.roles import Form
from evenground.questions.data.measures.series.checks import series_checks
from evenground.questions.data.measures.space.granularity import SpatialGranularity
from evenground.questions.data.place_checks import PlacesFound, places_found
from evenground.questions.data.plan import PLACES, SERIES
from evenground.questions.data.purposes.facts import Interval

if TYPE_CHECKING:
    import pyarrow as pa

Tables = Mapping[str, "pa.Table"]
OF_COUNTS = frozenset({"duplicates", "gaps", "nulls", "unmeasured_zeros"})
"""Checks on readings that also suit counts by area and period: equal counts are no stuck sensor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found on looking at a dataset.

    Attributes
    ----------
    checks
        Every check that suits what its rows are.
    series
        One row a sensor; ``None`` where rows are no readings.
    places
        Where its rows are; ``None`` without coordinates.
    ends
        First and last time, microseconds of the clock as written.
    relative_error
        Distance from the reference, as a share of it; ``None`` without a reference.
    """

    checks: tuple[Check, ...]
    series: pa.Table | None = None
    places: PlacesFound | None = None
    ends: tuple[int, int] | None = None
    relative_error: Interval | None = None

    @property
    def granularity(self) -> SpatialGranularity | None:
        """How finely its rows are placed."""
        return self.places.granularity if self.places else None


def looked_at(
    own: Tables, card: DatasetCard, sheet: Datasheet, case: Case, frame: Frame | None
) -> Looked:
    """Make every check; ``own`` are the dataset's tables without their prefix."""
    series = own.get(SERIES)
    places = places_found(own[PLACES], sheet.roles, case, frame) if PLACES in own else None
    checks = (
        *_of_series(series, sheet),
        *(places.checks if places else ()),
    )
    return Looked(
        checks=checks,
        series=series if series is not None and series.num_rows else None,
        places=places,
        ends=_ends(series),
    )


def _of_series(series: pa.Table | None, sheet: Datasheet) -> tuple[Check, ...]:
    if series is None or not series.num_rows:
        return ()
    found = series_checks(series, series_rules(sheet), flags="flags" in series.column_names)
    if sheet.roles.form is Form.COUNTS:
        return tuple(check for check in found if check.name in OF_COUNTS)
    return found


def _ends(series: pa.Table | None) -> tuple[int, int] | None:
    if series is None:
        return None
    firsts = [one for one in series["first"].to_pylist() if one is not None]
    lasts = [one for one in series["last"].to_pylist() if one is not None]
    return (min(firsts), max(lasts)) if firsts and lasts else None
