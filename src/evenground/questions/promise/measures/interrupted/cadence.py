"""How often a series is taken, and the seasons that go with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from evenground.methods.validation import Whole
from evenground.questions.promise.measures.interrupted.segmented_design import Season

ROUNDS_BEFORE = 2
"""A season is told from a trend only where so many whole rounds lie before the start."""
_MONTH = re.compile(r"(\d{4})-?(\d{2})")
_QUARTER = re.compile(r"(\d{4})-?[qQ]([1-4])")
_YEAR = re.compile(r"\d{4}")
_DAYS_A_YEAR, _DAYS_A_WEEK = 365.25, 7
_DAYS_OF_A_MONTH = (28, 31)
_DAYS_OF_A_QUARTER = (90, 92)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """What the names of times say.

    Attributes
    ----------
    seasons
        To be taken into account.
    n_short
        Seasons that this cadence has, and that cannot be told: too few rounds before the start.
    is_even
        Whether no time is left out; true where names say nothing.
    """

    seasons: tuple[Season, ...] = ()
    n_short: int = 0
    is_even: bool = True


def cadence_of(times: Sequence[str], *, start: int) -> Cadence:
    """Return the cadence that names of times show.

    Parameters
    ----------
    times
        ``2024``, ``2024-Q1``, ``2024-01`` or dates that begin as ``2024-01-31``, in order; others
        have no season.
    start
        First column after the start.
    """
    seasons, is_even = _read(times)
    told = tuple(one for one in seasons if start >= ROUNDS_BEFORE * one.period)
    return Cadence(seasons=told, n_short=len(seasons) - len(told), is_even=is_even)


def _read(times: Sequence[str]) -> tuple[tuple[Season, ...], bool]:
    for pattern, period in ((_QUARTER, 4), (_MONTH, 12)):
        found = [pattern.fullmatch(time) for time in times]
        if len(times) > 1 and all(found):
            at = [int(m[1]) * period + int(m[2]) for m in found if m]
            return (Season(period=period),), _steps(at) == {1}
    if len(times) > 1 and all(_YEAR.fullmatch(time) for time in times):
        return (), _steps([int(time) for time in times]) == {1}
    try:
        days = [date.fromisoformat(time[:10]).toordinal() for time in times]
    except ValueError:
        return (), True
    return _of_days(np.diff(np.array(days, dtype=np.int64)))


def _of_days(steps: Whole) -> tuple[tuple[Season, ...], bool]:
    if not steps.size:
        return (), True
    usual = int(np.median(steps))
    is_even = bool((steps == usual).all())
    if usual == 1:
        return (Season(period=_DAYS_A_WEEK, n_pairs=3), Season(period=_DAYS_A_YEAR)), is_even
    if usual == _DAYS_A_WEEK:
        return (Season(period=_DAYS_A_YEAR / _DAYS_A_WEEK),), is_even
    for (least, most), period in ((_DAYS_OF_A_MONTH, 12), (_DAYS_OF_A_QUARTER, 4)):
        if least <= usual <= most:
            return (Season(period=period),), bool(((steps >= least) & (steps <= most)).all())
    return (), is_even


def _steps(at: Sequence[int]) -> set[int]:
    return {later - earlier for earlier, later in pairwise(at)}
