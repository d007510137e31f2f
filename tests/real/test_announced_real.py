"""What cities announced follows from their ballots, by the rule that their files state."""

from __future__ import annotations

import pytest

from evenground.questions.voice.measures.budgeting.equal_shares import COMPLETIONS
from evenground.questions.voice.measures.budgeting.named_rules import Counting, counted
from evenground.workspace.polls.opening import open_poll
from evenground.workspace.polls.recounting import check_announced, counting_words, stated_counting

pytestmark = pytest.mark.real
# The stated rule gives the announced winners in all 15 files that announce any.
N_ANNOUNCED = 15


def test_every_announced_result_is_reproduced_by_the_stated_rule(real_data):
    n_announced = 0
    for path in sorted(real_data("pabulib").glob("*.pb")):
        poll = open_poll(path)
        stated = stated_counting(poll)
        if poll.announced is None or stated is None:
            continue
        n_announced += 1
        found = counted(poll.election, stated)
        reserve = {step.project for step in found.steps if step.phase == "reserve"}
        assert set(found.funded) - reserve == set(poll.announced), path.name
        assert reserve <= set(poll.outside_pool), path.name
    assert n_announced == N_ANNOUNCED


def test_a_rule_that_was_not_used_is_told_apart(real_data):
    poll = open_poll(real_data("pabulib") / "Poland_Warszawa_2022_Ochota.pb")
    check = check_announced(poll)
    assert check is not None
    assert check.rules == ("greedy",)


def test_swiecie_is_told_from_greedy_and_from_equal_shares_without_add1(real_data):
    poll = open_poll(real_data("pabulib") / "Poland_Swiecie_2023.pb")
    check = check_announced(poll)
    assert check is not None
    assert check.rule == "mes --satisfaction cost --completion add1"
    how = [Counting(rule="mes", completion=one) for one in COMPLETIONS]
    how.append(Counting(rule="bos"))
    assert set(check.rules) == {counting_words(one) for one in how[2:]}


def test_deviations_of_a_changed_announcement_are_named(real_data, tmp_path):
    text = (real_data("pabulib") / "Poland_Warszawa_2018_rejon_1.pb").read_text(encoding="utf-8")
    lines = text.splitlines()
    start = lines.index("PROJECTS") + 1
    at = lines[start].split(";").index("selected")
    first = lines[start + 1].split(";")
    assert first[at] == "1"
    first[at] = "0"
    lines[start + 1] = ";".join(first)
    path = tmp_path / "changed.pb"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    poll = open_poll(path)
    check = check_announced(poll)
    assert check is not None
    assert not check.reproduced
    told = [(poll.election.projects[one.project], one.reason) for one in check.deviations]
    assert told == [(first[0], "first_in_count")]
