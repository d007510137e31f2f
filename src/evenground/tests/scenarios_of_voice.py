"""Saltmarsh with a log: who was asked when, what was open then, who took part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import shapely

from evenground.initiative import Decision
from evenground.tests.towns import Row, Town, saltmarsh

DECIDED = Decision(
    body="Technical Committee", date=date(2026, 6, 10), open=("colour",),
    bound=("which maker (letter of 2 February)", "on what terms"),
)  # fmt: skip
BOUND: tuple[Row, ...] = (
    {"date": date(2025, 9, 9), "kind": "need stated", "text": "Tenants ask for lids",
     "source": "Minutes"},
    {"date": date(2026, 1, 12), "kind": "contract signed", "amount": 40_000.0, "option": "all",
     "choice": "whether; which maker", "text": "Letter of intent", "source": "Annex 2"},
    {"date": date(2026, 1, 14), "kind": "option closed", "text": "A Saturday round",
     "by": "Digital office", "why": "Reasons of time"},
    {"date": date(2026, 1, 20), "kind": "residents asked", "text": "Vote on the colour",
     "choice": "colour; whether", "step": "vote", "whom": "Users of the app", "form": "vote",
     "level": "collaborate", "none_of_these": False, "could_propose": False, "n_people": 212,
     "n_inputs": 212, "source": "The app"},
    {"date": date(2026, 2, 10), "kind": "participation closed", "step": "vote"},
)  # fmt: skip


def bound_before(town: Town) -> Town:
    """Return the town with a letter of intent before people were asked about the colour."""
    return town.having(events=BOUND).initiative_with(decision=DECIDED)


def beside_events() -> dict[str, Any]:
    """Return rows of every other table that only Voice reads."""
    return {
        "considered_options": (
            {"name": "All bins", "option": "all", "came_from": "vendor"},
            {"name": "Lids", "came_from": "residents", "screened_out_on": date(2026, 1, 14),
             "screened_by": "Digital office"},
        ),
        "took_part": (
            {"step": "vote", "role": "voters", "group": "total", "count": 212},
            {"step": "vote", "role": "voters", "attribute": "age", "group": "young", "count": 12},
            {"step": "vote", "role": "voters", "attribute": "age", "group": "old", "count": 180},
        ),
        "located_comments": tuple(
            {"comment_id": f"c{n}", "geometry": shapely.Point(500_100 + 90 * n, 5_500_300 + 60 * n)}
            for n in range(30)
        ),
        "asking_ways": (
            {"way": "Talks in the laundry", "hours": 12.0, "level": "consult", "days_before": 5,
             "days_open": 14, "days_after": 5, "whom": "those who wash there"},
        ),
    }  # fmt: skip


OF_VOICE: Mapping[str, Callable[[], Town]] = {
    "asked after the letter": lambda: bound_before(saltmarsh(across=3, up=3)).having(
        **beside_events()
    ),
}
"""Scenarios of Voice."""
