"""Coherence: do things that should agree agree?"""

from __future__ import annotations

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.parts_affected import as_count
from evenground.questions.data.purposes.measures.results import measured, message, unknown
from evenground.questions.data.purposes.model import Known, Measured, MeasureKind

CERTAIN: tuple[str, ...] = (
    "totals_off", "old_area_codes", "percentages_in_counts", "colocated_disagreement",
    "conflicting_duplicates",
)  # fmt: skip
"""Comparisons whose disagreement is one, whatever the reason."""
SUSPICIOUS: tuple[str, ...] = ("outside_city", "unit_jumps", "capped_shares")
"""Comparisons whose disagreement may have a good reason."""


def coherence(facts: Facts) -> Measured:
    """Return the share of comparisons that agree, of the kind of comparison that agrees least.

    Kinds: parts and their totals; rows at one instant of one sensor; sensors at one place; area
    codes and the city's areas; counts that are counts; places and the city's outline; units
    throughout. ``high`` leaves out kinds whose disagreement may have a good reason. The kinds are
    not averaged: one that disagrees is not made up for by others.
    """
    made = {check.name: check for check in facts.made((*CERTAIN, *SUSPICIOUS))}
    duplicates = facts.made(("duplicates",))
    conflicting = as_count(duplicates[0].detail.get("conflicting")) if duplicates else None
    shares = {name: _share(facts, check) for name, check in made.items()}
    if conflicting is not None and facts.n_rows > 0:
        shares["conflicting_duplicates"] = min(conflicting / facts.n_rows, 1.0)
    known_shares = {name: share for name, share in shares.items() if share is not None}
    method = message("method.coherence", n=len(known_shares))
    checks = tuple(
        "duplicates" if name == "conflicting_duplicates" else name for name in known_shares
    )
    if not known_shares:
        known = unknown("share", message("reason.measure.nothing_to_compare"))
        return measured("coherence", known, method)
    low = 1.0 - max(known_shares.values())
    high = 1.0 - max((s for n, s in known_shares.items() if n in CERTAIN), default=0.0)
    kind = MeasureKind.EXACT if low == high else MeasureKind.BOUND
    known = Known(unit="share", value=low, low=low, high=high, kind=kind)
    parts = {f"{name}_agree": 1.0 - share for name, share in known_shares.items()}
    return measured("coherence", known, method, checks=checks, parts=parts)


def _share(facts: Facts, check: Check) -> float | None:
    """Return the share of comparisons that disagree; ``None`` where their number is not known."""
    if check.count is None:
        return None
    compared = as_count(check.detail.get("compared"))
    whole = {
        "rows": facts.n_rows,
        "columns": facts.n_columns,
        "sensors": facts.n_series,
        "readings": facts.readings.there if facts.readings else 0,
    }
    n = compared if compared is not None else whole.get(check.unit, 0)
    if n > 0:
        return min(check.count / n, 1.0)
    return None if check.count == 0 else 1.0
