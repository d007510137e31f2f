"""Do new units go to where units already stood?"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from evenground.errors import UsageError
from evenground.methods.null_allocation import multinomial_allocations
from evenground.questions.reach.measures.persistence import persistence, standardised_need
from evenground.questions.reach.measures.placement_panel import placement_panel

PEOPLE = np.array([300.0, 500, 200, 400])
NEED = np.array([0.1, 0.3, 0.2, 0.6])
NEW = np.array([[2.0, 1, 0, 1], [3, 0, 0, 2], [4, 1, 1, 0]])


def found_in(panel, seed=1, **options):
    return persistence(panel, rng=np.random.default_rng(seed), **options)


def slow_log_likelihood(beta, gamma, panel):
    """Add up year by year and area by area."""
    share = panel.people / panel.people.sum()
    total, stood = 0.0, panel.before.copy()
    mean = share @ panel.need
    z = (panel.need - mean) / np.sqrt(share @ (panel.need - mean) ** 2)
    for year in panel.new:
        weight = panel.people * np.exp(gamma * z + beta * stood)
        for n, w in zip(year, weight, strict=True):
            total += n * np.log(w / weight.sum())
        stood = stood + year
    return total


def slow_score(new, chance, z, before):
    """Return the score of earlier units, less what that of need explains."""
    score = cross = need_score = information = 0.0
    stood = before.copy()
    for year in new:
        n = year.sum()
        for i, count in enumerate(year):
            score += count * (stood[i] - chance @ stood)
            need_score += count * (z[i] - chance @ z)
        cross += n * (chance @ (stood * z) - (chance @ stood) * (chance @ z))
        information += n * (chance @ z**2 - (chance @ z) ** 2)
        stood = stood + year
    return score - cross / information * need_score


def test_two_areas_by_hand():
    """One of two equal areas has a unit already; 9 of 12 new ones go there: odds 9 to 3."""
    found = found_in(placement_panel([[9, 3]], [100, 100], before=[1, 0]), n_draws=9_999)
    assert found.odds_ratio == pytest.approx(3)
    assert found.low < 1
    assert found.high > 3
    # 299 of 4096 ways of 12 coins have 9 heads or more.
    assert found.p_value == pytest.approx(299 / 4096, abs=3 * np.sqrt(0.07 / 9_999))
    assert (found.n_units, found.n_years, found.informative) == (12, 1, True)
    assert np.isnan(found.need_effect)


def test_a_general_optimiser_finds_the_same_effects_and_interval():
    panel = placement_panel(NEW, PEOPLE, need=NEED, before=[0, 1, 0, 2])
    found = found_in(panel, n_draws=99)
    best = optimize.minimize(
        lambda b: -slow_log_likelihood(*b, panel), [0, 0], method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-12},
    )  # fmt: skip
    assert np.log([found.odds_ratio, found.need_effect]) == pytest.approx(best.x, abs=1e-6)
    for bound in (found.low, found.high):
        beta = float(np.log(bound))
        profile = optimize.minimize_scalar(
            lambda g, beta=beta: -slow_log_likelihood(beta, g, panel)
        )
        assert profile.fun - best.fun == pytest.approx(stats.chi2.ppf(0.95, 1) / 2, abs=1e-6)


def test_every_panel_gone_through_gives_the_same_p_value():
    """Three areas, two years of three units: 27 times 27 panels, each with its chance."""
    new = np.array([[2.0, 1, 0], [3, 0, 0]])
    people = np.array([2.0, 3, 5])
    share = people / people.sum()

    def score(first, second):
        stood = np.bincount(first, minlength=3)
        return sum(stood[i] - share @ stood for i in second)

    observed = score([0, 0, 1], [0, 0, 0])
    years = list(product(range(3), repeat=3))
    exact = sum(
        share[list(one + other)].prod()
        for one in years for other in years if score(one, other) >= observed - 1e-12
    )  # fmt: skip
    assert 0.01 < exact < 0.2
    for seed in (1, 2):
        p = found_in(placement_panel(new, people), seed, n_draws=9_999).p_value
        assert p == pytest.approx(exact, abs=4 * np.sqrt(exact / 9_999))


@pytest.mark.parametrize("seed", [3, 4])
def test_draws_are_judged_as_if_one_by_one(seed):
    panel = placement_panel(NEW, PEOPLE, need=NEED)
    share = PEOPLE / PEOPLE.sum()
    z = standardised_need(panel)
    null = optimize.minimize_scalar(
        lambda g: -slow_log_likelihood(0.0, g, panel), tol=1e-12
    ).x  # fmt: skip
    chance = share * np.exp(null * z) / (share @ np.exp(null * z))
    rng = np.random.default_rng(seed)
    drawn = [multinomial_allocations(np.ones(int(n)), chance, rng=rng, n_draws=99)
             for n in NEW.sum(axis=1)]  # fmt: skip
    draws = [slow_score(one, chance, z, panel.before) for one in np.stack(drawn, axis=1)]
    observed = slow_score(NEW, chance, z, panel.before)
    expected = (1 + sum(score >= observed - 1e-6 for score in draws)) / 100
    assert found_in(panel, seed, n_draws=99).p_value == pytest.approx(expected)


@given(
    st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=4),
    st.permutations(range(3)),
    st.floats(0.1, 50),
)
@settings(max_examples=30)
def test_units_of_people_and_need_and_the_order_of_areas_are_irrelevant(new, order, unit):
    people, need, before = np.array([2.0, 3, 4]), np.array([0.2, 0.5, 0.9]), np.array([1, 0, 2])
    one = found_in(placement_panel(new, people, need=need, before=before), n_draws=19)
    other = found_in(
        placement_panel(
            np.array(new)[:, order],
            unit * people[order],
            need=3 - unit * need[order],
            before=before[order],
        ),
        n_draws=19,
    )
    assert (one.n_units, one.n_years) == (other.n_units, other.n_years)
    assert (one.odds_ratio, one.low, one.high) == pytest.approx(
        (other.odds_ratio, other.low, other.high), rel=1e-6, nan_ok=True
    )
    if np.isnan(one.need_effect):
        assert np.isnan(other.need_effect)
    elif 0 < one.need_effect < np.inf:
        assert one.need_effect == pytest.approx(1 / other.need_effect, rel=1e-6)


@given(st.integers(0, 2), st.integers(1, 3))
def test_a_unit_moved_to_where_more_stood_raises_the_odds_ratio(to, by):
    stood = np.array([3, 2, 1, 0])
    new = np.full((1, 4), 3)
    moved = new.copy()
    moved[0, to] += 1
    moved[0, min(3, to + by)] -= 1
    before, after = (
        found_in(placement_panel(one, np.ones(4), before=stood), n_draws=9) for one in (new, moved)
    )
    assert before.odds_ratio == pytest.approx(1)
    assert after.odds_ratio > 1


def test_areas_without_people_or_units_play_no_part():
    one = found_in(placement_panel(NEW, PEOPLE, need=NEED), n_draws=99)
    other = found_in(
        placement_panel(
            np.c_[NEW, np.zeros(3)], np.r_[PEOPLE, 0], need=np.r_[NEED, 9], before=[0, 0, 0, 0, 7]
        ),
        n_draws=99,
    )
    assert one == other


def test_the_same_seed_gives_the_same_answer_and_leaves_the_input_alone():
    panel = placement_panel(NEW, PEOPLE, need=NEED)
    kept = panel.new.copy()
    assert found_in(panel, 5) == found_in(panel, 5)
    assert (panel.new == kept).all()


def test_a_strong_effect_is_found_and_none_is_not():
    rng = np.random.default_rng(6)
    people, found = np.full(50, 100.0), {}
    for odds in (1.0, 1.5):
        stood, new = np.zeros(50), []
        for _ in range(8):
            weight = people * odds**stood
            new.append(rng.multinomial(15, weight / weight.sum()))
            stood = stood + new[-1]
        found[odds] = found_in(placement_panel(new, people))
    assert found[1.0].p_value > 0.05
    assert found[1.0].low < 1 < found[1.0].high
    assert found[1.5].p_value == pytest.approx(0.001)
    assert found[1.5].low < 1.5 < found[1.5].high


def test_an_estimate_without_a_peak_is_open_on_that_side():
    up = found_in(placement_panel([[5, 0, 0], [5, 0, 0]], [1, 1, 1]))
    assert up.odds_ratio == up.high == np.inf
    assert up.low > 1
    assert up.informative
    down = found_in(placement_panel([[5, 0, 0], [0, 3, 2]], [1, 1, 1], need=[1, 2, 4]))
    assert (down.odds_ratio, down.low) == (0.0, 0.0)
    assert 0 < down.high < 1
    # No area alone is passed over, but need and the past together fit ever better.
    ridge = placement_panel([[0, 0, 3], [0, 1, 1]], [2, 3, 4], need=[2, 5, 9], before=[1, 0, 2])
    both = found_in(ridge)
    assert (both.odds_ratio, both.low) == (0.0, 0.0)
    assert np.isnan(both.need_effect)
    _, second, third = standardised_need(ridge)
    per = 5 / (third - second)  # makes up for the five units of the third area
    reached = [slow_log_likelihood(-k, per * k, ridge) for k in (0.5, 1, 2, 4)]
    assert reached == sorted(reached)


def test_need_without_a_peak_is_infinite():
    """The earlier unit halves nothing and doubles nothing; no unit goes where need is low."""
    panel = placement_panel([[4, 4, 0, 0]], [1, 1, 1, 1], need=[1, 1, 0, 0], before=[1, 0, 1, 0])
    found = found_in(panel)
    assert found.odds_ratio == pytest.approx(1)
    assert found.need_effect == np.inf


@pytest.mark.parametrize(
    ("why_not", "new", "people", "more"),
    [
        ("no_units", [[0, 0], [0, 0]], [1, 1], {}),
        ("one_area", [[3, 0], [2, 0]], [1, 0], {}),
        ("no_variation", [[3, 5]], [1, 1], {}),
        ("no_variation", [[0, 0], [3, 5]], [1, 1], {"before": [4, 4]}),
        ("need_alike", [[3, 5]], [1, 1], {"before": [1, 2], "need": [5, 9]}),
        ("need_alike", [[0, 0, 5]], [1, 1, 1], {"before": [1, 0, 2], "need": [1, 2, 4]}),
        ("too_few", [[1, 0], [1, 0]], [1, 1], {}),
    ],
)
def test_what_cannot_tell_says_why(why_not, new, people, more):
    found = found_in(placement_panel(new, people, **more))
    assert found.why_not == why_not
    assert not found.informative
    assert found.p_value > 0.05


def test_need_that_is_the_same_everywhere_is_left_out():
    without = found_in(placement_panel(NEW, PEOPLE))
    alike = found_in(placement_panel(NEW, PEOPLE, need=np.full(4, 0.3)))
    assert np.isnan(alike.need_effect)
    assert (alike.odds_ratio, alike.p_value) == (without.odds_ratio, without.p_value)


@pytest.mark.parametrize(
    ("code", "new", "people", "more"),
    [
        ("array_shape", [[1, 2, 3]], [1, 1], {}),
        ("array_shape", [1, 2], [1, 1], {}),
        ("array_shape", [[1, 2]], [1, 1], {"need": [1]}),
        ("array_value", [[1, -2]], [1, 1], {}),
        ("array_value", [[1, np.nan]], [1, 1], {}),
        ("array_value", [[1, 2]], [1, 1], {"before": [0, -1]}),
        ("array_value", [[1, 2]], [1, 1], {"need": [0, np.inf]}),
        ("count_not_whole", [[1, 2.5]], [1, 1], {}),
        ("count_not_whole", [[1, 2]], [1, 1], {"before": [0.5, 1]}),
        ("units_without_people", [[1, 2]], [1, 0], {}),
        ("nothing_to_share", [[0, 0]], [0, 0], {}),
    ],
)
def test_wrong_input_is_refused(code, new, people, more):
    with pytest.raises(UsageError) as caught:
        placement_panel(new, people, **more)
    assert [problem.code for problem in caught.value.problems] == [code]
