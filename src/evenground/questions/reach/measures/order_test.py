"""The order test: given how many units each area and each year got, did the order have to matter?

As long as every area keeps the attractiveness that it had, known or hidden, units are exchangeable
over years: which of them came when is a matter of chance, given the totals of areas and of years.
So the years' labels are dealt out anew to the units (all tables with these totals if they are few,
else draws), and the observed table is set beside them. Source: Freeman and Halton (1951),
Biometrika 38, 141-149, for tables with both margins fixed.

Two statistics are asked, and the larger p-value counts. With each area's attractiveness put at what
it got in the end, the score of reinforcement is ``S = Σ_it earlier_it (n_it - n_t N_i / N)``, which
equals ``(Σ_i N_i² - Σ_it n_it²) / 2 - Σ_it N_i n_it later_t / N`` with ``later_t`` the units of all
years after t. Its last part, lateness, is large where units came late to areas that got many. Its
first part is large where units of one year lie apart, which may as well be a habit of spreading
each year's units, and small where they come in heaps. Heaps mislead lateness alone, and spreading
misleads the whole score; asked both, neither of them misleads.

What this cannot see: reinforcement that is linear in earlier units, an urn to which each draw adds
a ball of its kind (Eggenberger and Pólya 1923, Zeitschrift für Angewandte Mathematik und Mechanik
3, 279-289). Its order is exchangeable, so by de Finetti's theorem it is the same as fixed
attractiveness that was itself drawn once, and no test of the order tells the two apart. What it
sees is reinforcement that is stronger than linear, such as a constant odds ratio per earlier unit;
or attractiveness that grew, for whatever reason, in areas that ended with many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, Whole, matrix
from evenground.questions.reach.measures.persistence import NO_UNITS, ONE_AREA, TOO_FEW, tail
from evenground.questions.reach.measures.placement_panel import whole_counts
from evenground.questions.reach.measures.tables_with_totals import TableValues, tables_by_value

ONE_YEAR = "one_year"
_CELLS_AT_ONCE = 4_000_000
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTest:
    """Whether units came late to where there were many.

    Attributes
    ----------
    p_value
        Of an order that does not matter, 0-1: the larger of the next two.
    score_p_value, lateness_p_value
        Of the score of reinforcement, and of its part that compares years; 0-1, small if large.
    standardised
        A statistic less its mean, divided by its standard deviation over tables with the same
        totals; the lesser of the two, for description. NaN where one is the same in all tables.
    least_p
        No order of these units could have had a smaller p-value (among the draws, if drawn).
    n_units, n_years, n_areas
        Units placed; years and areas that got any.
    exact
        Whether all tables were gone through; otherwise ``n_draws`` were drawn (0 if exact).
    why_not
        Empty if the totals are informative. Otherwise ``no_units``, ``one_year``, ``one_area``, or
        ``too_few`` (no order of so few units, or so few draws, could have had a p-value of
        ``alpha``).
    """

    p_value: float
    score_p_value: float
    lateness_p_value: float
    standardised: float
    least_p: float
    n_units: int
    n_years: int
    n_areas: int
    exact: bool
    n_draws: int
    why_not: str

    @property
    def informative(self) -> bool:
        """Whether the order could have shown anything."""
        return not self.why_not


class _Place(NamedTuple):
    p_value: float
    least_p: float
    standardised: float


def order_test(
    new: ArrayLike, *, rng: np.random.Generator, n_draws: int = 999, alpha: float = 0.05
) -> OrderTest:
    """Return a test of whether the order in which units came is one of chance.

    Units that stood before the first year play no part: they are part of what an area is.

    Parameters
    ----------
    new, shape (n_years, n_areas)
        Whole counts of units newly placed, rows in order of time. Units put down together at one
        place are one unit; heaps beyond that, within a year, only make the test see less.
    rng, n_draws
        Source of chance and number of draws, used where the tables are too many to go through.
    alpha
        The level that the test must be able to reach to count as informative, 0-1.

    Raises
    ------
    UsageError
        If ``new`` is not a table of whole counts of 0 or more.
    """
    counts = whole_counts("new", matrix("new", new, shape=(None, None))).astype(np.int64)
    counts = counts[counts.any(axis=1)][:, counts.any(axis=0)]
    lacking = {NO_UNITS: counts.size == 0, ONE_YEAR: len(counts) == 1, ONE_AREA: len(counts.T) == 1}
    why_not = next((code for code, holds in lacking.items() if holds), "")
    unknown = _Place(1.0, 1.0, np.nan)
    exact = (unknown, unknown) if why_not else _exact_places(counts)
    score, lateness = exact or _drawn_places(counts, rng=rng, n_draws=n_draws)
    least_p = max(score.least_p, lateness.least_p)
    if not why_not and least_p > alpha + _NOTHING:
        why_not = TOO_FEW
    return OrderTest(
        p_value=max(score.p_value, lateness.p_value),
        score_p_value=score.p_value,
        lateness_p_value=lateness.p_value,
        standardised=float(np.minimum(score.standardised, lateness.standardised)),
        least_p=least_p,
        n_units=int(counts.sum()),
        n_years=counts.shape[0],
        n_areas=counts.shape[1],
        exact=exact is not None,
        n_draws=0 if exact else n_draws,
        why_not=why_not,
    )


def order_scores(counts: Whole) -> tuple[Whole, Whole]:
    """Return ``2 N S`` and ``N`` times its lateness, of many tables with the same totals.

    Parameters
    ----------
    counts, shape (n_tables, n_years, n_areas)
        Whole counts. The multiples are whole too, so that ties are ties.

    Returns
    -------
    score, lateness, shape (n_tables,)
    """
    totals = counts[0].sum(axis=0)
    squares = (counts**2).sum(axis=(1, 2))
    lateness = -(_later(counts[0].sum(axis=1)) @ (counts @ totals).T)
    return _score(squares, lateness, totals=totals), lateness


def _score(squares: Whole, lateness: Whole, *, totals: Whole) -> Whole:
    # Σ earlier_it n_it alone is half of Σ_i N_i² - Σ_it n_it²: the years could be in any order. The
    # order comes in only with what each area was to expect.
    return totals.sum() * ((totals**2).sum() - squares) + 2 * lateness


def _later(by_year: Whole) -> Whole:
    """Return how many units came after each year, shape (n_years,)."""
    return by_year.sum() - np.cumsum(by_year)


def _area_lateness(rows: Whole, by_year: Whole) -> Whole:
    """Return the part of lateness that one area has, for ways to spread its units over years."""
    return -rows.sum(axis=1) * (rows @ _later(by_year))


def _area_score(rows: Whole, by_year: Whole) -> Whole:
    """Return the part of the score that one area has, for ways to spread its units over years."""
    squares = rows.sum(axis=1) ** 2 - (rows**2).sum(axis=1)
    return by_year.sum() * squares + 2 * _area_lateness(rows, by_year)


def _exact_places(counts: Whole) -> tuple[_Place, _Place] | None:
    """Return where both statistics lie among all tables; ``None`` if these are too many."""
    by_year, by_area = counts.sum(axis=1), counts.sum(axis=0)
    known = tables_by_value(by_year, by_area, value=_area_score)
    late = tables_by_value(by_year, by_area, value=_area_lateness)
    if known is None or late is None:
        return None
    score, lateness = order_scores(counts[None])
    return _exact_place(int(score[0]), known), _exact_place(int(lateness[0]), late)


def _exact_place(observed: int, known: TableValues) -> _Place:
    tail_chance = float(known.probability[known.value >= observed].sum())
    values = known.value.astype(np.float64)
    return _Place(
        p_value=min(tail_chance, 1.0),
        least_p=float(known.probability[-1]),
        standardised=_standardised(observed, values, known.probability),
    )


def _drawn_places(
    counts: Whole, *, rng: np.random.Generator, n_draws: int
) -> tuple[_Place, _Place]:
    """Return where both statistics lie among tables drawn by dealing out the years anew."""
    observed = [int(values[0]) for values in order_scores(counts[None])]
    draws = _drawn_scores(counts, rng=rng, n_draws=n_draws)
    weight = np.full(n_draws, 1 / n_draws)
    score, lateness = (
        _Place(*tail(value, values), _standardised(value, values, weight))
        for value, values in zip(observed, draws, strict=True)
    )
    return score, lateness


def _drawn_scores(counts: Whole, *, rng: np.random.Generator, n_draws: int) -> Vector:
    """Return both statistics, shape (2, n_draws), of tables drawn by dealing out the years."""
    n_years, n_areas = counts.shape
    totals = counts.sum(axis=0)
    cell = np.repeat(np.arange(n_areas), totals) * n_years
    years = np.repeat(np.arange(n_years), counts.sum(axis=1))
    later, each = _later(counts.sum(axis=1)), np.repeat(totals, totals)
    at_once = max(1, _CELLS_AT_ONCE // max(counts.size, years.size))
    scores = np.empty((2, n_draws))
    for start in range(0, n_draws, at_once):
        n = min(at_once, n_draws - start)
        dealt = rng.permuted(np.broadcast_to(years, (n, years.size)), axis=1)
        table = np.arange(n)[:, None] * counts.size
        filled = np.bincount((table + cell + dealt).ravel(), minlength=n * counts.size)
        squares = (filled.reshape(n, -1) ** 2).sum(axis=1)
        lateness = -(later[dealt] @ each)
        scores[:, start : start + n] = _score(squares, lateness, totals=totals), lateness
    return scores


def _standardised(observed: float, values: Vector, weight: Vector) -> float:
    mean = float(weight @ values)
    deviation = float(np.sqrt(weight @ (values - mean) ** 2))
    is_flat = deviation <= _NOTHING * max(1.0, abs(mean))
    return np.nan if is_flat else (observed - mean) / deviation
