"""Percentages among counts, totals, bases too small to rate, shares piled up at the ends."""

from __future__ import annotations

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.language import language
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.columns.profile import columns_of, profile
from evenground.questions.data.measures.counted import asked as asking
from evenground.questions.data.measures.counted.asked import asked
from evenground.questions.data.measures.counted.checks import checks
from evenground.questions.data.measures.counted.sums import compared, sums_in
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.wording.counted import COUNTED

COUNTS = Roles(form=Form.COUNTS)


def found_in(columns, roles=COUNTS, *, flags=False):
    table = ibis.memtable(pa.table(columns))
    plan = profile(table)
    profiles = columns_of(plan, [one.to_pyarrow() for one in plan.tables])
    lazy = asked(table, profiles, roles, flags=flags)
    found = {name: one.to_pyarrow() for name, one in lazy.items()}
    return {one.name: one for one in checks(found, profiles, roles, flags=flags)}


def crimes(seed=5, n=200, parts=6):
    rng = np.random.default_rng(seed)
    columns = {f"kind_{at}": rng.poisson(2 + at, n).astype(float) for at in range(parts)}
    return {**columns, "total": np.sum(list(columns.values()), axis=0)}


def test_totals_that_add_up():
    check = found_in(crimes())["totals_off"]
    assert (check.status, check.count, check.detail["compared"]) == (Status.NONE, 0, 200)
    assert check.detail["sums"][0]["parts"] == [f"kind_{at}" for at in range(6)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_totals_that_do_not(seed):
    columns = crimes(seed)
    wrong = np.random.default_rng(seed).choice(200, 23, replace=False)
    columns["total"][wrong] += 7
    columns["__row"] = np.arange(200)
    check = found_in(columns, flags=True)["totals_off"]
    assert (check.count, check.detail["columns"]) == (23, ["total"])
    assert check.flags["row"].to_pylist() == sorted(wrong.tolist())


def test_rows_without_a_part_are_not_compared():
    columns = crimes()
    columns["kind_0"][:50] = np.nan
    check = found_in(columns)["totals_off"]
    assert (check.count, check.detail["compared"]) == (0, 150)


def test_two_parts_of_a_column_that_is_no_total_by_name():
    rng = np.random.default_rng(2)
    owned, rented = rng.integers(0, 900, 60), rng.integers(0, 900, 60)
    columns = {"owned": owned, "rented": rented, "dwellings": owned + rented}
    told = found_in({**columns, "cars": rng.integers(0, 900, 60)})["totals_off"].detail["sums"]
    assert [(one["total"], one["parts"]) for one in told] == [("dwellings", ["owned", "rented"])]


@pytest.mark.parametrize("seed", range(5))
def test_numbers_that_have_nothing_to_do_with_each_other(seed):
    rng = np.random.default_rng(seed)
    columns = {f"kind_{at}": rng.poisson(0.4, 300).astype(float) for at in range(8)}
    assert sums_in({**columns, "total": rng.poisson(3, 300).astype(float)}, ["total"]) == ()


def test_rounded_parts_need_not_add_up_exactly():
    columns = {
        "a": np.array([10.0, 20.0]),
        "b": np.array([5.0, 5.0]),
        "all": np.array([20.0, 50.0]),
    }
    one = compared(columns, "all", ["a", "b"])
    assert (one.tolerance, one.off.tolist()) == (7.5, [False, True])
    exact = compared({"a": [1.0], "b": [2.0], "all": [4.0]} | {}, "all", ["a", "b"])
    assert (exact.tolerance, exact.off.tolist()) == (0.0, [True])


def test_a_row_that_is_called_a_total():
    columns = {
        "year": [2011] * 4 + [2012] * 4,
        "name": ["North", "South", "West", "Total"] * 2,
        "cases": [1, 2, 3, 6, 2, 3, 4, 10],
        "deaths": [1, 1, 2, 4, 0, 1, 1, 2],
        "homes": [9, 9, 9, 27, 9, 9, 9, 27],
    }
    detail = found_in(columns)["totals_off"].detail
    assert detail["total_rows"] == [{"label": "name", "period": "2012", "columns": ["cases"]}]
    assert detail["columns"] == ["cases"]


def test_shares_among_counts():
    n = [str(one) for one in range(1, 41)]
    columns = {
        "n_trips": ["0.25", "45%", *n[2:]],
        "fire": ["0.5", *n[1:]],
        "price": ["0.5", *n[1:]],
        "cars": [str(int(one) / 3) for one in n],
        "__row": list(range(40)),
    }
    check = found_in(columns, flags=True)["percentages_in_counts"]
    assert check.detail["cells"] == {"fire": 1, "n_trips": 2}
    rows = zip(check.flags["row"].to_pylist(), check.flags["column"].to_pylist(), strict=True)
    assert list(rows) == [(0, "fire"), (0, "n_trips")]


def test_shares_of_too_few():
    columns = {
        "population": [500, 19, 20, 3, 0], "poverty_pct": [1.5, 2.5, 3.5, 4.5, None],
        "__row": [0, 1, 2, 3, 4],
    }  # fmt: skip
    check = found_in(columns, flags=True)["small_denominators"]
    assert (check.count, check.detail["rows"]) == (2, {"population": 2})
    assert check.flags["row"].to_pylist() == [1, 3]
    del columns["population"]
    check = found_in(columns)["small_denominators"]
    assert check.reason.code == "reason.no_bases"


def test_piles_at_nothing_and_all():
    inside = np.random.default_rng(4).uniform(2, 98, 300).round(1)
    values = np.concatenate([inside, np.zeros(9), np.full(40, 100.0)])
    check = found_in({"adoption_pct": values, "vacancy_pct": np.resize(inside, 349)})
    piles = check["capped_shares"].detail["piles"]
    assert [(one["column"], one["at"], one["cells"]) for one in piles] == [
        ("adoption_pct", 0.0, 9),
        ("adoption_pct", 100.0, 40),
    ]
    yes_or_no = found_in({"share": [0.0, 1.0] * 50 + [0.5]})["capped_shares"]
    assert yes_or_no.count == 0


def test_happenings_and_places_are_not_counted():
    assert found_in(crimes(), Roles(form=Form.EVENTS)) == {}
    assert found_in({"name": ["a"], "kind": ["b"]}) == {}


def test_long_tables_are_compared_in_part(monkeypatch):
    monkeypatch.setattr(asking, "MOST_ROWS", 80)
    columns = crimes()
    one = found_in(columns)["totals_off"]
    turned = found_in({name: values[::-1] for name, values in columns.items()})["totals_off"]
    assert one.detail["compared"] == 80
    assert one == turned


@settings(max_examples=8)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_order_does_not_matter(seed, random):
    columns = crimes(seed, n=60)
    columns["total"][:4] += 5
    columns["poverty_rate"] = np.random.default_rng(seed).uniform(0, 1, 60).round(1)
    order = list(range(60))
    random.shuffle(order)
    names = list(columns)
    random.shuffle(names)
    mixed = {name: columns[name][order] for name in names}
    mixed["__file"] = [f"part-{random.randrange(3)}" for _ in order]
    assert found_in(columns) == found_in(mixed)


def test_each_check_of_counts_can_be_said():
    powers = {name: np.arange(9.0) ** at for at, name in enumerate(("a", "b", "sum"), 1)}
    rates = {"poverty_pct": np.linspace(0, 90, 200)}
    told = [
        one for held in ({**crimes(), **rates}, powers, rates) for one in found_in(held).values()
    ]
    messages = [m for one in told for m in (one.definition, one.reason) if m is not None]
    assert {one.code for one in messages} == {c for c in COUNTED if not c.startswith("check.")}
    assert {f"check.{one.name}" for one in told} <= set(COUNTED)
    for message in messages:
        said = language("en").say(COUNTED[message.code], message.parameters)
        assert said[0].isupper()
        assert said.endswith(".")
        assert "{" not in said
