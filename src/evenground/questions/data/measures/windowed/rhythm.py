"""What concerns the rows of a series rather than their values, asked of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.questions.data.measures.series.across import shared_cadence
from evenground.questions.data.measures.series.audited import Gaps
from evenground.questions.data.measures.series.fold import Auditing
from evenground.questions.data.measures.series.limits import MICROSECONDS
from evenground.questions.data.measures.series.rhythm import FEWEST, MOST, NEARLY_ALL, Cadence
from evenground.questions.data.measures.series.rules import SeriesRules
from evenground.questions.data.measures.series.series import LATE_CADENCES, NO_GAPS
from evenground.questions.data.measures.windowed import rows as ask
from evenground.questions.data.measures.windowed.asked import each_key, each_row
from evenground.questions.data.measures.windowed.ranks import rank_of

if TYPE_CHECKING:
    from evenground.questions.data.measures.windowed.audit import Asking

Facts = dict[str, dict[str, Any]]
NONE = Cadence(0, float("nan"))


def series_found(over: Any, rows: Any, auditing: Auditing) -> Asking:
    """Return what ``SeriesAudit`` says of each series, by sensor; its columns apart."""
    found: Facts = {}
    for row in each_row((yield ask.sizes(over))):
        n_rows, n_timed = row["n_rows"], row["n_timed"]
        found[row["sensor"]] = {
            "sensor": row["sensor"], "n_rows": n_rows, "n_without_time": n_rows - n_timed,
            "gaps": NO_GAPS,
        }  # fmt: skip
        if n_timed:
            found[row["sensor"]] |= {"first": row["first"], "last": row["last"]}
    for row in each_row((yield ask.repeats(rows))):
        found[row.pop("sensor")].update(row)
    if "row" in rows.columns:
        for row in each_row((yield ask.inversions(rows))):
            found[row["sensor"]]["n_inversions"] = row["n_inversions"] or 0
    timed = [sensor for sensor, facts in found.items() if "first" in facts]
    cadences = yield from _cadences(rows, timed, auditing, n_series=len(found))
    for sensor, cadence in cadences.items():
        found[sensor].update(cadence=cadence.every, cadence_share=cadence.share)
    every = {sensor: cadence.every for sensor, cadence in cadences.items() if cadence.every}
    yield from _missing(rows, every, found)
    if "arrived" in rows.columns:
        yield from _late(rows, every, auditing.rules, found)
    return found


def _cadences(rows: Any, sensors: Sequence[str], auditing: Auditing, *, n_series: int) -> Asking:
    """Return the cadence that holds for each series with a time: declared, its own, or shared."""
    import pyarrow as pa

    declared = auditing.rules.cadence_seconds
    if declared is not None:
        return (yield from _imposed(rows, sensors, round(declared * MICROSECONDS)))
    found = dict.fromkeys(sensors, NONE)
    found |= yield from _own(rows)
    known = [cadence.every for cadence in found.values()]
    known += [0] * (n_series - len(known))
    every = auditing.every or shared_cadence(pa.table({"cadence": known}))
    lacking = [sensor for sensor, cadence in found.items() if not cadence.every]
    if every and lacking:
        found |= yield from _imposed(rows, lacking, every)
    return found


def _own(rows: Any) -> Asking:
    """Return the cadence that series have of their own."""
    found: dict[str, Cadence] = {}
    guesses: dict[str, int] = {}
    middle: dict[str, list[dict[str, Any]]] = {}
    for row in each_row((yield ask.middle_steps(rows))):
        middle.setdefault(row["sensor"], []).append(row)
    for sensor, steps in middle.items():
        found[sensor] = _mode(steps)
        if not found[sensor].every and steps[0]["total"] >= FEWEST:
            guesses[sensor] = min(row["step"] for row in steps)
    for sensor, counts in (yield from _agreeing(rows, guesses)).items():
        found[sensor] = _jittered(counts, guesses[sensor])
    return found


def _imposed(rows: Any, sensors: Sequence[str], every: int) -> Asking:
    """Return the cadence ``every`` for some series, with the share of their steps that equal it."""
    agreeing = yield from _agreeing(rows, dict.fromkeys(sensors, every))
    shares = {sensor: row["n_equal"] / row["total"] for sensor, row in agreeing.items()}
    return {sensor: Cadence(every, shares.get(sensor, float("nan"))) for sensor in sensors}


def _mode(steps: list[dict[str, Any]]) -> Cadence:
    """Return the step that half of all steps equal, from the lower and the upper median."""
    if steps[0]["total"] < FEWEST:
        return NONE
    for row in sorted(steps, key=lambda row: row["step"]):
        share = row["n"] / row["total"]
        if share >= MOST:
            return Cadence(row["step"], share)
    return NONE


def _jittered(counts: Mapping[str, int], guess: int) -> Cadence:
    once = counts["n_once"] / counts["total"]
    if counts["n_near"] >= NEARLY_ALL * counts["total"] and once >= MOST:
        return Cadence(guess, once)
    return NONE


def _agreeing(rows: Any, guesses: Mapping[str, int]) -> Asking:
    if not guesses:
        return {}
    lent = yield _by_sensor(guesses, "guess")
    return {row["sensor"]: row for row in each_row((yield ask.agreeing_steps(rows, lent)))}


def _missing(rows: Any, every: Mapping[str, int], found: Facts) -> Asking:
    """Add what is missing between the instants of each series that has a cadence."""
    if not every:
        return
    lent = yield _by_sensor(every, "every")
    for sensor in every:
        found[sensor].update(n_expected=1, n_gaps=0, n_missing=0, longest_gap=0)
    for row in each_row((yield ask.single_steps(rows, lent))):
        found[row["sensor"]]["n_expected"] += row["n_single"] or 0
    for (sensor,), gaps in each_key((yield ask.gaps(rows, lent)), ["sensor"]):
        end, step, cadence = gaps["end"], gaps["step"], every[sensor]
        times = (2 * step + cadence) // (2 * cadence)
        facts = found[sensor]
        facts["n_expected"] += int(times.sum())
        facts.update(
            gaps=Gaps(end - step, end, times - 1),
            n_gaps=end.size,
            n_missing=int((times - 1).sum()),
            longest_gap=int(step.max()),
        )


def _late(rows: Any, every: Mapping[str, int], rules: SeriesRules, found: Facts) -> Asking:
    """Add how late rows arrived, where what is late can be told."""
    declared = rules.late_seconds
    tolerance = {sensor: LATE_CADENCES * cadence for sensor, cadence in every.items()}
    if declared is not None:
        tolerance = {sensor: round(declared * MICROSECONDS) for sensor in found}
    tolerance = {sensor: limit for sensor, limit in tolerance.items() if limit}
    if not tolerance:
        return
    lent = yield _by_sensor(tolerance, "tolerance")
    for row in each_row((yield ask.delays(rows, lent))):
        found[row["sensor"]]["n_late"] = row["n_late"] or 0
    for row in each_row((yield ask.usual_delays(rows))):
        if row["sensor"] not in tolerance:
            continue
        for name, rank in zip(("median", "high"), ask.LATENESS, strict=True):
            if row["place"] == rank_of(row["n"], rank):
                found[row["sensor"]][f"lateness_{name}"] = row["delay"]


def _by_sensor(numbers: Mapping[str, int], name: str) -> Any:
    import pyarrow as pa

    return pa.table({
        "sensor": pa.array(list(numbers), pa.string()),
        name: pa.array(np.fromiter(numbers.values(), dtype=np.int64, count=len(numbers))),
    })  # fmt: skip
