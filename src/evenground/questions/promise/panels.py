"""Outcome data and a roll-out as panels: what is compared, since when, and what prevents it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from evenground.evidence import Message
from evenground.methods.validation import Vector
from evenground.questions.promise.context import Context
from evenground.questions.promise.measures.panel import Panel, panel
from evenground.questions.promise.stated import Promise, Row, number

if TYPE_CHECKING:
    import pyarrow as pa

_MONTHS_A_YEAR, _SHORTEST_MONTH = 12, 28
_FORMS: tuple[tuple[re.Pattern[str], Callable[[date], str]], ...] = (
    (re.compile(r"\d{4}"), lambda day: f"{day.year:04}"),
    (re.compile(r"\d{4}-\d{2}"), lambda day: f"{day.year:04}-{day.month:02}"),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), lambda day: day.isoformat()),
    (re.compile(r"\d{4}Q[1-4]"), lambda day: f"{day.year:04}Q{(day.month + 2) // 3}"),
    (re.compile(r"\d{4}-Q[1-4]"), lambda day: f"{day.year:04}-Q{(day.month + 2) // 3}"),
    (
        re.compile(r"\d{4}-W\d{2}"),
        lambda day: f"{day.isocalendar().year:04}-W{day.isocalendar().week:02}",
    ),
)
"""How periods are written, and how a day is written so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """One indicator as a panel.

    Attributes
    ----------
    panel
        Units that have every period, and since when each counts as treated.
    groups
        The same of each group of people, where outcomes are given by group.
    groups_left_out
        Groups that lack a unit or a period.
    people, shape (n_groups, n_units)
        People of each group in each unit in the first period; empty where nobody counted them.
    strata
        Stratum of each unit, where units were drawn within strata.
    left_out
        Units never treated that lack a period.
    """

    panel: Panel
    groups: Mapping[str, Panel]
    groups_left_out: tuple[str, ...]
    people: Vector
    strata: tuple[str, ...] | None
    left_out: tuple[str, ...]

    @property
    def shares(self) -> Vector | None:
        """Share of each group in each unit at the baseline, (n_groups, n_units), if known."""
        people = self.people
        if len(people) != len(self.groups) or not people.size or (people <= 0).any():
            return None
        return people / people.sum(axis=0)

    def until(self, before: date) -> Outcomes:
        """Return the same with the periods before a day; units and starts stay as they are."""
        form = form_of(self.panel.times)
        n = self.panel.n_times if form is None else bisect_left(self.panel.times, form(before))
        return replace(
            self,
            panel=_first_times(self.panel, n),
            groups={name: _first_times(one, n) for name, one in self.groups.items()},
        )


def outcomes_of(
    context: Context, promise: Promise, indicator: str, *, group: str = ""
) -> Outcomes | Message:
    """Return an indicator's panel, or what prevents one.

    Parameters
    ----------
    context
        With the tables ``outcomes`` and ``rollout``.
    promise
        Whose roll-out and whose way of judging it is.
    indicator, group
        What is measured, and of whom; everybody when empty.
    """
    known = {"promise": promise.key, "indicator": indicator}
    rows = rows_of_indicator(context.tables.get("outcomes"), indicator)
    if not rows:
        return Message(code="outcomes.none", parameters=known)
    form = form_of([row["period"] for row in rows])
    if form is None:
        return Message(code="outcomes.periods_unreadable", parameters=known)
    starts = _starts(context, promise)
    if not any(starts.values()):
        return Message(code="outcomes.no_dates", parameters=known)
    rows = _within(promise, rows, starts, form)
    chosen = [row for row in rows if (row["group"] or "") == group] or rows
    whole, lacking = _panel(chosen, starts, form)
    if whole is None:
        return Message(code="outcomes.treated_lack", parameters={**known, "units": lacking})
    groups = {} if group else _groups(rows, starts, form, like=whole)
    named = () if group else tuple(sorted({row["group"] for row in rows if row["group"]}))
    return Outcomes(
        panel=whole,
        groups=groups,
        groups_left_out=tuple(name for name in named if name not in groups),
        people=_people(rows, whole),
        strata=_strata(context, promise, whole.units),
        left_out=lacking,
    )


def is_by_lot(promise: Promise) -> bool:
    """Whether it was fixed beforehand that lots decide who is treated."""
    return promise.evaluation.get("design") == "randomised"


def rollout_of(context: Context, promise: Promise) -> list[Row]:
    """Return the rows of the roll-out that belong to a promise."""
    return [
        row
        for row in context.rows.get("rollout", ())
        if (row.get("promise_id") or promise.key) == promise.key
    ]


def rows_of_indicator(table: pa.Table | None, indicator: str) -> list[Row]:
    """Return rows of an indicator that have a value; ``group`` is there, empty for all."""
    import pyarrow.compute as pc

    if table is None:
        return []
    kept = table.filter(pc.call_function("equal", [table["indicator"], indicator]))
    return [
        {"group": "", "denominator": None, **row}
        for row in kept.to_pylist()
        if row["value"] is not None
    ]


