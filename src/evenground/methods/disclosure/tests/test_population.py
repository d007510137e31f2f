from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.disclosure import Nesting, Rules, protect
from evenground.methods.disclosure.tests.attack import Attack, hidden_cells, table

THRESHOLD = 5


def _values(protected) -> dict[tuple[str, str], float]:
    names = ("area_id", "group", "count")
    return {
        (a, g): c
        for a, g, c in zip(*(protected.table.column(n).to_pylist() for n in names), strict=True)
    }


def _groups(truth, group):
    return [cell for cell in truth if cell[1] == group]


def test_one_small_count_takes_the_smallest_other_with_it():
    truth = {("a", "old"): 3, ("b", "old"): 40, ("c", "old"): 9, ("d", "old"): 0}
    protected = protect(table(truth))
    assert protected.suppressed.to_pylist() == [True, False, True, False]
    assert (protected.n_primary, protected.n_complementary) == (1, 1)
    # 12 people remain for two areas of like weight: neither true count shows.
    assert protected.table.column("count").to_pylist() == [6.0, 40.0, 6.0, 0.0]
    assert protected.table.column("margin").to_pylist() == [None, 1.0, None, 1.0]
    assert (protected.low[0].as_py(), protected.high[0].as_py()) == (1.0, 11.0)
    assert protected.table.column("rounded_to").to_pylist() == [10.0, None, 10.0, None]
    assert protected.certificate.holds
    assert protected.certificate.least_values == 11


def test_the_rest_is_spread_by_all_residents():
    truth = {
        ("a", "total"): 300,
        ("b", "total"): 100,
        ("c", "total"): 50,
        ("a", "old"): 3,
        ("b", "old"): 9,
        ("c", "old"): 20,
    }
    protected = protect(table(truth))
    counts = _values(protected)
    assert counts["a", "old"] == pytest.approx(9)
    assert counts["b", "old"] == pytest.approx(3)
    assert counts["c", "old"] == 20


def test_two_ones_need_a_third_cell_although_two_are_hidden():
    # 1 + 1 = 2: with nothing else hidden, both would be known to be 1.
    truth = {("a", "old"): 1, ("b", "old"): 1, ("c", "old"): 8, ("d", "old"): 30}
    assert protect(table(truth)).suppressed.to_pylist() == [True, True, True, False]


def test_few_of_many_and_nearly_everybody_are_not_mixed():
    truth = {("a", "total"): 4000, ("b", "total"): 3403, ("c", "total"): 3000, ("d", "total"): 3500}
    truth |= {("a", "old"): 3, ("b", "old"): 3400, ("c", "old"): 40, ("d", "old"): 3450}
    protected = protect(table(truth))
    counts = _values(protected)
    assert len(hidden_cells(truth, protected)) == 4
    assert sum(counts[x, "old"] for x in "abcd") == pytest.approx(6893)
    for cell, count in counts.items():
        assert abs(count - truth[cell]) < 30


def test_enough_small_counts_protect_one_another():
    truth = {(str(i), "old"): n for i, n in enumerate([1, 2, 4, 3, 50, 60])}
    assert protect(table(truth)).suppressed.to_pylist() == [True] * 4 + [False] * 2


def test_a_group_that_is_nearly_everybody_would_tell_of_the_few_others():
    # 98 of 100: whoever subtracts learns of two people.
    truth = {("a", "total"): 100, ("b", "total"): 90, ("a", "local"): 98, ("b", "local"): 40}
    protected = protect(table(truth))
    assert hidden_cells(truth, protected) == {("a", "local"), ("b", "local")}
    assert protected.n_primary == 1


def test_a_group_that_is_small_in_the_whole_city_is_left_out():
    truth = {("a", "total"): 50, ("b", "total"): 60, ("a", "rare"): 2, ("b", "rare"): 1}
    protected = protect(table(truth))
    assert protected.withheld == ("rare",)
    assert set(protected.table.column("group").to_pylist()) == {"total"}
    assert protected.kept.tolist() == [True, True, False, False]
    assert protected.n_suppressed == 2


