"""Rows that are there again: which of them come after the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.columns.facts import ROW, Facts, flagged

if TYPE_CHECKING:
    import ibis

N = "__n"
"""How many rows share their keys; a name that no column has."""
_FIRST = "__first"


def later_rows(
    table: ibis.Table, facts: Facts, keys: Sequence[str], several: ibis.Table, *, column: str
) -> ibis.Table:
    """Return flags of the rows after the first among those that share their keys.

    Parameters
    ----------
    table
        The rows.
    keys
        Columns that make rows alike; a missing value equals a missing one.
    several
        Keys that more than one row has.
    column
        Whose value the flag shows.
    """
    import ibis

    matches = [table[key].identical_to(several[key]) for key in keys]
    alike: Any = table.semi_join(several, matches)
    if not facts.has_row:
        return flagged(alike, facts, column, ibis.literal(value=True)).limit(0)
    window = ibis.window(group_by=list(keys))
    marked = alike.mutate(**{_FIRST: alike[ROW].min().over(window)})
    return flagged(marked, facts, column, marked[ROW] > marked[_FIRST])
