"""What people say, counted by place and never by area's worth; what complaints leave out."""

from __future__ import annotations

import pytest

from evenground.dossier import Audience
from evenground.evidence import Verdict
from evenground.language import language
from evenground.questions.problem import QUESTION
from evenground.questions.problem.findings.heard import MOST_PLACES, MOST_SHOWN
from evenground.tests.dossiers import section_of, texts, told
from evenground.tests.scenarios_of_need import FEW, dirty, listed, two_needs
from evenground.workspace.telling import Teller


def findings(town, start):
    """Return the findings whose codes start like this."""
    answer = town.setting(**FEW).answered(QUESTION)
    return [one for one in answer.findings if one.code.startswith(start)]


def heard(town):
    """Return the only finding on what was heard."""
    (found,) = findings(town, "heard")
    return found


def sentence(finding):
    """Return a finding in words."""
    return Teller(QUESTION.wording, language("en", currency="EUR")).finding(finding).sentence


def saying(*rows, table="accounts"):
    """Return the town where people said something."""
    usual = {"text": "So it is.", "role": "resident", "consent": "public"}
    return dirty().having(**{table: [{**usual, **row} for row in rows]})


def test_accounts_are_counted_by_the_place_that_they_speak_of():
    finding = heard(saying({"place": "Quay"}, {"place": "Quay"}, {"area_id": "A0000"}, {}))
    rows = [(row[0], row[1]) for row in finding.tables[0].rows]
    assert rows[:2] == [("A0000", 1), ("Quay", 2)]
    assert (rows[2][0].code, rows[2][1]) == ("no_place", 1)
    assert finding.estimates[0].value == 4
    assert ", of 2 places" in sentence(finding)


def test_places_stand_in_the_order_of_their_names_and_not_of_their_numbers():
    finding = heard(saying({"place": "B"}, {"place": "C"}, {"place": "C"}, {"place": "A"}))
    assert [row[0] for row in finding.tables[0].rows] == ["A", "B", "C"]


def test_an_area_is_called_by_its_name():
    town = saying({"area_id": "A0000"})
    areas = [
        {**row, "name": "Old Town"} if row["area_id"] == "A0000" else row
        for row in town.rows["areas"]
    ]
    assert heard(town.having(areas=areas)).accounts[0].place == "Old Town"


@pytest.mark.parametrize(
    ("rows", "ends"),
    [
        ([{}], "say, do or know."),
        ([{}, {}], "say, do or know."),
        ([{"place": "Quay"}, {"place": "Quay"}], "know, of 1 place."),
        ([{"place": "Quay"}, {"place": "Hill"}], "know, of 2 places."),
    ],
)
def test_no_place_one_place_two_places(rows, ends):
    assert sentence(heard(saying(*rows))).endswith(ends)


def test_many_places_are_counted_and_not_listed():
    """One place with three accounts, sixty with one; an account of no place is of none."""
    rows = [{"place": f"P{n}"} for n in range(MOST_PLACES + 20)] + [{"place": "P0"}] * 2 + [{}]
    (table,) = heard(saying(*rows)).tables
    assert table.key == "places_by_accounts"
    assert table.rows == (("1", MOST_PLACES + 19), ("2–5", 1))


def test_one_account_of_each_place_is_shown_before_a_second_of_any():
    rows = [{"place": "Quay", "text": f"Q{n}"} for n in range(9)] + [{"place": "Hill", "text": "H"}]
    shown = [one.words for one in heard(saying(*rows)).accounts]
    assert shown[:2] == ["Q0", "H"]
    assert len(shown) == MOST_SHOWN


def test_who_said_it_when_and_how_stands_with_it():
    finding = heard(saying({"role": "crew", "source": "walk", "place": "Quay"}))
    (account,) = finding.accounts
    assert (account.role, account.how_gathered, account.consent) == ("crew", "walk", "public")


def test_what_was_said_about_the_initiative_is_on_record_too():
    """An account that names no finding is heard here; one that does stands beside that."""
    own = saying({"text": "We asked for bins."}, table="initiative_accounts")
    assert [one.words for one in heard(own).accounts] == ["We asked for bins."]
    about = saying({"about": "problem.fit"}, table="initiative_accounts")
    assert findings(about, "heard") == []


def test_nobody_is_said_only_where_nobody_is_on_record():
    finding = heard(dirty())
    assert finding.code == "heard.nobody"
    assert finding.verdict == Verdict.CANNOT_TELL
    assert heard(saying({"text": ""})).code == "heard.nobody"


def test_an_account_that_is_not_public_stays_in_the_internal_edition():
    town = saying(
        {"text": "For all to hear.", "place": "Quay"},
        {"text": "Between us.", "place": "Backyard", "consent": "internal"},
        {"text": "No longer.", "place": "Attic", "consent": "withdrawn"},
    ).setting(**FEW)
    for audience, words in ((Audience.PUBLIC, 1), (Audience.INTERNAL, 2)):
        section = section_of(town.appraised(QUESTION, audience=audience), "problem")
        said = [account.words for one in told(section) for account in one.finding.accounts]
        assert len(said) == words
        every = " ".join(texts(section))
        assert "Attic" not in every
        assert ("Backyard" in every) is (audience is Audience.INTERNAL)


# complaints


def reported(**how):
    """Return the findings on complaints; ``how`` says how each need is measured."""
    rows = [{"indicator": key, "measured_by": by} for key, by in how.items()]
    return findings(listed(two_needs(), *rows), "reports")


def test_complaints_are_warned_of():
    (finding,) = reported(dirt="reports")
    assert finding.code == "reports.alone"
    assert finding.verdict == Verdict.CANNOT_TELL
    assert finding.parameters["names"] == ["dirt"]


def test_complaints_beside_another_figure_name_it():
    (finding,) = reported(dirt="reports", rats="survey")
    assert finding.code == "reports.beside"
    assert finding.parameters["others"] == ["rats"]


def test_a_figure_of_unknown_making_is_not_another_way_nor_none():
    (finding,) = reported(dirt="reports", rats=None)
    assert finding.code == "reports.alone"
    assert "in no other way that anybody has stated" in sentence(finding)


def test_without_complaints_there_is_no_warning():
    assert reported(dirt="count", rats="model") == []
    assert findings(dirty(), "reports") == []
