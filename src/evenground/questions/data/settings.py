"""What a city may set about Data; each default is visible in the dossier when it is changed."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Setting

SETTINGS: tuple[Setting, ...] = (
    Setting(key="sensor_reach_metres", default=500, low=1, high=100_000, unit="m", meaning=N_("People within this distance of a sensor that works are within its reach")),
    Setting(key="audit_zonings", default=200, low=200, high=10_000, unit="draws", meaning=N_("Other zonings of the map, at each scale, to see whether a figure by area stays"), source="Openshaw & Taylor 1979"),
    Setting(key="recent_days", default=30, low=1, high=366, unit="days", meaning=N_("Last days of a stream by which it is judged whether it delivers now")),
)  # fmt: skip
