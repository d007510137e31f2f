"""Towns that differ in what is known: each makes a question answer in another way.

A question that needs yet another case to say all its sentences adds it to ``SCENARIOS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import shapely

from evenground.city import BaselineChoice, Group, GroupKind
from evenground.initiative import Decision, Option, OptionKind, Stage
from evenground.tests.scenarios_of_data import OF_DATA
from evenground.tests.scenarios_of_need import OF_NEED
from evenground.tests.scenarios_of_places import OF_PLACES
from evenground.tests.scenarios_of_predictions import OF_PREDICTIONS
from evenground.tests.scenarios_of_promise import OF_PROMISE
from evenground.tests.scenarios_of_traces import OF_TRACES
from evenground.tests.scenarios_of_voice import OF_VOICE
from evenground.tests.scenarios_of_votes import OF_VOTES
from evenground.tests.scenarios_over_time import OVER_TIME
from evenground.tests.scenarios_within_areas import OF_AGES
from evenground.tests.towns import (
    AGE,
    NEED,
    PEOPLE,
    POVERTY,
    Row,
    Town,
    area_id,
    at,
    counted,
    grid,
    measured,
    northward,
    saltmarsh,
    spread,
)

TRIAL = Option(key="trial", name="Trial", kind=OptionKind.TRIAL)
FULL = Option(key="all", name="All bins", kind=OptionKind.FULL, n_sites=60)
TODAY = Option(key="as_today", name="As today", kind=OptionKind.AS_TODAY)


def few_units(n: int, rows: tuple[int, ...] = (0,), *, apart: float = 0.5) -> list[Row]:
    """Return so many sites in each of some rows of the grid, so many squares apart."""
    return [{"geometry": at(0.3 + apart * i, row + 0.4)} for row in rows for i in range(n)]


def alike() -> Town:
    """As many bins everywhere, on average."""
    counts = [5, 4, 6, 5] * 4
    town = saltmarsh()
    return town.having(sites=spread(counts, town.rows["areas"]))


def register() -> Town:
    """Counts of a register: no margins published, rounded to fives."""
    town = saltmarsh()
    rows = [
        {**{k: v for k, v in row.items() if k != "margin"}, "rounded_to": 5.0}
        for row in town.rows["population"]
    ]
    return town.having(population=rows).city_with(baselines=())


def unknown_people(*rows: int) -> Town:
    """Areas without a count of people."""
    town = saltmarsh()
    gone = {town.rows["areas"][row]["area_id"] for row in rows}
    return town.having(
        population=[row for row in town.rows["population"] if row["area_id"] not in gone]
    )


def carried(note: str) -> Town:
    """People and indicators of older boundaries, carried over to those in force."""
    return replace(saltmarsh(), notes={"population": (note,), "indicators": (note,)})


def partly_counted(*rows: int) -> Town:
    """Areas where one of the groups of people is not counted."""
    town = saltmarsh()
    gone = {town.rows["areas"][row]["area_id"] for row in rows}
    kept = [
        row
        for row in town.rows["population"]
        if row["area_id"] not in gone or row["group"] != "young"
    ]
    return town.having(population=kept)


def small_counts() -> Town:
    """Counts of a few people, not published elsewhere: a public edition leaves them out."""
    town = saltmarsh()
    areas = town.rows["areas"]
    young = [3, 2, 40, 30, *([50] * (len(areas) - 4))]
    others = [row for row in town.rows["population"] if row["group"] != "young"]
    return replace(
        town.having(population=[*others, *counted(areas, "young", young)]), published=False
    )


def unplaced(*rows: int) -> Town:
    """Areas that come without a shape."""
    town = saltmarsh()
    areas = [
        {**area, "geometry": None} if n in rows else area
        for n, area in enumerate(town.rows["areas"])
    ]
    return town.having(areas=areas)


def centres(sites: Sequence[Row] = ()) -> Town:
    """Areas of which only a point is known."""
    town = saltmarsh(sites=sites) if sites else saltmarsh()
    areas = [
        {**row, "geometry": row["geometry"].centroid, "land_km2": 1.0} for row in town.rows["areas"]
    ]
    return town.having(areas=areas)


def only_codes() -> Town:
    """Sites that say in which area they stand, and no more."""
    sites = [{"area_id": area_id(n % 4, n // 8)} for n in range(24)]
    return saltmarsh(sites=[*sites, {"area_id": "Z99"}])


def same_share() -> Town:
    """Children are a fifth of the people in every area."""
    town = saltmarsh()
    areas = town.rows["areas"]
    people = [*counted(areas, "total", [1000] * 16), *counted(areas, "young", [200] * 16)]
    return town.having(population=people).city_with(groups=(replace(AGE, members=("young",)),))


def blurred(margin: float = 3.0) -> Town:
    """The share that sorts areas into classes has margins of its own."""
    town = saltmarsh()
    return town.having(indicators=[{**row, "margin": margin} for row in town.rows["indicators"]])


def codes_and_centres() -> Town:
    """Sites with area codes, areas with points: nothing can be measured against."""
    town = only_codes().without("population")
    areas = [{**row, "geometry": row["geometry"].centroid} for row in town.rows["areas"]]
    return town.having(areas=areas)


def codes_and_people() -> Town:
    """Sites with area codes, areas with points and people: one way to measure what even is."""
    population = [row for row in saltmarsh().rows["population"] if row["group"] == "total"]
    return codes_and_centres().having(population=population).city_with(baselines=(PEOPLE,))


def in_no_class() -> Town:
    """Units only in areas that belong to no class; a share that is not known for one area."""
    town = saltmarsh(sites=few_units(1, (0,)))
    areas = town.rows["areas"]
    return town.having(indicators=measured(areas, "poverty", [None, *range(1, len(areas))]))


def empty_class() -> Town:
    """One class holds no area."""
    return saltmarsh().city_with(groups=(replace(POVERTY, breaks=(8.0, 500.0)),))


def boundaries(n: int = 3) -> Town:
    """Sites on the boundaries of areas, outside all of them, and nowhere."""
    sites = [
        *few_units(3, (0, 1)),
        *({"geometry": at(1.0, 0.5 + row)} for row in range(n)),
        *({"geometry": at(4.8, 1.5 + row)} for row in range(n)),
        *({"name": "somewhere"} for _ in range(n)),
    ]
    return saltmarsh(sites=sites)


def shapes() -> Town:
    """Lines and surfaces that cross boundaries."""
    lane = shapely.LineString([at(0.2, 0.5), at(2.7, 0.5)])
    yard = shapely.box(*at(2.5, 1.5).coords[0], *at(3.5, 2.5).coords[0])
    sites = [{"geometry": lane, "units": 5.0}, {"geometry": yard, "units": 4.0}, *few_units(4)]
    return saltmarsh(sites=sites).initiative_with(counts="units")


def rollout() -> Town:
    """Whole lists of three dates."""
    areas = grid(4, 4)
    days = (date(2023, 6, 1), date(2024, 6, 1), date(2025, 6, 1))
    sites = [
        row
        for n, day in enumerate(days)
        for row in spread(northward(areas, 3 + 2 * n, 1 + n), areas, observed=day)
    ]
    return saltmarsh(sites=sites)


def undated_people() -> Town:
    """Two dates of sites, and people counted nobody knows when."""
    town = rollout()
    rows = [{**row, "vintage": None} for row in town.rows["population"]]
    return town.having(population=rows)


def proposal() -> Town:
    """An initiative to come: two options with sites, and what stands today."""
    areas = grid(4, 4)
    sites = [
        *spread([1] * 16, areas, seed=5),
        *spread(northward(areas, 2, 1), areas, seed=6, option="trial"),
        *spread(northward(areas, 6, 2), areas, seed=7, option="all"),
    ]
    return saltmarsh(sites=sites).initiative_with(
        stage=Stage.PROPOSED, offered_by="Binco", options=(TODAY, TRIAL, FULL)
    )


def only_today() -> Town:
    """An initiative to come of which only today's units are known."""
    return saltmarsh().initiative_with(stage=Stage.PROPOSED, options=(TODAY, FULL))


