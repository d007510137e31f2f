"""Completeness: of all that should be there, how much is."""

from __future__ import annotations

from evenground.evidence import Message
from evenground.questions.data.purposes.facts import Facts, Readings
from evenground.questions.data.purposes.measures.results import measured, message, unknown
from evenground.questions.data.purposes.model import Known, Measured, MeasureKind

Found = tuple[Known, Message, dict[str, float | None]]


def completeness(facts: Facts) -> Measured:
    """Return the share of what should be there that is there and says something.

    Of a stream: readings with a value, less placeholders and zeros from before anything was
    measured, out of the readings that the cadence leads to expect. ``low`` also expects readings
    before a series' first and after its last. Of other tables: rows out of those that a register
    says there should be, times the share of cells that are filled; without such a number nobody can
    tell from the rows how many are missing, and the interval begins at 0.

    Aspect ``recent``: the same over the last days.
    """
    known, method, parts = _whole(facts)
    aspects = {}
    if facts.is_stream or facts.recent is not None:
        recent = facts.recent
        reason = message("reason.measure.no_recent", days=facts.recent_days)
        aspects["recent"] = unknown("share", reason) if recent is None else of_readings(recent)
    return measured(
        "completeness", known, method, aspects=aspects, parts=parts,
        checks=("gaps", "nulls", "sentinels", "unmeasured_zeros"),
    )  # fmt: skip


def of_readings(readings: Readings) -> Known:
    """Return the share of expected readings that are there; unit ``share``."""
    usable = readings.usable
    if readings.n_instants == 0:
        return unknown("share", message("reason.measure.no_readings"))
    if readings.expected is None:
        return Known(
            unit="share", low=0.0, high=min(usable / readings.n_instants, 1.0),
            kind=MeasureKind.BOUND, reason=message("reason.measure.no_cadence"),
        )  # fmt: skip
    expected = max(readings.expected, usable, 1)
    most = max(readings.expected_at_most or expected, expected)
    value = usable / expected
    kind = MeasureKind.EXACT if most == expected else MeasureKind.BOUND
    reason = message("reason.measure.late_or_early") if most > expected else None
    return Known(unit="share", value=value, low=usable / most, high=value, kind=kind, reason=reason)


def _whole(facts: Facts) -> Found:
    if facts.readings is not None:
        readings = facts.readings
        parts: dict[str, float | None] = {
            "expected": readings.expected,
            "expected_at_most": readings.expected_at_most,
            "there": readings.usable,
            "unmeasured_zeros": readings.unmeasured,
            "placeholders": readings.placeholders,
        }
        return of_readings(readings), message("method.completeness.readings"), parts
    return _of_rows(facts)


def _of_rows(facts: Facts) -> Found:
    filled = 1.0
    if facts.cells is not None and facts.cells.should > 0:
        filled = min(facts.cells.filled / facts.cells.should, 1.0)
    expected, source = facts.sheet.expected_rows, facts.sheet.expected_rows_source
    parts: dict[str, float | None] = {"filled_share": filled, "rows": facts.n_rows}
    if facts.n_rows == 0:
        return (
            unknown("share", message("reason.measure.no_rows")),
            message("method.completeness.rows_unknown"),
            parts,
        )
    if expected is None:
        known = Known(
            unit="share", low=0.0, high=filled, kind=MeasureKind.BOUND,
            reason=message("reason.measure.rows_expected_unknown"),
        )  # fmt: skip
        return known, message("method.completeness.rows_unknown"), parts
    share = min(facts.n_rows / expected, 1.0) * filled
    parts["expected"] = expected
    parts["there"] = min(facts.n_rows, expected)
    method = message("method.completeness.rows", n=expected, source=source)
    return Known(unit="share", value=share, low=share, high=share), method, parts
