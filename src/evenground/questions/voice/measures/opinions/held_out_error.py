"""How well votes that were hidden are foretold: by a statement's mean, by maps, by groups.

Votes are hidden in five parts, each once; everything (means, map, groups) is found from the other
four. Errors are compared person by person, since one person's votes belong together.
Sources: cross-validation, Stone (1974), Journal of the Royal Statistical Society B 36, 111-147; of
matrices by hidden cells, Owen and Perry (2009), Annals of Applied Statistics 3, 564-594; variance
of a ratio over clusters, Cochran (1977), Sampling Techniques, 3rd ed., section 6.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.opinions.candidate_maps import (
    MAPS,
    Map,
    expected_votes,
    fitted_maps,
)
from evenground.questions.voice.measures.opinions.plain_means import (
    group_means,
    own_level,
    statement_means,
)
from evenground.questions.voice.measures.opinions.polis_groups import polis_groups
from evenground.questions.voice.measures.opinions.vote_matrix import VoteMatrix

N_PARTS = 5
N_MORE_STARTS = 2
_NORMAL = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""

STATEMENT, OWN_LEVEL = "statement mean", "statement and participant mean"
_MOVED, _FURTHER = "_moved", "_further"
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
        Mean squared error by predictor, in squared votes, 0-4; empty where nothing was tried.
    best_map
        Map with the smallest error.
    gain
        Of groups over the plain statement mean; ``None`` where no groups could be formed.
    gain_beyond_level
        Of groups over the statement mean where both know each person's own level of agreeing.
    gain_of_place
        Of people's own places on the map over their groups, with the weight that suits best:
        above 0 where people within a group differ still, as where a crowd without gaps is cut.
    n_votes
        Votes that were hidden and foretold.
    """

    errors: Mapping[str, float]
    best_map: str
    gain: Gain | None
    gain_beyond_level: Gain | None
    gain_of_place: Gain | None
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
    light = votes.in_single()
    cells = _cells(light, inside)
    part = rng.integers(0, N_PARTS, size=len(cells.rows))
    kept: list[tuple[VoteMatrix, _Cells, dict[str, tuple[Map, Vector]]]] = []
    for at in range(N_PARTS):
        hidden = cells.among(part == at)
        known = hidden.hidden(light)
        asked = hidden if inside.all() else hidden.among(inside[hidden.rows])
        maps: dict[str, tuple[Map, Vector]] = {}
        for name, fitted in fitted_maps(known).items():
            expected = expected_votes(fitted, known).at(asked.rows, asked.columns)
            maps[name] = fitted, expected
            asked.lose(name, expected)
        kept.append((known, asked, maps))
    loss = cells.loss
    best = min(MAPS, key=lambda name: loss[name].sum())
    formed = [_foretold(known, asked, maps[best], rng) for known, asked, maps in kept]
    n_votes = int(inside[cells.rows].sum())
    return HeldOut(
        errors={name: float(each.sum()) / n_votes for name, each in loss.items() if name[0] != "_"},
        best_map=best,
        gain=_gain(loss[STATEMENT], loss[GROUPS]) if all(formed) else None,
        gain_beyond_level=_gain(loss[OWN_LEVEL], loss[GROUPS_LEVEL]) if all(formed) else None,
        gain_of_place=_gain_of_place(loss) if all(formed) else None,
        n_votes=n_votes,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """Cells where votes were cast, and squared errors there summed by person inside.

    ``loss`` is shared by all parts that are cut from one another.
    """

    rows: Whole
    columns: Whole
    truth: Vector
    inside: Flags
    loss: dict[str, Vector]

    def among(self, some: Flags) -> _Cells:
        """Return some of the cells."""
        rows, columns, truth = self.rows[some], self.columns[some], self.truth[some]
        return replace(self, rows=rows, columns=columns, truth=truth)

    def hidden(self, votes: VoteMatrix) -> VoteMatrix:
        """Return votes as if these had not been cast."""
        value, seen = votes.value.copy(), votes.seen.copy()
        at = self.rows * votes.n_statements + self.columns
        value.ravel()[at] = 0.0
        seen.ravel()[at] = 0.0
        return VoteMatrix(value=value, seen=seen)

    def lose(self, name: str, expected: Vector) -> None:
        """Add squared errors at these cells to the sums."""
        self.add(name, (self.truth - expected) ** 2)

    def add(self, name: str, values: Vector) -> None:
        """Add values at these cells to the sums."""
        n = len(self.inside)
        each = np.bincount(self.rows, values, minlength=n).astype(np.float64)[self.inside]
        self.loss[name] = self.loss[name] + each if name in self.loss else each


def _cells(votes: VoteMatrix, inside: Flags) -> _Cells:
    rows, columns = np.nonzero(votes.seen)
    truth = votes.value[rows, columns].astype(np.float64)
    return _Cells(rows=rows, columns=columns, truth=truth, inside=inside, loss={})


def _foretold(
    known: VoteMatrix, asked: _Cells, mapped: tuple[Map, Vector], rng: np.random.Generator
) -> bool:
    """Add the errors of means and of groups; return whether groups could be formed."""
    fitted, by_place = mapped
    inside, columns = asked.inside, asked.columns
    of_those = known if inside.all() else known.rows(inside)
    person = (np.cumsum(inside) - 1)[asked.rows]
    means = statement_means(known)
    asked.lose(STATEMENT, means[columns])
    asked.lose(OWN_LEVEL, means[columns] + own_level(of_those, means)[person])
    places = fitted.positions(of_those)
    found = polis_groups(places, n_more_starts=N_MORE_STARTS, rng=rng)
    if found is None:
        return False
    by_group = group_means(of_those, found.labels, means)
    expected = by_group[found.labels[person], columns]
    asked.lose(GROUPS, expected)
    level = own_level(of_those, by_group, found.labels)
    asked.lose(GROUPS_LEVEL, expected + level[person])
    further = by_place - expected
    asked.add(_MOVED, (asked.truth - expected) * further)
    asked.add(_FURTHER, further**2)
    return True


def _gain_of_place(loss: dict[str, Vector]) -> Gain:
    """Return what places save beyond groups, by the slope of votes on how far they lie apart."""
    moved, further = loss[_MOVED], loss[_FURTHER]
    most, total = further.sum(), loss[GROUPS].sum()
    if most <= 0 or total <= 0:
        return Gain(value=0.0, low=0.0, high=0.0)
    slope = moved.sum() / most
    apart = moved - slope * further
    n = len(moved)
    half = _NORMAL * np.sqrt(n / max(n - 1, 1) * float(apart @ apart)) / most
    saved = [float(max(at, 0.0) ** 2 * most / total) for at in (slope, slope - half, slope + half)]
    return Gain(value=saved[0], low=saved[1], high=saved[2])


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
