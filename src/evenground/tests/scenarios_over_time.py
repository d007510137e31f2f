"""Towns that differ in how units and money came to where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from evenground.tests.towns import (
    AGE,
    Row,
    Town,
    area_id,
    at,
    counted,
    grid,
    measured,
    saltmarsh,
    spread,
)

SOUTH, NORTH = area_id(0, 0), area_id(3, 3)


def inside(n: int, column: int, row: int) -> list[Row]:
    """Return the first ``n`` of fixed places in one square, 40 m apart."""
    return [
        {"geometry": at(column + 0.1 + 0.04 * (i % 20), row + 0.1 + 0.04 * (i // 20))}
        for i in range(n)
    ]


def listed(*dates: Sequence[Row]) -> list[Row]:
    """Return lists of several years stacked: the n-th as of the n-th January."""
    return [
        {**row, "observed": date(2015 + n, 1, 1)} for n, rows in enumerate(dates) for row in rows
    ]


def two_corners(south: Iterable[int], north: Iterable[int]) -> Town:
    """Lists of several dates: so many units in the square farthest south, and farthest north."""
    dates = [[*inside(s, 0, 0), *inside(n, 3, 3)] for s, n in zip(south, north, strict=True)]
    return saltmarsh(sites=listed(*dates))


def added_each_year(panel: Sequence[Sequence[int]]) -> Town:
    """Units by year and square, never removed: whole lists of every year."""
    total = np.cumsum(np.array(panel), axis=0)
    dates = [
        [row for a, n in enumerate(year) for row in inside(int(n), a % 4, a // 4)] for year in total
    ]
    return saltmarsh(sites=listed(*dates))


def snowball() -> Town:
    """One square draws more the more it has, and late; the others get some early."""
    others = [[2] * 15, [2] * 15, [1] * 15, [1] * 15, [0] * 15, [0] * 15]
    first = [1, 1, 3, 8, 16, 30]
    return added_each_year([[n, *rest] for n, rest in zip(first, others, strict=True)])


def one_square_only() -> Town:
    """All units, at all dates, in one square."""
    return added_each_year([[n, *[0] * 15] for n in (4, 5, 6)]).city_with(groups=(AGE,))


def nothing_new() -> Town:
    """The same list twice."""
    rows = inside(5, 1, 1)
    return saltmarsh(sites=listed(rows, rows))


def installed() -> Town:
    """Dates of installation and of removal instead of lists; some have none."""
    areas = grid(4, 4)
    rows = [
        row
        for year in range(2019, 2025)
        for row in spread([1] * 16, areas, seed=year, installed=date(year, 5, 1))
    ]
    rows[3] = {**rows[3], "removed": date(2022, 3, 1)}
    return saltmarsh(sites=[*rows, *inside(3, 0, 0)])


def evening_out() -> Town:
    """A few in the south at first, as many everywhere at last."""
    areas = grid(4, 4)
    return saltmarsh(sites=listed(inside(4, 0, 0), spread([6] * 16, areas)))


def drawing_apart() -> Town:
    """As many everywhere at first, most in one square at last."""
    areas = grid(4, 4)
    even = spread([3] * 16, areas)
    return saltmarsh(sites=listed(even, [*even, *inside(120, 0, 0)]))


def small_town() -> Town:
    """Too few squares to tell a change from single ones."""
    areas = grid(3, 3)
    return saltmarsh(
        across=3, up=3, sites=listed(spread([1] * 9, areas), spread([3] * 9, areas, seed=5))
    )


def wide_panel(slope: float, *, seed: int = 5) -> Town:
    """Thirty-six squares over nine dates; what is added each year becomes more alike, or less."""
    areas = grid(6, 6)
    rng = np.random.default_rng(seed)
    yearly = rng.uniform(2, 14, 36)
    dates, total = [], np.full(36, 2)
    for _ in range(9):
        dates.append([row for a, n in enumerate(total) for row in inside(int(n), a % 6, a // 6)])
        total = total + np.maximum(np.rint(yearly + rng.normal(0, 0.3, 36)), 0).astype(int)
        yearly = np.maximum(yearly + slope * (yearly - yearly.mean()), 0)
    return saltmarsh(across=6, up=6, areas=areas, sites=listed(*dates))


def apart_from_each_other() -> Town:
    """Children live in the south only, and bins stand there: areas settle who is near."""
    town = saltmarsh(sites=[{"geometry": at(c + 0.5, 0.4)} for c in range(4)])
    areas = town.rows["areas"]
    total = [1000] * 16
    young = [1000] * 4 + [0] * 12
    points = [
        {"point_id": str(i), "area_id": a["area_id"], "count": 1000.0,
         "geometry": a["geometry"].centroid}
        for i, a in enumerate(areas)
    ]  # fmt: skip
    group = type(AGE)(key="age", name="Age", kind=AGE.kind, members=("young",),
                      names={"young": "children"})  # fmt: skip
    people = [*counted(areas, "total", total), *counted(areas, "young", young)]
    return town.having(population=people, points=points).city_with(groups=(group,), baselines=())


def with_capacity() -> Town:
    """Every site states what it can serve."""
    town = saltmarsh()
    return town.having(sites=[{**row, "capacity": 20.0} for row in town.rows["sites"]])


def spent(rows: Iterable[Row]) -> Town:
    """A town with a table of spending."""
    return saltmarsh(spending=list(rows))


def paid(area: str, year: int | None, amount: float, **more: object) -> Row:
    """Return one amount; public unless said otherwise."""
    return {"area_id": area, "year": year, "amount": amount, "payer": "public", **more}


def public_money(south: int, north: int, **more: object) -> list[Row]:
    """Return so many equal amounts in the south and in the north, over four years."""
    rows = [paid(area_id(i % 4, 0), 2020 + i % 4, 1e5, **more) for i in range(south)]
    return rows + [paid(area_id(i % 4, 3), 2020 + i % 4, 1e5, **more) for i in range(north)]


def two_payers(order: str, *, years: int = 12, seed: int = 4) -> Town:
    """Public and private money of the same squares: which came first, if any did."""
    rng = np.random.default_rng(seed)
    public = rng.lognormal(11, 1.2, (16, years))
    noise = rng.lognormal(11, 1.2, (16, years))
    private = {
        "after": np.roll(public, 2, axis=1) * rng.lognormal(0, 0.2, public.shape),
        "before": np.roll(public, -2, axis=1) * rng.lognormal(0, 0.2, public.shape),
        "together": public * rng.lognormal(0, 0.2, public.shape),
        "none": noise,
        "apart": 1e10 / public * rng.lognormal(0, 0.2, public.shape),
        "apart later": 1e10 / np.roll(public, 1, axis=1) * rng.lognormal(0, 0.2, public.shape),
    }[order]
    codes = [one["area_id"] for one in grid(4, 4)]
    return spent(
        paid(code, 2008 + year, float(round(amount[a, year])), payer=payer)
        for payer, amount in (("public", public), ("private", private))
        for a, code in enumerate(codes)
        for year in range(years)
    )


OVER_TIME: Mapping[str, Callable[[], Town]] = {
    "gap closed": lambda: two_corners([30] * 6, [5, 12, 17, 24, 31, 32]),
    "gap closing": lambda: two_corners([120] * 6, [16, 32, 44, 64, 76, 80]),
    "gap staying": lambda: two_corners([30] * 6, [10, 7, 11, 8, 10, 9]),
    "gap widening": lambda: two_corners([8, 12, 17, 21, 26, 30], [5, 6, 6, 7, 8, 8]),
    "gap closing in centuries": lambda: two_corners([400] * 6, range(100, 106)),
    "nothing in the south": lambda: two_corners([0, 0], [4, 9]),
    "gap unclear": lambda: two_corners([30] * 6, [10, 55, 8, 60, 12, 8]),
    "no gap": lambda: two_corners([10] * 6, [13, 6, 14, 8, 12, 9]),
    "snowball": snowball,
    "one square only": one_square_only,
    "nothing new": nothing_new,
    "installed": installed,
    "evening out": evening_out,
    "drawing apart": drawing_apart,
    "small town": small_town,
    "catching up": lambda: wide_panel(-0.12),
    "falling behind": lambda: wide_panel(0.12),
    "neither": lambda: wide_panel(0.0),
    "apart from each other": apart_from_each_other,
    "capacity": with_capacity,
    "roll-out, groups of people": lambda: two_corners([5, 8], [4, 9]).city_with(groups=(AGE,)),
    "one by code": lambda: saltmarsh(
        sites=[*saltmarsh().rows["sites"], {"area_id": area_id(1, 1)}]
    ),
    "all within reach of all": lambda: saltmarsh().setting(catchment_metres=100_000),
    "money at places": lambda: spent(
        {"year": 2020 + i % 4, "amount": 1e5, "payer": "public", "geometry": at(0.2 + i % 4, 0.5)}
        for i in range(40)
    ),
    "money less": lambda: spent([*public_money(40, 6), paid(SOUTH, None, 5e4)]),
    "money, no group known": lambda: spent(public_money(30, 8)).having(
        indicators=measured(grid(4, 4), "poverty", [None, *range(1, 16)])
    ),
    "money, too many amounts": lambda: spent(public_money(80, 40)).setting(most_additions=100),
    "money more": lambda: spent(public_money(4, 40, price_year=2024)),
    "money alike": lambda: spent(
        [*public_money(40, 36, price_year=2024), paid(SOUTH, 2020, 1e4, price_year=2020),
         paid(SOUTH, 2020, -5.0), paid(NORTH, 2020, 5e4, currency="XXX")]
    ),
    "money, few amounts": lambda: spent(public_money(1, 1)),
    "private after public": lambda: two_payers("after"),
    "private before public": lambda: two_payers("before"),
    "private and public": lambda: two_payers("together"),
    "private or public": lambda: two_payers("none"),
    "private apart from public": lambda: two_payers("apart"),
    "private apart, later": lambda: two_payers("apart later"),
    "private and public, three years": lambda: two_payers("none", years=3),
}  # fmt: skip
