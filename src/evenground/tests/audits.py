"""An audit as a real one comes out, made by hand: for tests of what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from evenground.errors import Place, Problem, Severity
from evenground.evidence import Message, Source
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.measures.checks import Check, Status, flag_schema
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.measures.series.folded import folded_schema
from evenground.questions.data.purposes.model import (
    MEASURES,
    PURPOSES,
    Basis,
    CanCarry,
    Cell,
    DataAlone,
    Known,
    Measured,
    MeasureKind,
    MeasureStatus,
    Outcome,
    PurposeRule,
    PurposeVerdict,
)
from evenground.questions.data.wording.audits import AUDITS
from evenground.questions.data.wording.figures import FIGURES
from evenground.questions.data.wording.purposes import PURPOSES as PURPOSE_WORDS

DAY = 86_400_000_000
HOUR = 3_600_000_000
FIRST_DAY = 19_723  # 2024-01-01


def folded(*, n_sensors: int = 3, n_days: int = 60, gaps=None, nulls=None, value=None) -> pa.Table:
    """Return the folded table of hourly series; ``gaps`` are (sensor, day, hours missing).

    ``nulls`` are (sensor, day); ``value(sensor, day)`` is the day's middle reading.
    """
    start = FIRST_DAY * DAY
    value = value or (lambda sensor, day: 10 + sensor + 3 * np.sin(day / 9))
    rows = []
    for sensor in range(n_sensors):
        mine = [(day, hours) for one, day, hours in gaps or () if one == sensor]
        empty = {day for one, day in nulls or () if one == sensor}
        holes = [
            {"start": start + day * DAY - HOUR, "end": start + day * DAY + hours * HOUR,
             "n_missing": hours}
            for day, hours in sorted(mine)
        ]  # fmt: skip
        missing = sum(hours for _, hours in mine)
        days = [
            {"column": "no2", "day": FIRST_DAY + day, "n": 0 if day in empty else 24,
             "n_null": 24 if day in empty else 0,
             "median": None if day in empty else float(value(sensor, day)),
             "low": None if day in empty else float(value(sensor, day)) - 2,
             "high": None if day in empty else float(value(sensor, day)) + 2, "resolution": 0.1}
            for day in range(n_days)
        ]  # fmt: skip
        rows.append(
            {"sensor": f"sensor {sensor + 1:02}", "first": start,
             "last": start + n_days * DAY - HOUR, "cadence": HOUR, "n_rows": n_days * 24 - missing,
             "n_instants": n_days * 24 - missing, "n_missing": missing, "gaps": holes,
             "days": days}
        )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=folded_schema())


def flags(check: str, *, sensor: str = "sensor 01", days=(), column: str = "no2") -> pa.Table:
    """Return flagged rows at noon of these days."""
    rows = [
        {"row": day * 24 + 12, "sensor": sensor, "time": (FIRST_DAY + day) * DAY + 12 * HOUR,
         "column": column, "check": check, "value": "7.5"}
        for day in days
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=flag_schema())


def check(name: str, count: int | None, *, unit: str = "readings", **more) -> Check:
    """Return a check that was found so often; with ``None``, one that was not established."""
    definition = Message(code=f"definition.{name}", parameters=more.pop("known", {}))
    if count is None:
        reason = Message(code=f"reason.{name}")
        return Check.not_established(name, unit=unit, definition=definition, reason=reason)
    return Check.counted(name, count, unit=unit, definition=definition).showing(**more)


def sample_checks() -> dict[str, Check]:
    """Return checks of every status."""
    found = (
        check("duplicates", 14, unit="rows", flags=flags("duplicates", days=(3,)), exact=9,
              conflicting=5),
        check("gaps", 312, share=0.0144, gaps=11, hours_lost=312.0, longest_hours=96.0),
        check("stuck_runs", 2, unit="runs", share=0.0021, readings=60, longest=36,
              flags=flags("stuck_runs", days=(20, 21, 22))),
        check("out_of_range", 3, flags=flags("out_of_range", days=(40, 45))),
        check("nulls", 0),
        check("order_inversions", 0, unit="rows"),
        check("drift", None, unit="sensors"),
        check("late_arrivals", None, unit="rows"),
    )  # fmt: skip
    return {one.name: one for one in found}


def sample_measures() -> dict[str, Measured]:
    """Return the 16 measures; a few are known, each in another way."""
    known = {
        "completeness": Measured(
            name="completeness", unit="share", value=0.9856, low=0.9851, high=0.9861, level=0.95,
            kind=MeasureKind.ESTIMATED, method=Message(code="method.completeness"),
            checks=("gaps", "nulls"),
            aspects={"recent": Known(unit="share", value=0.71, low=0.71, high=0.71)},
        ),
        "cleanliness": Measured(
            name="cleanliness", unit="share", value=0.9971, low=0.9968, high=0.9974,
            kind=MeasureKind.BOUND, method=Message(code="method.cleanliness"),
            checks=("stuck_runs", "out_of_range", "duplicates"),
        ),
        "temporal_granularity": Measured(
            name="temporal_granularity", unit="s", value=3600.0,
            method=Message(code="method.temporal_granularity"),
        ),
        "relevance": Measured(
            name="relevance", unit="declared", value=1.0, kind=MeasureKind.DECLARED,
            basis=Basis.DECLARED, method=Message(code="method.relevance"),
            evidence={"by": "Ada Berg", "role": "air quality officer", "on": date(2024, 5, 2)},
        ),
    }  # fmt: skip
    return {
        name: known.get(name)
        or Measured(
            name=name,
            unit="share",
            method=Message(code=f"method.{name}"),
            status=MeasureStatus.NOT_ESTABLISHED,
            reason=Message(code=f"reason.{name}"),
        )
        for name in MEASURES
    }


def sample_verdicts(measures: dict[str, Measured]) -> dict[str, PurposeVerdict]:
    """Return a verdict of each sort."""
    return {
        name: verdict(name, said, measures)
        for name, said in zip(
            PURPOSES, (CanCarry.YES, CanCarry.NO, CanCarry.CANNOT_TELL), strict=True
        )
    }


def verdict(purpose: str, said: CanCarry, measures: dict[str, Measured]) -> PurposeVerdict:
    """Return a verdict with cells that bear it out."""
    outcomes = {
        CanCarry.YES: (Outcome.MET, Outcome.NOT_REQUIRED),
        CanCarry.NO: (Outcome.FAILED, Outcome.OPEN),
        CanCarry.CANNOT_TELL: (Outcome.MET, Outcome.OPEN),
    }[said]
    asked = {
        ("completeness", ""): (PurposeRule(measure="completeness", purpose=purpose, unit="share",
            at_least=0.95, origin="Evenground's convention: one reading in twenty"),
            Outcome.MET),
        ("completeness", "recent"): (PurposeRule(measure="completeness", purpose=purpose,
            aspect="recent", unit="share", at_least=0.9,
            origin="Directive 2008/50/EC, annex I: 90 % of the readings of a year"), outcomes[0]),
        ("fidelity", ""): (PurposeRule(measure="fidelity", purpose=purpose, unit="share",
            at_most=0.25, origin="Directive 2008/50/EC, annex I"), outcomes[1]),
        ("relevance", ""): (PurposeRule(measure="relevance", purpose=purpose, unit="declared",
            declared=True, origin="Evenground's convention"), Outcome.MET),
    }  # fmt: skip
    cells = []
    for measure in MEASURES:
        mine = [(aspect, *one) for (name, aspect), one in asked.items() if name == measure]
        for aspect, rule, outcome in mine:
            unrequired = outcome is Outcome.NOT_REQUIRED
            cells.append(
                Cell(measure=measure, purpose=purpose, aspect=aspect, outcome=outcome,
                     rule=None if unrequired else rule,
                     known=measures[measure].known(aspect))
            )  # fmt: skip
        if not mine:
            cells.append(Cell(measure=measure, purpose=purpose, outcome=Outcome.NOT_REQUIRED))
    alone = {CanCarry.YES: DataAlone.NOTHING_FOUND, CanCarry.NO: DataAlone.FAILS}
    return PurposeVerdict(
        purpose=purpose,
        verdict=said,
        from_data_alone=alone.get(said, DataAlone.CANNOT_TELL),
        because=(Message(code=f"because.{said.value}"),),
        would_change=(Message(code=f"would_change.{said.value}"),),
        cells=tuple(cells),
    )


def sample_audit(**changes) -> DatasetAudit:
    """Return the audit of three invented sensors, with every part filled in."""
    from evenground.questions.data.figures.availability import availability
    from evenground.questions.data.figures.availability_strip import availability_strip
    from evenground.questions.data.figures.flagged_days import flagged_days
    from evenground.questions.data.figures.sensor_days import sensor_days

    checks, measures = sample_checks(), sample_measures()
    series = folded(gaps=[(0, 10, 96), (1, 30, 40)], nulls=[(2, 50)])
    strip, days = availability(series), sensor_days(series, checks.values())
    audit = DatasetAudit(
        key="air",
        title="air.csv",
        n_rows=4_184,
        n_columns=4,
        period=(date(2024, 1, 1), date(2024, 2, 29)),
        roles=Roles(form=Form.STREAM, sensor="station", time="measured_at", values=("no2",)),
        guessed={
            "sensor": Message(code="guess.sensor"),
            "time": Message(code="guess.time"),
        },
        sources=(Source(table="air", file="air.csv", sha256="ab" * 32, rows_read=4_184,
                        rows_used=4_184),),
        problems=(Problem(code="lines_broken", severity=Severity.WARNING,
                          place=Place(file="air.csv", row=88), value="1,2,3,4,5",
                          what="A line has 5 values, the header 4.",
                          rule="A line that does not fit cannot be read safely.",
                          way_out="Mend the line and run it again."),),
        checks=checks,
        measures=measures,
        verdicts=sample_verdicts(measures),
        series=series,
        figures=(availability_strip(strip), flagged_days(days)),
        datasheet=Datasheet(),
    )  # fmt: skip
    return replace(audit, **changes)


def sample_wording() -> dict[str, Any]:
    """Return every sentence that the sample needs, its own among them."""
    names = sorted({*sample_checks()})
    said: dict[str, Any] = {**AUDITS, **FIGURES, **PURPOSE_WORDS}
    said |= {f"check.{name}": name.replace("_", " ").capitalize() for name in names}
    said |= {f"definition.{name}": f"What counts as {name} is said here." for name in names}
    said |= {f"reason.{name}": f"Whoever knows {name} could tell." for name in (*names, *MEASURES)}
    said |= {f"measure.{name}": name.replace("_", " ").capitalize() for name in MEASURES}
    said |= {f"measure.{name}.meaning": f"What {name} means." for name in MEASURES}
    said |= {f"method.{name}": f"How {name} was worked out." for name in MEASURES}
    said |= {
        f"because.{one.value}": f"That it is {one.value} follows from this." for one in CanCarry
    }
    said |= {f"would_change.{one.value}": "A reference would change it." for one in CanCarry}
    return said | {
        "aspect.completeness.recent": "Completeness of the last 30 days",
        "guess.sensor": "Its values come back at each time.",
        "guess.time": "It holds dates.",
    }


__all__ = ["Status", "check", "flags", "folded", "sample_audit", "sample_wording", "verdict"]
