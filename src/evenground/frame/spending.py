"""Money spent, by area and year: located amounts in the city's own currency."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.frame.areas import Frame
from evenground.frame.sites import present
from evenground.methods.boundary_assignment import assign_points
from evenground.methods.validation import Vector, Whole

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa

PUBLIC, PRIVATE = "public", "private"
COLUMNS = ("area_id", "year", "date", "amount", "payer", "currency", "price_year", "programme")
"""Columns of the table of spending that are read here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Amounts that have a year and an area.

    Attributes
    ----------
    area, year, amount, shape (n_rows,)
        Position of the area, calendar year, and amount in the city's currency.
    payer, shape (n_rows,)
        ``public``, ``private``, ``mixed`` or ``unknown``.
    place, shape (n_rows,)
        Number of the exact place; rows that only have an area are places of their own.
    price_year, shape (n_rows,)
        Year of the prices; 0 where it is not stated.
    has_place, shape (n_rows,)
        Whether the row has an exact place.
    programme, shape (n_rows,)
        What it was spent on; empty where nobody says.
    n_left
        Rows without area, year or a positive amount, or in another currency.
    """

    area: Whole
    year: Whole
    amount: Vector
    payer: NDArray[np.object_]
    place: Whole
    price_year: Whole
    has_place: NDArray[np.bool_]
    programme: NDArray[np.object_]
    n_left: int

    @property
    def years(self) -> tuple[int, ...]:
        """Every year from the first to the last."""
        return tuple(range(int(self.year.min()), int(self.year.max()) + 1))

    @property
    def price_years(self) -> tuple[int, ...]:
        """Years of the prices, where stated."""
        return tuple(sorted(set(self.price_year[self.price_year > 0].tolist())))

    def where(self, kept: NDArray[np.bool_]) -> Spending:
        """Return the rows that are kept."""
        rows = {
            field.name: getattr(self, field.name)[kept]
            for field in fields(self)
            if field.name != "n_left"
        }
        return replace(self, **rows)

    def panel(self, years: tuple[int, ...], n_areas: int) -> Vector:
        """Return amounts by year and area, shape (n_years, n_areas)."""
        return _panel(self.year, self.area, self.amount, years=years, n_areas=n_areas)

    def first_panel(self, years: tuple[int, ...], n_areas: int) -> Vector:
        """Return by year and area how many places got money for the first time."""
        order = np.lexsort((self.year, self.place))
        first = order[np.unique(self.place[order], return_index=True)[1]]
        ones = np.ones(len(first))
        return _panel(self.year[first], self.area[first], ones, years=years, n_areas=n_areas)

    def lumps(self) -> tuple[Vector, Whole]:
        """Return the sum of each place and the area that it lies in, both of shape (n_places,)."""
        _, first, at = np.unique(self.place, return_index=True, return_inverse=True)
        return np.bincount(at, weights=self.amount).astype(np.float64), self.area[first]


def _panel(
    year: Whole, area: Whole, worth: Vector, *, years: tuple[int, ...], n_areas: int
) -> Vector:
    at = (year - years[0]) * n_areas + area
    flat = np.bincount(at, weights=worth, minlength=len(years) * n_areas)
    return flat.reshape(len(years), n_areas).astype(np.float64)


def spending_of(
    places: gpd.GeoDataFrame | None, table: pa.Table | None, areas: Frame, *, currency: str
) -> Spending | None:
    """Read the rows of the table of spending; ``None`` if none has an area and a year.

    Parameters
    ----------
    places, table
        The table with shapes, where it has any; otherwise the table alone.
    areas
        What places without an area code are laid over.
    currency
        The city's own.
    """
    columns, shapes = _columns(places, table)
    if not len(shapes):
        return None
    area = _areas(columns["area_id"], shapes, areas)
    year = np.array([_year(*both) for both in zip(columns["year"], columns["date"], strict=True)])
    amount = np.array([one if present(one) else 0.0 for one in columns["amount"]], dtype=float)
    own = [not present(one) or one in ("", currency) for one in columns["currency"]]
    kept = (area >= 0) & (year >= 0) & (amount > 0) & np.array(own, dtype=bool)
    if not kept.any():
        return None
    every = Spending(
        area=area,
        year=year,
        amount=amount,
        payer=np.array([one or "unknown" for one in columns["payer"]], dtype=object),
        place=_places(shapes),
        has_place=np.array([shape is not None for shape in shapes], dtype=np.bool_),
        price_year=np.array(
            [int(one) if present(one) else 0 for one in columns["price_year"]], dtype=np.int64
        ),
        programme=np.array(
            [str(one) if present(one) else "" for one in columns["programme"]], dtype=object
        ),
        n_left=int((~kept).sum()),
    )
    return every.where(kept)


def _columns(
    places: gpd.GeoDataFrame | None, table: pa.Table | None
) -> tuple[dict[str, list[Any]], NDArray[np.object_]]:
    if places is not None and len(places):
        columns = {name: places[name].tolist() for name in COLUMNS}
        columns["payer"] = [one if present(one) else "" for one in columns["payer"]]
        return columns, places.geometry.to_numpy()
    if table is None:
        return {}, np.zeros(0, dtype=object)
    return (
        {name: table[name].to_pylist() for name in COLUMNS},
        np.full(table.num_rows, None, dtype=object),
    )


def _year(year: Any, day: Any) -> int:
    if present(year):
        return int(year)
    return int(day.year) if present(day) else -1


def _areas(codes: list[Any], shapes: NDArray[np.object_], areas: Frame) -> Whole:
    """Return the position of each row's area: its code, else where its place lies; -1 for none."""
    import shapely

    order = {area_id: row for row, area_id in enumerate(areas.area_ids)}
    area = np.array([order.get(code, -1) for code in codes], dtype=np.int64)
    open_rows = np.flatnonzero(
        (area < 0) & ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    )
    if len(open_rows) and areas.has_shapes:
        points = shapely.point_on_surface(shapes[open_rows])
        area[open_rows] = assign_points(points, areas.outlines).area_of_unit
    return area


def _places(shapes: NDArray[np.object_]) -> Whole:
    """Return a number for each place: equal shapes share one, rows without have their own."""
    keys: dict[object, int] = {}
    return np.array(
        [
            keys.setdefault(row if shape is None else shape.wkb, len(keys))
            for row, shape in enumerate(shapes)
        ],
        dtype=np.int64,
    )
