"""Cumulative advantage: is investment drawn to where there already was some?

Two tests, because one cannot do it. Persistence asks whether new units follow earlier ones more
than people and need explain; a place that is favoured for a hidden reason passes for that too. The
order test grants every area whatever attractiveness it had throughout, and asks whether units still
came late to where there were many. Source: Merton (1968), The Matthew effect in science, Science
159, 56-63; DiPrete and Eirich (2006), Annual Review of Sociology 32, 271-297; the two explanations
of persistence after Heckman (1981), in Rosen (ed.), Studies in Labor Markets, 91-139.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.questions.reach.measures.order_test import OrderTest, order_test
from evenground.questions.reach.measures.persistence import Persistence, persistence
from evenground.questions.reach.measures.placement_panel import PlacementPanel

CANNOT_TELL = "cannot_tell"
NONE_SEEN = "none_seen"
FAVOURED_OR_REINFORCED = "favoured_or_reinforced"
CUMULATIVE_ADVANTAGE = "cumulative_advantage"


@dataclass(frozen=True, slots=True, kw_only=True)
class CumulativeAdvantage:
    """What a panel says about units that draw further units.

    Attributes
    ----------
    verdict
        ``cannot_tell``: the panel is uninformative. ``none_seen``: new units do not follow earlier
        ones more than chance; the interval of ``persistence`` says how much that rules out.
        ``favoured_or_reinforced``: they do, and their order does not say whether some places were
        favoured all along or units drew further ones. ``cumulative_advantage``: they do, and
        fixed attractiveness, however unequal, does not explain the order.
    persistence, order
        The two tests.
    alpha
        Level of each, 0-1.
    """

    verdict: str
    persistence: Persistence
    order: OrderTest
    alpha: float


def cumulative_advantage(
    panel: PlacementPanel,
    *,
    rng: np.random.Generator,
    n_draws: int = 999,
    alpha: float = 0.05,
) -> CumulativeAdvantage:
    """Return both tests with the verdict that they bear together.

    Parameters
    ----------
    panel
        Units by year and area.
    rng, n_draws
        Source of chance, and draws of each test.
    alpha
        Level of each test, 0-1. With hidden attractiveness that does not change, the verdict is
        ``cumulative_advantage`` at most this often.
    """
    persists = persistence(panel, rng=rng, n_draws=n_draws, confidence=1 - alpha)
    order = order_test(panel.new, rng=rng, n_draws=n_draws, alpha=alpha)
    return CumulativeAdvantage(
        verdict=advantage_verdict(persists, order, alpha=alpha),
        persistence=persists,
        order=order,
        alpha=alpha,
    )


def advantage_verdict(persists: Persistence, order: OrderTest, *, alpha: float) -> str:
    """Return the code of the verdict, from both tests at level ``alpha`` (0-1)."""
    if not persists.informative:
        return CANNOT_TELL
    if persists.p_value > alpha:
        return NONE_SEEN
    if order.informative and order.p_value <= alpha:
        return CUMULATIVE_ADVANTAGE
    return FAVOURED_OR_REINFORCED
