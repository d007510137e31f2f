"""Calibration prints its tables: how often each method is wrong, covers, or sees a difference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest


@dataclass
class Tables:
    """Rows by title, printed when all simulations are done."""

    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)

    def add(self, title: str, **row: object) -> None:
        self.rows.setdefault(title, []).append(row)


_TABLES = Tables()


@dataclass(frozen=True)
class Town:
    """An invented city: people by area, an indicator, and a class of areas cut from it."""

    people: np.ndarray
    indicator: np.ndarray

    @property
    def chance(self) -> np.ndarray:
        return self.people / self.people.sum()


@pytest.fixture(scope="session")
def tables() -> Tables:
    return _TABLES


@pytest.fixture(scope="session")
def town() -> Callable[[int], Town]:
    """Return a function from a number of areas to a town of very unequal areas."""

    def build(n_areas: int) -> Town:
        rng = np.random.default_rng(n_areas)
        return Town(people=rng.lognormal(8, 0.5, n_areas), indicator=rng.random(n_areas))

    return build


def pytest_terminal_summary(terminalreporter) -> None:
    for title, rows in _TABLES.rows.items():
        terminalreporter.section(title)
        names = list(rows[0])
        cells = [[_said(row[name]) for name in names] for row in rows]
        width = [max(len(n), *(len(c[i]) for c in cells)) for i, n in enumerate(names)]
        for line in [names, *cells]:
            text = "  ".join(part.rjust(width[i]) for i, part in enumerate(line))
            terminalreporter.write_line(text)


def _said(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
