"""Small tables with faults of every kind, and what is said of them: to audit, and to say it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from evenground.questions.data.measures.faults import planting, rows
from evenground.questions.data.measures.faults.clean import clean_network
from evenground.tests.scenarios_of_data import (
    CASES,
    CODED,
    FIRST,
    HOUR,
    REPORTS,
    SIGNED,
    air_sheet,
    cameras,
    cases,
    decided,
    faulty,
    happened,
    patchy,
    persons,
    readings,
    reports,
    village,
)
from evenground.tests.scenarios_of_predictions import PREDICTS, amounted, chanced
from evenground.tests.scenarios_of_traces import FOLLOWS, trips
from evenground.tests.towns import POVERTY, Town, area_id

TODAY = date(2026, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A table, what is said of it, where it is of, and what it is held against."""

    table: Any
    sheet: Mapping[str, Any] | None = None
    town: Town | None = None
    reference: Any = None
    terms: Mapping[str, Any] = field(default_factory=dict)


def network(
    kind: str = "particles", *, sensors: int = 6, days: float = 12, **more: Any
) -> pa.Table:
    """Return a network of sensors with many kinds of faults."""
    rng = np.random.default_rng(4)
    stream = clean_network(rng, kind=kind, sensors=sensors, days=days, cadence_seconds=600, **more)
    faults = [
        lambda s, r: planting.missing(s, r, n=3, longest=40),
        lambda s, r: planting.stuck(s, r, n=2, lengths=(40, 80)),
        lambda s, r: planting.zero_dropouts(s, r, n=2, lengths=(60, 90)),
        lambda s, r: planting.placeholders(s, r, n=2),
        lambda s, r: planting.spikes(s, r, n=3),
        lambda s, r: rows.duplicates(s, r, exact=4, conflicting=3),
        lambda s, r: rows.inversions(s, r, n=4),
        lambda s, r: rows.late_arrivals(s, r, n=5),
    ]
    return planting.plant(stream, rng, faults).stream.table()


STREAM = {"form": "stream", "sensor": "sensor", "time": "time", "values": ["value"]}
LATE = {**STREAM, "arrived": "arrived"}
DECLARED = {
    "roles": LATE, "zone": "Europe/Stockholm", "cadence_seconds": 600, "late_seconds": 3_600,
    "columns": {"value": {"low": 0, "high": 150, "max_per_hour": 40, "min_stuck": 12,
                          "saturates_at": [80], "unit": "µg/m³", "meaning": "dust"}},
}  # fmt: skip
OPEN = {"says": "met", "by": "Ada Berg", "on": date(2026, 2, 1)}
SAID = {
    "operate": {"seconds": 60, "metres": 10}, "decide": {"seconds": 900, "metres": 100},
    "official_statistics": {"seconds": 90_000, "metres": 5_000},
}  # fmt: skip


