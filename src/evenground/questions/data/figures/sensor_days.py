"""The daily values of the sensor with most flagged days, and which checks flag them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

    from evenground.questions.data.measures.checks import Check

Days = NDArray[np.int64]
Values = NDArray[np.float64]

NOT_DRAWN = frozenset({"gaps", "nulls", "duplicates", "order_inversions", "late_arrivals"})
"""Checks that flag a missing reading, or a row rather than its value: no mark can stand for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorDays:
    """One sensor's values of one column by day.

    Attributes
    ----------
    sensor, column
        Empty where a table has no sensor.
    day, shape (n,)
        Days since 1970 with at least one row, in order.
    median, low, high, shape (n,)
        Of the day's readings; not a number where a day has none.
    flagged
        For each check the days on which it flags a reading, in order.
    n_sensors
        Sensors that have a flagged day.
    """

    sensor: str
    column: str
    day: Days
    median: Values
    low: Values
    high: Values
    flagged: Mapping[str, Days]
    n_sensors: int = 1

    @property
    def flagged_days(self) -> Days:
        """Every day with a flag, once, in order."""
        return np.unique(np.concatenate([*self.flagged.values(), np.zeros(0, dtype=np.int64)]))


def sensor_days(series: pa.Table, checks: Iterable[Check]) -> SensorDays | None:
    """Return the sensor and column with most flagged days; ``None`` where no value is flagged.

    Parameters
    ----------
    series
        One row per sensor as ``SeriesFold`` makes them, with its ``days``.
    checks
        Checks with their flags (``FLAG_COLUMNS``).
    """
    found = _flagged(checks)
    sensors = [str(one or "") for one in series.column("sensor").to_pylist()]
    rows = {name: row for row, name in enumerate(sensors)}
    for sensor, column in sorted(found, key=lambda pair: (-found[pair].size, *pair)):
        if sensor not in rows:
            continue
        days = _days_of(series, rows[sensor], column)
        if days is not None and np.isin(found[sensor, column].days, days["day"]).any():
            return SensorDays(
                sensor=sensor,
                column=column,
                flagged=found[sensor, column].by_check,
                n_sensors=len({one for one, _ in found}),
                **days,
            )
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flags:
    """Days on which one sensor's column is flagged, by check, those with most days first."""

    by_check: Mapping[str, Days]

    @property
    def days(self) -> Days:
        return np.unique(np.concatenate(list(self.by_check.values())))

    @property
    def size(self) -> int:
        return int(self.days.size)


def _flagged(checks: Iterable[Check]) -> dict[tuple[str, str], _Flags]:
    """Return the flagged days of each sensor and column."""
    found: dict[tuple[str, str], dict[str, Days]] = {}
    for check in checks:
        if check.flags is None or check.name in NOT_DRAWN:
            continue
        for pair, days in _days_by_series(check.flags).items():
            found.setdefault(pair, {})[check.name] = days
    return {
        pair: _Flags(
            by_check=dict(sorted(marks.items(), key=lambda item: (-item[1].size, item[0])))
        )
        for pair, marks in found.items()
    }


def _days_by_series(flags: pa.Table) -> dict[tuple[str, str], Days]:
    """Return the days of flagged rows, each once, by sensor and column."""
    sensors, sensor = _coded(flags, "sensor")
    columns, column = _coded(flags, "column")
    time = flags.column("time").to_numpy().astype("datetime64[us]")
    timed = ~np.isnat(time)
    keys = np.column_stack([sensor, column, time.astype("datetime64[D]").astype(np.int64)])[timed]
    keys = np.unique(keys, axis=0)
    starts = np.flatnonzero(np.any(np.diff(keys[:, :2], axis=0, prepend=-1) != 0, axis=1))
    return {
        (sensors[part[0, 0]], columns[part[0, 1]]): part[:, 2]
        for part in np.split(keys, starts[1:])
        if part.size
    }


def _coded(flags: pa.Table, name: str) -> tuple[list[str], Days]:
    """Return the different texts of a column, and for each row which of them it has."""
    coded = flags.column(name).fill_null("").combine_chunks().dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64)


def _days_of(series: pa.Table, row: int, column: str) -> dict[str, Any] | None:
    """Return day, median, low and high of one column, by day."""
    records: list[dict[str, Any]] = series.column("days")[row].as_py() or []
    by_day = {int(one["day"]): one for one in records if one["column"] == column}
    if not by_day:
        return None
    mine = [by_day[day] for day in sorted(by_day)]
    numbers = {
        name: np.array([np.nan if one[name] is None else one[name] for one in mine], dtype=float)
        for name in ("median", "low", "high")
    }
    return {"day": np.array(sorted(by_day), dtype=np.int64), **numbers}
