"""Whether what somebody declared can be taken: signed, dated, not run out, with evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from evenground.evidence import Message
from evenground.questions.data.datasheet.model import Datasheet, Declared
from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.results import message, unknown
from evenground.questions.data.purposes.model import Basis, Known, MeasureKind

NO_INTEREST = frozenset({"", "none", "no"})
UNIT = "declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What was declared, as far as it can be taken, and what to read beside it."""

    known: Known
    notes: tuple[Message, ...] = ()


def vouched_for(facts: Facts, name: str, *, purpose: str = "") -> Vouched:
    """Return what was declared about a measure: 1 met, 0 not met, in unit ``declared``.

    Parameters
    ----------
    facts
        With the datasheet and the day.
    name
        The measure, or ``legal_basis``.
    purpose
        For this purpose: statements for it, or for all. Empty: statements for all.

    Returns
    -------
    Two statements that can be taken and contradict each other leave it open between 0 and 1.
    Statements that cannot be taken leave it open, with the reason of the first.
    """
    statements = [
        one
        for one in facts.sheet.declared.get(name, ())
        if not one.purposes or purpose in one.purposes
    ]
    taken = [one for one in statements if refused(one, facts.today) is None]
    if not taken:
        first = statements[0] if statements else Declared()
        reason = refused(first, facts.today) or message("reason.measure.not_declared")
        return Vouched(known=unknown(UNIT, reason, basis=Basis.DECLARED))
    said = sorted({1.0 if one.says == "met" else 0.0 for one in taken})
    contradicted = message("reason.measure.contradiction") if len(said) > 1 else None
    known = Known(
        unit=UNIT,
        value=said[0] if len(said) == 1 else None,
        low=said[0],
        high=said[-1],
        kind=MeasureKind.DECLARED if len(said) == 1 else MeasureKind.BOUND,
        basis=Basis.DECLARED,
        reason=contradicted,
        evidence=_evidence(taken[0]),
    )
    return Vouched(known=known, notes=_notes(facts.sheet, taken))


def refused(statement: Declared, today: date) -> Message | None:
    """Say why a statement cannot be taken, or return ``None``.

    Who says that something is not met needs no document for it.
    """
    if not statement.says:
        return message("reason.measure.not_declared")
    if not statement.by:
        return message("reason.measure.unsigned")
    return _out_of_date(statement, today) or _unproven(statement)


def _out_of_date(statement: Declared, today: date) -> Message | None:
    by, on, until = statement.by, statement.on, statement.valid_until
    if on is None:
        return message("reason.measure.undated", by=by)
    if on > today:
        return message("reason.measure.dated_ahead", by=by, on=on)
    if until is not None and until < today:
        return message("reason.measure.run_out", by=by, until=until)
    return None


def _unproven(statement: Declared) -> Message | None:
    if statement.says == "met" and not statement.evidence:
        return message("reason.measure.no_evidence", by=statement.by)
    return None


def _evidence(statement: Declared) -> dict[str, Any]:
    said = {
        "by": statement.by,
        "role": statement.role,
        "interest": statement.interest,
        "on": statement.on,
        "document": statement.evidence,
        "valid_until": statement.valid_until,
        "words": statement.words,
    }
    return {name: value for name, value in said.items() if value}


def _notes(sheet: Datasheet, taken: list[Declared]) -> tuple[Message, ...]:
    """Say who speaks for their own work or has something to gain."""
    notes: list[Message] = []
    for one in taken:
        if sheet.producer and one.by.casefold() == sheet.producer.casefold():
            notes.append(message("note.declared_by_producer", by=one.by))
        if one.interest.strip().casefold() not in NO_INTEREST:
            notes.append(message("note.declared_with_interest", by=one.by, interest=one.interest))
    return tuple(notes)
