"""Shares of too few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenground.evidence import Message
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.counted.quantities import Quantities

NAME = "small_denominators"


def small_denominators(
    figures: Mapping[str, Any] | None, held: Quantities, threshold: float
) -> Check:
    """Return the check of rows in which something is rated though there are too few to rate.

    Parameters
    ----------
    figures
        The row of ``FIGURES``; ``None`` where no column holds counts.
    held
        Columns of the table.
    threshold
        Fewer are too few.

    Returns
    -------
    Check
        In rows; ``detail``: ``rows`` by column, ``rated`` columns, ``columns``.
    """
    definition = Message(code=f"definition.{NAME}", parameters={"least": threshold})
    if not held.bases or figures is None:
        rated = [one.name for one in held.rated]
        reason = Message(code="reason.no_bases", parameters={"names": rated})
        return Check.not_established(NAME, unit="rows", definition=definition, reason=reason)
    rows = {one.name: int(figures[f"{one.position}_small"] or 0) for one in held.bases}
    count = int(figures["any_small"] or 0)
    check = Check.counted(NAME, count, unit="rows", definition=definition)
    return check.showing(
        columns=[name for name, n in rows.items() if n],
        rows=rows,
        rated=[one.name for one in held.rated],
        share=count / figures["n_rows"] if figures["n_rows"] else None,
    )
