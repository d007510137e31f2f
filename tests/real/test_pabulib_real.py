"""Real votes of Pabulib: written again byte for byte, and every announced total counted again."""

from __future__ import annotations

import pytest

from evenground.connectors.pabulib.checks.listing import pabulib_problems
from evenground.connectors.pabulib.writing import pabulib_bytes
from evenground.errors import Severity
from evenground.workspace.polls.opening import open_pabulib, open_poll

pytestmark = pytest.mark.real
SPACED = ("Poland_Lodz_2024_Retkinia_Zachod-Smulsko.pb", "Worldwide_Mechanical_Turk_Utilities_8.pb")
"""Files with spaces in lists of categories, which Pabulib's own checker refuses as well."""


@pytest.fixture
def files(real_data):
    found = sorted(real_data("pabulib").glob("*.pb"))
    assert len(found) == 31
    return found


def test_every_file_is_written_byte_for_byte(files):
    for path in files:
        assert pabulib_bytes(open_pabulib(path)) == path.read_bytes(), path.name


def test_every_announced_total_is_counted_again(files):
    for path in files:
        rows, poll = open_pabulib(path), open_poll(path)
        election = poll.election
        assert election.n_voters == int(rows.value("num_votes")), path.name
        assert election.n_projects == int(rows.value("num_projects")), path.name
        votes = [int(text) for text in rows.projects.texts("votes")]
        assert election.votes.tolist() == votes, path.name
        if rows.projects.has("score") and not election.ordered:
            scores = [int(text) for text in rows.projects.texts("score")]
            assert election.scores.tolist() == scores, path.name


def test_only_spaces_in_lists_are_wrong_with_them(files):
    for path in files:
        wrong = {
            problem.code
            for problem in pabulib_problems(open_pabulib(path))
            if problem.severity is Severity.ERROR
        }
        assert wrong == ({"pb_list_spaces"} if path.name in SPACED else set()), path.name


def test_money_with_decimals_and_caps_of_categories(real_data):
    folder = real_data("pabulib")
    krakow = open_poll(folder / "Poland_Krakow_2025_Mistrzejowice.pb")
    assert (krakow.election.budget, krakow.election.scale) == (199_476_723, 100)
    amsterdam = open_poll(folder / "Netherlands_Amsterdam_605.pb")
    assert [cap.most for cap in amsterdam.caps][:3] == [91_354, 71_896, 56_916]
    assert len(amsterdam.caps) == 4
    poznan = open_poll(next(folder.glob("Poland_Poznan*.pb")))
    assert poznan.vote_type == "choose-1"
    assert poznan.rule == "greedy-custom"
