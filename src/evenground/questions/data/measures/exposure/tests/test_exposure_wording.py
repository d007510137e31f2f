"""Every definition that the measures of exposure hand out can be said."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.language import language
from evenground.questions.data.measures.exposure.given_away import given_away
from evenground.questions.data.measures.exposure.k_anonymity import k_anonymity
from evenground.questions.data.measures.exposure.l_diversity import diversity_of, l_diversity
from evenground.questions.data.measures.exposure.sample_uniques import match_risk
from evenground.questions.data.measures.exposure.small_cells import suppression_need
from evenground.questions.data.measures.exposure.unicity import Unicity, unicity
from evenground.questions.data.wording.exposure import EXPOSURE

DRAWN = Unicity(
    share=0.5, low=0.4, high=0.6, confidence=0.95, n_points=4, n_traces=9, n_short=0, n_sets=2000
)
DEFINITIONS = [
    k_anonymity([1, 2]).definition(["zip", "age"]),
    l_diversity(diversity_of([0, 0], [0, 1])).definition(["zip"], "illness"),
    unicity([1, 2], [1, 2]).definition,
    DRAWN.definition,
    match_risk(3, 4, fraction=0.1).definition,
    suppression_need([3, 20, 30]).definition,
    given_away([[np.nan, 3.0]], row_totals=[5]).definition,
]


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda one: one.code)
def test_each_definition_can_be_said(definition):
    said = language("en").say(EXPOSURE[definition.code], definition.parameters)
    assert said[0].isupper()
    assert said.endswith(".")
    assert "label." + definition.code.split(".")[1] in EXPOSURE
