"""Given the totals of areas and years, did the order have to matter?"""

from __future__ import annotations

from itertools import permutations, product
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.reach.measures import order_test as module
from evenground.questions.reach.measures.order_test import order_scores, order_test
from evenground.questions.reach.measures.tables_with_totals import tables_by_value

TABLES = st.lists(
    st.lists(st.integers(0, 2), min_size=3, max_size=3), min_size=2, max_size=3
).filter(lambda rows: 0 < np.sum(rows) <= 7)


def order_of(new, seed=1, **options):
    return order_test(new, rng=np.random.default_rng(seed), **options)


def slow_statistic(new):
    """Return S, year by year and area by area."""
    new = np.asarray(new, dtype=float)
    total, stood = 0.0, np.zeros(new.shape[1])
    for year in new:
        for i, count in enumerate(year):
            total += stood[i] * (count - year.sum() * new[:, i].sum() / new.sum())
        stood = stood + year
    return total


def slow_lateness(new):
    """Return less the sum, over units, of their area's total times the units of later years."""
    new = np.asarray(new)
    return -float(sum(new[:, i].sum() * new[t + 1 :].sum() for i, t in units_of(new)))


def units_of(new):
    """Return area and year of every unit."""
    new = np.asarray(new)
    return [(i, t) for t in range(new.shape[0]) for i in range(new.shape[1])
            for _ in range(new[t, i])]  # fmt: skip


def every_order(new):
    """Return the table of every way to deal out the years' labels; each is as likely as another."""
    areas, years = zip(*units_of(new), strict=True)
    tables = []
    for dealt in permutations(years):
        table = np.zeros(np.shape(new), dtype=int)
        for i, t in zip(areas, dealt, strict=True):
            table[t, i] += 1
        tables.append(table)
    return tables


def all_tables(by_year, by_area):
    """Return every table with these totals and its chance, by trying all."""
    rows = [
        [way for way in product(range(n + 1), repeat=len(by_area)) if sum(way) == n]
        for n in by_year
    ]
    found = {}
    for table in product(*rows):
        if (np.sum(table, axis=0) == by_area).all():
            found[table] = 1 / np.prod([factorial(n) for row in table for n in row])
    total = sum(found.values())
    return {table: weight / total for table, weight in found.items()}


def test_two_areas_and_two_years_are_fishers_table():
    """Fisher (1935), The Design of Experiments, chapter II: of 70 ways to pick four of eight cups,
    1, 16, 36, 16 and 1 have none to four right. By hand, S = -2 (k - 2)² when k units of the first
    area came first.
    """
    tables = np.array([[[k, 4 - k], [4 - k, k]] for k in range(5)])
    score, lateness = order_scores(tables)
    assert score.tolist() == [2 * 8 * -2 * (k - 2) ** 2 for k in range(5)]
    four = np.array([4, 4])
    found = tables_by_value(four, four, value=module._area_score)
    assert found.value.tolist() == [-128, -32, 0]
    assert found.probability == pytest.approx([2 / 70, 32 / 70, 36 / 70])
    # Areas that got the same in the end cannot tell late from early.
    assert lateness.tolist() == [-64] * 5
    alike = order_of(tables[2])
    assert (alike.score_p_value, alike.p_value) == pytest.approx((36 / 70, 1))


def test_a_table_by_hand():
    """One unit each in the first year; the second year's go where there was one, or elsewhere.

    Six units, two areas with one unit and one with four: S is largest if the area with four got
    them late.
    """
    late, early = [[1, 1, 1], [0, 0, 3]], [[0, 0, 3], [1, 1, 1]]
    assert slow_statistic(late) == pytest.approx(0.0 - 0.5 - 0.5 + (3 - 3 * 4 / 6))
    assert slow_statistic(early) == pytest.approx(3 * (1 - 3 * 4 / 6))
    # Of 20 ways to pick the first three of six, 4 hold one unit of the large area.
    for new, lateness, p_value in ((late, -18, 4 / 20), (early, -36 - 0, 1)):
        found = order_of(new)
        assert slow_lateness(new) == lateness
        assert found.p_value == pytest.approx(p_value)
        assert found.score_p_value == pytest.approx(found.lateness_p_value)


@given(TABLES)
@settings(max_examples=25)
def test_every_order_gone_through_gives_the_same_p_values(new):
    found, orders = order_of(new), every_order(new)
    p_values, least, standardised = [], [], []
    for statistic in (slow_statistic, slow_lateness):
        values, observed = np.array([statistic(table) for table in orders]), statistic(new)
        p_values.append((values >= observed - 1e-9).mean())
        least.append((values >= values.max() - 1e-9).mean())
        spread = values.std()
        standardised.append((observed - values.mean()) / spread if spread > 1e-9 else np.nan)
    assert found.exact
    assert [found.score_p_value, found.lateness_p_value] == pytest.approx(p_values)
    assert (found.p_value, found.least_p) == pytest.approx((max(p_values), max(least)))
    expected = np.nan if np.isnan(standardised).any() else min(standardised)
    assert found.standardised == pytest.approx(expected, nan_ok=True)
    score, lateness = order_scores(np.array([new]))
    assert score[0] == pytest.approx(2 * np.sum(new) * slow_statistic(new))
    assert lateness[0] == slow_lateness(new)


