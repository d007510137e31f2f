"""All checks on the days of a folded table, what several of them need worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.network import drift as drifting
from evenground.questions.data.measures.network import resolution_changes as resolving
from evenground.questions.data.measures.network.colocated import colocated_disagreement
from evenground.questions.data.measures.network.daily import columns_of, daily
from evenground.questions.data.measures.network.episodes import Episode
from evenground.questions.data.measures.network.level_shifts import level_shifts, shift_episodes
from evenground.questions.data.measures.network.reference import Places
from evenground.questions.data.measures.network.unit_jumps import unit_episodes, unit_jumps

if TYPE_CHECKING:
    import pyarrow as pa


def network_checks(
    folded: pa.Table,
    *,
    places: Places | None = None,
    pairs: Sequence[tuple[str, str]] = (),
    tolerance: float | None = None,
) -> tuple[Check, ...]:
    """Return changes of resolution, unit jumps, drift, level shifts and colocated disagreement.

    Parameters
    ----------
    folded
        The folded table.
    places
        Where sensors stand, in metres; without, all sensors of the table are neighbours.
    pairs, tolerance
        Sensors at one place, and what they may differ by; see ``colocated_disagreement``.
    """
    units: list[Episode] = []
    shifts: list[Episode] = []
    drifts: dict[str, drifting.Found] = {}
    resolutions: dict[str, resolving.Found] = {}
    for column in columns_of(folded):
        days = daily(folded, column)
        here = unit_episodes(days, places)
        units += here
        shifts += shift_episodes(days, here, places)
        drifts[column] = drifting.drift_episodes(days, here, places)
        resolutions[column] = resolving.resolution_episodes(days, here)
    return (
        resolving.resolution_changes(resolutions),
        unit_jumps(units),
        drifting.drift(drifts),
        level_shifts(shifts),
        colocated_disagreement(folded, pairs=pairs, places=places, tolerance=tolerance),
    )
