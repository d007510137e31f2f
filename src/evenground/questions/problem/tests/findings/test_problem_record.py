"""What came before: initiatives of the same service first, money where the units are."""

from __future__ import annotations

from datetime import date

import pytest

from evenground.language import language
from evenground.questions.problem import QUESTION
from evenground.tests.scenarios_of_need import FEW, dirty, remembered, spent_in_two, stages
from evenground.tests.towns import at
from evenground.workspace.telling import Teller

PEOPLE = [900 + 25 * n for n in range(16)]


def findings(town):
    """Return the findings on what came before."""
    answer = town.setting(**FEW).answered(QUESTION)
    return [one for one in answer.findings if one.code.startswith("record.")]


def record(town):
    """Return the only one."""
    (found,) = findings(town)
    return found


def told(finding):
    """Return a finding in words."""
    return Teller(QUESTION.wording, language("en", currency="EUR")).finding(finding)


def sentence(finding):
    """Return its sentence."""
    return told(finding).sentence


def codes(finding):
    """Return the codes of what is to be borne in mind."""
    return {one.code for one in finding.caveats}


def spending(*rows, sites=((0.5, 0.5),)):
    """Return the town with so much spent in squares, and bins at places."""
    money = [{"year": 2020, "amount": 100.0, "area_id": "A0000", **row} for row in rows]
    return dirty().having(spending=money, sites=[{"geometry": at(*one)} for one in sites])


def table(finding, key):
    """Return the rows of one table."""
    return next(one for one in finding.tables if one.key == key).rows


# initiatives


def test_the_same_service_comes_first_then_the_oldest_then_those_without_a_date():
    past = [
        {"initiative_id": "1", "title": "Undated", "domain": "transport"},
        {
            "initiative_id": "2",
            "title": "Young",
            "domain": "transport",
            "started": date(2020, 1, 1),
        },
        {"initiative_id": "3", "title": "Old", "domain": "culture", "started": date(2000, 1, 1)},
        {"initiative_id": "4", "title": "Same", "domain": "Waste", "started": date(2024, 1, 1)},
    ]
    rows = table(record(dirty().having(past_initiatives=past)), "past")
    assert [row[0] for row in rows] == ["Same", "Old", "Young", "Undated"]


def test_all_of_any_service_those_of_this_and_those_left_are_counted():
    finding = record(remembered(dirty()))
    known = finding.parameters
    assert (known["n"], known["n_same"], known["n_left"]) == (3, 1, 2)
    assert "On record are 3 earlier initiatives, 1 of them in waste" in sentence(finding)


def test_one_is_not_said_as_several():
    past = remembered(dirty()).rows["past_initiatives"][:1]
    assert "On record is 1 earlier initiative, 0 in waste" in sentence(
        record(dirty().having(past_initiatives=past))
    )


@pytest.mark.parametrize(
    ("started", "ended", "years"),
    [
        (date(2010, 1, 1), date(2012, 1, 1), "2010–2012"),
        (date(2010, 1, 1), date(2010, 9, 1), "2010"),
        (date(2010, 1, 1), None, "2010–"),
        (None, date(2012, 1, 1), "–2012"),
    ],
)
def test_years(started, ended, years):
    past = [{"initiative_id": "1", "title": "T", "started": started, "ended": ended}]
    assert table(record(dirty().having(past_initiatives=past)), "past")[0][3] == years


@pytest.mark.parametrize(
    ("stage", "started", "years"),
    [
        ("running", date(2024, 1, 1), "2024–2026"),
        ("running", date(2027, 1, 1), "2027"),
        ("decided", date(2024, 1, 1), "2024"),
    ],
)
def test_on_the_axis_of_time_what_runs_goes_on_until_today(stage, started, years):
    past = [{"initiative_id": "1", "title": "T", "stage": stage, "started": started}]
    (figure,) = record(dirty().having(past_initiatives=past)).figures
    assert figure.table.rows == (("T", years, ""),)


