"""Access to sites for whole cities: evenground beside PySAL's `access`, on the same pairs.

Both are given origins, sites and the cost of every pair in reach, 50,000 by 2,000 with about 1.65
million pairs. The first call makes weights and both steps; with weights in hand only the two steps
remain, as for another opening date or another draw of demand. Finding the pairs from coordinates is
a row of its own. A figure of how time grows goes to the folder named in EVENGROUND_BENCH_FIGURES,
or to a temporary one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from evenground.methods.accessibility import (
    Agents,
    Bands,
    Resampling,
    catchment_weights,
    enhanced_two_step_access,
    group_access_draws,
    rational_agent_access,
    straight_line_pairs,
)

pytestmark = pytest.mark.bench
SIDE = 20_000.0
CATCHMENT = 1_500.0
ENDS, WEIGHTS = (500.0, 1_000.0, 1_500.0), (1.0, 0.68, 0.22)
BANDS = Bands(ENDS, WEIGHTS)


def city(n_origins, n_sites, *, catchment=CATCHMENT, seed=1):
    """Return a random city in a square of 20 km."""
    rng = np.random.default_rng(seed)
    origins = rng.uniform(0, SIDE, (n_origins, 2))
    sites = rng.uniform(0, SIDE, (n_sites, 2))
    return SimpleNamespace(
        origins=origins,
        sites=sites,
        pairs=straight_line_pairs(origins, sites, limit=catchment),
        supply=rng.integers(1, 20, n_sites),
        demand=rng.integers(1, 100, n_origins),
    )


@pytest.fixture
def beside(peer, tmp_path):
    """Return a function that has a peer work on the same pairs."""

    def run(script, place, **work):
        given, out = tmp_path / "given.npz", tmp_path / "out.npy"
        pairs = place.pairs
        np.savez(
            given, origin=pairs.origin, site=pairs.site, cost=pairs.cost,
            supply=place.supply, demand=place.demand,
        )  # fmt: skip
        answer = peer(script, file=str(given), out=str(out), **work)
        return SimpleNamespace(**answer, access=np.load(out))

    return run


def first_call(place):
    weights = catchment_weights(place.pairs, BANDS)
    return enhanced_two_step_access(weights, supply=place.supply, demand=place.demand)


def from_coordinates(place):
    pairs = straight_line_pairs(place.origins, place.sites, limit=CATCHMENT)
    weights = catchment_weights(pairs, BANDS)
    return enhanced_two_step_access(weights, supply=place.supply, demand=place.demand)


def test_enhanced_two_step(benchmark, beside, cpu_seconds, say):
    place = city(50_000, 2_000)
    weights = catchment_weights(place.pairs, BANDS)

    def again():
        return enhanced_two_step_access(weights, supply=place.supply, demand=place.demand)

    ours = benchmark(first_call, place)
    first, cached = cpu_seconds(lambda: first_call(place)), cpu_seconds(again)
    whole = cpu_seconds(lambda: from_coordinates(place))
    theirs = beside("access_floating_catchment.py", place, ends=ENDS, weights=WEIGHTS, rounds=3)
    apart = np.abs(ours.access - theirs.access).max() / theirs.access.max()
    ratio, cached_ratio = theirs.seconds / first, theirs.seconds / cached
    benchmark.extra_info.update(
        peer_cpu_seconds=theirs.seconds, ratio=ratio, cached_ratio=cached_ratio
    )
    say(
        f"E2SFCA, 50,000 origins, 2,000 sites, {place.pairs.n_pairs:,} pairs: evenground "
        f"{first * 1e3:.1f} ms on first call, {cached * 1e3:.2f} ms with weights in hand, access "
        f"{theirs.seconds * 1e3:.0f} ms of processor time: {ratio:.0f} and {cached_ratio:.0f} "
        f"times faster; from coordinates, pairs included, {whole * 1e3:.0f} ms"
    )
    say(f"  same answer: apart by at most {apart:.0e} of the highest access")
    assert apart <= 1e-9
    assert ratio >= 20
    assert cached_ratio >= 100


def test_growth(cpu_seconds, beside, say, tmp_path):
    """Time grows with the number of pairs, whatever they come from."""
    sizes = [(12_500, 2_000), (25_000, 2_000), (50_000, 2_000), (100_000, 2_000),
             (50_000, 500), (50_000, 1_000), (50_000, 4_000)]  # fmt: skip
    rows = []
    for n_origins, n_sites in sizes:
        place = city(n_origins, n_sites)
        weights = catchment_weights(place.pairs, BANDS)

        def again(place=place, weights=weights):
            return enhanced_two_step_access(weights, supply=place.supply, demand=place.demand)

        row = {
            "origins": n_origins,
            "sites": n_sites,
            "pairs": place.pairs.n_pairs,
            "first call": cpu_seconds(lambda place=place: first_call(place), rounds=3),
            "weights in hand": cpu_seconds(again, rounds=3),
            "from coordinates": cpu_seconds(lambda place=place: from_coordinates(place), rounds=3),
        }
        if n_sites == 2_000 and n_origins <= 50_000:
            theirs = beside(
                "access_floating_catchment.py", place, ends=ENDS, weights=WEIGHTS, rounds=1
            )
            row["PySAL access"] = theirs.seconds
        rows.append(row)
        times = ", ".join(f"{name} {row[name] * 1e3:.1f} ms" for name in row if name not in KEYS)
        say(f"E2SFCA, {n_origins:,} x {n_sites:,}, {row['pairs']:,} pairs: {times}")
    small, large = rows[0], rows[3]
    grown = large["first call"] / small["first call"]
    more = large["pairs"] / small["pairs"]
    say(f"  {more:.1f} times the pairs take {grown:.1f} times as long on first call")
    picture = growth_figure(rows, Path(os.environ.get("EVENGROUND_BENCH_FIGURES", tmp_path)))
    say(f"  drawn in {picture.name}")
    assert grown <= 2 * more


KEYS = ("origins", "sites", "pairs")


def growth_figure(rows, folder):
    """Draw seconds against pairs, both on logarithmic scales."""
    import altair as alt

    long = [
        {"pairs": row["pairs"], "what": name, "seconds": row[name]}
        for row in rows
        for name in row
        if name not in KEYS
    ]
    chart = (
        alt.Chart(
            alt.Data(values=long),
            width=520,
            height=340,
            title="Enhanced two-step floating catchments: processor time",
        )
        .mark_line(point=True)
        .encode(
            x=alt.X("pairs:Q", scale={"type": "log"}, title="pairs in reach"),
            y=alt.Y("seconds:Q", scale={"type": "log"}, title="processor seconds"),
            color=alt.Color("what:N", title=None),
            strokeDash=alt.StrokeDash("what:N", title=None),
        )
    )
    picture = folder / "floating_catchment_growth.svg"
    chart.save(str(picture))
    return picture


@pytest.mark.parametrize("by", ["origin", "area"])
def test_a_thousand_replicates(say, by):
    """1,000 bootstrap draws of demand, in a process of its own so that its peak is its own."""
    if not Path("/proc/self/status").exists():
        pytest.skip("this machine does not say how much memory a process held at most")
    program = f"""
