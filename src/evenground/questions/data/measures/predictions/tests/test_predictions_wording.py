"""Rates, criteria, exceptions and reasons of the measures of predictions have words."""

from __future__ import annotations

from evenground.language import language
from evenground.questions.data.measures.predictions.calibration_slope import calibration_slope
from evenground.questions.data.measures.predictions.decisions import decisions
from evenground.questions.data.measures.predictions.error_rates import RATES, error_rates
from evenground.questions.data.measures.predictions.fairness_conflicts import CONFLICTS, CRITERIA
from evenground.questions.data.wording.predictions import PREDICTIONS


def test_every_code_has_words():
    wanted = [f"rate.{name}" for name in RATES]
    wanted += [f"criterion.{name}" for name in CRITERIA]
    wanted += [f"unless.{one.unless}" for one in CONFLICTS]
    wanted += [f"told.{name}" for name in ("more", "less", "cannot_tell")]
    assert set(wanted) <= set(PREDICTIONS)
    assert {name for one in CONFLICTS for name in one.criteria} <= set(CRITERIA)


def test_reasons_can_be_said():
    few = error_rates(decisions([1], [1], ["a"]))["accuracy"].reason(0)
    english = language("en")
    said = english.say(PREDICTIONS[few.code], few.parameters)
    assert said == "For a there is 1 case. At least 20 would be needed."
    none = calibration_slope([0.5], [1]).reason
    assert english.say(PREDICTIONS[none.code], none.parameters).endswith("would be needed.")
