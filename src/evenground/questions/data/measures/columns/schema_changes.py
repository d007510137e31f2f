"""Columns that come, go or change their type from one file or period to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import Holds
from evenground.questions.data.measures.columns.facts import (
    ColumnCheck,
    Facts,
    FileColumns,
    definition,
    is_blank,
    reason,
)
from evenground.questions.data.measures.columns.periods import (
    PERIOD,
    Periods,
    period_column,
    periods_of,
)

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

NAME = "schema_changes"
MOSTLY = 0.5
"""A column that is filled in at least this share of a period's rows is there in it."""
_COLUMNS = 200
_LISTED = 200
_ROWS = 5


def _filled_in(facts: Facts) -> Periods | None:
    """Return the periods by which to see whether columns are filled; files tell it themselves."""
    periods = periods_of(facts)
    return None if periods is None or periods.by == "file" else periods


def _asks(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    periods = _filled_in(facts)
    if periods is None:
        return {}
    dated: Any = table.mutate(**{PERIOD: period_column(table, facts, periods)})
    columns = [one for one in facts.profiles if one.holds is not Holds.OTHER][:_COLUMNS]
    filled = {
        f"c{position}": (~is_blank(dated[column.name])).sum()
        for position, column in enumerate(columns)
    }
    held = dated.filter(dated[PERIOD].notnull())
    return {"filled": held.group_by(period=held[PERIOD]).aggregate(n=held.count(), **filled)}


def schema_changes(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many times a column came, went or changed its type.

    Between files: by their columns. Within one file of several periods: a column is there in a
    period if at least ``MOSTLY`` of its rows hold a value, and not there if none does.
    """
    said = definition(NAME, mostly=MOSTLY)
    if facts.has_file:
        changes = list(between_files(facts.files))
        by, parts = "file", [file.name for file in facts.files]
    elif "filled" in found:
        changes = list(_between_periods(facts, found["filled"]))
        by, parts = "period", sorted(str(one) for one in found["filled"]["period"].to_pylist())
    else:
        return Check.not_established(
            NAME, unit="changes", definition=said, reason=reason("one_period")
        )
    return Check.counted(NAME, len(changes), unit="changes", definition=said).showing(
        by=by, compared=len(parts), changes=changes[:_LISTED]
    )


def between_files(files: Sequence[FileColumns]) -> Iterator[dict[str, Any]]:
    """Yield the columns that differ between each file and the one before it."""
    for before, after in pairwise(files):
        for name in dict.fromkeys((*before.columns, *after.columns)):
            old, new = before.columns.get(name), after.columns.get(name)
            if old == new:
                continue
            what = "added" if old is None else "removed" if new is None else "type"
            yield {
                "column": name, "what": what, "from": after.name, "type_before": old or "",
                "type_after": new or "",
            }  # fmt: skip


def _between_periods(facts: Facts, found: pa.Table) -> Iterator[dict[str, Any]]:
    rows = sorted(found.to_pylist(), key=_period)
    rows = [row for row in rows if row["n"] >= _ROWS]
    columns = [one for one in facts.profiles if one.holds is not Holds.OTHER][:_COLUMNS]
    for position, column in enumerate(columns):
        for before, after in pairwise(rows):
            old, new = (row[f"c{position}"] / row["n"] for row in (before, after))
            if (old == 0 and new >= MOSTLY) or (new == 0 and old >= MOSTLY):
                yield {
                    "column": column.name, "what": "added" if old == 0 else "removed",
                    "from": str(after["period"]), "type_before": "", "type_after": "",
                }  # fmt: skip


def _period(row: Mapping[str, Any]) -> str:
    return str(row["period"])


CHECKS = (ColumnCheck(name=NAME, asks=_asks, finds=schema_changes),)
