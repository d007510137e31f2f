"""What a city may set about Problem; each default is visible in the dossier when it is changed."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Setting

SETTINGS: tuple[Setting, ...] = (
    Setting(key="greatest_need", default=1 / 3, low=0.01, high=0.9, unit="share 0-1", meaning=N_("Part of the areas that counts as those where the need is greatest")),
    Setting(key="stable_in", default=0.9, low=0.5, high=1, unit="share 0-1", meaning=N_("An area belongs there for sure when it does in this share of all draws")),
    Setting(key="need_draws", default=1_000, low=99, high=100_000, unit="draws", meaning=N_("Other weights, scales, fillings of gaps and true values that are drawn to see what stays"), source="Saisana, Saltelli & Tarantola 2005"),
    Setting(key="served_metres", default=500, low=10, high=100_000, unit="m", meaning=N_("People within this distance of a unit are served by it")),
    Setting(key="relabellings", default=999, low=99, high=100_000, unit="draws", meaning=N_("Random ways to serve as many people, to see how broken up that would be")),
)  # fmt: skip
