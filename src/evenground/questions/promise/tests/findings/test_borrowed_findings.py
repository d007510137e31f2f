"""Results from elsewhere: a range for one more city, or why nothing follows from them."""

from __future__ import annotations

import pytest

from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    of_code,
    promise,
    said,
    said_of,
    the_one,
    town,
)

EFFECTS = {"Aarhus": 12.0, "Ghent": 6.0, "Graz": 9.0, "Turku": 8.0}
PLACES = {
    "Saltmarsh": 3.0, "Aarhus": 9.0, "Ghent": 3.2, "Graz": 3.1, "Turku": 2.9, "Vigo": 2.5,
    "Brno": 3.5, "Cork": 2.7, "Lyon": 3.3,
}  # fmt: skip
DIMENSION = "collections per bin and week"


def results(*, half=1.0, **changes):
    """Return a row for each city, with an interval of so much on either side."""
    return [
        {"promise_id": "bins", "from_city": city, "effect": effect, "low": effect - half,
         "high": effect + half, "unit": "full bins a week", "found_by": "independent", **changes}
        for city, effect in EFFECTS.items()
    ]  # fmt: skip


def profiles(**places):
    """Return rows of one dimension for some cities."""
    known = places or PLACES
    return [
        {"city": city, "dimension": DIMENSION, "value": value, "unit": "a week"}
        for city, value in known.items()
    ]


def borrowing(rows=None, profile=(), **changes):
    """Return a town whose promise rests on results from elsewhere."""
    borrowed = results() if rows is None else rows
    return town(promises=[promise(**changes)], borrowed=borrowed, context_profile=profile)


def mixed():
    """Results of every kind: no number, no interval, another unit, ends exchanged."""
    rows = results(found_by="vendor")
    odd = [
        {"effect": None, "low": None, "high": None, "found_by": None},
        {"low": None, "high": None, "found_by": "city", "design": "before and after"},
        {"unit": "%", "found_by": "unknown"},
        {"low": 9.0, "high": 3.0},
    ]
    return [{**row, **change} for row, change in zip(rows, odd, strict=True)]


def alike():
    """Results that are much alike, and more than was promised; of the places, only this one."""
    rows = results(effect=9.0, low=8.0, high=10.0)
    return borrowing(rows, profiles(Saltmarsh=3.0), target=35.0)


CASES = {
    "within": lambda: borrowing(profile=profiles()),
    "less": lambda: borrowing(target=10.0),
    "as much": alike,
    "no amount": lambda: borrowing(target=None, baseline=None),
    "one": lambda: borrowing(results()[:1], profiles(Saltmarsh=3.0, Aarhus=9.0)),
    "two": lambda: borrowing(results()[:2], profiles()),
    "no intervals": lambda: borrowing(results(low=None, high=None)),
    "nameless": lambda: borrowing(profile=profiles()).city_with(name=""),
    "mixed": lambda: borrowing(mixed(), profiles()),
}


def verdict(name):
    return the_one(answer_of(CASES[name]()), "borrowed").verdict.code


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("within", "elsewhere_leaves_open"), ("less", "elsewhere_less"),
        ("as much", "elsewhere_as_much"), ("no amount", "elsewhere_alone"),
        ("one", "not_transferable"), ("two", "not_transferable"), ("mixed", "not_transferable"),
        ("no intervals", "not_transferable"),
    ],
)  # fmt: skip
def test_what_follows_from_results_elsewhere(name, expected):
    assert verdict(name) == expected


def test_nothing_is_said_where_nothing_is_borrowed():
    assert of_code(answer_of(town(promises=[promise()])), "borrowed") == []
    other = borrowing([{**row, "promise_id": "another"} for row in results()])
    assert of_code(answer_of(other), "borrowed") == []


def test_one_more_city_may_see_less_or_more_than_all_that_were_looked_at():
    found = the_one(answer_of(borrowing()), "borrowed")
    here = next(one for one in found.estimates if one.name == "borrowed_here")
    assert here.low < min(EFFECTS.values()) < here.value < max(EFFECTS.values()) < here.high
    assert here.level == 0.95


def test_one_or_two_results_are_not_carried_over_and_more_are_asked_for():
    for name, reason in (("one", "One result does not show"), ("two", "Two results do not show")):
        words = said_of(f"borrowed: {name}")
        assert any(one.startswith(reason) for one in words.caveats("borrowed"))
        assert any("at least three cities" in ask.what for ask in words.told("borrowed").asks)
        found = the_one(answer_of(CASES[name]()), "borrowed")
        assert "borrowed_here" not in {one.name for one in found.estimates}


def test_places_that_are_unlike_are_named_and_move_no_number():
    plain, placed = (
        the_one(answer_of(borrowing(profile=profile)), "borrowed") for profile in ((), profiles())
    )
    assert plain.estimates == placed.estimates
    caveats = said_of("borrowed: within").caveats("borrowed")
    assert any(one.startswith("Aarhus and Saltmarsh are unusually unlike") for one in caveats)
    assert not any("Ghent" in one for one in caveats)
    rows = said_of("borrowed: within").rows("borrowed", "contexts")
    assert rows[0][:4] == (DIMENSION, "Aarhus", 3.0, 9.0)
    assert rows[0][4] == "unusually unlike: 100 % of other pairs of cities are closer"
    assert rows[1][4].startswith("as unlike as cities are")


def test_what_is_not_known_of_the_places_is_asked():
    assert any(
        one == "Nothing is listed on how unlike Saltmarsh and the other cities are."
        for one in said_of("borrowed: less").caveats("borrowed")
    )
    (ask,) = said_of("borrowed: less").told("borrowed").asks
    assert ask.what.startswith("What would make the result differ here, and how do Saltmarsh and")
    rows = said_of("borrowed: as much").rows("borrowed", "contexts")
    assert {row[4] for row in rows} == {"not known of one of the two"}
    rows = said_of("borrowed: one").rows("borrowed", "contexts")
    assert {row[4] for row in rows} == {"too few other cities to say"}


def test_a_city_that_nobody_named_is_this_city():
    words = said_of("borrowed: nameless")
    assert "If this city were one more such city" in words.sentence("borrowed")
    assert any("how unlike this city and the other" in one for one in words.caveats("borrowed"))


def test_results_that_do_not_fit_are_shown_and_not_counted():
    words = said_of("borrowed: mixed")
    caveats = " ".join(words.caveats("borrowed"))
    assert "another unit than the promise, and so not counted: what was seen in Graz" in caveats
    assert "above the upper end, and so not counted: what was seen in Turku" in caveats
    assert "Found by who sells it: what was seen in Turku" in caveats
    assert len(words.rows("borrowed", "borrowed")) == 4
    found = the_one(answer_of(CASES["mixed"]()), "borrowed")
    assert [one.value for one in found.estimates[:2]] == [4, 0]


def test_two_promises_borrow_apart():
    two = town(
        promises=[promise(), promise(promise_id="other")],
        borrowed=[*results(), {**results()[0], "promise_id": "other"}],
    )
    codes = [one.verdict.code for one in of_code(answer_of(two), "borrowed")]
    assert codes == ["elsewhere_leaves_open", "not_transferable"]
    assert said(answer_of(two))
