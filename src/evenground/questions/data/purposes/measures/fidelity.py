"""Fidelity: how near to what is true?"""

from __future__ import annotations

from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.results import (
    measured,
    message,
    of_interval,
    unknown,
)
from evenground.questions.data.purposes.model import Measured


def fidelity(facts: Facts) -> Measured:
    """Return the distance from a reference, as a share of it; 0 is none.

    The reference is an instrument beside the sensor, a count by hand or a register. Without one it
    has no value: data that agree with themselves may still be wrong throughout.
    """
    found = facts.relative_error
    reference = facts.sheet.reference
    if found is None:
        code = (
            "reason.measure.no_reference"
            if reference is None
            else "reason.measure.reference_not_held_against"
        )
        known = unknown("share", message(code))
    else:
        known = of_interval(found, "share")
    kind = reference.kind if reference else "other"
    method = message("method.fidelity", reference=message(f"reference.{kind}"))
    parts: dict[str, float | None] = {"pairs": found.n} if found else {}
    return measured("fidelity", known, method, parts=parts)