def test_what_was_promised_and_came_stands_beside_each_other_or_is_not_given():
    rows = table(record(remembered(dirty())), "past")
    by_title = {row[0]: row[4:] for row in rows}
    assert by_title["Free wifi"] == ("a", "b")
    assert [cell.code for cell in by_title["A dream"]] == ["not_given", "not_given"]


def test_stopped_and_declined_ones_are_on_record_too():
    rows = table(record(stages()), "past")
    assert {row[2].code for row in rows} >= {"stage.stopped", "stage.declined", "stage.unknown"}


# money


def test_the_share_of_money_where_units_are_beside_the_share_of_residents():
    finding = record(spending({}, {"area_id": "A0303", "amount": 300.0}))
    found = {one.name: one.value for one in finding.estimates}
    assert found["money_there"] == pytest.approx(0.25)
    assert found["people_there"] == pytest.approx(PEOPLE[0] / sum(PEOPLE))


def test_money_is_told_since_the_first_money_and_not_since_the_first_initiative():
    """An initiative of 2012, money from 2020 on: what was spent before is not on record."""
    finding = record(remembered(dirty()))
    assert "were spent since 2020." in sentence(finding)
    assert "since 2012" in told(finding).figures[0].title


def test_units_nearly_everywhere_are_in_no_part_of_the_city():
    """Then “where the units are” is the city, and to say so would say nothing."""
    everywhere = [(x + 0.5, y + 0.5) for x in range(4) for y in range(4)]
    assert record(spending({}, sites=everywhere)).estimates == ()
    assert record(spending({})).estimates


def test_without_units_or_people_the_money_is_told_without_a_place():
    assert record(spending({}).without("sites")).code == "record.no_past.spent"
    assert record(spending({}).without("population")).code == "record.no_past.spent"


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ({"area_id": None}, 1), ({"area_id": "nowhere"}, 1), ({"year": None}, 1),
        ({"amount": -5.0}, 1), ({"amount": None}, 1), ({"currency": "USD"}, 1),
        ({"currency": "EUR"}, 0), ({"year": None, "date": date(2021, 5, 1)}, 0),
    ],
)  # fmt: skip
def test_money_without_place_time_or_in_another_currency_is_left_out_and_counted(row, left):
    finding = record(spending({}, row))
    found = [one.parameters["n"] for one in finding.caveats if one.code == "caveat.spending_left"]
    assert found == [left] * left
    assert finding.parameters["amount"] == (100.0 if left else 200.0)


@pytest.mark.parametrize(
    ("years", "differ"),
    [((2020, 2020), False), ((2020, 2021), True), ((None, None), True), ((2020, None), True)],
)
def test_prices_of_different_or_unknown_years_are_said_not_to_be_converted(years, differ):
    finding = record(spending(*({"price_year": year} for year in years)))
    assert ("caveat.prices_differ" in codes(finding)) is differ


def test_programmes_are_told_with_their_years_the_largest_first():
    finding = record(
        spending(
            {"programme": "Streets"},
            {"programme": "Parks", "amount": 500.0, "area_id": "A0303", "year": 2019},
            {"programme": "Parks", "amount": 500.0, "year": 2022},
            {"programme": None},
        )
    )
    rows = [(row[0], row[1].value, row[2], row[3].value) for row in table(finding, "programmes")]
    assert rows == [("Parks", 1_000.0, "2019–2022", 0.5), ("Streets", 100.0, "2020", 1.0)]


def test_the_unit_of_money_does_not_matter():
    one, thousand = (
        record(spending({"amount": scale}, {"area_id": "A0303", "amount": 3 * scale}))
        for scale in (1.0, 1_000.0)
    )
    assert one.estimates == thousand.estimates


def test_nothing_recorded_is_no_finding():
    assert findings(dirty()) == []
    assert findings(dirty().having(past_initiatives=[{"initiative_id": "1", "title": ""}])) == []


def test_rows_in_another_order_change_nothing():
    town = spent_in_two(past=True)
    turned = town.having(
        **{name: town.rows[name][::-1] for name in ("past_initiatives", "spending", "sites")}
    )
    first, second = record(town), record(turned)
    assert (first.estimates, first.tables) == (second.estimates, second.tables)
