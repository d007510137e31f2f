from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from evenground.city import CITY_TABLES
from evenground.errors import UsageError
from evenground.initiative import INITIATIVE_TABLES
from evenground.methods.disclosure import Rules, disclose, places_for
from evenground.methods.disclosure.tests.attack import table
from evenground.schema import Column, Kind, TableSchema

SCHEMAS = (*CITY_TABLES, *INITIATIVE_TABLES)


def _indicators(rows):
    names = (
        "area_id",
        "indicator",
        "period",
        "value",
        "margin",
        "numerator",
        "denominator",
        "unit",
    )
    return pa.table({name: [row.get(name) for row in rows] for name in names})


def _accounts():
    return pa.table(
        {
            "account_id": ["1", "2", "3", "4"],
            "text": ["bins overflow", "said in confidence", "taken back", "nobody asked me"],
            "role": ["resident"] * 4,
            "consent": ["public", "internal", "withdrawn", None],
        }
    )


def _public(tables, **published):
    return disclose(tables, audience="public", rules=Rules(), published=published, schemas=SCHEMAS)


def test_accounts_go_by_consent():
    tables = {"accounts": _accounts(), "initiative_accounts": _accounts()}
    public = _public(tables)
    for name in tables:
        assert public.tables[name].column("account_id").to_pylist() == ["1"]
        assert public.kept[name].tolist() == [True, False, False, False]
        assert public.left_out[name] == 3
    internal = disclose(tables, audience="internal", rules=Rules(), published={}, schemas=SCHEMAS)
    assert internal.tables["accounts"].column("account_id").to_pylist() == ["1", "2", "4"]


def test_consent_holds_even_where_a_table_is_public():
    assert _public({"accounts": _accounts()}, accounts=True).left_out == {"accounts": 3}


def test_the_internal_edition_keeps_small_counts():
    people = table({("a", "old"): 2, ("b", "old"): 40, ("c", "old"): 9})
    given = {"population": people}
    internal = disclose(given, audience="internal", rules=Rules(), published={}, schemas=SCHEMAS)
    assert internal.tables["population"] is people
    assert _public(given).suppressed == {"population": 2}


def test_a_public_table_is_exempt():
    people = table({("a", "old"): 2, ("b", "old"): 40, ("c", "old"): 9})
    public = _public({"population": people}, population=True)
    assert public.tables["population"] is people
    assert public.suppressed == {}


def test_tables_without_people_are_the_same_objects():
    services = pa.table({"kind": ["library"], "capacity": [3.0]})
    assert _public({"services": services}).tables["services"] is services


def test_shares_of_suppressed_counts_go():
    rows = [
        {"area_id": "a", "indicator": "poverty", "value": 4.0, "numerator": 3, "denominator": 75},
        {"area_id": "b", "indicator": "poverty", "value": 40.0, "numerator": 30, "denominator": 75},
        {"area_id": "c", "indicator": "poverty", "value": 97.0, "numerator": 73, "denominator": 75},
        {"area_id": "d", "indicator": "noise", "value": 3.0, "unit": "dB"},
        {"area_id": "e", "indicator": "poor_people", "value": 3.0, "unit": "people"},
    ]
    public = _public({"indicators": _indicators(rows)})
    found = public.tables["indicators"]
    assert found.column("value").to_pylist() == [None, 40.0, None, 3.0, None]
    assert found.column("numerator").to_pylist() == [None, 30, None, None, None]
    assert found.column("denominator").to_pylist() == [None, 75, None, None, None]
    assert found.column("area_id").to_pylist() == ["a", "b", "c", "d", "e"]
    assert public.suppressed == {"indicators": 3}


def test_shares_in_areas_of_few_residents_go_even_where_the_census_is_public():
    people = table({("a", "total"): 3, ("b", "total"): 90})
    rows = [
        {"area_id": "a", "indicator": "poverty", "value": 33.3, "unit": "%"},
        {"area_id": "b", "indicator": "poverty", "value": 40.0, "unit": "%"},
        {"area_id": "a", "indicator": "no2", "value": 21.0, "unit": "µg/m³"},
    ]
    for public_census in (True, False):
        tables = {"population": people, "indicators": _indicators(rows)}
        found = _public(tables, population=public_census).tables["indicators"]
        assert found.column("value").to_pylist() == [None, 40.0, 21.0]


