"""Two-step, enhanced, modified and three-step floating catchments, and spatial availability."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.accessibility.decay import Bands, Binary, Exponential, Gaussian, Linear
from evenground.methods.accessibility.enhanced_two_step import enhanced_two_step_access
from evenground.methods.accessibility.modified_two_step import modified_two_step_access
from evenground.methods.accessibility.pairs import pairs_from_costs, straight_line_pairs
from evenground.methods.accessibility.spatial_availability import spatial_availability
from evenground.methods.accessibility.three_step import selection_weights, three_step_access
from evenground.methods.accessibility.two_step import two_step_access
from evenground.methods.accessibility.weights import catchment_weights

# Origins at 0, 1,000 and 2,000 m along a road, sites at 500 and 1,500 m.
ROAD = straight_line_pairs([[0, 0], [1000, 0], [2000, 0]], [[500, 0], [1500, 0]], limit=2000)
PEOPLE, PLACES = [100, 200, 50], [6, 5]
HALF_BEYOND_600 = Bands((600.0, 1600.0), (1.0, 0.5))
FAMILY = [enhanced_two_step_access, modified_two_step_access, three_step_access]
SEEDS = st.integers(0, 2**32 - 1)


def town(seed, n_origins=25, n_sites=8):
    """Return a random town in which some have no demand, some sites no supply or no visitors."""
    rng = np.random.default_rng(seed)
    return SimpleNamespace(
        rng=rng,
        origins=rng.uniform(0, 1_000, (n_origins, 2)),
        sites=np.vstack([rng.uniform(0, 1_000, (n_sites - 1, 2)), [[5_000, 5_000]]]),
        demand=rng.integers(0, 4, n_origins) * 10.0,
        supply=rng.integers(0, 3, n_sites) * 1.0,
    )


def weights_in(place, decay):
    return catchment_weights(straight_line_pairs(place.origins, place.sites, limit=500), decay)


def test_two_step_by_hand():
    """Site 0 serves 300 people with 6 places, site 1 serves 250 with 5: 0.02 each."""
    found = two_step_access(ROAD, threshold=600, supply=PLACES, demand=PEOPLE)
    assert found.site_demand.tolist() == [300, 250]
    assert found.site_ratio == pytest.approx([0.02, 0.02])
    assert found.access == pytest.approx([0.02, 0.04, 0.02])
    assert found.supply_unreached == 0


def test_enhanced_by_hand():
    weights = catchment_weights(ROAD, HALF_BEYOND_600)
    found = enhanced_two_step_access(weights, supply=PLACES, demand=PEOPLE)
    assert found.site_demand == pytest.approx([325, 300])
    near, far = 6 / 325, 5 / 300
    assert found.access == pytest.approx([near + far / 2, near + far, near / 2 + far])


def test_modified_by_hand():
    weights = catchment_weights(ROAD, HALF_BEYOND_600)
    found = modified_two_step_access(weights, supply=PLACES, demand=PEOPLE)
    near, far = 6 / 325, 5 / 300
    assert found.access == pytest.approx([near + far / 4, near + far, near / 4 + far])


def test_three_step_by_hand():
    """Origin 0 chooses site 0 with 2/3; its weights are 2/3 and 1/6, and so on."""
    weights = catchment_weights(ROAD, HALF_BEYOND_600)
    assert selection_weights(weights).by_origin.toarray() == pytest.approx(
        np.array([[2 / 3, 1 / 6], [1 / 2, 1 / 2], [1 / 6, 2 / 3]])
    )
    found = three_step_access(weights, supply=PLACES, demand=PEOPLE)
    near, far = 6 / 175, 5 / 150
    assert found.access == pytest.approx(
        [near * 2 / 3 + far / 6, near / 2 + far / 2, near / 6 + far * 2 / 3]
    )


@pytest.mark.parametrize(
    ("rate", "published"), [(0.1, [1.337, 0.888, 0.996]), (0.6, [1.999, 0.667, 1.000])]
)
def test_enhanced_as_published(shen, rate, published):
    """Shen's measure in Soukhov et al. (2023), PLOS ONE 18(1), e0278468, table 1, rows a_i."""
    weights = catchment_weights(shen.pairs, Exponential(rate))
    found = enhanced_two_step_access(weights, supply=shen.jobs, demand=shen.people)
    assert found.access == pytest.approx(published, abs=0.0005)


