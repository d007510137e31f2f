"""A stretch of a series in which something is other than before, as checks report it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.questions.data.measures.checks import flag_schema
from evenground.questions.data.measures.network.daily import DAY_US

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One stretch of one column of one sensor.

    Attributes
    ----------
    sensor, column
        Whose it is.
    start_day, end_day
        Days since 1970-01-01: the first day that is affected, perhaps only in part, and the first
        that no longer is; ``end_day`` is ``None`` where it lasts to the end of the series.
    last_day
        Last day of the series, for those that last.
    figures
        What else is known of it, ready for JSON.
    """

    sensor: str
    column: str
    start_day: int
    end_day: int | None
    last_day: int
    figures: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def days(self) -> range:
        """Every day that is affected."""
        return range(self.start_day, self.last_day + 1 if self.end_day is None else self.end_day)

    def shown(self) -> dict[str, Any]:
        """Return it ready for JSON, days as dates."""
        return {
            "sensor": self.sensor,
            "column": self.column,
            "start": day_text(self.start_day),
            "end": None if self.end_day is None else day_text(self.end_day),
            **self.figures,
        }


def day_text(day: int) -> str:
    """Return the date of a day since 1970-01-01."""
    return str(np.datetime64(day, "D"))


def shown(episodes: Sequence[Episode]) -> list[dict[str, Any]]:
    """Return episodes ready for JSON, by column, sensor and start."""
    order = sorted(episodes, key=lambda one: (one.column, one.sensor, one.start_day))
    return [one.shown() for one in order]


def flagged_days(episodes: Sequence[Episode], check: str) -> pa.Table:
    """Return one flag per day of each episode, at the day's beginning; rows are not known."""
    import pyarrow as pa

    order = sorted(episodes, key=lambda one: (one.column, one.sensor, one.start_day))
    lengths = [len(one.days) for one in order]
    days = [np.arange(one.days.start, one.days.stop, dtype=np.int64) for one in order]
    time = np.concatenate(days) * DAY_US if days else np.empty(0, np.int64)
    sensors = np.repeat(np.array([one.sensor for one in order], dtype=object), lengths)
    columns = np.repeat(np.array([one.column for one in order], dtype=object), lengths)
    n = int(sum(lengths))
    arrays = [
        pa.nulls(n, pa.int64()),
        pa.array(sensors, pa.string()),
        pa.array(time, pa.int64()).cast(pa.timestamp("us")),
        pa.array(columns, pa.string()),
        pa.array([check] * n, pa.string()),
        pa.nulls(n, pa.string()),
    ]
    return pa.Table.from_arrays(arrays, schema=flag_schema())
