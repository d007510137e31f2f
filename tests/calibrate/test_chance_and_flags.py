"""The evenness null's false alarms, and the false discovery rate of flagged areas."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.margins_of_error import counts_with_margins
from evenground.methods.null_allocation import fair_draw
from evenground.questions.reach.measures.area_flags import flag_areas
from evenground.questions.reach.measures.evenness_null import dissimilarity_null

pytestmark = pytest.mark.calibrate


def allowed(rate: float, n: int) -> float:
    return rate + 3 * np.sqrt(rate * (1 - rate) / n)


def placed(rng, units, chance):
    area = rng.choice(chance.size, units.size, p=chance)
    return np.bincount(area, weights=units, minlength=chance.size)


@pytest.mark.parametrize("margin", [0.0, 0.3])
@pytest.mark.parametrize("clustered", [False, True])
def test_evenness_null(town, tables, margin, clustered):
    wrong, n_sims = [], 200
    for n_areas in (50, 500, 2_000):
        place = town(n_areas)
        for n in (20, 200, 2_000):
            rng = np.random.default_rng([n_areas, n])
            units = rng.choice([1.0, 2, 6], n) if clustered else np.ones(n)
            alarms = 0
            for _ in range(n_sims):
                seen = place.people * (1 + margin / 1.645 * rng.standard_normal(n_areas))
                survey = counts_with_margins(np.maximum(seen, 1), margin * place.people)
                found = dissimilarity_null(
                    placed(rng, units, place.chance), fair_draw(units, survey), rng=rng, n_draws=199
                )
                alarms += not found.looks_like_chance
            false = alarms / n_sims
            wrong.append(false)
            tables.add(
                "Could chance placement look like this? Simulated",
                margin=margin, clustered=clustered, areas=n_areas, units=n, false_alarms=false,
            )  # fmt: skip
            assert false <= allowed(0.05, n_sims)
    assert np.mean(wrong) <= allowed(0.05, n_sims * len(wrong))


@pytest.mark.parametrize(
    ("n_areas", "n"), [(50, 200), (50, 600), (50, 2_000), (200, 2_000), (500, 2_000)]
)
@pytest.mark.parametrize("margin", [0.0, 0.3])
def test_false_discovery_rate_of_flags(town, tables, n_areas, n, margin):
    """A tenth of areas is passed over, a tenth gets three times its part."""
    place, n_sims = town(n_areas), 120
    rng = np.random.default_rng([n_areas, n])
    for planted in (False, True):
        pull = np.ones(n_areas)
        if planted:
            odd = rng.permutation(n_areas)[: max(2, n_areas // 5)]
            pull[odd[::2]], pull[odd[1::2]] = 0.02, 3.0
        chance = place.people * pull / (place.people * pull).sum()
        truth = chance / place.chance
        shares, hits = {"fewer": [], "more": []}, []
        for _ in range(n_sims):
            seen = place.people * (1 + margin / 1.645 * rng.standard_normal(n_areas))
            survey = counts_with_margins(np.maximum(seen, 1), margin * place.people)
            flags = flag_areas(placed(rng, np.ones(n), chance), fair_draw(np.ones(n), survey))
            for side, listed, false in (
                ("fewer", flags.fewer, truth >= 1 - 1e-9),
                ("more", flags.more, truth <= 1 + 1e-9),
            ):
                shares[side].append((listed & false).sum() / max(listed.sum(), 1))
            hits.append((flags.fewer & (truth < 0.5)).sum() / max((truth < 0.5).sum(), 1))
        row = {side: float(np.mean(values)) for side, values in shares.items()}
        tables.add(
            "Flagged areas: false discovery rate",
            areas=n_areas, units=n, margin=margin, planted=planted, fewer=row["fewer"],
            more=row["more"], found=float(np.mean(hits)) if planted else "-",
        )  # fmt: skip
        assert row["fewer"] + row["more"] <= allowed(0.05, n_sims)
