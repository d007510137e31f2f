"""No statement about people from areas without its bounds, and none without its doubts."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from evenground.methods.area_statement import area_statement, difference_if_alike
from evenground.methods.areal_scales import ZoningInterval
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.ecological import duncan_davis_bounds
from evenground.methods.ecological_margins import AreaCounts
from evenground.methods.margins_of_error import counts_with_margins, counts_without_margins


def grid(side):
    at = np.arange(side * side).reshape(side, side)
    return np.vstack(
        [np.column_stack([at[:, :-1].ravel(), at[:, 1:].ravel()]),
         np.column_stack([at[:-1].ravel(), at[1:].ravel()])]
    )  # fmt: skip


def counts(with_it, people, group):
    return AreaCounts(
        with_it=counts_without_margins(with_it),
        without=counts_without_margins(people - with_it),
        in_group=counts_without_margins(group),
    )


def parted_town(side=10):
    """Areas of one group each: those of the group have it, all others have not."""
    west = np.repeat([True, False], side * side // 2)
    people = np.full(side * side, 100.0)
    return people, np.where(west, 100.0, 0), np.where(west, 90.0, 10)


def codes(statement):
    return [caveat.code for caveat in statement.caveats]


def test_where_areas_are_of_one_group_they_tell_of_people():
    people, group, with_it = parted_town()
    found = area_statement(
        counts(with_it, people, group), adjacency=grid(10), rng=np.random.default_rng(1)
    )
    assert found.tells_of_people
    assert found.bounds.gap.low == pytest.approx([0.8])
    assert not found.goodman.alarm
    assert not found.zonings.turns
    assert codes(found) == ["caveat.area.keeps"]


def test_where_areas_are_mixed_they_do_not():
    rng = np.random.default_rng(2)
    people = np.full(100, 1_000.0)
    with_it, group = np.rint(people * rng.random(100)), np.rint(people * rng.uniform(0.2, 0.4, 100))
    found = area_statement(
        counts(with_it, people, group),
        adjacency=grid(10), rng=rng,
    )  # fmt: skip
    assert not found.tells_of_people
    assert codes(found)[0] == "caveat.area.open"
    assert isinstance(found.zonings, ZoningInterval)
    assert found.zonings.low <= found.zonings.at_areas <= found.zonings.high


def test_margins_of_error_can_take_back_what_areas_seemed_to_tell():
    people, group, with_it = parted_town(4)
    published = area_statement(
        counts(with_it, people, group), adjacency=grid(4), rng=np.random.default_rng(3)
    )
    margins = np.full(16, 120.0)
    surveyed = area_statement(
        AreaCounts(
            with_it=counts_with_margins(with_it, margins),
            without=counts_with_margins(people - with_it, margins),
            in_group=counts_with_margins(group, margins),
        ),
        adjacency=grid(4), rng=np.random.default_rng(3),
    )  # fmt: skip
    assert published.tells_of_people
    assert not surveyed.tells_of_people


def test_robinsons_states():
    """Bounds leave it open, the alarm sounds, and without a map there are no other zonings."""
    path = Path(__file__).with_name("census_1930_illiteracy.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    people, unable, abroad = (
        np.array([float(row[name]) for row in rows])
        for name in ("people", "illiterate", "foreign_born")
    )
    found = area_statement(
        counts(unable, people, abroad), adjacency=np.zeros((0, 2)), rng=np.random.default_rng(4)
    )
    assert codes(found) == ["caveat.area.open", "caveat.area.goodman", "reason.zonings.too_few"]


def test_the_figure_if_all_were_alike_is_that_of_the_bounds():
    rng = np.random.default_rng(5)
    people = rng.lognormal(6, 1, 30)
    share, in_group = rng.random(30), rng.random(30)
    own = duncan_davis_bounds(share, [in_group, 1 - in_group], people=people).if_alike
    sums = np.vstack([share * people, in_group * people, people])[None]
    assert difference_if_alike(sums)[0] == pytest.approx(own[0] - own[1])


def test_areas_without_people_are_left_out():
    people, group, with_it = parted_town()
    people[55], with_it[55] = 0, 0
    found = area_statement(
        counts(with_it, people, group), adjacency=grid(10), rng=np.random.default_rng(1)
    )
    assert (found.n_areas, found.n_left_out) == (99, 1)
    assert isinstance(found.zonings, ZoningInterval)
    assert found.zonings.n_areas == 99


def test_a_handful_of_areas():
    found = area_statement(
        counts(np.array([5.0, 10]), np.array([10.0, 20]), np.array([2.0, 3])),
        adjacency=[[0, 1]], rng=np.random.default_rng(1),
    )  # fmt: skip
    assert isinstance(found.goodman, CannotTell)
    assert isinstance(found.zonings, CannotTell)
    assert found.bounds.overall.low[0] >= 0
