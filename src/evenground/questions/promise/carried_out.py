"""What of a roll-out was carried out as planned, and how much of the horizon has passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from evenground.questions.promise.context import Context
from evenground.questions.promise.panels import months_later, rollout_of
from evenground.questions.promise.stated import Promise, Row, number

LATE = timedelta(days=31)
"""A start is late from so many days after the planned one on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOut:
    """Counts of units of a roll-out.

    Attributes
    ----------
    n_planned, n_in_time, n_late, n_never, n_unplanned
        Units that were to start; of these in time, later, not at all; and units that started
        without being planned to.
    planned_pieces, installed_pieces
        Devices or the like, where they were counted; ``None`` where not.
    elapsed
        Share of the horizon that has passed since the first start (1 and more: all of it).
    """

    n_planned: int
    n_in_time: int
    n_late: int
    n_never: int
    n_unplanned: int
    planned_pieces: float | None
    installed_pieces: float | None
    elapsed: float | None

    @property
    def counts(self) -> tuple[tuple[str, float], ...]:
        """Return what is shown, by name."""
        counts: list[tuple[str, float]] = [
            ("units_planned", self.n_planned),
            ("units_in_time", self.n_in_time),
            ("units_late", self.n_late),
            ("units_never", self.n_never),
            ("units_unplanned", self.n_unplanned),
        ]
        if self.planned_pieces is not None and self.installed_pieces is not None:
            counts.append(("pieces_planned", self.planned_pieces))
            counts.append(("pieces_installed", self.installed_pieces))
        return tuple(counts)


def carried_out(context: Context, promise: Promise) -> CarriedOut:
    """Return what was carried out of a promise's roll-out."""
    rows = rollout_of(context, promise)
    planned = [row for row in rows if row.get("planned_start")]
    began = [row for row in planned if row.get("started")]
    late = [row for row in began if row["started"] >= row["planned_start"] + LATE]
    waiting = [
        row
        for row in planned
        if not row.get("started") and row["planned_start"] <= context.case.today
    ]
    return CarriedOut(
        n_planned=len(planned),
        n_in_time=len(began) - len(late),
        n_late=len(late),
        n_never=len(waiting),
        n_unplanned=sum(bool(row.get("started")) for row in rows if not row.get("planned_start")),
        planned_pieces=_total(rows, "units_planned"),
        installed_pieces=_total(rows, "units_installed"),
        elapsed=_elapsed(context, promise),
    )


def _total(rows: Sequence[Row], name: str) -> float | None:
    known = [value for row in rows if (value := number(row, name)) is not None]
    return sum(known) if known else None


def _elapsed(context: Context, promise: Promise) -> float | None:
    months = number(promise.evaluation, "horizon_months")
    starts = [row["started"] for row in rollout_of(context, promise) if row.get("started")]
    if not months or not starts:
        return None
    first = min(starts)
    return max((context.case.today - first) / (months_later(first, months) - first), 0.0)
