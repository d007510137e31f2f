"""All checks of columns: what they ask of the rows, and what they find in the replies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns import (
    category_changes,
    cells,
    codes,
    identifiers,
    meaning_changes,
    repeated_rows,
    schema_changes,
    shares,
    totals,
)
from evenground.questions.data.measures.columns.facts import ColumnCheck, Facts
from evenground.questions.data.measures.columns.profile import Narrow

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

COLUMN_CHECKS: tuple[ColumnCheck, ...] = (
    *identifiers.CHECKS,
    *repeated_rows.CHECKS,
    *codes.CHECKS,
    *cells.CHECKS,
    *schema_changes.CHECKS,
    *category_changes.CHECKS,
    *meaning_changes.CHECKS,
    *shares.CHECKS,
    *totals.CHECKS,
)
"""In the order in which they are told."""
_BETWEEN = "/"


def asked(
    table: ibis.Table, facts: Facts, narrow: Narrow | None = None
) -> Mapping[str, ibis.Table]:
    """Return what all checks ask of the rows: lazy tables of few rows, by check and key.

    Parameters
    ----------
    table
        The rows as they were opened (not read into numbers and times).
    facts
        Its profiles and roles, and what else is known of it.
    narrow
        As in ``profile``: for tables of hundreds of columns.
    """
    looked = facts.narrowed()
    rows = narrow([column.name for column in looked.profiles]) if narrow else table
    return {
        f"{check.name}{_BETWEEN}{key}": one
        for check in COLUMN_CHECKS
        for key, one in check.asks(rows, looked).items()
    }


def column_checks(facts: Facts, found: Mapping[str, pa.Table]) -> tuple[Check, ...]:
    """Return all checks from the replies to what ``asked`` asked, by the same keys."""
    replies: dict[str, dict[str, pa.Table]] = {}
    for name, reply in found.items():
        check, _, key = name.partition(_BETWEEN)
        replies.setdefault(check, {})[key] = reply
    looked = facts.narrowed()
    return tuple(
        one.finds(facts if one.of_all else looked, replies.get(one.name, {}))
        for one in COLUMN_CHECKS
    )
