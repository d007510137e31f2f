"""A map of causes: what acts on what, by which paths and with which sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.cause_map import Link, Sign, agreed, cause_map, compared, product
from evenground.methods.cause_paths import (
    path_delay,
    path_sign,
    paths_between,
    reached,
    simple_paths,
    walk_sign,
)


def link(cause, effect, sign="+", delay=None):
    return Link(cause=cause, effect=effect, sign=Sign(sign), delay_months=delay)


names = st.sampled_from("abcdef")
links = st.lists(
    st.builds(link, names, names, st.sampled_from("+-?"), st.none() | st.integers(0, 36)),
    max_size=14,
)

# Maruyama (1963), American Scientist 51, 164-179, his map of a city: P people, M modernisation,
# C migration into the city, S sanitation facilities, G garbage per area, B bacteria per area,
# D diseases.
CITY = cause_map(
    [
        link("P", "M"), link("M", "C"), link("C", "P"), link("M", "S"), link("P", "G"),
        link("G", "B"), link("S", "B", "-"), link("B", "D"), link("D", "P", "-"),
    ]
)  # fmt: skip


def test_names_are_compared_without_case_underscores_and_spaces():
    assert compared("  Rare_Collection ") == compared("rare  collection") == "rare collection"
    found = cause_map([link("Rare_Collection", "Litter"), link("rare collection", "rats")])
    assert list(found.names) == ["litter", "rare collection", "rats"]
    assert found.names["rare collection"] == "Rare_Collection"
    assert found.effects["rare collection"] == ("litter", "rats")
    assert found.causes["rats"] == ("rare collection",)


def test_several_sources_of_one_link_become_one():
    both = cause_map([link("a", "b", "+", 6), link("A", "b", "+", None), link("a", "B", "+", 2)])
    assert both.links["a", "b"].sign is Sign.MORE
    assert both.links["a", "b"].delay_months == 2
    disputed = cause_map([link("a", "b", "+"), link("a", "b", "-")])
    assert disputed.links["a", "b"].sign is Sign.EITHER
    assert disputed.links["a", "b"].delay_months is None


def test_signs_multiply():
    more, less, either = Sign.MORE, Sign.LESS, Sign.EITHER
    assert product([]) is more
    assert product([less, less, more]) is more
    assert product([less, more]) is less
    assert product([less, either, less]) is either
    assert agreed([less, less]) is less
    assert agreed([less, more]) is either


def test_paths_by_hand():
    """a acts on d through b (+ -, 3 months in all) and through c alone with an unknown delay."""
    found = cause_map(
        [
            link("a", "b", "+", 1),
            link("b", "d", "-", 2),
            link("a", "c", "-"),
            link("c", "d", "+", 5),
        ]
    )
    assert list(simple_paths(found, ["a"], "d")) == [("a", "b", "d"), ("a", "c", "d")]
    assert path_sign(found, ("a", "b", "d")) is Sign.LESS
    assert path_delay(found, ("a", "b", "d")) == 3
    assert path_delay(found, ("a", "c", "d")) is None
    paths = paths_between(found, ["a"], "d")
    assert paths.shortest == ("a", "b", "d")
    assert (paths.n_paths, paths.all_counted, paths.sign) == (2, True, Sign.LESS)
    assert paths_between(found, ["d"], "a") is None


def test_the_loops_of_a_city_as_published():
    """Maruyama (1963): P-M-C-P amplifies, P-G-B-D-P counteracts, P-M-S-B-D-P amplifies.

    On the last: two negative influences, of sanitation on bacteria and of diseases on people,
    cancel each other.
    """
    loops = {"".join(p).upper(): path_sign(CITY, p) for p in simple_paths(CITY, ["p"], "p")}
    assert loops == {"PGBDP": Sign.LESS, "PMCP": Sign.MORE, "PMSBDP": Sign.MORE}


def test_a_loop_on_the_way_does_not_turn_the_sign_of_simple_paths():
    found = cause_map([link("a", "b"), link("b", "c"), link("b", "x"), link("x", "b", "-")])
    assert paths_between(found, ["a"], "c").sign is Sign.MORE
    assert walk_sign(found, ["a"], "c") is Sign.EITHER


def test_many_paths_are_bounded_and_their_sign_is_still_known():
    """Twelve pairs in a row: 2^12 paths, all of one sign; with one ``-`` among them, of both."""
    steps = [
        link(*pair)
        for i in range(12)
        for pair in (
            (f"n{i}", f"u{i}"), (f"n{i}", f"v{i}"), (f"u{i}", f"n{i + 1}"), (f"v{i}", f"n{i + 1}"),
        )
    ]  # fmt: skip
    many = paths_between(cause_map(steps), ["n0"], "n12")
    assert (many.n_paths, many.all_counted, many.sign) == (1_000, False, Sign.MORE)
    turned = [link("u0", "n1", "-") if (s.cause, s.effect) == ("u0", "n1") else s for s in steps]
    assert paths_between(cause_map(turned), ["n0"], "n12").sign is Sign.EITHER


@given(links, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    assert cause_map(random.sample(rows, len(rows))) == cause_map(rows)


@given(links, names, names)
def test_a_path_is_simple_and_there_is_one_where_the_goal_is_reached(rows, start, goal):
    found = cause_map(rows)
    paths = list(simple_paths(found, [start], goal)) if start in found.names else []
    assert len(set(paths)) == len(paths)
    for path in paths:
        assert (path[0], path[-1]) == (start, goal)
        assert len(set(path[1:])) == len(path) - 1
        assert len(set(path[:-1])) == len(path) - 1
    assert bool(paths) == (start in found.names and goal in reached([start], found.effects))
    if paths:
        between = paths_between(found, [start], goal)
        assert between.n_paths == len(paths)
        assert len(between.shortest) == min(len(path) for path in paths)
        assert between.sign is agreed(path_sign(found, path) for path in paths)


@given(links, names, names)
def test_what_all_walks_share_all_simple_paths_share(rows, start, goal):
    found = cause_map(rows)
    between = paths_between(found, [start], goal) if start in found.names else None
    if between is not None and walk_sign(found, [start], goal) is not Sign.EITHER:
        assert between.sign is walk_sign(found, [start], goal)


@pytest.mark.parametrize(
    "bad",
    [
        Link(cause=" _ ", effect="b", sign=Sign.MORE),
        Link(cause="a", effect="b", sign="more"),
        Link(cause="a", effect="b", sign=Sign.MORE, delay_months=-1),
        Link(cause="a", effect="b", sign=Sign.MORE, delay_months=float("nan")),
    ],
)
def test_bad_links_are_refused(bad):
    with pytest.raises(UsageError):
        cause_map([bad])