def form_of(periods: Sequence[str]) -> Callable[[date], str] | None:
    """Return how days are written as these periods; ``None`` where they are written in two ways."""
    for pattern, written in _FORMS:
        if all(pattern.fullmatch(period) for period in periods):
            return written
    return None


def _starts(context: Context, promise: Promise) -> dict[str, date | None]:
    """Return since when each unit of the roll-out counts as treated: as drawn, or as it came."""
    first = "planned_start" if is_by_lot(promise) else "started"
    return {row["unit_id"]: row.get(first) for row in rollout_of(context, promise)}


def _within(
    promise: Promise,
    rows: Sequence[Row],
    starts: Mapping[str, date | None],
    form: Callable[[date], str],
) -> list[Row]:
    """Return rows of the periods that were fixed beforehand: so many before, and the horizon."""
    first = min(day for day in starts.values() if day is not None)
    periods = sorted({row["period"] for row in rows})
    before = [period for period in periods if period < form(first)]
    n_before = promise.evaluation.get("periods_before")
    kept = set(periods) - (set(before[:-n_before]) if n_before else set())
    months = number(promise.evaluation, "horizon_months")
    if months:
        kept = {period for period in kept if period < form(months_later(first, months))}
    return [row for row in rows if row["period"] in kept]


def months_later(day: date, months: float) -> date:
    """Return the day so many months later; parts of a month count as none."""
    at = day.year * _MONTHS_A_YEAR + day.month - 1 + int(months)
    return date(at // _MONTHS_A_YEAR, at % _MONTHS_A_YEAR + 1, min(day.day, _SHORTEST_MONTH))


def _panel(
    rows: Sequence[Row], starts: Mapping[str, date | None], form: Callable[[date], str]
) -> tuple[Panel | None, tuple[str, ...]]:
    """Return a panel with the untreated units left out of it, or none with treated that lack."""
    units = sorted({row["unit_id"] for row in rows})
    periods = sorted({row["period"] for row in rows})
    at_unit = {name: at for at, name in enumerate(units)}
    at_period = {name: at for at, name in enumerate(periods)}
    values = np.full((len(units), len(periods)), np.nan)
    for row in rows:
        values[at_unit[row["unit_id"]], at_period[row["period"]]] = row["value"]
    first = np.array([_column(starts.get(name), periods, form) for name in units])
    lacks = np.isnan(values).any(axis=1)
    treated = first < len(periods)
    if (lacks & treated).any():
        return None, tuple(units[at] for at in np.flatnonzero(lacks & treated).tolist())
    kept = np.flatnonzero(~lacks).tolist()
    made = panel(values[kept], first[kept], units=[units[at] for at in kept], times=periods)
    return made, tuple(units[at] for at in np.flatnonzero(lacks).tolist())


def _column(start: date | None, periods: Sequence[str], form: Callable[[date], str]) -> int:
    return len(periods) if start is None else bisect_left(periods, form(start))


def _groups(
    rows: Sequence[Row],
    starts: Mapping[str, date | None],
    form: Callable[[date], str],
    *,
    like: Panel,
) -> dict[str, Panel]:
    """Return a panel for each group that has every unit and period of the whole."""
    found: dict[str, Panel] = {}
    wanted, periods = set(like.units), set(like.times)
    for name in sorted({row["group"] for row in rows if row["group"]}):
        own = [
            row
            for row in rows
            if row["group"] == name and row["unit_id"] in wanted and row["period"] in periods
        ]
        made, _lacking = _panel(own, starts, form)
        if made is not None and (made.units, made.times) == (like.units, like.times):
            found[name] = made
    return found


def _people(rows: Sequence[Row], like: Panel) -> Vector:
    """Return people of each group in each unit at the baseline, the first period."""
    names = sorted({row["group"] for row in rows if row["group"]})
    people = np.full((len(names), like.n_units), np.nan)
    at_unit = {name: at for at, name in enumerate(like.units)}
    for row in rows:
        counts = row["denominator"] is not None and row["period"] == like.times[0]
        if row["group"] and counts and row["unit_id"] in at_unit:
            people[names.index(row["group"]), at_unit[row["unit_id"]]] = row["denominator"]
    return people if np.isfinite(people).all() else np.empty((0, like.n_units))


def _first_times(panel: Panel, n: int) -> Panel:
    """Return the first ``n`` times; what starts later counts as not treated."""
    return replace(
        panel,
        outcomes=panel.outcomes[:, :n],
        first_treated=np.minimum(panel.first_treated, n),
        times=panel.times[:n],
    )


def _strata(context: Context, promise: Promise, units: Sequence[str]) -> tuple[str, ...] | None:
    """Return the stratum of each unit, if every one has one."""
    held = {row["unit_id"]: row.get("stratum") for row in rollout_of(context, promise)}
    strata = tuple(held.get(unit) or "" for unit in units)
    return strata if all(strata) else None
