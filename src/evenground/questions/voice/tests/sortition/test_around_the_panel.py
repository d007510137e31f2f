from __future__ import annotations

import hashlib

import numpy as np
import pytest
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.voice.measures.sortition.alternates import alternates
from evenground.questions.voice.measures.sortition.invitations import (
    drawn_households,
    invitation_plan,
)
from evenground.questions.voice.measures.sortition.people_classes import (
    Quota,
    panel_model,
    people_classes,
)
from evenground.questions.voice.measures.sortition.public_draw import (
    drawn_number,
    list_digest,
    seed_commitment,
)
from evenground.questions.voice.measures.sortition.quota_repair import quota_repair
from evenground.questions.voice.measures.sortition.replacements import free_places

SEED = "a seed that nobody guesses"


def model_of(codes, quotas, size):
    return panel_model(people_classes(np.array(codes)), quotas, size=size)


def test_smallest_changes_by_hand():
    """One woman in the pool and two asked for: only her quota can give, by one."""
    quotas = [Quota(feature=0, value=0, low=2, high=2), Quota(feature=0, value=1, low=1, high=2)]
    found = quota_repair(model_of([[0], [1], [1], [1]], quotas, 3), n_quotas=2)
    assert found.total == 1
    assert found.complete
    ((one,),) = found.ways
    assert (one.quota, one.end, one.before, one.after) == (0, "min", 2, 1)


def test_all_ways_of_the_smallest_change_are_listed():
    """Minima of 2 + 2 on a panel of 3: either one falls by one."""
    quotas = [Quota(feature=0, value=value, low=2, high=3) for value in (0, 1)]
    found = quota_repair(model_of([[0], [0], [1], [1]], quotas, 3), n_quotas=2)
    assert found.total == 1
    assert found.complete
    assert {(one.quota, one.end, one.after) for (one,) in found.ways} == {
        (0, "min", 1), (1, "min", 1),
    }  # fmt: skip


def test_no_quota_is_to_blame_for_a_small_pool():
    found = quota_repair(model_of([[0], [1]], [Quota(feature=0, value=0, low=0, high=3)], 3),
                         n_quotas=1)  # fmt: skip
    assert found.total is None


def test_nothing_to_repair():
    found = quota_repair(model_of([[0], [1]], [Quota(feature=0, value=0, low=1, high=1)], 1),
                         n_quotas=1)  # fmt: skip
    assert found.total == 0
    assert found.ways == ()


