"""How far rows give people away, by published tables, by hand and against brute force."""

from __future__ import annotations

from itertools import combinations

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.data.measures.exposure import unicity as unicity_module
from evenground.questions.data.measures.exposure.equivalence_classes import (
    class_codes,
    class_diversity,
    class_sizes,
)
from evenground.questions.data.measures.exposure.given_away import given_away
from evenground.questions.data.measures.exposure.k_anonymity import k_anonymity
from evenground.questions.data.measures.exposure.l_diversity import (
    diversity_of,
    l_diversity,
    t_closeness,
)
from evenground.questions.data.measures.exposure.sample_uniques import match_risk
from evenground.questions.data.measures.exposure.small_cells import suppression_need
from evenground.questions.data.measures.exposure.unicity import distinct_points, unicity

# Machanavajjhala and others (2007), figures 1 to 3: an inpatient table of twelve, made 4-anonymous
# (figure 2) and 3-diverse (figure 3).
ZIP = ["13053", "13068", "13068", "13053", "14853", "14853", "14850", "14850",
       "13053", "13053", "13068", "13068"]  # fmt: skip
AGE = [28, 29, 21, 23, 50, 55, 47, 49, 31, 37, 36, 35]
CONDITION = ["Heart", "Heart", "Viral", "Viral", "Cancer", "Heart", "Viral", "Viral",
             "Cancer", "Cancer", "Cancer", "Cancer"]  # fmt: skip
FOUR_ANONYMOUS = {
    "zip": ["130**"] * 4 + ["1485*"] * 4 + ["130**"] * 4,
    "age": ["<30"] * 4 + [">=40"] * 4 + ["3*"] * 4,
    "condition": CONDITION,
}
THREE_DIVERSE = {
    "zip": [code[:4] + "*" for code in ZIP],
    "age": [">40" if age > 40 else "<=40" for age in AGE],
    "condition": CONDITION,
}
QUASI = ["zip", "age"]


def lazy(columns):
    return ibis.duckdb.connect().create_table("people", pa.table(columns))


def columns_of(expression):
    return expression.to_pyarrow().to_pydict()


def test_the_published_4_anonymous_table_gives_its_third_class_away():
    table = lazy(FOUR_ANONYMOUS)
    sizes = columns_of(class_sizes(table, QUASI))
    assert sizes == {"size": [4], "classes": [3]}
    alike = k_anonymity(sizes["size"], sizes["classes"])
    assert (alike.k, alike.n_rows, alike.n_classes, alike.n_unique) == (4, 12, 3, 0)
    assert (alike.share_below, alike.share_unique) == (1, 0)
    varied = l_diversity(columns_of(class_diversity(table, QUASI, "condition")))
    assert (varied.distinct, varied.entropy, varied.n_given_away) == (1, 1, 4)
    assert varied.most_likely == 1


def test_the_published_3_diverse_table():
    table = lazy(THREE_DIVERSE)
    assert columns_of(class_sizes(table, QUASI)) == {"size": [4], "classes": [3]}
    varied = l_diversity(columns_of(class_diversity(table, QUASI, "condition")))
    assert (varied.distinct, varied.n_given_away, varied.n_below) == (3, 0, 0)
    assert varied.entropy == pytest.approx(np.exp(1.5 * np.log(2)))
    assert varied.most_likely == 0.5
    codes = class_codes([THREE_DIVERSE["zip"], THREE_DIVERSE["age"]])
    secret = class_codes([CONDITION])
    assert l_diversity(diversity_of(codes, secret)) == varied
    # 5 of 12 have cancer, 3 heart disease, 4 a viral infection; a class holds a half, a quarter.
    assert t_closeness(codes, secret) == pytest.approx(1 / 2 - 4 / 12)


def test_names_of_columns_meet_none_of_ours():
    table = lazy({"size": [1, 1, 2], "classes": ["a", "a", "b"], "n": [1, 2, 3]})
    assert columns_of(class_sizes(table, ["size", "classes"])) == {
        "size": [1, 2], "classes": [1, 1],
    }  # fmt: skip
    assert columns_of(class_diversity(table, ["size"], "n"))["distinct"] == [1, 2]


def test_class_counts_compile_for_every_engine():
    table = ibis.table({"a": "string", "b": "int32", "c": "string"}, name="people")
    sizes, varied = class_sizes(table, ["a", "b"]), class_diversity(table, ["a", "b"], "c")
    for dialect in ("duckdb", "postgres", "pyspark"):
        assert "GROUP BY" in ibis.to_sql(sizes, dialect=dialect)
    for dialect in ("duckdb", "postgres"):
        assert "GROUP BY" in ibis.to_sql(varied, dialect=dialect)


