"""Who the voters of a group are, by age, sex or area, with small counts protected.

Source: Hundepool and others (2012), Statistical Disclosure Control, chapter 4; Fischetti and
Salazar-González (2001), Management Science 47(7), section 2 (``methods.disclosure``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.disclosure.suppression import suppress
from evenground.methods.disclosure.table_system import Equality, TableSystem, table_system
from evenground.methods.validation import Flags, Whole, wrong

AGE_EDGES = (18, 30, 45, 60, 75)
"""Ages at which a further band begins, unless others are handed in."""
_LEAST_THRESHOLD = 2
_TABLE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """One category of one attribute.

    Attributes
    ----------
    category
        Its name; ``None`` for voters of whom it is not known.
    n_group
        Voters of the group in it; ``None`` where the count is hidden.
    n_voters
        All voters in it, which is taken as public; ``None`` where that count is small itself.
    """

    category: str | None
    n_group: int | None
    n_voters: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupProfile:
    """A group of voters by one attribute.

    Attributes
    ----------
    rows
        Categories in order of their names, unknown last.
    n_hidden
        Categories whose count in the group is hidden: it, or that of the others, is small, or a
        total would give a small one away.
    n_exposed
        Small counts that hiding cannot protect, because totals are public: then no row shows any.
    threshold
        Counts from 1 to ``threshold - 1`` are small.
    """

    rows: tuple[ProfileRow, ...]
    n_hidden: int
    n_exposed: int
    threshold: int


def group_profile(
    members: ArrayLike, *, categories: Sequence[str | None], threshold: int
) -> GroupProfile:
    """Return how many voters of a group are in each category, small counts hidden.

    Parameters
    ----------
    members, shape (n_voters,)
        Whether each voter belongs to the group.
    categories, length n_voters
        Age band, sex, area … of each voter; ``None`` where it is not known.
    threshold
        Counts from 1 to ``threshold - 1`` are small, at least 2.

    Raises
    ------
    UsageError
        If lengths differ or the threshold is below 2.
    """
    flags = np.asarray(members, dtype=np.bool_)
    if flags.shape != (len(categories),) or threshold < _LEAST_THRESHOLD:
        raise wrong(
            "profile_input",
            N_("{n} categories stand beside {shape} members, or the threshold {least} is below 2"),
            n=len(categories),
            shape=flags.shape,
            least=threshold,
        )
    known = set(categories)
    names = [*sorted(one for one in known if one is not None), *([None] if None in known else [])]
    place = {name: number for number, name in enumerate(names)}
    at = np.array([place[one] for one in categories], dtype=np.int64)
    inside = np.bincount(at[flags], minlength=len(names)).astype(np.int64)
    outside = np.bincount(at[~flags], minlength=len(names)).astype(np.int64)
    hidden, n_exposed = hidden_counts(np.stack([inside, outside], axis=1), threshold=threshold)
    return GroupProfile(
        rows=tuple(
            ProfileRow(
                category=name,
                n_group=None if gone else int(own),
                n_voters=None if 0 < own + rest < threshold else int(own + rest),
            )
            for name, own, rest, gone in zip(names, inside, outside, hidden, strict=True)
        ),
        n_hidden=int(hidden.sum()),
        n_exposed=n_exposed,
        threshold=threshold,
    )


def hidden_counts(counts: Whole, *, threshold: int) -> tuple[Flags, int]:
    """Return which rows of a table of people inside and outside a group are to be hidden.

    Parameters
    ----------
    counts, shape (n_rows, 2)
        People inside and outside. Totals of rows and columns are taken as public.
    threshold
        Counts from 1 to ``threshold - 1`` are small.

    Returns
    -------
    tuple
        Flags of shape (n_rows,), and how many small counts nothing can protect; all rows are
        hidden where there is one.
    """
    small = (counts > 0) & (counts < threshold)
    if not small.any():
        return np.zeros(len(counts), dtype=np.bool_), 0
    found = suppress(_system(counts, small), threshold=threshold)
    gone = found.suppressed[: counts.size].reshape(counts.shape).any(axis=1)
    n_exposed = int(found.exposed.size)
    return np.asarray(gone | (n_exposed > 0), dtype=np.bool_), n_exposed


def _system(counts: Whole, small: Flags) -> TableSystem:
    """Return cells, row totals and column totals, with what ties them; zeros stay."""
    n_rows = len(counts)
    cell = np.arange(counts.size).reshape(counts.shape)
    value = np.concatenate([counts.ravel(), counts.sum(axis=1), counts.sum(axis=0)])
    row, column = counts.size + np.arange(n_rows), counts.size + n_rows + np.arange(_TABLE)
    parts = [(cell[number], row[number]) for number in range(n_rows)]
    parts += [(cell[:, number], column[number]) for number in range(_TABLE)]
    equalities = [
        Equality(cells=np.append(of, whole), sign=np.append(np.ones(of.size), -1.0))
        for of, whole in parts
    ]
    is_cell = np.arange(value.size) < counts.size
    primary = np.zeros(value.size, dtype=np.bool_)
    primary[: counts.size] = small.ravel()
    nothing = np.zeros(0, dtype=np.int64)
    cells = (
        value.astype(np.float64),
        np.ones(value.size),
        primary,
        ~is_cell | (value == 0),
        np.zeros(value.size, dtype=np.int64),
    )
    return table_system(equalities, cells=cells, order=(nothing, nothing))


def age_bands(ages: Sequence[int | None], *, edges: Sequence[int] = AGE_EDGES) -> list[str | None]:
    """Return the age band of each voter, such as ``18-29``; ``None`` where no age is known.

    Parameters
    ----------
    ages, length n
        Years.
    edges
        Ages at which a further band begins, rising.
    """
    bounds = [0, *edges]
    labels = [f"{a:02d}-{b - 1}" for a, b in pairwise(bounds)]
    labels.append(f"{bounds[-1]}+")
    at = np.searchsorted(edges, [0 if age is None else age for age in ages], side="right")
    return [None if age is None else labels[i] for age, i in zip(ages, at.tolist(), strict=True)]
