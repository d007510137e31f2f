"""Replace people who dropped out by lot, so that the whole panel keeps its quotas.

The places that are free are a panel of their own, drawn from the people left, with quotas less what
those who stay fill already; the same fairness applies. Source: as for ``fair_panel``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Flags, Whole, wrong
from evenground.questions.voice.measures.sortition.people_classes import Quota


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePlaces:
    """What is to be drawn anew.

    Attributes
    ----------
    pool, shape (n_people,)
        Who can be drawn: neither on the panel nor dropped out, and of no household that stays.
    quotas
        What the new people must add.
    size
        How many are to be drawn.
    """

    pool: Flags
    quotas: tuple[Quota, ...]
    size: int


def free_places(
    codes: Whole,
    quotas: Sequence[Quota],
    *,
    panel: Whole,
    dropped: Whole,
    households: Whole | None = None,
) -> FreePlaces:
    """Return pool, quotas and number of places that dropouts leave.

    Parameters
    ----------
    codes, shape (n_people, n_features), and quotas
        Of the first draw.
    panel, shape (size,), and dropped, shape (n_dropped,)
        Positions of the people on the panel, and of those of them who dropped out.
    households, shape (n_people,)
        Where at most one of a household is drawn.

    Raises
    ------
    UsageError
        If nobody dropped out, or one who did was not on the panel.
    """
    gone = np.isin(panel, dropped)
    if not dropped.size or gone.sum() != np.unique(dropped).size:
        raise wrong(
            "dropped_unknown",
            N_("{n} of the {n_dropped} who dropped out are on the panel"),
            n=int(gone.sum()), n_dropped=int(np.unique(dropped).size),
        )  # fmt: skip
    stay = panel[~gone]
    pool = np.ones(len(codes), dtype=np.bool_)
    pool[panel] = False
    if households is not None:
        pool &= ~np.isin(households, households[stay])
    rest: list[Quota] = []
    for one in quotas:
        filled = int((codes[stay, one.feature] == one.value).sum())
        low, high = max(one.low - filled, 0), max(one.high - filled, 0)
        rest.append(replace(one, low=low, high=high))
    return FreePlaces(pool=pool, quotas=tuple(rest), size=int(gone.sum()))
