"""The rule set beforehand, by hand and by its own logic."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.sealed_rule import (
    Against,
    RuleSays,
    harms_over_limit,
    sealed_rule,
)


def against(low, high, limit, name="", p=None):
    return Against(name=name, low=low, high=high, limit=limit, p_above=p)


@pytest.mark.parametrize(
    ("effect", "groups", "harms", "says", "because"),
    [
        ((4, 8, 3), [], [], RuleSays.SCALE, [("effect_enough", "")]),
        ((3, 8, 3), [], [], RuleSays.SCALE, [("effect_enough", "")]),
        ((1, 8, 3), [], [], RuleSays.CANNOT_TELL, [("effect_enough", "")]),
        ((-1, 2.9, 3), [], [], RuleSays.STOP, [("effect_too_small", "")]),
        ((4, 8, 3), [(-2, -1, 0, "south")], [], RuleSays.ADJUST, [("group_below_floor", "south")]),
        (
            (4, 8, 3), [(-2, 1, 0, "south")], [], RuleSays.CANNOT_TELL,
            [("groups_at_floor", "south")],
        ),
        ((4, 8, 3), [], [(6, 9, 5, "noise", 0.01)], RuleSays.STOP, [("harm_over_limit", "noise")]),
        (
            (4, 8, 3), [], [(4, 6, 5, "noise", 0.4)], RuleSays.CANNOT_TELL,
            [("harms_within", "noise")],
        ),
        (
            (4, 8, 3), [(1, 2, 0, "south")], [(1, 5, 5, "noise", 0.9)], RuleSays.SCALE,
            [("effect_enough", ""), ("groups_at_floor", "south"), ("harms_within", "noise")],
        ),
    ],
)  # fmt: skip
def test_what_the_rule_says(effect, groups, harms, says, because):
    found = sealed_rule(
        against(*effect),
        groups=[against(*one) for one in groups],
        harms=[against(*one) for one in harms],
    )
    assert (found.says, list(found.because)) == (says, because)


def test_a_large_effect_far_below_what_was_promised_is_adjusted():
    found = sealed_rule(against(4, 8, 3), delivered=against(0.1, 0.3, 0.5))
    assert found.says is RuleSays.ADJUST
    assert found.because == (("delivery_below_threshold", ""),)


def test_stopping_comes_before_adjusting():
    found = sealed_rule(
        against(0, 1, 3), groups=[against(-2, -1, 0, "south")], delivered=against(0, 0.1, 0.5)
    )
    assert found.because == (("effect_too_small", ""),)


def test_harms_share_the_error():
    """0.03 alone is enough at 5 %; as the smaller of two it is not (0.03 x 2)."""
    assert harms_over_limit([against(6, 9, 5, "a", 0.03)], alpha=0.05) == ("a",)
    two = [against(6, 9, 5, "a", 0.03), against(0, 1, 5, "b", 0.9)]
    assert harms_over_limit(two, alpha=0.05) == ()


def test_a_harm_without_p_counts_alone_and_not_beside_others():
    assert harms_over_limit([against(6, 9, 5, "a")], alpha=0.05) == ("a",)
    assert harms_over_limit([against(6, 9, 5, "a"), against(6, 9, 5, "b")], alpha=0.05) == ()


def test_an_unknown_effect_cannot_be_told():
    assert sealed_rule(against(-math.inf, math.inf, 3)).says is RuleSays.CANNOT_TELL


def test_an_interval_the_wrong_way_round_is_refused():
    with pytest.raises(UsageError, match="runs from 2"):
        sealed_rule(against(2, 1, 0))


numbers = st.floats(-100, 100)
intervals = st.tuples(numbers, numbers).map(sorted)


@given(intervals, numbers, st.floats(0.01, 100))
def test_units_of_measurement_change_nothing(interval, limit, scale):
    """Unless rounding makes two numbers one."""
    low, high = interval
    same = sealed_rule(against(low * scale, high * scale, limit * scale)).says
    apart = all(abs(end - limit) > 1e-6 for end in interval)
    assert not apart or same is sealed_rule(against(low, high, limit)).says


@given(intervals, numbers, st.lists(st.tuples(intervals, numbers), max_size=4))
def test_scale_and_stop_exclude_each_other_and_a_wider_interval_tells_less(interval, limit, groups):
    low, high = interval
    of_groups = [against(*one, floor, str(i)) for i, (one, floor) in enumerate(groups)]
    says = sealed_rule(against(low, high, limit), groups=of_groups).says
    wider = sealed_rule(against(low - 1, high + 1, limit), groups=of_groups).says
    assert (says, wider) not in {
        (RuleSays.CANNOT_TELL, RuleSays.SCALE),
        (RuleSays.CANNOT_TELL, RuleSays.STOP),
        (RuleSays.SCALE, RuleSays.STOP),
        (RuleSays.STOP, RuleSays.SCALE),
    }
