"""The log of an initiative as events: rows that the measures of timing can take, and the rest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evenground.errors import UsageError
from evenground.questions.voice.measures.timing.event import (
    Counts,
    Event,
    choices_in,
    in_order,
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """Events in order, each with its row.

    Attributes
    ----------
    events, rows, shape (n,)
        In order of the days; ``rows`` holds what else was written of each.
    not_understood
        Kinds of events that nobody knows, as they are written, each once.
    n_impossible
        Events with counts or amounts that cannot be: these numbers count as unknown.
    """

    events: tuple[Event, ...]
    rows: tuple[Row, ...]
    not_understood: tuple[str, ...]
    n_impossible: int

    def row_of(self, event: Event) -> Row:
        """Return the row of an event."""
        return next(
            row for one, row in zip(self.events, self.rows, strict=True) if one is event
        )  # fmt: skip


def log_of(rows: Iterable[Row]) -> Log:
    """Return the log; rows without a day or a kind are no events."""
    found = [(_event(row), row) for row in rows if row.get("date") and row.get("kind")]
    order = {id(event): row for (event, _), row in found}
    events = in_order([event for (event, _), _ in found])
    return Log(
        events=events,
        rows=tuple(order[id(event)] for event in events),
        not_understood=tuple(dict.fromkeys(event.kind for event in events if event.part is None)),
        n_impossible=sum(not possible for (_, possible), _ in found),
    )


def _event(row: Row) -> tuple[Event, bool]:
    """Return the event of a row, and whether all its numbers can be."""
    amount = number(row, "amount")
    fine = amount is None or (math.isfinite(amount) and amount >= 0)
    event = Event(
        day=row["date"],
        kind=str(row["kind"]),
        text=_text(row, "text"),
        option=_text(row, "option"),
        amount=amount if fine else None,
        choices=choices_in(_text(row, "choice")),
        by=_text(row, "by"),
        why=_text(row, "why"),
        step=_text(row, "step"),
        source=_text(row, "source"),
    )
    try:
        return replace(event, counts=_counts(row)), fine
    except UsageError:
        return event, False


def _counts(row: Row) -> Counts:
    names = ("n_inputs", "n_answered", "n_changed", "n_ignored")
    n, answered, changed, ignored = (number(row, name) for name in names)
    return Counts(
        n=_whole(n), answered=_whole(answered), changed=_whole(changed), ignored=_whole(ignored)
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _text(row: Row, name: str) -> str:
    return str(row.get(name) or "").strip()


def number(row: Row, name: str) -> float | None:
    """Return a number of a row; ``None`` for none."""
    value = row.get(name)
    return None if value is None or math.isnan(value) else float(value)
