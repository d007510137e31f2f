"""Draw what counting costs against voters and projects, and what a panel costs against types.

``python benchmarks/plot_cost.py FOLDER`` writes cost.csv and cost.svg there: processor time of
one core, the least of three runs, on made elections and pools (seeds 0). ``--small`` stops early.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evenground.questions.voice.measures.budgeting.election import Ballots, Election, grouped
from evenground.questions.voice.measures.budgeting.equal_shares import (
    EqualSharesVariant,
    equal_shares,
)
from evenground.questions.voice.measures.budgeting.named_rules import Counting, counted
from evenground.questions.voice.measures.sortition.fair_panel import fair_panel
from evenground.questions.voice.measures.sortition.people_classes import panel_model, people_classes
from evenground.questions.voice.tests.sortition.made_pools import made_pool

VOTERS = (1_000, 10_000, 100_000, 500_000)
PROJECTS = (20, 100, 300, 1_000, 2_000)
FEATURES = ((2, 3), (2, 3, 4), (2, 4, 3, 5), (2, 4, 4, 6), (3, 5, 5, 6))
SMALL = 2
WIDTH, HEIGHT, EDGE = 340, 260, 56
COLOURS = ("#1b6ca8", "#c1440e", "#3a7d44", "#7a3e9d")


class Point(NamedTuple):
    """One run: picture, line, what grew, how large it was, and the time that it took."""

    picture: str
    line: str
    against: str
    size: int
    seconds: float


def made_election(n_voters: int, n_projects: int) -> Election:
    """Return an election in which everyone names up to five projects, known ones more often."""
    rng = np.random.default_rng(0)
    known = rng.random(n_projects) ** 2 + 0.05
    drawn = rng.choice(n_projects, (n_voters, 5), p=known / known.sum())
    drawn.sort(axis=1)
    first = np.diff(drawn, axis=1, prepend=-1) > 0
    costs = rng.integers(5_000, 200_000, n_projects)
    return grouped(
        [f"p{j}" for j in range(n_projects)],
        costs,
        budget=int(costs.sum() * 0.4),
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum(first.sum(axis=1))]), indices=drawn[first]
        ),
    )


def seconds(call: Callable[[], object]) -> float:
    """Return the least processor time of up to three calls; of one where that takes long."""
    times: list[float] = []
    while len(times) < 3 and sum(times) < 5:
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def counts(picture: str, against: str, size: int, election: Election) -> Iterator[Point]:
    """Yield how long each rule takes."""
    rules = {
        "greedy": lambda: counted(election, Counting(rule="greedy")),
        "equal shares, proven": lambda: equal_shares(election, EqualSharesVariant()),
        "Phragmén": lambda: counted(election, Counting(rule="phragmen")),
    }
    for name, call in rules.items():
        yield Point(picture, name, against, size, seconds(call))


def points(*, small: bool) -> Iterator[Point]:
    """Yield all runs."""
    most = SMALL if small else None
    for n in VOTERS[:most]:
        yield from counts("100 projects", "voters", n, made_election(n, 100))
    for n in PROJECTS[:most]:
        yield from counts("20,000 voters", "projects", n, made_election(20_000, n))
    for n_values in FEATURES[:most]:
        codes, quotas = made_pool(1_000, 60, n_values, 1)
        model = panel_model(people_classes(codes), quotas, size=60)
        for objective in ("maximin", "leximin"):
            found = seconds(partial(fair_panel, model, objective=objective))
            yield Point("panel of 60 from 1,000", objective, "types", model.n_classes, found)


def drawing(rows: list[Point]) -> str:
    """Return one picture beside another, both axes in powers of ten, as SVG."""
    pictures = list(dict.fromkeys(row.picture for row in rows))
    parts = [
        picture(at * WIDTH, [row for row in rows if row.picture == name])
        for at, name in enumerate(pictures)
    ]
    size = f'width="{WIDTH * len(pictures)}" height="{HEIGHT}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">'
    )
    return "\n".join([head, *parts, "</svg>", ""])


def picture(left: int, rows: list[Point]) -> str:
    """Return one picture as SVG."""
    x_ends = powers([row.size for row in rows])
    y_ends = powers([row.seconds for row in rows])

    def across(size: float) -> float:
        return left + EDGE + part(size, x_ends) * (WIDTH - EDGE - 16)

    def up(time_: float) -> float:
        return HEIGHT - EDGE - part(time_, y_ends) * (HEIGHT - EDGE - 70)

    said = [f'<text x="{left + EDGE}" y="16" font-weight="bold">{rows[0].picture}</text>']
    said += [
        f'<text x="{across(10**at):.0f}" y="{HEIGHT - EDGE + 16}" text-anchor="middle">'
        f"{10**at:,}</text>"
        for at in range(x_ends[0], x_ends[1] + 1)
    ]
    said += [
        f'<path d="M{left + EDGE} {up(10.0**at):.0f}H{left + WIDTH - 16}" stroke="#ddd"/>'
        f'<text x="{left + EDGE - 6}" y="{up(10.0**at) + 4:.0f}" text-anchor="end">'
        f"{10.0**at:g} s</text>"
        for at in range(y_ends[0], y_ends[1] + 1)
    ]
    said.append(f'<text x="{left + EDGE}" y="{HEIGHT - 18}">{rows[0].against}</text>')
    for number, name in enumerate(dict.fromkeys(row.line for row in rows)):
        line = [row for row in rows if row.line == name]
        path = "L".join(f"{across(row.size):.1f} {up(row.seconds):.1f}" for row in line)
        colour = COLOURS[number]
        said.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        said.append(f'<text x="{left + EDGE}" y="{30 + 12 * number}" fill="{colour}">{name}</text>')
    return "\n".join(said)


def powers(values: list[int] | list[float]) -> tuple[int, int]:
    """Return the powers of ten between which values lie."""
    logs = np.log10(np.maximum(values, 1e-5))
    return int(np.floor(logs.min())), int(np.ceil(logs.max() + 1e-9))


def part(value: float, ends: tuple[int, int]) -> float:
    """Return where a value lies between two powers of ten, 0 to 1."""
    return float((np.log10(max(value, 1e-5)) - ends[0]) / max(ends[1] - ends[0], 1))


def main() -> None:
    """Run, print and write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--small", action="store_true")
    told = asked.parse_args()
    rows: list[Point] = []
    for row in points(small=told.small):
        sys.stdout.write(f"{row.line}: {row.size:,} {row.against}, {row.seconds:.4f} s\n")
        rows.append(row)
    told.folder.mkdir(parents=True, exist_ok=True)
    with (told.folder / "cost.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(Point._fields)
        writer.writerows(rows)
    (told.folder / "cost.svg").write_text(drawing(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
