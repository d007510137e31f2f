"""A panel of 24 drawn by lot from 160 people, with the fairest chances that quotas allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground_demo.text_files import texts
from evenground_demo.world import World

if TYPE_CHECKING:
    from evenground.questions.voice.measures.sortition.people_classes import PeopleClasses

N_POOL = 160
DIGITS = 4
"""Chances are told in so many digits."""


def quota_rows() -> list[dict[str, Any]]:
    """Return how many people of each value the panel was to have."""
    return [
        {"feature": one["feature"], "value": value, "min": low, "max": high}
        for one in _told()["features"]
        for value, low, high in zip(one["values"], one["min"], one["max"], strict=True)
    ]


def pool_rows(world: World) -> list[dict[str, Any]]:
    """Return what those who came forward said, by pseudonym."""
    codes = _pool(world)
    return [
        {"person": _name(who), "feature": one["feature"], "value": one["values"][codes[who, at]]}
        for who in range(N_POOL)
        for at, one in enumerate(_told()["features"])
    ]


def member_rows(world: World) -> list[dict[str, Any]]:
    """Return everybody's chance as it was published, and who was drawn."""
    from evenground.questions.voice.measures.sortition.fair_panel import fair_panel
    from evenground.questions.voice.measures.sortition.people_classes import (
        Quota,
        panel_model,
        people_classes,
    )

    quotas = [
        Quota(feature=at, value=value, low=one["min"][value], high=one["max"][value])
        for at, one in enumerate(_told()["features"])
        for value in range(len(one["values"]))
    ]
    classes = people_classes(_pool(world))
    found = fair_panel(panel_model(classes, quotas, size=_told()["size"]))
    if found is None:
        raise ValueError("no panel keeps the quotas of the demo")
    rng = world.rng("lot of the panel")
    lottery = found.lottery
    panel = lottery.panels[rng.choice(len(lottery.panels), p=lottery.weights)]
    drawn = _people_of(classes, panel, rng)
    return [
        {
            "person": _name(who),
            "drawn": "yes" if who in drawn else "no",
            "probability": round(float(found.settled.chances[classes.class_of[who]]), DIGITS),
        }
        for who in range(N_POOL)
    ]


def _told() -> dict[str, Any]:
    return texts("initiatives/closed_bins/panel")


def _name(who: int) -> str:
    return f"L{who + 1:03d}"


def _pool(world: World) -> np.ndarray:
    """Return codes of values, (n_people, n_features)."""
    rng = world.rng("pool of the panel")
    return np.stack(
        [rng.choice(len(one["share"]), N_POOL, p=one["share"]) for one in _told()["features"]],
        axis=1,
    )


def _people_of(classes: PeopleClasses, panel: Sequence[int], rng: np.random.Generator) -> set[int]:
    """Draw so many people of each class."""
    return {
        int(who)
        for at, n in enumerate(panel)
        for who in rng.choice(np.flatnonzero(classes.class_of == at), int(n), replace=False)
    }