@pytest.mark.parametrize("seed", range(6))
def test_changes_are_the_smallest(seed):
    """By trying all changes of one place less: none of them gives a panel."""
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 2, (7, 2))
    quotas = [Quota(feature=at // 2, value=at % 2, low=low, high=max(low, 3))
              for at, low in enumerate(rng.integers(1, 5, 4).tolist())]  # fmt: skip
    found = quota_repair(model_of(codes, quotas, 5), n_quotas=4)
    moves = np.array(np.meshgrid(*[range(4)] * 8)).reshape(8, -1).T
    moves = moves[np.argsort(moves.sum(axis=1), kind="stable")]
    subsets = np.array(np.meshgrid(*[range(2)] * 7)).reshape(7, -1).T
    subsets = subsets[subsets.sum(axis=1) == 5]
    seated = np.array([(subsets * (codes[:, q.feature] == q.value)).sum(axis=1) for q in quotas]).T
    low, high = (np.array([getattr(q, end) for q in quotas]) for end in ("low", "high"))
    gaps = np.maximum(low - seated, 0) + np.maximum(seated - high, 0)
    assert found.total == gaps.sum(axis=1).min()
    for way in found.ways:
        assert sum(abs(one.before - one.after) for one in way) == found.total


def test_alternates_cover_everybody():
    rng = np.random.default_rng(3)
    codes = rng.integers(0, 3, (60, 2))
    quotas = [Quota(feature=f, value=v, low=2, high=5) for f in (0, 1) for v in range(3)]
    classes = people_classes(codes)
    model = panel_model(classes, quotas, size=10)
    panel = next(
        counts
        for counts in (
            np.bincount(
                classes.class_of[rng.choice(60, 10, replace=False)], minlength=model.n_classes
            )
            for _ in range(500)
        )
        if model.admits(counts[None, :])
    )
    found = alternates(model, panel)
    for lost in np.flatnonzero(panel):
        fits = []
        for new in np.flatnonzero(found.counts):
            swapped = panel.copy()
            swapped[lost] -= 1
            swapped[new] += 1
            fits.append(model.admits(swapped[None, :]))
        assert any(fits) or found.without[lost]
    assert found.counts.sum() <= np.count_nonzero(panel)


def test_replacements_fill_what_those_who_stay_leave():
    codes = np.array([[0], [0], [1], [1], [1], [0]])
    quotas = [Quota(feature=0, value=0, low=1, high=2), Quota(feature=0, value=1, low=1, high=2)]
    found = free_places(codes, quotas, panel=np.array([0, 1, 2]), dropped=np.array([2]),
                        households=np.array([0, 1, 2, 0, 4, 5]))  # fmt: skip
    assert found.size == 1
    assert found.pool.tolist() == [False, False, False, False, True, True]
    assert [(one.low, one.high) for one in found.quotas] == [(0, 0), (1, 2)]
    with pytest.raises(UsageError, match="dropped_unknown"):
        free_places(codes, quotas, panel=np.array([0, 1]), dropped=np.array([5]))


def test_what_is_published_before_the_draw():
    assert seed_commitment(SEED) == hashlib.sha256(SEED.encode()).hexdigest()
    assert list_digest(np.array([[0, 1], [1, 2]]), ["a", "b", "c"]) == (
        hashlib.sha256(b"a\tb\nb\tc\n").hexdigest()
    )
    with pytest.raises(UsageError, match="seed_short"):
        seed_commitment("short")


def test_every_ticket_is_as_likely():
    drawn = [drawn_number(SEED, str(at), n_panels=7) for at in range(7_000)]
    counts = np.bincount(drawn, minlength=8)[1:]
    assert counts.sum() == 7_000
    assert stats.chisquare(counts).pvalue > 0.001
    assert drawn_number(SEED, "1 2 3", n_panels=7) == drawn_number(SEED, "1 2 3", n_panels=7)
    with pytest.raises(UsageError, match="n_panels"):
        drawn_number(SEED, "", n_panels=0)


def test_letters_by_hand():
    """30 are needed from each; one letter in ten and one in five is answered: 300 and 150."""
    found = invitation_plan([1_000, 1_000], [30, 30], response=[0.1, 0.2], n_letters=450)
    assert found.letters.tolist() == [300, 150]
    assert found.expected == pytest.approx([30, 30])
    assert found.low.tolist() == stats.binom.ppf(0.025, [300, 150], [0.1, 0.2]).tolist()
    assert found.high.tolist() == stats.binom.ppf(0.975, [300, 150], [0.1, 0.2]).tolist()
    assert found.enough == pytest.approx(stats.binom.sf(29, [300, 150], [0.1, 0.2]), rel=1e-9)
    assert found.short.tolist() == [0, 0]


def test_a_small_stratum_gives_its_letters_to_others():
    found = invitation_plan([50, 1_000, 0], [30, 30, 0], response=[0.1, 0.1, 0.1], n_letters=450)
    assert found.letters.tolist() == [50, 400, 0]
    assert found.short.tolist() == [250, 0, 0]
    assert found.chances.tolist() == [1.0, 0.4, 0.0]
    assert found.enough[2] == 1


def test_every_household_of_a_stratum_has_the_same_chance():
    strata = np.repeat([0, 1], [10, 30])
    rng = np.random.default_rng(4)
    counts = np.zeros(40)
    for _ in range(2_000):
        counts[drawn_households(strata, [5, 6], rng=rng)] += 1
    assert counts[:10] / 2_000 == pytest.approx(np.full(10, 0.5), abs=0.05)
    assert counts[10:] / 2_000 == pytest.approx(np.full(30, 0.2), abs=0.05)
    with pytest.raises(UsageError, match="letters_range"):
        drawn_households(strata, [11, 0], rng=rng)


def test_letters_that_make_no_sense():
    with pytest.raises(UsageError, match="response_range"):
        invitation_plan([10], [1], response=[0.0], n_letters=1)
    with pytest.raises(UsageError, match="letters_range"):
        invitation_plan([10], [1], response=[0.5], n_letters=11)
