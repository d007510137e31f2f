"""What a check found: a count with its definition, further figures, and the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from evenground.evidence import Message

if TYPE_CHECKING:
    import pyarrow as pa


class Status(StrEnum):
    """What became of a check. That nothing could be looked at is a result of its own."""

    FOUND = "found"
    NONE = "none"
    NOT_ESTABLISHED = "not_established"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One fault looked for.

    Attributes
    ----------
    name
        Key of the check, such as ``stuck_runs``; its label in words is the wording
        ``check.<name>``.
    status, count
        How often it was found, in ``unit``; ``count`` is ``None`` where it is not established.
    unit
        What is counted: ``rows``, ``readings``, ``runs``, ``gaps``, ``sensors``, ``columns`` …
    definition
        What exactly was counted, with the thresholds that held: wording ``definition.<name>``.
    reason
        Why it is not established, and what would be needed; ``None`` otherwise.
    detail
        Further figures, ready for JSON; a unit ends each key (``hours_lost``).
    notes, untold
        What must be known beside the count, and why something more about it cannot be told: each a
        sentence of its own.
    flags
        The rows behind the count (``FLAG_COLUMNS``), or ``None`` where no row stands for it.
    """

    name: str
    status: Status
    unit: str
    definition: Message
    count: int | None = None
    reason: Message | None = None
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])
    notes: tuple[Message, ...] = ()
    untold: tuple[Message, ...] = ()
    flags: pa.Table | None = None

    @classmethod
    def counted(cls, name: str, count: int, *, unit: str, definition: Message) -> Check:
        """Return a check that was made, found or not by its count."""
        status = Status.FOUND if count else Status.NONE
        return cls(name=name, status=status, count=count, unit=unit, definition=definition)

    def showing(self, *, flags: pa.Table | None = None, **detail: Any) -> Check:
        """Return the check with further figures and the rows behind it."""
        return replace(
            self, detail={**self.detail, **detail}, flags=self.flags if flags is None else flags
        )

    @classmethod
    def not_established(
        cls, name: str, *, unit: str, definition: Message, reason: Message
    ) -> Check:
        """Return a check that could not be made, with the reason."""
        return cls(
            name=name, status=Status.NOT_ESTABLISHED, unit=unit, definition=definition,
            reason=reason,
        )  # fmt: skip


FLAG_COLUMNS = ("row", "sensor", "time", "column", "check", "value")
"""Row (0 for the first row of data; null for a reading that is missing), sensor as text, time as
written (timestamp[us] without zone), column, check, value as text."""


def flag_schema() -> pa.Schema:
    """Return the Arrow schema of flagged rows."""
    import pyarrow as pa

    kinds = (pa.int64(), pa.string(), pa.timestamp("us"), pa.string(), pa.string(), pa.string())
    return pa.schema(list(zip(FLAG_COLUMNS, kinds, strict=True)))