def test_a_group_that_nothing_can_hide_is_left_out():
    # 7 people in one place only: the city's total is that place's count, and 4 + 1 leaves 4 values.
    truth = {("a", "rare"): 4, ("b", "rare"): 1, ("c", "rare"): 0}
    assert protect(table(truth)).withheld == ("rare",)


def test_zero_is_told_unless_the_city_says_otherwise():
    truth = {("a", "old"): 0, ("b", "old"): 40, ("c", "old"): 90}
    assert protect(table(truth)).n_suppressed == 0
    hidden = protect(table(truth), rules=Rules(suppress_zero=True))
    assert hidden.suppressed.to_pylist() == [True, True, False]


@pytest.mark.parametrize("threshold", [0, 1])
def test_a_city_can_switch_suppression_off(threshold):
    truth = {("a", "old"): 1, ("b", "old"): 40}
    given_table = table(truth)
    protected = protect(given_table, rules=Rules(threshold=threshold))
    assert protected.table.equals(given_table)


def test_empty_counts_are_left_alone():
    truth = {("a", "old"): 3, ("b", "old"): None, ("c", "old"): 9}
    protected = protect(table(truth))
    assert protected.suppressed.to_pylist() == [True, False, True]
    assert protected.table.column("count").to_pylist()[1] is None


@pytest.mark.parametrize("bad", [-1.0, float("inf"), float("nan")])
def test_counts_that_are_no_counts_are_refused(bad):
    with pytest.raises(UsageError):
        protect(table({("a", "old"): bad}))


def test_a_district_does_not_give_its_areas_away():
    truth = {
        ("a", "old"): 2,
        ("b", "old"): 30,
        ("c", "old"): 12,
        ("d", "old"): 25,
        ("D1", "old"): 32,
        ("D2", "old"): 37,
    }
    nesting = Nesting(
        level={("", x): ("tract" if x.islower() else "district") for x, _ in truth},
        parent={("", "a"): "D1", ("", "b"): "D1", ("", "c"): "D2", ("", "d"): "D2"},
    )
    alone = hidden_cells(truth, protect(table(truth)))
    nested = hidden_cells(truth, protect(table(truth), nesting=nesting))
    # c would do within the city's total; within district D1 only b does.
    assert ("b", "old") in nested
    assert ("b", "old") not in alone
    attack = Attack({k: int(v) for k, v in truth.items()}, nested)
    attack.known_sum([("a", "old"), ("b", "old"), ("c", "old"), ("d", "old")])
    attack.difference(("D1", "old"), [("a", "old"), ("b", "old")])
    attack.difference(("D2", "old"), [("c", "old"), ("d", "old")])
    low, high = attack.interval(("a", "old"))
    assert high - low >= THRESHOLD - 1


def test_groups_that_add_up_do_not_give_one_another_away():
    rng = np.random.default_rng(0)
    truth: dict[tuple[str, str], int] = {}
    for area in "abcdefgh":
        young, middle, old = (int(n) for n in rng.integers([2, 60, 1], [12, 200, 12]))
        truth |= {
            (area, "total"): young + middle + old,
            (area, "young"): young,
            (area, "middle"): middle,
            (area, "old"): old,
        }
    protected = protect(table(truth))
    hidden = hidden_cells(truth, protected)
    attack = Attack(truth, hidden)
    for group in ("total", "young", "middle", "old"):
        attack.known_sum(_groups(truth, group))
    for area in "abcdefgh":
        attack.difference((area, "total"), [(area, g) for g in ("young", "middle", "old")])
    small = [cell for cell, n in truth.items() if 0 < n < THRESHOLD]
    assert small
    for cell in small:
        low, high = attack.interval(cell)
        assert high - low >= THRESHOLD - 1, cell


