"""Equal shares: by hand, against a count voter by voter in fractions, and what changes nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.election import Ballots, grouped
from evenground.questions.voice.measures.budgeting.equal_shares import (
    COMPLETIONS,
    SATISFACTIONS,
    EqualSharesVariant,
    equal_shares,
    winners_at,
)
from evenground.questions.voice.measures.budgeting.limits import Cap, Limits
from evenground.questions.voice.measures.budgeting.tie_order import tie_order
from evenground.questions.voice.measures.budgeting.voters_preferring import voters_preferring
from evenground.questions.voice.tests.budgeting import equal_shares_in_fractions as plain

NAMES = ("A", "B", "C", "D", "E", "F")


def election_of(costs, budget, rows, *, points=None, ordered=False, scale=1):
    """Return an election of one row per voter."""
    return grouped(
        NAMES[: len(costs)],
        costs,
        budget=budget,
        scale=scale,
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64),
            indices=np.array([j for row in rows for j in row], dtype=np.int64),
            points=None if points is None else [p for row in points for p in row],
            ordered=ordered,
        ),
    )


@st.composite
def elections(draw, *, kind="approval"):
    m = draw(st.integers(1, 6))
    costs = draw(st.lists(st.integers(1, 12), min_size=m, max_size=m))
    row = st.lists(st.integers(0, m - 1), unique=True, max_size=m)
    rows = draw(st.lists(row, min_size=1, max_size=7))
    points = [[draw(st.integers(1, 4)) for _ in row] for row in rows]
    return election_of(
        costs,
        draw(st.integers(0, 30)),
        rows,
        points=points if kind == "points" else None,
        ordered=kind == "borda",
    )


def ungrouped(election):
    """Return the same election with a row for each voter, in reverse."""
    order = election.ballot_of[::-1]
    parts = [slice(int(election.indptr[i]), int(election.indptr[i + 1])) for i in order]
    indices = [election.indices[part] for part in parts]
    return replace(
        election,
        indptr=np.concatenate([[0], np.cumsum([part.size for part in indices])]).astype(np.int64),
        indices=np.concatenate(indices).astype(np.int64),
        points=np.concatenate([election.points[part] for part in parts]).astype(np.int64),
        weights=np.ones(order.size, dtype=np.int64),
        ballot_of=np.arange(order.size),
    )


def rates(outcome):
    return [step.value for step in outcome.steps]


THREE = election_of([4, 3, 2], 9, [[0], [0, 1], [1, 2]])


def test_by_hand():
    # Three each. A asks 2 of two voters, B 3/2 of two: both half of their cost, and A is listed
    # first. Then the second voter has 1 left: B asks 2 of the third, who cannot pay for C as well.
    outcome = equal_shares(THREE)
    assert outcome.names(THREE) == ("A", "B")
    assert outcome.cost == 7
    assert rates(outcome) == [Fraction(1, 2), Fraction(2, 3)]
    assert [step.price for step in outcome.steps] == [2, 2]
    assert [step.tied for step in outcome.steps] == [(1,), ()]
    assert outcome.certificate.exact
    assert outcome.certificate.found == "replayed"
    assert outcome.certificate.n_steps == 2
    assert outcome.record["endowment"] == "3"


def test_the_order_of_ties_by_hand():
    outcome = equal_shares(THREE, EqualSharesVariant(ties=(1, 0, 2)))
    assert outcome.names(THREE) == ("B", "A")
    assert rates(outcome) == [Fraction(1, 2), Fraction(5, 8)]
    assert outcome.record["tie_order"] == ("B", "A", "C")


def test_cardinality_by_hand():
    # B asks 3/2, A and C ask 2. Then A's second voter has 3/2 and the first pays 5/2.
    outcome = equal_shares(THREE, EqualSharesVariant(satisfaction="cardinality"))
    assert outcome.names(THREE) == ("B", "A")
    assert [step.price for step in outcome.steps] == [Fraction(3, 2), Fraction(5, 2)]


def test_completions_by_hand():
    # With 4 each all is funded, at 9: that is the budget.
    def count(completion, **more):
        return equal_shares(THREE, EqualSharesVariant(completion=completion, **more))

    assert count("utilitarian").names(THREE) == ("A", "B", "C")
    assert count("utilitarian").steps[-1].phase == "utilitarian"
    more = count("add1")
    assert more.names(THREE) == ("A", "B", "C")
    assert (more.record["n_increments"], more.record["stop"]) == (1, "all_funded")
    assert (more.record["endowment_first"], more.record["endowment"]) == ("3", "4")
    less = election_of([4, 3, 2], 8, [[0], [0, 1], [1, 2]])
    stopped = equal_shares(less, EqualSharesVariant(completion="add1"))
    assert stopped.names(less) == ("A", "B")
    assert stopped.record["stop"] == "overspent"
    early = equal_shares(less, EqualSharesVariant(completion="add1e"))
    assert (early.record["n_increments"], early.record["stop"]) == (0, "exhaustive")


def test_completion_reads_ballots_as_satisfaction_does_and_names_ties():
    # Nobody can pay for anything alone; two voters name A, one gives B six points, one names C.
    election = election_of([8, 8, 8], 8, [[0], [0], [1], [2]], points=[[1], [1], [6], [1]])
    by = {
        kind: equal_shares(
            election, EqualSharesVariant(satisfaction=kind, completion="utilitarian")
        )
        for kind in ("cost", "points")
    }
    assert by["cost"].names(election) == ("A",)
    assert by["points"].names(election) == ("B",)
    assert by["cost"].record["completion_ranked_by"] == "votes"
    assert by["points"].record["completion_ranked_by"] == "points"
    level = election_of([8, 8, 8, 9], 8, [[0], [1], [1], [2], [2], [3], [3]])
    (step,) = equal_shares(level, EqualSharesVariant(completion="utilitarian")).steps
    assert (step.project, step.tied) == (1, (2,))


def test_money_in_cents_and_endowments_in_whole_units():
    election = election_of([400, 300, 200], 1_000, [[0], [0, 1], [1, 2]], scale=100)
    whole = equal_shares(election, EqualSharesVariant(start="whole", completion="add1"))
    assert whole.record["endowment_first"] == "3"
    assert whole.record["increment"] == "1"
    assert equal_shares(election).record["endowment_first"] == "10/3"


@pytest.mark.parametrize("satisfaction", SATISFACTIONS)
@given(data=st.data())
def test_voter_by_voter_in_fractions(satisfaction, data):
    election = data.draw(elections(kind=satisfaction))
    ties = data.draw(st.permutations(range(election.n_projects)))
    variant = EqualSharesVariant(satisfaction=satisfaction, ties=tuple(ties))
    outcome = equal_shares(election, variant)
    share = Fraction(election.budget, election.n_voters)
    path, expected = plain.count(election, share, satisfaction=satisfaction, ties=ties)
    assert list(outcome.funded) == path
    assert rates(outcome) == expected
    assert outcome.certificate.exact


@pytest.mark.parametrize("completion", COMPLETIONS)
@given(data=st.data())
def test_completions_in_fractions(completion, data):
    kind = data.draw(st.sampled_from(["approval", "points", "borda"]))
    election = data.draw(elections(kind=kind))
    own = [kind] if kind != "approval" else []
    satisfaction = data.draw(st.sampled_from(["cost", "cardinality", *own]))
    variant = EqualSharesVariant(satisfaction=satisfaction, completion=completion)
    ties = range(election.n_projects)
    expected = plain.completed(
        election, satisfaction=satisfaction, completion=completion, ties=ties
    )
    outcome = equal_shares(election, variant)
    assert list(outcome.funded) == expected
    assert outcome.cost <= election.budget


@st.composite
def limited(draw):
    """Draw an election with caps, exclusions and projects that take no part."""
    election = draw(elections())
    places = st.integers(0, election.n_projects - 1)
    some = st.sets(places, max_size=3).map(lambda found: tuple(sorted(found)))
    caps = draw(st.lists(st.tuples(some, st.integers(0, 20)), max_size=2))
    return election, Limits(
        left_out=draw(st.sets(places, max_size=1).map(tuple)),
        caps=tuple(Cap(name="part", members=members, most=most) for members, most in caps),
        exclusive=tuple(draw(st.lists(some, max_size=2))),
    )


@given(limited(), st.sampled_from(COMPLETIONS), st.sampled_from(["cost", "cardinality"]))
def test_limits_in_fractions(given_limits, completion, satisfaction):
    election, limits = given_limits
    variant = EqualSharesVariant(satisfaction=satisfaction, completion=completion)
    outcome = equal_shares(election, variant, limits=limits)
    expected = plain.completed(
        election,
        satisfaction=satisfaction,
        completion=completion,
        ties=range(election.n_projects),
        limits=limits,
    )
    assert list(outcome.funded) == expected
    assert outcome.certificate.found == "replayed"


def test_a_cap_by_hand():
    # Without limits A and B are funded. Under a cap of 6 on both, B has no room left after A, and
    # the third voter, still with 3, pays for C.
    limits = Limits(caps=(Cap(name="centre", members=(0, 1), most=6),))
    outcome = equal_shares(THREE, limits=limits)
    assert outcome.names(THREE) == ("A", "C")
    assert outcome.record["caps"] == ("centre: 6",)
    with pytest.raises(UsageError) as refused:
        equal_shares(THREE, limits=Limits(leftover=True))
    assert refused.value.problems[0].code == "leftover_with_equal_shares"


@given(elections(), st.sampled_from(COMPLETIONS))
def test_ballots_one_by_one_in_any_order(election, completion):
    variant = EqualSharesVariant(completion=completion)
    one, other = equal_shares(election, variant), equal_shares(ungrouped(election), variant)
    assert (one.funded, one.steps) == (other.funded, other.steps)


@given(elections(), st.sampled_from(COMPLETIONS))
def test_everything_twice(election, completion):
    variant = EqualSharesVariant(completion=completion)
    twice = replace(
        election,
        costs=2 * election.costs,
        budget=2 * election.budget,
        weights=2 * election.weights,
        ballot_of=np.tile(election.ballot_of, 2),
    )
    assert equal_shares(twice, variant).funded == equal_shares(election, variant).funded


@given(elections(), st.sampled_from(["none", "utilitarian"]))
def test_every_ballot_twice(election, completion):
    variant = EqualSharesVariant(completion=completion)
    twice = replace(
        election, weights=2 * election.weights, ballot_of=np.tile(election.ballot_of, 2)
    )
    assert equal_shares(twice, variant).funded == equal_shares(election, variant).funded


@given(elections(), st.sampled_from(COMPLETIONS), st.sampled_from([100, 1_000_000]))
def test_the_unit_of_money(election, completion, factor):
    finer = replace(
        election,
        costs=factor * election.costs,
        budget=factor * election.budget,
        scale=factor,
    )
    variant = EqualSharesVariant(completion=completion)
    one, other = equal_shares(election, variant), equal_shares(finer, variant)
    assert one.funded == other.funded
    assert [step.price for step in other.steps] == [
        None if step.price is None else factor * step.price for step in one.steps
    ]
    assert one.record["endowment"] == other.record["endowment"]


@given(elections(), st.randoms())
def test_renaming_and_reordering_projects(election, chance):
    order = list(range(election.n_projects))
    chance.shuffle(order)
    new = np.argsort(order)
    moved = replace(
        election,
        projects=tuple(f"x{election.projects[j]}" for j in order),
        costs=election.costs[order],
        indices=new[election.indices].astype(np.int64),
    )
    ties = tuple(int(new[j]) for j in range(election.n_projects))
    there = equal_shares(moved, EqualSharesVariant(ties=ties)).funded
    assert [order[j] for j in there] == list(equal_shares(election).funded)


@given(elections(kind="points"))
def test_the_unit_of_points(election):
    variant = EqualSharesVariant(satisfaction="points")
    finer = replace(election, points=1_000 * election.points, points_scale=1_000)
    assert equal_shares(finer, variant).funded == equal_shares(election, variant).funded


def test_winners_at_endowments_by_hand():
    at = winners_at(THREE, EqualSharesVariant())
    assert at(Fraction(0)) == ()
    assert at(Fraction(3, 2)) == (1,)  # two voters just pay for B; A needs 2 of each
    assert at(Fraction(3)) == (0, 1)
    assert at(Fraction(4)) == (0, 1, 2)


def test_voters_preferring_by_hand():
    found = voters_preferring(THREE, [0, 1], [2])
    assert (found.first, found.second, found.neither) == (2, 0, 1)
    turned = voters_preferring(THREE, [2], [0, 1])
    assert (turned.first, turned.second, turned.neither) == (0, 2, 1)


@given(elections(), st.data())
def test_every_voter_is_counted_once(election, data):
    some = st.sets(st.integers(0, election.n_projects - 1)).map(sorted)
    found = voters_preferring(election, data.draw(some), data.draw(some))
    assert found.first + found.second + found.neither == election.n_voters


def test_no_voters_and_no_support():
    empty = election_of([4, 3], 9, [])
    assert equal_shares(empty, EqualSharesVariant(completion="add1eu")).funded == ()
    silent = election_of([4, 3], 9, [[], []])
    assert equal_shares(silent, EqualSharesVariant(completion="add1")).funded == ()
    assert equal_shares(silent, EqualSharesVariant(completion="utilitarian")).cost == 7


def test_named_orders_of_ties():
    election = election_of([4, 3, 2], 9, [[0], [0, 1], [1, 2]])
    assert tie_order(election, "listed") == (0, 1, 2)
    assert tie_order(election, "votes") == (0, 1, 2)
    assert tie_order(election, "cheapest") == (2, 1, 0)
    assert tie_order(election, "dearest") == (0, 1, 2)
    assert tie_order(replace(election, projects=("10", "9", "a")), "name") == (0, 1, 2)


@pytest.mark.parametrize(
    ("variant", "code"),
    [
        ({"satisfaction": "joy"}, "satisfaction_unknown"),
        ({"satisfaction": "borda"}, "satisfaction_unranked"),
        ({"completion": "add2"}, "equal_shares_variant"),
        ({"start": "ceiling"}, "equal_shares_variant"),
        ({"increment": 0}, "increment_range"),
        ({"ties": "alphabet"}, "tie_order_unknown"),
        ({"ties": (0, 1)}, "tie_order_places"),
    ],
)
def test_what_is_refused(variant, code):
    with pytest.raises(UsageError) as refused:
        equal_shares(THREE, EqualSharesVariant(**variant))
    assert refused.value.problems[0].code == code
