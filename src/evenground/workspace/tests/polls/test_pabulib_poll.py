"""From Pabulib's rows to an election: money exact, caps, limits, voters, what was withdrawn."""

from __future__ import annotations

import pytest

from evenground.connectors.pabulib.document import pabulib_file
from evenground.connectors.pabulib.writing import pabulib_bytes
from evenground.errors import InvalidInputError, NotFoundError, UntrustedInputError
from evenground.workspace.polls import opening
from evenground.workspace.polls.opening import open_pabulib, open_poll
from evenground.workspace.polls.pabulib_poll import pabulib_poll

PROJECTS = {
    "project_id": ["a", "b", "c"],
    "cost": ["100.50", "999999999", "20"],
    "name": ["Trees", "", "Bins"],
    "category": ["green, sport", "", "green"],
    "selected": ["1", "0", "2"],
    "neighborhood": ["North", "South", "North"],
}
VOTES = {
    "voter_id": ["v1", "v2", "v3"],
    "vote": ["a,c", "c", "a"],
    "age": ["34", "", "None"],
    "voting_method": ["paper", "internet", "paper"],
}


def poll(meta=None, *, projects=None, votes=None):
    meta = {"budget": "200.25", "vote_type": "approval", "rule": "greedy"} | (meta or {})
    return pabulib_poll(pabulib_file(meta, PROJECTS | (projects or {}), votes or VOTES))


def test_money_is_exact_in_cents():
    election = poll().election
    assert election.scale == 100
    assert election.costs.tolist() == [10_050, 99_999_999_900, 2_000]
    assert election.budget == 20_025


def test_decimal_commas_and_spaces_between_thousands_are_read():
    made = poll({"budget": "1 200,5"}, projects={"cost": ["1000", "2 000", "500,25"]})
    assert made.election.costs.tolist() == [100_000, 200_000, 50_025]
    assert made.election.budget == 120_050


def test_what_a_file_says_of_projects():
    found = poll()
    assert found.titles == ("Trees", "b", "Bins")
    assert found.categories == (("green", "sport"), (), ("green",))
    assert found.neighbourhoods == ("North", "South", "North")
    assert found.selected == (1, 0, 2)
    assert found.withdrawn == (1,)
    assert found.outside_pool == (2,)
    assert found.announced == (0,)
    assert poll(projects={"selected": ["", "", ""]}).announced is None


def test_voters_keep_their_order_and_what_is_not_known_is_none():
    found = poll()
    assert found.voter_ids == ("v1", "v2", "v3")
    assert found.voters["age"] == ("34", None, None)
    assert found.voters["voting_method"] == ("paper", "internet", "paper")
    assert found.election.ballot_of.size == 3


def test_caps_and_limits():
    found = poll(
        {
            "categories": "green, sport",
            "budget_per_category": "150.5,60",
            "neighborhoods": "North,South",
            "budget_per_neighborhood": "100,90",
            "min_length": "1",
            "max_length": "2",
            "max_sum_cost": "120.75",
            "min_project_score_threshold": "2",
            "fully_funded": "1",
            "leftover_budget": "by score",
        }
    )
    assert [(cap.name, cap.members, cap.most) for cap in found.caps] == [
        ("green", (0, 2), 15_050),
        ("sport", (0,), 6_000),
        ("North", (0, 2), 10_000),
        ("South", (1,), 9_000),
    ]
    limits = found.ballot_limits
    assert (limits.min_length, limits.max_length, limits.max_cost) == (1, 2, 12_075)
    assert limits.min_cost is None
    assert found.threshold == 2
    assert found.fully_funded
    assert found.leftover == "by score"


def test_lists_of_caps_that_do_not_match_give_none():
    assert poll({"categories": "green", "budget_per_category": "1,2"}).caps == ()


def test_points_are_exact_in_tenths():
    votes = {"voter_id": ["v", "w"], "vote": ["a,c", "c"], "points": ["2.5,1", "0.5"]}
    meta = {"vote_type": "cumulative", "max_sum_points": "4"}
    found = poll(meta, votes=votes)
    assert found.election.points_scale == 10
    assert found.election.scores.tolist() == [25, 0, 15]
    assert found.ballot_limits.max_total == 40


@pytest.mark.parametrize(
    ("default", "scores"), [("", [3, 0, 2]), ("0", [3, 0, 2]), ("1", [4, 2, 3])]
)
def test_projects_that_are_not_scored_get_the_default_score(default, scores):
    votes = {"voter_id": ["v", "w"], "vote": ["a", "c"], "points": ["3", "2"]}
    found = poll({"vote_type": "scoring", "default_score": default}, votes=votes)
    assert found.election.scores.tolist() == scores


def test_rankings_keep_their_order():
    votes = {"voter_id": ["v", "w"], "vote": ["c,a", "a,c"]}
    election = poll({"vote_type": "ordinal"}, votes=votes).election
    assert election.ordered
    assert election.n_ballots == 2
    first = election.ballot_of[0]
    assert election.indices[election.indptr[first] : election.indptr[first + 1]].tolist() == [2, 0]


def test_voters_who_chose_nothing_are_voters():
    votes = {"voter_id": ["v", "w"], "vote": ["", "a"]}
    assert poll(votes=votes).election.n_voters == 2


def test_amounts_that_no_money_has_are_refused():
    for cost in ("1e5", "1.234,5", "12.3456789012", "ten", ""):
        with pytest.raises(InvalidInputError) as caught:
            poll(projects={"cost": [cost, "2", "3"]})
        assert caught.value.problems[0].code == "pb_not_a_number"


def test_file_is_opened_and_its_digest_kept(tmp_path):
    path = tmp_path / "vote.pb"
    meta = {"budget": "200", "vote_type": "approval"}
    path.write_bytes(pabulib_bytes(pabulib_file(meta, PROJECTS, VOTES)))
    found = open_poll(path)
    assert found.file == str(path)
    assert len(found.sha256) == 64
    assert open_pabulib(path).value("budget") == "200"


def test_missing_large_and_locked_files_are_told(tmp_path, monkeypatch):
    path = tmp_path / "vote.pb"
    with pytest.raises(NotFoundError) as caught:
        open_poll(path)
    path.write_bytes(b"META")
    with pytest.raises(NotFoundError) as caught:
        open_poll(tmp_path / "votes.pb")
    assert caught.value.problems[0].nearest == str(path)
    monkeypatch.setattr(opening, "MAX_FILE_BYTES", 3)
    with pytest.raises(UntrustedInputError) as refused:
        open_poll(path)
    assert refused.value.problems[0].code == "ballots_large"
