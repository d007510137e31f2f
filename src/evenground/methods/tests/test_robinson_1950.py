"""Robinson's example (1950), American Sociological Review 15, 351-357: what areas said, what held.

``census_1930_illiteracy.csv`` is the table that he used: people aged 10 and over by state, who
could not read and write, and to which groups they belonged. Source: U.S. Bureau of the Census
(1933), Fifteenth Census of the United States: 1930, Population, volume II.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from evenground.methods.ecological import duncan_davis_bounds
from evenground.methods.ecological_margins import AreaCounts, duncan_davis_with_margins
from evenground.methods.margins_of_error import counts_with_margins, counts_without_margins

GROUPS = ("black", "white", "foreign_born")


@pytest.fixture(scope="module")
def census():
    path = Path(__file__).with_name("census_1930_illiteracy.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return {
        name: np.array([float(row[name]) for row in rows]) for name in rows[0] if name != "state"
    }


def phi(both, group, with_it, people):
    """Return the correlation of two properties of persons."""
    a, b, c = both, group - both, with_it - both
    d = people - a - b - c
    return (a * d - b * c) / np.sqrt((a + b) * (c + d) * (a + c) * (b + d))


def test_the_published_correlations(census):
    """0.203 and 0.118 for persons, 0.773 and -0.526 for states (pages 352-354)."""
    people = census["white"] + census["black"]
    unable = census["white_illiterate"] + census["black_illiterate"]
    totals = {name: values.sum() for name, values in census.items()}
    for group, persons in (("black", 0.203), ("foreign_born", 0.118)):
        found = phi(totals[f"{group}_illiterate"], totals[group], unable.sum(), people.sum())
        assert found == pytest.approx(persons, abs=6e-4)
    for group, states in (("black", 0.773), ("foreign_born", -0.526)):
        share = census[group] / census["people"], census["illiterate"] / census["people"]
        assert np.corrcoef(*share)[0, 1] == pytest.approx(states, abs=3e-3)


@pytest.mark.parametrize("group", GROUPS)
def test_the_truth_of_every_state_is_within_the_bounds(census, group):
    share = census["illiterate"] / census["people"]
    found = duncan_davis_bounds(share, [census[group] / census["people"]], people=census["people"])
    truth = census[f"{group}_illiterate"] / census[group]
    assert (found.by_area.low[0] <= truth + 1e-12).all()
    assert (truth <= found.by_area.high[0] + 1e-12).all()
    overall = census[f"{group}_illiterate"].sum() / census[group].sum()
    assert found.overall.low[0] <= overall <= found.overall.high[0]


def test_bounds_do_not_make_robinsons_mistake(census):
    """By states, those born abroad seem able to read; the bounds leave open that they are not."""
    share = census["illiterate"] / census["people"]
    found = duncan_davis_bounds(
        share, [census["foreign_born"] / census["people"]], people=census["people"]
    )
    assert found.if_alike[0] < share @ census["people"] / census["people"].sum()
    assert found.gap.low[0] < 0 < found.gap.high[0]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("seed", range(5))
def test_from_a_survey_of_the_same_people(census, group, seed):
    """Counts with errors as a survey of one in a hundred would bring: 19 of 20 states, and all."""
    rng = np.random.default_rng(seed)

    def surveyed(count):
        error = 10 * np.sqrt(count)
        return counts_with_margins(np.maximum(rng.normal(count, error), 0), error * 1.645)

    unable = census["illiterate"]
    found = duncan_davis_with_margins(
        AreaCounts(
            with_it=surveyed(unable),
            without=surveyed(census["people"] - unable),
            in_group=surveyed(census[group]),
        )
    )
    truth = census[f"{group}_illiterate"] / census[group]
    held = (found.by_area.low <= truth) & (truth <= found.by_area.high)
    assert held.mean() >= 0.95
    overall = census[f"{group}_illiterate"].sum() / census[group].sum()
    assert found.overall.low[0] <= overall <= found.overall.high[0]


@pytest.mark.parametrize("group", GROUPS)
def test_from_the_census_itself(census, group):
    unable = census["illiterate"]
    found = duncan_davis_with_margins(
        AreaCounts(
            with_it=counts_without_margins(unable),
            without=counts_without_margins(census["people"] - unable),
            in_group=counts_without_margins(census[group]),
        )
    )
    truth = census[f"{group}_illiterate"] / census[group]
    assert (found.by_area.low <= truth + 1e-9).all()
    assert (truth <= found.by_area.high + 1e-9).all()
