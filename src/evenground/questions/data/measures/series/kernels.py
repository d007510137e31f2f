"""How loops over readings are carried out: in NumPy, or compiled with numba, with equal results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evenground.questions.data.measures.series.audited import Floats
from evenground.questions.data.measures.series.runs import Runs, runs_of
from evenground.questions.data.measures.series.spikes import Departures, departures, local_scales


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """The loops that take most of the time; see the functions of the same names."""

    runs_of: Callable[..., Runs] = runs_of
    departures: Callable[..., Departures] = departures
    local_scales: Callable[..., Floats] = local_scales


PLAIN = Passes()
