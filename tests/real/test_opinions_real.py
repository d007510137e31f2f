"""Real conversations: read as Polis counted them, and no groups shown that do not hold."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from evenground.connectors.polis.conversation import read_conversation
from evenground.questions.voice.measures.opinions.adjusted_rand_index import adjusted_rand_index
from evenground.questions.voice.measures.opinions.opinion_map import polis_compatible
from evenground.questions.voice.measures.opinions.vote_matrix import vote_matrix
from evenground.workspace.opinion_mapping import OpinionsAsked, opinions_in

pytestmark = pytest.mark.real
SEATTLE, GREEN, HOUSING = (
    "15-per-hour-seattle",
    "bg2050-volunteers",
    "scoop-hivemind.affordable-housing",
)


def exported(folder):
    """Return the matrix of the export, by participant and statement, and its groups."""
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["participant"]: row for row in rows}


@pytest.mark.parametrize(
    ("name", "shape", "rejected", "again"),
    [
        (SEATTLE, (339, 54), 23, 123),
        (GREEN, (126, 371), 55, 58),
        (HOUSING, (381, 165), 46, 81),
    ],
)
def test_every_vote_is_the_one_that_polis_counted(real_data, name, shape, rejected, again):
    folder = real_data("polis") / name
    found = read_conversation(folder)
    assert found.votes.shape == shape
    assert sum(one.moderated < 0 for one in found.statements) == rejected
    aside = {one.code: one.n_rows for one in found.set_aside}
    assert aside["polis_voted_again"] == again
    assert found.noticed == ()
    rows = exported(folder)
    for who, votes in zip(found.participants, found.votes, strict=True):
        cells = [rows[who].get(one.key, "") for one in found.statements]
        told = [float(cell) if cell else np.nan for cell in cells]
        assert np.array_equal(told, votes, equal_nan=True)


@pytest.mark.parametrize(("name", "n_groups", "least"), [(GREEN, 2, 0.99), (SEATTLE, 2, 0.5)])
def test_groups_as_polis_exported_them(real_data, name, n_groups, least):
    """What Polis kept from earlier moments is not in an export, so that groups agree in part."""
    folder = real_data("polis") / name
    found = read_conversation(folder)
    inside, _positions, groups = polis_compatible(vote_matrix(found.votes), ~found.counts)
    assert groups.n_groups == n_groups
    rows = exported(folder)
    kept = [
        rows[who]["group-id"]
        for who, is_in in zip(found.participants, inside, strict=True)
        if is_in
    ]
    known = np.array([bool(group) for group in kept])
    theirs = np.array([int(group) for group in kept if group])
    assert adjusted_rand_index(groups.labels[known], theirs) > least


@pytest.mark.parametrize("seed", range(1, 11))
@pytest.mark.parametrize("name", [SEATTLE, GREEN, HOUSING])
def test_groups_that_do_not_hold_are_refused(real_data, name, seed):
    found = opinions_in(real_data("polis") / name, OpinionsAsked(seed=seed)).found
    assert found.groups is None
    assert "unstable" in found.reasons
    assert found.stability.mean < 0.75
    assert found.held_out.errors[found.method] < found.held_out.errors["statement mean"]
