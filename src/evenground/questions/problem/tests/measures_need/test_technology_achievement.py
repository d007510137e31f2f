"""The Technology Achievement Index of 23 countries, the worked example of the OECD/JRC Handbook.

Nardo et al. (2008), Handbook on Constructing Composite Indicators, OECD: raw data of table A.2,
normalisations of table 15, weights of table 22, rankings of tables 23 and 38. The goalposts, which
are the least and the largest values over 72 countries, and two values of the index: Saisana,
Saltelli and Tarantola (2005), Journal of the Royal Statistical Society A 168, table 1 and p. 316.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.problem.measures.composite import composite, geometric_mean
from evenground.questions.problem.measures.need_model import need_ranks
from evenground.questions.problem.measures.normalisations import normalised

# Finland, United States, Sweden, Japan, Korea, Netherlands, United Kingdom, Canada, Australia,
# Singapore, Germany, Norway, Ireland, Belgium, New Zealand, Austria, France, Israel, Spain, Italy,
# Czech Republic, Hungary, Slovenia; by row
# patents, royalties, internet, exports, telephones (log), electricity (log), schooling, university.
RAW = """
187 289 271 994 779 189 82 31 75 8 235 103 106 72 103 165 205 74 42 13 28 26 105
125.6 130 156.6 64.6 9.8 151.2 134 38.6 18.2 25.5 36.8 20.2 110.3 73.9 13 14.8 33.6 43.6 8.6 9.8 4.2 6.2 4
200.2 179.1 125.8 49 4.8 136 57.4 108 125.9 72.3 41.2 193.6 48.6 58.9 146.7 84.2 36.4 43.2 21 30.4 25 21.6 20.3
50.7 66.2 59.7 80.8 66.7 50.9 61.9 48.7 16.2 74.9 64.2 19 53.6 47.6 15.4 50.3 58.9 45 53.4 51 51.7 63.5 49.5
3.08 3.00 3.10 3.00 2.97 3.02 3.02 2.94 2.94 2.95 2.94 3.12 2.97 2.91 2.86 2.99 2.97 2.96 2.86 3.00 2.75 2.73 2.84
4.15 4.07 4.14 3.86 3.65 3.77 3.73 4.18 3.94 3.83 3.75 4.39 3.68 3.86 3.91 3.79 3.80 3.74 3.62 3.65 3.68 3.46 3.71
10 12 11.4 9.5 10.8 9.4 9.4 11.6 10.9 7.1 10.2 11.9 9.4 9.3 11.7 8.4 7.9 9.6 7.3 7.2 9.5 9.1 7.1
27.4 13.9 15.3 10 23.2 9.5 14.9 14.2 25.3 24.2 14.4 11.2 12.3 13.6 13.1 13.6 12.6 11 15.6 13 8.2 7.7 10.6
"""  # noqa: E501 - a row of the table
VALUES = np.array([[float(v) for v in row.split()] for row in RAW.strip().splitlines()]).T
LOW = np.array([0, 0, 0, 0, np.log10(1), np.log10(22), 0.8, 0.1])
HIGH = np.array([994, 272.6, 232.4, 80.8, np.log10(901), np.log10(6_969), 12.0, 27.4])
# Tables 23 and 38 list Singapore before Canada and Australia.
LISTED = [*range(7), 9, 7, 8, *range(10, 23)]


def index(weights):
    """Return the index by country: min-max between goalposts, beyond which nothing counts."""
    with_goalposts = np.vstack([np.clip(VALUES, LOW, HIGH), LOW, HIGH])
    return composite(with_goalposts, weights)[: len(VALUES)]


def test_values_of_the_index():
    """0.744 for Finland and 0.733 for the United States; years of schooling, with one decimal, may
    change the index by 0.05 / 11.2 / 8, and its own third decimal by half a unit."""
    found = index(np.ones(8))
    assert found[:2] == pytest.approx([0.744, 0.733], abs=0.05 / 11.2 / 8 + 0.0005)


def test_rank_by_equal_weights_and_linear_aggregation():
    """Table 38, LIN: 1 to 23 in the order of the table."""
    assert need_ranks(index(np.ones(8)))[LISTED].tolist() == list(range(1, 24))


def test_rank_by_weights_from_budget_allocation():
    """Tables 22 and 23, BAP."""
    found = need_ranks(index([0.11, 0.11, 0.11, 0.18, 0.10, 0.06, 0.15, 0.18]))
    expected = [1, 2, 3, 5, 4, 8, 7, 6, 10, 11, 9, 13, 12, 14, 17, 15, 16, 18, 19, 21, 22, 20, 23]
    assert found[LISTED].tolist() == expected


def test_rank_by_geometric_aggregation():
    """Table 38, GME: the raw values, equally weighted."""
    found = need_ranks(geometric_mean(VALUES, np.full(8, 1 / 8)))
    expected = [2, 1, 3, 4, 16, 5, 6, 18, 13, 14, 8, 11, 7, 9, 17, 12, 10, 15, 19, 21, 23, 22, 20]
    assert found[LISTED].tolist() == expected


def test_normalisations_of_years_of_schooling():
    """Table 15, to two decimals: z-scores, min-max, and distance to the leader as 1 - ours."""
    years = VALUES[:, [6]]
    z = [0.26, 1.52, 1.14, -0.06, 0.76, -0.12, -0.12, 1.27, 0.83, -1.58, 0.38, 1.46, -0.12, -0.19,
         1.33, -0.76, -1.08, 0.00, -1.46, -1.52, -0.06, -0.31, -1.58]  # fmt: skip
    assert np.round(normalised(years, method="z-score")[:, 0], 2).tolist() == z
    low_high = [0.59, 1.00, 0.88, 0.49, 0.76, 0.47, 0.47, 0.92, 0.78, 0.00, 0.63, 0.98, 0.47, 0.45,
                0.94, 0.27, 0.16, 0.51, 0.04, 0.02, 0.49, 0.41, 0.00]  # fmt: skip
    assert np.round(normalised(years, method="min-max")[:, 0], 2).tolist() == low_high
    leader = [0.83, 1.00, 0.95, 0.79, 0.90, 0.78, 0.78, 0.97, 0.91, 0.59, 0.85, 0.99, 0.78, 0.78,
              0.98, 0.70, 0.66, 0.80, 0.61, 0.60, 0.79, 0.76, 0.59]  # fmt: skip
    far = normalised(years, [-1], method="distance to best")[:, 0]
    assert np.round(1 - far, 2) == pytest.approx(leader)


def test_ranks_of_years_of_schooling():
    """Table 15, where high is top of the list and equal ones have the lowest of their ranks."""
    found = normalised(VALUES[:, [6]], method="rank")[:, 0]
    published = np.array(
        [15, 23, 19, 12, 17, 9, 9, 20, 18, 1, 16, 22, 9, 8, 21, 6, 5, 14, 4, 3, 12, 7, 1]
    )
    shared = np.array([(published == rank).sum() for rank in published])
    assert (found == published + (shared - 1) / 2).all()


def test_what_a_geometric_mean_does_to_one_sided_profiles():
    """Section 6.11: 21, 1, 1, 1 gives 2.14 and 6, 6, 6, 6 gives 6; one more of the second
    indicator makes them 2.54 and 6.23 (cut, not rounded)."""
    profiles = np.array([[21.0, 1, 1, 1], [6, 6, 6, 6], [21, 2, 1, 1], [6, 7, 6, 6]])
    found = geometric_mean(profiles, np.full(4, 0.25))
    assert np.floor(found * 100).tolist() == [214, 600, 254, 623]
