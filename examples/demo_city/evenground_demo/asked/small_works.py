"""A vote on small works: counted by most votes, it leaves tenants of two districts with nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evenground_demo.text_files import texts
from evenground_demo.world import World

VOTE, STEP = "small works", "vote on small works"
N_VOTERS, BUDGET = 400, 90_000
YOUNGEST, OLDEST = 16, 92
LEFT_OUT = "W07"
"""Planted: most tenants of Northfield and Foundry name it, their share of the budget would pay for
it, and it is not funded."""

_TURNOUT = {"Hazel Rise": 1.3, "Old Quay": 1.15, "Eastings": 0.8}
_OFTEN_ON_PAPER, _SELDOM_ON_PAPER = 0.6, 0.25
_AGES = {"under_18": range(18), "age_18_to_64": range(18, 65), "age_65_plus": range(65, 130)}
_GROWN_UP, _OLD = 18, 60


def vote_rows() -> list[dict[str, Any]]:
    """Return the one vote and its rule."""
    return [
        {
            "vote": VOTE,
            "name": "Vote on small works beside the bins",
            "step": STEP,
            "budget": BUDGET,
            "rule": "greedy",
            "source": "Committee paper 2026/9, page 2",
        }
    ]


def ballot_rows(world: World) -> list[dict[str, Any]]:
    """Return ballots without names: works, age, district and way of voting."""
    rng = world.rng("ballots of small works")
    told = texts("initiatives/closed_bins/small_works")
    side_of = {name: side for side, names in enumerate(told["sides"]) for name in names}
    names, weights = _districts(world)
    homes = rng.choice(len(names), N_VOTERS, p=weights)
    ages = np.clip(np.round(rng.gamma(7.0, 7.2, N_VOTERS)), YOUNGEST, OLDEST).astype(int)
    shares = np.array([one["share"] for one in told["works"]])
    named = rng.random((N_VOTERS, len(shares))) < shares[:, [side_of[names[at]] for at in homes]].T
    on_paper = rng.random(N_VOTERS) < np.where(ages > _OLD, _OFTEN_ON_PAPER, _SELDOM_ON_PAPER)
    keys = [one["project_id"] for one in told["works"]]
    return [
        {
            "vote": VOTE,
            "voter_id": f"B{who + 1:03d}",
            "choices": ", ".join(key for key, yes in zip(keys, named[who], strict=True) if yes),
            "age": int(ages[who]),
            "district": names[homes[who]],
            "voting_method": "paper" if on_paper[who] else "internet",
        }
        for who in range(N_VOTERS)
    ]


def work_rows(ballots: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the twelve works, and which of them were announced as funded."""
    funded = most_votes_first(ballots)
    return [
        {"vote": VOTE}
        | {name: one[name] for name in ("project_id", "name", "cost", "district")}
        | {"announced": "yes" if one["project_id"] in funded else "no"}
        for one in texts("initiatives/closed_bins/small_works")["works"]
    ]


def most_votes_first(ballots: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return what is funded if works are taken by votes, and what does not fit is passed over."""
    works = texts("initiatives/closed_bins/small_works")["works"]
    votes = {one["project_id"]: 0 for one in works}
    for ballot in ballots:
        for key in filter(None, ballot["choices"].split(", ")):
            votes[key] += 1
    left, funded = BUDGET, list[str]()
    for one in sorted(works, key=lambda one: -votes[one["project_id"]]):
        if one["cost"] <= left:
            left -= one["cost"]
            funded.append(one["project_id"])
    return tuple(funded)


def n_who_got_something(ballots: Sequence[Mapping[str, Any]]) -> int:
    """Return how many voters named a work that is funded."""
    funded = set(most_votes_first(ballots))
    return sum(bool(funded & set(ballot["choices"].split(", "))) for ballot in ballots)


def voters_by_age(world: World, ballots: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of ``took_part``: voters in all, and by age, of those who could vote."""
    ages = [ballot["age"] for ballot in ballots]
    could = {name: int(world.people.group[name].sum()) for name in _AGES}
    could["under_18"] = could["under_18"] * (_GROWN_UP - YOUNGEST) // _GROWN_UP
    here = {"step": STEP, "role": "voters", "source": "Record of the count"}
    total = {"group": "total", "count": len(ages), "eligible": sum(could.values())}
    return [here | total] + [
        here
        | {"attribute": "age", "group": name, "count": sum(age in years for age in ages)}
        | {"eligible": could[name]}
        for name, years in _AGES.items()
    ]


def _districts(world: World) -> tuple[list[str], np.ndarray]:
    names = {one.code: one.name for one in world.districts}
    people = dict.fromkeys(names.values(), 0.0)
    for area, count in zip(world.areas, world.people.total, strict=True):
        people[names[area.district]] += float(count) * _TURNOUT.get(names[area.district], 1.0)
    weights = np.array(list(people.values()))
    return list(people), weights / weights.sum()