def test_spatial_availability_as_published(shen):
    """Soukhov et al. (2023), PLOS ONE 18(1), e0278468, table 1, row V_i."""
    weights = catchment_weights(shen.pairs, Exponential(0.1))
    found = spatial_availability(weights, opportunities=shen.jobs, population=shen.people)
    assert found.available == pytest.approx([66_833.5, 133_203.4, 9_963.2], abs=0.05)
    assert found.available.sum() == pytest.approx(210_000, rel=1e-12)
    assert found.per_person == pytest.approx([1.3366693, 0.8880224, 0.9963171], abs=5e-8)


@given(SEEDS)
def test_availability_per_person_is_the_enhanced_measure(seed):
    place = town(seed)
    weights = weights_in(place, Gaussian(200))
    given_out = spatial_availability(weights, opportunities=place.supply, population=place.demand)
    access = enhanced_two_step_access(weights, supply=place.supply, demand=place.demand)
    lived_in = place.demand > 0
    assert given_out.per_person[lived_in] == pytest.approx(access.access[lived_in], rel=1e-12)
    assert np.isnan(given_out.per_person[~lived_in]).all()
    assert given_out.unreached == access.supply_unreached
    strong = spatial_availability(
        weights, opportunities=place.supply, population=place.demand, alpha=2.0
    )
    assert strong.available.sum() == pytest.approx(given_out.available.sum(), rel=1e-12)


@pytest.mark.parametrize("decay", [Binary(300.0), Linear(400.0), Gaussian(150.0)], ids=repr)
@given(SEEDS)
def test_totals_are_kept(decay, seed):
    place = town(seed)
    weights = weights_in(place, decay)
    for method in FAMILY:
        found = method(weights, supply=place.supply, demand=place.demand)
        served = place.supply.sum() - found.supply_unreached
        handed_out = place.demand @ found.access
        if method is modified_two_step_access:
            assert handed_out <= served * (1 + 1e-12)
        else:
            assert handed_out == pytest.approx(served, rel=1e-10, abs=1e-12)
        assert found.supply_unreached >= place.supply[-1]
        assert (found.access >= 0).all()


@pytest.mark.parametrize("method", FAMILY)
@given(SEEDS)
def test_units_order_and_splits_change_nothing(method, seed):
    place = town(seed)
    decay = Linear(400.0)
    before = method(weights_in(place, decay), supply=place.supply, demand=place.demand).access
    twice = method(weights_in(place, decay), supply=place.supply, demand=2 * place.demand).access
    assert twice == pytest.approx(before / 2, rel=1e-10)

    order = place.rng.permutation(len(place.origins))
    mixed = SimpleNamespace(origins=place.origins[order], sites=place.sites[::-1])
    found = method(
        weights_in(mixed, decay), supply=place.supply[::-1], demand=place.demand[order]
    ).access
    assert found == pytest.approx(before[order], rel=1e-10)

    halves = np.append(place.demand, place.demand[0] * 0.25)
    halves[0] *= 0.75
    split = SimpleNamespace(
        origins=np.vstack([place.origins, place.origins[:1]]), sites=place.sites
    )
    found = method(weights_in(split, decay), supply=place.supply, demand=halves).access
    assert found == pytest.approx(np.append(before, before[0]), rel=1e-10)