def test_a_district_does_not_give_an_indicators_numerator_away():
    areas = pa.table(
        {
            "area_id": ["a", "b", "D"],
            "level": ["tract", "tract", "district"],
            "parent_id": ["D", "D", None],
        }
    )
    rows = [
        {"area_id": area, "indicator": "poverty", "numerator": n, "denominator": 100, "value": n}
        for area, n in (("a", 3), ("b", 30), ("D", 33))
    ]
    found = _public({"areas": areas, "indicators": _indicators(rows)}).tables["indicators"]
    assert found.column("numerator").to_pylist() == [None, None, 33]


def test_an_indicator_that_repeats_a_hidden_count_goes_too():
    people = table({(a, "old"): n for a, n in zip("abcd", [3, 8, 40, 50], strict=True)})
    rows = [
        {"area_id": a, "indicator": "old_people", "numerator": n, "value": n / 2}
        for a, n in zip("abcd", [3, 8, 40, 50], strict=True)
    ]
    public = _public({"population": people, "indicators": _indicators(rows)})
    # b is hidden to protect a; its count must not come back through another table.
    assert public.people is not None
    assert public.people.suppressed.to_pylist() == [True, True, False, False]
    assert public.tables["indicators"].column("numerator").to_pylist() == [None, None, 40, 50]


def test_small_counts_at_points_are_evened_out_within_their_area():
    points = pa.table({"area_id": ["a", "a", "a", "b", "b"], "count": [2.0, 8.0, 50.0, 20.0, 30.0]})
    public = _public({"points": points})
    assert public.tables["points"].column("count").to_pylist() == [5.0, 5.0, 50.0, 20.0, 30.0]
    assert public.suppressed == {"points": 2}


def test_points_do_not_tell_a_hidden_total():
    people = table({("a", "total"): 3, ("b", "total"): 9, ("c", "total"): 200})
    points = pa.table({"area_id": ["a", "a", "b", "c"], "count": [1.0, 2.0, 9.0, 200.0]})
    public = _public({"population": people, "points": points})
    counts = public.tables["population"].column("count").to_pylist()
    assert counts == [6.0, 6.0, 200.0]
    assert public.tables["points"].column("count").to_pylist() == [3.0, 3.0, 6.0, 200.0]


def test_small_counts_in_a_questions_own_table_are_emptied():
    schema = TableSchema(
        name="turnout",
        meaning="",
        columns=(Column(name="n", kind=Kind.INTEGER, meaning="", counts_people=True),),
    )
    public = disclose(
        {"turnout": pa.table({"n": [0, 3, 5]})},
        audience="public", rules=Rules(), published={}, schemas=[schema],
    )  # fmt: skip
    assert public.tables["turnout"].column("n").to_pylist() == [0, None, 5]


def test_places_follow_their_tables():
    geopandas = pytest.importorskip("geopandas")
    shapely = pytest.importorskip("shapely")
    dots = [shapely.Point(i, 0) for i in range(4)]
    tables = {
        "accounts": _accounts(),
        "points": pa.table({"area_id": ["a"] * 3, "count": [2.0, 8.0, 50.0]}),
        "services": pa.table({"kind": ["library"]}),
    }
    places = {
        name: geopandas.GeoDataFrame(
            tables[name].to_pandas(), geometry=dots[: tables[name].num_rows]
        )
        for name in tables
    }
    public = places_for("public", places, _public(tables))
    assert set(public) == {"points", "services"}
    assert public["points"]["count"].tolist() == [5.0, 5.0, 50.0]
    assert public["services"] is places["services"]
    internal = disclose(tables, audience="internal", rules=Rules(), published={}, schemas=SCHEMAS)
    kept = places_for("internal", places, internal)["accounts"]
    assert kept["account_id"].tolist() == ["1", "2", "4"]
    assert [point.x for point in kept.geometry] == [0, 1, 3]
    assert places["points"]["count"].tolist() == [2.0, 8.0, 50.0]


def test_an_unknown_audience_is_refused_with_the_nearest():
    with pytest.raises(UsageError) as caught:
        disclose({}, audience="publik", rules=Rules(), published={}, schemas=())
    assert caught.value.problems[0].nearest == "public"


def test_a_city_of_six_hundred_areas_is_protected_while_one_waits():
    from time import perf_counter

    rng = np.random.default_rng(1)
    total = rng.poisson(rng.gamma(1.2, 120, 600))
    parts = np.array([rng.multinomial(n, rng.dirichlet(np.full(20, 0.6))) for n in total]).T
    counts = {(f"{a:03}", "total"): int(n) for a, n in enumerate(total)}
    counts |= {(f"{a:03}", f"g{j}"): int(parts[j, a]) for j in range(20) for a in range(600)}
    start = perf_counter()
    public = _public({"population": table(counts)})
    assert perf_counter() - start < 6, "about 1 s on two idle cores"
    assert public.certificates["population"].holds
