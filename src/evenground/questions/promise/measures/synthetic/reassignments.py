"""Who else could have been treated: every set of as many units, or sets drawn where too many."""

from __future__ import annotations

from itertools import chain, combinations
from math import comb

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Flags, wrong

ENUMERATED_UP_TO = 10_000
N_DRAWS = 1_999


def reassignments(
    n_units: int, n_treated: int, *, rng: np.random.Generator | None, n_draws: int = N_DRAWS
) -> tuple[Flags, bool]:
    """Return sets of units, and whether they are all that there are.

    Parameters
    ----------
    n_units, n_treated
        How many units there are to choose from, and how many are chosen.
    rng, n_draws
        Source of chance, and how many sets are drawn with it where there are more than 10,000;
        unused otherwise.

    Returns
    -------
    tuple
        Flags, shape (n_sets, n_units), and ``True`` if every set is listed.

    Raises
    ------
    UsageError
        If there are more than 10,000 sets and no ``rng``.
    """
    n_sets = comb(n_units, n_treated)
    if n_sets <= ENUMERATED_UP_TO:
        flat = chain.from_iterable(combinations(range(n_units), n_treated))
        chosen = np.fromiter(flat, dtype=np.int64, count=n_sets * n_treated)
        members = chosen.reshape(n_sets, n_treated)
    elif rng is None:
        raise wrong(
            "chance_needed",
            N_("{n} assignments are too many to list; drawing some needs a source of chance, rng"),
            n=n_sets,
        )
    else:
        order = rng.permuted(np.tile(np.arange(n_units), (n_draws, 1)), axis=1)
        members = order[:, :n_treated]
    flags = np.zeros((len(members), n_units), dtype=np.bool_)
    np.put_along_axis(flags, members, values=True, axis=1)
    return flags, n_sets <= ENUMERATED_UP_TO
