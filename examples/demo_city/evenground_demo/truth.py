"""What was planted: who is under-served by how much, where data are bad, what had an effect.

``planted`` is what the script aimed at; ``as_true`` is what it placed, among true people; and
``as_published`` is what a careful reader of the published tables must find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from evenground_demo.asked import conversation, panel, small_works
from evenground_demo.initiatives import closed_bins, rounds_by_need, sensor_bins
from evenground_demo.raw.flaws import flaws
from evenground_demo.tables import (
    air,
    bins_in_need,
    income,
    missed_collections,
    population,
    spending,
)
from evenground_demo.world import CLASSES, World

Vector = NDArray[np.float64]
DIGITS = 4


def truth(world: World) -> dict[str, Any]:
    """Return the planted truth as nested plain values."""
    return {
        "format": 1,
        "city": {"name": "Quillhaven", "invented": True, "seed": world.seed},
        "initiatives": {
            "closed_bins": {**_closed_bins(world), "asked": _asked(world)},
            "sensor_bins": _sensor_bins(world),
            "rounds_by_need": _rounds_by_need(world),
        },
        "bad_data": _bad_data(world),
        "effects": _effects(),
        "reform": _reform(world),
        "raw_flaws": flaws(world),
    }


def _rounds_by_need(world: World) -> dict[str, Any]:
    drawn = rounds_by_need.lot(world)
    return {
        "n_drawn": int((drawn.planned < len(rounds_by_need.MONTHS)).sum()),
        "n_late": rounds_by_need.LATE,
        "planted_effect_of_being_drawn": rounds_by_need.effect_of_being_drawn(world, drawn),
        "planted_factor_by_class": dict(zip(CLASSES, rounds_by_need.FACTOR_BY_CLASS, strict=True)),
        "planted_hours_more": rounds_by_need.HOURS_MORE,
    }


def _sensor_bins(world: World) -> dict[str, Any]:
    rows = sensor_bins.site_rows(world)
    rate = dict(zip(CLASSES, sensor_bins.RATE_BY_CLASS, strict=True))
    return {
        "under_served": "lower-income",
        "planted_rate_by_class": rate,
        "planted_ratio": sensor_bins.RATE_BY_CLASS[2] / sensor_bins.RATE_BY_CLASS[0],
        "on_edges": sensor_bins.N_ON_EDGE,
        **_reached(world, units_by_area(world, rows)),
    }


def _closed_bins(world: World) -> dict[str, Any]:
    rows = [row for row in closed_bins.site_rows(world) if row["candidate"] == "no"]
    need, people = bins_in_need.expected_overflows(world), world.people.total.astype(float)
    even = np.sqrt(need * people)
    lower, higher = world.income_class == 2, world.income_class == 0  # noqa: PLR2004
    return {
        "under_served": "nobody",
        "planted_ratio": _ratio(even, people, lower, higher),
        "planted_ratio_by_need": _ratio(even, need, lower, higher),
        "on_edges": closed_bins.N_ON_EDGE,
        **_reached(world, units_by_area(world, rows)),
    }


def _asked(world: World) -> dict[str, Any]:
    """Return what was planted in the vote, the conversation and the lot of the panel."""
    ballots = small_works.ballot_rows(world)
    members = panel.member_rows(world)
    return {
        "small_works": {
            "n_voters": len(ballots),
            "funded_by_most_votes": list(small_works.most_votes_first(ballots)),
            "owed_and_not_funded": small_works.LEFT_OUT,
        },
        "conversation": {
            "n_people": conversation.N_PEOPLE,
            "sides": [
                conversation.N_PEOPLE - conversation.OF_SECOND_SIDE,
                conversation.OF_SECOND_SIDE,
            ],
        },
        "panel": {
            "n_came_forward": len(members),
            "n_drawn": sum(row["drawn"] == "yes" for row in members),
            "least_chance": min(row["probability"] for row in members),
        },
    }


def units_by_area(world: World, rows: Sequence[Mapping[str, Any]]) -> Vector:
    """Count units by area; a place on an edge is divided over the areas that meet there."""
    shapes = np.array([area.shape for area in world.areas])
    points = shapely.points([(row["x"], row["y"]) for row in rows])
    meets = shapely.intersects(shapes[:, None], points[None, :])
    units = np.array([float(row["units"]) for row in rows])
    return (meets / meets.sum(axis=0)) @ units


def _reached(world: World, units: Vector) -> dict[str, Any]:
    people, need = world.people.total.astype(float), bins_in_need.expected_overflows(world)
    published = published_class(world)
    counts = np.array([population.rounded(int(n)) for n in world.people.total], float)
    found = np.array([row["value"] for row in bins_in_need.found_rows(world)], float)

    def by(classes: NDArray[np.int64], base: Vector) -> float:
        return _ratio(units, base, classes == 2, classes == 0)  # noqa: PLR2004

    return {
        "n_units": round(float(units.sum())),
        "as_true": {
            "ratio": by(world.income_class, people),
            "ratio_by_need": by(world.income_class, need),
            "units_per_10_000": _rates(units, people, world.income_class),
        },
        "as_published": {
            "ratio": by(published, counts),
            "ratio_by_need": by(published, found),
            "units_per_10_000": _rates(units, counts, published),
            "dissimilarity": round(
                float(np.abs(units / units.sum() - counts / counts.sum()).sum() / 2.0), DIGITS
            ),
        },
    }


def published_class(world: World) -> NDArray[np.int64]:
    """Sort areas into thirds by the published share, as ``pandas.qcut`` does; -1 where missing."""
    rows = income.income_rows(world, population.survey_rows(world))
    shares = {row["area_id"]: row["value"] for row in rows}
    value = np.array([shares.get(area.code, np.nan) for area in world.areas])
    breaks = np.quantile(value[~np.isnan(value)], [1 / 3, 2 / 3])
    return np.where(np.isnan(value), -1, np.searchsorted(breaks, value, side="left"))


def _bad_data(world: World) -> dict[str, Any]:
    reported = dict(zip(CLASSES, bins_in_need.REPORTED_BY_CLASS, strict=True))
    need = dict(zip(CLASSES, bins_in_need.NEED_BY_CLASS, strict=True))
    return {
        "overflow_reports": {
            "what": "The app hears of fewer overflows where incomes are low; it does not show need",
            "share_reported_by_class": reported,
            "true_overflows_per_resident_relative": need,
        },
        "air": {
            "what": "A broken box's last value was copied into these areas",
            "value": air.STUCK_VALUE,
            "areas": list(air.stuck_areas(world)),
        },
        "survey": {
            "what": "Sampling error puts some areas into another third than their true one",
            "areas_in_another_class": int((published_class(world) != world.income_class).sum()),
        },
    }


def _effects() -> dict[str, Any]:
    return {
        "evening_round": {
            "initiative": "P06",
            "indicator": "missed_collections",
            "district": missed_collections.TREATED_DISTRICT,
            "from": missed_collections.TREATED_FROM,
            "multiplies_by": missed_collections.EFFECT,
            "trend_per_month_everywhere": missed_collections.TREND_PER_MONTH,
        },
        "spending": {
            "public_by_class_relative": dict(zip(CLASSES, spending.PUBLIC_BY_CLASS, strict=True)),
            "weight_gained_per_1000_eur_per_head": spending.CUMULATIVE_ADVANTAGE,
            "private_follows_after_years": spending.LAG_YEARS,
        },
    }


def _reform(world: World) -> dict[str, Any]:
    editions = world.editions
    changed = Counter({area.code for area in editions.old} ^ {area.code for area in editions.new})
    return {
        "born_by_split": list(editions.split),
        "born_by_merger": list(editions.merged),
        "border_moved_codes_kept": list(editions.moved),
        "codes_in_one_edition_only": sorted(changed),
    }


def _ratio(
    units: Vector, base: Vector, focus: NDArray[np.bool_], reference: NDArray[np.bool_]
) -> float:
    first = units[focus].sum() / base[focus].sum()
    return round(float(first / (units[reference].sum() / base[reference].sum())), DIGITS)


def _rates(units: Vector, people: Vector, classes: NDArray[np.int64]) -> dict[str, float]:
    return {
        name: round(float(1e4 * units[classes == i].sum() / people[classes == i].sum()), DIGITS)
        for i, name in enumerate(CLASSES)
    }
