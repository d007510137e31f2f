"""Which amounts are read, and what a panel of them adds up to."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.frame.areas import frame
from evenground.frame.spending import spending_of
from evenground.questions.reach import QUESTION
from evenground.questions.reach.tables import prepare
from evenground.stores.duckdb import collect
from evenground.tests.scenarios_over_time import public_money, spent
from evenground.tests.towns import at, saltmarsh, table

AREAS = ("a", "b", "c")
KNOWN = SimpleNamespace(area_ids=AREAS, has_shapes=False)


def read(*rows, currency="EUR"):
    """Return what is read of some rows."""
    return spending_of(None, table("spending", rows), KNOWN, currency=currency)


def paid(area="a", year=2020, amount=10.0, **more):
    """Return one row."""
    return {"area_id": area, "year": year, "amount": amount, **more}


def test_rows_in_the_order_of_areas():
    found = read(paid("c", 2021, 5.0, payer="private"), paid("a", 2019, 7.0))
    assert found.area.tolist() == [2, 0]
    assert found.year.tolist() == [2021, 2019]
    assert found.amount.tolist() == [5, 7]
    assert found.payer.tolist() == ["private", "unknown"]
    assert found.n_left == 0


def test_nothing_to_read():
    assert spending_of(None, None, KNOWN, currency="EUR") is None
    assert read() is None
    assert read(paid("nowhere"), paid(year=None), paid(amount=-1.0)) is None


def test_another_currency_is_left_out_and_counted():
    found = read(paid(currency="CHF"), paid(currency="EUR"), paid(currency=""), paid())
    assert found.amount.size == 3
    assert found.n_left == 1
    swiss = read(paid(currency="CHF"), paid(currency="EUR"), currency="CHF")
    assert (swiss.amount.size, swiss.n_left) == (1, 1)


def test_a_refund_is_left_out_and_counted():
    found = read(paid(amount=100.0), paid(amount=-30.0), paid(amount=0.0))
    assert found.amount.tolist() == [100]
    assert found.n_left == 2


def test_unknown_areas_and_missing_ones_are_left_out_and_counted():
    found = read(paid("z"), paid(None), paid("b"))
    assert found.area.tolist() == [1]
    assert found.n_left == 2


def test_a_row_without_a_year_is_left_out_and_counted():
    found = read(paid(year=None), paid(year=2018))
    assert found.year.tolist() == [2018]
    assert found.n_left == 1


def test_a_date_says_in_which_year():
    """A year that is stated stays as it is."""
    rows = [
        paid(year=None, date=date(2017, 5, 4)), paid(year=2018, date=date(2017, 5, 4)),
        paid(year=None), paid(year=2019),
    ]  # fmt: skip
    town = saltmarsh(spending=rows)
    read_rows = collect(town.tables(), prepare, town.case(QUESTION))["spending"]
    found = spending_of(None, read_rows, KNOWN, currency="EUR")
    assert sorted(found.year.tolist()) == [2017, 2018, 2019]
    assert found.n_left == 1


def test_a_place_says_in_which_area():
    """The column says that an area code is for what has no exact place."""
    rows = public_money(4, 4)
    placed = {"year": 2021, "amount": 5e5, "payer": "public", "geometry": at(0.5, 0.5)}
    (before, after) = (
        next(
            one for one in spent(given).answered(QUESTION).findings if one.code.startswith("money.")
        )
        for given in (rows, [*rows, placed])
    )
    assert after.parameters["n_amounts"] == before.parameters["n_amounts"] + 1


def test_money_at_one_place_is_one_lump_and_new_once():
    here, there = at(0.5, 0.5), at(2.5, 2.5)
    rows = [
        {"year": year, "amount": amount, "payer": "public", "geometry": place}
        for year, amount, place in ((2021, 5.0, here), (2022, 7.0, here), (2022, 2.0, there))
    ]
    town = spent(rows)
    areas = frame({**town.tables()}, town.case(QUESTION))
    found = spending_of(town.places()["spending"], town.tables()["spending"], areas, currency="EUR")
    lumps, where = found.lumps()
    assert sorted(lumps.tolist()) == [2, 12]
    assert len(set(where.tolist())) == 2
    firsts = found.first_panel(found.years, len(areas.area_ids))
    assert firsts.sum(axis=1).tolist() == [1, 1]


def test_years_run_without_a_gap():
    found = read(paid(year=2015), paid(year=2018, amount=4.0))
    assert found.years == (2015, 2016, 2017, 2018)
    panel = found.panel(found.years, 3)
    assert panel.tolist() == [[10, 0, 0], [0, 0, 0], [0, 0, 0], [4, 0, 0]]


def test_years_of_prices_are_those_of_rows_kept():
    found = read(
        paid(price_year=2020), paid(price_year=2024), paid(price_year=2020), paid(),
        paid("z", price_year=1999),
    )  # fmt: skip
    assert found.price_years == (2020, 2024)


def test_a_part_keeps_what_was_left_out():
    found = read(paid("a"), paid("b", amount=3.0), paid("z"))
    part = found.where(found.area == 1)
    assert part.amount.tolist() == [3]
    assert part.n_left == 1


amounts = st.lists(
    st.tuples(st.sampled_from(AREAS), st.integers(2000, 2006), st.integers(1, 10**9).map(float)),
    min_size=1,
    max_size=30,
)


@given(amounts)
def test_a_panel_keeps_totals(rows):
    found = read(*(paid(*row) for row in rows))
    panel = found.panel(found.years, 3)
    assert panel.shape == (len(found.years), 3)
    assert panel.sum() == pytest.approx(sum(row[2] for row in rows))
    for at_area, code in enumerate(AREAS):
        own = sum(row[2] for row in rows if row[0] == code)
        assert panel[:, at_area].sum() == pytest.approx(own)
    for row, year in zip(panel, found.years, strict=True):
        assert row.sum() == pytest.approx(sum(one[2] for one in rows if one[1] == year))
    firsts = found.first_panel(found.years, 3)
    assert firsts.sum() == len(rows)  # rows without a place are places of their own
    assert (firsts == np.rint(firsts)).all()


@given(amounts, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    turned = random.sample(rows, len(rows))
    first, other = (read(*(paid(*row) for row in given)) for given in (rows, turned))
    assert other.years == first.years
    assert other.panel(other.years, 3) == pytest.approx(first.panel(first.years, 3))
