"""The variants that every count writes down: order of ties, caps, conflicts, who takes no part."""

from __future__ import annotations

from collections.abc import Sequence

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.outcome import Recorded


def limits_recorded(
    election: Election, limits: Limits, order: Sequence[int]
) -> dict[str, Recorded]:
    """Return what the limits and the order of ties add to the record of a count.

    Parameters
    ----------
    election
        Names and scale of money.
    limits
        What was to be kept beside the budget; only what there is, is written.
    order
        All places, the one that wins ties first; ``"listed"`` where it is that of the election.
    """
    names = election.projects
    listed = tuple(order) == tuple(range(election.n_projects))
    written: dict[str, Recorded] = {
        "budget": election.budget,
        "money_scale": election.scale,
        "n_voters": election.n_voters,
        "tie_order": "listed" if listed else tuple(names[place] for place in order),
    }
    if limits.left_out:
        written["left_out"] = tuple(names[place] for place in limits.left_out)
    if limits.caps:
        written["caps"] = tuple(f"{cap.name}: {cap.most}" for cap in limits.caps)
        written["leftover"] = limits.leftover
    if limits.exclusive:
        written["exclusive"] = tuple(
            " | ".join(names[place] for place in places) for places in limits.exclusive
        )
    return written
