"""What a city may set about Voice; each default is visible in the dossier when it is changed."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Setting

# A setting is a line.
SETTINGS: tuple[Setting, ...] = (
    Setting(
        key="least_days_open",
        default=14,
        low=1,
        high=365,
        unit="days",
        meaning=N_("A step that is open for fewer days is too short to have a say"),
        source="Default of ours",
    ),
    Setting(
        key="least_days_to_consider",
        default=14,
        low=0,
        high=365,
        unit="days",
        meaning=N_(
            "With fewer days between the end of a step and the decision, what people said cannot be considered"
        ),
        source="Default of ours",
    ),
    Setting(
        key="most_committed",
        default=0.5,
        low=0,
        high=1,
        unit="share 0-1",
        meaning=N_(
            "From this share of the cost committed on, a solution can no longer be shaped together"
        ),
        source="Default of ours",
    ),
    Setting(
        key="least_choices_open",
        default=0.5,
        low=0,
        high=1,
        unit="share 0-1",
        meaning=N_(
            "With a smaller share of the named choices open, a solution can no longer be shaped together"
        ),
        source="Default of ours",
    ),
    Setting(
        key="asking_hours",
        default=40,
        low=0,
        high=100_000,
        unit="hours",
        meaning=N_("Staff hours that there are for asking people before the decision"),
        source="Default of ours",
    ),
)