def test_tables_and_their_chances():
    by_year, by_area = (3, 2, 2), (2, 1, 4)
    code = np.array([1, 5, 25])  # tells the first area's ways apart, doubled for the others

    def value(rows, _):
        return rows @ code * rows.sum(axis=1) ** 2

    found = tables_by_value(np.array(by_year), np.array(by_area), value=value)
    expected = {}
    for table, chance in all_tables(by_year, by_area).items():
        total = int(sum(value(np.array(table)[:, [i]].T, None)[0] for i in range(3)))
        expected[total] = expected.get(total, 0) + chance
    assert found.value.tolist() == sorted(expected)
    assert found.probability == pytest.approx([expected[key] for key in sorted(expected)])


def test_two_years_are_hypergeometric():
    def value(rows, _):
        return rows[:, 0] * rows.sum(axis=1)

    found = tables_by_value(np.array([5, 7]), np.array([4, 8]), value=value)
    assert found.value.tolist() == [24, 28, 32, 36, 40]  # 4 k + 8 (5 - k)
    assert found.probability[::-1] == pytest.approx(stats.hypergeom.pmf(range(5), 12, 5, 4))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_draws_agree_with_all_tables(monkeypatch, seed):
    new = [[2, 1, 0, 2], [1, 0, 1, 3], [0, 1, 1, 5]]
    exact = order_of(new)
    assert exact.exact
    monkeypatch.setattr(module, "tables_by_value", lambda *_, **__: None)
    drawn = order_of(new, seed, n_draws=9_999)
    assert (drawn.exact, drawn.n_draws) == (False, 9_999)
    assert (drawn.score_p_value, drawn.lateness_p_value) == pytest.approx(
        (exact.score_p_value, exact.lateness_p_value), abs=4 * np.sqrt(0.25 / 9_999)
    )
    assert drawn.standardised == pytest.approx(exact.standardised, abs=0.08)


@given(TABLES, st.permutations(range(3)), st.integers(0, 2))
@settings(max_examples=40)
def test_the_order_of_areas_and_empty_years_and_areas_are_irrelevant(new, order, gap):
    table = np.array(new)
    gaps = np.insert(table[:, order], min(gap, len(table)), 0, axis=0)
    one, other = order_of(table), order_of(np.insert(gaps, 1, 0, axis=1))
    assert (one.why_not, one.n_years, one.n_areas) == (other.why_not, other.n_years, other.n_areas)
    assert (one.p_value, one.standardised) == pytest.approx(
        (other.p_value, other.standardised), nan_ok=True
    )


def test_the_same_seed_gives_the_same_answer_and_chunks_change_nothing(monkeypatch):
    new = np.random.default_rng(1).integers(0, 3, (8, 40))
    one = order_of(new, 5)
    assert not one.exact
    assert one == order_of(new, 5)
    monkeypatch.setattr(module, "_CELLS_AT_ONCE", 1_000)
    assert order_of(new, 5) == one


def test_units_that_came_late_to_where_there_were_many_are_seen():
    new = np.zeros((6, 30), dtype=int)
    for t in range(6):
        new[t, : 10 - t] = 1  # one each, to fewer areas
        new[t, 0] += 2 * t
    assert order_of(new).p_value < 0.01
    assert order_of(new).standardised > 3
    assert order_of(new[::-1]).p_value > 0.5


@pytest.mark.parametrize(
    ("why_not", "new"),
    [
        ("no_units", [[0, 0], [0, 0]]),
        ("one_year", [[3, 2], [0, 0]]),
        ("one_area", [[3, 0], [2, 0]]),
        ("too_few", [[1, 0, 0], [0, 1, 1]]),
        ("too_few", [[2, 0], [0, 2]]),
    ],
)
def test_what_cannot_tell_says_why(why_not, new):
    found = order_of(new)
    assert found.why_not == why_not
    assert not found.informative
    assert found.p_value > 0.05


@pytest.mark.parametrize(
    ("code", "new"),
    [
        ("array_shape", [1, 2]),
        ("array_value", [[1, -1]]),
        ("array_value", [[1, np.nan]]),
        ("count_not_whole", [[1, 0.5]]),
    ],
)
def test_wrong_input_is_refused(code, new):
    with pytest.raises(UsageError) as caught:
        order_of(new)
    assert [problem.code for problem in caught.value.problems] == [code]
