"""A vote on a budget, a conversation and a panel of Saltmarsh, each with something to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from evenground.tests.towns import Row, Town, saltmarsh

PROJECTS = (
    ("lids", "Lids for all bins", 50.0, "north"),
    ("bench", "A bench at the ford", 50.0, "north"),
    ("lamp", "A lamp in Mill Lane", 40.0, "south"),
)
STATEMENTS = (
    "Bins are emptied too rarely.",
    "Lids are worth more than lamps.",
    "Cars may stay on the quay.",
    "The market is to close earlier.",
    "Dogs may run free on the dike.",
    "The ferry is to run on Sundays.",
    "Music on the quay ends at ten.",
    "More trees, fewer parking spaces.",
)
VALUES = {"age": ("under 40", "40 and over"), "home": ("rents", "owns")}


def a_vote(announced: str | None = "lids bench", **changes: Any) -> dict[str, tuple[Row, ...]]:
    """Return fifty ballots: thirty want both projects of the north, twenty the lamp."""
    said = None if announced is None else announced.split()
    return {
        "budget_votes": (
            {"vote": "26", "name": "Saltmarsh budget", "budget": 100.0, "rule": "greedy",
             "step": "vote", **changes},
        ),
        "ballot_projects": tuple(
            {"vote": "26", "project_id": key, "name": name, "cost": cost, "district": district,
             "place": place, "announced": None if said is None else key in said}
            for place, (key, name, cost, district) in enumerate(PROJECTS, start=1)
        ),
        "ballots": tuple(
            {"vote": "26", "voter_id": f"{n}", "choices": "lids, bench" if n < 30 else "lamp",
             "age": 20 + n, "sex": "w" if n % 2 else "m",
             "district": "north" if n < 28 else "south",
             "voting_method": "internet" if n % 5 else "paper"}
            for n in range(50)
        ),
    }  # fmt: skip


def a_conversation(
    *, apart: float = 4.0, n: int = 60, share: float = 0.9
) -> dict[str, tuple[Row, ...]]:
    """Return votes of two halves that like different things, or of one crowd if not apart."""
    rng = np.random.default_rng(5)
    sides = np.where(np.arange(n) % 2, 1.0, -1.0)[:, None]
    leaning = apart * sides * np.array([0, 0, 1, 1, -1, 1, -1, -1]) + rng.logistic(size=(n, 8))
    leaning[:, 0] += 4
    cast = rng.random(leaning.shape) < share
    votes = np.where(leaning > 0.4, 1, np.where(leaning < -0.4, -1, 0))
    return {
        "opinion_statements": tuple(
            {"statement": f"{n}", "text": text, "moderated": 1} for n, text in enumerate(STATEMENTS)
        ),
        "opinion_votes": tuple(
            {"participant": f"p{who}", "statement": f"{what}", "vote": int(votes[who, what])}
            for who, what in np.argwhere(cast).tolist()
        ),
    }


def agreed_by_all(n: int) -> dict[str, tuple[Row, ...]]:
    """Return votes of two halves that differ on all statements but the first ``n``."""
    return {
        "opinion_statements": tuple(
            {"statement": f"{at}", "text": text, "moderated": 1}
            for at, text in enumerate(STATEMENTS)
        ),
        "opinion_votes": tuple(
            {"participant": f"p{who:02}", "statement": f"{at}",
             "vote": 1 if at < n or (who + at) % 2 else -1}
            for who in range(60) for at in range(len(STATEMENTS))
        ),
    }  # fmt: skip


def a_panel(*, told: bool = True, size: int = 8, unlike: float = 0.0) -> dict[str, tuple[Row, ...]]:
    """Return forty people alike in number, of whom the first of each kind are drawn."""
    kinds = [(age, home) for age in VALUES["age"] for home in VALUES["home"]]
    people = [(f"p{n}", kinds[n % 4]) for n in range(40)]
    return {
        "panel_pool": tuple(
            {"person": who, "feature": feature, "value": value}
            for who, kind in people
            for feature, value in zip(VALUES, kind, strict=True)
        ),
        "panel_quotas": tuple(
            {"feature": feature, "value": value, "min": size // 2, "max": size // 2}
            for feature in VALUES
            for value in VALUES[feature]
        ),
        "panel_members": tuple(
            {"person": who, "drawn": n < size,
             "probability": size / 40 + unlike * (n < 4) if told else None}
            for n, (who, _) in enumerate(people)
        ),
    }  # fmt: skip


def by_every_engine(*, n: int = 60) -> dict[str, tuple[Row, ...]]:
    """Return rows of every table of votes, panels and conversations, these of ``n`` people."""
    return {**a_vote(), **a_conversation(n=n), **a_panel()}


def voted(**rows: Any) -> Town:
    """Return a small town with these rows."""
    return saltmarsh(across=3, up=3).having(**rows)


OF_VOTES: Mapping[str, Callable[[], Town]] = {
    "voted, mapped and drawn": lambda: voted(**by_every_engine()),
    "not told, not held": lambda: voted(
        **a_vote(None, rule="mes", completion="add1u"), **a_conversation(apart=0.0),
        **a_panel(told=False),
    ),
}  # fmt: skip
"""Scenarios of votes, conversations and panels."""
