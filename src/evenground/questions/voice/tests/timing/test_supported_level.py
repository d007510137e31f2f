"""Which level of participation a log supports, and what became of what people said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.initiative.tables import LEVELS
from evenground.questions.voice.measures.timing.choices_open import Choice, ChoicesOpen, State
from evenground.questions.voice.measures.timing.committed_share import CommittedShare
from evenground.questions.voice.measures.timing.event import Counts, Event
from evenground.questions.voice.measures.timing.fate_of_inputs import FateOfInputs, fate_of_inputs
from evenground.questions.voice.measures.timing.lead_time import LeadTime
from evenground.questions.voice.measures.timing.level_rules import (
    ARNSTEIN,
    RULES,
    Holds,
    Level,
    StepFacts,
    Thresholds,
)
from evenground.questions.voice.measures.timing.option_origins import (
    OptionStated,
    Origin,
    option_origins,
    origin_of,
)
from evenground.questions.voice.measures.timing.steps import steps_of
from evenground.questions.voice.measures.timing.supported_level import Bears, supported_level

DAY = date(2026, 3, 10)


def opened(**states):
    """Return choices by name and state."""
    return ChoicesOpen(
        day=DAY,
        choices=tuple(
            Choice(name=name, state=State(state), event=None) for name, state in states.items()
        ),
    )


def committed(low, high):
    """Return a share of the cost between two bounds."""
    return CommittedShare(
        day=DAY, low=low, high=high, known_amount=0.0, events=(), n_without_amount=0,
        is_tracked=True,
    )  # fmt: skip


FATE = FateOfInputs(
    n=30, changed=(4, 4), answered=(30, 30), ignored=(0, 0), unknown=(0, 0), has_response=True,
    has_change=True,
)  # fmt: skip
BEST = StepFacts(
    choices=opened(whether="open", where="open"),
    committed=committed(0.0, 0.0),
    lead=LeadTime(
        decision=date(2026, 6, 10), event=None, from_opening=92, from_closing=60, days_open=33
    ),
    fate=FATE,
    n_options_open=(3, 3),
    whether_open=True,
    could_propose=True,
    none_of_these=True,
    decided_by_them=True,
)
NOTHING_KNOWN = StepFacts(
    choices=opened(),
    committed=committed(0.0, 1.0),
    lead=LeadTime(
        decision=None, event=None, from_opening=None, from_closing=None, days_open=None
    ),
    fate=FateOfInputs(
        n=None, changed=None, answered=None, ignored=None, unknown=None, has_response=False,
        has_change=False,
    ),
    n_options_open=(0, 5),
)  # fmt: skip


def test_levels_are_those_of_the_log():
    assert tuple(level.code for level in Level if level) == LEVELS
    assert sorted(rung for rungs in ARNSTEIN.values() for rung in rungs) == list(range(1, 9))


def test_every_rule_has_a_ground_and_a_code_of_its_own():
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(rule.source and rule.level >= Level.CONSULT for rule in RULES)


def test_a_log_that_bears_everything():
    found = supported_level(BEST, Level.EMPOWER)
    assert (found.proven, found.possible, found.says) == (5, 5, Bears.BEARS)
    assert found.rungs == (7, 8)


def test_collaborate_cannot_hold_where_most_of_the_money_was_bound():
    found = supported_level(replace(BEST, committed=committed(0.73, 0.73)), Level.COLLABORATE)
    assert found.says is Bears.CONTRADICTS
    assert [rule.code for rule in found.deciding] == ["money_free"]
    assert found.possible is Level.INVOLVE


def test_a_city_may_set_the_limit():
    facts = replace(BEST, committed=committed(0.6, 0.6))
    found = supported_level(facts, Level.COLLABORATE, limits=Thresholds(most_committed=0.7))
    assert found.says is Bears.BEARS


def test_what_is_not_written_down_is_neither_kept_nor_broken():
    found = supported_level(NOTHING_KNOWN, Level.COLLABORATE)
    assert found.says is Bears.CANNOT_TELL
    assert (found.proven, found.possible) == (Level.INFORM, Level.EMPOWER)
    assert len(found.missing) == sum(rule.level <= Level.COLLABORATE for rule in RULES)
    assert all(one.holds is Holds.UNKNOWN for one in found.rules)


def test_asked_after_the_decision_is_told_not_asked():
    late = replace(BEST, lead=replace(BEST.lead, from_opening=-3, from_closing=None))
    found = supported_level(late, Level.CONSULT)
    assert found.possible is Level.INFORM
    assert {rule.code for rule in found.deciding} == {"before_decision", "days_to_consider"}


def test_without_a_claim_the_lowest_broken_rules_decide():
    facts = replace(BEST, could_propose=False, none_of_these=False)
    found = supported_level(facts)
    assert found.says is Bears.NOT_CLAIMED
    assert [rule.code for rule in found.deciding] == ["could_propose"]


def test_a_share_between_bounds_that_straddle_the_limit_is_unknown():
    found = supported_level(replace(BEST, committed=committed(0.2, 1.0)), Level.COLLABORATE)
    assert found.says is Bears.CANNOT_TELL
    assert [rule.code for rule in found.missing] == ["money_free"]


FACTS = st.builds(
    StepFacts,
    choices=st.lists(st.sampled_from(list(State)), max_size=5).map(
        lambda states: opened(**{f"c{n}": state for n, state in enumerate(states)})
    ),
    committed=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda x: committed(*sorted(x))),
    lead=st.builds(
        LeadTime, decision=st.none(), event=st.none(),
        from_opening=st.one_of(st.none(), st.integers(-50, 200)),
        from_closing=st.one_of(st.none(), st.integers(-50, 200)),
        days_open=st.one_of(st.none(), st.integers(1, 90)),
    ),
    fate=st.sampled_from([FATE, NOTHING_KNOWN.fate]),
    n_options_open=st.sampled_from([(0, 0), (1, 3), (2, 2)]),
    whether_open=st.sampled_from([None, True, False]),
    could_propose=st.sampled_from([None, True, False]),
    none_of_these=st.sampled_from([None, True, False]),
    decided_by_them=st.sampled_from([None, True, False]),
)  # fmt: skip


@given(FACTS, st.sampled_from([None, *list(Level)[1:]]))
def test_what_is_proven_is_possible(facts, claimed):
    found = supported_level(facts, claimed)
    assert Level.INFORM <= found.proven <= found.possible <= Level.EMPOWER
    assert not set(found.deciding) & set(found.missing)
    if found.says is Bears.CONTRADICTS:
        assert found.deciding


@given(FACTS, st.floats(0, 1), st.floats(0, 1))
def test_more_money_committed_never_raises_the_level(facts, one, other):
    low, high = sorted((one, other))
    free = supported_level(replace(facts, committed=committed(low, low)))
    bound = supported_level(replace(facts, committed=committed(high, high)))
    assert bound.proven <= free.proven
    assert bound.possible <= free.possible


@given(FACTS)
def test_knowing_more_narrows_what_is_left(facts):
    wide = supported_level(facts)
    for said in (True, False):
        if facts.could_propose is None:
            tight = supported_level(replace(facts, could_propose=said))
            assert wide.proven <= tight.proven
            assert tight.possible <= wide.possible


def step(*events):
    """Return the one step of events that are asked first."""
    asked = Event(day=DAY, kind="residents asked", counts=Counts(n=212))
    return steps_of((asked, *events)).steps[0]


def later(kind, **counts):
    """Return an event a month later."""
    return Event(day=date(2026, 4, 10), kind=kind, counts=Counts(**counts))


def test_nothing_written_is_unknown_not_ignored():
    found = fate_of_inputs(step())
    assert (found.unknown, found.ignored) == ((212, 212), (0, 212))
    assert (found.changed, found.answered) == ((0, 212), (0, 212))


def test_counts_by_hand():
    found = fate_of_inputs(
        step(
            later("response published", answered=180, ignored=20), later("change made", changed=31)
        )
    )
    assert (found.answered, found.changed, found.ignored) == ((180, 180), (31, 31), (20, 20))
    assert found.unknown == (0, 12)


def test_a_change_without_a_count_stands_for_one():
    found = fate_of_inputs(step(later("change made")))
    assert found.changed == (1, 212)
    assert found.unknown == (211, 211)


def test_inputs_that_nobody_counted_are_unknown():
    asked = Event(day=DAY, kind="residents asked")
    found = fate_of_inputs(steps_of((asked, later("change made"))).steps[0])
    assert found.n is None
    assert found.has_change


@given(
    n=st.integers(0, 50),
    parts=st.tuples(*[st.one_of(st.none(), st.integers(0, 50)) for _ in range(3)]),
)
def test_fates_stay_within_all_inputs(n, parts):
    answered, changed, ignored = (None if one is None else min(one, n) for one in parts)
    asked = Event(day=DAY, kind="residents asked", counts=Counts(n=n))
    told = later("response published", answered=answered, changed=changed, ignored=ignored)
    found = fate_of_inputs(steps_of((asked, told)).steps[0])
    for low, high in (found.changed, found.answered, found.ignored, found.unknown):
        assert 0 <= low <= high <= n


@pytest.mark.parametrize("counts", [{"n": 3, "answered": 4}, {"n": -1}, {"changed": -2}])
def test_counts_that_cannot_be_are_refused(counts):
    with pytest.raises(UsageError, match="inputs"):
        Event(day=DAY, kind="residents asked", counts=Counts(**counts))


@pytest.mark.parametrize(
    ("words", "origin"),
    [
        ("residents", Origin.RESIDENT),
        ("Saltmarsh neighbourhood meeting", Origin.RESIDENT),
        ("collection crews", Origin.CITY),
        ("Vendor's slide 9", Origin.VENDOR),
        ("the Ministry of Transport", Origin.FUNDER),
        ("a radio play", Origin.OTHER),
        ("", Origin.UNKNOWN),
        ("unknown", Origin.UNKNOWN),
    ],
)
def test_whose_idea_it_was(words, origin):
    assert origin_of(words) is origin


def test_who_screened_out_which_and_why():
    found = option_origins(
        (
            OptionStated(name="bins", came_from="vendor"),
            OptionStated(name="bins plus", came_from="vendor"),
            OptionStated(name="a Saturday round", came_from="crews", screened_out=True),
            OptionStated(name="lids", screened_out=True, screened_by="digital office", why="time"),
        )
    )
    assert found.n_by_origin == {Origin.CITY: 1, Origin.VENDOR: 2, Origin.UNKNOWN: 1}
    assert [one.name for one in found.screened_out] == ["a Saturday round", "lids"]
    assert (found.n_screened_without_reason, found.n_screened_by_nobody) == (1, 1)
