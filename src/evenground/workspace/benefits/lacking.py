"""What imported promises leave out, as columns of their table."""

from __future__ import annotations

from dataclasses import dataclass

from evenground.questions.promise.measures.promises.missing_fields import missing_fields
from evenground.workspace.benefits.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A promise's code, and the columns that it leaves out; of several that would do, all."""

    promise_id: str
    columns: tuple[str, ...]


def lacking(promises: Register) -> tuple[Lacking, ...]:
    """Return what each promise leaves out that its own table can hold."""
    rows = [dict(zip(promises.names, row, strict=True)) for row in promises.rows]
    return tuple(
        Lacking(
            promise_id=row["promise_id"],
            columns=tuple(
                " or ".join(gap.columns) for gap in missing_fields(row).gaps if gap.columns
            ),
        )
        for row in rows
    )
