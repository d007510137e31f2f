"""Elections: distinct ballots, who cast which, subsets, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting import distinct_ballots as module
from evenground.questions.voice.measures.budgeting.election import Ballots, Election, grouped

NAMES = ("park", "bins", "bench", "trees")


def made(rows, *, points=None, ordered=False, names=NAMES, costs=None, budget=100) -> Election:
    flat = [project for row in rows for project in row]
    return grouped(
        names,
        [10 * (at + 1) for at in range(len(names))] if costs is None else costs,
        budget=budget,
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum([len(row) for row in rows])]),
            indices=np.array(flat, dtype=np.int64),
            points=None if points is None else [point for row in points for point in row],
            ordered=ordered,
        ),
    )


def row_of(election, voter):
    """Return what a voter chose, as names with points."""
    ballot = election.ballot_of[voter]
    at = slice(election.indptr[ballot], election.indptr[ballot + 1])
    names = [election.projects[j] for j in election.indices[at]]
    return list(zip(names, election.points[at].tolist(), strict=True))


@st.composite
def ballots(draw):
    row = st.lists(st.integers(0, 3), max_size=4, unique=True)
    rows = draw(st.lists(row, max_size=12))
    points = [[draw(st.integers(0, 3)) for _ in row] for row in rows]
    return rows, points


def test_by_hand():
    election = made([[1, 0], [0, 1], [2], [], [0, 1]])
    assert (election.n_voters, election.n_ballots, election.n_projects) == (5, 3, 4)
    assert election.ballot_of[0] == election.ballot_of[1] == election.ballot_of[4]
    assert sorted(election.weights.tolist()) == [1, 1, 3]
    assert election.votes.tolist() == [3, 3, 1, 0]
    assert election.scores.tolist() == [3, 3, 1, 0]
    assert row_of(election, 0) == [("park", 1), ("bins", 1)]
    assert row_of(election, 3) == []


def test_rankings_keep_their_order():
    election = made([[1, 0], [0, 1], [1, 0]], ordered=True)
    assert election.n_ballots == 2
    assert row_of(election, 0) == [("bins", 1), ("park", 1)]
    assert row_of(election.subset(["bins", "park"]), 0) == [("bins", 1), ("park", 1)]


def test_no_points_are_no_support():
    election = made([[0, 1], [1]], points=[[0, 2], [2]])
    assert election.n_ballots == 1
    assert election.votes.tolist() == [0, 2, 0, 0]
    assert election.scores.tolist() == [0, 4, 0, 0]


@given(ballots(), st.booleans())
def test_every_voter_keeps_what_was_chosen(given_ballots, ordered):
    rows, points = given_ballots
    election = made(rows, points=points, ordered=ordered)
    for voter, (row, marks) in enumerate(zip(rows, points, strict=True)):
        wanted = [(j, point) for j, point in zip(row, marks, strict=True) if point]
        wanted = wanted if ordered else sorted(wanted)
        assert row_of(election, voter) == [(NAMES[j], point) for j, point in wanted]
    distinct = [tuple(row_of(election, voter)) for voter in range(len(rows))]
    assert election.n_ballots == len(set(distinct))
    assert election.weights.sum() == len(rows)


@given(ballots(), st.randoms(use_true_random=False))
def test_order_of_voters_changes_no_distinct_ballot(given_ballots, shuffle):
    rows, points = given_ballots
    order = list(range(len(rows)))
    shuffle.shuffle(order)
    one = made(rows, points=points)
    two = made([rows[i] for i in order], points=[points[i] for i in order])
    for name in ("indptr", "indices", "points", "weights"):
        assert getattr(one, name).tolist() == getattr(two, name).tolist()
    assert two.ballot_of.tolist() == one.ballot_of[order].tolist()


@given(ballots())
def test_transposed_holds_the_same_entries(given_ballots):
    election = made(given_ballots[0], points=given_ballots[1])
    by_project = election.transposed
    entries = set(zip(election.rows, election.indices, election.points, strict=True))
    projects = np.repeat(np.arange(4), np.diff(by_project.indptr))
    assert set(zip(by_project.ballots, projects, by_project.points, strict=True)) == entries
    for j in range(4):
        assert (
            np.diff(by_project.ballots[by_project.indptr[j] : by_project.indptr[j + 1]]) > 0
        ).all()


@given(ballots(), st.sets(st.sampled_from(NAMES)))
def test_subset_is_what_those_projects_alone_would_give(given_ballots, kept):
    rows, points = given_ballots
    names = tuple(name for name in NAMES if name in kept)
    at = {NAMES.index(name): place for place, name in enumerate(names)}
    part = made(rows, points=points).subset(kept)
    alone = made(
        [[at[j] for j in row if j in at] for row in rows],
        points=[
            [point for j, point in zip(row, marks, strict=True) if j in at]
            for row, marks in zip(rows, points, strict=True)
        ],
        names=names,
        costs=[10 * (j + 1) for j in at],
    )
    for name in ("projects", "budget"):
        assert getattr(part, name) == getattr(alone, name)
    for name in ("costs", "indptr", "indices", "points", "weights", "ballot_of"):
        assert getattr(part, name).tolist() == getattr(alone, name).tolist()


@given(ballots(), st.data())
def test_of_voters_is_what_those_voters_alone_would_give(given_ballots, data):
    rows, points = given_ballots
    kept = np.array([data.draw(st.booleans()) for _ in rows], dtype=bool)
    part = made(rows, points=points).of_voters(kept)
    alone = made(
        [row for row, keep in zip(rows, kept, strict=True) if keep],
        points=[marks for marks, keep in zip(points, kept, strict=True) if keep],
    )
    for name in ("indptr", "indices", "points", "weights", "ballot_of"):
        assert getattr(part, name).tolist() == getattr(alone, name).tolist()


@given(ballots(), st.booleans())
def test_ballots_with_equal_hashes_are_kept_apart(given_ballots, ordered):
    rows, points = given_ballots
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            module, "_row_hashes", lambda indptr, *_: np.zeros(indptr.size - 1, np.uint64)
        )
        election = made(rows, points=points, ordered=ordered)
    assert sorted(election.weights) == sorted(made(rows, points=points, ordered=ordered).weights)
    for voter in range(len(rows)):
        assert row_of(election, voter) == row_of(made(rows, points=points, ordered=ordered), voter)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"names": ("park", "bins", "park", "trees")}, "project_twice"),
        ({"costs": [1, 2, 3]}, "array_shape"),
        ({"costs": [1, 2, 0, 4]}, "cost_not_positive"),
        ({"costs": [1, 2, 2.5, 4]}, "not_whole"),
        ({"costs": [1, 2, float("nan"), 4]}, "not_whole"),
        ({"costs": [1, 2, 2**61, 2**61]}, "too_large"),
        ({"costs": [1, 2, 2**80, 4]}, "not_whole"),
        ({"budget": -1}, "budget_negative"),
        ({"budget": 2**63}, "too_large"),
        ({"rows": [[0], [4]]}, "ballot_project"),
        ({"rows": [[0], [-1]]}, "ballot_project"),
        ({"rows": [[0], [1, 2, 1]]}, "ballot_twice"),
        ({"rows": [[1, 1]], "ordered": True}, "ballot_twice"),
        ({"rows": [[0]], "points": [[-1]]}, "points_negative"),
        ({"rows": [[0]], "points": [[0.5]]}, "not_whole"),
        ({"rows": [[0], [0]], "points": [[2**62], [2**62]]}, "too_large"),
    ],
)
def test_wrong_use_is_refused(change, code):
    with pytest.raises(UsageError) as caught:
        made(**{"rows": [[0]], **change})
    assert caught.value.problems[0].code == code


def test_starts_that_cut_nothing_are_refused():
    with pytest.raises(UsageError) as caught:
        grouped(NAMES, [1, 2, 3, 4], budget=1, ballots=Ballots(indptr=[0, 2], indices=[1]))
    assert caught.value.problems[0].code == "ballot_starts"


def test_unknown_project_and_wrong_flags_are_refused():
    election = made([[0]])
    with pytest.raises(UsageError, match="no project pool"):
        election.subset(["pool"])
    with pytest.raises(UsageError):
        election.of_voters(np.array([True, False]))
    assert election.places(["bench", "park"]) == (2, 0)
