"""What Problem says first: who states which problem, what shows it, and what to ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evenground.evidence import Verdict
from evenground.initiative import Decision, Stage
from evenground.language import language
from evenground.questions.problem import QUESTION
from evenground.questions.problem.findings.stated import GUIDE
from evenground.tests.scenarios_of_need import (
    BY_CITY,
    DIRT,
    FEW,
    dirty,
    everything,
    listed,
    two_needs,
)
from evenground.tests.towns import Town
from evenground.workspace.telling import Teller

NO_FIGURE = replace(DIRT, indicator="")


def answered(town):
    """Return the answer on a town, drawing little."""
    return town.setting(**FEW).answered(QUESTION)


def said(finding):
    """Return a finding in words."""
    return Teller(QUESTION.wording, language("en", currency="EUR")).finding(finding)


def codes(answer):
    """Return the codes of all findings."""
    return [one.code for one in answer.findings]


# nobody has stated a problem


def test_that_nobody_stated_a_problem_is_said_first_and_the_rest_goes_on():
    answer = answered(everything().initiative_with(problems=()))
    assert answer.headline.code == "headline.nobody"
    assert answer.headline.verdict == Verdict.CANNOT_TELL
    assert said(answer.headline).sentence.startswith("Nobody has stated which problem this is for.")
    begins = {code.split(".")[0] for code in codes(answer)}
    assert begins >= {"guide", "need", "combined", "fit", "heard", "fabric", "money", "record"}


def test_the_city_is_asked_for_a_problem_before_anything_else():
    town = (
        dirty()
        .initiative_with(problems=(), decision=Decision(date=date(2026, 4, 15)))
        .without("population")
    )
    asks = answered(town).headline.asks
    assert [one.what.code for one in asks] == ["ask.problem", "ask.population"]
    assert {one.by for one in asks} == {date(2026, 4, 1)}


def test_a_guide_says_how_to_state_a_problem():
    for problems in ((), (NO_FIGURE,)):
        guide = next(
            one for one in answered(dirty().initiative_with(problems=problems)).findings
            if one.code == "guide"
        )  # fmt: skip
        assert len(guide.tables[0].rows) == len(GUIDE)
    assert "guide" not in codes(answered(dirty()))


def test_an_empty_dossier_is_an_answer():
    answer = answered(replace(dirty(), rows={}))
    assert answer.headline.code == "headline.not_there"
    assert [need.table for need in answer.unmet] == ["areas", "population", "indicators"]
    assert [one.what.code for one in answer.headline.asks] == [
        "ask.areas", "ask.population", "ask.indicators",
    ]  # fmt: skip


# who states it


@pytest.mark.parametrize(
    ("problems", "code", "begins"),
    [
        ((DIRT,), "residents", "Residents state a problem."),
        ((BY_CITY,), "city", "The city states a problem."),
        ((BY_CITY, DIRT), "both", "The city and residents state a problem."),
        ((DIRT, DIRT), "residents", "Residents state a problem."),
    ],
)
def test_who_states_the_problem(problems, code, begins):
    answer = answered(dirty().initiative_with(problems=problems))
    assert said(answer.headline).sentence.startswith(begins)
    assert answer.findings[0].code == f"stated.{code}"


def test_statements_stand_in_the_words_of_those_who_make_them_residents_first():
    unsourced = replace(BY_CITY, words="Bins overflow", source="", when=None, indicator="")
    finding = answered(dirty().initiative_with(problems=(unsourced, DIRT))).findings[0]
    first, second = finding.tables[0].rows
    assert first[1:] == ("Our streets are full of litter", "dirt", "Meeting", date(2025, 9, 9))
    assert second[1] == "Bins overflow"
    assert [cell.code for cell in second[2:]] == ["no_figure", "not_given", "not_given"]


# what shows it


def test_a_problem_without_a_figure():
    answer = answered(dirty().initiative_with(problems=(NO_FIGURE,)))
    assert answer.headline.code == "headline.no_figure"
    assert [one.what.code for one in answer.headline.asks] == ["ask.figure"]
    assert answer.unmet == ()


def test_a_figure_that_is_not_there():
    answer = answered(dirty().initiative_with(problems=(replace(DIRT, indicator="smell"),)))
    assert answer.headline.code == "headline.not_there"
    assert [need.table for need in answer.unmet] == ["indicators"]


def test_a_figure_of_which_only_people_are_missing_is_not_called_missing():
    answer = answered(dirty().without("population"))
    assert answer.headline.code == "headline.no_people"
    assert [need.table for need in answer.unmet] == ["population"]


def test_a_figure_that_nothing_can_be_set_beside_is_not_called_missing():
    answer = answered(dirty().city_with(groups=()).without("sites"))
    assert answer.headline.code == "headline.not_by_group"
    assert answer.unmet == ()


def test_without_groups_the_headline_says_how_units_fit_the_need():
    headline = answered(dirty().city_with(groups=())).headline
    assert headline.verdict == Verdict("misses_need")
    assert "where the need by “dirt” is surely greatest" in said(headline).sentence
    assert (
        said(headline).verdict == "fewer bins where the need is greatest than lots would put there"
    )


def test_another_figure_does_not_pass_for_the_one_that_was_named():
    town = listed(dirty()).initiative_with(problems=(replace(DIRT, indicator="no_smell"),))
    headline = answered(town).headline
    assert headline.code == "headline.measured"
    assert "By “litter in streets”" in said(headline).sentence
    (caveat,) = headline.caveats
    assert caveat.parameters["names"] == ["no smell"]
    assert answered(dirty()).headline.caveats == ()


def test_it_is_the_need_that_was_just_named():
    """“Where it is greatest” is said of one need; of several put together these are named."""
    assert "where it is surely greatest" in said(answered(dirty()).headline).sentence
    several = said(answered(two_needs()).headline).sentence
    assert "where the need by 2 indicators together is surely greatest" in several


def test_units_that_lots_could_put_there_are_not_called_as_many():
    sentence = said(answered(dirty(units=(5, 5))).headline).sentence
    assert "no more and no fewer than lots could bring" in sentence


@pytest.mark.parametrize(
    ("stage", "there"),
    [(Stage.PROPOSED, "would stand"), (Stage.RUNNING, "stand"), (Stage.ENDED, "stand")],
)
def test_units_would_stand_before_the_start_and_stand_after_it(stage, there):
    """A seller's proposal, a service that runs, one that is over: the same questions."""
    town = dirty()
    rows = [{**row, "option": "all"} for row in town.rows["sites"]]
    town = town.having(sites=rows).initiative_with(stage=stage)
    answer = answered(town)
    assert f"of the bins {there} where" in said(answer.headline).sentence
    fit = next(one for one in answer.findings if one.code.startswith("fit."))
    assert fit.bears_on == ("all",)


def test_nothing_is_asked_for_where_nothing_is_missing():
    answer = answered(everything())
    assert answer.unmet == ()
    assert answer.headline.asks == ()


def test_no_sentence_has_a_neighbourhood_for_its_subject():
    """Areas are named only by who lives there, never by their code or name."""
    town: Town = everything()
    answer = answered(town)
    ids = {row["area_id"] for row in town.rows["areas"]}
    for finding in (answer.headline, *answer.findings):
        told = said(finding)
        for text in (told.sentence, told.verdict, *told.caveats):
            assert not any(area in text for area in ids)
