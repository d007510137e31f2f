"""Shares among counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenground.evidence import Message
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import (
    NUMBERS,
    ColumnProfile,
    Writing,
)
from evenground.questions.data.measures.columns.names import Hint, hints
from evenground.questions.data.measures.counted.quantities import (
    Quantities,
    names_count,
    names_total,
)
from evenground.questions.data.measures.roles import Form, Roles

NAME = "percentages_in_counts"
WHOLE_NAMED, WHOLE = 0.5, 0.95
"""Share of a column's numbers that are whole: of one that is called a count, and of any other."""
LEAST = 10


def percentages_in_counts(figures: Mapping[str, Any], held: Quantities, roles: Roles) -> Check:
    """Return the check of cells with shares in columns of counts.

    Parameters
    ----------
    figures
        The row of ``FIGURES``.
    held, roles
        Columns of the table and what they stand for.

    Returns
    -------
    Check
        In cells; ``detail``: ``cells`` by column, ``columns``.
    """
    cells = {one.name: _cells(one, figures, roles) for one in held.amounts}
    found = {name: n for name, n in sorted(cells.items()) if n}
    definition = Message(
        code=f"definition.{NAME}", parameters={"named": WHOLE_NAMED, "whole": WHOLE}
    )
    check = Check.counted(NAME, sum(found.values()), unit="cells", definition=definition)
    return check.showing(columns=list(found), cells=found)


def _cells(column: ColumnProfile, figures: Mapping[str, Any], roles: Roles) -> int:
    numbers, whole, parts, hundredths = (
        int(figures[f"{column.position}_{name}"] or 0)
        for name in ("numbers", "whole", "parts", "hundredths")
    )
    signs = column.written(Writing.PERCENT)
    counts = names_count(column)
    if numbers < LEAST or (column.high or 0) <= 1 or hints(column.name, Hint.MONEY):
        return 0
    if not (counts or names_total(column) or roles.form is Form.COUNTS):
        return 0
    signs = signs if signs < column.written(*NUMBERS) else 0
    share = whole / numbers
    if share < (WHOLE_NAMED if counts else WHOLE):
        return signs
    return signs + parts + (hundredths if counts and share >= WHOLE else 0)
