"""The city's own delivery record: small cases, each with what it says."""

from __future__ import annotations

import pytest

from evenground.questions.promise.tests.findings.cases import answer_of, said_of, the_one, town

UP, DOWN = "Up is Better", "Down is Better"


def indicator(target="100", actual="120", rating="Fully Achieved", **more):
    return {
        "agency": "Cleaning", "year": 2012, "measure": "Bins emptied", "direction": UP,
        "target": target, "actual": actual, "rating": rating, **more,
    }  # fmt: skip


def few():
    return [
        indicator(),
        indicator("$1,000", "$900", "Partially Achieved"),
        indicator("10%", "5%", "Fully Achieved", direction=DOWN, year=2013),
        indicator("100", "20", "Partially Achieved", agency="Parks", informs="the budget"),
        indicator("as needed", "20", None),
        indicator("5", "6", None, direction="Neutral"),
    ]


CASES = {
    "few": lambda: town(agency_indicators=few()),
    "two differ": lambda: town(
        agency_indicators=[*few(), indicator("100", "10", "Fully Achieved"), indicator()]
    ),
    "one": lambda: town(agency_indicators=[indicator(informs="the budget")]),
    "none": lambda: town(agency_indicators=[indicator("as needed", None, None)]),
    "no year": lambda: town(agency_indicators=[indicator(year=None), indicator()]),
    "many agencies": lambda: town(
        agency_indicators=[indicator(agency=f"Agency {at}") for at in range(60)]
    ),
}


def found(name):
    return the_one(answer_of(CASES[name]()), "record")


def test_nothing_without_indicators():
    codes = [one.code for one in answer_of(town()).findings]
    assert not [code for code in codes if code.startswith("record")]
    bare = answer_of(town(agency_indicators=[indicator(measure=None)]))
    assert not [one for one in bare.findings if one.code.startswith("record")]


def test_by_hand():
    """Of six, four compare: two fully, 900 of 1,000 partly, 20 of 100 not."""
    one = found("few")
    known = {two.name: two.value for two in one.estimates}
    assert known["n_indicators"] == 6
    assert (known["n_with_target"], known["n_rated"], known["share_fully"]) == (5, 4, 0.5)
    assert (known["n_rated_published"], known["share_fully_published"]) == (4, 0.5)
    rows = said_of("delivery_record: few").rows("record", "by_year")
    assert [row[:7] for row in rows] == [("2012", 5, 4, 3, 1, 1, 1), ("2013", 1, 1, 1, 1, 0, 0)]
    beside = said_of("delivery_record: few").rows("record", "ratings_beside")
    assert beside == [
        ("fully reached", 0, 0, 2), ("partly reached", 0, 1, 0), ("not reached", 0, 1, 0),
    ]  # fmt: skip


def test_where_ratings_differ_it_is_said():
    caveats = " ".join(said_of("delivery_record: few").caveats("record"))
    assert "Of 4 indicators rated both ways, 1 is published with another rating" in caveats
    assert "1 of these with a better one" in caveats
    assert "For 5 of 6 indicators no decision is named" in caveats


def test_what_cannot_be_compared_is_asked():
    one = found("none")
    assert one.verdict.code == "cannot_tell"
    assert one.asks


def test_a_table_of_many_agencies_is_left_out():
    keys = [table.key for table in found("many agencies").tables]
    assert "by_agency" not in keys
    assert "by_agency" in [table.key for table in found("few").tables]


@pytest.mark.parametrize("part", [0.1, 0.95])
def test_the_city_sets_what_partly_means(part):
    one = the_one(answer_of(CASES["few"]().setting(partly_from=part)), "record")
    assert one.parameters["partly"] == (0.5 if part == 0.1 else 0.0)
