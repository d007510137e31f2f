"""The table "measure by purpose": what was measured, what each purpose asks, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evenground.evidence import Message, Parameter, Table, settled
from evenground.questions.data.purposes.model import (
    MEASURES,
    PURPOSES,
    Cell,
    Known,
    MeasureKind,
    Outcome,
    PurposeRule,
)

if TYPE_CHECKING:
    from evenground.questions.data.audited import DatasetAudit


def measure_table(audit: DatasetAudit) -> Table:
    """Return one row a measure (and one more for each aspect that a purpose asks for)."""
    return Table(
        key=f"measures_{audit.key}",
        columns=("measure", "found", *(f"purpose.{purpose}" for purpose in PURPOSES)),
        rows=tuple(_rows(audit)),
        title=Message(code="table.measures", parameters={"title": audit.title}),
    )


def _rows(audit: DatasetAudit) -> Iterator[tuple[Parameter, ...]]:
    cells = {
        (cell.measure, cell.aspect, purpose): cell
        for purpose, verdict in audit.verdicts.items()
        for cell in verdict.cells
    }
    for name in MEASURES:
        measured = audit.measures.get(name)
        if measured is None:
            continue
        aspects = dict.fromkeys(
            aspect
            for (one, aspect, _), cell in cells.items()
            if one == name and cell.rule is not None
        )
        for aspect in aspects or {"": None}:
            yield (
                _name(name, aspect),
                found(measured.known(aspect)),
                *(_cell(cells.get((name, aspect, purpose))) for purpose in PURPOSES),
            )


def _name(measure: str, aspect: str) -> Message:
    code = f"aspect.{measure}.{aspect}" if aspect else f"measure.{measure}"
    return Message(code=code)


def found(known: Known | None) -> Message:
    """Say a value with its interval, or why there is none."""
    if known is None or not known.established:
        return Message(code="found.nothing")
    if known.kind is MeasureKind.DECLARED or known.unit == "declared":
        return _stated(known)
    low, high = known.low, known.high
    if known.value is None or (
        low is not None and high is not None and settled(low) != settled(high)
    ):
        ends = {"low": said(low, known.unit), "high": said(high, known.unit)}
        if known.value is None:
            return Message(code="found.between", parameters=ends)
        return Message(
            code="found.interval", parameters={**ends, "value": said(known.value, known.unit)}
        )
    return said(known.value, known.unit)


def _stated(known: Known) -> Message:
    """Say what somebody declared; statements that leave it open are no interval."""
    if known.kind is not MeasureKind.DECLARED:
        return Message(code="found.declared_open")
    code = "found.declared" if known.value else "found.declared_not"
    by = str(known.evidence.get("by") or "")
    if not by:
        return Message(code=f"{code}.unnamed")
    on = str(known.evidence.get("on") or "")
    return Message(code=code, parameters={"by": by, "on": on})


def said(value: float | None, unit: str) -> Message:
    """Say one number with its unit."""
    if value is None:
        return Message(code="unit.open_end")
    whole = {"people", "points", "rows"}
    number = round(value) if unit in whole and float(value).is_integer() else float(value)
    if unit == "s":
        return _length(float(value))
    return Message(code=f"unit.{unit}", parameters={"n": number})


def _length(seconds: float) -> Message:
    for unit, size, least in (("days", 86_400, 2), ("hours", 3_600, 1), ("minutes", 60, 1)):
        if seconds >= least * size:
            return Message(code=f"unit.{unit}", parameters={"n": _whole(seconds / size)})
    return Message(code="unit.seconds", parameters={"n": _whole(seconds)})


def _whole(number: float) -> float:
    """Return a number as an integer where it is whole, so that it is said without decimals."""
    return int(number) if number.is_integer() else number


def _cell(cell: Cell | None) -> Message:
    if cell is None or cell.outcome is Outcome.NOT_REQUIRED or cell.rule is None:
        return Message(code="cell.not_required")
    return Message(code=f"cell.{cell.outcome.value}", parameters={"rule": required(cell.rule)})


def required(rule: PurposeRule) -> Message:
    """Say what a purpose asks."""
    low, high = rule.at_least, rule.at_most
    if rule.declared and low is None and high is None:
        return Message(code="rule.declared")
    if low is None and high is None:
        return Message(code="rule.need_not_stated")
    if low is not None and high is not None:
        return Message(
            code="rule.between",
            parameters={"low": said(low, rule.unit), "high": said(high, rule.unit)},
        )
    if low is not None:
        return Message(code="rule.at_least", parameters={"value": said(low, rule.unit)})
    return Message(code="rule.at_most", parameters={"value": said(high, rule.unit)})
