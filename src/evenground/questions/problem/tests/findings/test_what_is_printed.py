"""What a need is called, and what its figures do not say, beside what rests on them."""

from __future__ import annotations

import pytest

from evenground.questions.problem import QUESTION
from evenground.tests.scenarios_of_need import dirty, listed


def finding(town, code):
    return next(one for one in town.answered(QUESTION).findings if one.code.startswith(code))


def test_a_figure_has_its_name_beside_the_words_that_rest_on_it():
    assert finding(listed(dirty()), "stated.").tables[0].rows[0][2] == "litter in streets"
    assert finding(dirty(), "stated.").tables[0].rows[0][2] == "dirt"


@pytest.mark.parametrize(("margin", "said"), [(0.0, True), (0.4, False)])
def test_surely_without_margins_is_said_to_be_without(margin, said):
    codes = {one.code for one in finding(dirty(margin=margin), "fit.").caveats}
    assert ("caveat.no_need_margins" in codes) is said
