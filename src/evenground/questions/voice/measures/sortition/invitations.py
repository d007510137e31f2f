"""Two stages: letters to households of a register, then the panel from those who say yes.

Letters are divided so that each stratum can be expected to send enough people into the pool; how
likely that is follows from the binomial distribution. Within a stratum every household has the same
chance of a letter. Source: Flanigan, Gölz, Gupta and Procaccia (2020), Neutralizing self-selection
bias in sampling for sortition, NeurIPS 33 (why both stages count); Cochran (1977), Sampling
techniques, 3rd edition, Wiley, chapter 5 (allocation to strata).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, vector, wrong

_TAIL = 0.025


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPlan:
    """Letters by stratum and the pool they can be expected to bring.

    Attributes
    ----------
    letters, shape (n_strata,)
        Households written to.
    chances, shape (n_strata,)
        Chance of a household to get a letter, 0-1.
    expected, low, high, shape (n_strata,)
        People who say yes: expected, and the middle 95 %.
    enough, shape (n_strata,)
        Chance that at least as many say yes as are needed.
    short, shape (n_strata,)
        Letters that the stratum has too few households for.
    """

    letters: Whole
    chances: Vector
    expected: Vector
    low: Vector
    high: Vector
    enough: Vector
    short: Whole


def invitation_plan(
    households: ArrayLike, needed: ArrayLike, *, response: ArrayLike, n_letters: int
) -> InvitationPlan:
    """Return how letters are divided.

    Parameters
    ----------
    households, shape (n_strata,)
        Households of each stratum in the register.
    needed, shape (n_strata,)
        People needed in the pool from each, such as three for each place on the panel.
    response, shape (n_strata,)
        Chance that a letter brings one person into the pool, within 0-1, not 0. It is an
        assumption or earlier experience; the plan holds if it does.
    n_letters
        Letters in all.

    Raises
    ------
    UsageError
        If shapes differ, a chance is not within 0-1, or letters outnumber households.
    """
    homes = vector("households", households)
    goal = vector("needed", needed, size=homes.size)
    answers = vector("response", response, size=homes.size)
    if not ((answers > 0) & (answers <= 1)).all():
        raise wrong("response_range", N_("a chance of an answer is not above 0 and at most 1"))
    if not 1 <= n_letters <= homes.sum():
        raise wrong(
            "letters_range",
            N_("{n} letters for {n_households} households"),
            n=n_letters, n_households=int(homes.sum()),
        )  # fmt: skip
    letters = _divided(homes.astype(np.int64), goal / answers, n_letters)
    short = np.maximum(np.ceil(goal / answers).astype(np.int64) - letters, 0)
    low, high = _middle(letters, answers)
    return InvitationPlan(
        letters=letters,
        chances=np.divide(letters, homes, out=np.zeros(homes.size), where=homes > 0),
        expected=letters * answers,
        low=low,
        high=high,
        enough=_enough(letters, answers, np.ceil(goal)),
        short=short,
    )


def drawn_households(
    stratum_of: ArrayLike, letters: ArrayLike, *, rng: np.random.Generator
) -> Whole:
    """Return positions of the households that get a letter, in order.

    Parameters
    ----------
    stratum_of, shape (n_households,)
        Stratum of each household of the register, from 0.
    letters, shape (n_strata,)
        As planned.
    rng
        Source of chance.

    Raises
    ------
    UsageError
        If a stratum has fewer households than letters.
    """
    strata = np.asarray(stratum_of, dtype=np.int64)
    found: list[Whole] = []
    for stratum, n in enumerate(np.asarray(letters, dtype=np.int64).tolist()):
        homes = np.flatnonzero(strata == stratum)
        if n > homes.size:
            raise wrong(
                "letters_range",
                N_("{n} letters for {n_households} households"),
                n=n, n_households=int(homes.size),
            )  # fmt: skip
        found.append(rng.choice(homes, n, replace=False))
    return np.sort(np.concatenate(found))


def _divided(homes: Whole, worth: Vector, n_letters: int) -> Whole:
    """Return whole letters in proportion to ``worth``, none above its households.

    What a full stratum cannot take goes to the others; then by largest remainders.
    """
    letters = np.zeros(homes.size, dtype=np.float64)
    open_ = homes > 0
    left = float(n_letters)
    while open_.any():
        weight = np.where(open_, np.maximum(worth, 1e-12), 0.0)
        share = left * weight / weight.sum()
        full = open_ & (share >= homes)
        if not full.any():
            letters[open_] = share[open_]
            break
        letters[full] = homes[full]
        left -= float(homes[full].sum())
        open_ &= ~full
    whole = np.floor(letters + 1e-9).astype(np.int64)
    order = np.argsort(whole - letters, kind="stable")
    order = order[whole[order] < homes[order]]
    whole[order[: n_letters - int(whole.sum())]] += 1
    return whole


def _middle(letters: Whole, answers: Vector) -> tuple[Vector, Vector]:
    """Return the 2.5 % and 97.5 % quantiles of binomial numbers."""
    low, high = np.zeros(letters.size), np.zeros(letters.size)
    for at, (n, chance) in enumerate(zip(letters.tolist(), answers.tolist(), strict=True)):
        below = special.bdtr(np.arange(n + 1), n, chance)
        low[at] = np.searchsorted(below, _TAIL)
        high[at] = min(np.searchsorted(below, 1 - _TAIL), n)
    return low, high


def _enough(letters: Whole, answers: Vector, goal: Vector) -> Vector:
    reach = (goal > 0) & (letters >= goal)
    less = special.bdtr(np.maximum(goal - 1, 0), np.maximum(letters, 1), answers)
    return np.where(goal <= 0, 1.0, np.where(reach, 1 - less, 0.0))
