"""How well votes that were hidden are foretold: by a statement's mean, by maps, by groups.

Votes are hidden in five parts, each once; everything (means, map, groups) is found from the other
four. Errors are compared person by person, since one person's votes belong together.
Sources: cross-validation, Stone (1974), Journal of the Royal Statistical Society B 36, 111-147; of
matrices by hidden cells, Owen and Perry (2009), Annals of Applied Statistics 3, 564-594; variance
of a ratio over clusters, Cochran (1977), Sampling Techniques, 3rd ed., section 6.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.voice.measures.opinions.candidate_maps import (
    MAPS,
    expected_votes,
    fitted_maps,
)
from evenground.questions.voice.measures.opinions.plain_means import (
    group_means,
    statement_means,
    with_own_level,
)
from evenground.questions.voice.measures.opinions.polis_groups import polis_groups
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix

N_PARTS = 5
N_MORE_STARTS = 3
_NORMAL = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""

STATEMENT, OWN_LEVEL = "statement mean", "statement and participant mean"
GROUPS, GROUPS_LEVEL = "groups", "groups and participant mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """Part of one error that another predictor saves.

    Attributes
    ----------
    value, low, high
        At most 1; below 0 where it foretells worse. ``low`` and ``high`` at 95 %.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """Errors on hidden votes.

    Attributes
    ----------
    errors
        Mean squared error by predictor, in squared votes, 0-4.
    best_map
        Map with the smallest error.
    gain
        Of groups over the plain statement mean; ``None`` where no groups could be formed.
    gain_beyond_level
        Of groups over the statement mean where both know each person's own level of agreeing.
    n_votes
        Votes that were hidden and foretold.
    """

    errors: Mapping[str, float]
    best_map: str
    gain: Gain | None
    gain_beyond_level: Gain | None
    n_votes: int


def held_out_error(votes: VoteMatrix, inside: Flags, *, rng: np.random.Generator) -> HeldOut:
    """Return how well hidden votes of those in the conversation are foretold.

    Parameters
    ----------
    votes
        Of all.
    inside, shape (n_participants,)
        Who is in the conversation; the others' votes help, and are not foretold.
    rng
        Source of chance: which vote is hidden when.
    """
    part = np.where(votes.seen > 0, rng.integers(0, N_PARTS, size=votes.seen.shape), -1)
    seed = int(rng.integers(2**63))
    loss: dict[str, Vector] = {}
    kept: list[tuple[VoteMatrix, Flags, dict[str, Vector]]] = []
    for at in range(N_PARTS):
        hidden = part == at
        known = votes.without(hidden)
        places: dict[str, Vector] = {}
        truth, asked = votes.value[inside], hidden[inside]
        for name, fitted in fitted_maps(known).items():
            places[name] = fitted.positions(known)[inside]
            expected = expected_votes(fitted, known.rows(inside))
            _add(loss, name, truth, asked, expected)
        kept.append((known, asked, places))
    best = min(MAPS, key=lambda name: loss[name].sum())
    formed = True
    for known, asked, places in kept:
        formed &= _foretold(loss, known, inside, (votes.value[inside], asked, places[best]), seed)
    n_votes = int((part[inside] >= 0).sum())
    return HeldOut(
        errors={name: float(each.sum()) / n_votes for name, each in loss.items()},
        best_map=best,
        gain=_gain(loss[STATEMENT], loss[GROUPS]) if formed else None,
        gain_beyond_level=_gain(loss[OWN_LEVEL], loss[GROUPS_LEVEL]) if formed else None,
        n_votes=n_votes,
    )


def _foretold(
    loss: dict[str, Vector],
    known: VoteMatrix,
    inside: Flags,
    hidden: tuple[Vector, Flags, Vector],
    seed: int,
) -> bool:
    """Add the errors of means and of groups; return whether groups could be formed."""
    truth, asked, places = hidden
    of_those = known.rows(inside)
    means = statement_means(known)
    _add(loss, STATEMENT, truth, asked, means)
    _add(loss, OWN_LEVEL, truth, asked, with_own_level(of_those, means))
    found = polis_groups(
        places, n_more_starts=N_MORE_STARTS, rng=np.random.Generator(np.random.PCG64(seed))
    )
    if found is None:
        return False
    expected = group_means(of_those, found.labels, means)[found.labels]
    _add(loss, GROUPS, truth, asked, expected)
    _add(loss, GROUPS_LEVEL, truth, asked, with_own_level(of_those, expected))
    return True


def _add(loss: dict[str, Vector], name: str, truth: Vector, asked: Flags, expected: Vector) -> None:
    """Add squared errors of the hidden votes to each person's sum."""
    lost = np.where(asked, truth - expected, 0.0)
    each = np.einsum("ij,ij->i", lost, lost)
    loss[name] = loss[name] + each if name in loss else each


def _gain(before: Vector, after: Vector) -> Gain:
    """Return the part of ``before`` that is saved, with an interval over people."""
    total = before.sum()
    if total <= 0:
        return Gain(value=0.0, low=0.0, high=0.0)
    value = 1 - after.sum() / total
    apart = before - after - value * before
    n = len(before)
    error = np.sqrt(n / max(n - 1, 1) * float(apart @ apart)) / total
    half = _NORMAL * error
    return Gain(value=float(value), low=float(value - half), high=float(value + half))