def candidates() -> Town:
    """Places that could have been chosen are listed."""
    town = saltmarsh()
    listed = spread([10] * 16, town.rows["areas"], seed=9, candidate=True)
    return town.having(sites=[*town.rows["sites"], *listed])


def uncounted() -> Town:
    """Groups that nobody counts by area."""
    groups = [
        {"group": "people who work here", "who_knows": "the chamber of commerce"},
        {"group": "people without papers"},
    ]
    return saltmarsh(uncounted_groups=groups)


def heard() -> Town:
    """One of them was heard once, another twice."""
    said = {"text": "Too high to reach.", "consent": "public", "source": "interview"}
    roles = ("people who work here", "People without papers", "people without papers")
    return uncounted().having(initiative_accounts=[{**said, "role": role} for role in roles])


def points() -> Town:
    """Population-weighted points within areas."""
    town = saltmarsh()
    rows = [
        {"point_id": f"{row['area_id']}-{n}", "area_id": row["area_id"], "count": 100.0 + n,
         "geometry": shapely.Point(row["geometry"].bounds[0] + 250 + 400 * n,
                                   row["geometry"].bounds[1] + 500)}
        for row in town.rows["areas"]
        for n in range(2)
    ]  # fmt: skip
    stray = {"point_id": "x", "area_id": "Z99", "count": 50.0, "geometry": at(9.0, 9.0)}
    nowhere = {"point_id": "y", "area_id": town.rows["areas"][0]["area_id"], "count": 9.0}
    return town.having(points=[*rows, stray, nowhere])


