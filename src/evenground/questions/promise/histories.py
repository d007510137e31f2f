"""What was measured before anything began, and the pilot that is planned on top of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from evenground.evidence import Message
from evenground.methods.validation import Vector, Whole
from evenground.questions.promise.context import Context
from evenground.questions.promise.measures.pilot.period_length import MONTHS, period_of
from evenground.questions.promise.measures.pilot.planned_pilot import PlannedPilot
from evenground.questions.promise.panels import (
    form_of,
    is_by_lot,
    rollout_of,
    rows_of_indicator,
)
from evenground.questions.promise.stated import Promise, Row, number

DAYS_A_MONTH = 365.25 / 12
_FEWEST = 4
_LONG = 10
"""Periods before the start from which on weights are fitted to few treated units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One indicator before the start.

    Attributes
    ----------
    outcomes, shape (n_units, n_times)
        In the indicator's unit; units that have every period.
    units, times
        Their names.
    every
        What a period is.
    planned
        The pilot; of its baseline as much as the plan or the history has.
    n_after
        Periods from its first start to its end.
    is_planned
        Whether the roll-out says who is treated when; otherwise half of the units are, by lot.
    by_lot
        Whether lots decide.
    """

    outcomes: Vector
    units: tuple[str, ...]
    times: tuple[str, ...]
    every: str
    planned: PlannedPilot
    n_after: int
    is_planned: bool
    by_lot: bool

    @property
    def n_before(self) -> int:
        """Periods of baseline."""
        return self.planned.n_times - self.n_after

    @property
    def n_treated(self) -> int:
        """Units that are treated at some time."""
        return int((self.planned.first_treated < self.planned.n_times).sum())


def history_of(context: Context, promise: Promise) -> History | Message:
    """Return what was measured before the start with the pilot planned, or what is lacking."""
    indicator = promise.row.get("indicator") or ""
    known = {"indicator": indicator}
    start = start_of(context, promise)
    if start is None and not context.case.initiative.stage.is_ahead:
        return Message(code="history.no_start", parameters=known)
    rows = [row for row in rows_of_indicator(context.tables.get("outcomes"), indicator)
            if not row["group"]]  # fmt: skip
    form = form_of([row["period"] for row in rows])
    if not rows or form is None:
        return Message(code="history.none", parameters=known)
    if start is not None:
        rows = [row for row in rows if row["period"] < form(start)]
    units, times, outcomes = _balanced(rows)
    if len(units) < _FEWEST:
        return Message(code="history.few_units", parameters={**known, "n": len(units)})
    every = promise.evaluation.get("period") or period_of(times)
    months = months_of(promise, start)
    if every not in MONTHS or months is None:
        return Message(code="history.no_length", parameters=known)
    n_after = max(1, round(months / MONTHS[every]))
    if n_after >= len(times):
        return Message(
            code="history.short",
            parameters={**known, "n_times": len(times), "n_needed": n_after + 1},
        )
    return _with_plan(
        History(
            outcomes=outcomes,
            units=units,
            times=times,
            every=every,
            planned=PlannedPilot(first_treated=np.zeros(0, np.int64), n_times=n_after),
            n_after=n_after,
            is_planned=False,
            by_lot=is_by_lot(promise),
        ),
        promise,
        rollout_of(context, promise),
        start,
    )


def start_of(context: Context, promise: Promise) -> date | None:
    """Return when the first unit starts or is to start; ``None`` where nobody has said."""
    rows = rollout_of(context, promise)
    days = [row.get(name) for row in rows for name in ("planned_start", "started")]
    found = [day for day in days if day is not None]
    return min(found) if found else promise.evaluation.get("starts")


def months_of(promise: Promise, start: date | None) -> float | None:
    """Return how long after the start it is judged; until it is due where nobody has said."""
    months = number(promise.evaluation, "horizon_months")
    if months is None and start is not None and promise.due is not None:
        months = months_between(start, promise.due)
    return months if months is not None and months > 0 else None


def months_between(first: date, last: date) -> float:
    """Return the months from one day to another; negative if it is earlier."""
    return (last - first).days / DAYS_A_MONTH


def _balanced(rows: Sequence[Row]) -> tuple[tuple[str, ...], tuple[str, ...], Vector]:
    """Return units that have every period, periods, and values."""
    times = tuple(sorted({row["period"] for row in rows}))
    held: dict[str, dict[str, float]] = {}
    for row in rows:
        held.setdefault(row["unit_id"], {})[row["period"]] = float(row["value"])
    units = tuple(sorted(name for name, own in held.items() if len(own) == len(times)))
    values = [[held[name][time] for time in times] for name in units]
    return units, times, np.array(values, dtype=np.float64).reshape(len(units), len(times))


def _with_plan(
    history: History, promise: Promise, rows: Sequence[Row], start: date | None
) -> History | Message:
    """Return the history with the plan of the roll-out, or what prevents it."""
    planned = {row["unit_id"]: row for row in rows}
    days = {name: row.get("planned_start") or row.get("started") for name, row in planned.items()}
    offsets = _offsets(history, days, start)
    is_planned = any(day is not None for day in days.values())
    if is_planned and (offsets >= history.n_after).all():
        return Message(code="history.treated_lack")
    if is_planned and np.unique(offsets).size == 1:
        return Message(code="history.nothing_to_compare")
    if not is_planned:
        offsets = np.where(np.arange(len(history.units)) % 2, history.n_after, 0)
    n_before = _n_before(history, promise, few=_is_few(offsets, history))
    strata = tuple((planned.get(name) or {}).get("stratum") or "" for name in history.units)
    return History(
        outcomes=history.outcomes,
        units=history.units,
        times=history.times,
        every=history.every,
        planned=PlannedPilot(
            first_treated=offsets + n_before,
            n_times=n_before + history.n_after,
            strata=np.unique(strata, return_inverse=True)[1] if all(strata) else None,
        ),
        n_after=history.n_after,
        is_planned=is_planned,
        by_lot=history.by_lot or not is_planned,
    )


def _offsets(history: History, days: Mapping[str, date | None], start: date | None) -> Whole:
    """Return after how many periods each unit begins; as many as the pilot has for never."""
    found = np.full(len(history.units), history.n_after, np.int64)
    for at, name in enumerate(history.units):
        day = days.get(name)
        if day is not None and start is not None:
            months = months_between(start, day)
            found[at] = min(round(months / MONTHS[history.every]), history.n_after)
    return found


def _is_few(offsets: Whole, history: History) -> bool:
    treated = offsets[offsets < history.n_after]
    return not history.by_lot and few_at_once(treated.size, np.unique(treated).size)


def few_at_once(n_treated: int, n_starts: int) -> bool:
    """Say whether so many treated units are compared with weights of their own."""
    return 0 < n_treated <= 5 and n_starts == 1  # noqa: PLR2004 - where that design ends


def _n_before(history: History, promise: Promise, *, few: bool) -> int:
    room = len(history.times) - history.n_after
    wanted = promise.evaluation.get("periods_before")
    if not wanted:
        wanted = max(history.n_after, _LONG) if few else history.n_after
    return max(1, min(int(wanted), room))
