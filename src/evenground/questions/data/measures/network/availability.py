"""Availability: which share of the readings that should be there is, by sensor and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.data.measures.network.daily import DAY_US
from evenground.questions.data.measures.network.folded_lists import entries_of, wholes

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Shares by sensor and day.

    Attributes
    ----------
    sensors
        Codes of the sensors, in the order of the folded table.
    day
        Days since 1970-01-01, shape (n_days,), without a hole.
    present, expected
        Instants with a value in some column, and instants at the sensor's cadence between the first
        and the last instant of the whole table, shape (n_sensors, n_days).
    share
        ``present / expected``, at most 1, in the same shape; ``nan`` without a cadence.
    """

    sensors: tuple[str, ...]
    day: Whole
    present: Whole
    expected: Vector
    share: Vector


def availability(folded: pa.Table) -> Availability:
    """Return the availability of every sensor on every day of the table."""
    sensors = tuple(code or "" for code in folded.column("sensor").to_pylist())
    ends = [
        [end for end in folded.column(name).to_pylist() if end is not None]
        for name in ("first", "last")
    ]
    if not all(ends):
        none = np.empty((len(sensors), 0))
        return Availability(
            sensors=sensors, day=np.empty(0, np.int64), present=none.astype(np.int64),
            expected=none, share=none,
        )  # fmt: skip
    first, last = min(ends[0]), max(ends[1])
    day = np.arange(first // DAY_US, last // DAY_US + 1, dtype=np.int64)
    present = _present(folded, len(sensors), day)
    cadence = folded.column("cadence").to_numpy().astype(np.float64)
    begin = np.maximum(day * DAY_US, first)
    end = np.minimum((day + 1) * DAY_US, last + np.maximum(cadence, 1.0)[:, None])
    expected = np.maximum((end - begin) / np.where(cadence > 0, cadence, np.nan)[:, None], 1.0)
    return Availability(
        sensors=sensors,
        day=day,
        present=present,
        expected=expected,
        share=np.minimum(present / expected, 1.0),
    )


def _present(folded: pa.Table, n_sensors: int, day: Whole) -> Whole:
    """Return the most readings that any column has, by sensor and day."""
    entries, parent = entries_of(folded, "days")
    at = wholes(entries, "day") - day[0]
    present = np.zeros((n_sensors, day.size), dtype=np.int64)
    np.maximum.at(present, (parent, at), wholes(entries, "n"))
    return present
