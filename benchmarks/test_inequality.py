"""All inequality measures with their intervals, beside PySAL's `inequality` on what it has."""

from __future__ import annotations

import tracemalloc
from functools import partial

import numpy as np
import pytest

from evenground.methods.inequality import (
    Resampling,
    atkinson_rows,
    bootstrap_weights,
    concentration_index_rows,
    fitted_kappa,
    foster_greer_thorbecke_rows,
    gini,
    gini_rows,
    intervals_of,
    kolm_pollak_rows,
    palma_rows,
    theil_l_rows,
    theil_t_rows,
)

N_AREAS, N_DRAWS = 3_000, 1_000
THREE = {
    "gini": gini_rows,
    "theil_t": theil_t_rows,
    "atkinson": partial(atkinson_rows, aversion=0.5),
}
pytestmark = pytest.mark.bench


def city(n):
    rng = np.random.default_rng(n)
    return rng.lognormal(0, 0.8, n), rng.lognormal(8, 0.6, n), rng.lognormal(10, 0.4, n)


def every(values, people, income):
    kappa = fitted_kappa(values, people, aversion=0.5)
    return {
        **THREE,
        "theil_l": theil_l_rows,
        "kolm_pollak": partial(kolm_pollak_rows, kappa=kappa),
        "palma": palma_rows,
        "palma_by_income": partial(palma_rows, rank_by=income),
        "concentration": partial(concentration_index_rows, rank_by=income),
        "headcount": partial(foster_greer_thorbecke_rows, line=0.5),
        "shortfall": partial(foster_greer_thorbecke_rows, line=0.5, power=1.0),
        "severity": partial(foster_greer_thorbecke_rows, line=0.5, power=2.0),
    }


def test_every_measure_with_its_interval(benchmark, cpu_seconds, say):
    values, people, income = city(N_AREAS)
    asked = every(values, people, income)

    def ours():
        return intervals_of(asked, values, people, rng=np.random.default_rng(1))

    found = benchmark(ours)
    seconds = cpu_seconds(ours)
    tracemalloc.start()
    ours()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    say(
        f"inequality, {len(asked)} measures with intervals from {N_DRAWS:,} resamples of "
        f"{N_AREAS:,} areas: {seconds:.2f} s of processor time, {peak:.0f} MB at most"
    )
    assert all(one.low < one.value < one.high for one in found.values())
    assert seconds <= 0.5
    assert peak <= 200


def test_beside_a_loop_over_the_peer(benchmark, peer, cpu_seconds, say):
    values, _, _ = city(N_AREAS)

    def ours():
        return intervals_of(THREE, values, rng=np.random.default_rng(1))

    found = benchmark(ours)
    seconds = cpu_seconds(ours)
    theirs = peer("inequality_replicates.py", values=values.tolist(), n_draws=N_DRAWS, rounds=3)
    ratio = theirs["seconds"] / seconds
    benchmark.extra_info.update(peer_cpu_seconds=theirs["seconds"], ratio=ratio)
    rows = bootstrap_weights(np.ones_like(values), rng=np.random.default_rng(2), n_draws=N_DRAWS)
    say(
        f"inequality, 3 measures, {N_DRAWS:,} resamples of {N_AREAS:,} areas: evenground "
        f"{seconds * 1e3:.0f} ms, a loop over the peer {theirs['seconds'] * 1e3:.0f} ms of "
        f"processor time, {ratio:.0f} times faster"
    )
    for (name, one), value, spread in zip(
        found.items(), theirs["value"], theirs["spread"], strict=True
    ):
        assert one.value == pytest.approx(value, abs=1e-9)
        assert THREE[name](values, rows).std() == pytest.approx(spread, rel=0.1)
    say(
        "  same answer to 1e-9 with equal weights. The peer does not: count people (weights), give "
        "intervals, L, Palma, concentration, Kolm-Pollak, shortfalls"
    )
    assert ratio >= 3


def test_what_counting_areas_instead_of_people_does(benchmark, peer, say):
    """Areas with few people, at the edge, have a tenth of what others have."""
    rng = np.random.default_rng(5)
    people = np.round(rng.lognormal(7, 1.0, 800)) + 1
    values = rng.lognormal(0, 0.5, 800) * np.where(people < np.median(people), 0.1, 1.0)
    weighted = benchmark(lambda: gini(values, people))
    areas = peer("inequality_replicates.py", values=values.tolist(), n_draws=1, rounds=1)["value"]
    asked = Resampling(n_draws=N_DRAWS)
    interval = intervals_of(
        {"gini": gini_rows}, values, people, rng=np.random.default_rng(1), resampling=asked
    )["gini"]
    say(
        f"Gini on 800 areas of very unequal population: {weighted:.3f} of people "
        f"({interval.low:.3f} to {interval.high:.3f}), {areas[0]:.3f} of areas as the peer has it: "
        f"off by {areas[0] / weighted - 1:+.0%}"
    )
    assert not interval.low <= areas[0] <= interval.high
