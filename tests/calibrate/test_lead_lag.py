"""Which money comes first: how often a wrong order is told, and how often the right one is seen."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.reach.measures.lead_lag import lead_lag

pytestmark = pytest.mark.calibrate

ORDERS = ("after", "before", "together", "none_seen")


def allowed(rate: float, n: int) -> float:
    return rate + 3 * np.sqrt(rate * (1 - rate) / n)


def own_course(noise: np.ndarray, memory: float) -> np.ndarray:
    """Return series that remember a part of the year before."""
    course = noise.copy()
    for t in range(1, noise.shape[1]):
        course[:, t] += memory * course[:, t - 1]
    return course


def panel(kind: str, n_areas: int, n_years: int, rng: np.random.Generator):
    """Both kinds of money last beyond their year; the second answers as ``kind`` says."""
    public, private = (own_course(e, 0.5) for e in rng.normal(size=(2, n_areas, n_years + 3)))
    if kind == "together":
        private = private + 0.6 * public
    if kind in {"after", "driven_out"}:
        pull = 0.6 if kind == "after" else -0.6
        private[:, 1:] += pull * public[:, :-1]
    if kind == "before":
        public[:, 1:] += 0.6 * private[:, :-1]
    size = rng.normal(8, 1, (n_areas, 1))
    return (np.exp(size + 0.7 * course[:, 3:]) for course in (public, private))


@pytest.mark.parametrize(("n_areas", "n_years"), [(12, 5), (40, 6), (40, 10), (150, 8)])
@pytest.mark.parametrize("kind", ["none", "together", "after", "before", "driven_out"])
def test_order_of_money(tables, kind, n_areas, n_years):
    n_sims = 200
    said = []
    for sim in range(n_sims):
        rng = np.random.default_rng([n_areas, n_years, sim])
        found = lead_lag(*panel(kind, n_areas, n_years, rng), rng=rng)
        said.append(found.verdict)
    part = {order: said.count(order) / n_sims for order in ORDERS}
    tables.add(
        "Which money comes first: simulated", truth=kind, areas=n_areas, years=n_years, **part
    )
    if kind == "none":
        assert 1 - part["none_seen"] <= allowed(0.05, n_sims)
    elif kind == "together":
        assert part["after"] + part["before"] <= allowed(0.05, n_sims)
    else:
        right, opposite = ("before", "after") if kind == "before" else ("after", "before")
        assert part[opposite] <= allowed(0.025, n_sims)
        if n_areas * n_years >= 400:
            assert part[right] >= 0.85