def points_of(start: str) -> Town:
    """Population points in some areas only."""
    town = points()
    kept = [row for row in town.rows["points"] if row["area_id"].startswith(start)]
    return town.having(points=kept)


def margins(margin: float) -> Town:
    """The same margin for every count."""
    town = saltmarsh()
    return town.having(population=[{**row, "margin": margin} for row in town.rows["population"]])


def labelled_wrong() -> Town:
    """More labels than values."""
    town = by_value(4)
    (group,) = town.city.groups
    return town.city_with(groups=(replace(group, labels=("a", "b", "c", "d", "e")),))


def sparse(*sites: Row) -> Town:
    """So few units over so many areas that single ones cannot be judged."""
    return saltmarsh(across=7, up=7, sites=sites)


def clustered() -> Town:
    """Few units over many areas, most of them in one: too few to tell where they are thinner."""
    town = saltmarsh(across=7, up=7)
    return town.having(sites=spread([10, *([1] * 6), *([0] * 42)], town.rows["areas"]))


def crowded(*, north: bool) -> Town:
    """Many units, one crowded or one empty square."""
    town = saltmarsh()
    counts = [12] * 16
    counts[0] = 80 if north else 0
    return town.having(sites=spread(counts, town.rows["areas"]))


def crowded_and_empty() -> Town:
    """Many units, one crowded and one empty square."""
    return saltmarsh(sites=spread([60, 0, *([14] * 14)], grid(4, 4)))


def exactly_even() -> Town:
    """The same number of people and of units in every square."""
    town = saltmarsh()
    areas = town.rows["areas"]
    people = [*counted(areas, "total", [1000] * 16), *counted(areas, "young", [200] * 16)]
    return town.having(
        population=people, sites=spread([20] * 16, areas)
    ).city_with(groups=(POVERTY,), baselines=())  # fmt: skip


def by_value(n_values: int, *, dated: bool = False) -> Town:
    """Areas in as many classes as the indicator has values."""
    town = rollout() if dated else saltmarsh()
    areas = town.rows["areas"]
    values = [float(n % n_values) for n in range(len(areas))]
    return town.having(indicators=measured(areas, "decile", values)).city_with(
        groups=(
            Group(
                key="d",
                name="Decile",
                kind=GroupKind.CLASSES,
                indicator="decile",
                by_value=True,
            ),
        )
    )


def shaded_by_rate() -> Town:
    """No grouping of areas: the map shows rates."""
    return saltmarsh().city_with(groups=(AGE,))


def led_by(choice: BaselineChoice) -> Town:
    """Another baseline leads."""
    others = tuple(one for one in (replace(PEOPLE, lead=False), NEED) if one.key != choice.key)
    return saltmarsh().city_with(baselines=(choice, *others))


def sedt(*, margin: float, of_old: float | None = None) -> Town:
    """The comparison that another tool makes, with margins of the groups' counts."""
    town = saltmarsh()
    rows = [
        {**row, "margin": of_old if of_old and row["group"] == "old" else margin}
        for row in town.rows["population"]
    ]
    return town.having(population=rows).setting(sedt_compatible=True)


