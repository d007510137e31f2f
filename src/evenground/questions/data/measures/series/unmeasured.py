"""Zeros that stand for "not measured yet": a measure that exists only where the technology is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evenground.evidence import Message
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.series.across import Folded
from evenground.questions.data.measures.series.value_checks import Entry

FEWEST_SERIES = 5
RARE = 0.05
"""Share of zeros below which a column is hardly ever zero once it is measured."""
MANY = 0.05
"""Share of the readings that leading zeros must be."""


def unmeasured_zeros(found: Folded) -> Check:
    """Return the zeros before the first other reading, where zeros are rare ever after.

    With at least five series whose zeros make up less than 5 % of the readings from the first other
    one on, zeros before it are readings of something that was not measured yet; a series that is
    zero throughout was never measured. They count if they make up 5 % of all readings.
    """
    definition = Message(
        code="definition.unmeasured_zeros",
        parameters={"rare": RARE, "many": MANY, "series": FEWEST_SERIES},
    )
    columns = {
        column: figures
        for column, entries in found.columns.items()
        if (figures := _of_column(entries)) is not None
    }
    if not columns:
        return Check.not_established(
            "unmeasured_zeros", unit="readings", definition=definition,
            reason=Message(code="reason.zeros_are_usual", parameters={"series": FEWEST_SERIES}),
        )  # fmt: skip
    total = sum(figures["count"] for figures in columns.values())
    check = Check.counted("unmeasured_zeros", total, unit="readings", definition=definition)
    return check.showing(columns=columns)


def _of_column(entries: Sequence[Entry]) -> dict[str, Any] | None:
    """Return the figures of one column; ``None`` where zeros are usual, or series too few."""
    begun = [one for one in entries if one["n_leading_zeros"] < one["n"]]
    measured = sum(one["n"] - one["n_leading_zeros"] for one in begun)
    if len(entries) < FEWEST_SERIES or not measured:
        return None
    share = sum(one["n_zeros"] for one in begun) / measured
    if share >= RARE:
        return None
    several = [one for one in entries if _leads(one)]
    leading = sum(one["n_leading_zeros"] for one in several)
    readings = sum(one["n"] for one in entries)
    if leading < MANY * readings:
        several, leading = [], 0
    return {
        "count": leading,
        "share": leading / readings,
        "zeros_once_measured": share,
        "series": len(several),
        "never_measured": sum(one["n_leading_zeros"] == one["n"] for one in several),
    }


def _leads(one: Entry) -> bool:
    """Say whether a series begins with zeros and hardly has any later."""
    measured = one["n"] - one["n_leading_zeros"]
    return one["n_leading_zeros"] > 0 and one["n_zeros"] <= RARE * measured
