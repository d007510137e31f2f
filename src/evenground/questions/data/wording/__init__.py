"""Data in words; no logic. Subjects are the data, never the people in them."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.questions.data.wording.audits import AUDITS
from evenground.questions.data.wording.clocks import CLOCKS
from evenground.questions.data.wording.columns import COLUMNS
from evenground.questions.data.wording.exposure import EXPOSURE
from evenground.questions.data.wording.figures import FIGURES
from evenground.questions.data.wording.findings import FINDINGS
from evenground.questions.data.wording.network import NETWORK
from evenground.questions.data.wording.people import PEOPLE
from evenground.questions.data.wording.people_in_it import PEOPLE_IN_IT
from evenground.questions.data.wording.predictions import PREDICTIONS
from evenground.questions.data.wording.purposes import PURPOSES
from evenground.questions.data.wording.series import SERIES
from evenground.questions.data.wording.space import SPACE
from evenground.questions.data.wording.watched import WATCHED

WORDING: Mapping[str, str | tuple[str, str]] = {
    **SERIES,
    **COLUMNS,
    **CLOCKS,
    **NETWORK,
    **SPACE,
    **EXPOSURE,
    **PREDICTIONS,
    **PEOPLE,
    **WATCHED,
    **PURPOSES,
    **FIGURES,
    **AUDITS,
    **FINDINGS,
    **PEOPLE_IN_IT,
}

__all__ = ["WORDING"]
