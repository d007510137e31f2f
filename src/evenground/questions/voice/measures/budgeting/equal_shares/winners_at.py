"""Who wins at any endowment, proven each time."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares.equal_shares import (
    EqualSharesVariant,
)
from evenground.questions.voice.measures.budgeting.equal_shares.paths import Paths
from evenground.questions.voice.measures.budgeting.equal_shares.support import support_of
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.tie_order import ordered_places


def winners_at(
    election: Election,
    variant: EqualSharesVariant,
    *,
    limits: Limits | None = None,
    compiled: bool | None = None,
) -> Callable[[Fraction], tuple[int, ...]]:
    """Return a function from an endowment to what equal shares funds with it, before completion.

    Parameters
    ----------
    election, limits
        The election, and what the count has to keep to beside its budget.
    variant
        Satisfaction and order of ties; completion and start are not looked at.
    compiled
        As for ``equal_shares``.

    Returns
    -------
    callable
        It takes the money of each voter in the election's units, 0 or more, and returns places in
        the order in which they are chosen, proven in whole numbers or by bounds. It is fastest when
        asked for one endowment after another.

    Raises
    ------
    UsageError
        If the variant is unknown or does not fit the ballots, or the limits do not go with the
        election.
    """
    support = support_of(election, variant.satisfaction, limits=limits)
    paths = Paths(support, ordered_places(election, variant.ties), compiled=compiled)
    return paths.at