rows = st.lists(
    st.tuples(st.sampled_from(["a", "b", None]), st.integers(0, 2), st.integers(0, 2)), max_size=40
)


@settings(deadline=None, max_examples=40)
@given(rows)
def test_engine_and_arrays_count_alike(found):
    first, second, secret = zip(*found, strict=True) if found else ((), (), ())
    table = lazy(
        {"a": pa.array(first, pa.string()), "b": pa.array(second, pa.int64()),
         "c": pa.array(secret, pa.int64())}
    )  # fmt: skip
    sizes = columns_of(class_sizes(table, ["a", "b"]))
    classes = columns_of(class_diversity(table, ["a", "b"], "c"))
    if not found:
        assert k_anonymity(sizes["size"], sizes["classes"]) is None
        assert l_diversity(classes) is None
        return
    codes = class_codes([np.array(first, dtype=object), second])
    plain = k_anonymity(np.bincount(codes))
    assert k_anonymity(sizes["size"], sizes["classes"]) == plain
    assert plain.k == min(sum(one == other for other in codes) for one in codes)
    varied = l_diversity(diversity_of(codes, secret))
    assert l_diversity(classes) == varied
    assert varied.entropy <= varied.distinct
    assert 0 <= t_closeness(codes, secret) <= 1


def test_wrong_use_of_classes_is_refused():
    table = lazy(FOUR_ANONYMOUS)
    for call in (
        lambda: class_sizes(table, []),
        lambda: class_diversity(table, ["zip"], "zip"),
        lambda: class_codes([]),
        lambda: class_codes([[1], [1, 2]]),
        lambda: k_anonymity([0]),
        lambda: l_diversity({}, least=0),
        lambda: diversity_of([1], [1, 2]),
        lambda: match_risk(1, 1, fraction=0),
        lambda: unicity([1], [1, 2]),
        lambda: unicity([1], [1], n_points=0),
        lambda: suppression_need([1.5]),
        lambda: suppression_need([np.nan]),
        lambda: given_away([[1.0]], row_totals=[1, 2]),
    ):
        with pytest.raises(UsageError):
            call()
    assert t_closeness([], []) is None


# unicity


def brute(person, point, n_points):
    traces = {who: {q for p, q in zip(person, point, strict=True) if p == who} for who in person}
    shares = []
    for mine in traces.values():
        sets = list(combinations(sorted(mine), min(n_points, len(mine))))
        alone = [sum(set(one) <= other for other in traces.values()) == 1 for one in sets]
        shares.append(np.mean(alone))
    return float(np.mean(shares))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), min_size=1, max_size=40),
    st.integers(1, 4),
)
def test_unicity_is_exact_where_sets_are_few(pairs, n_points):
    person, point = zip(*pairs, strict=True)
    found = unicity(person, point, n_points=n_points)
    assert found.share == pytest.approx(brute(person, point, n_points))
    assert found.low is None
    assert found.n_traces == len(set(person))


def crowd(seed, n=150):
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(n), 16)
    return person, rng.zipf(1.4, person.size) % 60


def test_drawn_unicity_holds_the_exact_one(monkeypatch):
    """In at least 92 of 100 draws the interval at 95 % holds what every set together gives."""
    person, point = crowd(3, n=60)
    exact = unicity(person, point, n_points=2)
    assert exact.low is None
    monkeypatch.setattr(unicity_module, "MOST_ENUMERATED", 0)
    held = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        drawn = unicity(person, point, n_points=2, rng=rng, n_draws=300)
        held += drawn.low <= exact.share <= drawn.high
    assert held >= 92


def test_many_sets_are_drawn_and_need_chance():
    person, point = crowd(4, n=1500)
    with pytest.raises(UsageError):
        unicity(person, point)
    found = unicity(person, point, rng=np.random.default_rng(1))
    again = unicity(person, point, rng=np.random.default_rng(1))
    assert found == again
    assert found.low < found.share < found.high
    assert found.n_sets == 2000
    assert unicity([], []) is None
    fewer = unicity(person, point, n_points=3, rng=np.random.default_rng(1))
    assert fewer.share < found.share