def test_sums_that_are_public_elsewhere_are_given_to_the_attacker():
    truth = {(x, "old"): n for x, n in zip("abcdef", [2, 6, 30, 40, 50, 60], strict=True)}
    # Another dossier's zone holds a and c: together with b's smallness this would tell a.
    rules = Rules(zones=(frozenset("ac"),))
    hidden = hidden_cells(truth, protect(table(truth), rules=rules))
    attack = Attack(truth, hidden)
    attack.known_sum(_groups(truth, "old"))
    attack.known_sum([("a", "old"), ("c", "old")])
    low, high = attack.interval(("a", "old"))
    assert high - low >= THRESHOLD - 1


def test_a_small_sum_that_is_public_elsewhere_is_admitted_as_exposed():
    truth = {(x, "old"): n for x, n in zip("abc", [2, 60, 70], strict=True)}
    certificate = protect(table(truth), rules=Rules(zones=(frozenset("a"),))).certificate
    assert not certificate.holds
    assert certificate.n_exposed == 1


def test_two_dossiers_of_one_table_leave_out_the_same_cells_in_any_row_order():
    rng = np.random.default_rng(1)
    truth = {(f"{a:02}", g): int(rng.integers(0, 15)) for a in range(30) for g in ("x", "y", "z")}
    first = hidden_cells(truth, protect(table(truth)))
    cells = list(truth)
    rng.shuffle(cells)
    shuffled = {tuple(cell): truth[tuple(cell)] for cell in cells}
    assert hidden_cells(shuffled, protect(table(shuffled))) == first
    assert 0 < len(first) < len(truth)


def test_what_is_published_does_not_hang_on_what_is_hidden():
    total = {("a", "total"): 120, ("b", "total"): 80, ("c", "total"): 200, ("d", "total"): 150}
    one = protect(
        table(total | {("a", "old"): 2, ("b", "old"): 4, ("c", "old"): 30, ("d", "old"): 25})
    )
    other = protect(
        table(total | {("a", "old"): 4, ("b", "old"): 2, ("c", "old"): 30, ("d", "old"): 25})
    )
    assert one.table.equals(other.table)
    assert one.low.equals(other.low)
    assert one.high.equals(other.high)


def test_an_edition_named_nowhere_means_the_only_one():
    truth = {
        ("a", "old"): 2,
        ("b", "old"): 30,
        ("c", "old"): 12,
        ("d", "old"): 25,
        ("D1", "old"): 32,
        ("D2", "old"): 37,
    }
    nesting = Nesting(
        level={("2020", x): ("tract" if x.islower() else "district") for x, _ in truth},
        parent={("2020", "a"): "D1", ("2020", "b"): "D1", ("2020", "c"): "D2", ("2020", "d"): "D2"},
    )
    assert ("b", "old") in hidden_cells(truth, protect(table(truth), nesting=nesting))


def test_vintages_do_not_mix():
    truth = {("a", "old"): 3, ("b", "old"): 40, ("c", "old"): 9}
    two = pa.concat_tables(
        [
            table(truth, vintage=["2020"] * 3),
            table({k: v + 20 for k, v in truth.items()}, vintage=["2024"] * 3),
        ]
    )
    assert protect(two).suppressed.to_pylist() == [True, False, True, False, False, False]


@st.composite
def _tables(draw):
    """Random cities: areas in districts or not, groups that make up all residents or not."""
    n_areas = draw(st.integers(2, 7))
    n_groups = draw(st.integers(1, 4))
    partition = draw(st.booleans())
    nested = draw(st.booleans())
    counts = st.one_of(st.integers(0, 9), st.integers(0, 60))
    truth: dict[tuple[str, str], int] = {}
    district = {f"a{i}": f"D{draw(st.integers(0, 1))}" for i in range(n_areas)} if nested else {}
    groups = [f"g{j}" for j in range(n_groups)]
    for i in range(n_areas):
        area = f"a{i}"
        parts = [draw(counts) for _ in groups]
        total = sum(parts) if partition else max(parts) + draw(counts)
        truth[area, "total"] = total
        truth |= {(area, group): part for group, part in zip(groups, parts, strict=True)}
    for name in sorted(set(district.values())):
        for group in ["total", *groups]:
            truth[name, group] = sum(truth[a, group] for a in district if district[a] == name)
    return truth, district, groups, partition


