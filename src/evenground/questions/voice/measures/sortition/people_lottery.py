"""From numbers by class to named people, so that all of a class have the same chance exactly.

Where a class is always the same number or one more, people follow one another on a line of time as
jobs on machines do: each has a stretch of the same length, cut at the end of one place on the panel
and continued at the next. Otherwise, and for households, places go round within each panel.
Source: McNaughton (1959), Scheduling with deadlines and loss functions, Management Science 6, 1-12.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.sortition.panel_model import PanelLottery
from evenground.questions.voice.measures.sortition.people_classes import PeopleClasses

_NO_TIME = 1e-13
_CERTAIN = 1e-11


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleLottery:
    """Panels of people and their chances.

    Attributes
    ----------
    panels, shape (n_panels, size)
        Positions of people in the pool, in order.
    weights, shape (n_panels,)
        Chances that add up to 1.
    probabilities, shape (n_people,)
        Chance of each person to be drawn, 0-1, summed over the panels.
    """

    panels: Whole
    weights: Vector
    probabilities: Vector


def people_lottery(classes: PeopleClasses, lottery: PanelLottery) -> PeopleLottery:
    """Return the lottery over panels of people.

    Parameters
    ----------
    classes
        Who is in which class.
    lottery
        Panels by class and their chances.
    """
    people = _members(classes)
    lines = _lines(classes, lottery)
    panels: list[Whole] = []
    weights: list[Vector] = []
    for at, (panel, weight) in enumerate(
        zip(lottery.panels, lottery.weights.tolist(), strict=True)
    ):
        marks = _marks(classes, lottery, at, lines=lines)
        middles = (marks[:-1] + marks[1:]) / 2
        chosen = [
            people[one][_line_places(lines[one], panel[one], at, middles)]
            if one in lines
            else _round_places(classes, panel, one, parts=middles / weight, people=people)
            for one in np.flatnonzero(panel).tolist()
        ]
        panels.append(np.sort(np.concatenate(chosen, axis=1), axis=1))
        weights.append(np.diff(marks))
    table, chances = np.concatenate(panels), np.concatenate(weights)
    size = classes.class_of.size
    drawn = np.bincount(table.reshape(-1), np.repeat(chances, table.shape[1]), minlength=size)
    return PeopleLottery(panels=table, weights=chances, probabilities=np.minimum(drawn, 1.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One class on its line of time: where each panel begins, and how long a person's stretch."""

    starts: Vector
    stretch: float
    n: int


def _members(classes: PeopleClasses) -> list[Whole]:
    """Return the people of each class, by their rank: household first, then member."""
    order = np.lexsort((classes.member_rank, classes.household_rank, classes.class_of))
    ends = np.cumsum(classes.people)[:-1]
    return np.split(order, ends)


def _alone(classes: PeopleClasses) -> Flags:
    """Return which classes are households of one person, shape (n_classes,)."""
    n_classes = np.bincount(classes.kind_of)[classes.kind_of]
    return (n_classes == 1) & (classes.n_alike == 1)


def _lines(classes: PeopleClasses, lottery: PanelLottery) -> dict[int, _Line]:
    found: dict[int, _Line] = {}
    for at in np.flatnonzero(_alone(classes)).tolist():
        counts = lottery.panels[:, at]
        if counts.max() - counts.min() > 1 or not counts.max():
            continue
        order = np.argsort(-counts, kind="stable")
        starts = np.empty(counts.size)
        starts[order] = np.cumsum(lottery.weights[order]) - lottery.weights[order]
        total, n = float(lottery.weights @ counts), int(classes.people[at])
        always = abs(total / n - 1) < _CERTAIN
        found[at] = _Line(starts=starts, stretch=1.0 if always else total / n, n=n)
    return found


def _marks(
    classes: PeopleClasses, lottery: PanelLottery, at: int, *, lines: dict[int, _Line]
) -> Vector:
    """Return when, within one panel's chance, somebody changes; its ends included."""
    weight = float(lottery.weights[at])
    found = [np.array([0.0, weight])]
    for one in np.flatnonzero(lottery.panels[at]).tolist():
        if one in lines:
            line = lines[one]
            for place in range(int(lottery.panels[at, one])):
                begin = place + line.starts[at]
                first = int(np.floor(begin / line.stretch)) + 1
                last = int(np.ceil((begin + weight) / line.stretch))
                found.append(np.arange(first, last) * line.stretch - begin)
        else:
            n = _n_turns(classes, one)
            found.append(np.arange(1, n) * (weight / n))
    marks = np.sort(np.concatenate(found))
    marks = marks[(marks >= 0) & (marks <= weight)]
    kept = np.append(np.diff(marks) > _NO_TIME, True)
    marks = marks[kept]
    marks[0] = 0.0
    return marks if marks.size > 1 else np.array([0.0, weight])


def _line_places(line: _Line, n_places: int, at: int, middles: Vector) -> Whole:
    """Return who of a class has each place at each time, shape (n_times, n_places)."""
    places = (np.arange(n_places) + line.starts[at] + middles[:, None]) / line.stretch
    return np.minimum(places.astype(np.int64), line.n - 1)


def _n_turns(classes: PeopleClasses, one: int) -> int:
    """Return in how many turns each person of each class of a sort of household had each place."""
    same = classes.kind_of == classes.kind_of[one]
    return int(classes.n_households[one]) * int(np.lcm.reduce(classes.n_alike[same]))


def _round_places(
    classes: PeopleClasses, panel: Whole, one: int, *, parts: Vector, people: Sequence[Whole]
) -> Whole:
    """Return who of a class has a place in the turns that parts of the time fall into."""
    turns = (parts * _n_turns(classes, one)).astype(np.int64)[:, None]
    n, n_alike = int(classes.n_households[one]), int(classes.n_alike[one])
    before = np.flatnonzero(classes.kind_of[:one] == classes.kind_of[one])
    homes = (turns + int(panel[before].sum()) + np.arange(int(panel[one]))) % n
    return people[one][homes * n_alike + (turns // n) % n_alike]
