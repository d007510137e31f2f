"""Put a measure together: its value, its method, and why it is open where it is."""

from __future__ import annotations

from typing import Any

from evenground.evidence import Message
from evenground.questions.data.purposes.facts import Interval
from evenground.questions.data.purposes.model import (
    Basis,
    Known,
    Measured,
    MeasureStatus,
)


def message(code: str, **parameters: Any) -> Message:
    """Return a sentence to be."""
    return Message(code=code, parameters=parameters)


def unknown(unit: str, reason: Message, *, basis: Basis = Basis.DATA) -> Known:
    """Return what is not established, with the reason."""
    return Known(unit=unit, basis=basis, status=MeasureStatus.NOT_ESTABLISHED, reason=reason)


def of_interval(interval: Interval, unit: str) -> Known:
    """Return what another measure found."""
    return Known(
        unit=unit,
        value=interval.value,
        low=interval.low,
        high=interval.high,
        kind=interval.kind,
        level=interval.level,
    )


def measured(name: str, known: Known, method: Message, **more: Any) -> Measured:
    """Return a measure with what is known of it."""
    same = {field: getattr(known, field) for field in Known.__dataclass_fields__}
    return Measured(name=name, method=method, **same, **more)


def checks_named(names: tuple[str, ...]) -> tuple[Message, ...]:
    """Return checks by their short names in words."""
    return tuple(Message(code=f"check.{name}") for name in names)