def nothing_but_an_offer() -> Town:
    """A vendor's offer and a filled sheet; no table of a city."""
    town = saltmarsh().without("areas", "population", "indicators", "sites")
    return town.city_with(groups=(), baselines=()).initiative_with(
        stage=Stage.PROPOSED,
        offered_by="Binco",
        decision=Decision(body="Council", date=date(2026, 6, 1)),
        options=(FULL,),
    )


def names_like_codes() -> Town:
    """Names that look like what stands between a code and its parameters."""
    group = replace(POVERTY, name="wording:poverty", labels=("a|b=c", "{units}", "wording:x|y"))
    odd = replace(PEOPLE, name="wording:people|n=1", unit="people|x", reason="{reason}")
    return (
        saltmarsh()
        .city_with(groups=(replace(group, compare=None),), baselines=(odd, NEED))
        .initiative_with(title="{title}", unit="wording:bin", unit_plural="bins|x=1")
    )


def many_baselines(n: int = 13) -> Town:
    """So many ways to measure what even is."""
    needs = tuple(replace(NEED, key=f"need{i}", name=f"need {i}") for i in range(n))
    return saltmarsh().city_with(baselines=(PEOPLE, *needs))


def need_elsewhere() -> Town:
    """A need that is only counted where the grouping is not known."""
    town = saltmarsh()
    areas = town.rows["areas"]
    poverty = measured(areas, "poverty", [None, *range(1, len(areas))])
    need = {"area_id": areas[0]["area_id"], "indicator": "need", "period": "2024", "value": 30.0}
    return town.having(indicators=[*poverty, need]).city_with(
        baselines=(PEOPLE, replace(NEED, group="", indicator="need"))
    )


AREA_LEADS = BaselineChoice(
    key="area", name="land area", kind="area", unit="km²", lead=True,
    reason="bins serve streets", chosen_by="the council", chosen_on=date(2025, 1, 1),
)  # fmt: skip
NEED_LEADS = replace(NEED, lead=True, reason="they need it most")

