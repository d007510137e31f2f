"""Opinion groups: how often the fixed rule shows groups of nothing, and finds planted ones.

Without structure, everybody votes by the statement alone. With a level, people differ only in how
much they agree with anything. With unequal voting, two groups are told apart by nothing but how
many statements they voted on. Each is to be refused in at least 95 of 100 conversations, for
certain (95 %). Planted groups like different statements, by as much as people differ otherwise
(``apart`` in units of the spread of statements); weak ones may be missed, plain ones are found as
often as was counted once in 120 conversations each, chance aside. A crowd on one continuous line
has no groups, yet a stable cut: where it is shown, it must be told that groups cut a crowd.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from evenground.questions.voice.measures.opinions.adjusted_rand_index import adjusted_rand_index
from evenground.questions.voice.measures.opinions.opinion_map import opinion_map
from evenground.questions.voice.measures.opinions.vote_matrix import vote_matrix
from evenground.questions.voice.tests.opinions.made_votes import (
    cast,
    with_groups,
    without_structure,
)

pytestmark = pytest.mark.calibrate
N_DRAWS = 60
MOST_WRONG = 0.05
RARE = 0.001
"""Chance that a count falls short of its bound where the rate is as it was counted."""
SIZES = [(60, 20), (150, 40), (400, 80)]
TITLE = "opinion groups: share of conversations in which groups are shown"


def share_shown(make, seed, *, n_draws=N_DRAWS):
    """Return how often groups are shown and told as a cut, as counts, and the mean index."""
    shown, cut, indices = 0, 0, []
    for draw in range(n_draws):
        rng = np.random.default_rng([seed, draw])
        votes, group = make(rng)
        found = opinion_map(votes, rng=rng)
        if found.groups is not None:
            shown += 1
            cut += found.cuts_a_crowd
            if group is not None:
                indices.append(adjusted_rand_index(found.groups.labels, group[found.inside]))
    index = float(np.mean(indices)) if indices else float("nan")
    return shown, cut, index


def level_only(n, m, rng):
    """People differ in how much they agree with anything."""
    share = np.clip(0.5 * rng.lognormal(0, 0.5, (n, 1)), 0.05, 1)
    return vote_matrix(cast(rng.normal(0, 1, m) + rng.normal(0, 1, (n, 1)), share, rng))


def unequal_voting(n, m, rng):
    """Half of the people voted on a quarter of the statements, the others on nearly all."""
    share = np.where(np.arange(n)[:, None] < n // 2, 0.25, 0.95)
    return vote_matrix(cast(rng.normal(0, 1, m) + np.zeros((n, m)), share, rng))


def on_a_line(n, m, rng):
    """People stand on one line without gaps."""
    share = np.clip(0.5 * rng.lognormal(0, 0.5, (n, 1)), 0.05, 1)
    place = rng.normal(0, 1, (n, 1)) * rng.normal(0, 1, m)
    return vote_matrix(cast(rng.normal(0, 1, m) + place, share, rng))


@pytest.mark.parametrize(("n", "m"), SIZES)
@pytest.mark.parametrize("law", ["without structure", "level only", "unequal voting"])
def test_groups_of_nothing_are_refused(tables, law, n, m):
    laws = {
        "without structure": without_structure,
        "level only": level_only,
        "unequal voting": unequal_voting,
    }
    wrong, _cut, _index = share_shown(lambda rng: (laws[law](n, m, rng), None), seed=n)
    share = wrong / N_DRAWS
    tables.add(TITLE, law=law, people=n, statements=m, shown=share, as_cut="", index="")
    # The one-sided upper limit of Clopper and Pearson (1934).
    assert stats.beta.ppf(0.95, wrong + 1, N_DRAWS - wrong) <= MOST_WRONG


PLANTED = [
    ((60, 20, 2), 3.0, 0.86),
    ((150, 40, 2), 1.5, 0.97),
    ((150, 40, 3), 2.5, 0.99),
    ((400, 80, 2), 1.0, 0.99),
    ((400, 80, 3), 1.5, 0.99),
    ((150, 40, 2), 0.7, 0.0),
    ((60, 20, 2), 1.5, 0.0),
]
MOST_CUT, LEAST_CUT = 0.1, 0.9
"""Share told as a cut through a crowd: of planted groups, and of those drawn through a line."""


@pytest.mark.parametrize(("sizes", "apart", "rate"), PLANTED)
def test_planted_groups_are_found(tables, sizes, apart, rate):
    n, m, k = sizes
    right, cut, index = share_shown(lambda rng: with_groups(n, m, k, rng, apart=apart), seed=k)
    law = f"{k} groups, {apart:g} apart"
    told = {"shown": right / N_DRAWS, "as_cut": cut / max(right, 1), "index": index}
    tables.add(TITLE, law=law, people=n, statements=m, **told)
    assert right >= stats.binom.ppf(RARE, N_DRAWS, rate)
    assert not index < 0.7
    assert cut <= stats.binom.ppf(1 - RARE, right, MOST_CUT)


@pytest.mark.parametrize(("n", "m"), SIZES)
def test_a_line_without_gaps_is_told(tables, n, m):
    shown, cut, _index = share_shown(lambda rng: (on_a_line(n, m, rng), None), seed=n)
    law, share = "a line without gaps", shown / N_DRAWS
    told = cut / max(shown, 1)
    tables.add(TITLE, law=law, people=n, statements=m, shown=share, as_cut=told, index="")
    assert cut >= stats.binom.ppf(RARE, shown, LEAST_CUT)
