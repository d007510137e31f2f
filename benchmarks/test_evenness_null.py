"""Could chance placement look like this? The evenness null beside PySAL's, on the same work.

Both draw the same number of allocations of the same units over the same areas. They differ in what
is held: PySAL makes each resident a unit with the city-wide probability, so that the number of
units varies from draw to draw; here the number of places is fixed. With far fewer units than people
the two distributions have the same centre, and the test requires that.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.margins_of_error import counts_with_margins
from evenground.methods.null_allocation import allocations, fair_draw
from evenground.questions.reach.measures.dissimilarity import dissimilarity_rows
from evenground.questions.reach.measures.evenness_null import dissimilarity_null

N_DRAWS = 500
pytestmark = pytest.mark.bench


@pytest.mark.parametrize("size", [(179, 448), (801, 121), (2_000, 2_000)], ids=str)
def test_evenness_null(benchmark, peer, cpu_seconds, say, size):
    n_areas, n_units = size
    rng = np.random.default_rng(n_areas)
    people = np.round(rng.lognormal(8.1, 0.4, n_areas))
    units = rng.multinomial(n_units, people / people.sum())
    fair = fair_draw(np.ones(n_units), counts_with_margins(people, np.zeros(n_areas)))

    def ours():
        return dissimilarity_null(units, fair, rng=np.random.default_rng(1), n_draws=N_DRAWS)

    found = benchmark(ours)
    seconds = cpu_seconds(ours)
    work = {"units": units.tolist(), "people": people.tolist(), "n_draws": N_DRAWS, "rounds": 3}
    theirs = peer("segregation_evenness.py", **work)
    drawn = allocations(fair, rng=np.random.default_rng(2), n_draws=N_DRAWS)
    index = dissimilarity_rows(drawn, people / people.sum())
    ratio = theirs["seconds"] / seconds
    benchmark.extra_info.update(peer_cpu_seconds=theirs["seconds"], ratio=ratio)
    say(
        f"evenness null, {n_areas} areas, {n_units} units, {N_DRAWS} draws: "
        f"evenground {seconds * 1e3:.2f} ms, segregation {theirs['seconds'] * 1e3:.0f} ms "
        f"of processor time, {ratio:.0f} times faster"
    )
    say(
        f"  same answer: mean {index.mean():.4f} and {theirs['mean']:.4f}, two-sided p "
        f"{2 * min(found.mid_p_low, found.mid_p_high):.2f} and {theirs['p_value']:.2f}. "
        "The peer did not: keep units of a place together, carry margins of error, list candidates"
    )
    assert index.mean() == pytest.approx(
        theirs["mean"], abs=4 * index.std() / np.sqrt(N_DRAWS) + 0.01
    )
    assert ratio >= 30


def test_evenness_null_with_margins_and_clusters(benchmark):
    """What the peer does not do: places of several units, an uncertain baseline, 9,999 draws."""
    rng = np.random.default_rng(3)
    people = rng.lognormal(8.1, 0.4, 179)
    places = rng.choice([1.0, 2, 3, 8], 421, p=[0.88, 0.08, 0.03, 0.01])
    fair = fair_draw(places, counts_with_margins(people, 0.25 * people))
    units = allocations(fair, rng=rng, n_draws=1)[0]
    found = benchmark(lambda: dissimilarity_null(units, fair, rng=np.random.default_rng(1)))
    assert found.n_draws == 9_999
