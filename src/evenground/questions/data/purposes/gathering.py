"""From the folded table (one row a series) to the totals that measures rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.questions.data.measures.roles import Form
from evenground.questions.data.purposes.facts import Delivering, Interval, Readings
from evenground.questions.data.purposes.model import MeasureKind

if TYPE_CHECKING:
    import pyarrow as pa

    from evenground.questions.data.measures.space.granularity import SpatialGranularity

Series = Mapping[str, Any]
MICROSECONDS = 1_000_000
DAY = 86_400 * MICROSECONDS
STILL_CADENCES = 3
"""A series still delivers if its last reading is no further from the end than this, or a day."""


def readings_of(folded: pa.Table, *, unmeasured_zeros: bool = False) -> Readings | None:
    """Return the readings of all series and columns, and how many there should be.

    Parameters
    ----------
    folded
        One row a series (``measures.series.folded``).
    unmeasured_zeros
        Whether zeros before a series' first other value are no readings, as a check found.

    Returns
    -------
    ``None`` without a series that has a time. ``expected`` is ``None`` if a series has no cadence.
    """
    series = list(_series(folded))
    if not series:
        return None
    start, end = _ends(series)
    found = _summed(folded, "values", ("n", "n_sentinels", "n_leading_zeros"))
    expected = at_most = instants = 0
    known = True
    for one in series:
        n_columns = one["n_columns"]
        instants += one["n_instants"] * n_columns
        if one["cadence"] <= 0 or one["n_expected"] is None:
            known = False
            continue
        outside = (one["first"] - start) // one["cadence"] + (end - one["last"]) // one["cadence"]
        expected += one["n_expected"] * n_columns
        at_most += (one["n_expected"] + outside) * n_columns
    return Readings(
        expected=expected if known else None,
        expected_at_most=at_most if known else None,
        there=found["n"],
        n_instants=instants,
        unmeasured=found["n_leading_zeros"] if unmeasured_zeros else 0,
        placeholders=found["n_sentinels"],
    )


def recent_readings(folded: pa.Table, *, days: int = 30) -> Readings | None:
    """Return the readings of the last whole days, out of those that the cadence leads to expect.

    Every series of the table counts, one that fell silent before as well; one that began within
    these days from its first of them at least. The last day is left out, as it may not be over.

    Returns
    -------
    ``None`` if the table is shorter than two days, or a series has no cadence.
    """
    series = list(_series(folded))
    if not series or any(one["cadence"] <= 0 for one in series):
        return None
    start, end = _ends(series)
    last_day, first_day = end // DAY - 1, max(end // DAY - days, start // DAY + 1)
    if last_day < first_day:
        return None
    expected = at_most = 0
    for one in series:
        begins = max(first_day, min(one["first"] // DAY + 1, last_day + 1))
        expected += (last_day + 1 - begins) * DAY // one["cadence"] * one["n_columns"]
        at_most += (last_day + 1 - first_day) * DAY // one["cadence"] * one["n_columns"]
    return Readings(
        expected=expected,
        expected_at_most=at_most,
        there=_within(folded, first_day, last_day),
        n_instants=max(at_most, 1),
    )


def delivering_of(folded: pa.Table) -> Delivering | None:
    """Return how many series still delivered at the end, and the longest silence of any."""
    series = list(_series(folded))
    if not series:
        return None
    _, end = _ends(series)
    still = sum(end - one["last"] <= max(STILL_CADENCES * one["cadence"], DAY) for one in series)
    gaps = [one["longest_gap"] for one in series if one["longest_gap"] is not None]
    hours = max(gaps) / (3_600 * MICROSECONDS) if gaps else None
    return Delivering(n_series=len(series), n_still=still, longest_gap_hours=hours)


def cadence_of(folded: pa.Table) -> Interval | None:
    """Return the time between readings in seconds: most frequent, finest and coarsest series."""
    cadences = [one["cadence"] / MICROSECONDS for one in _series(folded) if one["cadence"] > 0]
    if not cadences:
        return None
    counted = Counter(cadences)
    usual = min(counted, key=lambda seconds: (-counted[seconds], seconds))
    low, high = min(cadences), max(cadences)
    kind = MeasureKind.EXACT if low == high else MeasureKind.BOUND
    return Interval(value=usual, low=low, high=high, kind=kind, n=len(cadences))


def spacing_of(found: SpatialGranularity, form: Form) -> Interval | None:
    """Return how fine data are in space, in metres: of happenings, how exactly they are placed.

    ``None`` where things that stand somewhere stand at one place only.
    """
    if form in {Form.STREAM, Form.PLACES}:
        spacing = found.spacing_metres
        if spacing is None:
            return None
        exact = MeasureKind.EXACT
        return Interval(
            value=spacing, low=spacing, high=spacing, kind=exact, n=found.n_distinct, of="places"
        )
    low, high = found.low_metres, found.high_metres
    kind = MeasureKind.EXACT if low == high else MeasureKind.BOUND
    return Interval(value=high, low=low, high=high, kind=kind, n=found.n_distinct, of="rows")


_NEEDED = ("first", "last", "cadence", "n_expected", "n_instants", "longest_gap")


def _series(folded: pa.Table) -> Iterator[Series]:
    """Yield the series that have a time, with how many columns were measured."""
    lengths = _list(folded, "values").value_lengths().to_pylist()
    rows = folded.select(list(_NEEDED)).to_pylist()
    for row, length in zip(rows, lengths, strict=True):
        if row["first"] is not None and row["last"] is not None:
            yield {**row, "n_columns": max(length or 0, 1)}


def _ends(series: list[Series]) -> tuple[int, int]:
    return min(one["first"] for one in series), max(one["last"] for one in series)


def _list(folded: pa.Table, name: str) -> pa.ListArray:
    """Return a column of lists in one piece."""
    import pyarrow as pa

    column = folded[name]
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _whole(entries: pa.StructArray, field: str) -> NDArray[np.int64]:
    """Return a field of whole numbers; what is null counts as 0."""
    return np.asarray(entries.field(field).fill_null(0).to_numpy(zero_copy_only=False), np.int64)


def _summed(folded: pa.Table, name: str, fields: tuple[str, ...]) -> dict[str, int]:
    """Return sums of whole numbers over all entries of all lists."""
    entries = _list(folded, name).flatten()
    return {field: int(_whole(entries, field).sum()) for field in fields}


def _within(folded: pa.Table, first_day: int, last_day: int) -> int:
    """Return the readings of all series and columns on these days, both included."""
    entries = _list(folded, "days").flatten()
    day = _whole(entries, "day")
    inside = (day >= first_day) & (day <= last_day)
    return int(_whole(entries, "n")[inside].sum())
