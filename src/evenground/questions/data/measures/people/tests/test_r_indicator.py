"""The R-indicator: its definition, its parts, and what chance alone would bring."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.margins_of_error import counts_with_margins
from evenground.questions.data.measures.people.r_indicator import RIndicator, r_indicator

cells = st.lists(st.tuples(st.integers(2, 5_000), st.floats(0.02, 0.98)), min_size=6, max_size=6)
ROW, COLUMN = np.repeat([0, 1], 3), np.tile([0, 1, 2], 2)


def exact(people):
    return counts_with_margins(people, np.zeros(len(people)))


def test_half_who_always_and_half_who_never_answer():
    """S is at most 0.5, so that R is 0: Schouten, Cobben and Bethlehem (2009), section 3.1."""
    found = r_indicator([5_000, 0], exact([5_000, 5_000]), [[0, 1]])
    assert found.r == pytest.approx(0)
    assert found.mean_chance == 0.5
    assert found.variation == pytest.approx(1)


def test_by_hand():
    """Chances of 0.6 and 0.4 in halves of a large city: S = 0.1, R = 0.8, variation 0.2."""
    found = r_indicator([600_000, 400_000], exact([10**6, 10**6]), [[0, 1]])
    assert found.r == pytest.approx(0.8, abs=1e-5)
    assert found.variation == pytest.approx(0.2, abs=1e-5)
    assert found.low < 0.8 < found.high
    one = found.partial[0]
    assert one.unconditional == pytest.approx(0.1, abs=1e-5)
    assert one.conditional == pytest.approx(0.1, abs=1e-5)
    assert one.by_category == pytest.approx([0.5**0.5 * 0.1, -(0.5**0.5) * 0.1])
    assert one.conditional_by_category == pytest.approx([0.005**0.5, 0.005**0.5], abs=1e-5)


@given(cells)
def test_the_adjustment_is_that_of_shlomo_skinner_and_schouten(rows):
    """(1 + 1/n - 1/N) S² - Σ z (Σ z x)⁻¹ z / n with one chance for each kind, the frame being all.

    Then the second term is Σ p (1 - p) / n over kinds (2012, equation 12, as we read it).
    """
    people = np.array([n for n, _ in rows], float) + 200
    count = np.rint(people * [p for _, p in rows])
    found = r_indicator(count, exact(people), [np.arange(6)])
    p, n = count / people, people.sum()
    mean = count.sum() / n
    square = people @ (p - mean) ** 2 / (n - 1) - (p * (1 - p)).sum() / n
    expected = 1 - 2 * np.sqrt(max(square, 0))
    assert found.r == pytest.approx(expected, abs=0.01)


@given(cells)
def test_the_parts_make_up_the_whole(rows):
    """Between and within categories of one trait add up to S² (2011, section 3)."""
    people = np.array([n for n, _ in rows], float) * 10_000  # chance brings next to nothing
    count = np.rint(people * [p for _, p in rows])
    found = r_indicator(count, exact(people), [ROW, COLUMN])
    square = ((1 - found.r) / 2) ** 2
    rows_part, columns_part = found.partial
    # What rows show alone, and what columns show among those of the same row.
    assert rows_part.unconditional**2 + columns_part.conditional**2 == pytest.approx(
        square, abs=1e-6
    )
    assert columns_part.unconditional**2 + rows_part.conditional**2 == pytest.approx(
        square, abs=1e-6
    )
    for one in found.partial:
        assert np.sum(one.by_category**2) == pytest.approx(one.unconditional**2, abs=1e-6)
        assert np.sum(one.conditional_by_category**2) == pytest.approx(one.conditional**2, abs=1e-6)
    assert found.low - 1e-9 <= found.r <= found.high + 1e-9
    mean = found.mean_chance
    assert found.without_adjustment >= 1 - 2 * np.sqrt(mean * (1 - mean)) - 1e-9


@given(cells, st.permutations(range(6)))
def test_the_order_of_kinds_changes_nothing(rows, order):
    people = np.array([n for n, _ in rows], float)
    count = np.rint(people * [p for _, p in rows])
    if not count.any():
        return
    one = r_indicator(count, exact(people), [ROW, COLUMN])
    at = list(order)
    other = r_indicator(count[at], exact(people[at]), [ROW[at], COLUMN[at]])
    assert other.r == pytest.approx(one.r)
    assert other.low == pytest.approx(one.low)
    assert other.partial[0].conditional == pytest.approx(one.partial[0].conditional, abs=1e-7)


def drawn(seed, chance, people):
    rng = np.random.default_rng(seed)
    return rng.binomial(people, chance)


def test_chance_alone_is_taken_off():
    """Equal chances in 60 small areas: R seems to fall until it is adjusted."""
    people, square, plain = np.full(60, 80), [], []
    for seed in range(300):
        found = r_indicator(drawn(seed, 0.3, people), exact(people), [np.arange(60)])
        square.append(((1 - found.r) / 2) ** 2)
        plain.append(found.without_adjustment)
    assert np.mean(plain) < 0.92
    assert np.median(square) < 0.0006


@pytest.mark.parametrize("spread", [0.0, 0.03, 0.1])
def test_limits_hold_as_often_as_promised(spread):
    rng = np.random.default_rng(4)
    people = rng.integers(100, 900, 40)
    chance = np.clip(0.3 + spread * rng.standard_normal(40), 0.02, 0.98)
    mean = people @ chance / people.sum()
    truth = 1 - 2 * np.sqrt(people @ (chance - mean) ** 2 / people.sum())
    missed = 0
    for seed in range(400):
        found = r_indicator(drawn(seed, chance, people), exact(people), [np.arange(40)])
        missed += not found.low <= truth <= found.high
    assert missed / 400 <= 0.05 + 2 * (0.05 * 0.95 / 400) ** 0.5


def test_limits_hold_with_a_surveyed_population():
    rng = np.random.default_rng(5)
    people = rng.integers(1_000, 5_000, 30).astype(float)
    chance = np.clip(0.3 + 0.1 * rng.standard_normal(30), 0.05, 0.95)
    truth = np.sqrt(people @ (chance - people @ chance / people.sum()) ** 2 / people.sum())
    missed = 0
    for _ in range(300):
        error = 0.08 * people
        surveyed = counts_with_margins(np.maximum(rng.normal(people, error), 1), error * 1.645)
        found = r_indicator(rng.binomial(people.astype(int), chance), surveyed, [np.arange(30)])
        missed += not found.low <= 1 - 2 * truth <= found.high
    assert missed / 300 <= 0.05 + 2 * (0.05 * 0.95 / 300) ** 0.5


def test_few_in_the_data_look_alike_by_r_and_not_by_variation():
    found = r_indicator([90, 10], exact([10_000, 10_000]), [[0, 1]])
    assert found.r > 0.99
    assert found.variation > 0.7


def test_margins_of_error_widen():
    people = np.array([1_000.0, 2_000, 3_000])
    narrow = r_indicator([300, 500, 1_200], exact(people), [[0, 1, 2]])
    wide = r_indicator([300, 500, 1_200], counts_with_margins(people, people * 0.2), [[0, 1, 2]])
    assert wide.high - wide.low > narrow.high - narrow.low


@pytest.mark.parametrize(
    ("count", "people", "code"),
    [([5, 0], [10, 0], "one_kind"), ([0, 0], [10, 10], "nobody"),
     ([11, 2], [10, 10], "not_persons")],
)  # fmt: skip
def test_when_it_cannot_be_told(count, people, code):
    found = r_indicator(count, exact(people), [[0, 1]])
    assert isinstance(found, CannotTell)
    assert found.reason.code == f"reason.r_indicator.{code}"


def test_kinds_without_people_do_not_count():
    found = r_indicator([5, 3, 4], exact([10, 10, 0]), [[0, 1, 2]])
    assert isinstance(found, RIndicator)
    assert found.n_kinds == 2
    assert found.n_of_nobody == 4


def test_cells_alike_in_all_traits_are_one_kind():
    fine = r_indicator([5, 9, 3, 2], exact([50, 60, 40, 30]), [[0, 0, 1, 1], [0, 1, 0, 0]])
    coarse = r_indicator([5, 9, 5], exact([50, 60, 70]), [[0, 0, 1], [0, 1, 0]])
    assert fine.n_kinds == 3
    assert fine.r == pytest.approx(coarse.r)
    assert fine.partial[1].conditional == pytest.approx(coarse.partial[1].conditional)


def test_wrong_use_is_refused():
    with pytest.raises(UsageError):
        r_indicator([1, 2], exact([10, 10]), [[0, -1]])
    with pytest.raises(UsageError):
        r_indicator([1, 2], exact([10, 10]), [[0.0, 1.0]])
    with pytest.raises(UsageError):
        r_indicator([1], exact([10, 10]), [[0, 1]])
    with pytest.raises(UsageError):
        r_indicator([1, 2], exact([10, 10]), [])