import json, sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
import numpy as np
from test_floating_catchment import BANDS, city
from evenground.methods.accessibility import Resampling, catchment_weights, group_access_draws
place = city(50_000, 2_000)
weights = catchment_weights(place.pairs, BANDS)
share = np.random.default_rng(2).uniform(0, 1, 50_000)
people = np.vstack([share, 1 - share]) * place.demand
area = np.arange(50_000) // 100 if {by == "area"} else None
times = []
for _ in range(3):
    before = time.process_time()
    draws = Resampling(rng=np.random.default_rng(3), n_draws=1_000, area=area)
    found = group_access_draws(weights, place.supply, people=people, draws=draws)
    times.append(time.process_time() - before)
seconds = sorted(times)[1]
lines = open('/proc/self/status').read().splitlines()
peak = next(int(line.split()[1]) for line in lines if line.startswith('VmHWM')) / 1024
print(json.dumps([seconds, peak, found.mean.tolist(), found.draws.std(axis=0).tolist()]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    seconds, peak, mean, spread = json.loads(done.stdout.splitlines()[-1])
    say(
        f"1,000 draws of E2SFCA by {by}, 50,000 x 2,000, two groups: {seconds:.2f} s of processor "
        f"time, peak {peak:.0f} MB in all; means {mean[0]:.5f} and {mean[1]:.5f}, standard "
        f"errors {spread[0]:.1e} and {spread[1]:.1e}"
    )
    assert seconds <= 2
    assert peak <= 500


def test_replicates_are_those_of_the_long_way():
    """A few draws of the same city, with access of every origin worked out."""
    place = city(5_000, 400)
    weights = catchment_weights(place.pairs, BANDS)
    people = np.vstack([place.demand * 0.25, place.demand * 0.75])
    found = group_access_draws(
        weights,
        place.supply,
        people=people,
        draws=Resampling(rng=np.random.default_rng(4), n_draws=5),
    )
    again = np.random.default_rng(4)
    for row in found.draws:
        times = np.bincount(again.integers(5_000, size=5_000), minlength=5_000)
        access = enhanced_two_step_access(
            weights, supply=place.supply, demand=times * place.demand
        ).access
        drawn = times * people
        assert row == pytest.approx(drawn @ access / drawn.sum(axis=1), rel=1e-11)


def test_rational_agents(benchmark, beside, cpu_seconds, say):
    """The peer holds all origins by all sites, so the size is one that it can hold."""
    place = city(3_000, 300, catchment=8_000.0)
    place.demand = place.demand * 100  # the peer moves whole people
    agents = Agents(tau=3_000.0)

    def ours():
        return rational_agent_access(place.pairs, agents, supply=place.supply, demand=place.demand)

    found = benchmark.pedantic(ours, rounds=1, warmup_rounds=1)
    seconds = cpu_seconds(ours, rounds=3)
    theirs = beside("access_raam.py", place, tau=3_000.0)
    apart = np.abs(theirs.access / found.cost - 1).max()
    ratio = theirs.seconds / seconds
    benchmark.extra_info.update(peer_cpu_seconds=theirs.seconds, ratio=ratio)
    say(
        f"rational agents, 3,000 x 300, {place.pairs.n_pairs:,} pairs: evenground "
        f"{seconds:.2f} s to a gap of {found.gap:.0e} in {found.n_sweeps} sweeps, access "
        f"{theirs.seconds:.1f} s to a gap of {theirs.gap:.0e}: {ratio:.1f} times faster; costs "
        f"apart by up to {apart:.1%}, the share that people could still save being the gap"
    )
    assert found.converged
    assert theirs.gap > 10 * found.gap
    assert ratio > 1


def test_rational_agents_of_a_whole_city(cpu_seconds, say):
    """What the peer cannot hold: 50,000 by 2,000, with the certificate."""
    place = city(50_000, 2_000)
    for gap in (1e-4, 1e-6):
        results = []

        def ours(gap=gap, results=results):
            agents = Agents(tau=1_000.0, gap=gap)
            results.append(
                rational_agent_access(place.pairs, agents, supply=place.supply, demand=place.demand)
            )

        seconds = cpu_seconds(ours, rounds=1)
        found = results[-1]
        say(
            f"rational agents, 50,000 x 2,000, {place.pairs.n_pairs:,} pairs: {seconds:.1f} s to a "
            f"gap of {found.gap:.0e} in {found.n_sweeps} sweeps"
        )
        assert found.converged
