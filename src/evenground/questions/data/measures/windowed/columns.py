"""What was found in each column of each series, from what the engine counted and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.questions.data.measures.series.audited import ColumnAudit, Days
from evenground.questions.data.measures.series.limits import (
    CANDIDATE_SPIKE,
    DAY,
    allowed_by_chance,
    least_intervals,
)
from evenground.questions.data.measures.series.rules import ColumnRules, SeriesRules
from evenground.questions.data.measures.series.spikes import FINE, MEAN, Usual
from evenground.questions.data.measures.windowed import apart, equal, spread
from evenground.questions.data.measures.windowed.asked import Arrays, each_key, each_row
from evenground.questions.data.measures.windowed.condensed import Kept, Tally
from evenground.questions.data.measures.windowed.days import days
from evenground.questions.data.measures.windowed.judging import (
    Apart,
    Far,
    Found,
    Pace,
    Standing,
    Tail,
    calm_limit,
    days_found,
    equal_found,
    least_distance,
    saturated,
    spikes_counted,
    standing,
    usual_distance,
)
from evenground.questions.data.measures.windowed.judging import apart as judged_apart
from evenground.questions.data.measures.windowed.ranks import rank_of
from evenground.questions.data.measures.windowed.readings import clear_readings, readings
from evenground.questions.data.measures.windowed.rhythm import Facts

if TYPE_CHECKING:
    import pyarrow as pa

    from evenground.questions.data.measures.windowed.audit import Asking

BY_COLUMN = ("sensor", "k")
NEVER = int(np.iinfo(np.int64).max)
"""As many readings as no run has."""
Which = tuple[str, int]
NO_ARRAY, NO_WHOLE = np.empty(0), np.empty(0, dtype=np.int64)
NO_RUNS = Tally(NO_ARRAY, NO_WHOLE, NO_WHOLE, NO_WHOLE)
NOTHING_FAR = Far(NO_ARRAY, NO_ARRAY, NO_WHOLE, NO_WHOLE, NO_ARRAY)
NO_DAYS = Days(NO_WHOLE, NO_WHOLE, NO_WHOLE, NO_ARRAY, NO_ARRAY, NO_ARRAY, NO_ARRAY)


@dataclass(slots=True, kw_only=True)
class _Column:
    """One column of one series at work."""

    name: str
    rules: ColumnRules
    every: int
    allowed: float
    found: Found
    own: Standing
    days: Days = NO_DAYS
    sides: dict[int, Tail] = field(default_factory=dict[int, Tail])
    apart: Apart | None = None
    ends: tuple[int, int] = (0, 0)

    def judge_runs(self, told: tuple[Tally, Kept]) -> None:
        """Add what the runs of equal readings say, and the spikes that are not beside them."""
        values, counted = saturated(self.own, told[0], self.rules)
        self.found |= counted
        if not self.every:
            return
        pace = Pace(self.every, self.allowed, *self.ends)
        step = self.own.figures.resolution
        scale = self.apart.scale if self.apart else 0.0 if np.isnan(step) else step
        found, runs = equal_found(told, values, self.rules, pace, scale=scale)
        self.found |= found
        if self.apart is not None:
            self.found |= spikes_counted(self.apart, self.own.limits, runs)

    def audited(self) -> ColumnAudit:
        """Return what was found."""
        limits = self.own.limits
        return ColumnAudit(
            column=self.name, days=self.days, least=limits.least, most=limits.most,
            **self.own.figures._asdict(), **self.found,
        )  # fmt: skip


def column_audits(rows: Any, names: tuple[str, ...], series: Facts, rules: SeriesRules) -> Asking:
    """Return what ``ColumnAudit`` says of each column, by sensor."""
    if not names:
        return {}
    long = readings(rows)
    columns: dict[Which, _Column] = yield from _begun(long, names, series, rules)
    for (sensor, k), arrays in each_key((yield days(long)), BY_COLUMN):
        columns[sensor, k].days = days_found(arrays, day=DAY)
    yield from _by_neighbours(clear_readings(long), columns)
    audited: dict[str, list[ColumnAudit]] = {}
    for (sensor, _), column in sorted(columns.items(), key=lambda item: item[0]):
        audited.setdefault(sensor, []).append(column.audited())
    return {sensor: tuple(of_one) for sensor, of_one in audited.items()}


def _begun(long: Any, names: tuple[str, ...], series: Facts, rules: SeriesRules) -> Asking:
    """Return the columns with what can be said without the order of their readings."""
    columns: dict[Which, _Column] = {}
    for row in each_row((yield spread.beside(long))):
        facts, name = series[row["sensor"]], names[row["k"]]
        columns[row["sensor"], row["k"]] = _Column(
            name=name,
            rules=rules.of(name),
            every=facts.get("cadence", 0),
            allowed=allowed_by_chance(facts["first"], facts["last"]),
            own=standing(NO_ARRAY, NO_WHOLE, rules.of(name))[0],
            found={
                "n": row["n_instants"] - row["n_null"],
                "n_null": row["n_null"],
                "n_leading_zeros": row["n_leading_zeros"],
                "n_zeros": row["n_zeros"] - row["n_leading_zeros"],
                "n_out_of_range": row["n_infinite"],
                "n_sentinels": 0,
            },
        )
    for which, arrays in each_key((yield spread.kinds(long)), BY_COLUMN):
        column = columns[which]
        column.own, counted = standing(arrays["value"], arrays["n"], column.rules)
        counted["n_out_of_range"] += column.found["n_out_of_range"]
        column.found |= counted
    return columns


def _by_neighbours(clear: Any, columns: Mapping[Which, _Column]) -> Asking:
    """Add what is told by a reading's neighbours: spikes, runs, changes that are too fast."""
    rhythm = yield _rhythm(columns)
    paced = {which: column for which, column in columns.items() if column.every}
    departures = apart.departures(clear, rhythm)
    if paced:
        yield from _spikes(departures, paced)
    runs = equal.runs(clear, rhythm)
    tallies = yield from _tallies(runs, columns)
    kept = {}
    if paced:
        lent = yield _run_rules(paced)
        for which, arrays in each_key((yield equal.kept(runs, lent)), BY_COLUMN):
            kept[which] = _kept(arrays)
    for which, column in columns.items():
        told = tallies.get(which, NO_RUNS), kept.get(which, _kept({}))
        column.judge_runs(told)
    limited = {
        which: column for which, column in paced.items() if column.rules.max_per_hour is not None
    }
    if limited:
        yield from _too_fast(clear, limited)