_MANY = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def _protected(truth, district):
    nesting = Nesting(
        level={("", a): ("area" if a.startswith("a") else "district") for a, _ in truth},
        parent={("", a): d for a, d in district.items()},
    )
    return protect(table(truth), nesting=nesting)


def _levels(truth, group):
    cells = _groups(truth, group)
    return [[c for c in cells if c[0].startswith(level)] for level in "aD"]


def _tell_halves(attack, truth, counts, group):
    """Tell the attacker the sums over areas of which the group is the larger half, if public."""
    areas = [a for a, g in truth if g == group and (a, group) in counts]
    rest = {a: truth[a, "total"] - truth[a, group] for a in areas}
    if group == "total" or not any(
        0 < rest[a] < THRESHOLD and 2 * truth[a, group] > truth[a, "total"] for a in areas
    ):
        return
    for level in "aD":
        here = [(a, group) for a in areas if a.startswith(level)]
        more = {
            c
            for c in here
            if truth[c[0], "total"] >= 4 * THRESHOLD and 2 * truth[c] > truth[c[0], "total"]
        }
        if not more or abs(sum(counts[c] - truth[c] for c in more)) > 1e-6:
            continue  # the group's total is published in one
        for part in (more, set(here) - more):
            attack.known_sum(sorted(part))
        for cell in here:
            if truth[cell[0], "total"] >= 4 * THRESHOLD:
                attack.half(cell, more=cell in more)


@_MANY
@given(_tables())
def test_no_small_count_can_be_worked_out(drawn):
    truth, district, groups, partition = drawn
    protected = _protected(truth, district)
    assert protected.certificate.holds
    counts, hidden = _values(protected), hidden_cells(truth, protected)
    # A withheld group's zeros are gone too; the attacker is told them all the same, unless zeros
    # of groups that are shown went as well: then a gap may be a zero.
    zeros_too = any(truth[cell] == 0 for cell in hidden if cell in counts)
    attack = Attack(truth, {c for c in hidden if truth[c] or zeros_too}, least=int(not zeros_too))
    for group in {g for _, g in counts}:
        for cells in _levels(truth, group):
            attack.known_sum(cells)
        _tell_halves(attack, truth, counts, group)
    for name, group in ((d, g) for d in set(district.values()) for g in ["total", *groups]):
        attack.difference((name, group), [(a, group) for a in district if district[a] == name])
    if partition:
        for area in dict.fromkeys(a for a, _ in truth if a.startswith("a")):
            attack.difference((area, "total"), [(area, g) for g in groups])
    for cell, count in truth.items():
        rest = truth[cell[0], "total"] - count
        if 0 < count < THRESHOLD or (0 < rest < THRESHOLD and count > 0):
            low, high = attack.interval(cell)
            assert high - low >= THRESHOLD - 1, (cell, low, high)


@_MANY
@given(_tables())
def test_totals_stay_and_tables_stay_coherent(drawn):
    truth, district, _, _ = drawn
    protected = _protected(truth, district)
    counts, hidden = _values(protected), hidden_cells(truth, protected)
    for cell, count in counts.items():
        assert count == truth[cell] or cell in hidden
        assert count <= counts.get((cell[0], "total"), np.inf) + 1e-6
    for group in {g for _, g in counts}:
        for cells in _levels(truth, group):
            assert sum(counts[c] for c in cells) == pytest.approx(sum(truth[c] for c in cells))
        for name in set(district.values()):
            inside = sum(counts[a, group] for a in district if district[a] == name)
            assert inside == pytest.approx(counts[name, group], abs=1e-6)
    bounds = zip(counts, protected.low.to_pylist(), protected.high.to_pylist(), strict=True)
    for cell, low, high in bounds:
        assert low - 1e-6 <= truth[cell] <= high + 1e-6
        assert low - 1e-6 <= counts[cell] <= high + 1e-6
