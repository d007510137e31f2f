"""Votes of those who walked on what was heard on the way: two sides, and much that both say."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenground_demo.text_files import texts
from evenground_demo.world import World

N_PEOPLE = 120
OF_SECOND_SIDE = 48
"""Planted: so many of them want order first."""

_SEEN, _PASSED = 0.85, 0.08


def statement_rows() -> list[dict[str, Any]]:
    """Return the statements with their numbers."""
    told = texts("initiatives/closed_bins/statements")["statements"]
    return [
        {"statement": number, "text": one["text"], "moderated": 1}
        for number, one in enumerate(told, start=1)
    ]


def opinion_rows(world: World) -> list[dict[str, Any]]:
    """Return votes by pseudonym: 1 agree, 0 pass, -1 disagree."""
    rng = world.rng("opinions on walks")
    told = texts("initiatives/closed_bins/statements")["statements"]
    side = rng.permutation(np.arange(N_PEOPLE) < OF_SECOND_SIDE).astype(int)
    agree = np.array([one["agree"] for one in told]).T[side]
    votes = np.where(rng.random(agree.shape) < agree, 1, -1)
    votes = np.where(rng.random(agree.shape) < _PASSED, 0, votes)
    return [
        {"participant": f"P{who + 1:03d}", "statement": what + 1, "vote": int(votes[who, what])}
        for who, what in np.argwhere(rng.random(agree.shape) < _SEEN).tolist()
    ]
