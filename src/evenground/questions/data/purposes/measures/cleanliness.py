"""Cleanliness: how much is free of any fault that was looked for."""

from __future__ import annotations

from collections.abc import Iterator

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.parts_affected import (
    Touched,
    readings_touched,
    untouched_share,
)
from evenground.questions.data.purposes.measures.results import (
    checks_named,
    measured,
    message,
    unknown,
)
from evenground.questions.data.purposes.model import Measured

CERTAIN: tuple[str, ...] = (
    "duplicates", "sentinels", "rate_of_change", "impossible_dates", "nonexistent_times",
    "repeated_ids", "repeated_rows", "coordinate_faults", "percentages_in_counts",
)  # fmt: skip
"""Faults that are faults whatever else is known."""
SUSPICIOUS: tuple[str, ...] = (
    "stuck_runs", "zero_runs", "spikes", "ambiguous_times", "daylight_saving", "outside_city",
    "lost_leading_zeros", "encoding", "out_of_range", "saturation",
)  # fmt: skip
"""What may be a fault, or may be so."""
BY_DECLARATION: tuple[str, ...] = ("out_of_range", "saturation")
"""Certain where the datasheet says what the instrument can give, suspicious otherwise."""


def cleanliness(facts: Facts) -> Measured:
    """Return the share of readings (of rows, where rows are no readings) without a flagged fault.

    ``high`` counts certain faults alone, ``low`` and ``value`` everything that is suspicious too.
    Checks that could not be made count neither way; a note names them.
    """
    names = tuple(dict.fromkeys((*CERTAIN, *SUSPICIOUS)))
    made = facts.made(names)
    n, per_row, n_without = _whole(facts)
    touched = tuple(_touched(facts, made, per_row, n_without))
    open_checks = facts.not_made(names)
    notes = (
        (message("note.checks_not_made", names=checks_named(open_checks)),) if open_checks else ()
    )
    if not touched or n == 0:
        known = unknown("share", message("reason.measure.no_check_of_rows"))
    else:
        known = untouched_share(n, touched)
    unit = "readings" if facts.readings is not None else "rows"
    parts: dict[str, float | None] = {
        "n": n,
        "certain": max((one.at_least for one in touched if one.certain), default=0),
        "flagged_at_most": min(n, sum(one.at_most for one in touched)),
    }
    return measured(
        "cleanliness", known, message(f"method.cleanliness.{unit}"), parts=parts, notes=notes,
        checks=tuple(check.name for check in made),
    )  # fmt: skip


def _whole(facts: Facts) -> tuple[int, int, int]:
    """Return the number of items, how many of them a row has, and how many cells have none."""
    if facts.readings is None:
        return facts.n_rows, 1, 0
    per_row = max(len(facts.roles.values), 1)
    cells = facts.n_rows * per_row
    repeated = sum(check.count or 0 for check in facts.made(("duplicates",)))
    # readings are counted once an instant; those of repeated rows are readings too
    n = min(facts.readings.there + repeated * per_row, cells)
    return n, per_row, cells - n


def _touched(
    facts: Facts, made: tuple[Check, ...], per_row: int, n_without: int
) -> Iterator[Touched]:
    for check in made:
        readings = readings_touched(check, per_row=per_row, n_without=n_without)
        if readings is None:
            continue
        certain = check.name in CERTAIN or (
            check.name in BY_DECLARATION and _declared(facts, check.name)
        )
        yield Touched(at_least=readings[0], at_most=readings[1], certain=certain)


def _declared(facts: Facts, name: str) -> bool:
    """Tell whether the datasheet says what the instrument can give, for each measured column."""
    columns = [facts.sheet.columns.get(value) for value in facts.roles.values]
    if name == "saturation":
        return bool(columns) and all(column and column.saturates_at for column in columns)
    return bool(columns) and all(
        column and (column.low is not None or column.high is not None) for column in columns
    )
