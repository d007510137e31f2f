"""The ratio between classes and groups under simulated placements: false alarms and coverage.

Fair allocation sends every place to an area with the probability of the area's true people. What is
held to 5 % may exceed it by what chance allows (three standard errors), each setting by itself and
all simulations of a kind together.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.group_attribution import area_classes
from evenground.methods.margins_of_error import counts_with_margins, group_totals
from evenground.methods.quantile_classes import quantile_classes
from evenground.questions.reach.measures.effective_size import AreaDraw
from evenground.questions.reach.measures.rate_ratio import rate_ratio

pytestmark = pytest.mark.calibrate


def allowed(rate: float, n: int) -> float:
    return rate + 3 * np.sqrt(rate * (1 - rate) / n)


def thirds(town):
    """Return the shares of the top and the bottom third of areas, shape (2, n_areas)."""
    return area_classes(quantile_classes(town.indicator, 3), n_classes=3).share[[2, 0]]


def tilted(town, share, ratio):
    chance = town.people * (1 + (ratio - 1) * share[0])
    return chance / chance.sum()


class Remembered:
    """Answers by outcome: with the same places and people the answer depends on the sum alone."""

    def __init__(self, people):
        self.people, self.known = people, {}

    def __call__(self, units, share):
        key = (tuple(np.sort(units)), float(units @ share[0]))
        if key not in self.known:
            self.known[key] = rate_ratio(units, share, baseline=self.people)
        return self.known[key]


def test_classes_of_areas(town, tables):
    wrong, n_sims = [], 400
    for n_areas in (50, 200, 2_000):
        place = town(n_areas)
        share = thirds(place)
        people = counts_with_margins(share @ place.people, [0, 0])
        answer = Remembered(people)
        for n in (20, 60, 200, 600, 2_000):
            rng = np.random.default_rng([n_areas, n])
            row = {}
            for ratio in (1.0, 1.5):
                found = []
                for _ in range(n_sims):
                    area = rng.choice(n_areas, n, p=tilted(place, share, ratio))
                    given = share[:, area]
                    inside = given.sum(axis=0) > 0
                    if inside.any():
                        found.append(answer(np.ones(inside.sum()), given[:, inside]))
                row[ratio] = np.mean([f.low <= ratio <= f.high for f in found])
            false = 1 - row[1.0]
            wrong.append(false)
            tables.add(
                "Ratio of thirds, single units: simulated",
                areas=n_areas, units=n, false_alarms=float(false), coverage_at_1_5=float(row[1.5]),
            )  # fmt: skip
            assert false <= allowed(0.05, n_sims)
            assert row[1.5] >= 1 - allowed(0.07, n_sims)
    assert np.mean(wrong) <= allowed(0.05, n_sims * len(wrong))


@pytest.mark.parametrize("margin", [0.15, 0.5])
def test_people_with_margins_of_error(town, tables, margin):
    """Each area's people are known with a 90 % margin of that part of them."""
    wrong, n_sims = [], 200
    for n_areas in (50, 500):
        place = town(n_areas)
        share, error = thirds(place), margin * place.people
        for n in (50, 300, 2_000):
            rng = np.random.default_rng([n_areas, n, round(100 * margin)])
            row = {}
            for ratio in (1.0, 1.5):
                held = []
                for _ in range(n_sims):
                    seen = place.people + error / 1.645 * rng.standard_normal(n_areas)
                    survey = counts_with_margins(np.maximum(seen, 1), error)
                    area = rng.choice(n_areas, n, p=tilted(place, share, ratio))
                    given = share[:, area]
                    inside = given.sum(axis=0) > 0
                    found = rate_ratio(
                        np.ones(inside.sum()),
                        given[:, inside],
                        baseline=group_totals(survey, share),
                    )
                    held.append(found.low <= ratio <= found.high)
                row[ratio] = np.mean(held)
            false = 1 - row[1.0]
            wrong.append(false)
            tables.add(
                "Ratio of thirds, people with margins of error: simulated",
                margin=margin, areas=n_areas, units=n, false_alarms=float(false),
                coverage_at_1_5=float(row[1.5]),
            )  # fmt: skip
            assert false <= allowed(0.05, n_sims)
            assert row[1.5] >= 1 - allowed(0.07, n_sims)
    assert np.mean(wrong) <= allowed(0.05, n_sims * len(wrong))


