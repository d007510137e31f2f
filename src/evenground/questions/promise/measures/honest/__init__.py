"""Honest DiD: how far trends may part before what was found is no longer found."""

from evenground.questions.promise.measures.honest.breakdown import Breakdown, breakdown
from evenground.questions.promise.measures.honest.event_study import (
    EventStudy,
    Target,
    event_study,
)
from evenground.questions.promise.measures.honest.intervals import HonestDid
from evenground.questions.promise.measures.honest.relative_magnitudes import (
    honest_relative_magnitudes,
)
from evenground.questions.promise.measures.honest.smoothness import (
    honest_smoothness,
    smoothness_intervals,
)

__all__ = [
    "Breakdown",
    "EventStudy",
    "HonestDid",
    "Target",
    "breakdown",
    "event_study",
    "honest_relative_magnitudes",
    "honest_smoothness",
    "smoothness_intervals",
]
