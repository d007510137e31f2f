"""How often intervals of inequality indices hold, and why they are made as they are.

Areas are drawn at random from a large invented city with unequal populations; an interval should
hold the index of that city. Percentile and basic intervals of the same resamples stand beside the
bias-corrected and accelerated ones with Student's quantiles that the library gives.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from evenground.methods.inequality import (
    Resampling,
    atkinson_rows,
    bootstrap_weights,
    concentration_index_rows,
    gini_rows,
    interval_of,
    palma_rows,
    theil_t_rows,
)

pytestmark = pytest.mark.calibrate
N_SIMS, N_DRAWS, LEVEL = 300, 499, 0.95
ASKED = Resampling(n_draws=N_DRAWS, confidence=LEVEL)


def short_tail(normal, rng):
    return rng.gamma(3.0, 1.0, normal.size)


def long_tail(normal, rng):
    return np.exp(0.8 * rng.standard_normal(normal.size) + 0.15 * normal)


def some_without(normal, rng):
    return np.where(rng.random(normal.size) < 0.25, 0.0, rng.gamma(1.5, 1.0, normal.size))


CITIES = {one.__name__: one for one in (short_tail, long_tail, some_without)}


def kernels(income):
    return {
        "gini": gini_rows,
        "theil_t": theil_t_rows,
        "atkinson": partial(atkinson_rows, aversion=0.5),
        "palma": palma_rows,
        "concentration": partial(concentration_index_rows, rank_by=income),
    }


def areas(rng, n, draw):
    normal = rng.standard_normal(n)
    values = draw(normal, rng)
    return values, np.exp(0.5 * normal), values + 2 * rng.standard_normal(n)


def ends(value, draws):
    """Return the library's rivals from the same resamples: percentile and basic intervals."""
    low, high = np.quantile(draws, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2], method="inverted_cdf")
    return {"percentile": (low, high), "basic": (2 * value - high, 2 * value - low)}


@pytest.mark.parametrize("name", CITIES)
@pytest.mark.parametrize("n_areas", [30, 80, 200])
def test_coverage(name, n_areas, tables):
    whole = areas(np.random.default_rng(1), 200_000, CITIES[name])
    truth = {
        key: kernel(whole[0], whole[1][None, :])[0] for key, kernel in kernels(whole[2]).items()
    }
    missed = {key: {} for key in truth}
    for sim in range(N_SIMS):
        values, people, income = areas(np.random.default_rng([sim, n_areas]), n_areas, CITIES[name])
        rows = bootstrap_weights(people, rng=np.random.default_rng(sim), n_draws=N_DRAWS)
        for key, kernel in kernels(income).items():
            found = interval_of(
                kernel, values, people, rng=np.random.default_rng(sim), resampling=ASKED
            )
            if not np.isfinite(found.value):
                continue
            tried = {"chosen": (found.low, found.high), **ends(found.value, kernel(values, rows))}
            for method, (low, high) in tried.items():
                count = missed[key].setdefault(method, [0, 0, 0])
                count[0] += 1
                count[1] += truth[key] < low
                count[2] += truth[key] > high
    covered = {
        key: {method: 1 - (low + high) / n for method, (n, low, high) in counts.items()}
        for key, counts in missed.items()
    }
    for key, by_method in covered.items():
        n, low, high = missed[key]["chosen"]
        tables.add(
            f"Intervals of inequality indices at {LEVEL:.0%}: how often they hold",
            city=name, areas=n_areas, index=key,
            **{method: float(rate) for method, rate in by_method.items()},
            too_high=float(low / n), too_low=float(high / n),
        )  # fmt: skip
    mean = {m: float(np.mean([one[m] for one in covered.values()])) for m in ends(0, np.zeros(9))}
    chosen = float(np.mean([one["chosen"] for one in covered.values()]))
    assert chosen >= max(mean.values()) - 0.005
    floor = {
        "short_tail": {30: 0.90, 80: 0.92, 200: 0.93},
        "long_tail": {30: 0.80, 80: 0.84, 200: 0.89},
        "some_without": {30: 0.90, 80: 0.92, 200: 0.93},
    }[name][n_areas]
    assert chosen >= floor