def test_places_with_several_units(town, tables):
    wrong, n_sims = [], 400
    for n_areas, n_places in ((50, 20), (200, 60), (200, 200), (1_000, 400)):
        place = town(n_areas)
        median = np.median(place.indicator)
        share = np.vstack([place.indicator > median, place.indicator <= median]).astype(float)
        rng = np.random.default_rng([n_areas, n_places])
        units = rng.choice([1.0, 2, 3, 8], n_places, p=[0.6, 0.2, 0.15, 0.05])
        answer = Remembered(counts_with_margins(share @ place.people, [0, 0]))
        row = {}
        for ratio in (1.0, 1.5):
            chance = tilted(place, share, ratio)
            found = [
                answer(units, share[:, rng.choice(n_areas, n_places, p=chance)])
                for _ in range(n_sims)
            ]
            row[ratio] = np.mean([f.low <= ratio <= f.high for f in found])
        wrong.append(1 - row[1.0])
        tables.add(
            "Ratio of halves, several units at a place: simulated",
            areas=n_areas, places=n_places, units=int(units.sum()),
            false_alarms=float(1 - row[1.0]), coverage_at_1_5=float(row[1.5]),
        )  # fmt: skip
        assert 1 - row[1.0] <= allowed(0.05, n_sims)
        assert row[1.5] >= 1 - allowed(0.07, n_sims)
    assert np.mean(wrong) <= allowed(0.05, n_sims * len(wrong))


PARTS = {
    "everywhere alike": lambda rng, n: rng.beta(8, 8, n),
    "mixed": lambda rng, n: rng.beta(1, 1.5, n),
    "apart": lambda rng, n: rng.beta(0.3, 0.6, n),
    "few": lambda rng, n: rng.beta(0.5, 9, n),
    "few, in few areas": lambda rng, n: np.where(rng.random(n) < 0.05, 0.5, 0.005),
}


@pytest.mark.parametrize("kind", PARTS)
def test_population_groups(town, tables, kind):
    """Fractions of areas: residents of the group against all others."""
    wrong, n_sims = [], 200
    for n_areas in (50, 600):
        place = town(n_areas)
        part = PARTS[kind](np.random.default_rng(n_areas), n_areas)
        share = np.vstack([part, 1 - part])
        people = counts_with_margins(share @ place.people, [0, 0])
        fair = AreaDraw(probability=place.chance, share=share)
        for n in (20, 100, 500, 2_000):
            rng = np.random.default_rng([n_areas, n])
            row = {}
            for pull in (1.0, 2.0, 0.5):
                chance = tilted(place, share, pull)
                rates = (share @ chance) / people.value
                truth = rates[0] / rates[1]
                area = rng.choice(n_areas, (n_sims, n), p=chance)
                found = [
                    rate_ratio(np.ones(n), share[:, a], baseline=people, fair=fair) for a in area
                ]
                row[pull] = np.mean([f.low <= truth <= f.high for f in found])
            wrong.append(1 - row[1.0])
            expected = n * min(share @ place.chance)
            tables.add(
                "Ratio of population groups: simulated",
                group=kind, areas=n_areas, units=n, expected=round(float(expected)),
                false_alarms=float(1 - row[1.0]), coverage_drawn=float(row[2.0]),
                coverage_avoided=float(row[0.5]),
            )  # fmt: skip
            assert 1 - row[1.0] <= allowed(0.05, n_sims)
            for pull in (2.0, 0.5):
                assert row[pull] >= 1 - allowed(0.07, n_sims)
                if expected >= 100:
                    assert row[pull] <= 0.97 + 3 * np.sqrt(0.03 * 0.97 / n_sims)
    assert np.mean(wrong) <= allowed(0.05, n_sims * len(wrong))
