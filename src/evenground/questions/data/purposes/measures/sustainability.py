"""Sustainability and reliability: will it go on, and does it run?"""

from __future__ import annotations

from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.results import measured, message, unknown
from evenground.questions.data.purposes.measures.vouching import vouched_for
from evenground.questions.data.purposes.model import Known, Measured


def sustainability_and_reliability(facts: Facts) -> Measured:
    """Return whether somebody vouches that the data will go on being made (1), or not (0).

    Aspect ``still_delivering``: the share of series that delivered until the end, counted.
    """
    declared = vouched_for(facts, "sustainability_and_reliability")
    found = facts.delivering
    parts: dict[str, float | None] = {}
    if found is None or found.n_series == 0:
        running = unknown("share", message("reason.measure.no_series"))
    else:
        share = found.n_still / found.n_series
        running = Known(unit="share", value=share, low=share, high=share)
        parts = {
            "series": found.n_series,
            "still_delivering": found.n_still,
            "longest_gap_hours": found.longest_gap_hours,
        }
    return measured(
        "sustainability_and_reliability", declared.known, message("method.declared"),
        aspects={"still_delivering": running}, notes=declared.notes,
        parts=parts, checks=("gaps",),
    )  # fmt: skip