def _spikes(departures: Any, columns: Mapping[Which, _Column]) -> Asking:
    sizes: dict[Which, dict[int, float]] = {}
    numbers: dict[Which, int] = {}
    for row in each_row((yield apart.typical(departures))):
        which = row["sensor"], row["k"]
        numbers[which] = row["n"]
        sizes.setdefault(which, {})[row["place"]] = row["size"]
    usual: dict[Which, Usual] = {}
    for which, n in numbers.items():
        at = [sizes[which][rank_of(n, rank)] for rank in apart.TYPICAL]
        told = usual_distance(n, at, columns[which].own.figures.resolution)
        if told is not None:
            usual[which] = told
    if usual:
        yield from _far(departures, columns, usual)


def _far(departures: Any, columns: Mapping[Which, _Column], usual: Mapping[Which, Usual]) -> Asking:
    """Add the readings that stand further off than chance, where a usual distance could be told."""
    around = apart.surroundings(departures, (yield _scales(usual)))
    calm = {(row["sensor"], row["k"]): row for row in each_row((yield apart.calm_places(around)))}
    least = [
        least_distance(calm[which]["n_calm"] or 0, calm[which]["n"], told)
        for which, told in usual.items()
    ]
    z = apart.in_scales(around, (yield _table(usual, least=least)))
    for row in each_row((yield apart.tails(z))):
        sides = columns[row["sensor"], row["k"]].sides
        before = sides.get(row["sign"], Tail(row["n"], 0.0, 0.0))
        at = {
            name: row["z"]
            for name, rank in zip(("lower", "upper"), apart.TAIL, strict=True)
            if row["place"] == rank_of(row["n"], rank)
        }
        sides[row["sign"]] = before._replace(**at)
    far = dict(each_key((yield apart.candidates(z, least=CANDIDATE_SPIKE)), BY_COLUMN))
    for which, told in usual.items():
        arrays, column = far.get(which), columns[which]
        column.apart = judged_apart(
            NOTHING_FAR if arrays is None else Far(*(arrays[name] for name in Far._fields)),
            column.sides,
            told,
            declared=column.rules.spike_k,
            allowed=column.allowed,
        )


def _tallies(runs: Any, columns: Mapping[Which, _Column]) -> Asking:
    found: dict[Which, Tally] = {}
    for which, arrays in each_key((yield equal.tally(runs)), BY_COLUMN):
        found[which] = Tally(*(arrays[name] for name in Tally._fields))
        columns[which].ends = int(arrays["first"].min()), int(arrays["last"].max())
    return found


def _too_fast(clear: Any, columns: Mapping[Which, _Column]) -> Asking:
    lent = yield _table(
        columns,
        every=[column.every for column in columns.values()],
        per_hour=[float(column.rules.max_per_hour or 0) for column in columns.values()],
    )
    for column in columns.values():
        column.found["n_rate"] = 0
    for row in each_row((yield apart.too_fast(clear, lent))):
        columns[row["sensor"], row["k"]].found["n_rate"] = row["n_rate"] or 0


def _rhythm(columns: Mapping[Which, _Column]) -> pa.Table:
    """Return per sensor its cadence and how long a pause ends a run (0 for both without one)."""
    import pyarrow as pa

    every = {sensor: column.every for (sensor, _), column in columns.items()}
    pause = [(2 * least_intervals(each) + 1) * each if each else 0 for each in every.values()]
    return pa.table({
        "sensor": pa.array(list(every), pa.string()),
        "every": pa.array(list(every.values()), pa.int64()),
        "pause": pa.array(pause, pa.int64()),
    })  # fmt: skip


def _run_rules(columns: Mapping[Which, _Column]) -> pa.Table:
    """Return per column how long a run must last, or how many readings it must have."""
    lasts = [(2 * least_intervals(column.every) - 3) * column.every for column in columns.values()]
    at_least = [column.rules.min_stuck or NEVER for column in columns.values()]
    return _table(columns, lasts=lasts, at_least=at_least)


def _scales(usual: Mapping[Which, Usual]) -> pa.Table:
    return _table(
        usual,
        most=[one.most for one in usual.values()],
        unit=[one.most / FINE * MEAN for one in usual.values()],
        parts=[float(FINE)] * len(usual),
        calm=[calm_limit(one) for one in usual.values()],
    )


def _table(columns: Mapping[Which, Any], **numbers: list[Any]) -> pa.Table:
    import pyarrow as pa

    return pa.table({
        "sensor": pa.array([sensor for sensor, _ in columns], pa.string()),
        "k": pa.array([k for _, k in columns], pa.int64()),
        **{name: pa.array(values) for name, values in numbers.items()},
    })  # fmt: skip


def _kept(arrays: Arrays) -> Kept:
    if not arrays:
        numbers = {"value", "before", "after"}
        arrays = {name: NO_ARRAY if name in numbers else NO_WHOLE for name in Kept._fields}
    fields: list[Any] = [arrays[name] for name in Kept._fields]
    return Kept(*fields)
