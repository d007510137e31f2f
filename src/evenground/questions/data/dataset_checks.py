"""Every check of one dataset, from the tables that were worked out where its rows are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evenground.frame.areas import Frame
from evenground.protocol import Case, DatasetCard
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.datasheet.rules import series_rules
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.clocks.clock_checks import (
    IMPOSSIBLE,
    clock_checks,
    impossible_dates,
    suspicious_of,
)
from evenground.questions.data.measures.clocks.suspicious import Times
from evenground.questions.data.measures.columns.plan import column_checks
from evenground.questions.data.measures.fidelity import Fidelity, fidelity
from evenground.questions.data.measures.network.network_checks import network_checks
from evenground.questions.data.measures.network.reference import Places
from evenground.questions.data.measures.roles import Form
from evenground.questions.data.measures.series.checks import series_checks
from evenground.questions.data.measures.space.granularity import SpatialGranularity
from evenground.questions.data.place_checks import (
    PlacesFound,
    areas_of,
    places_found,
    sensors_of,
)
from evenground.questions.data.plan import (
    CLOCKS,
    COLUMNS,
    DATES,
    ENDS,
    PAIRS,
    PLACES,
    SERIES,
    times_of,
)
from evenground.questions.data.purposes.facts import Interval
from evenground.questions.data.purposes.model import MeasureKind

if TYPE_CHECKING:
    import pyarrow as pa

Tables = Mapping[str, "pa.Table"]
DAY = 86_400_000_000
"""Microseconds."""
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
    held
        How far values are from a reference; ``None`` without one, or with too few pairs.
    """

    checks: tuple[Check, ...]
    series: pa.Table | None = None
    places: PlacesFound | None = None
    ends: tuple[int, int] | None = None
    held: Fidelity | None = None

    @property
    def relative_error(self) -> Interval | None:
        """Distance from the reference, as a share of it."""
        if self.held is None or not np.isfinite([self.held.low, self.held.high]).all():
            return None
        return Interval(
            value=self.held.relative_error,
            low=self.held.low,
            high=self.held.high,
            kind=MeasureKind.ESTIMATED,
            level=self.held.confidence,
            n=self.held.n_pairs,
            of="pairs",
        )

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
        *_of_series(
            series,
            sheet,
            areas_of(places, frame) if places else {},
            case.rng(f"gaps:{card.title}"),
        ),
        *_of_network(series, sheet, places),
        *_of_clocks(own, series, sheet, case),
        *(places.checks if places else ()),
        *_of_columns(own, card),
    )
    return Looked(
        checks=checks,
        series=series if series is not None and series.num_rows else None,
        places=places,
        ends=_ends(own.get(ENDS)),
        held=_held(own.get(PAIRS), card.title, case),
    )


def _held(pairs: pa.Table | None, title: str, case: Case) -> Fidelity | None:
    """Hold values against a reference; those of a day at a sensor, or of an area, hang together."""
    if pairs is None or not pairs.num_rows:
        return None
    times = pairs["time"]
    if times.null_count:
        block = np.arange(pairs.num_rows)
    else:
        whom = pairs["sensor"].combine_chunks().dictionary_encode().indices.to_numpy()
        block = times.to_numpy() // DAY * (int(whom.max()) + 1) + whom
    return fidelity(
        pairs["measured"].to_numpy().astype(np.float64),
        pairs["reference"].to_numpy().astype(np.float64),
        block,
        rng=case.rng(f"fidelity:{title}"),
        confidence=case.settings.number("confidence"),
    )


def _of_clocks(
    own: Tables, series: pa.Table | None, sheet: Datasheet, case: Case
) -> tuple[Check, ...]:
    """Look at clocks and at every column of dates."""
    found = own.get(CLOCKS)
    checks: tuple[Check, ...] = ()
    if found is not None:
        times = times_of(sheet.roles, case.city.time_zone)
        readings = series if times.readings else None
        checks = clock_checks(found, times, case.today, folded=readings)
    dates = {
        name.removeprefix(f"{DATES}/"): impossible_dates(
            suspicious_of(one), Times(column="when", readings=False), {}
        )
        for name, one in own.items()
        if name.startswith(f"{DATES}/")
    }
    time = sheet.roles.time
    for check in checks:
        if check.name == IMPOSSIBLE:
            dates = {time: check, **dates}
    rest = tuple(check for check in checks if check.name != IMPOSSIBLE)
    return (*rest, _all_dates(dates)) if dates else rest


def _all_dates(dates: Mapping[str, Check]) -> Check:
    """Return one check over all columns of dates: rows of each, and which columns have any."""
    first = next(iter(dates.values()))
    counts = {name: check.count or 0 for name, check in dates.items() if check.count}
    check = Check.counted(
        IMPOSSIBLE, sum(counts.values()), unit="cells", definition=first.definition
    )
    kinds = {name: dict(dates[name].detail.get("kinds", {})) for name in counts}
    return check.showing(columns=counts, kinds=kinds)


def _of_network(
    series: pa.Table | None, sheet: Datasheet, places: PlacesFound | None
) -> tuple[Check, ...]:
    """Look at sensors from day to day and beside one another."""
    if series is None or not series.num_rows or sheet.roles.form is not Form.STREAM:
        return ()
    tolerances = [pair.tolerance for pair in sheet.colocated if pair.tolerance is not None]
    return network_checks(
        series,
        places=_stands(places),
        pairs=[(pair.first, pair.second) for pair in sheet.colocated],
        tolerance=min(tolerances) if tolerances else None,
    )


def _stands(places: PlacesFound | None) -> Places | None:
    """Return where each sensor stands, in metres: where most of its rows are."""
    stands = sensors_of(places) if places is not None else {}
    if not stands:
        return None
    where = np.array(list(stands.values()))
    return Places(sensor=tuple(stands), x=where[:, 0], y=where[:, 1])


def _of_columns(own: Tables, card: DatasetCard) -> tuple[Check, ...]:
    if card.facts is None:
        return ()
    prefix = f"{COLUMNS}/"
    replies = {
        name.removeprefix(prefix): one for name, one in own.items() if name.startswith(prefix)
    }
    return column_checks(card.facts, replies)


def _of_series(
    series: pa.Table | None, sheet: Datasheet, areas: Mapping[str, str], rng: np.random.Generator
) -> tuple[Check, ...]:
    if series is None or not series.num_rows:
        return ()
    flags = "flags" in series.column_names
    found = series_checks(series, series_rules(sheet), flags=flags, areas=areas, rng=rng)
    if sheet.roles.form is Form.COUNTS:
        return tuple(check for check in found if check.name in OF_COUNTS)
    return found


def _ends(found: pa.Table | None) -> tuple[int, int] | None:
    row = found.to_pylist()[0] if found is not None and found.num_rows else {}
    first, last = row.get("first"), row.get("last")
    return None if first is None or last is None else (first, last)
