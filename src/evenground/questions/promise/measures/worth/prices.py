"""Amounts in the prices of one year.

Source: HM Treasury (2018), The Green Book: costs and benefits are told in real terms, in the prices
of a base year, by a general price index (there the GDP deflator). Which index is the city's choice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong


def in_prices_of(
    amounts: ArrayLike,
    price_years: ArrayLike,
    *,
    index_years: ArrayLike,
    index: ArrayLike,
    base: int,
) -> Vector:
    """Return amounts in the prices of one year.

    Parameters
    ----------
    amounts, price_years, shape (n,)
        Money, and the year whose prices it is in.
    index_years, index, shape (n_known,)
        A price index: years, and values above 0.
    base
        The year whose prices are wanted.

    Returns
    -------
    array, shape (n,)
        ``amount * index[base] / index[its year]``.

    Raises
    ------
    UsageError
        If a number is missing, lengths differ, an index is not above 0, or a year has no index.
    """
    money = vector("amounts", amounts, least=-np.inf)
    years = vector("price_years", price_years, size=money.size).astype(np.int64)
    known = vector("index_years", index_years).astype(np.int64)
    values = vector("index", index, size=known.size)
    if not (values > 0).all():
        raise wrong("price_index", N_("a value of the price index is not above 0"))
    table = dict(zip(known.tolist(), values.tolist(), strict=True))
    unknown = sorted({year for year in (*years.tolist(), base) if year not in table})
    if unknown:
        raise wrong(
            "no_price_index",
            N_("the price index has no value for {years}"),
            years=", ".join(str(year) for year in unknown),
        )
    return money * table[base] / np.array([table[year] for year in years.tolist()])
