"""What a datasheet declares, as the rules by which series are looked at."""

from __future__ import annotations

from evenground.questions.data.datasheet.model import ColumnSheet, Datasheet
from evenground.questions.data.measures.series.rules import ColumnRules, SeriesRules


def series_rules(sheet: Datasheet) -> SeriesRules:
    """Return the rules for series; columns of which nothing is declared are left out."""
    return SeriesRules(
        cadence_seconds=sheet.cadence_seconds,
        late_seconds=sheet.late_seconds,
        columns={
            name: rules
            for name, column in sheet.columns.items()
            if (rules := _rules(column)) != ColumnRules()
        },
    )


def _rules(column: ColumnSheet) -> ColumnRules:
    return ColumnRules(
        low=column.low,
        high=column.high,
        max_per_hour=column.max_per_hour,
        min_stuck=column.min_stuck,
        saturates_at=column.saturates_at,
    )
