"""The Method of Equal Shares on the votes that cities decided by it."""

from __future__ import annotations

import pytest

from evenground.questions.voice.measures.budgeting.equal_shares import (
    EqualSharesVariant,
    equal_shares,
)
from evenground.questions.voice.measures.budgeting.equal_shares.utilitarian import (
    utilitarian_completion,
)
from evenground.questions.voice.measures.budgeting.voters_preferring import voters_preferring
from evenground.workspace.polls.opening import open_poll

pytestmark = pytest.mark.real
WIELICZKA, SWIECIE = "Poland_Wieliczka_2023_Green_Budget.pb", "Poland_Swiecie_2023.pb"


def counted(real_data, name, **variant):
    """Return the announced and the counted winners, and the outcome."""
    poll = open_poll(real_data("pabulib") / name)
    outcome = equal_shares(poll.election, EqualSharesVariant(**variant))
    announced = {poll.election.projects[place] for place in poll.announced}
    return announced, set(outcome.names(poll.election)), outcome


@pytest.mark.parametrize("start", ["share", "whole"])
@pytest.mark.parametrize(("name", "n_winners"), [(WIELICZKA, 30), (SWIECIE, 17)])
def test_as_announced(real_data, name, n_winners, start):
    announced, winners, outcome = counted(real_data, name, completion="add1", start=start)
    assert winners == announced
    assert len(winners) == n_winners
    assert outcome.certificate.exact
    assert outcome.record["stop"] == "overspent"


def test_the_stop_alone_changes_three_winners(real_data):
    announced, winners, outcome = counted(real_data, WIELICZKA, completion="add1e")
    assert announced - winners == {"46"}
    assert winners - announced == {"66", "67"}
    assert outcome.record["stop"] == "exhaustive"


def test_more_voters_of_wieliczka_prefer_equal_shares_to_most_votes(real_data):
    poll = open_poll(real_data("pabulib") / WIELICZKA)
    by_votes = utilitarian_completion(poll.election, (), ties=range(poll.election.n_projects))
    found = voters_preferring(poll.election, poll.announced, [step.project for step in by_votes])
    assert found.first > found.second


def test_a_large_vote_is_proven(real_data):
    poll = open_poll(real_data("pabulib") / "Poland_Warszawa_2020_Praga-Poludnie.pb")
    outcome = equal_shares(poll.election)
    assert outcome.certificate.found == "replayed"
    assert outcome.certificate.n_steps == len(outcome.funded) == 47
