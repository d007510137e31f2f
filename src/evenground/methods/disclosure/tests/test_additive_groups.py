from __future__ import annotations

import numpy as np

from evenground.methods.disclosure.additive_groups import additive_groups


def _people(n_groups: int, n_areas: int = 40, seed: int = 0):
    return np.random.default_rng(seed).poisson(9, (n_groups, n_areas)).astype(float)


def test_two_ways_of_dividing_all_residents_are_found():
    ages = _people(4)
    total = ages.sum(axis=0)
    women = np.floor(total / 2)
    counts = np.vstack([total, ages, women, total - women])
    assert set(additive_groups(counts)) == {(0, (5, 6)), (0, (1, 2, 3, 4))}


def test_a_part_of_a_part_is_found():
    ages = _people(4)
    young = ages[0] + ages[1]
    found = additive_groups(np.vstack([ages.sum(axis=0), ages, young]))
    assert (5, (1, 2)) in found
    assert (0, (3, 4, 5)) in found


def test_groups_that_do_not_add_up_give_nothing():
    assert additive_groups(_people(6)) == ()


def test_groups_of_nobody_are_no_parts():
    ages = _people(2)
    counts = np.vstack([ages.sum(axis=0), ages, np.zeros(40)])
    assert additive_groups(counts) == ((0, (1, 2)),)


def test_many_age_bands_are_found_as_a_run():
    ages = _people(30)
    found = additive_groups(np.vstack([ages.sum(axis=0), ages[:18].sum(axis=0), ages]))
    assert (0, tuple(range(2, 32))) in found
    assert (1, tuple(range(2, 20))) in found


def test_fractions_add_up_too():
    parts = _people(3) / 3
    assert additive_groups(np.vstack([parts.sum(axis=0), parts])) == ((0, (1, 2, 3)),)


def test_no_areas_no_sums():
    assert additive_groups(np.zeros((3, 0))) == ()
