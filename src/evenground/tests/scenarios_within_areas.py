"""Saltmarsh with data about people of whom areas tell much, or little."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from evenground.tests.scenarios_of_data import CODED, cases, listing, village
from evenground.tests.towns import AGE, Town, counted, grid
from evenground.workspace.opening import DatasetAtHand

RESIDENTS = 20.0


def of_ages(per_row: Sequence[int], young: Sequence[float]) -> Town:
    """Return the town whose squares, row by row, hold so many in the data and so many children."""
    areas = grid(4, 4)
    children = [young[at // 4] for at in range(16)]
    older = [RESIDENTS - one for one in children]
    people = [
        *counted(areas, "total", [RESIDENTS] * 16),
        *counted(areas, "young", children),
        *counted(areas, "old", older),
    ]
    town = village(4, 4, groups=(AGE,)).having(population=people)
    sheet = {**CODED, "about_people": True}
    return listing(town, patients=DatasetAtHand(rows=cases(per_row, coded=()), datasheet=sheet))


OF_AGES: Mapping[str, Callable[[], Town]] = {
    "people whom areas tell apart": lambda: of_ages((20, 20, 0, 0), (20, 20, 0, 0)),
    "people whom areas do not tell apart": lambda: of_ages((9, 6, 3, 1), (15, 12, 8, 4)),
    "people whom areas contradict": lambda: of_ages((5, 1, 4, 2), (12, 9, 9, 12)),
}
