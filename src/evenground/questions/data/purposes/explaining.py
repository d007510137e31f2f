"""Why a requirement is failed or open, and what would change that: codes and parameters.

Codes ``because.…`` are clauses, so that several stand in one sentence; ``change.…``, ``note.…`` and
``reason.…`` are whole sentences.
"""

from __future__ import annotations

import math
from typing import Any

from evenground.evidence import Message
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.measure_table import said
from evenground.questions.data.purposes.model import (
    Known,
    Measured,
    MeasureKind,
    Outcome,
    Purpose,
    PurposeRule,
)

Ends = tuple[float, float]
ALIKE = 0.01
"""Numbers nearer to each other than this part of the threshold may be rounded to the same."""
REASON = "reason.measure."
"""Head of the codes of reasons; the same reasons as clauses begin with ``why.``."""


def because(rule: PurposeRule, measured: Measured | None, outcome: Outcome, ends: Ends) -> Message:
    """Say why a requirement is failed or open."""
    known = measured.known(rule.aspect) if measured else None
    if known is None:
        return _about("because.not_measured", rule)
    if not known.established:
        return _about("because.open", rule, reason=_why(known))
    if known.kind is MeasureKind.DECLARED or known.unit == "declared":
        return _declared(rule, known)
    if rule.at_least is None and rule.at_most is None:
        return _about("because.no_need", rule, found=said(_one_of(known), known.unit))
    if outcome is Outcome.FAILED:
        return _failed(rule, known, ends)
    return _straddles(rule, known, ends)


def _why(known: Known) -> Message:
    """Return a reason as a clause: the same code and parameters under another head."""
    if known.reason is None or not known.reason.code.startswith(REASON):
        return Message(code="why.unknown")
    code = f"why.{known.reason.code.removeprefix(REASON)}"
    return Message(code=code, parameters=known.reason.parameters)


def _one_of(known: Known) -> float | None:
    return known.high if known.value is None else known.value


def _failed(rule: PurposeRule, known: Known, ends: Ends) -> Message:
    exact = "exact" if ends[0] == ends[1] else "bound"
    below = rule.at_least is not None and ends[1] < rule.at_least
    found, asked = (ends[1], rule.at_least) if below else (ends[0], rule.at_most)
    side = "below" if below else "above"
    if _sounds_alike(found, asked):
        return _about(f"because.just_{side}", rule, asked=said(asked, rule.unit))
    return _about(
        f"because.{side}.{exact}", rule, found=said(found, known.unit),
        asked=said(asked, rule.unit),
    )  # fmt: skip


def _straddles(rule: PurposeRule, known: Known, ends: Ends) -> Message:
    least = rule.at_least is not None and ends[0] < rule.at_least
    asked = rule.at_least if least else rule.at_most
    if _sounds_alike(ends[0] if least else ends[1], asked):
        side = "below" if least else "above"
        return _about(f"because.may_be_just_{side}", rule, asked=said(asked, rule.unit))
    low, high = (said(end if math.isfinite(end) else None, known.unit) for end in ends)
    code = "because.straddles.at_least" if least else "because.straddles.at_most"
    parameters = {"low": low, "high": high, "asked": said(asked, rule.unit)}
    if known.reason is None:
        return _about(code, rule, **parameters)
    return _about(f"{code}.reason", rule, reason=_why(known), **parameters)


def _sounds_alike(found: float, asked: float | None) -> bool:
    """Tell whether two numbers may be said with the same words: 89.96 % and 90 %."""
    return asked is not None and abs(found - asked) < ALIKE * abs(asked)


def _declared(rule: PurposeRule, known: Known) -> Message:
    if known.kind is not MeasureKind.DECLARED:
        return _about("because.open", rule, reason=_why(known))
    by = str(known.evidence.get("by", ""))
    return _about("because.declared_not_met" if by else "because.not_met_unnamed", rule, by=by)


def would_change(rule: PurposeRule, measured: Measured | None, outcome: Outcome) -> Message:
    """Say what would change it: how much to mend, or which evidence."""
    known = measured.known(rule.aspect) if measured else None
    name = f"{rule.measure}.{rule.aspect}" if rule.aspect else rule.measure
    if known is not None and known.established and not _states_a_threshold(rule, known):
        return _about(f"change.need.{rule.measure}", rule)
    if outcome is Outcome.OPEN or known is None or known.unit == "declared":
        return _about(f"change.open.{name}", rule)
    short = _short_by(rule, measured)
    if short:
        return _about(f"change.by.{name}", rule, n=short)
    return _about(f"change.failed.{name}", rule, asked=_asked(rule))


def _states_a_threshold(rule: PurposeRule, known: Known) -> bool:
    stated = rule.at_least is not None or rule.at_most is not None or rule.declared
    return stated or known.kind is MeasureKind.DECLARED


def _short_by(rule: PurposeRule, measured: Measured | None) -> int:
    """Return how many items are missing to the threshold; 0 where they are not counted."""
    if measured is None or rule.at_least is None or rule.aspect not in {"", "still_delivering"}:
        return 0
    whole, good = _COUNTED.get(rule.measure, ("", ""))
    n, there = measured.parts.get(whole), measured.parts.get(good)
    if rule.measure == "cleanliness" and n is not None:
        there = n - (there or 0)
    if n is None or there is None:
        return 0
    return max(math.ceil(rule.at_least * n - 1e-9) - int(there), 0)


_COUNTED = {
    "completeness": ("expected", "there"),
    "cleanliness": ("n", "certain"),
    "transparency_and_interpretability": ("n", "explained"),
    "sustainability_and_reliability": ("series", "still_delivering"),
}
"""Parts of a measure: the whole, and how much of it is good (of cleanliness: how much is not)."""


def _asked(rule: PurposeRule) -> Message:
    return said(rule.at_least if rule.at_least is not None else rule.at_most, rule.unit)


def _about(code: str, rule: PurposeRule, **parameters: Any) -> Message:
    name = f"{rule.measure}.{rule.aspect}" if rule.aspect else rule.measure
    known = {
        "measure": Message(code=f"named.{name}"),
        "purpose": Message(code=f"purpose.{rule.purpose}"),
        **parameters,
    }
    return Message(code=code, parameters=known)


def all_met(n: int) -> Message:
    """Say that everything that is asked is met."""
    return Message(code="because.all_met", parameters={"n": n})


def nothing_asked() -> Message:
    """Say that no rule asks anything for this purpose."""
    return Message(code="because.nothing_asked")


def not_given(purpose: str, sheet: Datasheet) -> Message:
    """Say that those who made the data do not give them for this purpose."""
    who = sheet.producer or Message(code="who_made_it")
    parameters = {"who": who, "purpose": Message(code=f"purpose.{purpose}")}
    if not sheet.conditions:
        return Message(code="because.not_given", parameters=parameters)
    parameters["conditions"] = sheet.conditions
    return Message(code="because.not_given.conditions", parameters=parameters)


def ask_those_who_made_it(purpose: str, sheet: Datasheet) -> Message:
    """Say that only those who made the data can change that."""
    who = sheet.producer or Message(code="who_made_it")
    return Message(
        code="change.ask_who_made_it",
        parameters={"who": who, "purpose": Message(code=f"purpose.{purpose}")},
    )


def closing_note(purpose: str) -> Message | None:
    """Say who decides in the end, where that is somebody else."""
    official = purpose == Purpose.OFFICIAL_STATISTICS.value
    return Message(code="note.authority_decides") if official else None
