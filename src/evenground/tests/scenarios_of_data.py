"""Saltmarsh with datasets to look at: readings, things, cases, reports, rows about people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from evenground.tests.towns import (
    PEOPLE,
    POVERTY,
    SIDE,
    SOUTH,
    WEST,
    Row,
    Town,
    area_id,
    counted,
    grid,
    measured,
    saltmarsh,
)
from evenground.workspace.opening import DatasetAtHand

Kept = DatasetAtHand | None
FIRST = datetime(2026, 2, 1)  # noqa: DTZ001 - a clock as written
HOUR = timedelta(hours=1)
SIGNED = {"says": "met", "by": "Ada Berg", "on": date(2026, 2, 20), "evidence": "memo 7"}
MADE: Mapping[str, Any] = {
    "producer": "The city’s lab", "made_for": "watching the air.", "for_whom": "the city",
    "who_profits": "Binco", "not_in_it": "courtyards.",
}  # fmt: skip
LEFT = {
    "operate": (("temporal_granularity", ""),),
    "decide": (("fidelity", ""), ("changes_over_time", "")),
    "official_statistics": (
        ("access", ""), ("access", "legal_basis"), ("sustainability_and_reliability", ""),
        ("fidelity", ""), ("spatial_granularity", ""), ("temporal_granularity", ""),
        ("metadata_availability", ""), ("changes_over_time", ""), ("standardisation", ""),
        ("standardisation", "declared_schema"), ("methodological_transparency", ""),
        ("relevance", "official_statistics"),
    ),
}  # fmt: skip
"""What a lenient city does not ask for each purpose: it needs another file, or somebody's word."""


def village(across: int = 2, up: int = 2, *, groups: tuple[Any, ...] = ()) -> Town:
    """Return a small town of which little else is known."""
    areas = grid(across, up)
    n = len(areas)
    town = saltmarsh(across=across, up=up).without("sites")
    return town.having(
        population=counted(areas, "total", [1_000.0] * n),
        indicators=measured(areas, "poverty", [float(i) for i in range(n)]),
    ).city_with(groups=groups, baselines=(PEOPLE,))


def listing(town: Town, **datasets: Kept) -> Town:
    """Return the town whose initiative lists datasets; those that are ``None`` are not at hand."""
    rows = [
        {"dataset_id": key, "title": key.replace("_", " ").capitalize(), "informs": "more bins"}
        for key in datasets
    ]
    held = {key: one for key, one in datasets.items() if one is not None}
    return replace(town.having(initiative_datasets=rows), datasets=held)


def lenient(town: Town, *purposes: str) -> Town:
    """Return the town that asks less of data for some purposes, or for all."""
    share = {"measure": "completeness", "purpose": "operate", "at_least": 0.1, "at_most": 1.0,
             "origin": "the council"}  # fmt: skip
    return town.having(purpose_rules=[*less_asked(*(purposes or LEFT)), share])


def less_asked(*purposes: str) -> list[Row]:
    """Return a lenient city's rules for some purposes."""
    return [
        {"measure": measure, "aspect": aspect, "purpose": purpose, "asked": False,
         "origin": "the council"}
        for purpose in purposes
        for measure, aspect in LEFT[purpose]
    ]  # fmt: skip


