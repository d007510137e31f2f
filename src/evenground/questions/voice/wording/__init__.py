"""Finding code to sentence; no logic."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_
from evenground.questions.voice.wording.counting import COUNTING
from evenground.questions.voice.wording.levels import LEVELS
from evenground.questions.voice.wording.opinions import OPINIONS
from evenground.questions.voice.wording.panel import PANEL
from evenground.questions.voice.wording.taking_part import TAKING_PART
from evenground.questions.voice.wording.timing import TIMING
from evenground.questions.voice.wording.ways import WAYS

WORDING: Mapping[str, str | tuple[str, str]] = {
    **TIMING,
    **LEVELS,
    **WAYS,
    **TAKING_PART,
    **COUNTING,
    **OPINIONS,
    **PANEL,
}

UNIT_WORDS = (
    N_("ballots"), N_("days"), N_("hours"), N_("index"), N_("inputs"), N_("options"), N_("people"),
    N_("projects"), N_("quotas"), N_("share"), N_("times"), N_("votes"), N_("years"),
)  # fmt: skip
"""Units of estimates that are words."""
