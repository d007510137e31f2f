"""Saltmarsh with streets to walk and other places to stand at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import shapely

from evenground.tests.towns import AGE, Row, Town, at, saltmarsh

FEW = {"chance_draws": 199, "zonings": 20, "order_draws": 99, "bootstrap_draws": 99}


def streets(*, across: Iterable[int] = range(4), up: Iterable[int] = range(4)) -> list[Row]:
    """Return streets through the middle of columns and rows of squares, cut where they cross."""
    rows: list[Row] = []
    for x in across:
        rows += [_street(x + 0.5, y + 0.5, x + 0.5, y + 1.5) for y in range(3)]
    for y in up:
        rows += [_street(x + 0.5, y + 0.5, x + 1.5, y + 0.5) for x in range(3)]
    return rows


def _street(x: float, y: float, x2: float, y2: float) -> Row:
    return {"geometry": shapely.LineString([at(x, y), at(x2, y2)])}


def walked(**rows: Iterable[Row]) -> Town:
    """Return the town with streets."""
    return saltmarsh().having(**{"streets": streets(), **rows})


def apart(n: int) -> Town:
    """Return the town where streets lead to the only bin from all squares but some."""
    cut = [_street(n_ + 0.4, 3.5, n_ + 0.6, 3.5) for n_ in range(n)]
    lines = [*streets(across=range(n, 4), up=range(3)), *cut]
    return saltmarsh(sites=[{"geometry": at(3.5, 0.5)}]).having(streets=lines)


def around(*places: tuple[float, float], **rows: Iterable[Row]) -> Town:
    """Return the town with services at some places, where bins could stand too."""
    services = [{"kind": "stop", "geometry": at(x, y)} for x, y in places]
    return saltmarsh().having(services=services, **rows)


def corner(*, at_best: bool = False) -> Town:
    """Return the town with two bins in a corner, or where they are best, and other places."""
    where = ((0.9, 1.9), (2.9, 1.9)) if at_best else ((0.1, 0.1), (0.2, 0.1))
    others = [(x + 0.5, y + 0.5) for x in range(4) for y in range(4)]
    sites = [{"geometry": at(x, y)} for x, y in where]
    return around(*others, sites=sites)


def for_some() -> Town:
    """Return the town where bins could be nearer for the young and not for the old."""
    return around((0.5, 3.5), (3.5, 3.5), (1.5, 3.5), sites=[{"geometry": at(1.5, 1.5)}])


PLACES: Mapping[str, Callable[[], Town]] = {
    "streets": walked,
    "streets of no length": lambda: saltmarsh().having(streets=[_street(1.0, 1.0, 1.0, 1.0)]),
    "streets that leave one out": lambda: apart(1),
    "streets that leave two out": lambda: apart(2),
    "other places": corner,
    "other places, people": lambda: corner().city_with(groups=(AGE,)),
    "no better places": lambda: corner(at_best=True),
    "better places for some": for_some,
    "too many other places": lambda: (
        corner()
        .setting(most_siting_cells=1_000)
        .having(
            services=[
                {"kind": "stop", "geometry": at(0.05 * x, 0.2 * y)}
                for x in range(80)
                for y in range(20)
            ]
        )
    ),
    "other places, little work": lambda: corner().setting(siting_work=10),
}
OF_PLACES = {name: (lambda make=make: make().setting(**FEW)) for name, make in PLACES.items()}
