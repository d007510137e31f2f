"""Interrupted time series: a series set against its own past, where nothing else is at hand."""

from evenground.questions.promise.measures.interrupted.cadence import Cadence, cadence_of
from evenground.questions.promise.measures.interrupted.interrupted_time_series import (
    InterruptedSeries,
    SeriesEstimate,
    interrupted_time_series,
    mean_effect,
)
from evenground.questions.promise.measures.interrupted.segmented_design import Season

__all__ = [
    "Cadence",
    "InterruptedSeries",
    "Season",
    "SeriesEstimate",
    "cadence_of",
    "interrupted_time_series",
    "mean_effect",
]
