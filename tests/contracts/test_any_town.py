"""Whatever a town's tables hold, every built question answers, and the answer can be kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import shapely
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evenground.city import BaselineChoice
from evenground.initiative import Stage
from evenground.questions import discover
from evenground.tests.scenarios import FULL, NEED_LEADS, TODAY, TRIAL
from evenground.tests.towns import (
    AGE,
    NEED,
    PEOPLE,
    POVERTY,
    at,
    counted,
    grid,
    measured,
    saltmarsh,
)

BUILT = [question for question in discover() if question.answer is not None]

counts = st.one_of(st.none(), st.just(0.0), st.integers(1, 5_000).map(float))
margins = st.one_of(st.none(), st.just(0.0), st.floats(0.1, 1e5))
values = st.one_of(st.none(), st.sampled_from([0.0, 1.0]), st.floats(-1e3, 1e6))
places = st.tuples(st.floats(-1.0, 5.0), st.floats(-1.0, 4.0)).map(lambda xy: at(*xy))
corners = st.tuples(st.integers(0, 4), st.integers(0, 3)).map(lambda xy: at(*xy))
lines = st.tuples(places, places).map(shapely.LineString)
surfaces = st.tuples(places, st.floats(1.0, 2_000.0)).map(
    lambda made: shapely.box(made[0].x, made[0].y, made[0].x + made[1], made[0].y + made[1])
)
somewhere = st.one_of(
    st.none(),
    places,
    corners,
    lines,
    surfaces,
    st.lists(places, min_size=1, max_size=3).map(shapely.MultiPoint),
)
days = st.one_of(st.none(), st.sampled_from([date(2020, 1, 1), date(2025, 1, 1), date(2030, 1, 1)]))
sites = st.fixed_dictionaries(
    {
        "geometry": somewhere,
        "area_id": st.one_of(st.none(), st.sampled_from(["A0000", "A0001", "Z99"])),
        "units": st.one_of(st.none(), st.just(0.0), st.floats(0.01, 500.0)),
        "option": st.sampled_from([None, "trial", "all", "as_today", "unheard of"]),
        "observed": days,
        "installed": days,
        "removed": days,
        "candidate": st.sampled_from([None, False, True]),
    }
)
amounts = st.fixed_dictionaries(
    {
        "geometry": somewhere,
        "area_id": st.one_of(st.none(), st.sampled_from(["A0000", "A0001", "Z99"])),
        "year": st.one_of(st.none(), st.integers(2015, 2026)),
        "date": days,
        "amount": st.one_of(st.just(-5.0), st.just(0.0), st.floats(0.01, 1e9)),
        "currency": st.sampled_from([None, "EUR", "CHF"]),
        "price_year": st.sampled_from([None, 2020, 2024]),
        "payer": st.sampled_from([None, "public", "private", "mixed"]),
    }
)
BY_LAND = BaselineChoice(key="land", name="land", kind="area", unit="km²", lead=True, reason="r")
BY_X = BaselineChoice(key="x", name="x", kind="need", indicator="poverty", lead=True)


@st.composite
def towns(draw):
    """Draw a town of up to four by three squares in which anything may be missing or odd."""
    areas = grid(draw(st.integers(1, 4)), draw(st.integers(1, 3)))
    if draw(st.booleans()):
        areas = [{**a, "geometry": a["geometry"].centroid} for a in areas]
    if draw(st.integers(0, 4)) == 0:
        areas[0] = {**areas[0], "geometry": None}
    n = len(areas)

    def each(strategy):
        return draw(st.lists(strategy, min_size=n, max_size=n))

    people = []
    for group in ("total", "young", "old", "no_car"):
        margin = each(margins) if draw(st.booleans()) else [None] * n
        rows = counted(areas, group, each(counts))
        people += [
            {**row, "margin": one} for row, one in zip(rows, margin, strict=True)
            if row["count"] is not None
        ]  # fmt: skip
    need = [
        {**row, "value": None if row["value"] is None else abs(row["value"])}
        for row in measured(areas, "poverty", each(values))
    ]
    town = saltmarsh(
        areas=areas,
        population=people,
        indicators=need,
        sites=draw(st.lists(sites, max_size=12)),
        spending=draw(st.lists(amounts, max_size=12)),
        points=[
            {"point_id": str(i), "area_id": area["area_id"], "count": count, "geometry": place}
            for i, (area, count, place) in enumerate(
                zip(areas, each(counts), each(st.one_of(st.none(), places)), strict=True)
            )
        ],
    )
    gone = draw(
        st.sets(
            st.sampled_from(["population", "indicators", "sites", "points", "areas", "spending"]),
            max_size=2,
        )
    )
    return _declared(draw, town.without(*gone))


def _declared(draw, town):
    """Draw what the city and the initiative say of themselves."""
    group = replace(
        POVERTY,
        by_value=draw(st.booleans()),
        breaks=draw(st.sampled_from([(), (0.5,), (1.0, 100.0)])),
        labels=draw(st.sampled_from([(), POVERTY.labels, ("a", "b"), ("a", "a", "a")])),
    )
    members = draw(st.sampled_from([("young", "old"), ("young",), ("nobody",), ()]))
    groups = draw(st.sampled_from([(), (group,), (replace(AGE, members=members),), (group, AGE)]))
    baselines = draw(
        st.sampled_from(
            [(), (PEOPLE,), (NEED_LEADS, replace(PEOPLE, lead=False)), (BY_LAND, NEED), (BY_X,)]
        )
    )
    return (
        town.city_with(
            groups=groups, baselines=baselines, level=draw(st.sampled_from(["", "quarter"]))
        )
        .initiative_with(
            stage=draw(st.sampled_from(Stage)),
            counts=draw(st.sampled_from(["row", "units", "place"])),
            options=draw(st.sampled_from([(), (TODAY,), (TODAY, TRIAL, FULL)])),
        )
        .setting(chance_draws=99, sedt_compatible=draw(st.booleans()))
    )


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # a town is large
@pytest.mark.parametrize("question", BUILT, ids=lambda question: question.key)
@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(town=towns())
def test_any_town_gets_an_answer_that_can_be_kept(question, town):
    dossier = town.appraised(question)
    assert dossier.json()
    assert dossier.sections[0].headline.sentence