def irregular(n: int = 60) -> pa.Table:
    """Return readings at times without a rhythm."""
    rng = np.random.default_rng(9)
    at = np.cumsum(rng.integers(1, 10**6, n)).tolist()
    return pa.table(
        {
            "sensor": ["a", "b"] * (n // 2),
            "time": [FIRST + timedelta(seconds=int(one)) for one in at],
            "value": rng.normal(10, 1, n).round(2),
        }
    )


def begun_late() -> pa.Table:
    """Return counters that show zero until something is measured."""
    rng = np.random.default_rng(2)
    table = [
        {"sensor": f"C{sensor}", "time": FIRST + at * HOUR,
         "value": 0 if at < 30 * sensor else int(rng.integers(5, 90))}
        for sensor in range(8) for at in range(240)
    ]  # fmt: skip
    return pa.Table.from_pylist(table)


def every(seconds: int, n: int = 30) -> pa.Table:
    """Return one series at so many seconds."""
    at = [FIRST + number * timedelta(seconds=seconds) for number in range(n)]
    return pa.table({"time": at, "value": [float((7 * one) % 13) for one in range(n)]})


def gaps_at_night(seed: int = 5) -> pa.Table:
    """Return readings of twelve sensors, of which those of one area go missing on Sunday nights."""

    def lost(sensor: int, at: int) -> bool:
        at_night = (FIRST + at * HOUR).hour == 3
        sunday = (FIRST + at * HOUR).isoweekday() == 7
        return at_night and (sunday or (at // 24 + sensor) % 9 == 0) and sensor % 4 < 2

    return readings(12, 150, lost=lost, seed=seed)


def degrees() -> pa.Table:
    """Return places in degrees, of which some are written wrongly."""
    rng = np.random.default_rng(6)
    lon, lat = 18.0 + rng.uniform(0, 0.2, 60), 59.3 + rng.uniform(0, 0.1, 60)
    lon[0], lat[0] = 0.0, 0.0
    lon[1], lat[1] = lat[1], lon[1]
    lon[2] *= -1
    lat[3] *= 10
    lon[4] = np.nan
    at = [datetime(2026, 1, 1) + timedelta(hours=7 * n) for n in range(60)]  # noqa: DTZ001
    return pa.table({"happened": at, "longitude": lon, "latitude": lat, "case_id": range(60)})


def moving() -> pa.Table:
    """Return two lists of places, one later than the other, with a thing that moved."""
    table = cameras((0.5, 0.5), (1.5, 0.5), (0.5, 1.5)).rows.to_pylist()
    later = [{**row, "x": row["x"] + (900 if at == 1 else 0)} for at, row in enumerate(table)]
    listed = [{**row, "seen": date(2026, 1, 1)} for row in table]
    return pa.Table.from_pylist([*listed, *({**row, "seen": date(2026, 2, 1)} for row in later)])


def by_area(years: int = 3) -> pa.Table:
    """Return counts by area and year, with a total that is off and a share above all."""
    table = [
        {"area_id": area_id(column, row), "year": 2020 + year, "men": 40 + column,
         "women": 50 + row, "total": 90 + column + row + (9 if (column, year) == (1, 1) else 0),
         "share_old": 1.2 if column + row == 0 else 0.2}
        for year in range(years) for row in range(4) for column in range(4)
    ]  # fmt: skip
    return pa.Table.from_pylist(table)


def untidy() -> pa.Table:
    """Return rows as hands write them."""
    n = 40
    return pa.table(
        {
            "id": [f"{one % 38:05}" for one in range(n)],
            "code": [str(one) if one % 5 else f"0{one}" for one in range(n)],
            "price": [f"€ {one},50" for one in range(n)],
            "amount": [f"{one},25" if one % 2 else f"{one}.25" for one in range(n)],
            "name": ["Göteborg" if one % 3 else "GÃ¶teborg" for one in range(n)],
            "empty": pa.nulls(n, pa.string()),
            "mixed": [str(one) if one % 4 else "unknown" for one in range(n)],
            "day": ["2026-01-15" if one % 6 else "9999-12-31" for one in range(n)],
        }
    )


def vouched(**more: Any) -> dict[str, Any]:
    """Return the datasheet that leaves nothing unsaid."""
    declared = {
        name: [SIGNED]
        for name in ("privacy", "sustainability_and_reliability", "methodological_transparency",
                     "legal_basis", "relevance")
    }  # fmt: skip
    access = {
        "url": "https://data.example/air", "download_url": "https://data.example/air.csv",
        "answers": True, "download_answers": True, "checked_on": date(2026, 2, 1),
    }  # fmt: skip
    return air_sheet(declared=declared, needed=SAID, access=access, **more)


def beside(shift: float = 3.0) -> pa.Table:
    """Return what was seen beside the sensors."""
    seen = [{**row, "no2": row["no2"] - shift} for row in readings(days=6).to_pylist()]
    return pa.Table.from_pylist(seen).select(["sensor", "time", "no2"])


MODELS = [{"name": "Router", "column": "said", "made_by": "Binco", "made_for": "rounds",
           "document": "memo 2"}]  # fmt: skip
PLANTED: Mapping[str, Callable[[], Planted]] = {
    "stream, guessed": lambda: Planted(table=network()),
    "stream, declared": lambda: Planted(table=network(), sheet=DECLARED),
    "stream, its roles": lambda: Planted(table=network("traffic"), sheet={"roles": LATE}),
    "stream in a city": lambda: Planted(table=readings(), town=village(groups=(POVERTY,))),
    "stream vouched for": lambda: Planted(
        table=readings(days=6), sheet=vouched(), town=village(), reference=beside()
    ),
    "stream with a reference named": lambda: Planted(
        table=readings(), sheet=air_sheet(
            reference={"file": "r.csv", "kind": "colocated_instrument", "by": "the lab"}
        ), reference=beside(-3.0)
    ),
    "stream with faults": lambda: Planted(
        table=faulty().rows, sheet=faulty().datasheet, town=village()
    ),
    "stream that fails": lambda: Planted(
        table=patchy(silent=2).rows,
        sheet=air_sheet(
            not_for=["operate", "official_statistics"], conditions="Ask us", producer="",
            declared={"relevance": [{**OPEN, "evidence": "memo"}, {**OPEN, "says": "not_met"}],
                      "privacy": [OPEN],
                      "methodological_transparency": [{**OPEN, "on": date(2027, 1, 1)}],
                      "legal_basis": [{**OPEN, "valid_until": date(2026, 2, 2)}],
                      "sustainability_and_reliability": [{"says": "met"}]},
        ),
        town=village(),
    ),
    "stream with gaps at night": lambda: Planted(
        table=gaps_at_night(), sheet=air_sheet(), town=village()
    ),
    "stream without a rhythm": lambda: Planted(table=irregular(), sheet={"roles": STREAM}),
    "stream that begins late": lambda: Planted(table=begun_late(), sheet={"roles": STREAM}),
    "each second": lambda: Planted(table=every(1)),
    "each odd time": lambda: Planted(table=every(47)),
    "each five minutes": lambda: Planted(table=every(300)),
    "each hour": lambda: Planted(table=every(3_600)),
    "each two days": lambda: Planted(table=every(2 * 86_400)),
    "places in degrees": lambda: Planted(table=degrees()),
    "places that moved": lambda: Planted(
        table=moving(), sheet={"roles": {"form": "places", "sensor": "camera", "x": "x", "y": "y"}},
        town=village(),
    ),
    "cases": lambda: Planted(table=cases((3, 2, 1, 1)), sheet=CASES, town=happened((1,) * 4)),
    "cases by area": lambda: Planted(
        table=cases((3, 2, 1, 1), coded=("Z1",)), sheet=CODED, town=happened((1,) * 4)
    ),
    "reports": lambda: Planted(
        table=reports((1.0, 2.0, 2.0), n=3), sheet=REPORTS, town=happened((1,) * 4)
    ),
    "counts": lambda: Planted(table=by_area(), town=happened((1,) * 4)),
    "counts of many years": lambda: Planted(table=by_area(12)),
    "untidy": lambda: Planted(table=untidy()),
    "persons": lambda: Planted(
        table=persons((1, 3, 8)),
        sheet={"roles": {"quasi": ["age", "street"], "sensitive": "ailment"},
               "expected_rows": 20, "expected_rows_source": "the register"},
    ),
    "a model": lambda: Planted(
        table=decided((40, 10, 10, 90), (9, 1, 1, 4)).datasets["overflowing"].rows,
        sheet={"roles": {"prediction": "said", "outcome": "came", "group": "district"},
               "models": MODELS, "declared": {"methodological_transparency": [SIGNED]}},
    ),
    "an unnamed model": lambda: Planted(
        table=decided((40, 10, 10, 90), (9, 1, 1, 4)).datasets["overflowing"].rows,
        sheet={"roles": {"prediction": "said", "outcome": "came", "group": "district"},
               "declared": {"methodological_transparency": [SIGNED]}},
    ),
    "chances": lambda: Planted(
        table=chanced({"D0": (1, 5, 9), "D1": (8, 5, 2), None: (5, 5, 5)}), sheet=PREDICTS
    ),
    "chances of nobody": lambda: Planted(
        table=chanced({None: (1, 5, 9)}).select(["said", "came"]),
        sheet={"roles": {"prediction": "said", "outcome": "came"}},
    ),
    "tenths": lambda: Planted(table=chanced({"D0": (1, 5, 9)}, said=(1, 5, 9)), sheet=PREDICTS),
    "amounts": lambda: Planted(table=amounted({"D0": 3.0, "D1": -3.0, "D2": 0}), sheet=PREDICTS),
    "persons of a city": lambda: Planted(
        table=persons((1, 2, 8)), sheet={"roles": {"quasi": ["age", "street"]}}, town=village()
    ),
    "trips": lambda: Planted(table=trips(), sheet=FOLLOWS),
    "people nowhere": lambda: Planted(
        table=trips().select(["who"]), sheet={"roles": {"person": "who"}}
    ),
    "nothing": lambda: Planted(table=readings().slice(0, 0)),
    "one row": lambda: Planted(table=readings().slice(0, 1), town=village()),
}  # fmt: skip