def test_distinct_points_are_counted_where_they_lie():
    table = lazy({"who": ["a", "a", None, "b"], "where": [1, 1, 1, 2], "hour": [3, 3, 3, 3]})
    found = distinct_points(table, "who", ["where", "hour"]).to_pyarrow()
    assert found.num_rows == 2


# sample uniques


def test_match_risk_by_hand_and_at_its_ends():
    found = match_risk(100, 50, fraction=0.1)
    assert found.share == pytest.approx(10 / (10 + 90))
    assert found.low < found.share < found.high
    assert match_risk(10, 0, fraction=0.5).share == 1
    assert match_risk(3, 5, fraction=1.0).share == 1
    assert match_risk(0, 0, fraction=0.5).share is None


@pytest.mark.parametrize(("fraction", "seed"), [(0.1, 1), (0.1, 2), (0.3, 3), (0.5, 4)])
def test_match_risk_is_the_share_of_right_matches(fraction, seed):
    """Draw people; of all matches with rows unique in the sample, the said share is right."""
    rng = np.random.default_rng(seed)
    people = rng.zipf(1.3, 60_000) % 20_000
    size = np.bincount(people, minlength=20_000)
    drawn = np.bincount(people[rng.random(people.size) < fraction], minlength=20_000)
    unique = drawn == 1
    right = unique.sum() / size[unique].sum()
    found = match_risk(int(unique.sum()), int((drawn == 2).sum()), fraction=fraction)
    assert found.share == pytest.approx(right, abs=0.05)


# small cells


def test_a_small_cell_takes_others_with_it():
    need = suppression_need([[20, 3, 15], [12, 30, 9], [8, 14, 25]])
    assert (need.n_small, need.n_exposed) == (1, 0)
    assert need.small[0, 1]
    assert need.n_further >= 3
    alone = suppression_need([3, 20, 40])
    assert (alone.n_small, alone.n_further) == (1, 1)
    assert alone.further.tolist() == [False, True, False]
    assert suppression_need([10, 20]).n_further == 0


def test_totals_give_a_single_gap_away():
    counts = [[20, np.nan, 15], [12, 30, 9]]
    found = given_away(counts, row_totals=[38, 51])
    assert found.exact.tolist() == [[False, True, False], [False] * 3]
    assert (found.low[0, 1], found.high[0, 1]) == (3, 3)
    hidden = given_away(counts, column_totals=[32, np.nan, 24])
    assert not hidden.narrow.any()
    assert hidden.high[0, 1] == np.inf
    assert given_away(counts, row_totals=[30, 51]) is None
    assert given_away([[1, 2]], row_totals=[4]) is None
    two = given_away([[np.nan, np.nan, 15], [12, 30, 9]], row_totals=[18, 51])
    assert two.narrow.tolist()[0] == [True, True, False]
    assert (two.low[0, 0], two.high[0, 0]) == (0, 3)


def whole_tables(hidden, filled, most=13):
    """Return every whole table that agrees with all totals."""
    n = int(hidden.sum())
    tables = np.repeat(filled[None], most**n, axis=0)
    tables[:, hidden] = np.indices((most,) * n).reshape(n, -1).T
    agrees = (tables.sum(1) == filled.sum(0)).all(1) & (tables.sum(2) == filled.sum(1)).all(1)
    return tables[agrees]


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_intervals_are_those_of_all_whole_tables(seed):
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 5, (3, 3)).astype(float)
    hidden = np.zeros((3, 3), dtype=bool)
    hidden.reshape(-1)[rng.choice(9, 4, replace=False)] = True
    published = np.where(hidden, np.nan, table)
    found = given_away(published, row_totals=table.sum(1), column_totals=table.sum(0))
    every = whole_tables(hidden, table)
    np.testing.assert_allclose(found.low[hidden], every.min(0)[hidden], atol=1e-6)
    np.testing.assert_allclose(found.high[hidden], every.max(0)[hidden], atol=1e-6)
    assert (found.exact == (hidden & (every.min(0) == every.max(0)))).all()


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_what_is_said_to_be_enough_withstands_the_attack(seed):
    rng = np.random.default_rng(seed)
    table = rng.poisson(8, (4, 5)).astype(float)
    need = suppression_need(table)
    assert not (need.small & need.further).any()
    published = np.where(need.small | need.further, np.nan, table)
    found = given_away(published, row_totals=table.sum(1), column_totals=table.sum(0))
    if need.n_exposed == 0:
        assert not (found.narrow & need.small).any()
