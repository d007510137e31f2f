"""What is declared of a series before it is looked at; whatever is not comes from the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRules:
    """What is declared of one measured column, in the column's own unit.

    Attributes
    ----------
    low, high
        Smallest and largest value that can be, both included.
    max_per_hour
        Largest change per hour between neighbouring readings.
    min_stuck
        Readings from which on equal values in a row are called stuck; ``None``: from the data.
    saturates_at
        Values at which the instrument is at its limit.
    spike_k
        How many scales a reading must stand off its neighbours to be a spike; ``None``: so many
        that a clean series has one in a hundred years.
    """

    low: float | None = None
    high: float | None = None
    max_per_hour: float | None = None
    min_stuck: int | None = None
    saturates_at: tuple[float, ...] = ()
    spike_k: float | None = None


NOTHING_DECLARED = ColumnRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRules:
    """What is declared of the series of a table.

    Attributes
    ----------
    cadence_seconds
        Time between readings; ``None``: from the data.
    late_seconds
        How long after its time a row may arrive; ``None``: three times the cadence.
    columns
        Rules by measured column.
    """

    cadence_seconds: float | None = None
    late_seconds: float | None = None
    columns: Mapping[str, ColumnRules] = field(default_factory=dict[str, ColumnRules])

    def of(self, column: str) -> ColumnRules:
        """Return the rules of one column."""
        return self.columns.get(column, NOTHING_DECLARED)
