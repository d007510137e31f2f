"""Saltmarsh with a problem: a stated need, services with standards, what came before, who spoke."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from evenground.initiative import Option, OptionKind, ProblemStatement, Stage
from evenground.tests.scenarios_over_time import public_money
from evenground.tests.towns import AGE, Row, Town, at, measured, saltmarsh, spread

DIRT = ProblemStatement(
    by="residents", words="Our streets are full of litter", source="Meeting", when=date(2025, 9, 9),
    indicator="dirt", in_links="litter",
)  # fmt: skip
BINS = Option(
    key="all", name="All bins", kind=OptionKind.FULL, cost={2026: 90_000.0, 2027: 10_000.0},
    price_year=2026, acts_on=("bins",),
)  # fmt: skip
AS_TODAY = Option(
    key="as_today", name="As today", kind=OptionKind.AS_TODAY, cost={2026: 1_000.0},
)  # fmt: skip
LINKS: tuple[Row, ...] = (
    {"from": "bins", "to": "litter", "sign": "-", "delay_months": 2.0, "source": "crews"},
    {"from": "rounds", "to": "litter", "sign": "-", "delay_months": 0.0},
    {"from": "litter", "to": "rats", "sign": "+", "delay_months": 6.0},
)


def dirty(
    *,
    north: float = 9.0,
    south: float = 1.0,
    margin: float = 0.4,
    unit: str = "pieces per 100 m",
    units: tuple[int, int] = (9, 1),
) -> Town:
    """Return the town where litter grows from south to north, and residents say so."""
    n = saltmarsh().n_areas
    return littered(
        [south + (north - south) * i / (n - 1) for i in range(n)],
        margin=margin, unit=unit, units=units,
    )  # fmt: skip


def littered(
    values: Sequence[float | None],
    *,
    margin: float = 0.4,
    unit: str = "pieces per 100 m",
    units: tuple[int, int] = (9, 1),
) -> Town:
    """Return the town with so much litter in each square."""
    town = saltmarsh(units=units)
    rows = [
        {**row, "margin": margin, "unit": unit}
        for row in measured(town.rows["areas"], "dirt", values)
    ]
    town = town.having(indicators=[*town.rows["indicators"], *rows])
    return town.initiative_with(problems=(DIRT,), domain="waste", options=(AS_TODAY, BINS))


def listed(town: Town, *rows: dict[str, Any]) -> Town:
    """Return the town with needs listed: litter, signed, unless others are given."""
    usual = {"indicator": "dirt", "name": "litter in streets", "measured_by": "count"}
    return town.having(needs=rows or (usual,))


def two_needs() -> Town:
    """Return the town with two needs and signed weights."""
    town = dirty()
    n = town.n_areas
    more = measured(town.rows["areas"], "rats", [float((7 * i) % n) for i in range(n)])
    town = town.having(indicators=[*town.rows["indicators"], *more])
    signed = {"signed_by": "the council", "signed_on": date(2025, 11, 5), "measured_by": "count"}
    return listed(
        town,
        {"indicator": "dirt", "weight": 3.0, **signed},
        {"indicator": "rats", "weight": 1.0, **signed},
    )


def served(*places: tuple[float, float], town: Town | None = None) -> Town:
    """Return the town with bus stops at some places, and their standard and price."""
    stops = [
        {"service_id": f"S{i}", "kind": "bus stop", "geometry": at(x, y)}
        for i, (x, y) in enumerate(places)
    ]
    standard = {
        "service": "bus stop", "name": "bus stops", "within_metres": 700.0,
        "people_per_unit": 500.0, "unit_cost": 20_000.0, "set_by": "the plan",
    }  # fmt: skip
    return (town or dirty()).having(services=stops, basic_services=[standard])


def remembered(town: Town) -> Town:
    """Return the town with earlier initiatives and money spent."""
    past = [
        {"initiative_id": "P1", "title": "Free wifi", "domain": "connectivity", "stage": "ended",
         "started": date(2012, 5, 1), "ended": date(2016, 1, 1), "promised": "a", "came": "b"},
        {"initiative_id": "P2", "title": "Five bins", "domain": "waste", "stage": "stopped",
         "started": date(2020, 5, 1), "ended": date(2021, 1, 1)},
        {"initiative_id": "P3", "title": "A dream", "stage": "declined"},
    ]  # fmt: skip
    money = [{**row, "programme": "Streets"} for row in public_money(3, 2)]
    return town.having(past_initiatives=past, spending=money)


def spoken(town: Town) -> Town:
    """Return the town where people said something, here and about the initiative."""
    said: Sequence[Row] = (
        {"account_id": "A1", "text": "It is dirty.", "role": "resident", "consent": "public",
         "place": "Quay", "source": "walk", "date": date(2025, 6, 1)},
        {"account_id": "A2", "text": "It always was.", "role": "crew", "consent": "public",
         "area_id": "A0000", "source": "letter"},
        {"account_id": "A3", "text": "I don't know.", "role": "visitor", "consent": "public"},
    )  # fmt: skip
    own = {"text": "We asked for bins.", "role": "resident", "consent": "public"}
    return town.having(accounts=said, initiative_accounts=[own])


def everything() -> Town:
    """Return the town with every table that Problem reads."""
    town = served((0.5, 0.5), (1.2, 0.6), (3.5, 3.5), town=two_needs())
    return remembered(spoken(town)).having(links=LINKS)


def with_options(town: Town, *options: Option) -> Town:
    """Return the town with other options."""
    return replace(town, initiative=replace(town.initiative, options=options))


def two_alike(*, like: bool, gaps: bool = False, worse_when: str = "more") -> Town:
    """Return the town with two signed needs that lie alike, or one against the other."""
    town = dirty(margin=0.05)
    n = town.n_areas
    values: list[float | None] = [float(i if like else n - i) for i in range(n)]
    if gaps:
        values[3] = None
    more = [{**row, "margin": 0.05} for row in measured(town.rows["areas"], "rats", values)]
    town = town.having(indicators=[*town.rows["indicators"], *more])
    signed = {"signed_by": "the council", "measured_by": "count", "weight": 1.0}
    return listed(
        town,
        {"indicator": "dirt", **signed},
        {"indicator": "rats", "worse_when": worse_when, **signed},
    )


def linked(
    *links: tuple[str, str, str],
    acts_on: tuple[str, ...] = ("bins",),
    months: float | None = None,
) -> Town:
    """Return the town with a map of causes, each of which takes so long."""
    rows = [{"from": a, "to": b, "sign": sign, "delay_months": months} for a, b, sign in links]
    town = dirty().having(links=rows)
    return with_options(town, AS_TODAY, replace(BINS, acts_on=acts_on))


def replaced() -> Town:
    """Return the town where new bins would stand beside those of today."""
    town = dirty()
    areas = town.rows["areas"]
    new = spread([1] * len(areas), areas, seed=5, option="all")
    return town.having(sites=[*town.rows["sites"], *new]).initiative_with(stage=Stage.PROPOSED)


def beside(*, far: bool) -> Town:
    """Return the town where new bins would stand where none do, or partly so."""
    town = dirty().having(sites=[{"geometry": at(0.5, 0.5)}])
    new = [{"geometry": at(x, y), "option": "all"} for x, y in ((0.6, 0.5), (2.5, 2.5), (3.5, 0.5))]
    return town.having(sites=[*town.rows["sites"], *(new[1:] if far else new[:2])]).initiative_with(
        stage=Stage.PROPOSED
    )


def everywhere() -> Town:
    """Return the town with a bus stop in the middle of each square."""
    return served(*((x + 0.5, y + 0.5) for x in range(4) for y in range(4)))


def priced(cost: float, *, high: float | None = None, sites: bool = True) -> Town:
    """Return the town where one more bus stop costs so much."""
    town = served((0.5, 0.5))
    standard = {**town.rows["basic_services"][0], "unit_cost": cost, "unit_cost_high": high}
    town = town.having(basic_services=[{**standard, "set_by": None, "price_year": 2020}])
    return town if sites else town.without("sites")


def stages() -> Town:
    """Return the town with an earlier initiative of every stage."""
    known = ("idea", "proposed", "decided", "running", "ended", "stopped", "declined", None)
    past = [
        {"initiative_id": f"P{i}", "title": f"Plan {i}", "stage": stage,
         "started": date(2010 + i, 1, 1)}
        for i, stage in enumerate(known)
    ]  # fmt: skip
    return dirty().having(past_initiatives=past)


def spent_in_two(*, past: bool, sites: bool = True) -> Town:
    """Return the town with money spent, and bins in two squares only."""
    town = remembered(dirty())
    town = town.having(sites=[{"geometry": at(0.5, 0.5)}, {"geometry": at(1.5, 0.5)}])
    town = town if sites else town.without("sites")
    return town if past else town.without("past_initiatives")


def undated() -> Town:
    """Return the town where nobody says of when the figures are."""
    town = dirty()
    return town.having(indicators=[{**row, "period": None} for row in town.rows["indicators"]])


def a_large_patch() -> Town:
    """Return a larger town of which one half has bus stops."""
    stops = ((x + 0.5, y + 0.5) for x in range(6) for y in range(3))
    return served(*stops, town=saltmarsh(across=6, up=6))


def against() -> Town:
    """Return the town with two needs that lie against each other, no two areas alike."""
    town = two_alike(like=False)
    rows = [
        {**row, "value": row["value"] + 0.37 * (n % 5)} if row["indicator"] == "rats" else row
        for n, row in enumerate(town.rows["indicators"])
    ]
    return town.having(indicators=rows)


def elsewhere(*, known: int = 14) -> Town:
    """Return the town with two bins, one of them where litter is not counted."""
    town = littered([*map(float, range(known)), *([None] * (16 - known))])
    return town.having(sites=[{"geometry": at(3.5, 3.5)}, {"geometry": at(0.5, 0.5)}])


def two_kinds(*, priced: bool) -> Town:
    """Return the town that also wants clinics, which are not on record or have no price."""
    town = served((0.5, 0.5), (1.5, 0.5))
    clinic = {"service": "clinic", "name": "clinics", "within_metres": 2_000.0}
    rows = [*town.rows["basic_services"], clinic]
    open_ = [{"service_id": "C", "kind": "clinic", "geometry": at(3.5, 3.5)}] if priced else []
    return town.having(basic_services=rows, services=[*town.rows["services"], *open_])


def two_patches() -> Town:
    """Return a larger town of which one half has bus stops, and one square far from it."""
    stops = [(x + 0.5, y + 0.5) for x in range(8) for y in range(4)]
    return served(*stops, (7.5, 7.5), town=saltmarsh(across=8, up=8))


def one_before(town: Town) -> Town:
    """Return the town with one earlier initiative only."""
    return town.having(past_initiatives=remembered(town).rows["past_initiatives"][:1])


def from_the_quay(*texts: str, place: str = "") -> Town:
    """Return the town where people said this, all of one place or of none."""
    said = [{"text": text, "role": "crew", "consent": "public", "place": place} for text in texts]
    return dirty().having(accounts=said)


FEW = {
    "chance_draws": 199, "need_draws": 199, "relabellings": 99, "zonings": 20, "order_draws": 99,
    "bootstrap_draws": 99,
}  # fmt: skip
"""Fewer draws than usual: these towns show what is said, not how surely."""


def quick(make: Callable[[], Town]) -> Callable[[], Town]:
    """Return a scenario that draws less."""
    return lambda: make().setting(**FEW)


BY_CITY = replace(DIRT, by="city")
TOWNS: Mapping[str, Callable[[], Town]] = {
    "everything of a need": everything,
    "need greater": dirty,
    "need less": lambda: dirty(north=1.0, south=9.0),
    "need alike": lambda: dirty(north=5.0, south=5.0, margin=3.0),
    "need unknown to chance": lambda: dirty(north=5.1, south=5.0, margin=30.0),
    "need without a margin": lambda: dirty(margin=0.0),
    "need without a unit": lambda: dirty(unit=""),
    "need as a share": lambda: littered([0.0] * 4 + [5.0 * i for i in range(12)], unit="%"),
    "less is worse": lambda: dirty().initiative_with(problems=(replace(DIRT, worse_when="less"),)),
    "less of a share is worse": lambda: dirty(unit="%").initiative_with(
        problems=(replace(DIRT, worse_when="less"),)
    ),
    "need unknown in places": lambda: littered([None, None, *map(float, range(14))]),
    "need of people": lambda: dirty().city_with(groups=(AGE,)),
    "need carried by shares": lambda: replace(dirty(), notes={"indicators": ("crosswalk",)}),
    "need carried by surface": lambda: replace(dirty(), notes={"indicators": ("interpolated",)}),
    "units as lots": lambda: dirty(units=(5, 5)),
    "nobody states": lambda: dirty().initiative_with(problems=()),
    "nobody states, figures listed": lambda: listed(dirty()).initiative_with(problems=()),
    "city states": lambda: dirty().initiative_with(problems=(BY_CITY,)),
    "both state": lambda: dirty().initiative_with(problems=(BY_CITY, DIRT)),
    "no figure named": lambda: dirty().initiative_with(
        problems=(replace(DIRT, indicator="", source="", when=None),)
    ),
    "figure not there": lambda: dirty().initiative_with(
        problems=(replace(DIRT, indicator="smell"),)
    ),
    "reports alone": lambda: listed(dirty(), {"indicator": "dirt", "measured_by": "reports"}),
    "reports beside": lambda: listed(
        two_needs(),
        {"indicator": "dirt", "measured_by": "reports"},
        {"indicator": "rats", "measured_by": "count"},
    ),
    "counted per person": lambda: listed(dirty(), {"indicator": "dirt", "per": "total"}),
    "needs alike": lambda: two_alike(like=True),
    "needs against": lambda: two_alike(like=False),
    "needs with gaps": lambda: two_alike(like=True, gaps=True),
    "acts on the problem": lambda: linked(("bins", "litter", "-"), acts_on=("litter",)),
    "acts the wrong way": lambda: linked(("bins", "litter", "+")),
    "acts either way": lambda: linked(("bins", "litter", "?")),
    "acts round a loop": lambda: linked(("litter", "bins", "+"), ("bins", "litter", "-")),
    "acts on a symptom": lambda: linked(("litter", "rats", "+"), ("bins", "rats", "-")),
    "acts on nothing near": lambda: linked(("bins", "noise", "+"), ("litter", "rats", "+")),
    "acts on who knows": lambda: linked(("litter", "rats", "+"), acts_on=("magic",)),
    "a problem not on the map": lambda: linked(("bins", "rats", "-"), ("noise", "rats", "+")),
    "acts by its name": lambda: with_options(
        linked(("all", "litter", "-"), ("all", "noise", "?")), AS_TODAY, replace(BINS, acts_on=())
    ),
    "two ways and a loop": lambda: linked(
        ("bins", "litter", "-"),
        ("bins", "crews", "+"),
        ("crews", "litter", "-"),
        ("litter", "rats", "+"),
        ("rats", "litter", "+"),
        ("money", "crews", "+"),
    ),
    "three ways and two loops": lambda: linked(
        ("bins", "litter", "-"),
        ("bins", "crews", "+"),
        ("crews", "litter", "-"),
        ("bins", "wind", "-"),
        ("wind", "litter", "+"),
        ("litter", "rats", "+"),
        ("rats", "litter", "+"),
        ("litter", "litter moods", "-"),
        ("litter moods", "litter", "-"),
    ),
    "acts at once": lambda: linked(("bins", "litter", "-"), months=0.0),
    "acts after a month, two links up": lambda: linked(
        ("bins", "wind", "-"), ("wind", "litter", "+"), months=0.5
    ),
    "one account": lambda: dirty().having(accounts=spoken(dirty()).rows["accounts"][:1]),
    "many places spoken of": lambda: dirty().having(
        accounts=[
            {"text": "So it is.", "role": "resident", "consent": "public", "place": f"P{n}"}
            for k in range(60)
            for n in ([k] if k else [k] * 3)
        ]
    ),
    "new beside old": replaced,
    "new where none": lambda: beside(far=True),
    "new partly where none": lambda: beside(far=False),
    "served everywhere": everywhere,
    "served in many places": lambda: served(
        *((x + 0.5, y + 0.5) for x in range(4) for y in (0, 1, 2))
    ),
    "served in islands": lambda: served(
        (0.5, 0.5),
        (2.5, 0.5),
        (0.5, 2.5),
        (2.5, 2.5),
        (1.5, 1.5),
        (3.5, 1.5),
        (1.5, 3.5),
        (3.5, 3.5),
    ),
    "served in one patch": lambda: served(*((x + 0.5, y + 0.5) for x in range(4) for y in (0, 1))),
    "money for nothing": lambda: priced(1e9),
    "money for a few": lambda: priced(99_000.0),
    "money without sites": lambda: priced(20_000.0, sites=False),
    "money without today": lambda: with_options(priced(1_000.0), BINS),
    "money for a plan": lambda: priced(20_000.0).initiative_with(stage=Stage.PROPOSED),
    "money for more": lambda: priced(20_000.0).having(sites=[{"geometry": at(3.5, 3.5)}]),
    "money for as many or not": lambda: priced(20_000.0, high=60_000.0).having(
        sites=[{"geometry": at(3.5, 3.5)}]
    ),
    "stages": stages,
    "stages of no service": lambda: stages().initiative_with(domain=""),
    "undated need": undated,
    "needs of both kinds": lambda: two_alike(like=False, worse_when="less"),
    "provision away from need": lambda: dirty(north=1.0, south=9.0, units=(1, 9)),
    "a large patch": a_large_patch,
    "needs against, none alike": against,
    "one bin elsewhere": elsewhere,
    "all bins elsewhere": lambda: elsewhere(known=12).having(sites=[{"geometry": at(3.5, 3.5)}]),
    "figures without people": lambda: dirty().without("population"),
    "figures without groups": lambda: dirty().city_with(groups=()).without("sites"),
    "another figure there": lambda: listed(dirty()).initiative_with(
        problems=(replace(DIRT, indicator="smell"),)
    ),
    "a basic service not on record": lambda: two_kinds(priced=False),
    "a basic service without a price": lambda: two_kinds(priced=True),
    "two patches": two_patches,
    "one place spoken of": lambda: from_the_quay("So it is.", "It is not.", place="Quay"),
    "no place spoken of": lambda: from_the_quay("So it is.", "It is not."),
    "money beyond every year": lambda: with_options(
        priced(20_000.0), replace(AS_TODAY, cost={2026: 1_000.0, 2027: 1_000.0}), BINS
    ),
    "money for nobody": lambda: priced(1e9).having(sites=[{"geometry": at(0.99, 0.99)}]),
    "one before": lambda: one_before(dirty()),
    "one before, and spent": lambda: one_before(spent_in_two(past=True, sites=False)),
    "one before, and spent where units are": lambda: one_before(spent_in_two(past=True)),
    "spent where units are": lambda: spent_in_two(past=True),
    "spent, no past": lambda: spent_in_two(past=False),
    "spent, no past, no sites": lambda: spent_in_two(past=False, sites=False),
}
OF_NEED = {name: quick(make) for name, make in TOWNS.items()}
