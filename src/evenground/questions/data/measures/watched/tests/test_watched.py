"""Who is watched is read from what is written, and what is not written is said not to be."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.data.measures.watched.lexicon import (
    IDENTIFYING,
    UNSTATED,
    WORDS,
    Subject,
    found_in,
    stated,
)
from evenground.questions.data.measures.watched.retention import retention
from evenground.questions.data.measures.watched.watching import COLUMNS, watched
from evenground.questions.data.wording.watched import WATCHED

BIN = {
    "thing": "Compacting bin",
    "owner": "Leased",
    "senses": "Fill level; on the premium package, phones that pass",
    "kept": "Not given",
    "purpose_now": "Emptying rounds",
    "purpose_permitted": "Emptying rounds; improvement of our services",
    "purpose_possible": "Recognising again the phones of passers-by; a camera may be built in",
}


def one(**cells):
    (found,) = watched(pa.Table.from_pylist([{"thing": "It", **cells}])).components
    return found


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        ("Pedestrians and cyclists, per hour", {Subject.PEOPLE}),
        ("number plates of cars", {Subject.VEHICLES}),
        ("Video of the square", {Subject.IN_VIEW}),
        ("Fill level", {Subject.THINGS}),
        ("NO2 and PM2.5, noise", {Subject.ENVIRONMENT}),
        ("air temperature; phones that pass", {Subject.ENVIRONMENT, Subject.PEOPLE}),
        ("magnetic flux", set()),
    ],
)
def test_what_is_sensed_is_found_by_listed_words(words, subjects):
    found = found_in(words)
    assert set(found.subjects) == subjects
    assert found.is_unknown is (not subjects)
    assert found.is_stated


def test_part_of_a_word_is_no_word():
    """A carpet is no car, a voucher no lamp, a business no bus."""
    assert found_in("carpet, businesses, personal, scarf, tagged").is_unknown


def test_what_is_denied_is_not_sensed():
    found = found_in("Weight of waste, no phones; cameras are not used for people")
    assert set(found.subjects) == {Subject.THINGS, Subject.IN_VIEW}
    assert found.denied == ("phones", "people")
    assert one(senses="No people").watches_people is False
    assert one(senses="Nothing.").sensed.is_nothing
    assert one(senses="Nothing.").watches_people is False


@pytest.mark.parametrize("words", [*UNSTATED, "Not given", " TBD ", None])
def test_what_is_not_stated_is_said_not_to_be(words):
    assert stated(words) == ""
    found = one(senses=words, kept=words)
    assert found.watches_people is None
    assert {"senses", "kept"} <= set(found.missing)
    assert found.kept.days is None


def test_a_camera_leaves_open_whether_people_are_watched():
    assert one(senses="Video").watches_people is None
    assert one(senses="Video of pedestrians").watches_people is True
    assert one(senses="dew point").watches_people is None
    assert one(senses="Rain").watches_people is False


def test_more_than_today_is_told_word_for_word():
    found = one(**{name: value for name, value in BIN.items() if name != "thing"})
    assert found.watches_people is True
    assert found.sensed.identifying == ("phones",)
    assert found.purposes.permitted_beyond == ("improvement of our services",)
    assert len(found.purposes.possible_beyond) == 2
    assert found.purposes.creep == "beyond"
    assert found.newly_watched == (Subject.IN_VIEW,)
    assert found.newly_identifying == ("recognising",)
    assert found.missing == ("maker", "data_go_to", "kept")
    within = one(
        purpose_now="Counting", purpose_permitted="counting.", purpose_possible="Nothing else"
    )
    assert within.purposes.creep == "within"
    assert one(purpose_now="Counting").purposes.creep == "not_stated"
    assert one(purpose_possible="Counting people").newly_watched == (Subject.PEOPLE,)


def test_all_components_together():
    rows = [BIN, {"thing": "Dashboard"}, {"thing": "Gauge", "senses": "Lid", "kept": "Two years"}]
    found = watched(pa.Table.from_pylist([{**dict.fromkeys(BIN), **row} for row in rows]))
    assert (found.n_people, found.n_not_people, found.n_cannot_tell) == (1, 1, 1)
    assert (found.n_identifying, found.n_beyond, found.n_purposes_not_stated) == (1, 1, 2)
    assert found.n_kept_not_stated == 2
    assert found.missing["maker"] == 3
    assert set(found.missing) == set(COLUMNS)
    assert watched(None) is None
    assert watched(pa.table({"thing": pa.array([], pa.string())})) is None


def test_a_city_adds_its_own_words():
    words = {Subject.PEOPLE: ("fotgängare",)}
    assert found_in("Fotgängare per timme").is_unknown
    assert set(found_in("Fotgängare per timme", more=words).subjects) == {Subject.PEOPLE}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("30 days", 30),
        ("Two years", 730.5),
        ("24 hours in the device, 1 month at the maker's", 30.4375),
        ("Kept indefinitely", math.inf),
        ("Images are not stored", 0),
        ("As long as needed", None),
        ("", None),
        ("a 90-day window", 90),
    ],
)
def test_how_long_it_is_kept(words, days):
    found = retention(words)
    assert found.days == days
    assert found.is_stated is bool(words)


@given(st.text(max_size=60))
def test_any_text_can_be_read(words):
    found = one(senses=words, kept=words, purpose_possible=words)
    assert found.sensed.is_stated is bool(stated(words))
    assert found.watches_people in {True, False, None}


def test_lists_and_wording_agree():
    for subject in Subject:
        assert f"subject.{subject.value}" in WATCHED
        assert len(set(WORDS[subject])) == len(WORDS[subject])
    assert {f"column.{name}" for name in COLUMNS} <= set(WATCHED)
    assert all(f"creep.{one}" in WATCHED for one in ("beyond", "within", "not_stated"))
    assert len(set(IDENTIFYING)) == len(IDENTIFYING)
