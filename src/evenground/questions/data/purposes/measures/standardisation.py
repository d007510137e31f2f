"""Standardisation: is it written as others write it?"""

from __future__ import annotations

from evenground.questions.data.measures.checks import Status
from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.parts_affected import (
    Touched,
    as_count,
    named_or_counted,
    untouched_share,
)
from evenground.questions.data.purposes.measures.results import measured, message, unknown
from evenground.questions.data.purposes.model import Known, Measured

FORMAT_CHECKS: tuple[str, ...] = (
    "mixed_types", "decimal_commas", "money_as_text", "encoding", "lost_leading_zeros",
)  # fmt: skip
SCHEMA_CHECK = "schema_violations"


def standardisation(facts: Facts) -> Measured:
    """Return the share of columns written in one type and in the usual way throughout.

    Faulty is a column of mixed types, with decimal commas, money as text, broken letters or codes
    without their zeros, and a stream's times whose zone nobody says. Where every check names its
    columns they are counted once each; else the share is bounded.

    Aspect ``declared_schema``: the share of columns that keep to the schema that was declared for
    them (Table Schema, CSVW); not established without one.
    """
    made = facts.made(FORMAT_CHECKS)
    if not made or facts.n_columns == 0:
        known = unknown("share", message("reason.measure.no_check_of_columns"))
    else:
        known = _share(facts)
    aspects = {"declared_schema": _schema(facts)}
    return measured(
        "standardisation", known, message("method.standardisation"), aspects=aspects,
        checks=(*(check.name for check in made), *_schema_check(facts)),
        parts={"columns": facts.n_columns, "standards_named": len(facts.sheet.standards)},
    )  # fmt: skip


def _share(facts: Facts) -> Known:
    named: set[str] = set()
    faults: list[Touched] = []
    for check in facts.made(FORMAT_CHECKS):
        names, counted = named_or_counted(check, "columns")
        named |= names
        if counted:
            faults.append(Touched(at_least=counted, at_most=counted, certain=True))
    if facts.is_stream and facts.roles.time and not facts.roles.zone:
        named.add(facts.roles.time)
    if named:
        faults.append(Touched(at_least=len(named), at_most=len(named), certain=True))
    return untouched_share(facts.n_columns, faults)


def _schema_check(facts: Facts) -> tuple[str, ...]:
    return (SCHEMA_CHECK,) if SCHEMA_CHECK in facts.checks else ()


def _schema(facts: Facts) -> Known:
    check = facts.checks.get(SCHEMA_CHECK)
    if check is None or check.status is Status.NOT_ESTABLISHED:
        reason = check.reason if check else None
        return unknown("share", reason or message("reason.measure.no_schema"))
    n = as_count(check.detail.get("columns_declared")) or facts.n_columns
    named, counted = named_or_counted(check, "columns")
    touched = min(len(named) + counted, n)
    share = (n - touched) / n if n else 0.0
    return Known(unit="share", value=share, low=share, high=share)
