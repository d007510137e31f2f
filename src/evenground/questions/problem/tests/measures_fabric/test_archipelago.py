"""How broken up the served area is."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.problem.measures.archipelago import archipelago, patch_map
from evenground.questions.problem.measures.archipelago_null import archipelago_null, relabelled


def grid(height, width, people=None, *, small=0.0):
    """Return square areas of 100 m whose sides touch."""
    at = np.arange(height * width).reshape(height, width)
    across = np.column_stack([at[:, :-1].ravel(), at[:, 1:].ravel()])
    down = np.column_stack([at[:-1].ravel(), at[1:].ravel()])
    centre = np.column_stack([at.ravel() % width, at.ravel() // width]) * 100.0
    living = np.full(at.size, 10.0) if people is None else people
    return patch_map(living, np.vstack([across, down]), centroids=centre, small=small)


def test_a_row_of_areas_by_hand():
    """People 10 20 30 40 50 60 in a row, the first two, the fourth and the last served.

    Patches of 30, 40 and 60 people, 130 in all; unserved 30 and 50 people, 100 m from the next.
    """
    on = grid(1, 6, np.array([10.0, 20, 30, 40, 50, 60]), small=35)
    found = archipelago(np.array([True, True, False, True, False, True]), on)
    assert found.n_patches == 3
    assert found.largest_share == pytest.approx(60 / 130)
    assert found.island_share == pytest.approx(70 / 130)
    assert found.small_share == pytest.approx(30 / 130)
    assert found.effective_mesh_people == pytest.approx((900 + 1_600 + 3_600) / 130)
    assert found.coherence == pytest.approx(6_100 / 130**2)
    assert found.distance_metres == pytest.approx(100)
    assert (found.people_served, found.people_unserved) == (130, 80)


def test_distance_counts_people():
    """Only the first of five is served: 100, 200, 300 and 400 m with 10, 10, 10 and 70 people."""
    on = grid(1, 5, np.array([10.0, 10, 10, 10, 70]))
    found = archipelago(np.array([True, False, False, False, False]), on)
    assert found.distance_metres == pytest.approx((1_000 + 2_000 + 3_000 + 28_000) / 100)


def test_an_area_without_people_joins_nothing():
    on = grid(1, 3, np.array([10.0, 0, 10]))
    assert archipelago(np.array([True, True, True]), on).n_patches == 2


def test_nobody_and_everybody():
    on = grid(2, 2)
    nobody = archipelago(np.zeros(4, dtype=bool), on)
    assert (nobody.n_patches, nobody.people_served) == (0, 0)
    assert np.isnan([nobody.largest_share, nobody.coherence, nobody.distance_metres]).all()
    everybody = archipelago(np.ones(4, dtype=bool), on)
    assert (everybody.n_patches, everybody.largest_share, everybody.coherence) == (1, 1, 1)
    assert np.isnan(everybody.distance_metres)
    for flags in (np.zeros(4, dtype=bool), np.ones(4, dtype=bool)):
        assert archipelago_null(flags, on, rng=np.random.default_rng(1)) is None


@pytest.mark.parametrize("n", [1, 2, 5])
def test_n_equal_patches_have_a_mesh_of_one_of_them(n):
    """Jaeger (2000): the effective mesh size is that of the meshes of a regular net as divided."""
    served = np.arange(2 * n) % 2 == 0
    found = archipelago(served, grid(1, 2 * n, np.full(2 * n, 7.0)))
    assert found.n_patches == n
    assert found.effective_mesh_people == pytest.approx(7)
    assert found.coherence == pytest.approx(1 / n)


maps = st.tuples(
    st.integers(1, 5), st.integers(1, 5), st.lists(st.integers(0, 30), min_size=25, max_size=25),
    st.lists(st.booleans(), min_size=25, max_size=25),
)  # fmt: skip


@given(maps)
def test_patches_agree_with_networkx(given_map):
    height, width, people, flags = given_map
    n = height * width
    on = grid(height, width, np.array(people[:n], float), small=25)
    served = np.array(flags[:n]) & (on.people > 0)
    found = archipelago(served, on)
    graph = nx.Graph()
    graph.add_nodes_from(np.flatnonzero(served).tolist())
    graph.add_edges_from((a, b) for a, b in on.borders.tolist() if served[a] and served[b])
    sizes = np.array([on.people[list(patch)].sum() for patch in nx.connected_components(graph)])
    assert found.n_patches == sizes.size
    if sizes.size:
        assert found.largest_share == pytest.approx(sizes.max() / sizes.sum())
        assert found.small_share == pytest.approx(sizes[sizes < 25].sum() / sizes.sum())
        assert found.coherence == pytest.approx(((sizes / sizes.sum()) ** 2).sum())
    away = np.flatnonzero(~served & (on.people > 0))
    if served.any() and away.size:
        apart = np.linalg.norm(on.centroids[away][:, None] - on.centroids[served], axis=2)
        expected = np.average(apart.min(axis=1), weights=on.people[away])
        assert found.distance_metres == pytest.approx(expected)


@given(maps, st.sampled_from([0.5, 4.0]), st.randoms(use_true_random=False))
def test_neither_order_of_areas_nor_units_matter(given_map, times, random):
    height, width, people, flags = given_map
    n = height * width
    on = grid(height, width, np.array(people[:n], float), small=25)
    first = archipelago(np.array(flags[:n]), on)
    order = np.array(random.sample(range(n), n))
    position = np.argsort(order)
    turned = patch_map(
        times * on.people[order], position[on.borders], centroids=times * on.centroids[order],
        small=25 * times,
    )  # fmt: skip
    other = archipelago(np.array(flags[:n])[order], turned)
    assert other.n_patches == first.n_patches
    shares = [[one.largest_share, one.small_share, one.coherence] for one in (first, other)]
    assert shares[0] == pytest.approx(shares[1], nan_ok=True)
    assert other.distance_metres == pytest.approx(times * first.distance_metres, nan_ok=True)


def test_far_from_all_served_areas_distance_is_still_found():
    """Two of 400 areas served: most have none of them among their nearest neighbours."""
    on = grid(20, 20)
    served = np.zeros(400, dtype=bool)
    served[[0, 399]] = True
    apart = np.linalg.norm(on.centroids[:, None] - on.centroids[served], axis=2).min(axis=1)
    assert archipelago(served, on).distance_metres == pytest.approx(apart[~served].mean())


@given(st.lists(st.integers(0, 40), min_size=3, max_size=9), st.integers(0, 2**31), st.data())
def test_relabelling_serves_as_many_people_within_those_of_an_area(people, seed, data):
    on = grid(1, len(people), np.array(people, float))
    served = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(people), max_size=len(people)))
    )
    served &= on.people > 0
    if not served.any() or bool(served[on.people > 0].all()):
        return
    target = on.people[served].sum()
    rows = relabelled(on, target, rng=np.random.default_rng(seed), n_draws=20)
    assert not rows[:, on.people == 0].any()
    assert (np.abs(rows @ on.people - target) < on.people.max()).all()
    assert rows.any(axis=1).all()
    assert (~rows[:, on.people > 0]).any(axis=1).all()


def test_relabelling_favours_no_area():
    on = grid(3, 4)
    rows = relabelled(on, 40.0, rng=np.random.default_rng(2), n_draws=20_000)
    assert (rows.sum(axis=1) == 4).all()
    assert rows.mean(axis=0) == pytest.approx(np.full(12, 1 / 3), abs=0.015)


def test_scattered_clumped_and_random_service():
    """A chessboard is more broken up than chance, a block less, and a random map like chance."""
    on = grid(12, 12)
    row, column = np.divmod(np.arange(144), 12)
    board = (row + column) % 2 == 0
    block = (row < 4) & (column < 4)
    random = relabelled(on, 160.0, rng=np.random.default_rng(8), n_draws=1)[0]
    bands = [
        archipelago_null(served, on, rng=np.random.default_rng(3), n_draws=999)
        for served in (board, block, random)
    ]
    assert bands[0].n_patches.mid_p_high < 0.005
    assert bands[0].coherence.mid_p_low < 0.005
    assert bands[0].distance_metres.mid_p_low < 0.005
    assert bands[1].n_patches.mid_p_low < 0.005
    assert bands[1].distance_metres.mid_p_high < 0.005
    assert bands[2].n_patches.looks_like_chance
    assert bands[2].largest_share.looks_like_chance


def test_p_values_of_random_maps_are_spread_evenly():
    on = grid(8, 8)
    maps_ = relabelled(on, 200.0, rng=np.random.default_rng(11), n_draws=150)
    found = [
        archipelago_null(served, on, rng=np.random.default_rng(i), n_draws=199)
        for i, served in enumerate(maps_)
    ]
    p = np.array([bands.distance_metres.mid_p_high for bands in found])
    assert p.mean() == pytest.approx(0.5, abs=3 * np.sqrt(1 / 12 / 150))
    assert (p < 0.1).mean() == pytest.approx(0.1, abs=3 * np.sqrt(0.09 / 150))


def test_the_same_generator_gives_the_same():
    on = grid(6, 6)
    served = np.arange(36) % 5 == 0
    first, second = (
        archipelago_null(served, on, rng=np.random.default_rng(1), n_draws=99) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("served", [np.array([1, 0, 1, 0]), np.array([True, False])])
def test_bad_flags_are_refused(served):
    with pytest.raises(UsageError):
        archipelago(served, grid(2, 2))


@pytest.mark.parametrize(
    ("people", "borders", "centroids", "small"),
    [([1.0, -1], [[0, 1]], np.zeros((2, 2)), 0), ([1.0, 1], [[0, 2]], np.zeros((2, 2)), 0),
     ([1.0, 1], [[0, 1]], np.zeros((3, 2)), 0), ([1.0, 1], [[0, 1]], np.zeros((2, 2)), -1)],
)  # fmt: skip
def test_bad_maps_are_refused(people, borders, centroids, small):
    with pytest.raises(UsageError):
        patch_map(people, borders, centroids=centroids, small=small)