@pytest.mark.parametrize("method", [enhanced_two_step_access, modified_two_step_access])
@given(SEEDS)
def test_a_site_split_in_two_alike_changes_nothing(method, seed):
    place = town(seed)
    before = method(weights_in(place, Gaussian(150)), supply=place.supply, demand=place.demand)
    halves = np.append(place.supply, place.supply[0] * 0.25)
    halves[0] *= 0.75
    split = SimpleNamespace(origins=place.origins, sites=np.vstack([place.sites, place.sites[:1]]))
    found = method(weights_in(split, Gaussian(150)), supply=halves, demand=place.demand)
    assert found.access == pytest.approx(before.access, rel=1e-10)


def test_a_site_split_in_two_changes_choices():
    """In the three-step method two doors draw more people than one: a trait, not a slip."""
    pairs = pairs_from_costs(([0, 0, 1], [0, 1, 1]), [1.0, 1.0, 1.0], shape=(2, 2))
    split = pairs_from_costs(([0, 0, 0, 1], [0, 1, 2, 1]), [1.0] * 4, shape=(2, 3))
    whole = three_step_access(catchment_weights(pairs, Binary(2)), supply=[2, 2], demand=[1, 1])
    parts = three_step_access(catchment_weights(split, Binary(2)), supply=[1, 2, 1], demand=[1, 1])
    assert whole.access == pytest.approx([2 + 2 / 3, 4 / 3])
    assert parts.access == pytest.approx([2 + 1 / 2, 3 / 2])


@pytest.mark.parametrize("method", FAMILY)
@given(SEEDS)
def test_more_supply_never_lowers_access(method, seed):
    place = town(seed)
    weights = weights_in(place, Gaussian(150))
    more = place.supply + place.rng.uniform(0, 2, place.supply.size)
    before = method(weights, supply=place.supply, demand=place.demand).access
    assert (method(weights, supply=more, demand=place.demand).access >= before - 1e-12).all()


@pytest.mark.parametrize("method", FAMILY)
def test_dates_and_scenarios_come_as_rows(method):
    place = town(5)
    weights = weights_in(place, Gaussian(150))
    opened = np.vstack([place.supply, np.zeros(8), place.supply * [1, 1, 1, 1, 0, 0, 0, 0]])
    grown = np.vstack([place.demand, place.demand * 2, place.demand + 1])
    for supply, demand in [(opened, place.demand), (place.supply, grown), (opened, grown)]:
        found = method(weights, supply=supply, demand=demand)
        assert found.access.shape == (3, 25)
        for row in range(3):
            alone = method(
                weights,
                supply=supply[row] if np.ndim(supply) == 2 else supply,
                demand=demand[row] if np.ndim(demand) == 2 else demand,
            )
            assert found.access[row] == pytest.approx(alone.access, rel=1e-13)
            assert found.supply_unreached[row] == alone.supply_unreached


def test_nobody_and_nothing():
    pairs = pairs_from_costs(([0], [0]), [1.0], shape=(2, 2))
    weights = catchment_weights(pairs, Binary(5))
    for method in FAMILY:
        found = method(weights, supply=[3, 4], demand=[0, 7])
        assert found.access.tolist() == [0, 0]
        assert found.supply_unreached == 7
        assert found.site_ratio.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("supply", "demand", "says"),
    [
        ([1, -1], [1, 1, 1], "supply"),
        ([1, np.nan], [1, 1, 1], "supply"),
        ([1], [1, 1, 1], "supply"),
        ([1, 1], [1, 1], "demand"),
        ([[1, 1]] * 2, [[1, 1, 1]] * 3, "2 rows and demand 3"),
    ],
)
def test_wrong_supply_or_demand_is_refused(supply, demand, says):
    weights = catchment_weights(ROAD, Binary(600))
    for method in FAMILY:
        with pytest.raises(UsageError, match=says):
            method(weights, supply=supply, demand=demand)


def test_wrong_alpha_is_refused():
    weights = catchment_weights(ROAD, Binary(600))
    with pytest.raises(UsageError, match="alpha"):
        spatial_availability(weights, opportunities=[1, 1], population=[1, 1, 1], alpha=0)
