from __future__ import annotations

from datetime import date

import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.worth.discounting import checked
from evenground.questions.promise.published import (
    discount_schedule,
    discount_schedules,
    elasticities,
    heavy_tails,
    optimism_bias,
    reference_classes,
)
from evenground.questions.promise.settings import NO_CLASS, SCHEDULES, SETTINGS


def test_every_figure_says_where_it_stands():
    tables = (
        optimism_bias(),
        discount_schedules(),
        elasticities(),
        heavy_tails(),
        reference_classes(),
    )
    for table in tables:
        assert table
        for one in table:
            assert one.seen.source
            assert one.seen.seen_at
            assert one.seen.seen >= date(2026, 11, 26)
            assert 1950 < one.seen.year <= one.seen.seen.year


@pytest.mark.parametrize(
    ("category", "duration", "cost"),
    [
        ("standard_buildings", (0.01, 0.04), (0.02, 0.24)),
        ("non_standard_buildings", (0.02, 0.39), (0.04, 0.51)),
        ("standard_civil_engineering", (0.01, 0.20), (0.03, 0.44)),
        ("non_standard_civil_engineering", (0.03, 0.25), (0.06, 0.66)),
        ("equipment_development", (0.10, 0.54), (0.10, 2.00)),
    ],
)
def test_optimism_bias_is_as_published(category, duration, cost):
    """Mott MacDonald (2002), Table 2."""
    found = {
        one.measure: (one.lower, one.upper) for one in optimism_bias() if one.category == category
    }
    assert found == {"works_duration": duration, "capital_cost": cost}


def test_schedules_hold_together():
    keys = [one.key for one in discount_schedules()]
    assert len(keys) == len(set(keys))
    for one in discount_schedules():
        checked(one.schedule)
        assert all(0 < rate < 0.1 for rate in one.schedule.rates)
        assert one.until is None or one.until > one.seen.year


def test_a_name_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(UsageError) as caught:
        discount_schedule("netherland")
    known = caught.value.problems[0].parameters
    assert "did you mean netherlands?" in known["nearest"]
    assert "uk" in known["known"]


def test_the_elasticity_and_its_sensitivity():
    first = elasticities()[0]
    assert (first.central, first.low, first.high) == (1.3, 0.8, 2.0)
    for one in elasticities():
        assert one.low is None or one.low < one.central < one.high


def test_information_technology_has_no_mean():
    assert [one.category for one in heavy_tails()] == ["it"]


def test_roads_are_as_published():
    """Flyvbjerg (2006): 15 % more at a 50 % risk of going over, 32 % at 20 %."""
    (roads,) = reference_classes()
    assert roads.distribution.levels.tolist() == [0.5, 0.8]
    assert roads.distribution.values.tolist() == [1.15, 1.32]


def test_settings_offer_what_is_published():
    offered = {one.key: one.choices for one in SETTINGS if one.choices}
    assert tuple(one.key for one in discount_schedules()) == SCHEDULES
    assert offered["cost_class"] == (NO_CLASS, *(one.key for one in reference_classes()))
    assert set(offered["uplift_category"]) == {one.category for one in optimism_bias()}
