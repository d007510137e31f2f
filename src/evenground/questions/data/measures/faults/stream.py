"""Readings of several sensors as arrays, and the truth about what was done to them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenground.questions.data.measures.checks import flag_schema

if TYPE_CHECKING:
    import pyarrow as pa

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
VALUE = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Rows of a table of readings, in the order in which they lie.

    Attributes
    ----------
    names
        The sensors.
    sensor, shape (n,)
        Which of them each row is of.
    time, shape (n,)
        Microseconds since 1970-01-01 of the clock as written.
    value, shape (n,)
        What was read; ``nan`` where there is none.
    arrived, shape (n,)
        When each row arrived, in microseconds; ``None`` where that is not told.
    taken, shape (n,)
        Rows that hold a fault, or border on one: another is not planted there.
    """

    names: tuple[str, ...]
    sensor: Whole
    time: Whole
    value: Floats
    arrived: Whole | None = None
    taken: Flags = field(default_factory=lambda: np.empty(0, dtype=np.bool_))

    def __post_init__(self) -> None:
        """Begin with every row free."""
        if self.taken.size != self.time.size:
            object.__setattr__(self, "taken", np.zeros(self.time.size, dtype=np.bool_))

    def rows(self, which: Whole | Flags) -> Stream:
        """Return the stream with those rows, in that order."""
        return replace(
            self,
            sensor=self.sensor[which],
            time=self.time[which],
            value=self.value[which],
            arrived=None if self.arrived is None else self.arrived[which],
            taken=self.taken[which],
        )

    def table(self) -> pa.Table:
        """Return the rows as a table: ``sensor``, ``time``, ``value``, and ``arrived`` if told."""
        import pyarrow as pa

        columns = {
            "sensor": _texts(self.names, self.sensor),
            "time": pa.array(self.time, pa.int64()).cast(pa.timestamp("us")),
            VALUE: pa.array(self.value, pa.float64(), from_pandas=True),
        }
        if self.arrived is not None:
            columns["arrived"] = pa.array(self.arrived, pa.int64()).cast(pa.timestamp("us"))
        return pa.table(columns)


class Truth(NamedTuple):
    """Where a fault is: its check, and the sensor and time of each reading."""

    check: str
    sensor: Whole
    time: Whole


class Planted(NamedTuple):
    """A stream with faults, and where they are."""

    stream: Stream
    truth: tuple[Truth, ...]


def truth_table(planted: Planted) -> pa.Table:
    """Return where faults are, one row per reading, with the columns of flagged rows.

    Only ``sensor``, ``time``, ``column`` and ``check`` are filled.
    """
    import pyarrow as pa

    parts = [
        pa.table(
            {
                "row": pa.nulls(one.time.size, pa.int64()),
                "sensor": _texts(planted.stream.names, one.sensor),
                "time": pa.array(one.time, pa.int64()).cast(pa.timestamp("us")),
                "column": pa.array([VALUE] * one.time.size, pa.string()),
                "check": pa.array([one.check] * one.time.size, pa.string()),
                "value": pa.nulls(one.time.size, pa.string()),
            },
            schema=flag_schema(),
        )
        for one in planted.truth
    ]
    return pa.concat_tables(parts) if parts else flag_schema().empty_table()


def _texts(names: tuple[str, ...], which: Whole) -> pa.Array:
    import pyarrow as pa

    return pa.array(names, pa.string()).take(pa.array(which, pa.int64()))
