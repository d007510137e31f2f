"""The dossiers find what was planted: the good one reads as good, the bad one as it is."""

from __future__ import annotations

import pytest
from evenground_demo import AS_OF, make_demo

import evenground
from evenground.workspace.appraising import Terms

LOWER, HIGHER = "lower-income areas", "higher-income areas"
NO_ALARM = {
    "alike",
    "reaches_more",
    "described",
    "cannot_tell",
    "even",
    "more_even",
    "like_chance",
    "none_stands_out",
    "as_far",
    "nearer",
    "would_not_differ",
    "access_alike",
    "leans_neither",
    "evens_out",
    "areas_leave_open",
    "could_be_nearer",  # that there is room for more says nothing against it
}


def appraised(made):
    city = evenground.open_city(made.city)
    return {
        path.name: evenground.appraise(path, city, terms=Terms(today=AS_OF))
        for path in made.initiatives
    }


@pytest.fixture(scope="module")
def dossiers(demo):
    return appraised(demo)


def reach(dossier):
    return next(section for section in dossier.sections if section.key == "reach")


def by_income(dossier):
    """Return the finding on groups by income; it speaks of the pair that the city named."""
    return next(
        told.finding
        for told in reach(dossier).findings
        if told.finding.code.startswith("by_group.")
        and any(estimate.about == LOWER for estimate in told.finding.estimates)
    )


def test_the_good_one_reads_as_good(dossiers):
    section = reach(dossiers["closed_bins"])
    assert section.headline.finding.verdict.code in {"alike", "reaches_more"}
    of_it = [told.finding for told in section.findings if told.finding.bears_on]
    assert {finding.verdict.code for finding in of_it} <= NO_ALARM
    assert section.headline.would_change == ()


def test_the_good_one_lacks_nothing_on_page_one(dossiers):
    page = dossiers["closed_bins"].first_screen
    assert page.no_other_way == ()
    assert len(page.disputed_by) == 2


def test_the_bad_one_reaches_lower_income_areas_less(dossiers):
    section = reach(dossiers["sensor_bins"])
    assert section.headline.finding.verdict.code == "reaches_less"
    assert LOWER in section.headline.sentence
    assert by_income(dossiers["sensor_bins"]).verdict.code == "reaches_less"


def test_the_bad_one_says_on_page_one_that_no_other_way_was_considered(dossiers):
    dossier = dossiers["sensor_bins"]
    assert len(dossier.first_screen.no_other_way) == 2
    assert dossier.initiative.made_by.is_seller
    assert dossier.first_screen.before_you_decide


@pytest.mark.parametrize("name", ["closed_bins", "sensor_bins"])
def test_intervals_cover_what_was_planted(dossiers, planted, name):
    stated = planted["initiatives"][name]
    ratio = by_income(dossiers[name]).estimate("ratio")
    assert ratio.low <= stated["planted_ratio"] <= ratio.high
    assert ratio.low <= stated["as_true"]["ratio"] <= ratio.high
    assert ratio.value == pytest.approx(stated["as_published"]["ratio"], rel=0.03)
    for label, third in ((LOWER, "lower-income"), (HIGHER, "higher-income")):
        rate = by_income(dossiers[name]).estimate("rate", label)
        assert rate.low <= stated["as_true"]["units_per_10_000"][third] <= rate.high


def test_the_ratio_is_within_the_range_of_all_assignments_to_areas(dossiers, planted):
    finding = by_income(dossiers["sensor_bins"])
    location = finding.estimate("ratio_location")
    assert location.low < location.high
    assert location.low <= planted["initiatives"]["sensor_bins"]["as_published"]["ratio"]
    assert location.high >= planted["initiatives"]["sensor_bins"]["as_published"]["ratio"]


def test_the_bare_offer_says_whom_to_ask(dossiers):
    dossier = dossiers["offer.xlsx"]
    assert reach(dossier).headline.finding.verdict.code == "cannot_tell"
    assert 3 <= len(dossier.first_screen.before_you_decide) <= 5


def test_the_bare_offer_is_appraised_without_any_city(demo):
    dossier = evenground.appraise(demo.initiatives[2], terms=Terms(today=AS_OF))
    assert reach(dossier).headline.finding.verdict.code == "cannot_tell"
    assert dossier.first_screen.before_you_decide


def test_withdrawn_and_internal_words_are_not_in_a_public_dossier(dossiers):
    for dossier in dossiers.values():
        page = dossier.json()
        assert "glad of clean streets" not in page
        assert "withdrawn these words" not in page


@pytest.mark.calibrate
@pytest.mark.parametrize("seed", range(1, 6))
def test_other_cities_read_the_same(tmp_path, seed):
    made = make_demo(tmp_path, seed=seed)
    dossiers = appraised(made)
    assert reach(dossiers["closed_bins"]).headline.finding.verdict.code in {"alike", "reaches_more"}
    assert reach(dossiers["sensor_bins"]).headline.finding.verdict.code == "reaches_less"
