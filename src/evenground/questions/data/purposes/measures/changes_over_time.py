"""Changes over time: was the same thing measured in the same way throughout?"""

from __future__ import annotations

from collections.abc import Iterable

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.parts_affected import (
    Touched,
    named_or_counted,
    untouched_share,
)
from evenground.questions.data.purposes.measures.results import (
    checks_named,
    measured,
    message,
    unknown,
)
from evenground.questions.data.purposes.model import Known, Measured, MeasureKind

OF_SENSORS: dict[str, bool] = {
    "unit_jumps": True,
    "clock_shifts": True,
    "moved_sites": True,
    "resolution_changes": False,
    "level_shifts": False,
    "drift": False,
}
"""Checks on series, and whether what they find is certainly a change of the measuring."""
OF_COLUMNS: dict[str, bool] = {
    "schema_changes": True,
    "meaning_changes": True,
    "category_changes": False,
}
"""Checks on columns, likewise."""


def changes_over_time(facts: Facts) -> Measured:
    """Return the share of series, or of columns if that is less, that stayed as they were.

    ``high`` counts changes that certainly are ones of the measuring (units, clocks, places,
    columns, meanings), ``low`` and ``value`` also those that may be ones of what is measured
    (levels, drift, steps, codes). Changes that the datasheet explains are counted all the same and
    named beside it: whoever compares over time has to know of them.
    """
    sensors = facts.made(tuple(OF_SENSORS))
    columns = facts.made(tuple(OF_COLUMNS))
    known = _least(
        _unchanged(facts.n_series, sensors, OF_SENSORS, "sensors"),
        _unchanged(facts.n_columns, columns, OF_COLUMNS, "columns"),
    )
    open_checks = facts.not_made((*OF_SENSORS, *OF_COLUMNS))
    notes = (
        [message("note.checks_not_made", names=checks_named(open_checks))] if open_checks else []
    )
    documented = facts.sheet.changes
    if documented:
        notes.append(message("note.changes_documented", n=len(documented)))
    return measured(
        "changes_over_time",
        known or unknown("share", message("reason.measure.one_moment")),
        message("method.changes_over_time"),
        checks=tuple(check.name for check in (*sensors, *columns)),
        notes=tuple(notes),
        parts={"documented_changes": len(documented)},
    )


def _unchanged(n: int, made: Iterable[Check], certain: dict[str, bool], key: str) -> Known | None:
    listed = tuple(made)
    if not listed or n <= 0:
        return None
    faults: list[Touched] = []
    for check in listed:
        named, counted = named_or_counted(check, key)
        touched = min(len(named) + counted, n)
        faults.append(Touched(at_least=touched, at_most=touched, certain=certain[check.name]))
    return untouched_share(n, faults)


def _least(*shares: Known | None) -> Known | None:
    """Return the interval of the least of several shares."""
    there = [share for share in shares if share is not None]
    if not there:
        return None
    low = min(share.low or 0.0 for share in there)
    high = min(1.0 if share.high is None else share.high for share in there)
    kind = MeasureKind.EXACT if low == high else MeasureKind.BOUND
    return Known(unit="share", value=low, low=low, high=high, kind=kind)
