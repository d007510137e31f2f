"""From where on chance is left behind."""

from __future__ import annotations

import math

import numpy as np
import pytest

from evenground.questions.data.measures.series.limits import (
    HOUR,
    SPIKES_ALLOWED,
    Tail,
    allowed_by_chance,
    histogram,
    least_intervals,
    less,
    nearest,
    spike_limit,
    tail_limit,
)

MINUTE = HOUR // 60
YEAR = round(365.25 * 24 * HOUR)


def geometric(p, n, longest=40):
    """Return the histogram of run lengths that go on with chance ``p``, as expected of ``n``."""
    lengths = np.arange(1, longest)
    counts = np.floor(n * (1 - p) * p ** (lengths - 1)).astype(np.int64)
    return Tail(lengths[counts > 0], counts[counts > 0])


@pytest.mark.parametrize(
    ("cadence", "least"),
    [(5 * MINUTE, 5), (MINUTE, 10), (10_000_000, 60), (HOUR, 5), (24 * HOUR, 5)],
)
def test_equal_readings_last_five_intervals_and_ten_minutes(cadence, least):
    assert least_intervals(cadence) == least


def test_a_year_is_allowed_a_hundredth_of_a_run():
    assert allowed_by_chance(0, YEAR) == pytest.approx(0.01)
    assert allowed_by_chance(0, HOUR) == pytest.approx(0.01 * 30 / 365.25)


@pytest.mark.parametrize("p", [0.01, 0.1, 0.3, 0.5])
def test_the_limit_is_where_a_geometric_tail_has_run_out(p):
    n, allowed = 100_000, 0.01
    limit = tail_limit(geometric(p, n), allowed=allowed)
    exact = 1 + math.log(n / allowed) / -math.log(p)
    assert exact - 1 <= limit <= exact + 2


def test_a_few_long_runs_do_not_move_the_limit():
    tail = geometric(0.1, 100_000)
    more = histogram(
        np.repeat([*tail.lengths[1:], 30, 45], [*tail.counts[1:], 10, 10]), ones=tail.counts[0]
    )
    assert tail_limit(more, allowed=0.01) <= tail_limit(tail, allowed=0.01) + 1


def test_a_part_that_rests_moves_the_limit():
    lively, calm = geometric(0.1, 90_000), geometric(0.7, 10_000)
    lengths = np.concatenate([np.repeat(tail.lengths, tail.counts) for tail in (lively, calm)])
    both = histogram(lengths[lengths > 1], ones=int((lengths == 1).sum()))
    assert tail_limit(both, allowed=0.01) > 1 + math.log(10_000 / 0.01) / -math.log(0.7)


def test_of_one_run_alone_a_dozen_readings_are_asked():
    limit = tail_limit(Tail(np.array([500]), np.array([1])), allowed=0.01)
    assert 8 < limit < 20
    assert math.isinf(tail_limit(Tail(np.empty(0, np.int64), np.empty(0, np.int64)), allowed=1.0))


def test_runs_can_be_left_out():
    tail = less(Tail(np.array([1, 2, 5]), np.array([9, 3, 2])), np.array([5, 2, 5]))
    assert tail.counts.tolist() == [9, 2, 0]
    assert tail.n_runs == 11


def test_the_nearest_readings_are_found_by_rank():
    ascending = np.repeat([1.0, 2, 3], [1_000, 10, 1_000])
    assert nearest(ascending, 2.0) == (1.0, 3.0)
    assert nearest(ascending, 1.0) == (1.0, 1.0), "there are enough of its own"
    assert nearest(np.arange(10.0), 0.0) == (0.0, 9.0), "there are no more"
    assert nearest(np.arange(1_000.0), 0.0) == (0.0, 399.0)
    assert nearest(np.arange(1_000.0), 999.0) == (600.0, 999.0)


def two_sided(share):
    from scipy.stats import norm

    return float(norm.isf(share / 2))


@pytest.mark.parametrize("share", [1e-4, 1e-6, 1e-8])
def test_the_tail_of_a_normal_signal_is_normal(share):
    """Quantiles of the normal distribution, as in any table: 1.1503, 2.2414."""
    none = np.empty(0)
    limit = spike_limit(
        none, lower=1.1503494, upper=2.2414027, n=1_000, allowed=share * 1_000 / SPIKES_ALLOWED
    )
    assert limit == pytest.approx(max(4.0, two_sided(share)), rel=1e-3)


@pytest.mark.parametrize("share", [1e-4, 1e-6, 1e-8])
def test_the_tail_of_a_laplace_signal_is_exponential(share):
    limit = spike_limit(
        np.empty(0),
        lower=math.log(4),
        upper=math.log(40),
        n=1_000,
        allowed=share * 1_000 / SPIKES_ALLOWED,
    )
    assert limit == pytest.approx(math.log(1 / share), rel=1e-3)


def test_many_spikes_lower_the_limit():
    body = {"lower": 1.15, "upper": 2.24, "n": 50_000, "allowed": 0.005}
    alone = spike_limit(np.empty(0), **body)
    many = spike_limit(np.linspace(6, 20, 100), **body)
    assert 4 <= many < alone


def test_a_tail_that_goes_on_raises_the_limit():
    body = {"lower": 1.15, "upper": 2.24, "n": 50_000, "allowed": 0.005}
    alone = spike_limit(np.empty(0), **body)
    thinning = 3 * np.arange(1, 201, dtype=float)[::-1] ** (-1 / 5) * 200 ** (1 / 5)
    assert spike_limit(thinning, **body) > 1.1 * alone
