from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.disclosure.audit import audit, feasibility_intervals
from evenground.methods.disclosure.population_system import population_system, rows_of
from evenground.methods.disclosure.rules import Nesting, Rules
from evenground.methods.disclosure.suppression import suppress
from evenground.methods.disclosure.table_system import outer_bounds
from evenground.methods.disclosure.tests.attack import table

# A two-way table that is often used to explain the attacker's problem, regions by activities.
INVESTMENT = {
    ("A", "I"): 20, ("A", "II"): 50, ("A", "III"): 10, ("A", "total"): 80,
    ("B", "I"): 8, ("B", "II"): 19, ("B", "III"): 22, ("B", "total"): 49,
    ("C", "I"): 17, ("C", "II"): 32, ("C", "III"): 12, ("C", "total"): 61,
}  # fmt: skip


def _system(truth, *hidden, rules=None):
    system = population_system(rows_of(table(truth), Nesting()), rules or Rules())
    suppressed = np.zeros(system.n_cells, dtype=np.bool_)
    suppressed[[list(truth).index(cell) for cell in hidden]] = True
    return system, suppressed


def test_four_gaps_in_two_rows_and_columns_leave_the_interval_that_one_finds_by_hand():
    # With x = (C, II): (A, II) = 82 - x, (C, III) = 44 - x, (A, III) = x - 22, none negative.
    hidden = [("A", "II"), ("A", "III"), ("C", "II"), ("C", "III")]
    system, suppressed = _system(INVESTMENT, *hidden, rules=Rules(suppress_zero=True))
    low, high = feasibility_intervals(system, suppressed)
    cells = list(INVESTMENT)
    found = {cell: (low[cells.index(cell)], high[cells.index(cell)]) for cell in hidden}
    assert found == {
        ("A", "II"): (38.0, 60.0),
        ("A", "III"): (0.0, 22.0),
        ("C", "II"): (22.0, 44.0),
        ("C", "III"): (0.0, 22.0),
    }


def test_a_cell_alone_in_its_row_is_found_out():
    system, suppressed = _system(INVESTMENT, ("B", "III"))
    low, high = feasibility_intervals(system, suppressed)
    cell = list(INVESTMENT).index(("B", "III"))
    assert (low[cell], high[cell]) == (22.0, 22.0)


def test_the_quick_audit_agrees_with_exact_intervals():
    rng = np.random.default_rng(3)
    for _ in range(25):
        n_areas = int(rng.integers(3, 7))
        truth = {}
        for area in range(n_areas):
            parts = rng.integers(0, 12, 3)
            truth[str(area), "total"] = int(parts.sum())
            truth |= {(str(area), f"g{j}"): int(n) for j, n in enumerate(parts)}
        system, _ = _system(truth)
        suppressed = system.primary & ~system.fixed
        suppressed |= (rng.random(system.n_cells) < 0.3) & (system.value > 0)
        found = audit(system, suppressed, width=4.0)
        low, high = feasibility_intervals(system, suppressed)
        narrow = np.flatnonzero(system.primary & suppressed & (high - low < 4 - 1e-6))
        assert found.exposed.tolist() == narrow.tolist()
        assert (found.low >= low - 1e-6).all()
        assert (found.high <= high + 1e-6).all()
        outer_low, outer_high = outer_bounds(system, suppressed)
        assert (outer_low <= low + 1e-6).all()
        assert (outer_high >= high - 1e-6).all()


def test_a_pattern_that_gives_a_cell_away_fails_and_is_mended():
    # Each row and column holds two gaps, yet subtracting sums tells (A, I) apart.
    truth = {
        (a, g): n
        for a, row in zip("AB", ([3, 20, 30], [40, 25, 35]), strict=True)
        for g, n in zip(("g1", "g2", "g3"), row, strict=True)
    }
    truth |= {(a, "total"): sum(truth[a, g] for g in ("g1", "g2", "g3")) for a in "AB"}
    system, suppressed = _system(truth, ("A", "g1"), ("A", "g2"))
    assert audit(system, suppressed, width=4.0).exposed.tolist() == [0]
    chosen = suppress(system, threshold=5)
    assert chosen.exposed.size == 0
    low, high = feasibility_intervals(system, chosen.suppressed)
    assert high[0] - low[0] >= 4


@pytest.mark.parametrize("threshold", [3, 5, 10, 20])
def test_every_primary_cell_keeps_as_many_values_as_the_threshold(threshold):
    rng = np.random.default_rng(threshold)
    parts = rng.poisson(6, (40, 5))
    truth = {(f"{a:02}", f"g{j}"): int(parts[a, j]) for a in range(40) for j in range(5)}
    truth |= {(f"{a:02}", "total"): int(parts[a].sum()) for a in range(40)}
    system = population_system(rows_of(table(truth), Nesting()), Rules(threshold=threshold))
    assert system.primary.any()
    chosen = suppress(system, threshold=threshold)
    low, high = feasibility_intervals(system, chosen.suppressed)
    assert ((high - low)[system.primary] >= threshold - 1 - 1e-6).all()
