"""Small votes of every kind, as files: ties on purpose, cents, projects that nobody can fund."""

from __future__ import annotations

from pathlib import Path

import numpy as np

KINDS = ("approval", "choose-1", "cumulative", "ordinal", "scoring")
POINTS = 6
"""Of a cumulative ballot together, and at most for one project of a scoring ballot."""


def made_vote(folder: Path, kind: str, seed: int) -> Path:
    """Write a vote into a folder and return its file.

    Names do not stand in their own order; some costs and budgets have cents; some ballots are
    equal, some empty; now and then a project costs more than the budget, or nobody names it.
    """
    rng = np.random.default_rng([KINDS.index(kind), seed])
    m, n = int(rng.integers(1, 8)), int(rng.integers(1, 13))
    names = [f"p{number}" for number in rng.permutation(20)[:m] + 1]
    units = _units(rng, m)
    cents = bool(rng.random() < 1 / 3)
    budget = max(1, int(units.sum() * rng.uniform(0.1, 1.2)))
    ballots = _ballots(rng, kind, m, n)
    lines = ["META", "key;value"]
    known = {
        "description": "A made vote", "country": "Sweden", "unit": "Norrby", "instance": "2026",
        "num_projects": m, "num_votes": n, "budget": _money(budget, cents=cents),
        "vote_type": kind, "rule": "greedy", "date_begin": "2026", "date_end": "2026",
        "currency": "SEK", **_limits(kind),
    }  # fmt: skip
    lines += [f"{key};{value}" for key, value in known.items()]
    lines += ["PROJECTS", "project_id;cost;name"]
    lines += [
        f"{name};{_money(int(cost), cents=cents)};{name}"
        for name, cost in zip(names, units, strict=True)
    ]
    pointed = kind in {"cumulative", "scoring"}
    lines += ["VOTES", "voter_id;vote;points" if pointed else "voter_id;vote"]
    for voter, (places, points) in enumerate(ballots):
        row = [f"v{voter}", ",".join(names[place] for place in places)]
        lines.append(";".join([*row, ",".join(map(str, points))] if pointed else row))
    path = folder / f"{kind}-{seed}.pb"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _units(rng: np.random.Generator, m: int) -> np.ndarray:
    """Return costs: of few different amounts, so that rates are level, or of any amount."""
    few = np.array([2, 3, 4, 6, 12])
    return rng.choice(few, m) if rng.random() < 1 / 2 else rng.integers(1, 30, m)


def _money(units: int, *, cents: bool) -> str:
    """Return an amount; with cents it is a quarter of as much."""
    return f"{units // 4}.{units % 4 * 25:02d}" if cents else str(units)


def _limits(kind: str) -> dict[str, int]:
    if kind == "cumulative":
        return {"max_sum_points": POINTS}
    return {"min_points": 0, "max_points": POINTS} if kind == "scoring" else {}


def _ballots(
    rng: np.random.Generator, kind: str, m: int, n: int
) -> list[tuple[list[int], list[int]]]:
    """Return places and points of each voter; about a third have the ballot of the one before."""
    unnamed = int(rng.integers(m)) if m > 1 and rng.random() < 1 / 3 else -1
    found: list[tuple[list[int], list[int]]] = []
    for _ in range(n):
        if found and rng.random() < 1 / 3:
            found.append(found[-1])
            continue
        places = [place for place in rng.permutation(m).tolist() if place != unnamed]
        fewest = 0 if kind in {"approval", "ordinal"} else 1  # pabutools reads no empty points
        length = 1 if kind == "choose-1" else int(rng.integers(fewest, len(places) + 1))
        places = places[: min(length, POINTS)]
        points = rng.integers(1, POINTS + 1, len(places))
        if kind == "cumulative" and places:
            points = 1 + rng.multinomial(POINTS - len(places), np.ones(len(places)) / len(places))
        found.append((places, points.tolist()))
    return found