SCENARIOS: Mapping[str, Callable[[], Town]] = {
    "less": saltmarsh,
    "more": lambda: saltmarsh(units=(1, 9)),
    "alike": alike,
    "too few": lambda: saltmarsh(sites=few_units(1, (0, 3))),
    "too few for three times": lambda: saltmarsh(sites=few_units(1, (0, 3))).setting(
        telling_ratio=3.0
    ),
    "four in reference": lambda: saltmarsh(sites=few_units(4, (0,))),
    "four in focus": lambda: saltmarsh(sites=few_units(4, (3,))),
    "none in focus": lambda: saltmarsh(sites=few_units(6, (0, 1))),
    "none in reference": lambda: saltmarsh(sites=few_units(6, (3,))),
    "one in reference": lambda: saltmarsh(sites=few_units(1, (0,))),
    "none in either": lambda: saltmarsh(sites=few_units(4, (1,))).city_with(
        groups=(replace(POVERTY, classes=4, labels=("a", "b", "c", "d"), compare=("d", "a")),)
    ),
    "in no class": in_no_class,
    "empty class": empty_class,
    "all outside": lambda: saltmarsh(sites=[{"geometry": at(9.0, 9.0 + n)} for n in range(3)]),
    "exactly even": exactly_even,
    "offer alone": nothing_but_an_offer,
    "no sites": lambda: saltmarsh().without("sites"),
    "no sites, nothing planned": lambda: saltmarsh().without("sites").initiative_with(options=()),
    "no areas": lambda: saltmarsh().without("areas"),
    "no population": lambda: saltmarsh().without("population"),
    "no population, groups of people": lambda: (
        saltmarsh().without("population").city_with(groups=(AGE,))
    ),
    "no indicators": lambda: saltmarsh().without("indicators"),
    "no groups": lambda: saltmarsh().city_with(groups=()),
    "no groups, no people": lambda: saltmarsh().without("population").city_with(groups=()),
    "nameless units": lambda: saltmarsh().initiative_with(unit="", unit_plural=""),
    "register": register,
    "same share everywhere": same_share,
    "one area unknown": lambda: unknown_people(5),
    "areas unknown": lambda: unknown_people(5, 6),
    "carried by shares": lambda: carried("crosswalk"),
    "carried by surface": lambda: carried("interpolated"),
    "children not counted in one area": lambda: partly_counted(5),
    "children not counted in two areas": lambda: partly_counted(5, 6),
    "small counts": small_counts,
    "one area without a shape": lambda: unplaced(3),
    "areas without a shape": lambda: unplaced(3, 9),
    "no area with a shape": lambda: unplaced(*range(16)),
    "centres": centres,
    "centres without people": lambda: centres().without("population"),
    "centres, no groups": lambda: centres().city_with(groups=()),
    "as far": lambda: centres(few_units(4, (0, 1, 2, 3), apart=1.0)).without("population"),
    "nearer": lambda: centres(few_units(6, (3,))).without("population"),
    "clustered": clustered,
    "codes": only_codes,
    "codes, centres": codes_and_centres,
    "codes, centres, people": codes_and_people,
    "boundaries": boundaries,
    "one on a boundary": lambda: boundaries(1),
    "shapes": shapes,
    "places": lambda: boundaries().initiative_with(counts="place"),
    "roll-out": rollout,
    "undated people": undated_people,
    "proposal": proposal,
    "only today": only_today,
    "candidates": candidates,
    "uncounted": uncounted,
    "uncounted and heard": heard,
    "points": points,
    "points in the south": lambda: points_of("A00"),
    "points of nobody": lambda: points_of("Z"),
    "equal values": lambda: saltmarsh(
        indicators=measured(grid(4, 4), "poverty", [0.0] * 12 + [1.0, 2.0, 3.0, 4.0])
    ),
    "unknown counts": lambda: margins(1e6),
    "labels that do not fit": labelled_wrong,
    "points without people": lambda: points().without("population"),
    "sparse": lambda: sparse(*few_units(13, (0, 1, 2))),
    "sparser": lambda: sparse(*few_units(9)),
    "sparse north": lambda: saltmarsh(across=7, up=7, units=(0, 2)),
    "one crowded": lambda: crowded(north=True),
    "one empty": lambda: crowded(north=False),
    "crowded and empty": crowded_and_empty,
    "sparse, crowded south": lambda: sparse(
        *few_units(14, (0, 1)), *few_units(4, (2, 3, 4, 5, 6), apart=2.0)
    ),
    "sparse and even": lambda: saltmarsh(across=7, up=7, units=(1, 1)),
    "too many to draw": lambda: saltmarsh(units=(140, 60)).setting(chance_draws=199),
    "rare": lambda: sparse(*few_units(3)).city_with(groups=(AGE,)),
    "need leads": lambda: led_by(NEED_LEADS),
    "area leads": lambda: led_by(AREA_LEADS),
    "nobody chose": lambda: led_by(replace(PEOPLE, lead=False)),
    "chosen without a day": lambda: led_by(replace(PEOPLE, chosen_on=None, chosen_by="")),
    "chosen without a reason": lambda: led_by(replace(PEOPLE, reason="")),
    "many baselines": many_baselines,
    "need elsewhere": need_elsewhere,
    "names like codes": names_like_codes,
    "by value": lambda: by_value(4),
    "twelve values": lambda: by_value(12, dated=True),
    "sixteen values": lambda: by_value(16, dated=True),
    "blurred classes": blurred,
    "breaks": lambda: saltmarsh().city_with(groups=(replace(POVERTY, breaks=(8.0, 15.0)),)),
    "shaded by rate": shaded_by_rate,
    "shaded by presence": lambda: saltmarsh().without("population", "indicators"),
    "other tool": lambda: sedt(margin=10.0),
    "other tool, margins mistaken": lambda: sedt(margin=30.0),
    "other tool, margins mistaken twice": lambda: sedt(margin=10.0, of_old=50.0),
    "other tool, large margins": lambda: sedt(margin=900.0),
    **OVER_TIME,
    **OF_PLACES,
    **OF_NEED,
    **OF_DATA,
    **OF_PREDICTIONS,
    **OF_TRACES,
    **OF_AGES,
    **OF_PROMISE,
    **OF_VOICE,
    **OF_VOTES,
}


def scenario(name: str) -> Town:
    """Return the town of a scenario."""
    return SCENARIOS[name]()