def readings(
    n_sensors: int = 4,
    days: float = 3,
    *,
    every: timedelta = HOUR,
    name: str = "S",
    seed: int = 5,
    lost: Callable[[int, int], bool] = lambda sensor, at: False,
) -> pa.Table:
    """Return readings of sensors in the middle of the first four squares of a village.

    ``lost`` says which readings are not there. ``name`` is what sensors are called by; with an
    empty one there is one of them, and it is not named.
    """
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for sensor in range(n_sensors):
        noise = rng.normal(0, 1.5, 100_000)
        west = WEST + (sensor % 2 + 0.5) * SIDE
        south = SOUTH + (sensor // 2 % 2 + 0.5) * SIDE
        rows += [
            {"sensor": f"{name}{sensor:02}", "time": FIRST + at * every,
             "no2": round(20 + 6 * float(np.sin(at / 4)) + float(noise[at]), 1),
             "x": west, "y": south}
            for at in range(int(timedelta(days=days) / every))
            if not lost(sensor, at)
        ]  # fmt: skip
    table = pa.Table.from_pylist(rows)
    return table if name else table.select(["time", "no2"])


def air_sheet(**more: Any) -> dict[str, Any]:
    """Return the datasheet of the readings: what is asked of a person is vouched for."""
    told = {name: {"meaning": f"what {name} says"} for name in ("sensor", "time", "x", "y")}
    return {
        **MADE, "about_people": False, "zone": "Europe/Berlin", "crs": "EPSG:25832",
        "roles": {"form": "stream", "sensor": "sensor", "time": "time", "values": ["no2"],
                  "x": "x", "y": "y"},
        "columns": {**told, "no2": {"meaning": "nitrogen dioxide", "unit": "µg/m³", "low": 0.0,
                                    "high": 400.0}},
        "needed": {"operate": {"seconds": 3_600}},
        "declared": {"privacy": [SIGNED], "relevance": [{**SIGNED, "purposes": ["decide"]}]},
        **more,
    }  # fmt: skip


def sound(seed: int = 5) -> DatasetAtHand:
    """Return readings that carry a decision."""
    return DatasetAtHand(rows=readings(seed=seed), datasheet=air_sheet())


def patchy(*, silent: int = 0, **more: Any) -> DatasetAtHand:
    """Return readings of which a quarter is not there; ``silent`` sensors fell silent long ago."""

    def lost(sensor: int, at: int) -> bool:
        return at % 4 == 1 or (sensor < silent and at > 40)

    return DatasetAtHand(rows=readings(days=5, lost=lost), datasheet=air_sheet(**more))


def unsaid() -> DatasetAtHand:
    """Return readings that nobody says anything of."""
    return DatasetAtHand(rows=readings())


def faulty() -> DatasetAtHand:
    """Return readings with faults of many kinds."""
    rows = readings(days=8, lost=lambda sensor, at: sensor == 0 and 60 <= at < 70).to_pylist()
    for at, row in enumerate(rows):
        if at in (30, 330):
            row["no2"] = -999.0
        elif at in (40, 41):
            row["no2"] = None
        elif 400 <= at < 430:
            row["no2"] = 17.3
        elif at == 100:
            row["no2"] = 250.0
    rows += [rows[20], {**rows[22], "no2": 3.0}]
    rows[50], rows[51] = rows[51], rows[50]
    return DatasetAtHand(rows=pa.Table.from_pylist(rows), datasheet=air_sheet())


def held_against(shift: float, *, by: str = "", seed: int = 5) -> DatasetAtHand:
    """Return readings that lie so far above what was seen beside them."""
    rows = readings(days=6, seed=seed)
    rng = np.random.default_rng(1)
    seen = [
        {**row, "no2": round(row["no2"] - shift + float(rng.normal(0, 1)), 1)}
        for row in rows.to_pylist()
    ]
    reference = {"file": "seen.csv", "kind": "colocated_instrument", "by": by}
    return DatasetAtHand(
        rows=rows,
        datasheet=air_sheet(reference=reference),
        reference=pa.Table.from_pylist(seen).select(["sensor", "time", "no2"]),
    )


def cases(
    per_row: Sequence[int], *, across: int = 4, extra: Iterable[tuple[float, float]] = (),
    coded: Sequence[str] | None = None,
) -> pa.Table:  # fmt: skip
    """Return cases: so many in each square of each row of squares, from the south up.

    ``extra`` are more of them by where they lie on the grid. With ``coded`` rows name their area
    instead of where they are, and these are further codes.
    """
    rng = np.random.default_rng(8)
    places = [
        (column + float(x), row + float(y))
        for row, n in enumerate(per_row)
        for column in range(across)
        for x, y in rng.uniform(0.2, 0.8, (n, 2))
    ]
    places += list(extra)
    days = rng.integers(0, 27 * 24, len(places) + len(coded or ()))
    rows: list[Row] = [
        {"case": f"C{at:04}", "reported": FIRST + int(day) * HOUR}
        for at, day in enumerate(days.tolist())
    ]
    if coded is None:
        where = [{"x": WEST + x * SIDE, "y": SOUTH + y * SIDE} for x, y in places]
    else:
        where = [{"area_id": area_id(int(x), int(y))} for x, y in places]
        where += [{"area_id": code} for code in coded]
    return pa.Table.from_pylist([{**row, **one} for row, one in zip(rows, where, strict=True)])


CASES = {"roles": {"form": "events", "time": "reported", "row_id": "case", "x": "x", "y": "y"}}
CODED = {"roles": {"form": "events", "time": "reported", "row_id": "case", "area": "area_id"}}


def of_people(per_row: Sequence[int], *, residents: float = 1_000.0) -> Town:
    """Return the town whose cases are said to be about people, of whom so many live in a square."""
    town = village(4, 4, groups=(POVERTY,))
    town = town.having(population=counted(grid(4, 4), "total", [residents] * 16))
    sheet = {**CODED, "about_people": True}
    return listing(town, patients=DatasetAtHand(rows=cases(per_row, coded=()), datasheet=sheet))


def happened(per_row: Sequence[int], *, up: int = 4, **more: Any) -> Town:
    """Return the town where cases happened in squares, poorer ones to the north."""
    sheet = CODED if "coded" in more else CASES
    held = DatasetAtHand(rows=cases(per_row, **more), datasheet=sheet)
    return listing(village(4, up, groups=(POVERTY,)), potholes=held)


def reports(waits: Sequence[float | None], *, n: int = 12, ends: bool = True) -> pa.Table:
    """Return reports of incidents in each square, row by row, and days between two of one.

    ``None``: incidents of the row are reported once. Each incident ends after ten days.
    """
    rng = np.random.default_rng(3)
    rows: list[Row] = []
    for row, wait in enumerate(waits):
        for number in range(n * 4):
            code, start = f"I{row}-{number}", FIRST + HOUR * int(rng.integers(0, 200))
            said = {"incident": code, "area_id": area_id(number % 4, row),
                    "ended": start + timedelta(days=10) if ends else None}  # fmt: skip
            rows.append({**said, "reported": start})
            at = start
            while wait is not None:
                at += timedelta(seconds=round(float(rng.exponential(wait)) * 86_400) + 1)
                if at >= start + timedelta(days=10):
                    break
                rows.append({**said, "reported": at})
    rows.append({"incident": "last", "reported": FIRST + timedelta(days=27)})
    return pa.Table.from_pylist(rows)


REPORTS = {
    "roles": {"form": "events", "time": "reported", "incident": "incident", "ended": "ended",
              "area": "area_id"}
}  # fmt: skip


def reported(rows: pa.Table, *, classes: bool = True) -> Town:
    """Return the town whose residents reported incidents."""
    town = village(4, 4, groups=(POVERTY,) if classes else ())
    return listing(town, reports=DatasetAtHand(rows=rows, datasheet=REPORTS))


def reports_at_hand() -> DatasetAtHand:
    """Return a few reports."""
    return DatasetAtHand(rows=reports((1.0, 2.0, 2.0), n=3), datasheet=REPORTS)


def told_again(n: int, *, times: int = 1, same: bool = True) -> pa.Table:
    """Return ``n`` incidents of which each is written ``times`` more, at the same time or later."""
    later = timedelta() if same else timedelta(days=1)
    rows = [
        {"incident": f"I{number}", "area_id": area_id(0, 0), "reported": FIRST + at * later,
         "ended": FIRST + timedelta(days=9)}
        for number in range(n) for at in range(times + 1)
    ]  # fmt: skip
    rows.append({"incident": None, "area_id": None, "reported": FIRST + timedelta(days=20),
                 "ended": None})  # fmt: skip
    return pa.Table.from_pylist(rows)


def persons(sizes: Sequence[int], *, secret: bool = True) -> pa.Table:
    """Return rows about people: so many alike in age and street, with what ails them."""
    rows = [
        {"age": 20 + at, "street": f"street {at}", "ailment": "none" if at == 0 else f"A{one % 3}"}
        for at, size in enumerate(sizes)
        for one in range(size)
    ]
    table = pa.Table.from_pylist(rows)
    return table if secret else table.drop_columns(["ailment"])


def about(sizes: Sequence[int], *, secret: bool = True) -> Town:
    """Return the town with rows about people."""
    roles = {"form": "rows", "quasi": ["age", "street"], "sensitive": "ailment" if secret else ""}
    held = DatasetAtHand(rows=persons(sizes, secret=secret), datasheet={"roles": roles})
    return listing(village(), patients=held)


MODEL = {"name": "Router", "column": "said", "made_by": "Binco", "made_for": "fewer rounds.",
         "paid_by": "the state", "trained_on": "last year’s rounds"}  # fmt: skip


def decided(*groups: tuple[int, int, int, int], models: Sequence[Mapping[str, str]] = ()) -> Town:
    """Return the town where a model said which bins overflow; groups are TP, FP, FN, TN."""
    rows = [
        {"district": f"D{at}", "said": said, "came": came}
        for at, cells in enumerate(groups)
        for (said, came), n in zip(((1, 1), (1, 0), (0, 1), (0, 0)), cells, strict=True)
        for _ in range(n)
    ]
    roles = {"form": "rows", "prediction": "said", "outcome": "came", "group": "district"}
    sheet = {"roles": roles, "models": list(models)}
    held = DatasetAtHand(rows=pa.Table.from_pylist(rows), datasheet=sheet)
    return listing(village(), overflowing=held)


def cameras(*places: tuple[float, float]) -> DatasetAtHand:
    """Return things that stand somewhere."""
    rows = [
        {"camera": f"K{at}", "x": WEST + x * SIDE, "y": SOUTH + y * SIDE}
        for at, (x, y) in enumerate(places)
    ]
    sheet = {"roles": {"form": "places", "row_id": "camera", "x": "x", "y": "y"}}
    return DatasetAtHand(rows=pa.Table.from_pylist(rows), datasheet=sheet)


def made_of(*rows: Row) -> Town:
    """Return the town where it is said what the initiative is made of."""
    return village().having(components=rows)


BIN = {"thing": "Bin", "maker": "Binco", "owner": "the city", "senses": "fill level",
       "data_go_to": "Binco", "kept": "30 days", "purpose_now": "rounds",
       "purpose_permitted": "nothing else", "purpose_possible": "rounds"}  # fmt: skip
CROSSING = {**BIN, "thing": "Crossing", "senses": "traffic, video and the air"}
LENS = {**BIN, "thing": "Lens", "senses": "faces of passers-by", "kept": None,
        "purpose_permitted": "rounds; policing"}  # fmt: skip


OF_DATA: Mapping[str, Callable[[], Town]] = {
    "data listed, none at hand": lambda: listing(village(), air=None, noise=None),
    "data that carry": lambda: lenient(listing(village(), air=sound())),
    "data that do not carry": lambda: listing(village(), air=patchy(silent=3)),
    "data of which it cannot be told": lambda: listing(village(), air=unsaid()),
    "data of three kinds": lambda: lenient(
        listing(village(), air=sound(), dust=patchy(), noise=unsaid(), rain=None), "decide"
    ),
    "data of three kinds, two each": lambda: lenient(
        listing(
            village(), air=sound(), dust=patchy(), noise=unsaid(), soot=sound(6),
            ozone=patchy(not_for=["operate"], conditions="Ask us first.", made_by_residents=True),
            wind=unsaid(),
        )
    ),
    "data with faults": lambda: listing(village(), air=faulty()),
    "data of many sensors": lambda: listing(
        village(), noise=DatasetAtHand(rows=readings(41, 0.6), datasheet=air_sheet())
    ),
    "data of one series by the day": lambda: listing(
        village(), air=DatasetAtHand(rows=readings(1, 70, every=24 * HOUR, name=""))
    ),
    "data of half a year": lambda: listing(
        village(), air=DatasetAtHand(rows=readings(1, 150, every=24 * HOUR, name=""))
    ),
    "data of ten days": lambda: listing(
        village(), air=DatasetAtHand(rows=readings(2, 10, every=2 * HOUR))
    ),
    "data that those who made them do not give": lambda: listing(
        village(), air=DatasetAtHand(
            rows=readings(1), datasheet=air_sheet(not_for=["decide"], producer="")
        ), rain=DatasetAtHand(rows=readings(1), datasheet=air_sheet(declared={
            "relevance": [{**SIGNED, "says": "not_met"}, SIGNED],
            "privacy": [{**SIGNED, "says": "not_met"}],
        })),
    ),
    "data held against what was seen": lambda: listing(
        village(), air=held_against(4.0), dust=held_against(-4.0, by="the lab"),
        soot=held_against(0.0),
    ),
    "data about people unlike residents": lambda: of_people((12, 8, 6, 2)),
    "data about more people than live there": lambda: of_people((6, 6, 6, 6), residents=5.0),
    "data made by somebody": lambda: listing(
        village(), air=DatasetAtHand(rows=readings(1), datasheet={"producer": "The city’s lab"})
    ),
    "sensors that fail": lambda: listing(
        village(groups=(POVERTY,)), air=DatasetAtHand(
            rows=readings(3, lost=lambda sensor, at: at % 4 != 0 and sensor == 1), datasheet={}
        )
    ),
    "cameras, one empty square": lambda: listing(
        village(3, 2).having(population=counted(grid(3, 2), "total", [900.0] * 5 + [0.0])),
        cameras=cameras((0.5, 0.5)),
    ),
    "fewer cases where people are poorer": lambda: happened((12, 8, 6, 2)),
    "more cases where people are poorer": lambda: happened((2, 6, 8, 12)),
    "cases on boundaries": lambda: happened(
        (12, 8, 6, 2), extra=((1.0, 0.5), (2.0, 0.5), (9.0, 9.0), (9.5, 9.0))
    ),
    "a case on a boundary": lambda: happened((12, 8, 6, 2), extra=((1.0, 0.5), (9.0, 9.0))),
    "cases by area": lambda: happened((6, 4, 3, 1), coded=("Z1", "Z2")),
    "cases in few areas": lambda: happened((20, 2), up=2),
    "cases that other boundaries turn": lambda: happened((40, 1, 1, 30)),
    "reported later": lambda: reported(reports((1.0, 1.5, 2.0, 6.0))),
    "reported sooner": lambda: reported(reports((6.0, 2.0, 1.5, 1.0))),
    "reported alike": lambda: reported(reports((2.0, 2.0, 2.0, 2.0), n=4)),
    "reported in some places only": lambda: reported(reports((2.0, 2.0, 2.0, None))),
    "reported, no classes": lambda: reported(reports((2.0, 2.0, 2.0, 2.0)), classes=False),
    "reports of nothing": lambda: reported(told_again(0)),
    "rows that expose": lambda: about((1, 3, 8)),
    "rows that expose several": lambda: about((1, 1, 3, 8)),
    "rows that hide": lambda: about((6, 8)),
    "rows that hide, no secret": lambda: about((6, 8), secret=False),
    "errors that differ": lambda: decided(
        (40, 10, 10, 90), (40, 40, 60, 10), models=(MODEL, {"name": "Oracle"})
    ),
    "errors alike": lambda: decided((40, 10, 10, 90), (38, 11, 12, 88)),
    "errors of few": lambda: decided((40, 10, 10, 90), (1, 0, 1, 1)),
    "watches people": lambda: made_of(BIN, LENS, CROSSING, {"thing": "Cloud"}),
    "watches people twice": lambda: made_of(LENS, {**LENS, "thing": "Eye"}).initiative_with(
        offered_by="Binco"
    ),
    "could watch people": lambda: made_of({**BIN, "purpose_possible": "counting people"}),
    "watches nobody": lambda: made_of(BIN, {**BIN, "thing": "Lid", "senses": "nothing"}),
    "watches who knows": lambda: made_of(
        {**BIN, "senses": None}, {**BIN, "thing": "Box", "senses": "the flux"}
    ),
}  # fmt: skip
